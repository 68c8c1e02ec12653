"""How large the suppliers are, and the share of small and medium-sized firms: fewer than 250 people by a register.

The table splits all money, the unknown included. The figure is a share of the money whose supplier's size is known,
with the range over all money.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import Column, Figure, ResultTable
from holdfast.measures import plain
from holdfast.measures.naming import Frame, share_figure
from holdfast.measures.selection import Row, Selection, tally
from holdfast.measures.tallies import parts_of_all, split

if TYPE_CHECKING:
    from holdfast.engine.interface import Engine, Relation
    from holdfast.measures.settings import MeasureTables

SIZES = ("micro", "small", "medium", "large")
SME = SIZES[:3]


@dataclass(frozen=True, slots=True)
class Spec:
    """Nothing to choose."""

    selection: Selection = field(default_factory=Selection)

    @property
    def states(self) -> list[str | None]:
        return [*SIZES, None]


def compute(engine: Engine, tables: MeasureTables, spec: Spec) -> Relation:
    """Money by size (``state``); see :func:`holdfast.measures.selection.tally`."""
    state = "CASE WHEN size = 'unknown' THEN NULL ELSE size END"
    return tally(engine, tables, spec.selection, keys={}, state=state)


def finish(rows: Iterable[Row], spec: Spec) -> list[dict[str, Any]]:
    """One record per size, then not known (``None``): ``state``, ``amount``, ``share`` of all money, range."""
    return parts_of_all(rows, spec.states)


def reference(rows: Sequence[Row], spec: Spec) -> list[dict[str, Any]]:
    """The definition: the same records as :func:`finish`, from the rows of ``spend``."""
    kept = [row for row in rows if spec.selection.keeps(row)]
    return plain.parts_of_all(kept, spec.states, _size)


def _size(row: Row) -> str | None:
    return None if row["size"] == "unknown" else str(row["size"])


COLUMNS = (
    Column("size", "Size"),
    Column("amount", "Money", "money"),
    Column("share", "Part of all money", "share"),
    Column("low", "Low", "share"),
    Column("high", "High", "share"),
)


def table(records: Sequence[Row]) -> ResultTable:
    lines = tuple((r["state"] or "unknown", *(r[c.name] for c in COLUMNS[1:])) for r in records)
    note = (
        "Parts of all money. Low and high: if none or all of the money whose supplier's size is not known were theirs."
    )
    return ResultTable("size", "How large the suppliers are", COLUMNS, lines, note)


def figures(rows: Sequence[Row], frame: Frame) -> list[Figure]:
    """``sme-share``, from the tallied rows."""
    whole = split(rows, lambda state: state in SME)
    return [
        share_figure(
            whole.share(),
            id="sme-share",
            measure="sme-share",
            label="Share of money with small and medium-sized firms",
            definition=frame.define(),
            numerator=whole.part,
            denominator=whole.known,
            higher_is="more",
            where={**frame.selection.where(), "size": list(SIZES)},
            counted={"size": list(SME)},
        )
    ]
