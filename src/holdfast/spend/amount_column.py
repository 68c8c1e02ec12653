"""The amounts of a table in whole pennies, with its exact total kept."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from holdfast.core.problem import Problem
from holdfast.spend.amounts import AmountStyle, amount_style, parse_amounts
from holdfast.spend.staged import Staged

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Mask = npt.NDArray[np.bool_]


def amounts_of(s: Staged) -> tuple[npt.NDArray[np.int64], Mask]:
    """Amounts in pennies per row, and whether each could be read. Where debits and credits stand in two columns, the
    amount is debit less credit."""
    factor = _unit(s.label("amount"))
    pennies, readable, blank = _column(s, s.columns.positions["amount"], factor)
    i = s.at("credit")
    if i is not None:
        credit, credit_readable, credit_blank = _column(s, i, factor)
        pennies = pennies - abs(credit)
        readable = (readable | blank) & (credit_readable | credit_blank) & ~(blank & credit_blank)
        blank = blank & credit_blank
    i = s.at("vat") if s.columns.vat_basis == "gross less VAT" else None
    if i is not None:
        vat, vat_readable, vat_blank = _column(s, i, factor)
        pennies, readable = pennies - vat, readable & (vat_readable | vat_blank)
    s.amount_blank = blank
    return _signed(s, _in_pounds(s, pennies, factor)), readable


#: What headers say of the unit: amounts are that many pounds.
_UNITS = (
    (re.compile(r"(?i)\bpence\b|\bpennies\b|\(p\)|\bcents\b"), Fraction(1, 100)),
    (re.compile(r"(?i)[£$€]\s?000'?s?\b|\b000'?s\b|\bthousands?\b|[£$€]k\b"), Fraction(1000)),
    (re.compile(r"(?i)[£$€]\s?m(illion)?s?\b|\bmillions?\b"), Fraction(1_000_000)),
)


def _unit(label: str) -> Fraction:
    """How many pounds one of what a header names is."""
    words = label.replace("_", " ")
    return next((factor for pattern, factor in _UNITS if pattern.search(words)), Fraction(1))


def _in_pounds(s: Staged, pennies: npt.NDArray[np.int64], factor: Fraction) -> npt.NDArray[np.int64]:
    """Amounts given in pence in pounds, and a word on every unit that was turned."""
    import numpy as np

    if factor == 1:
        return pennies
    label = s.label("amount")
    s.problems.append(Problem("HF329", f"'{label}' gives amounts in another unit; they were turned", column=label))
    whole, part = np.divmod(pennies, factor.denominator)
    if part.any():
        s.note("HF306", "amounts have parts of a penny", part > 0, column=label)
        whole = whole + _spread(part, factor.denominator, s.numbers)
    turned: npt.NDArray[np.int64] = whole
    return turned


def _spread(part: npt.NDArray[np.int64], denominator: int, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The pennies that the parts add up to, given to the rows with the largest parts: the sum stays as written."""
    import numpy as np

    spare = round(Fraction(int(part.sum()), denominator))
    more = np.zeros(len(part), dtype=np.int64)
    more[np.lexsort((numbers, -part))[:spare]] = 1
    return more


_CREDIT_WORDS = frozenset(
    {"cr", "c", "credit", "credits", "credit note", "credit memo", "crn", "cn", "refund", "reversal"}
)
_DEBIT_WORDS = frozenset(
    {"dr", "d", "debit", "debits", "invoice", "inv", "pi", "in", "payment", "standard", "standard invoice"}
)


def _signed(s: Staged, pennies: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Credits marked in a column of their own (Dr/Cr, Invoice/Credit Note) below zero, where no amount is already."""
    import numpy as np

    if "credit" in s.columns.positions or (pennies < 0).any():
        return pennies
    used = {i for n, i in s.columns.positions.items() if n != "row_type"}
    for i in range(len(s.arrays)):
        if i in used or not s.header.cells[i].strip():
            continue
        values, _ = s.coded(i)
        words = [v.strip().lower() for v in values.to_pylist()] if len(values) < 12 else []
        said = {w for w in words if w}
        if said and said <= _CREDIT_WORDS | _DEBIT_WORDS and said & _CREDIT_WORDS and said & _DEBIT_WORDS:
            credits = s.indexed(i, {k for k, w in enumerate(words) if w in _CREDIT_WORDS})
            s.note("HF330", "credits are told by a column of their own", credits, column=s.header.cells[i].strip())
            return np.where(credits, -pennies, pennies)
    return pennies


def _column(s: Staged, i: int, factor: Fraction) -> tuple[npt.NDArray[np.int64], Mask, Mask]:
    """Pennies, readable and blank per row of one column. Parts of a penny keep the total exact.

    Thousands and millions are turned into pounds before anything is rounded; pence stay for the caller.
    """
    import numpy as np

    values, indices = s.coded(i)
    style = _amount_style(s, values, factor)
    parsed = parse_amounts(values, style.mark)
    readable = s.value_mask(i, parsed.amounts.is_valid())
    if parsed.other_way:
        s.note(
            "HF305",
            "amounts are written with the other decimal mark than the rest; only one reading fits them",
            s.indexed(i, parsed.other_way),
            column=s.label("amount"),
        )
    of_values = pennies_of(parsed.amounts) * factor.numerator if len(values) else np.zeros(0, dtype=np.int64)
    remainders = {}
    for k, part in parsed.remainders.items():
        whole, rest = divmod(part * factor.numerator, Decimal("0.01"))
        of_values[k] += int(whole)
        if rest:
            remainders[k] = rest
    pennies = of_values[indices] if len(values) else of_values
    if remainders:
        pennies = _keep_exact(s, pennies, indices, remainders)
    return pennies, readable, s.value_mask(i, parsed.blank)


def _amount_style(s: Staged, values: Any, factor: Fraction) -> AmountStyle:
    if s.layout and s.layout.decimal in (".", ","):
        return AmountStyle("," if s.layout.decimal == "," else ".", True)
    if factor > 1 and s.style.decimal != ",":
        return AmountStyle(".", True)  # in thousands three decimals are pounds, not a group of thousands
    style = amount_style(values, "," if s.style.decimal == "," else ".")
    if not style.certain and style.example:
        s.note(
            "HF305",
            f"amounts were read with '{style.mark}' before the pence",
            column=s.label("amount"),
            value=style.example,
        )
    return style


def _keep_exact(
    s: Staged, pennies: npt.NDArray[np.int64], indices: npt.NDArray[np.int32], remainders: dict[int, Decimal]
) -> npt.NDArray[np.int64]:
    """Give the pennies lost in rounding to the rows that lost most, so that the sum stays what was written."""
    import numpy as np

    rows = np.flatnonzero(np.isin(indices, np.fromiter(remainders, dtype=np.int64)))
    lost = [remainders[int(indices[r])] for r in rows]
    spare = int((sum(lost, Decimal(0)) * 100).to_integral_value())
    pennies = pennies.copy()
    sign = 1 if spare > 0 else -1
    order = sorted(range(len(rows)), key=lambda k: (-sign * lost[k], int(s.numbers[rows[k]])))
    for k in order[: abs(spare)]:
        pennies[rows[k]] += sign
    real = [int(r) for r, part in zip(rows, lost, strict=True) if abs(part) > Decimal("0.00001")]
    if real:
        mask = np.zeros(s.height, dtype=bool)
        mask[real] = True
        s.note("HF306", "amounts have parts of a penny", mask, column=s.label("amount"))
    return pennies


def pennies_of(amounts: pa.Array) -> npt.NDArray[np.int64]:
    """Decimal(18,2) as whole pennies; nulls become zero. Reads the low half of each 128-bit number in place."""
    import numpy as np
    import pyarrow.compute as pc

    filled = pc.fill_null(amounts, Decimal("0.00"))
    words = np.frombuffer(filled.buffers()[1], dtype="<i8")
    return words[2 * filled.offset : 2 * (filled.offset + len(filled)) : 2]


def sum_of(pennies: npt.NDArray[np.int64]) -> Decimal:
    """The sum in pounds, exact beyond what a machine word holds: its halves are added up apart."""
    whole = (int((pennies >> 32).sum()) << 32) + int((pennies & 0xFFFFFFFF).sum())
    return Decimal(whole).scaleb(-2)


def decimals_of(pennies: npt.NDArray[np.int64]) -> pa.Array:
    """Whole pennies as Decimal(18,2), exactly."""
    import numpy as np
    import pyarrow as pa

    words = np.empty((len(pennies), 2), dtype="<i8")
    words[:, 0] = pennies
    words[:, 1] = pennies >> 63  # the sign fills the high half
    return pa.Array.from_buffers(pa.decimal128(18, 2), len(pennies), [None, pa.py_buffer(words.tobytes())])
