"""Where the money goes: all analysed money by the innermost ring of its supplier, elsewhere, or not known.

The shares are parts of all money and add up to one. Low and high: if none or all of the unplaced money were there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import Column, ResultTable
from holdfast.measures import plain
from holdfast.measures.naming import Frame
from holdfast.measures.selection import Row, Selection, tally
from holdfast.measures.tallies import PART_OF_ALL, parts_of_all

if TYPE_CHECKING:
    from holdfast.engine.interface import Engine, Relation
    from holdfast.measures.settings import MeasureTables


@dataclass(frozen=True, slots=True)
class Spec:
    """``rings`` how many there are; money outside all of them has that number."""

    rings: int
    selection: Selection = field(default_factory=Selection)

    @property
    def states(self) -> list[int | None]:
        return [*range(self.rings + 1), None]


def compute(engine: Engine, tables: MeasureTables, spec: Spec) -> Relation:
    """Money by ring number; see :func:`holdfast.measures.selection.tally`."""
    return tally(engine, tables, spec.selection, keys={}, state="ring")


def finish(rows: Iterable[Row], spec: Spec) -> list[dict[str, Any]]:
    """One record per ring, then outside, then not known (``None``): ``state``, ``amount``, ``share``, range."""
    return parts_of_all(rows, spec.states)


def reference(rows: Sequence[Row], spec: Spec) -> list[dict[str, Any]]:
    """The definition: the same records as :func:`finish`, from the rows of ``spend``."""
    kept = [row for row in rows if spec.selection.keeps(row)]
    return plain.parts_of_all(kept, spec.states, lambda row: row["ring"])


COLUMNS = (Column("state", "Where"), *PART_OF_ALL)


def table(records: Sequence[Row], frame: Frame) -> ResultTable:
    lines = [(frame.settings.state(r["state"]), *(r[c.name] for c in PART_OF_ALL)) for r in records]
    note = (
        "Each payment once, under the innermost area of its supplier. Low and high: if none or all of the money that "
        "could not be placed went there."
    )
    return ResultTable("where", "Where the money goes", COLUMNS, tuple(lines), note)
