"""Change between years: in points, in money, and the money split into share, volume and both.

With p the local share and T the placed money of the two years, the change in local money is
(p1 - p0) T0 + p0 (T1 - T0) + (p1 - p0)(T1 - T0), exactly. Real money is in the prices of the deflator's base year.

A year in which a paying anchor misses months is compared only as ``incomplete_years`` says: not at all (blank),
as it stands (``compare``), left out of the row of years (``skip``), or with the months that both years have, anchor by
anchor (``same months``). The panel is all anchors that pay in either year, or the fixed one: those that pay in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from holdfast.measures import months as months_measure
from holdfast.measures import plain
from holdfast.measures.bounds import six
from holdfast.measures.pennies import to_pennies
from holdfast.measures.selection import Row, Selection, source
from holdfast.measures.settings import Deflator, IncompleteYears

if TYPE_CHECKING:
    from holdfast.engine.interface import Engine, Relation
    from holdfast.measures.settings import MeasureTables

PANELS = ("all", "fixed")
NOTHING = dict.fromkeys(("share_points", "money_change", "from_share", "from_volume", "from_both"), None)
REAL = dict.fromkeys(("real_money_change", "real_from_share", "real_from_volume", "real_from_both"), None)


@dataclass(frozen=True, slots=True)
class Spec:
    """``rings`` how many there are; ``incomplete`` and ``deflator`` (with its base) as in the settings."""

    rings: int
    first_month: int = 4
    incomplete: IncompleteYears = ""
    deflator: Deflator | None = None
    selection: Selection = field(default_factory=Selection)

    def __post_init__(self) -> None:
        if self.deflator:
            object.__setattr__(self, "deflator", self.deflator.settled(()))


def compute(engine: Engine, tables: MeasureTables, spec: Spec) -> Relation:
    """``anchor``, ``year``, ``month``, ``ring``, ``amount``: placed money only."""
    return engine.sql(f"""
        SELECT anchor, year, month, ring, SUM(amount) AS amount
        FROM {source(engine, tables)}
        WHERE {spec.selection.sql()} AND ring IS NOT NULL AND year IS NOT NULL
        GROUP BY anchor, year, month, ring ORDER BY anchor, year, month NULLS LAST, ring""")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Who paid in which months of which year: the records of :mod:`holdfast.measures.months`, at hand."""

    present: Mapping[tuple[str, str], frozenset[str]]
    complete: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, records: Iterable[Row]) -> Calendar:
        rows = list(records)
        return cls(
            {(r["anchor"], r["year"]): frozenset(r["present"]) for r in rows},
            frozenset((r["anchor"], r["year"]) for r in rows if r["complete"]),
        )

    @property
    def years(self) -> list[str]:
        return sorted({year for _, year in self.present})

    def anchors(self, year: str) -> set[str]:
        return {anchor for anchor, y in self.present if y == year}

    def whole(self, year: str) -> bool:
        """Whether no anchor that pays in the year misses a month of it."""
        return all((anchor, year) in self.complete for anchor in self.anchors(year))


def pairs(calendar: Calendar, incomplete: IncompleteYears) -> list[tuple[str, str]]:
    """Which years are held against which: each against the next, then the first against the last that may be."""
    usable = (
        calendar.years if incomplete in ("compare", "same months") else [y for y in calendar.years if calendar.whole(y)]
    )
    row = usable if incomplete == "skip" else calendar.years
    found = list(pairwise(row))
    if len(usable) > 1 and (usable[0], usable[-1]) not in found:
        found.append((usable[0], usable[-1]))
    return found


def panel(calendar: Calendar, pair: tuple[str, str], which: str, incomplete: IncompleteYears) -> tuple[list[str], str]:
    """The anchors compared, by id, and why there is no comparison (blank where there is one)."""
    first, last = (calendar.anchors(year) for year in pair)
    anyhow = incomplete in ("compare", "same months")
    if which == "fixed":
        both = sorted(a for a in first & last if anyhow or all((a, y) in calendar.complete for y in pair))
        return both, "" if both else "No anchor has whole years of both."
    lacking = [year for year in pair if not calendar.whole(year)]
    if lacking and not anyhow:
        return sorted(first | last), f"Months are missing in {' and '.join(lacking)}."
    return sorted(first | last), ""


def kept_months(calendar: Calendar, anchor: str, pair: tuple[str, str], incomplete: IncompleteYears) -> set[str]:
    """The months of both years that count for an anchor."""
    first, last = (calendar.present.get((anchor, year), frozenset()) for year in pair)
    if incomplete != "same months":
        return {*first, *last}
    shared = {month[5:] for month in first} & {month[5:] for month in last}
    return {month for month in {*first, *last} if month[5:] in shared}


def finish(rows: Iterable[Row], spec: Spec, months: Iterable[Row]) -> list[dict[str, Any]]:
    """One record per pair of years, panel and ring; ``None`` where years are not compared, with the reason in ``note``.

    ``months`` are the records of :mod:`holdfast.measures.months`.
    """
    cells, calendar = list(rows), Calendar.of(months)
    records = []
    for pair in pairs(calendar, spec.incomplete):
        for which in PANELS:
            anchors, reason = panel(calendar, pair, which, spec.incomplete)
            counted = [] if reason else _counted(cells, calendar, pair, anchors, spec.incomplete)
            for ring in range(spec.rings):
                head = {
                    "ring": ring,
                    "from_year": pair[0],
                    "to_year": pair[1],
                    "panel": which,
                    "anchors": tuple(anchors),
                }
                records.append({**head, **_compared(counted, ring, pair, spec, reason)})
    return records


def _counted(
    cells: Sequence[Row], calendar: Calendar, pair: tuple[str, str], anchors: Sequence[str], incomplete: IncompleteYears
) -> list[Row]:
    months = {anchor: kept_months(calendar, anchor, pair, incomplete) for anchor in anchors}
    return [
        c
        for c in cells
        if c["year"] in pair
        and c["anchor"] in months
        and (c["month"] in months[c["anchor"]] or (c["month"] is None and incomplete != "same months"))
    ]


def _compared(cells: Sequence[Row], ring: int, pair: tuple[str, str], spec: Spec, reason: str) -> dict[str, Any]:
    placed = [_sum(c for c in cells if c["year"] == year) for year in pair]
    local = [_sum(c for c in cells if c["year"] == year and c["ring"] <= ring) for year in pair]
    sums = {"from_local": local[0], "to_local": local[1], "from_placed": placed[0], "to_placed": placed[1]}
    if reason:
        return {**dict.fromkeys(sums), **NOTHING, **REAL, "note": reason}
    if min(placed) <= 0:
        return {**sums, **NOTHING, **REAL, "note": "No money could be placed in one of the years."}
    return {**sums, **_nominal(local, placed), **_real(local, placed, pair, spec.deflator), "note": ""}


def _nominal(local: Sequence[Decimal], placed: Sequence[Decimal]) -> dict[str, Any]:
    change = local[1] - local[0]
    points = Fraction(local[1]) / Fraction(placed[1]) - Fraction(local[0]) / Fraction(placed[0])
    parts = decompose([Fraction(v) for v in local], [Fraction(v) for v in placed])
    names = ("from_share", "from_volume", "from_both")
    return {
        "share_points": six(points),
        "money_change": change,
        **dict(zip(names, to_pennies(parts, change), strict=True)),
    }


def _real(
    local: Sequence[Decimal], placed: Sequence[Decimal], pair: tuple[str, str], deflator: Deflator | None
) -> dict[str, Any]:
    if deflator is None or any(year not in deflator.index for year in pair):
        return dict(REAL)
    factors = [Fraction(deflator.index[deflator.base]) / Fraction(deflator.index[year]) for year in pair]
    real_local = [Fraction(v) * f for v, f in zip(local, factors, strict=True)]
    real_placed = [Fraction(v) * f for v, f in zip(placed, factors, strict=True)]
    change = Decimal(round((real_local[1] - real_local[0]) * 100)).scaleb(-2)
    parts = to_pennies(decompose(real_local, real_placed), change)
    return dict(zip(REAL, (change, *parts), strict=True))


def decompose(local: Sequence[Fraction], placed: Sequence[Fraction]) -> list[Fraction]:
    """The change in local money from the share, from the volume, and from both at once. Adds up exactly."""
    p0, p1 = local[0] / placed[0], local[1] / placed[1]
    t0, t1 = placed
    return [(p1 - p0) * t0, p0 * (t1 - t0), (p1 - p0) * (t1 - t0)]


def _sum(cells: Iterable[Row]) -> Decimal:
    return sum((cell["amount"] for cell in cells), Decimal("0.00"))


def reference(rows: Sequence[Row], spec: Spec) -> list[dict[str, Any]]:
    """The definition: the same records as :func:`finish`, from the rows of ``spend``."""
    paid = months_measure.reference(rows, months_measure.Spec(spec.first_month))
    months = {(r["anchor"], r["year"]): set(r["present"]) for r in paid}
    whole = {(r["anchor"], r["year"]): r["complete"] for r in paid}
    kept = [row for row in rows if spec.selection.keeps(row) and row["ring"] is not None and row["year"] is not None]
    records = []
    for y0, y1 in _plain_pairs(whole, spec.incomplete):
        for which in PANELS:
            anchors, reason = _plain_panel(whole, y0, y1, which, spec.incomplete)
            for ring in range(spec.rings):
                head = {"ring": ring, "from_year": y0, "to_year": y1, "panel": which, "anchors": tuple(anchors)}
                if reason:
                    nothing = dict.fromkeys(("from_local", "to_local", "from_placed", "to_placed"))
                    records.append({**head, **nothing, **NOTHING, **REAL, "note": reason})
                    continue
                own = [r for r in kept if r["anchor"] in anchors and _same_month(r, months, y0, y1, spec.incomplete)]
                t0, t1 = (plain.money(r for r in own if r["year"] == year) for year in (y0, y1))
                l0, l1 = (plain.money(r for r in own if r["year"] == year and r["ring"] <= ring) for year in (y0, y1))
                sums = {"from_local": l0, "to_local": l1, "from_placed": t0, "to_placed": t1}
                records.append({**head, **sums, **_plain_change(l0, l1, t0, t1, (y0, y1), spec.deflator)})
    return records


def _plain_pairs(whole: Mapping[tuple[str, str], bool], incomplete: str) -> list[tuple[str, str]]:
    years = sorted({year for _, year in whole})
    good = [year for year in years if all(done for (_, y), done in whole.items() if y == year)]
    if incomplete in ("compare", "same months"):
        good = years
    line = good if incomplete == "skip" else years
    found = [(line[i], line[i + 1]) for i in range(len(line) - 1)]
    ends = [(good[0], good[-1])] if len(good) >= 2 else []
    return found + [pair for pair in ends if pair not in found]


def _plain_panel(
    whole: Mapping[tuple[str, str], bool], y0: str, y1: str, which: str, incomplete: str
) -> tuple[list[str], str]:
    strict = incomplete in ("", "skip")
    everyone = sorted({anchor for anchor, year in whole if year in (y0, y1)})
    if which == "fixed":
        both = [a for a in everyone if (a, y0) in whole and (a, y1) in whole]
        both = [a for a in both if not strict or (whole[a, y0] and whole[a, y1])]
        return both, "" if both else "No anchor has whole years of both."
    lacking = [y for y in (y0, y1) if not all(done for (_, year), done in whole.items() if year == y)]
    return everyone, f"Months are missing in {' and '.join(lacking)}." if lacking and strict else ""


def _same_month(row: Row, months: Mapping[tuple[str, str], set[str]], y0: str, y1: str, incomplete: str) -> bool:
    if row["year"] not in (y0, y1):
        return False
    if incomplete != "same months":
        return True
    if row["month"] is None:
        return False
    other = y1 if row["year"] == y0 else y0
    return any(month[5:] == row["month"][5:] for month in months.get((row["anchor"], other), set()))


def _plain_change(
    l0: Decimal, l1: Decimal, t0: Decimal, t1: Decimal, years: tuple[str, str], deflator: Deflator | None
) -> dict[str, Any]:
    if t0 <= 0 or t1 <= 0:
        return {**NOTHING, **REAL, "note": "No money could be placed in one of the years."}
    p0, p1 = Fraction(l0) / Fraction(t0), Fraction(l1) / Fraction(t1)
    volume = Fraction(t1 - t0)
    cells: dict[str, Any] = {"share_points": plain.rounded(p1 - p0), "money_change": l1 - l0}
    parts = to_pennies([(p1 - p0) * Fraction(t0), p0 * volume, (p1 - p0) * volume], l1 - l0)
    cells |= dict(zip(("from_share", "from_volume", "from_both"), parts, strict=True))
    if deflator is None or years[0] not in deflator.index or years[1] not in deflator.index:
        return {**cells, **REAL, "note": ""}
    base = deflator.index[deflator.base]
    up0, up1 = (Fraction(base) / Fraction(deflator.index[year]) for year in years)
    change = Decimal(round(100 * (Fraction(l1) * up1 - Fraction(l0) * up0))) / 100
    real_volume = Fraction(t1) * up1 - Fraction(t0) * up0
    parts = to_pennies([(p1 - p0) * Fraction(t0) * up0, p0 * real_volume, (p1 - p0) * real_volume], change)
    return {**cells, **dict(zip(REAL, [change, *parts], strict=True)), "note": ""}
