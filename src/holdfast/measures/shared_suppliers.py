"""Suppliers that several anchors pay: whom to talk to together. Organisations only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import Column, Figure, ResultTable
from holdfast.core.money import ratio
from holdfast.measures import plain
from holdfast.measures.naming import Frame
from holdfast.measures.selection import ORGANISATION, ORGANISATION_KINDS, WITHHELD_KINDS, Row, Selection, source
from holdfast.measures.tallies import amounts, grouped, mostly

if TYPE_CHECKING:
    from holdfast.engine.interface import Engine, Relation
    from holdfast.measures.settings import MeasureTables


@dataclass(frozen=True, slots=True)
class Spec:
    """``top`` how many are listed."""

    top: int = 300
    selection: Selection = field(default_factory=Selection)


def compute(engine: Engine, tables: MeasureTables, spec: Spec) -> Relation:
    """Of all that are shared: ``supplier_key``, ``supplier_name``, ``anchor``, ``ring``, ``amount``.

    On every row also how many they are (``shared``) and their money (``shared_amount``).
    """
    return engine.sql(f"""
        WITH picked AS (
            SELECT supplier_key, supplier_name, anchor, ring, amount
            FROM {source(engine, tables)} WHERE {spec.selection.sql()} AND {ORGANISATION}
        ), pairs AS (
            SELECT supplier_key, anchor, SUM(amount) AS amount FROM picked GROUP BY supplier_key, anchor
        ), sums AS (
            SELECT supplier_key, SUM(amount) AS amount FROM pairs GROUP BY supplier_key HAVING COUNT(*) > 1
        ), counted AS (
            SELECT supplier_key, COUNT(*) OVER () AS shared, SUM(amount) OVER () AS shared_amount FROM sums
        )
        SELECT picked.supplier_key, supplier_name, anchor, ring, SUM(amount) AS amount, shared, shared_amount
        FROM picked JOIN counted ON picked.supplier_key = counted.supplier_key
        GROUP BY picked.supplier_key, supplier_name, anchor, ring, shared, shared_amount
        ORDER BY picked.supplier_key, supplier_name, anchor, ring NULLS LAST""")


def finish(rows: Iterable[Row], spec: Spec) -> list[dict[str, Any]]:
    """Most money first: ``supplier_key``, ``supplier_name``, ``anchors`` (ids), ``ring``, ``amount``, and the totals.

    No more than ``top``.
    """
    records = [
        {
            "supplier_key": key,
            "supplier_name": mostly(some, "supplier_name"),
            "anchors": tuple(sorted({row["anchor"] for row in some})),
            "ring": mostly(some, "ring"),
            "amount": amounts(some),
            "shared": some[0]["shared"],
            "shared_amount": some[0]["shared_amount"],
        }
        for (key,), some in grouped(rows, ["supplier_key"]).items()
    ]
    return sorted(records, key=lambda record: (-record["amount"], record["supplier_key"]))[: spec.top]


def shared_keys(rows: Iterable[Row]) -> list[str]:
    """All that are shared, listed or not: organisations only, so no key of a person is among them."""
    return sorted({row["supplier_key"] for row in rows})


def reference(rows: Sequence[Row], spec: Spec) -> list[dict[str, Any]]:
    """The definition: the same records as :func:`finish`, from the rows of ``spend``."""
    kept = [row for row in rows if spec.selection.keeps(row) and row["supplier_kind"] not in WITHHELD_KINDS]
    several = []
    for key in {row["supplier_key"] for row in kept}:
        some = [row for row in kept if row["supplier_key"] == key]
        if len({row["anchor"] for row in some}) > 1:
            several.append((key, some))
    several.sort(key=lambda pair: (-plain.money(pair[1]), pair[0]))
    return [
        {
            "supplier_key": key,
            "supplier_name": plain.mostly(some, "supplier_name"),
            "anchors": tuple(sorted({row["anchor"] for row in some})),
            "ring": plain.mostly(some, "ring"),
            "amount": plain.money(some),
            "shared": len(several),
            "shared_amount": plain.money(row for _, each in several for row in each),
        }
        for key, some in several[: spec.top]
    ]


COLUMNS = (
    Column("supplier", "Supplier"),
    Column("anchors", "Anchors that pay it", "count"),
    Column("names", "Which"),
    Column("state", "Where it is based"),
    Column("amount", "Money", "money"),
)


def table(records: Sequence[Row], frame: Frame) -> ResultTable:
    lines = tuple(
        (
            r["supplier_name"],
            len(r["anchors"]),
            "; ".join(frame.anchor_name(id) for id in sorted(r["anchors"], key=frame.anchor_place)),
            frame.settings.state(r["ring"]),
            r["amount"],
        )
        for r in records
    )
    shared = records[0]["shared"] if records else 0
    note = f"The largest {len(records)} of {shared}." if shared > len(records) else ""
    return ResultTable("shared_suppliers", "Suppliers that several anchors pay", COLUMNS, lines, note)


def figures(records: Sequence[Row], keys: Sequence[str], whole: Decimal, frame: Frame) -> list[Figure]:
    """``shared-suppliers`` how many, and ``shared-share`` their part of all the money (``whole``).

    ``keys`` are all that are shared: :func:`shared_keys`.
    """
    count, money = (records[0]["shared"], records[0]["shared_amount"]) if records else (0, Decimal("0.00"))
    common: dict[str, Any] = {"measure": "shared-suppliers", "definition": frame.define()}
    return [
        Figure(
            id="shared-suppliers",
            label="Suppliers that several anchors pay",
            unit="count",
            value=Decimal(count),
            where=frame.selection.where(),
            **common,
        ),
        Figure(
            id="shared-share",
            label="Share of money with suppliers that several anchors pay",
            unit="share",
            value=ratio(money, whole) if whole > 0 else None,
            numerator=money,
            denominator=whole,
            where=frame.selection.where(),
            counted={"supplier_key": list(keys), "supplier_kind": list(ORGANISATION_KINDS)},
            **common,
        ),
    ]
