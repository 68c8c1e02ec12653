"""The bridge from what the files hold to what is analysed: every step, and it adds up to the penny.

Commitments go first, then payments listed twice, then each scope that is not the analysed one, most money first. A step
that takes money away has the sign turned, so the column adds up. A bridge that does not is a refusal (HF320), never a
rounding.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import Column, Figure, ResultTable
from holdfast.core.money import money
from holdfast.core.problem import HoldfastError, Problem
from holdfast.engine.duck import quote_text
from holdfast.measures import plain
from holdfast.measures.naming import Frame
from holdfast.measures.selection import Row, Selection, source
from holdfast.measures.settings import BridgeStep
from holdfast.measures.tallies import amounts

if TYPE_CHECKING:
    from holdfast.engine.interface import Engine, Relation
    from holdfast.measures.settings import MeasureTables

FOREIGN = "other currency"
LABELS = {"commitment": "Commitments and contracts", "duplicate": "Payments listed twice"}
NOTES = {
    FOREIGN: "In its own currency; it cannot be added to the rest.",
    "commitment": "Promises to pay, not payments.",
    "duplicate": "The same file or the same month given twice; each payment counts once.",
}
TOTAL = "All files"


@dataclass(frozen=True, slots=True)
class Spec:
    """Nothing to choose but the selection at its end."""

    selection: Selection = field(default_factory=Selection)


def compute(engine: Engine, tables: MeasureTables, spec: Spec) -> Relation:
    """``step`` (other currency, commitment, duplicate, or a scope), ``amount``, ``payments``."""
    foreign = f"WHEN currency <> {quote_text(spec.selection.currency)} THEN {quote_text(FOREIGN)}"
    step = f"CASE {foreign} WHEN kind IN ('commitment', 'duplicate') THEN kind ELSE scope END"
    return engine.sql(f"""
        SELECT {step} AS step, SUM(amount) AS amount, SUM(payments) AS payments
        FROM {source(engine, tables)} GROUP BY {step} ORDER BY step""")


def finish(rows: Iterable[Row], spec: Spec, before: Sequence[BridgeStep] = ()) -> list[dict[str, Any]]:
    """The steps in order: ``step``, ``label``, ``amount``, ``payments``, ``kind`` (total, left out, analysed).

    ``before`` are the steps taken before the ``spend`` table was made; without them the bridge begins with its sum.
    Money in another currency is a step only where ``before`` has added it in.
    Raises :class:`HoldfastError` (HF320) where the steps do not add up to the analysed money.
    """
    sums = {row["step"]: row for row in rows}
    foreign = sums.pop(FOREIGN, None)
    analysed = sums.pop(spec.selection.scope, {"amount": Decimal("0.00"), "payments": 0})
    out = [_left_out(sums[step]) for step in sorted(sums, key=lambda step: _order(step, sums[step]["amount"]))]
    whole = [_given(step, number) for number, step in enumerate(before)] or [_sum_of(analysed, sums.values())]
    last = _step("analysed", _title(spec.selection.scope), analysed["amount"], analysed["payments"], "analysed", "")
    records = [*whole, *out, last]
    if foreign and before and _beyond(records) == foreign["amount"]:
        records.insert(len(whole), _left_out(foreign))
    _check(records)
    return records


def _order(step: str, amount: Decimal) -> tuple[int, Decimal, str]:
    return (list(LABELS).index(step), Decimal(0), step) if step in LABELS else (len(LABELS), -abs(amount), step)


def _left_out(row: Row) -> dict[str, Any]:
    step = row["step"]
    note = NOTES.get(step, "Set apart by rule.")
    return _step(step, LABELS.get(step, _title(step)), -row["amount"], row["payments"], "left out", note)


def _given(step: BridgeStep, number: int) -> dict[str, Any]:
    name = "total" if step.kind == "total" else f"before-{number}"
    return _step(name, step.label, step.amount, step.payments, step.kind, step.note)


def _sum_of(analysed: Row, others: Iterable[Row]) -> dict[str, Any]:
    every = [analysed, *others]
    return _step("total", TOTAL, amounts(every), sum(row["payments"] for row in every), "total", "")


def _step(step: str, label: str, amount: Decimal, payments: int, kind: str, note: str) -> dict[str, Any]:
    return {
        "step": step,
        "label": label,
        "amount": amount,
        "payments": int(payments),
        "kind": kind,
        "note": note,
    }


def _title(text: str) -> str:
    return text[:1].upper() + text[1:]


def _check(records: Sequence[Row]) -> None:
    beyond, analysed = _beyond(records), records[-1]["amount"]
    if beyond:
        said = (
            f"The files' total less every step is {money(analysed + beyond)}, but {money(analysed)} is analysed: "
            f"{money(beyond)} cannot be accounted for"
        )
        raise HoldfastError(Problem("HF320", said, amount=beyond))


def _beyond(records: Sequence[Row]) -> Decimal:
    """What is left of the total after every step, beyond what is analysed."""
    return amounts(records[:-1]) - Decimal(records[-1]["amount"])


def other_currencies(engine: Engine, tables: MeasureTables, spec: Spec) -> list[Problem]:
    """Money in another currency cannot be added to the rest; it is in no step, and said here."""
    rows = engine.rows(f"""
        SELECT currency, SUM(amount) AS amount, SUM(payments) AS payments
        FROM {source(engine, tables)} WHERE currency <> {quote_text(spec.selection.currency)}
        GROUP BY currency ORDER BY currency""")
    return [
        Problem(
            "HF319",
            f"{money(row['amount'], row['currency'])} in {int(row['payments'])} payments is not in "
            f"{spec.selection.currency} and is left out of all figures",
            count=int(row["payments"]),
            amount=row["amount"],
        )
        for row in rows
    ]


def reference(rows: Sequence[Row], spec: Spec) -> list[dict[str, Any]]:
    """The definition: the same records as :func:`finish` without earlier steps, from the rows of ``spend``."""
    own = [row for row in rows if row["currency"] == spec.selection.currency]
    left: list[tuple[str, list[Row]]] = []
    for kind in ("commitment", "duplicate"):
        left.append((kind, [row for row in own if row["kind"] == kind]))
    paid = [row for row in own if row["kind"] not in ("commitment", "duplicate")]
    scopes = {row["scope"] for row in paid} - {spec.selection.scope}
    by_scope = [(scope, [row for row in paid if row["scope"] == scope]) for scope in scopes]
    left += sorted(by_scope, key=lambda pair: (-abs(plain.money(pair[1])), pair[0]))
    analysed = [row for row in paid if row["scope"] == spec.selection.scope]
    records = [_plain_step("total", "All files", own, "total", "", 1)]
    for step, some in left:
        if some:
            label, note = LABELS.get(step, step[0].upper() + step[1:]), NOTES.get(step, "Set apart by rule.")
            records.append(_plain_step(step, label, some, "left out", note, -1))
    scope = spec.selection.scope
    return [*records, _plain_step("analysed", scope[0].upper() + scope[1:], analysed, "analysed", "", 1)]


def _plain_step(step: str, label: str, rows: Sequence[Row], kind: str, note: str, sign: int) -> dict[str, Any]:
    payments = sum(row["payments"] for row in rows)
    return {
        "step": step,
        "label": label,
        "amount": sign * plain.money(rows),
        "payments": payments,
        "kind": kind,
        "note": note,
    }


COLUMNS = (
    Column("step", "Step"),
    Column("label", "What"),
    Column("amount", "Money", "money"),
    Column("payments", "Payments", "count"),
    Column("kind", "Kind"),
    Column("note", "Note"),
)


def table(records: Sequence[Row]) -> ResultTable:
    lines = tuple(tuple(record[c.name] for c in COLUMNS) for record in records)
    note = (
        "Every step from all the files hold to what is analysed. Money left out is below zero, so the column adds up."
    )
    return ResultTable("bridge", "From the files to the figures", COLUMNS, lines, note)


def figures(records: Sequence[Row], frame: Frame) -> list[Figure]:
    """``total``: the analysed money."""
    return [
        Figure(
            id="total",
            measure="total",
            label="Money analysed",
            unit="money",
            value=records[-1]["amount"],
            definition=frame.define(),
            numerator=records[-1]["amount"],
            where=frame.selection.where(),
        )
    ]
