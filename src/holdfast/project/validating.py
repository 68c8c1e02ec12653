"""What stands beside the payments, held to its own sense and to the payments before anything is worked out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import Anchor
from holdfast.core.problem import HoldfastError, Problem
from holdfast.engine.duck import Engine
from holdfast.engine.primitives import name_parts, name_parts_sql
from holdfast.measures import MeasureSettings, Published, months
from holdfast.measures.naming import Frame
from holdfast.measures.published import check as check_published
from holdfast.measures.selection import LEFT_OUT_KINDS, Selection
from holdfast.packs import load
from holdfast.places import says_where
from holdfast.project.batches import Source
from holdfast.project.bought import own_entries
from holdfast.project.facts import month_labels
from holdfast.project.inputs import Inputs
from holdfast.project.locating import at_setting, located
from holdfast.project.reading import AnchorReading
from holdfast.project.settings import PublishedSettings, Settings
from holdfast.suppliers import Decision, ScopeDecision, contradictions, load_decisions, load_scope_decisions

if TYPE_CHECKING:
    import pyarrow as pa


def validate(settings: Settings, inputs: Inputs) -> None:
    """Raises :class:`HoldfastError` for decisions, categories and published figures that make no sense."""
    wrong: list[Problem] = []
    for i, entry in enumerate(settings.published):
        try:
            check_published(published(entry))
        except HoldfastError as error:
            wrong += [at_setting(p, settings, ("published", i, "formula")) for p in error.problems]
    for check in (lambda: decisions_of(inputs), lambda: own_entries(settings, inputs)):
        try:
            check()
        except HoldfastError as error:
            wrong += error.problems
    if wrong:
        raise HoldfastError(*wrong, exit_code=2)


def unused_categories(settings: Settings, inputs: Inputs) -> list[Problem]:
    """HF526 where there is a ``categories.csv`` that the settings do not ask for."""
    if inputs.categories is None or settings.place.taxonomy != "published":
        return []
    message = f"{inputs.categories.name} changes nothing: categories are taken as published."
    return [Problem("HF526", message, file=inputs.categories.name)]


def published(p: PublishedSettings) -> Published:
    return Published(p.label, p.value, p.formula, p.parts, p.unit, p.source)


def decisions_of(inputs: Inputs) -> tuple[list[Decision], list[ScopeDecision]]:
    """What people decided: who suppliers are, those of places that are trusted first, and what payments are."""
    decisions: list[Decision] = []
    scopes: list[ScopeDecision] = []
    for found in inputs.trusted:
        with located(found):
            decisions += load_decisions(found.path, found.name)
    if inputs.decisions:
        with located(inputs.decisions):
            decisions += load_decisions(inputs.decisions.path)
    if inputs.scope:
        with located(inputs.scope):
            scopes = load_scope_decisions(inputs.scope.path)
    return decisions, scopes


def ring_towns(settings: Settings) -> list[str]:
    """The towns that rings are made of."""
    return [town for ring in settings.rings for town in ring.towns]


def idle_decisions(settings: Settings, inputs: Inputs, readings: Sequence[AnchorReading]) -> list[Problem]:
    """HF505 for each row of ``decisions.csv`` and ``scope.csv`` that names nothing, matches nothing, gives a place that
    nobody can be placed by, or has no date, and HF516 for what contradicts itself.

    Of other places' decisions most have nothing to meet.
    """
    decisions, scopes = decisions_of(inputs)
    if not (decisions or scopes):
        return []
    paid = _paid([s for r in readings for s in r.sources])
    cores = {core for core, _ in paid}
    plains = {plain for _, plain in paid}
    pack, towns = load(settings.place.country), ring_towns(settings)
    found: list[Problem] = list(contradictions(decisions))
    for d in (d for d in decisions if not d.file):
        idle = "" if name_parts(d.supplier).core in cores else f"no payment is to {d.supplier}"
        file = inputs.decisions.name if inputs.decisions else ""
        found += _doubts(file, d, d.supplier, idle)
        if d.place and not says_where(d.place, pack, towns):
            message = (
                f"A row of {file} has no effect: {d.place} is no postcode, and no area or town of that name is known."
            )
            help = "Write the postcode, or the council district."
            found.append(Problem("HF505", message, file=file, row=d.row, column="place", value=d.place, help=help))
    for s in scopes:
        core, plain = name_parts(s.supplier).core, name_parts(s.category).plain
        matched = (core, plain) in paid if core and plain else (core or plain) in (cores if core else plains)
        idle = "" if matched else f"no payment is {' for '.join(w for w in (s.supplier, s.category) if w)}"
        found += _doubts(inputs.scope.name if inputs.scope else "", s, s.supplier or s.category, idle)
    return found


def _doubts(file: str, d: Decision | ScopeDecision, named: str, idle: str) -> Iterator[Problem]:
    said = idle if named else "it names neither a supplier nor a category"
    if said:
        yield Problem("HF505", f"A row of {file} has no effect: {said}.", file=file, row=d.row)
    if d.when and not _is_date(d.when):
        message = f"A row of {file} has a date that cannot be read: {d.when}."
        yield Problem("HF505", message, file=file, row=d.row, column="when", help="Write it like 2025-03-31.")


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _paid(sources: Sequence[Source]) -> set[tuple[str, str]]:
    """Core name of the supplier and plain words of the category of all payments."""
    pairs = {p for s in sources for p in _distinct(s, ("supplier", "category"))}
    engine = Engine()
    try:
        core = _parts(engine, {supplier for supplier, _ in pairs}, "core")
        plain = _parts(engine, {category for _, category in pairs}, "plain")
    finally:
        engine.close()
    return {(core[supplier or ""], plain[category or ""]) for supplier, category in pairs}


def _parts(engine: Engine, names: set[str | None], part: str) -> dict[str, str]:
    import pyarrow as pa

    engine.register("seen", pa.table({"said": pa.array(sorted({n or "" for n in names}), pa.string())}))
    rows = engine.rows(f"SELECT said, {part} AS part FROM ({name_parts_sql('(SELECT said FROM seen)', 'said')})")
    return {r["said"]: r["part"] or "" for r in rows}


def _distinct(source: Source, columns: tuple[str, str]) -> set[tuple[Any, Any]]:
    table = _columns(source.payments, columns)
    grouped = table.group_by(list(columns)).aggregate([])
    return set(zip(*(grouped.column(c).to_pylist() for c in columns), strict=True))


def _columns(payments: pa.Table | Path | None, columns: Sequence[str]) -> pa.Table:
    """Columns of the payments of a table, as plain text and dates."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(payments, columns=list(columns)) if isinstance(payments, Path) else payments
    assert table is not None
    plain = {
        c: table.column(c).cast(pa.string()) if pa.types.is_dictionary(table.column(c).type) else table.column(c)
        for c in columns
    }
    return pa.table(plain)


def months_missing(settings: Settings, readings: Sequence[AnchorReading], first_month: int) -> list[Problem]:
    """HF410 and HF414, as the run will say them."""
    seen = {
        (r.anchor.id, *month_labels(day.year * 12 + day.month - 1 - 1970 * 12, first_month))
        for r in readings
        for s in r.sources
        for day, kind in _distinct(s, ("date", "kind"))
        if day is not None and kind not in LEFT_OUT_KINDS
    }
    rows = [{"anchor": anchor, "year": year, "month": month} for anchor, year, month in sorted(seen)]
    anchors = tuple(Anchor(a.id, a.name, a.kind, a.area) for a in settings.anchors)
    frame = Frame.of(MeasureSettings((), anchors), Selection(), "")
    return months.problems(months.finish(rows, months.Spec(first_month)), frame)
