"""Flows from the anchor's own authority to the supplier's authority."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import Column, ResultTable
from holdfast.measures import plain
from holdfast.measures.naming import Frame
from holdfast.measures.selection import Row, Selection, source

if TYPE_CHECKING:
    from holdfast.engine.interface import Engine, Relation
    from holdfast.measures.settings import MeasureTables


@dataclass(frozen=True, slots=True)
class Spec:
    """``anchor_areas``: anchor id and the code of its own authority, where it has one."""

    anchor_areas: tuple[tuple[str, str | None], ...] = ()
    selection: Selection = field(default_factory=Selection)


def compute(engine: Engine, tables: MeasureTables, spec: Spec) -> Relation:
    """``anchor``, ``area`` of the supplier, ``amount``."""
    return engine.sql(f"""
        SELECT anchor, area, SUM(amount) AS amount
        FROM {source(engine, tables)} WHERE {spec.selection.sql()}
        GROUP BY anchor, area ORDER BY anchor, area NULLS LAST""")


def finish(rows: Iterable[Row], spec: Spec) -> list[dict[str, Any]]:
    """``anchor_area``, ``supplier_area``, ``amount``: by the anchor's code, most money first, unknown areas last."""
    home, sums = dict(spec.anchor_areas), dict[tuple[str | None, str | None], Any]()
    for row in rows:
        pair = home.get(row["anchor"]), row["area"]
        sums[pair] = sums.get(pair, 0) + row["amount"]
    records = [{"anchor_area": a, "supplier_area": s, "amount": amount} for (a, s), amount in sums.items()]
    return sorted(records, key=_order)


def _order(record: Row) -> tuple[Any, ...]:
    start, end = record["anchor_area"], record["supplier_area"]
    return start is None, start or "", end is None, -record["amount"], end or ""


def reference(rows: Sequence[Row], spec: Spec) -> list[dict[str, Any]]:
    """The definition: the same records as :func:`finish`, from the rows of ``spend``."""
    home = dict(spec.anchor_areas)
    kept = [row for row in rows if spec.selection.keeps(row)]
    records = [
        {
            "anchor_area": start,
            "supplier_area": end,
            "amount": plain.money(r for r in kept if (home.get(r["anchor"]), r["area"]) == (start, end)),
        }
        for start, end in {(home.get(row["anchor"]), row["area"]) for row in kept}
    ]
    return sorted(records, key=_order)


COLUMNS = (
    Column("anchor_area", "Anchor's authority"),
    Column("supplier_area", "Supplier's authority"),
    Column("amount", "Money", "money"),
    Column("anchor_code", "Anchor's code"),
    Column("supplier_code", "Supplier's code"),
)


def table(records: Sequence[Row], frame: Frame) -> ResultTable:
    """Names where the settings have them, codes otherwise."""

    def name(code: str | None) -> str:
        return "Not known" if code is None else frame.settings.areas.get(code, code)

    lines = tuple(
        (name(r["anchor_area"]), name(r["supplier_area"]), r["amount"], r["anchor_area"], r["supplier_area"])
        for r in records
    )
    return ResultTable("flows_by_area", "From authority to authority", COLUMNS, lines)
