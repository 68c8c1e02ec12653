"""Who owns the suppliers: co-operatives, social enterprises and charities, public bodies, private firms, not known.

The table splits all money, the unknown included. The figures are shares of the money whose owner is known, with the
range over all money.
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

BY_OWNER = Described("ownership", ("co-operative", "social enterprise or charity", "public", "private"))
#: Figure id, its label, and its owners.
FIGURES = (
    ("coop-share", "Share of money with co-operatives", ("co-operative",)),
    ("vcse-share", "Share of money with social enterprises and charities", ("social enterprise or charity",)),
)


@dataclass(frozen=True, slots=True)
class Spec:
    """Nothing to choose."""

    selection: Selection = field(default_factory=Selection)


def compute(engine: Engine, tables: MeasureTables, spec: Spec) -> Relation:
    """Money by owner (``state``); see :func:`holdfast.measures.selection.tally`."""
    return BY_OWNER.tally(engine, tables, spec.selection)


def finish(rows: Iterable[Row], spec: Spec) -> list[dict[str, Any]]:
    """One record per owner, then not known (``None``): ``state``, ``amount``, ``share`` of all money, range."""
    return BY_OWNER.parts(rows)


def reference(rows: Sequence[Row], spec: Spec) -> list[dict[str, Any]]:
    """The definition: the same records as :func:`finish`, from the rows of ``spend``."""
    kept = [row for row in rows if spec.selection.keeps(row)]
    return plain.parts_of_all(kept, BY_OWNER.states, BY_OWNER.state)


def table(records: Sequence[Row]) -> ResultTable:
    note = "if none or all of the money whose owner is not known were theirs."
    return BY_OWNER.table(records, "Owner", "Who owns the suppliers", note)


def figures(rows: Sequence[Row], frame: Frame) -> list[Figure]:
    """``coop-share`` and ``vcse-share``, from the tallied rows."""
    return [BY_OWNER.figure(rows, frame, *said) for said in FIGURES]
