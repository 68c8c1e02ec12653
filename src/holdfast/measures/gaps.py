"""What is not known, how much money it is, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import Column, ResultTable
from holdfast.core.money import ratio
from holdfast.measures import plain
from holdfast.measures.selection import Row, Selection, source

if TYPE_CHECKING:
    from holdfast.engine.interface import Engine, Relation
    from holdfast.measures.settings import MeasureTables

#: gap -> the rows it holds for, what it is called, what to do.
GAPS: dict[str, tuple[str, str, str]] = {
    "unplaced": (
        "ring IS NULL",
        "Suppliers that could not be placed",
        "Ask each anchor for its creditor list with postcodes: holdfast ask",
    ),
    "withheld": (
        "supplier_kind = 'not disclosed'",
        "Suppliers not disclosed",
        "Nothing where the publisher must withhold a name; ask where it need not.",
    ),
    "undated": ("year IS NULL", "Payments without a date", "Ask the publisher for the payment dates: holdfast ask"),
    "no category": ("category IS NULL", "What was bought is not stated", "Ask the publisher for the category column."),
    "size": (
        "size = 'unknown'",
        "Size of the supplier not known",
        "Add a register that tells size, and company numbers in the creditor list.",
    ),
    "ownership": (
        "ownership = 'unknown'",
        "Owner of the supplier not known",
        "Add registers of companies, charities and co-operatives.",
    ),
    "neighbourhood": (
        "ring IS NOT NULL AND deprived IS NULL",
        "Placed, but the neighbourhood is not known",
        "Add deprivation by neighbourhood: holdfast places add FILE",
    ),
}


@dataclass(frozen=True, slots=True)
class Spec:
    """Nothing to choose."""

    selection: Selection = field(default_factory=Selection)


def compute(engine: Engine, tables: MeasureTables, spec: Spec) -> Relation:
    """One row: ``total``, and for the n-th gap ``amount_n`` and ``payments_n``."""
    sums = ", ".join(
        f"SUM(CASE WHEN {rule} THEN amount ELSE 0 END) AS amount_{n}, "
        f"SUM(CASE WHEN {rule} THEN payments ELSE 0 END) AS payments_{n}"
        for n, (rule, _, _) in enumerate(GAPS.values())
    )
    return engine.sql(f"""
        SELECT SUM(amount) AS total, {sums}
        FROM {source(engine, tables)} WHERE {spec.selection.sql()}""")


def finish(rows: Iterable[Row], spec: Spec) -> list[dict[str, Any]]:
    """One record per gap that there is, in the order of :data:`GAPS`: ``gap``, ``amount``, ``share``, ``payments``."""
    (row,) = rows
    records = []
    for n, gap in enumerate(GAPS):
        amount, payments = row[f"amount_{n}"], int(row[f"payments_{n}"] or 0)
        if payments:
            share = ratio(amount, row["total"]) if row["total"] > 0 else None
            records.append({"gap": gap, "amount": amount, "share": share, "payments": payments})
    return records


def reference(rows: Sequence[Row], spec: Spec) -> list[dict[str, Any]]:
    """The definition: the same records as :func:`finish`, from the rows of ``spend``."""
    kept = [row for row in rows if spec.selection.keeps(row)]
    holds: dict[str, Callable[[Row], bool]] = {
        "unplaced": lambda r: r["ring"] is None,
        "withheld": lambda r: r["supplier_kind"] == "not disclosed",
        "undated": lambda r: r["year"] is None,
        "no category": lambda r: r["category"] is None,
        "size": lambda r: r["size"] == "unknown",
        "ownership": lambda r: r["ownership"] == "unknown",
        "neighbourhood": lambda r: r["ring"] is not None and r["deprived"] is None,
    }
    records = []
    for gap, rule in holds.items():
        some = [row for row in kept if rule(row)]
        amount = plain.money(some)
        payments = sum(row["payments"] for row in some)
        if some:
            share = plain.part(amount, plain.money(kept))
            records.append({"gap": gap, "amount": amount, "share": share, "payments": payments})
    return records


COLUMNS = (
    Column("what", "What is not known"),
    Column("amount", "Money", "money"),
    Column("share", "Part of all money", "share"),
    Column("payments", "Payments", "count"),
    Column("what_to_do", "What to do"),
)


def table(
    records: Sequence[Row], months: Sequence[Row], quarantined: int = 0, amount: Decimal | None = None
) -> ResultTable:
    """The gaps, then months that are missing and rows that could not be read, whose money is not in any total."""
    lines: list[tuple[Any, ...]] = []
    for r in records:
        _, what, to_do = GAPS[r["gap"]]
        lines.append((what, r["amount"], r["share"], r["payments"], to_do))
    missing = sum(len(record["missing"]) for record in months)
    if missing:
        what = f"Months without payments: {missing}, over all anchors"
        lines.append((what, None, None, None, "Add the files of those months, or set incomplete_years in place.toml."))
    if quarantined:
        lines.append(("Rows that could not be read", amount, None, quarantined, "Correct the rows in problems.csv"))
    return ResultTable("gaps", "What is not known", COLUMNS, tuple(lines))
