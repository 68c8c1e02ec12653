"""Flows from each anchor to where its suppliers are: the innermost ring, elsewhere, or not known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import Column, ResultTable
from holdfast.measures import plain
from holdfast.measures.naming import Frame
from holdfast.measures.selection import Row, Selection, tally

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
    """``anchor`` (by id), ``state`` (ring number, ``None`` last), ``amount``; no record where nothing was paid."""
    return [{"anchor": row["anchor"], "state": row["state"], "amount": row["amount"]} for row in rows if row["amount"]]


def reference(rows: Sequence[Row], spec: Spec) -> list[dict[str, Any]]:
    """The definition: the same records as :func:`finish`, from the rows of ``spend``."""
    kept = [row for row in rows if spec.selection.keeps(row)]
    records = []
    for anchor in sorted({row["anchor"] for row in kept}):
        for state in [*range(spec.rings + 1), None]:
            amount = plain.money(row for row in kept if (row["anchor"], row["ring"]) == (anchor, state))
            if amount:
                records.append({"anchor": anchor, "state": state, "amount": amount})
    return records


COLUMNS = (
    Column("anchor", "Anchor"),
    Column("to", "Where its suppliers are"),
    Column("to_kind", "Kind"),
    Column("amount", "Money", "money"),
)


def table(records: Sequence[Row], frame: Frame) -> ResultTable:
    """Anchors in the order of the settings."""
    outside = len(frame.settings.rings)
    lines = []
    for record in sorted(records, key=lambda r: frame.anchor_place(r["anchor"])):
        state = record["state"]
        kind = "not known" if state is None else "ring" if state < outside else "elsewhere"
        lines.append((frame.anchor_name(record["anchor"]), frame.settings.state(state), kind, record["amount"]))
    return ResultTable("flows", "From anchors to areas", COLUMNS, tuple(lines))
