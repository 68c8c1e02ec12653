"""Payments in, results out: entered, described, set apart, written as facts, added up, measured, reported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from holdfast.core.figures import THIRD_PARTY, Anchor, Figure, Results, ResultTable, Source
from holdfast.core.period import FiscalYear
from holdfast.core.problem import Problem
from holdfast.engine.choice import open_engine
from holdfast.engine.duck import Engine
from holdfast.measures import BridgeStep, Deflator, MeasureSettings, MeasureTables, Published, measure_all
from holdfast.packs import Pack
from holdfast.project.bought import what_was_bought
from holdfast.project.bought_tables import NAMES
from holdfast.project.corrections import noted
from holdfast.project.describe import Known, describe_payees, scope_payments
from holdfast.project.entries import enter
from holdfast.project.facts import FROM_PAYMENT, spend_tables, write_facts
from holdfast.project.pipeline import Prepared
from holdfast.project.reviewing import review_table
from holdfast.project.settings import Settings
from holdfast.project.suppliersfile import FILE as SUPPLIERS
from holdfast.project.suppliersfile import described, write_suppliers
from holdfast.project.validating import idle_decisions, unused_categories
from holdfast.report import write_report

if TYPE_CHECKING:
    import pyarrow as pa

    from holdfast.engine.interface import Engine as AnyEngine

Tell = Callable[[str, int, int], None]
FACTS = "facts.parquet"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def work_out(prepared: Prepared, known: Known, run: str, folder: Path, tell: Tell, engine: str = "duckdb") -> Results:
    """Make a run in ``folder`` and return its results; what is written there is complete but for the manifest."""
    figures, tables, problems, anchors = _measured(prepared, known, folder, tell, engine)
    tell("Writing the report", 0, 0)
    settings, pack = prepared.settings, prepared.pack
    results = Results(
        place=settings.place.name,
        run=run,
        as_of=prepared.as_of,
        currency=settings.place.currency or pack.currency,
        country=settings.place.country,
        fictional=settings.place.fictional or pack.code == "fictional",
        rings=known.rings.names,
        anchors=anchors,
        years=_years(tables),
        figures=figures,
        tables=tables,
        inputs=tuple(i for r in prepared.readings for i in r.inputs),
        problems=tuple(
            _once(
                [
                    *prepared.read_problems,
                    *known.problems,
                    *idle_decisions(prepared.settings, prepared.inputs, prepared.readings),
                    *unused_categories(prepared.settings, prepared.inputs),
                    *problems,
                ]
            )
        ),
        sources=_sources(prepared, known),
        parameters=_parameters(prepared),
    )
    write_report(results, folder)
    return results


def _measured(
    prepared: Prepared, known: Known, folder: Path, tell: Tell, measured_by: str
) -> tuple[tuple[Figure, ...], dict[str, ResultTable], list[Problem], tuple[Anchor, ...]]:
    import pyarrow as pa

    settings, pack, inputs = prepared.settings, prepared.pack, prepared.inputs
    # reading and matching stay on one machine, whatever measures
    engine = Engine()
    measuring: AnyEngine = engine if measured_by == "duckdb" else open_engine(measured_by)
    try:
        tell("Finding who was paid", 0, 0)
        entries = enter(engine, [s for r in prepared.readings for s in r.sources], FROM_PAYMENT)
        payees, problems = describe_payees(entries.payees, known, inputs, pack, prepared.cache)
        scopes = scope_payments(engine, entries, payees, settings, inputs, pack)
        bought = what_was_bought(entries, payees, scopes, settings, inputs, settings.place.currency or pack.currency)
        if bought is not None:
            entries = bought.entries
            problems = [*problems, *bought.problems]
        tell("Writing the facts", 0, 0)
        write_facts(entries, payees, scopes, pack.fiscal_first_month, folder / FACTS)
        # what the batches took is free again, but still this process's
        pa.default_memory_pool().release_unused()
        tell("Measuring", 0, 0)
        spend, ledger = spend_tables(measuring, entries, payees, scopes, pack.fiscal_first_month)
        anchors = tuple(_anchor(a.id, a.name, a.kind, a.area, known) for a in settings.anchors)
        tables = MeasureTables(spend, _bridge(prepared), _quarantined(prepared), ledger=ledger)
        review = review_table(entries, payees)
        # a number for each payment is no longer needed, and may be many
        by_hand = scopes.by_hand
        del entries, scopes
        chosen = _choices(prepared, known, anchors, payees)
        figures, result_tables, more = measure_all(measuring, tables, chosen)
        result_tables["bridge"] = noted(result_tables["bridge"], by_hand, THIRD_PARTY, chosen.currency)
        if review is not None:
            result_tables = {**result_tables, review.id: review}
        if bought is not None:
            result_tables = {**result_tables, **{t.id: t for t in bought.tables}}
        if known.registers:
            write_suppliers(engine, payees, spend, folder / SUPPLIERS)
            result_tables["descriptions"] = described(engine, folder / SUPPLIERS, settings.place.top_n)
        return figures, result_tables, [*problems, *more], anchors
    finally:
        engine.close()
        if measuring is not engine:
            measuring.close()


def _anchor(id: str, name: str, kind: str, area: str | None, known: Known) -> Anchor:
    return Anchor(id, name, kind, area or known.directory.find_authority(name))


def _choices(prepared: Prepared, known: Known, anchors: Sequence[Anchor], payees: pa.Table) -> MeasureSettings:
    settings, pack = prepared.settings, prepared.pack
    areas = {a for a in payees.column("area").unique().to_pylist() if a} | {a.area for a in anchors if a.area}
    return MeasureSettings(
        rings=known.rings.names,
        anchors=tuple(anchors),
        currency=settings.place.currency or pack.currency,
        vat=_vat(prepared),
        first_month=pack.fiscal_first_month,
        top_n=settings.place.top_n,
        incomplete_years=settings.place.incomplete_years,
        deflator=deflator(pack),
        published=tuple(published(settings)),
        areas={code: known.directory.area_name(code) for code in sorted(areas)},
    )


def published(settings: Settings) -> Iterable[Published]:
    return (Published(p.label, p.value, p.formula, p.parts, p.unit, p.source) for p in settings.published)


def deflator(pack: Pack) -> Deflator | None:
    """The country's price index by fiscal year, where it has one."""
    dated = pack.parameters.get("gdp_deflator", [])
    if not dated:
        return None
    index = {FiscalYear.of(p.valid_from, pack.fiscal_first_month).label: p.value for p in dated}
    worst = "unverified" if any(p.status == "unverified" for p in dated) else "verified"
    return Deflator("GDP deflator", index, dated[-1].source, status=worst)


def _vat(prepared: Prepared) -> str:
    """What amounts say about VAT: one word where all files agree."""
    bases = {t.vat_basis for r in prepared.readings for t in r.tables if t.rows_typed}
    return bases.pop() if len(bases) == 1 else "as published"


def _bridge(prepared: Prepared) -> tuple[BridgeStep, ...]:
    typed = [t for r in prepared.readings for t in r.tables if t.rows_typed]
    total = sum((t.checksum for t in typed), Decimal("0.00"))
    return (BridgeStep("All payment files", total, sum(t.rows_typed for t in typed), "total"),)


def _quarantined(prepared: Prepared) -> int:
    return sum(t.rows_quarantined for r in prepared.readings for t in r.tables)


def _years(tables: dict[str, ResultTable]) -> tuple[str, ...]:
    """Fiscal years with money in them, the earliest first."""
    by_year = tables.get("by_year")
    found = {str(r["year"]) for r in by_year.records() if r.get("year")} if by_year else set()
    return tuple(sorted(found))


def _sources(prepared: Prepared, known: Known) -> tuple[Source, ...]:
    found = list(known.sources)
    if used := deflator(prepared.pack):
        found.append(Source(used.name, used.date, note=used.source, status=used.status))
    return tuple(found)


def _parameters(prepared: Prepared) -> dict[str, str]:
    """What was chosen, in words, for the report's method."""
    place = prepared.settings.place
    chosen = {} if place.taxonomy == "published" else {"categories are": NAMES[place.taxonomy]}
    return {
        **chosen,
        "country": prepared.pack.name,
        "fiscal year begins": _MONTHS[prepared.pack.fiscal_first_month - 1],
        "largest suppliers counted": str(place.top_n),
        "years with missing months": place.incomplete_years or "not compared",
        "VAT": _vat(prepared),
        "local is told by": _told_by(prepared.settings),
    }


def _told_by(settings: Settings) -> str:
    """What the rings are made of, from the innermost: areas, a radius, a boundary, towns."""
    ways = [
        " and ".join(
            word
            for word, given in (
                ("areas", ring.areas),
                ("a radius", ring.radius_km),
                ("a boundary", ring.polygon),
                ("towns", ring.towns),
            )
            if given
        )
        for ring in settings.rings
    ]
    return ", then ".join(w for i, w in enumerate(ways) if w and (i == 0 or w != ways[i - 1]))


def _once(problems: Iterable[Problem]) -> list[Problem]:
    return list(dict.fromkeys(problems))
