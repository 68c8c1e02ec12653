"""Share of money with suppliers based in the most deprived tenth of neighbourhoods: of all money, and of a ring's.

Of all money: unknown is every supplier whose neighbourhood is not known. Of a ring's money: an unplaced supplier may
lie outside it, inside in a deprived neighbourhood, or inside in another, and the range holds all three.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import Column, Figure, ResultTable
from holdfast.core.money import ratio
from holdfast.measures import plain
from holdfast.measures.bounds import Share, six
from holdfast.measures.naming import Frame, share_figure
from holdfast.measures.selection import Row, Selection, tally
from holdfast.measures.tallies import amounts, share_of, split

if TYPE_CHECKING:
    from holdfast.engine.interface import Engine, Relation
    from holdfast.measures.settings import MeasureTables

NAMES = {"deprived": "most deprived tenth", "other": "elsewhere", "unknown": "not known"}


@dataclass(frozen=True, slots=True)
class Spec:
    """``rings`` how many there are."""

    rings: int
    selection: Selection = field(default_factory=Selection)


def compute(engine: Engine, tables: MeasureTables, spec: Spec) -> Relation:
    """Money by ring and by whether the neighbourhood is deprived; see :func:`holdfast.measures.selection.tally`."""
    state = "CASE WHEN ring IS NULL THEN NULL ELSE deprived END"
    return tally(engine, tables, spec.selection, keys={"ring": "ring"}, state=state)


def finish(rows: Iterable[Row], spec: Spec) -> list[dict[str, Any]]:
    """First all money (``ring`` is ``None``), then each ring's: ``deprived``, ``other``, ``unknown`` and the share."""
    rows = list(rows)
    everything = split(rows, bool).share()
    astray = [row for row in rows if row["ring"] is None]
    records = [_record(None, rows, everything)]
    for ring in range(spec.rings):
        inside = [row for row in rows if row["ring"] is not None and row["ring"] <= ring]
        records.append(_record(ring, inside, ring_share(inside, astray)))
    return records


def _record(ring: int | None, rows: Sequence[Row], share: Share) -> dict[str, Any]:
    states = {"deprived": True, "other": False, "unknown": None}
    sums = {name: amounts(row for row in rows if row["state"] is state) for name, state in states.items()}
    range_ = {"share": share.value, "low": share.low, "high": share.high, "coverage": share.coverage}
    return {"ring": ring, **sums, **range_}


def ring_share(inside: Sequence[Row], astray: Sequence[Row]) -> Share:
    """The share of a ring's money, from the tallied rows inside it and those of unplaced suppliers.

    Low: every doubt counts as not deprived, and all unplaced money belongs to the ring. High: every doubt counts as
    deprived and inside. Credits that could only widen either are counted so that they do.
    """
    deprived = Fraction(amounts(row for row in inside if row["state"]))
    known = Fraction(amounts(row for row in inside if row["state"] is not None))
    area = Fraction(amounts(inside))
    if area <= 0:
        return Share()
    doubt_up, doubt_down = _sides(inside)
    astray_up, astray_down = _sides(astray)
    low = max(deprived + doubt_down + astray_down, Fraction(0)) / (area + astray_up)
    part, whole = deprived + doubt_up + astray_up, area + astray_down + astray_up
    high = max(part / whole, Fraction(0)) if whole > 0 and part < whole and area + astray_down > 0 else Fraction(1)
    value = deprived / known if known > 0 else None
    low, high = min(low, Fraction(1)), min(high, Fraction(1))
    if value is not None:
        low, high = min(low, value), max(high, value)
    return Share(six(value), six(low), six(high), six(min(max(known / area, Fraction(0)), Fraction(1))))


def _sides(rows: Iterable[Row]) -> tuple[Fraction, Fraction]:
    unknown = [row for row in rows if row["state"] is None]
    up = sum((row["up"] for row in unknown), Decimal(0))
    down = sum((row["down"] for row in unknown), Decimal(0))
    return Fraction(up), Fraction(down)


def reference(rows: Sequence[Row], spec: Spec) -> list[dict[str, Any]]:
    """The definition: the same records as :func:`finish`, from the rows of ``spend``."""
    # a supplier in two places is two units of doubt, one in each
    kept = [{**row, "supplier_key": (row["supplier_key"], row["ring"])} for row in rows if spec.selection.keeps(row)]
    cells = plain.share(kept, _known, _deprived)
    records = [_plain_record(None, kept, {name: cells[name] for name in ("share", "low", "high", "coverage")})]
    astray = plain.doubts(row for row in kept if row["ring"] is None)
    for ring in range(spec.rings):
        own = [row for row in kept if row["ring"] is not None and row["ring"] <= ring]
        doubts = plain.doubts(row for row in own if not _known(row))
        records.append(_plain_record(ring, own, _plain_ring_share(own, doubts, astray)))
    return records


def _known(row: Row) -> bool:
    return row["ring"] is not None and row["deprived"] is not None


def _deprived(row: Row) -> bool:
    return bool(row["deprived"])


def _plain_record(ring: int | None, rows: Sequence[Row], share: Row) -> dict[str, Any]:
    return {
        "ring": ring,
        "deprived": plain.money(row for row in rows if _known(row) and row["deprived"]),
        "other": plain.money(row for row in rows if _known(row) and not row["deprived"]),
        "unknown": plain.money(row for row in rows if not _known(row)),
        **share,
    }


def _plain_ring_share(rows: Sequence[Row], doubts: Sequence[Decimal], astray: Sequence[Decimal]) -> dict[str, Any]:
    area = plain.money(rows)
    if area <= 0:
        return dict.fromkeys(("share", "low", "high", "coverage"))
    deprived = plain.money(row for row in rows if _known(row) and row["deprived"])
    known = plain.money(row for row in rows if _known(row))
    share = Fraction(deprived) / Fraction(known) if known > 0 else None
    most_area = area + sum(a for a in astray if a > 0)
    least = deprived + sum(d for d in doubts if d < 0) + sum(a for a in astray if a < 0)
    most = deprived + sum(d for d in doubts if d > 0) + sum(a for a in astray if a > 0)
    least_area = area + sum(a for a in astray if a < 0)
    high = Fraction(1)
    if least_area > 0 and most < area + sum(astray):
        high = Fraction(max(most, Decimal(0))) / Fraction(area + sum(astray))
    low = min(Fraction(max(least, Decimal(0))) / Fraction(most_area), Fraction(1))
    if share is not None:
        low, high = min(low, share), max(high, share)
    coverage = min(max(Fraction(known) / Fraction(area), Fraction(0)), Fraction(1))
    return {
        name: plain.rounded(value)
        for name, value in zip(("share", "low", "high", "coverage"), (share, low, high, coverage), strict=True)
    }


COLUMNS = (
    Column("state", "Neighbourhood"),
    Column("amount", "Money", "money"),
    Column("share", "Part of all money", "share"),
)
RING_COLUMNS = (
    Column("ring", "Area"),
    Column("amount", "Money in the most deprived tenth", "money"),
    Column("known", "Money whose neighbourhood is known", "money"),
    Column("share", "Share", "share"),
    Column("low", "Low", "share"),
    Column("high", "High", "share"),
    Column("coverage", "Part known", "share"),
)


def table(records: Sequence[Row]) -> ResultTable:
    """All money by neighbourhood; the parts add up to one."""
    first = records[0]
    whole = first["deprived"] + first["other"] + first["unknown"]
    lines = tuple((name, first[key], ratio(first[key], whole) if whole > 0 else None) for key, name in NAMES.items())
    return ResultTable("deprivation", "Money in the most deprived neighbourhoods", COLUMNS, lines)


def ring_table(records: Sequence[Row], frame: Frame) -> ResultTable:
    """Each ring's money: the part in the most deprived tenth, of the money whose neighbourhood is known."""
    lines = tuple(
        (
            frame.settings.rings[r["ring"]],
            r["deprived"],
            r["deprived"] + r["other"],
            r["share"],
            r["low"],
            r["high"],
            r["coverage"],
        )
        for r in records[1:]
    )
    note = "The range holds every placing of the money that could not be placed."
    return ResultTable(
        "deprivation_in_area", "Money in the most deprived neighbourhoods of each area", RING_COLUMNS, lines, note
    )


def figures(records: Sequence[Row], frame: Frame) -> list[Figure]:
    """``deprived-share`` of all money, and ``deprived-share.<ring>`` of the money in a ring."""
    return [_figure(record, frame) for record in records]


def _figure(record: Row, frame: Frame) -> Figure:
    ring = record["ring"]
    area = "" if ring is None else frame.settings.rings[ring]
    which = f" in {area}" if area else ""
    where = frame.placed() if ring is None else {**frame.selection.where(), **frame.within(ring)}
    return share_figure(
        share_of(record),
        id="deprived-share" if ring is None else f"deprived-share.{frame.ring_slug(ring)}",
        measure="deprived-share",
        label=f"Share of money{which} that is in the most deprived tenth of neighbourhoods",
        definition=frame.define(area=area) if area else frame.define(),
        numerator=record["deprived"],
        denominator=record["deprived"] + record["other"],
        higher_is="more",
        where={**where, "deprived": [True, False]},
        counted={"deprived": [True]},
    )
