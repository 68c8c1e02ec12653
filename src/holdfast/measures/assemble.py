"""All figures and tables of a run, from the ``spend`` table and the settings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import Figure, ResultTable
from holdfast.core.problem import Problem
from holdfast.measures import (
    anchor_category,
    bridge,
    by_anchor,
    by_category,
    by_year,
    change,
    change_results,
    concentration,
    controlling_owners,
    coverage,
    cubes,
    deprivation,
    flows,
    flows_by_area,
    gaps,
    leakage,
    local_share,
    months,
    ownership,
    ownership_form,
    published,
    shared_suppliers,
    size,
    top_suppliers,
    where,
)
from holdfast.measures.cubes import Cubes
from holdfast.measures.naming import Frame
from holdfast.measures.selection import Selection
from holdfast.measures.settings import MeasureSettings, MeasureTables
from holdfast.measures.tallies import amounts

if TYPE_CHECKING:
    from holdfast.engine.interface import Engine

Tallied = list[dict[str, Any]]


@dataclass(slots=True)
class Findings:
    """What has been found so far, in the order in which it is listed."""

    figures: list[Figure] = field(default_factory=list)
    tables: dict[str, ResultTable] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, *tables: ResultTable, figures: Iterable[Figure] = (), problems: Iterable[Problem] = ()) -> None:
        self.tables.update((table.id, table) for table in tables)
        self.figures.extend(figures)
        self.problems.extend(problems)


@dataclass(frozen=True, slots=True)
class Work:
    """What every part of the work needs. ``largest`` are the records of the largest suppliers."""

    engine: Engine
    tables: MeasureTables
    cubes: Cubes
    frame: Frame
    calendar: Tallied
    largest: Tallied

    @property
    def rings(self) -> int:
        return len(self.frame.settings.rings)

    @property
    def selection(self) -> Selection:
        return self.frame.selection


def measure_all(
    engine: Engine, tables: MeasureTables, settings: MeasureSettings
) -> tuple[tuple[Figure, ...], dict[str, ResultTable], list[Problem]]:
    """Every figure, every result table by id, and what a person should know about them. Reads and writes no file.

    Raises :class:`HoldfastError` (HF320) where the bridge does not add up.
    """
    selection = Selection(settings.currency)
    summed = cubes.build(engine, tables, selection)
    spec = months.Spec(settings.first_month)
    calendar = months.finish(summed.fetch(months.compute(engine, summed.ledger, spec)), spec)
    if settings.deflator:
        settings = replace(settings, deflator=settings.deflator.settled(record["year"] for record in calendar))
    frame = Frame.of(settings, selection, settings.period or months.period(calendar))
    top = top_suppliers.Spec(settings.top_n, selection)
    largest = top_suppliers.finish(summed.fetch(top_suppliers.compute(engine, summed.suppliers, top)), top)
    work, found = Work(engine, tables, summed, frame, calendar, largest), Findings()
    _whole(work, found)
    _places(work, found)
    _purchases(work, found)
    _time(work, found)
    _suppliers(work, found)
    _published(work, found)
    return tuple(found.figures), found.tables, found.problems


def _whole(work: Work, found: Findings) -> None:
    """How much money there is, how much of it is placed, and what is not known."""
    spec = bridge.Spec(work.selection)
    steps = bridge.finish(
        work.cubes.fetch(bridge.compute(work.engine, work.cubes.ledger, spec)), spec, work.tables.bridge
    )
    currencies = bridge.other_currencies(work.engine, work.cubes.ledger, spec)
    found.add(bridge.table(steps), figures=bridge.figures(steps, work.frame), problems=currencies)

    placing = coverage.Spec(work.selection)
    placed = coverage.finish(work.cubes.fetch(coverage.compute(work.engine, work.cubes.suppliers, placing)), placing)
    figures = coverage.figures(placed, work.frame)
    found.add(coverage.table(placed), figures=figures, problems=coverage.problems(figures))

    lacking = gaps.Spec(work.selection)
    holes = gaps.finish(work.cubes.fetch(gaps.compute(work.engine, work.cubes.suppliers, lacking)), lacking)
    quarantined = work.tables.quarantined_rows, work.tables.quarantined_amount
    found.add(gaps.table(holes, work.calendar, *quarantined), problems=months.problems(work.calendar, work.frame))


def _places(work: Work, found: Findings) -> None:
    """Where the money goes. One tally by anchor and ring answers all but the other bases and the largest suppliers."""
    engine, suppliers, frame, rings = work.engine, work.cubes.suppliers, work.frame, work.rings
    based = work.cubes.fetch(by_anchor.compute(engine, suppliers, by_anchor.Spec(rings, work.selection)))
    found.add(where.table(where.finish(based, where.Spec(rings, work.selection)), frame))
    _local_shares(work, found, based)
    leaving = leakage.Spec(rings, work.selection)
    found.add(figures=leakage.figures(leaving, leakage.finish(based, leaving), frame))
    anchors = by_anchor.finish(based, by_anchor.Spec(rings, work.selection))
    found.add(by_anchor.table(anchors, frame), figures=by_anchor.figures(anchors, frame))
    found.add(flows.table(flows.finish(based, flows.Spec(rings, work.selection)), frame))
    homes = tuple((anchor.id, anchor.area) for anchor in frame.settings.anchors)
    areas = flows_by_area.Spec(homes, work.selection)
    pairs = flows_by_area.finish(work.cubes.fetch(flows_by_area.compute(engine, suppliers, areas)), areas)
    found.add(flows_by_area.table(pairs, frame))
    poor = deprivation.Spec(rings, work.selection)
    hoods = deprivation.finish(work.cubes.fetch(deprivation.compute(engine, suppliers, poor)), poor)
    tables = deprivation.table(hoods), deprivation.ring_table(hoods, frame)
    found.add(*tables, figures=deprivation.figures(hoods, frame))


def _local_shares(work: Work, found: Findings, based: Tallied) -> None:
    """All suppliers and the largest, on both bases; only on one where no premises are known, as both would be equal."""
    tallied: dict[tuple[str, int | None], Tallied] = {("based", None): based}
    branched = _local_tally(work, "based or branched", None)
    if branched != based:
        tallied["based or branched", None] = branched
    for basis in [basis for basis, _ in tallied]:
        tallied[basis, work.frame.settings.top_n] = _local_tally(work, basis, work.frame.settings.top_n)
    results, named = [], tuple(record["supplier_key"] for record in work.largest if record["line"] == "named")
    for (basis, top), rows in tallied.items():
        spec = local_share.Spec(work.rings, basis, top, work.selection)
        records = local_share.finish(rows, spec)
        if len({row["anchor"] for row in rows}) < 2:
            records = [record for record in records if record["pooling"] == "pooled"]
        results.append((spec, records))
        found.add(figures=local_share.figures(spec, records, work.frame, named if top else ()))
    found.add(local_share.table(results, work.frame))


def _local_tally(work: Work, basis: str, top: int | None) -> Tallied:
    spec = local_share.Spec(work.rings, basis, top, work.selection)
    return work.cubes.fetch(local_share.compute(work.engine, work.cubes.suppliers, spec))


def _purchases(work: Work, found: Findings) -> None:
    """By what was bought."""
    engine, categories, frame, top = work.engine, work.cubes.categories, work.frame, work.frame.settings.top_categories
    outermost = anchor_category.Spec(work.rings - 1, top, work.selection)
    cells = work.cubes.fetch(anchor_category.compute(engine, categories, outermost))
    bought = by_category.finish(cells, by_category.Spec(work.rings, top, work.selection))
    found.add(by_category.table(bought, frame), figures=by_category.figures(bought, frame))
    found.add(anchor_category.table(anchor_category.finish(cells, outermost), frame))
    few = concentration.Spec(top, work.selection)
    hands = concentration.finish(work.cubes.fetch(concentration.compute(engine, categories, few)), few)
    found.add(concentration.table(hands), figures=concentration.figures(hands, frame))


def _time(work: Work, found: Findings) -> None:
    """Year by year, and what changed between them."""
    settings, frame = work.frame.settings, work.frame
    spec = by_year.Spec(work.rings, work.selection)
    years = by_year.finish(work.cubes.fetch(by_year.compute(work.engine, work.cubes.years, spec)), spec)
    found.add(by_year.table(years, work.calendar, frame), figures=by_year.figures(years, frame))
    how = change.Spec(work.rings, settings.first_month, settings.incomplete_years, settings.deflator, work.selection)
    changes = change.finish(work.cubes.fetch(change.compute(work.engine, work.cubes.ledger, how)), how, work.calendar)
    found.add(
        change_results.table(changes, years, frame),
        figures=change_results.figures(changes, frame),
        problems=change_results.problems(changes, frame),
    )


def _suppliers(work: Work, found: Findings) -> None:
    """Who supplies: the largest, those that anchors share, who owns them, how large they are."""
    engine, suppliers, frame = work.engine, work.cubes.suppliers, work.frame
    found.add(top_suppliers.table(work.largest, frame))
    several = shared_suppliers.Spec(frame.settings.top_n, work.selection)
    joint = work.cubes.fetch(shared_suppliers.compute(engine, suppliers, several))
    shared, keys = shared_suppliers.finish(joint, several), shared_suppliers.shared_keys(joint)
    figures = shared_suppliers.figures(shared, keys, amounts(work.largest), frame)
    found.add(shared_suppliers.table(shared, frame), figures=figures)
    owners = work.cubes.fetch(ownership.compute(engine, suppliers, ownership.Spec(work.selection)))
    parts = ownership.finish(owners, ownership.Spec(work.selection))
    found.add(ownership.table(parts), figures=ownership.figures(owners, frame))
    forms = ownership_form.Spec(work.selection)
    found.add(
        ownership_form.table(
            ownership_form.finish(work.cubes.fetch(ownership_form.compute(engine, suppliers, forms)), forms)
        )
    )
    control = controlling_owners.Spec(work.selection)
    held = controlling_owners.finish(work.cubes.fetch(controlling_owners.compute(engine, suppliers, control)), control)
    # without a register of owners there is nothing to say
    if len(held) > 1:
        found.add(controlling_owners.table(held))
    sizes = work.cubes.fetch(size.compute(engine, suppliers, size.Spec(work.selection)))
    found.add(size.table(size.finish(sizes, size.Spec(work.selection))), figures=size.figures(sizes, frame))


def _published(work: Work, found: Findings) -> None:
    """Figures that were published elsewhere, held to their own parts."""
    checks = [published.check(entry) for entry in work.frame.settings.published]
    found.add(published.table(checks), problems=published.problems(checks))
