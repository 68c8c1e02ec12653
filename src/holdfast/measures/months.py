"""Months present: for which months of a year each anchor has payments. A year with missing months is not like another.

All payments count here, whatever their scope: a month without purchases but with grants was published. An anchor that
only ever pays in the last month of a quarter publishes by quarter, and four such months are its year. One that only
ever pays in the last month of the fiscal year, and in more than one of them, publishes by year: a file that gives a
year or a quarter and no day is read as its last day. A single year is no proof: it may be the file of one month.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from holdfast.core.period import FiscalYear
from holdfast.core.problem import Problem
from holdfast.engine.duck import quote_text
from holdfast.measures.naming import Frame
from holdfast.measures.selection import LEFT_OUT_KINDS, Row, source

if TYPE_CHECKING:
    from holdfast.engine.interface import Engine, Relation
    from holdfast.measures.settings import MeasureTables


#: How many months one date of a file stands for.
STEPS = {"months": 1, "quarters": 3, "years": 12}


@dataclass(frozen=True, slots=True)
class Spec:
    """``first_month`` of the fiscal year: 4 for UK councils."""

    first_month: int = 4


def compute(engine: Engine, tables: MeasureTables, spec: Spec) -> Relation:
    """``anchor``, ``year``, ``month`` of every month in which an anchor has payments."""
    kinds = ", ".join(quote_text(kind) for kind in LEFT_OUT_KINDS)
    return engine.sql(f"""
        SELECT DISTINCT anchor, year, month
        FROM {source(engine, tables)}
        WHERE year IS NOT NULL AND month IS NOT NULL AND kind NOT IN ({kinds})
        ORDER BY anchor, year, month""")


def finish(rows: Iterable[Row], spec: Spec) -> list[dict[str, Any]]:
    """One record per anchor and year: ``present`` and ``missing`` months (``2023-04``), ``complete``, ``gives``.

    ``gives``: whether the anchor's files tell ``months``, ``quarters`` or ``years`` apart.
    """
    seen: dict[str, dict[str, set[str]]] = {}
    for row in rows:
        seen.setdefault(row["anchor"], {}).setdefault(row["year"], set()).add(row["month"])
    records = []
    for anchor in sorted(seen):
        gives = _gives(seen[anchor], spec)
        for year in sorted(seen[anchor]):
            wanted = expected_months(year, spec.first_month, gives)
            missing = tuple(month for month in wanted if month not in seen[anchor][year])
            records.append(
                {
                    "anchor": anchor,
                    "year": year,
                    "present": tuple(sorted(seen[anchor][year])),
                    "missing": missing,
                    "complete": not missing,
                    "gives": gives,
                }
            )
    return records


def expected_months(year: str, first_month: int, gives: str) -> list[str]:
    """The months a year should have: all twelve, the last of each quarter, or the last."""
    months = FiscalYear(date(int(year[:4]), first_month, 1)).months()
    return months[STEPS[gives] - 1 :: STEPS[gives]]


def _gives(years: Mapping[str, set[str]], spec: Spec) -> str:
    ends = [(spec.first_month - 1 + 2 + 3 * quarter) % 12 + 1 for quarter in range(4)]
    found = {int(month[5:7]) for months in years.values() for month in months}
    if found == set(ends):
        return "quarters"
    return "years" if found == {ends[-1]} and len(years) > 1 else "months"


def reference(rows: Sequence[Row], spec: Spec) -> list[dict[str, Any]]:
    """The definition: the same records as :func:`finish`, from the rows of ``spend``."""
    dated = [r for r in rows if r["year"] and r["month"] and r["kind"] not in ("commitment", "duplicate")]
    records = []
    for anchor, year in sorted({(row["anchor"], row["year"]) for row in dated}):
        own = {row["month"] for row in dated if row["anchor"] == anchor}
        present = {row["month"] for row in dated if (row["anchor"], row["year"]) == (anchor, year)}
        start, wanted = int(year[:4]), []
        for step in range(12):
            number = spec.first_month + step
            wanted.append(f"{start + (number > 12):04d}-{(number - 1) % 12 + 1:02d}")
        quarter_ends, gives = {wanted[step][5:] for step in (2, 5, 8, 11)}, "months"
        if {month[5:] for month in own} == quarter_ends:
            wanted, gives = [month for month in wanted if month[5:] in quarter_ends], "quarters"
        elif {month[5:] for month in own} == {wanted[11][5:]} and len(own) > 1:
            wanted, gives = wanted[11:], "years"
        missing = tuple(month for month in wanted if month not in present)
        records.append(
            {
                "anchor": anchor,
                "year": year,
                "present": tuple(sorted(present)),
                "missing": missing,
                "complete": not missing,
                "gives": gives,
            }
        )
    return records


def problems(records: Sequence[Row], frame: Frame) -> list[Problem]:
    """One for each anchor's year with missing months, in the order of the settings; then whose files give periods."""
    missing = [
        Problem(
            "HF410",
            f"{frame.anchor_name(r['anchor'])} has no payments in {len(r['missing'])} "
            f"month{'s' if len(r['missing']) > 1 else ''} of {r['year']}: {', '.join(r['missing'])}",
        )
        for r in sorted(records, key=lambda r: (frame.anchor_place(r["anchor"]), r["year"]))
        if r["missing"]
    ]
    return missing + [Problem("HF414", said) for said in given_periods(records, frame)]


def given_periods(records: Sequence[Row], frame: Frame) -> list[str]:
    """A sentence for each anchor whose files give quarters or years, in the order of the settings."""
    gives = {r["anchor"]: r["gives"] for r in records if r["gives"] != "months"}
    return [
        f"The files of {frame.anchor_name(anchor)} give {gives[anchor]}, not months."
        for anchor in sorted(gives, key=frame.anchor_place)
    ]


def period(records: Sequence[Row]) -> str:
    """The period that the payments cover: a whole fiscal year by its name, else from day to day."""
    present = [month for record in records for month in record["present"]]
    if not present:
        return ""
    first = min(_earlier(month, STEPS[r["gives"]] - 1) for r in records for month in r["present"])
    last, years = max(present), {record["year"] for record in records}
    if len(years) == 1 and all(record["complete"] for record in records):
        return str(min(years))
    end = monthrange(int(last[:4]), int(last[5:7]))[1]
    return f"{first}-01 to {last}-{end}"


def _earlier(month: str, by: int) -> str:
    number = int(month[:4]) * 12 + int(month[5:7]) - 1 - by
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
