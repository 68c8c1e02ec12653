"""Who owns the suppliers: co-operatives, social enterprises and charities, public bodies, private firms, not known.

The table splits all money, the unknown included. The figures are shares of the money whose owner is known, with the
range over all money.
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

OWNERS = ("co-operative", "social enterprise or charity", "public", "private")
#: Figure id, its owners, and its label.
FIGURES = (
    ("coop-share", ("co-operative",), "Share of money with co-operatives"),
    ("vcse-share", ("social enterprise or charity",), "Share of money with social enterprises and charities"),
)


@dataclass(frozen=True, slots=True)
class Spec:
    """Nothing to choose."""

    selection: Selection = field(default_factory=Selection)

    @property
    def states(self) -> list[str | None]:
        return [*OWNERS, None]


def compute(engine: Engine, tables: MeasureTables, spec: Spec) -> Relation:
    """Money by owner (``state``); see :func:`holdfast.measures.selection.tally`."""
    state = "CASE WHEN ownership = 'unknown' THEN NULL ELSE ownership END"
    return tally(engine, tables, spec.selection, keys={}, state=state)


def finish(rows: Iterable[Row], spec: Spec) -> list[dict[str, Any]]:
    """One record per owner, then not known (``None``): ``state``, ``amount``, ``share`` of all money, range."""
    return parts_of_all(rows, spec.states)


def reference(rows: Sequence[Row], spec: Spec) -> list[dict[str, Any]]:
    """The definition: the same records as :func:`finish`, from the rows of ``spend``."""
    kept = [row for row in rows if spec.selection.keeps(row)]
    return plain.parts_of_all(kept, spec.states, _owner)


def _owner(row: Row) -> str | None:
    return None if row["ownership"] == "unknown" else str(row["ownership"])


COLUMNS = (
    Column("ownership", "Owner"),
    Column("amount", "Money", "money"),
    Column("share", "Part of all money", "share"),
    Column("low", "Low", "share"),
    Column("high", "High", "share"),
)


def table(records: Sequence[Row]) -> ResultTable:
    lines = tuple((r["state"] or "unknown", *(r[c.name] for c in COLUMNS[1:])) for r in records)
    note = "Parts of all money. Low and high: if none or all of the money whose owner is not known were theirs."
    return ResultTable("ownership", "Who owns the suppliers", COLUMNS, lines, note)


def figures(rows: Sequence[Row], frame: Frame) -> list[Figure]:
    """``coop-share`` and ``vcse-share``, from the tallied rows."""
    found = []
    for id, owners, label in FIGURES:
        whole = split(rows, lambda state, owners=owners: state in owners)  # type: ignore[misc]
        found.append(
            share_figure(
                whole.share(),
                id=id,
                measure=id,
                label=label,
                definition=frame.define(),
                numerator=whole.part,
                denominator=whole.known,
                higher_is="more",
                where={**frame.selection.where(), "ownership": list(OWNERS)},
                counted={"ownership": list(owners)},
            )
        )
    return found
