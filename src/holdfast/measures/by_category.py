"""Local share by what was bought, and how much of each category leaves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import Column, Figure, ResultTable
from holdfast.measures import plain
from holdfast.measures.categories import ranked
from holdfast.measures.naming import Frame, local_figure, slugs
from holdfast.measures.selection import Row, Selection, tally
from holdfast.measures.tallies import LOCAL_SHARE, grouped, share_cells, split, up_to

if TYPE_CHECKING:
    from holdfast.engine.interface import Engine, Relation
    from holdfast.measures.settings import MeasureTables


@dataclass(frozen=True, slots=True)
class Spec:
    """``rings`` how many there are; ``top`` how many categories are named."""

    rings: int
    top: int = 25
    selection: Selection = field(default_factory=Selection)


def compute(engine: Engine, tables: MeasureTables, spec: Spec) -> Relation:
    """Money by category and ring number; see :func:`holdfast.measures.selection.tally`."""
    return tally(engine, tables, spec.selection, keys={"category": "category"}, state="ring")


def finish(rows: Iterable[Row], spec: Spec) -> list[dict[str, Any]]:
    """One record per line and ring: ``category``, ``of`` (the categories in it), ``ring``, ``leaving``, share columns.

    Rows may be split further (by anchor): units of doubt are an anchor's suppliers, so that changes nothing.
    """
    groups = grouped(rows, ["category"])
    records = []
    for label, members in ranked((row for some in groups.values() for row in some), spec.top).lines:
        some = [row for member in members for row in groups[(member,)]]
        for ring in range(spec.rings):
            cells = share_cells(split(some, up_to(ring)))
            leaving = cells["placed"] - cells["local_amount"]
            records.append({"category": label, "of": members, "ring": ring, "leaving": leaving, **cells})
    return records


def reference(rows: Sequence[Row], spec: Spec) -> list[dict[str, Any]]:
    """The definition: the same records as :func:`finish`, from the rows of ``spend``.

    A supplier that sells in two categories is two units of doubt, in the line of all other categories too.
    """
    kept = [
        {**row, "supplier_key": (row["supplier_key"], row["category"])} for row in rows if spec.selection.keeps(row)
    ]
    records = []
    for label, members in ranked(kept, spec.top).lines:
        some = [row for row in kept if row["category"] in members]
        for ring in range(spec.rings):
            cells = plain.share(some, plain.placed, plain.inside(ring))
            leaving = plain.money(row for row in some if row["ring"] is not None and row["ring"] > ring)
            records.append({"category": label, "of": members, "ring": ring, "leaving": leaving, **cells})
    return records


COLUMNS = (
    Column("category", "What was bought"),
    Column("ring", "Area"),
    *LOCAL_SHARE,
    Column("leaving", "Money that leaves", "money"),
)


def table(records: Sequence[Row], frame: Frame) -> ResultTable:
    lines = tuple((r["category"], frame.settings.rings[r["ring"]], *(r[c.name] for c in COLUMNS[2:])) for r in records)
    return ResultTable("by_category", "Local share by what was bought", COLUMNS, lines)


def figures(records: Sequence[Row], frame: Frame) -> list[Figure]:
    """``by-category.<category>.<ring>`` for each line of the table."""
    short = slugs(dict.fromkeys(record["category"] for record in records))
    return [
        local_figure(
            record,
            frame,
            "by-category",
            part=short[record["category"]],
            name=record["category"],
            where={"category": list(record["of"])},
            suppliers=f"all, for {record['category']}",
        )
        for record in records
    ]
