"""Payments in, results out: entered, described, set apart, written as facts, added up, measured, reported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from holdfast.core.figures import Anchor, Figure, Results, ResultTable, Source
from holdfast.core.period import FiscalYear
from holdfast.core.problem import Problem
from holdfast.engine.duck import Engine
from holdfast.measures import BridgeStep, Deflator, MeasureSettings, MeasureTables, Published, measure_all
from holdfast.packs import Pack
from holdfast.project.describe import Known, describe_payees, scope_payments
from holdfast.project.entries import enter, with_dates
from holdfast.project.facts import FROM_PAYMENT, spend_tables, write_facts
from holdfast.project.pipeline import Prepared
from holdfast.project.settings import Settings
from holdfast.project.suppliersfile import FILE as SUPPLIERS
from holdfast.project.suppliersfile import described, write_suppliers
from holdfast.project.validating import idle_decisions
from holdfast.report import write_report

if TYPE_CHECKING:
    import pyarrow as pa

Tell = Callable[[str, int, int], None]
FACTS = "facts.parquet"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def work_out(prepared: Prepared, known: Known, run: str, folder: Path, tell: Tell) -> Results:
    """Make a run in ``folder`` and return its results; what is written there is complete but for the manifest."""
    figures, tables, problems, anchors = _measured(prepared, known, folder, tell)
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
                    *idle_decisions(prepared.inputs, prepared.readings),
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
    prepared: Prepared, known: Known, folder: Path, tell: Tell
) -> tuple[tuple[Figure, ...], dict[str, ResultTable], list[Problem], tuple[Anchor, ...]]:
    settings, pack, inputs = prepared.settings, prepared.pack, prepared.inputs
    engine = Engine()
    try:
        tell("Finding who was paid", 0, 0)
        entries = enter(engine, [s for r in prepared.readings for s in r.sources], FROM_PAYMENT)
        payees, problems = describe_payees(with_dates(entries, bool(known.registers)), known, inputs, pack)
        scopes = scope_payments(engine, entries, payees, settings, inputs, pack)
        tell("Writing the facts", 0, 0)
        write_facts(entries, payees, scopes, pack.fiscal_first_month, folder / FACTS)
        tell("Measuring", 0, 0)
        spend, ledger = spend_tables(engine, entries, payees, scopes, pack.fiscal_first_month)
        anchors = tuple(_anchor(a.id, a.name, a.kind, a.area, known) for a in settings.anchors)
        tables = MeasureTables(spend, _bridge(prepared), _quarantined(prepared), ledger=ledger)
        # a number for each payment is no longer needed, and may be many
        del entries, scopes
        chosen = _choices(prepared, known, anchors, payees)
        figures, result_tables, more = measure_all(engine, tables, chosen)
        if known.registers:
            write_suppliers(engine, payees, spend, folder / SUPPLIERS)
            result_tables["descriptions"] = described(engine, folder / SUPPLIERS, settings.place.top_n)
        return figures, result_tables, [*problems, *more], anchors
    finally:
        engine.close()


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
    total = sum((t.total for t in typed), Decimal("0.00"))
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
    return {
        "country": prepared.pack.name,
        "fiscal year begins": _MONTHS[prepared.pack.fiscal_first_month - 1],
        "largest suppliers counted": str(place.top_n),
        "years with missing months": place.incomplete_years or "not compared",
        "VAT": _vat(prepared),
    }


def _once(problems: Iterable[Problem]) -> list[Problem]:
    return list(dict.fromkeys(problems))
