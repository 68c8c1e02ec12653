"""The largest suppliers: organisations by name; private persons and undisclosed suppliers in one line without names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import Cell, Column, ResultTable
from holdfast.core.money import ratio
from holdfast.measures import plain
from holdfast.measures.naming import Frame
from holdfast.measures.selection import ORGANISATION, WITHHELD_KINDS, Row, Selection, source
from holdfast.measures.tallies import amounts, grouped, mostly

if TYPE_CHECKING:
    from holdfast.engine.interface import Engine, Relation
    from holdfast.measures.settings import MeasureTables

ABOUT = ("supplier_name", "supplier_kind", "ownership", "ring")
NOBODY = {"rank": None, **dict.fromkeys(("supplier_key", *ABOUT, "anchors"))}


@dataclass(frozen=True, slots=True)
class Spec:
    """``top`` how many are named."""

    top: int = 300
    selection: Selection = field(default_factory=Selection)


def compute(engine: Engine, tables: MeasureTables, spec: Spec) -> Relation:
    """``line`` (named, other, withheld), ``supplier_key``, its particulars, ``anchor``, ``amount``, ``suppliers``.

    Only named suppliers have a key and particulars; the other two lines count their suppliers.
    """
    return engine.sql(f"""
        WITH picked AS (
            SELECT supplier_key, supplier_name, supplier_kind, ownership, ring, anchor, amount,
                CASE WHEN {ORGANISATION} THEN 1 ELSE 0 END AS organisation
            FROM {source(engine, tables)} WHERE {spec.selection.sql()}
        ), sums AS (
            SELECT organisation, supplier_key, SUM(amount) AS amount FROM picked GROUP BY organisation, supplier_key
        ), ranked AS (
            SELECT organisation, supplier_key, amount,
                ROW_NUMBER() OVER (PARTITION BY organisation ORDER BY amount DESC, supplier_key) AS place
            FROM sums
        )
        SELECT 'named' AS line, picked.supplier_key, supplier_name, supplier_kind, ownership, ring, anchor,
            SUM(picked.amount) AS amount, 1 AS suppliers
        FROM picked JOIN ranked
            ON picked.organisation = ranked.organisation AND picked.supplier_key = ranked.supplier_key
        WHERE ranked.organisation = 1 AND place <= {spec.top}
        GROUP BY picked.supplier_key, supplier_name, supplier_kind, ownership, ring, anchor
        UNION ALL
        SELECT CASE WHEN organisation = 1 THEN 'other' ELSE 'withheld' END,
            NULL, NULL, NULL, NULL, NULL, NULL, SUM(amount), COUNT(*)
        FROM ranked WHERE organisation = 0 OR place > {spec.top}
        GROUP BY organisation
        ORDER BY line, supplier_key, supplier_name, supplier_kind, ownership, ring NULLS LAST, anchor""")


def finish(rows: Iterable[Row], spec: Spec) -> list[dict[str, Any]]:
    """Named suppliers by rank, then ``other`` and ``withheld`` where there are any.

    Where the particulars of a supplier differ, those with most of its money are shown. ``share`` is of all money.
    """
    rows = list(rows)
    whole = amounts(rows)
    named = [_named(key, some) for (key,), some in grouped(_lines(rows, "named"), ["supplier_key"]).items()]
    named.sort(key=lambda record: (-record["amount"], record["supplier_key"]))
    records, running = [], Decimal("0.00")
    for rank, record in enumerate(named, 1):
        running += record["amount"]
        records.append({"rank": rank, **record, **_shares(record["amount"], running, whole)})
    for line in ("other", "withheld"):
        for row in _lines(rows, line):
            own = {"line": line, "suppliers": row["suppliers"], "amount": row["amount"]}
            records.append({**NOBODY, **own, **_shares(row["amount"], None, whole)})
    return records


def _lines(rows: Iterable[Row], line: str) -> list[Row]:
    return [row for row in rows if row["line"] == line]


def _named(key: str, rows: Sequence[Row]) -> dict[str, Any]:
    return {
        "line": "named",
        "supplier_key": key,
        **{name: mostly(rows, name) for name in ABOUT},
        "anchors": len({row["anchor"] for row in rows}),
        "amount": amounts(rows),
        "suppliers": 1,
    }


def _shares(amount: Decimal, running: Decimal | None, whole: Decimal) -> dict[str, Any]:
    if whole <= 0:
        return {"share": None, "cumulative_share": None}
    return {
        "share": ratio(amount, whole),
        "cumulative_share": None if running is None else ratio(running, whole),
    }


def reference(rows: Sequence[Row], spec: Spec) -> list[dict[str, Any]]:
    """The definition: the same records as :func:`finish`, from the rows of ``spend``."""
    kept = [row for row in rows if spec.selection.keeps(row)]
    total = plain.money(kept)
    own = [row for row in kept if row["supplier_kind"] not in WITHHELD_KINDS]
    rest = [row for row in kept if row["supplier_kind"] in WITHHELD_KINDS]
    sums = {key: plain.money(r for r in own if r["supplier_key"] == key) for key in {r["supplier_key"] for r in own}}
    order = sorted(sums, key=lambda key: (-sums[key], key))
    records = []
    for rank, key in enumerate(order[: spec.top], 1):
        some = [row for row in own if row["supplier_key"] == key]
        records.append(
            {
                "rank": rank,
                "line": "named",
                "supplier_key": key,
                **{name: plain.mostly(some, name) for name in ABOUT},
                "anchors": len({row["anchor"] for row in some}),
                "amount": sums[key],
                "suppliers": 1,
                "share": plain.part(sums[key], total),
                "cumulative_share": plain.part(plain.money(r for r in own if r["supplier_key"] in order[:rank]), total),
            }
        )
    for line, some in (("other", [r for r in own if r["supplier_key"] in order[spec.top :]]), ("withheld", rest)):
        if some:
            amount, suppliers = plain.money(some), len({row["supplier_key"] for row in some})
            line_of = {"line": line, "suppliers": suppliers, "amount": amount}
            records.append({**NOBODY, **line_of, "share": plain.part(amount, total), "cumulative_share": None})
    return records


COLUMNS = (
    Column("rank", "Rank", "count"),
    Column("supplier", "Supplier"),
    Column("kind", "Kind"),
    Column("state", "Where it is based"),
    Column("amount", "Money", "money"),
    Column("share", "Part of all money", "share"),
    Column("cumulative_share", "With those above", "share"),
    Column("anchors", "Anchors that pay it", "count"),
    Column("ownership", "Owner"),
)


def table(records: Sequence[Row], frame: Frame) -> ResultTable:
    """Persons and undisclosed suppliers are never named, whatever they were paid."""
    lines: list[tuple[Cell, ...]] = []
    for r in records:
        if r["line"] == "named":
            about = (r["supplier_name"], r["supplier_kind"], frame.settings.state(r["ring"]))
            lines.append(
                (r["rank"], *about, r["amount"], r["share"], r["cumulative_share"], r["anchors"], r["ownership"])
            )
            continue
        label = "All other organisations" if r["line"] == "other" else "Private persons and suppliers not disclosed"
        kind = "other" if r["line"] == "other" else "not disclosed"
        label += f" ({r['suppliers']:,})" if r["line"] == "other" else ""
        lines.append((None, label, kind, None, r["amount"], r["share"], None, None, None))
    return ResultTable("top_suppliers", "The largest suppliers", COLUMNS, tuple(lines))
