"""All money in parts by one thing that is known of its supplier, such as its owner or its size.

A part is a part of all the money; what is not known is one of the parts. A figure is a share of the money of which the
answer is known, with the range over all money.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import Column, Figure, ResultTable
from holdfast.engine.duck import quote_text
from holdfast.measures.naming import Frame, share_figure
from holdfast.measures.selection import Row, Selection, tally
from holdfast.measures.tallies import PART_OF_ALL, parts_of_all, split

if TYPE_CHECKING:
    from holdfast.engine.interface import Engine, Relation
    from holdfast.measures.settings import MeasureTables

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Described:
    """A column of ``spend`` that describes the supplier, and its answers in the order in which they are listed."""

    column: str
    answers: tuple[str, ...]

    @property
    def states(self) -> list[str | None]:
        """The answers, then not known."""
        return [*self.answers, None]

    def state(self, row: Row) -> str | None:
        """The answer of a row of ``spend``; ``None`` where it is not known."""
        return None if row[self.column] == UNKNOWN else str(row[self.column])

    def tally(self, engine: Engine, tables: MeasureTables, selection: Selection) -> Relation:
        """Money by answer (``state``); see :func:`holdfast.measures.selection.tally`."""
        state = f"CASE WHEN {self.column} = {quote_text(UNKNOWN)} THEN NULL ELSE {self.column} END"
        return tally(engine, tables, selection, keys={}, state=state)

    def parts(self, rows: Iterable[Row]) -> list[dict[str, Any]]:
        """One record per answer, then not known (``None``): ``state``, ``amount``, ``share`` of all money, range."""
        return parts_of_all(rows, self.states)

    def table(self, records: Sequence[Row], heading: str, title: str, note: str) -> ResultTable:
        """The parts under the name of the column; ``heading`` is what it is called there."""
        lines = tuple((r["state"] or UNKNOWN, *(r[c.name] for c in PART_OF_ALL)) for r in records)
        note = f"Parts of all money. Low and high: {note}"
        return ResultTable(self.column, title, (Column(self.column, heading), *PART_OF_ALL), lines, note)

    def figure(self, rows: Sequence[Row], frame: Frame, id: str, label: str, counted: Collection[str]) -> Figure:
        """The share of some answers in the money of which the answer is known, from the tallied rows."""
        whole = split(rows, lambda state: state in counted)
        return share_figure(
            whole.share(),
            id=id,
            measure=id,
            label=label,
            definition=frame.define(),
            numerator=whole.part,
            denominator=whole.known,
            higher_is="more",
            where={**frame.selection.where(), self.column: list(self.answers)},
            counted={self.column: list(counted)},
        )
