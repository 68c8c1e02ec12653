"""Forms of ownership in full: of co-operatives whose they are, and among the others charities, societies and companies.

The table splits all money, the unknown included: the same money as by owner, more finely.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import Column, ResultTable
from holdfast.measures import plain
from holdfast.measures.selection import Row, Selection, tally
from holdfast.measures.tallies import parts_of_all
from holdfast.suppliers.forms import FORMS

if TYPE_CHECKING:
    from holdfast.engine.interface import Engine, Relation
    from holdfast.measures.settings import MeasureTables


@dataclass(frozen=True, slots=True)
class Spec:
    """Nothing to choose."""

    selection: Selection = field(default_factory=Selection)

    @property
    def states(self) -> list[str | None]:
        return [*FORMS, None]


def compute(engine: Engine, tables: MeasureTables, spec: Spec) -> Relation:
    """Money by form (``state``); see :func:`holdfast.measures.selection.tally`."""
    state = "CASE WHEN ownership_form = 'unknown' THEN NULL ELSE ownership_form END"
    return tally(engine, tables, spec.selection, keys={}, state=state)


def finish(rows: Iterable[Row], spec: Spec) -> list[dict[str, Any]]:
    """One record per form, then not known (``None``): ``state``, ``amount``, ``share`` of all money, range."""
    return parts_of_all(rows, spec.states)


def reference(rows: Sequence[Row], spec: Spec) -> list[dict[str, Any]]:
    """The definition: the same records as :func:`finish`, from the rows of ``spend``."""
    kept = [row for row in rows if spec.selection.keeps(row)]
    return plain.parts_of_all(kept, spec.states, _form)


def _form(row: Row) -> str | None:
    return None if row["ownership_form"] == "unknown" else str(row["ownership_form"])


COLUMNS = (
    Column("form", "Form of ownership"),
    Column("amount", "Money", "money"),
    Column("share", "Part of all money", "share"),
    Column("low", "Low", "share"),
    Column("high", "High", "share"),
)


def table(records: Sequence[Row]) -> ResultTable:
    lines = tuple((r["state"] or "unknown", *(r[c.name] for c in COLUMNS[1:])) for r in records)
    note = "Parts of all money. Low and high: if none or all of the money whose form is not known were theirs."
    return ResultTable("ownership_form", "Forms of ownership", COLUMNS, lines, note)
