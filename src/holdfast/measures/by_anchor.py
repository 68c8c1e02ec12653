"""Local share of each anchor, ring by ring: all suppliers, where they are based."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import Column, Figure, ResultTable
from holdfast.measures import plain
from holdfast.measures.naming import Frame, local_figure
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
    """Money by anchor and ring number; see :func:`holdfast.measures.selection.tally`."""
    return tally(engine, tables, spec.selection, keys={"anchor": "anchor"}, state="ring")


def finish(rows: Iterable[Row], spec: Spec) -> list[dict[str, Any]]:
    """One record per anchor and ring, anchors by id: ``anchor``, ``ring`` number and the columns of a share."""
    return [
        {"anchor": anchor, "ring": ring, **share_cells(split(some, up_to(ring)))}
        for (anchor,), some in grouped(rows, ["anchor"]).items()
        for ring in range(spec.rings)
    ]


def reference(rows: Sequence[Row], spec: Spec) -> list[dict[str, Any]]:
    """The definition: the same records as :func:`finish`, from the rows of ``spend``."""
    kept = [row for row in rows if spec.selection.keeps(row)]
    records = []
    for anchor in sorted({row["anchor"] for row in kept}):
        own = [row for row in kept if row["anchor"] == anchor]
        for ring in range(spec.rings):
            cells = plain.share(own, plain.placed, plain.inside(ring))
            records.append({"anchor": anchor, "ring": ring, **cells})
    return records


COLUMNS = (
    Column("anchor", "Anchor id"),
    Column("name", "Anchor"),
    Column("ring", "Area"),
    *LOCAL_SHARE,
    Column("local_amount", "Local money", "money"),
)


def table(records: Sequence[Row], frame: Frame) -> ResultTable:
    """Anchors in the order of the settings."""
    lines = tuple(
        (
            r["anchor"],
            frame.anchor_name(r["anchor"]),
            frame.settings.rings[r["ring"]],
            *(r[c.name] for c in COLUMNS[3:]),
        )
        for r in sorted(records, key=lambda r: (frame.anchor_place(r["anchor"]), r["ring"]))
    )
    return ResultTable("by_anchor", "Local share by anchor", COLUMNS, lines)


def figures(records: Sequence[Row], frame: Frame) -> list[Figure]:
    """``by-anchor.<anchor>.<ring>`` for each."""
    return [
        local_figure(
            record,
            frame,
            "by-anchor",
            part=record["anchor"],
            name=frame.anchor_name(record["anchor"]),
            where={"anchor": [record["anchor"]]},
            anchors=(frame.anchor_name(record["anchor"]),),
        )
        for record in sorted(records, key=lambda r: (frame.anchor_place(r["anchor"]), r["ring"]))
    ]
