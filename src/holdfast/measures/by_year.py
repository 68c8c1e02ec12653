"""Local share by year, ring by ring, with the months that are there. Payments without a date are in no year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import Column, Figure, ResultTable
from holdfast.measures import plain
from holdfast.measures.months import given_periods
from holdfast.measures.naming import Frame, local_figure, slug
from holdfast.measures.selection import Row, Selection, tally
from holdfast.measures.tallies import LOCAL_SHARE, grouped, share_cells, split, up_to

if TYPE_CHECKING:
    from holdfast.engine.interface import Engine, Relation
    from holdfast.measures.settings import MeasureTables


@dataclass(frozen=True, slots=True)
class Spec:
    """``rings`` how many there are."""

    rings: int
    selection: Selection = field(default_factory=Selection)


def compute(engine: Engine, tables: MeasureTables, spec: Spec) -> Relation:
    """Money by year and ring number; see :func:`holdfast.measures.selection.tally`."""
    keys = {"year": "year"}
    return tally(engine, tables, spec.selection, keys=keys, state="ring", extra="year IS NOT NULL")


def finish(rows: Iterable[Row], spec: Spec) -> list[dict[str, Any]]:
    """One record per year and ring: ``year``, ``ring`` number and the columns of a share."""
    return [
        {"year": year, "ring": ring, **share_cells(split(some, up_to(ring)))}
        for (year,), some in grouped(rows, ["year"]).items()
        for ring in range(spec.rings)
    ]


def reference(rows: Sequence[Row], spec: Spec) -> list[dict[str, Any]]:
    """The definition: the same records as :func:`finish`, from the rows of ``spend``."""
    kept = [row for row in rows if spec.selection.keeps(row) and row["year"] is not None]
    return [
        {
            "year": year,
            "ring": ring,
            **plain.share((row for row in kept if row["year"] == year), plain.placed, plain.inside(ring)),
        }
        for year in sorted({row["year"] for row in kept})
        for ring in range(spec.rings)
    ]


COLUMNS = (
    Column("year", "Year"),
    Column("ring", "Area"),
    *LOCAL_SHARE,
    Column("months", "Months present", "count"),
    Column("complete", "Complete"),
)


def table(records: Sequence[Row], months: Sequence[Row], frame: Frame) -> ResultTable:
    """``months``: those of the anchor with fewest in that year; complete where no anchor that pays misses any."""
    lines = []
    for record in records:
        of_year = [m for m in months if m["year"] == record["year"]]
        fewest = min((len(m["present"]) for m in of_year), default=0)
        complete = all(m["complete"] for m in of_year)
        area = frame.settings.rings[record["ring"]]
        lines.append((record["year"], area, *(record[c.name] for c in COLUMNS[2:7]), fewest, complete))
    said = ["Months: those of the anchor with fewest.", "Payments without a date are in no year."]
    note = " ".join([*said, *given_periods(months, frame)])
    return ResultTable("by_year", "Local share by year", COLUMNS, tuple(lines), note)


def figures(records: Sequence[Row], frame: Frame) -> list[Figure]:
    """``by-year.<year>.<ring>`` for each; the year 2023/24 is written ``2023-24`` there."""
    return [
        local_figure(
            record,
            frame,
            "by-year",
            part=slug(record["year"]),
            name=record["year"],
            where={"year": [record["year"]]},
            period=record["year"],
        )
        for record in records
    ]
