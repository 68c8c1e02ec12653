"""How large the suppliers are, and the share of small and medium-sized firms: fewer than 250 people by a register.

The table splits all money, the unknown included. The figure is a share of the money whose supplier's size is known,
with the range over all money.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import Figure, ResultTable
from holdfast.measures import plain
from holdfast.measures.described import Described
from holdfast.measures.naming import Frame
from holdfast.measures.selection import Row, Selection

if TYPE_CHECKING:
    from holdfast.engine.interface import Engine, Relation
    from holdfast.measures.settings import MeasureTables

BY_SIZE = Described("size", ("micro", "small", "medium", "large"))
SME = BY_SIZE.answers[:3]


@dataclass(frozen=True, slots=True)
class Spec:
    """Nothing to choose."""

    selection: Selection = field(default_factory=Selection)


def compute(engine: Engine, tables: MeasureTables, spec: Spec) -> Relation:
    """Money by size (``state``); see :func:`holdfast.measures.selection.tally`."""
    return BY_SIZE.tally(engine, tables, spec.selection)


def finish(rows: Iterable[Row], spec: Spec) -> list[dict[str, Any]]:
    """One record per size, then not known (``None``): ``state``, ``amount``, ``share`` of all money, range."""
    return BY_SIZE.parts(rows)


def reference(rows: Sequence[Row], spec: Spec) -> list[dict[str, Any]]:
    """The definition: the same records as :func:`finish`, from the rows of ``spend``."""
    kept = [row for row in rows if spec.selection.keeps(row)]
    return plain.parts_of_all(kept, BY_SIZE.states, BY_SIZE.state)


def table(records: Sequence[Row]) -> ResultTable:
    note = "if none or all of the money whose supplier's size is not known were theirs."
    return BY_SIZE.table(records, "Size", "How large the suppliers are", note)


def figures(rows: Sequence[Row], frame: Frame) -> list[Figure]:
    """``sme-share``, from the tallied rows."""
    return [BY_SIZE.figure(rows, frame, "sme-share", "Share of money with small and medium-sized firms", SME)]
