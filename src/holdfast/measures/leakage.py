"""Leakage: of the money whose supplier could be placed, how much goes to suppliers outside the ring.

One minus the local share of the same definition (all suppliers, where they are based, pooled).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import Figure
from holdfast.measures import plain
from holdfast.measures.naming import Frame, share_figure
from holdfast.measures.selection import Row, Selection, tally
from holdfast.measures.tallies import beyond, share_cells, share_of, split

if TYPE_CHECKING:
    from holdfast.engine.interface import Engine, Relation
    from holdfast.measures.settings import MeasureTables


@dataclass(frozen=True, slots=True)
class Spec:
    """``rings`` how many there are."""

    rings: int
    selection: Selection = field(default_factory=Selection)


def compute(engine: Engine, tables: MeasureTables, spec: Spec) -> Relation:
    """Money by ring number; see :func:`holdfast.measures.selection.tally`."""
    return tally(engine, tables, spec.selection, keys={}, state="ring")


def finish(rows: Iterable[Row], spec: Spec) -> list[dict[str, Any]]:
    """One record per ring: ``ring`` number, the share that leaves, and ``leaving``, the money that does."""
    rows = list(rows)
    records = []
    for ring in range(spec.rings):
        cells = share_cells(split(rows, beyond(ring)))
        records.append({"ring": ring, "leaving": cells.pop("local_amount"), **cells})
    return records


def reference(rows: Sequence[Row], spec: Spec) -> list[dict[str, Any]]:
    """The definition: the same records as :func:`finish`, from the rows of ``spend``."""
    kept = [row for row in rows if spec.selection.keeps(row)]
    records = []
    for ring in range(spec.rings):
        cells = plain.share(kept, plain.placed, plain.outside(ring))
        records.append({"ring": ring, "leaving": cells.pop("local_amount"), **cells})
    return records


def figures(spec: Spec, records: Sequence[Row], frame: Frame) -> list[Figure]:
    """``leakage.<ring>`` for each ring."""
    return [
        share_figure(
            share_of(record),
            id=f"leakage.{frame.ring_slug(record['ring'])}",
            measure="leakage",
            label=f"Share of money that leaves {frame.settings.rings[record['ring']]}",
            definition=frame.define(area=frame.settings.rings[record["ring"]]),
            numerator=record["leaving"],
            denominator=record["placed"],
            higher_is="more leaves",
            where=frame.placed(),
            counted={"ring": list(range(record["ring"] + 1, spec.rings + 1))},
        )
        for record in records
    ]
