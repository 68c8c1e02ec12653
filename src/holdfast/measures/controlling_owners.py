"""Who controls the suppliers: by the country and the kind of the owner, where a register of owners says.

The owner is followed from company to company as far as the register goes. The table splits all money, the unknown
included. It is made only where something is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import Column, ResultTable
from holdfast.measures import plain
from holdfast.measures.selection import Row, Selection, tally
from holdfast.measures.tallies import amounts, grouped, parts_of_all

if TYPE_CHECKING:
    from holdfast.engine.interface import Engine, Relation
    from holdfast.measures.settings import MeasureTables

_BETWEEN = " / "


@dataclass(frozen=True, slots=True)
class Spec:
    """Nothing to choose."""

    selection: Selection = field(default_factory=Selection)


def compute(engine: Engine, tables: MeasureTables, spec: Spec) -> Relation:
    """Money by country and kind of the owner (``state``); see :func:`holdfast.measures.selection.tally`."""
    state = f"CASE WHEN owner_kind <> 'unknown' THEN owner_country || '{_BETWEEN}' || owner_kind END"
    return tally(engine, tables, spec.selection, keys={}, state=state)


def finish(rows: Iterable[Row], spec: Spec) -> list[dict[str, Any]]:
    """One record per country and kind, the most money first, then not known: ``country, kind``, ``amount``, range."""
    rows = list(rows)
    return _named(parts_of_all(rows, _states(rows)))


def reference(rows: Sequence[Row], spec: Spec) -> list[dict[str, Any]]:
    """The definition: the same records as :func:`finish`, from the rows of ``spend``."""
    kept = [{**row, "state": _owner(row)} for row in rows if spec.selection.keeps(row)]
    return _named(plain.parts_of_all(kept, _states(kept), _owner))


def _owner(row: Row) -> str | None:
    return None if row["owner_kind"] == "unknown" else f"{row['owner_country']}{_BETWEEN}{row['owner_kind']}"


def _states(rows: Sequence[Row]) -> list[str | None]:
    """The states that occur, by money and then by name; the unknown last, also where there is none."""
    sums = {state: amounts(some) for (state,), some in grouped(rows, ("state",)).items() if state is not None}
    return [*sorted(sums, key=lambda state: (-sums[state], state)), None]


def _named(records: Sequence[Row]) -> list[dict[str, Any]]:
    named = []
    for record in records:
        country, _, kind = (record["state"] or "").partition(_BETWEEN)
        rest = {name: value for name, value in record.items() if name != "state"}
        named.append({"country": country or None, "kind": kind or None, **rest})
    return named


COLUMNS = (
    Column("country", "Country of the owner"),
    Column("kind", "Kind of owner"),
    Column("amount", "Money", "money"),
    Column("share", "Part of all money", "share"),
    Column("low", "Low", "share"),
    Column("high", "High", "share"),
)


def table(records: Sequence[Row]) -> ResultTable:
    lines = tuple(
        (r["country"] or "unknown", r["kind"] or "unknown", *(r[c.name] for c in COLUMNS[2:])) for r in records
    )
    note = (
        "Parts of all money, by who controls the supplier most, followed from owner to owner. Of persons only the "
        "country they live in is known. Low and high: if none or all of the money whose owner is not known were theirs."
    )
    return ResultTable("controlling_owners", "Who controls the suppliers", COLUMNS, lines, note)
