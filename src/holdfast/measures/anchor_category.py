"""Anchor by category: who buys what, and how local each is.

It shows what one anchor buys locally and another does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import Column, ResultTable
from holdfast.measures import plain
from holdfast.measures.categories import ranked
from holdfast.measures.naming import Frame
from holdfast.measures.selection import Row, Selection, tally
from holdfast.measures.tallies import grouped, share_cells, split, up_to

if TYPE_CHECKING:
    from holdfast.engine.interface import Engine, Relation
    from holdfast.measures.settings import MeasureTables


@dataclass(frozen=True, slots=True)
class Spec:
    """``ring`` whose share is shown; ``top`` how many categories are named, by the money of all anchors."""

    ring: int
    top: int = 25
    selection: Selection = field(default_factory=Selection)


def compute(engine: Engine, tables: MeasureTables, spec: Spec) -> Relation:
    """Money by anchor, category and ring number; see :func:`holdfast.measures.selection.tally`."""
    keys = {"anchor": "anchor", "category": "category"}
    return tally(engine, tables, spec.selection, keys=keys, state="ring")


def finish(rows: Iterable[Row], spec: Spec) -> list[dict[str, Any]]:
    """One record per anchor (by id) and line of categories in which it paid: share columns."""
    rows = list(rows)
    lines = ranked(rows, spec.top).lines
    records = []
    for (anchor,), own in grouped(rows, ["anchor"]).items():
        cells = grouped(own, ["category"])
        for label, members in lines:
            some = [row for member in members for row in cells.get((member,), [])]
            if some:
                whole = split(some, up_to(spec.ring))
                records.append({"anchor": anchor, "category": label, **share_cells(whole)})
    return records


def reference(rows: Sequence[Row], spec: Spec) -> list[dict[str, Any]]:
    """The definition: the same records as :func:`finish`, from the rows of ``spend``."""
    kept = [
        {**row, "supplier_key": (row["supplier_key"], row["category"])} for row in rows if spec.selection.keeps(row)
    ]
    records = []
    for anchor in sorted({row["anchor"] for row in kept}):
        for label, members in ranked(kept, spec.top).lines:
            some = [row for row in kept if row["anchor"] == anchor and row["category"] in members]
            if some:
                cells = plain.share(some, plain.placed, plain.inside(spec.ring))
                records.append({"anchor": anchor, "category": label, **cells})
    return records


COLUMNS = (
    Column("anchor", "Anchor"),
    Column("category", "What was bought"),
    Column("total", "All money", "money"),
    Column("share", "Local share", "share"),
    Column("low", "Low", "share"),
    Column("high", "High", "share"),
)


def table(records: Sequence[Row], frame: Frame) -> ResultTable:
    """Anchors in the order of the settings."""
    lines = tuple(
        (frame.anchor_name(r["anchor"]), *(r[c.name] for c in COLUMNS[1:]))
        for r in sorted(records, key=lambda r: frame.anchor_place(r["anchor"]))
    )
    return ResultTable("anchor_category", "Anchor by what was bought", COLUMNS, lines)
