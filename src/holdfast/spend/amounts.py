"""Amounts: how a column writes its numbers, decided from all its values, and every value as an exact decimal."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pyarrow as pa

Mark = Literal[".", ","]

_CURRENCY = r"(?:£|\$|€|\ufffd|GBP|USD|EUR|gbp|usd|eur|Â)"
_PLAIN = re.compile(r"\d+(\.\d+)?([eE][+-]?\d+)?|\.\d+")
_WORDS = re.compile(_CURRENCY)
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f'’]+")
_ENDING = re.compile(r"(?i)(cr|dr)\.?$")


def parse_amount(text: str, mark: Mark = ".") -> Decimal | None:
    """The exact number a cell holds, or ``None`` where it holds none.

    ``mark`` divides pounds from pence. Understands ``£1,234.50``, ``(12.00)``, ``12.00-``, ``-£12``, ``12.00 CR``,
    ``1.234,50`` (with ``mark=","``), ``1 234.5``, currency words and a lone ``-`` for nothing.
    """
    s = _WORDS.sub("", text.replace("−", "-").replace("–", "-")).strip()
    negative = False
    ending = _ENDING.search(s)
    credit = ending is not None and ending[1].lower() == "cr"
    if ending:
        s = s[: ending.start()].strip()
    if s.startswith("(") and s.endswith(")"):
        negative = True
        s = s[1:-1].strip()
    s = _SPACES.sub("", s)
    if s == "-":
        return Decimal(0)
    if s.startswith(("-", "+")) or s.endswith(("-", "+")):
        sign, s = (s[0], s[1:]) if s[0] in "-+" else (s[-1], s[:-1])
        negative |= sign == "-"
    number = _without_groups(s, mark)
    if number is None or not _PLAIN.fullmatch(number):
        return None
    try:
        value = Decimal(number)
    except InvalidOperation:  # pragma: no cover - the pattern admits nothing else
        return None
    if value.adjusted() > 15 or (value and value.adjusted() < -30):
        return None
    return -value if negative or credit else value


_DOT_GROUPS = re.compile(r"\d{1,3}(,\d{2,3})*,\d{3}(\.\d*)?")
_COMMA_GROUPS = re.compile(r"\d{1,3}(\.\d{3})+(,\d*)?")


def _without_groups(s: str, mark: Mark) -> str | None:
    if mark == ".":
        if "," not in s:
            return s.rstrip(".") if s.endswith(".") and s.count(".") == 1 else s
        return s.replace(",", "").rstrip(".") if _DOT_GROUPS.fullmatch(s) else None
    if "." in s and not _COMMA_GROUPS.fullmatch(s):
        return None
    return s.replace(".", "").replace(",", ".").rstrip(".")


#: Distinct values looked at first.
_CLEAR = 1_000


@dataclass(frozen=True, slots=True)
class AmountStyle:
    """Which mark divides pounds from pence, and whether some value settled it."""

    mark: Mark
    certain: bool
    example: str | None = None


def amount_style(values: pa.Array, default: Mark = ".") -> AmountStyle:
    """Decide from the distinct values of a column.

    Where the first thousand settle it beyond doubt the rest are not asked: one among them written the other way is
    found when it is parsed, and reported.
    """
    if len(values) > 2 * _CLEAR:
        first = _style(values.slice(0, _CLEAR), default)
        if first.certain and first.example is None:
            return first
    return _style(values, default)


def _style(values: pa.Array, default: Mark) -> AmountStyle:
    import pyarrow as pa
    import pyarrow.compute as pc

    has_mark = pc.match_substring_regex(values, r"\d[.,]\d")
    marked = values.filter(has_mark)
    if not len(marked):
        return AmountStyle(default, True)

    def count(pattern: str) -> int:
        return pc.sum(pc.match_substring_regex(marked, pattern).cast(pa.int64())).as_py() or 0

    # a mark that comes last after the other one, or that leaves one or two digits, divides pence
    # and so does one before three digits where what precedes it is no group of thousands: 0.333, 1234.500
    dot = count(r",\d{3}\.\d") + count(r"\.(\d|\d\d|\d{4,})\D*$") + count(r"(^|[^\d.,])(0|\d{4,})\.\d{3}\D*$")
    comma = count(r"\.\d{3},\d") + count(r",(\d|\d\d)\D*$") + count(r"(^|[^\d.,])(0|\d{4,}),\d{3}\D*$")
    if dot or comma:
        return AmountStyle("." if dot >= comma else ",", min(dot, comma) == 0 or max(dot, comma) > 20 * min(dot, comma))
    dot_groups, comma_groups = count(r"\.\d{3}\D*$"), count(r",\d{3}\D*$")
    example = marked[0].as_py()
    if comma_groups and not dot_groups:
        return AmountStyle(".", default == ".", example)
    unmarked = pc.match_substring_regex(values, r"^[^\d.,]*\d{4,}[^\d.,]*$")
    if dot_groups and not comma_groups and default == "." and pc.any(unmarked).as_py():
        return AmountStyle(".", True)  # thousands are written without a mark: the points divide parts of a penny
    if dot_groups and not comma_groups:
        # money with three decimals throughout is not money: the points divide thousands
        return AmountStyle(",", False, example)
    return AmountStyle(default, False, example)


@dataclass(frozen=True)
class ParsedAmounts:
    """Per distinct value: the amount to the penny (null where it is none) and the part of a penny cut off."""

    amounts: pa.Array
    remainders: dict[int, Decimal]
    blank: pa.Array
    other_way: set[int] = field(default_factory=set)


def parse_amounts(values: pa.Array, mark: Mark = ".") -> ParsedAmounts:
    """Parse the distinct values of a column: most by Arrow kernels, the odd ones by :func:`parse_amount`.

    Rounds half to even at the penny and says what was cut off, so that a caller can keep the sum exact.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    trimmed = pc.utf8_trim_whitespace(values)
    blank = pc.equal(trimmed, "")
    if mark == ".":
        easy = pc.match_substring_regex(trimmed, r"^-?[£$€]?(\d{1,12}|\d{1,3}(,\d{3}){1,3})(\.\d{1,2})?$")
        plain = pc.replace_substring_regex(pc.if_else(easy, trimmed, "0"), "[£$€,]", "")
    else:
        easy = pc.and_(blank, pc.invert(blank))
        plain = pc.if_else(easy, trimmed, "0")
    parsed = pc.cast(plain, pa.decimal128(18, 2))
    amounts = pc.if_else(easy, parsed, pa.scalar(None, pa.decimal128(18, 2)))
    hard = pc.indices_nonzero(pc.and_not(pc.invert(easy), blank)).to_pylist()
    return _with_hard_values(trimmed, amounts, blank, hard, mark)


def _with_hard_values(
    trimmed: pa.Array, amounts: pa.Array, blank: pa.Array, hard: list[int], mark: Mark
) -> ParsedAmounts:
    import pyarrow as pa
    import pyarrow.compute as pc

    if not hard:
        return ParsedAmounts(amounts, {}, blank)
    penny = Decimal("0.01")
    found: list[Decimal | None] = []
    remainders: dict[int, Decimal] = {}
    other_way: set[int] = set()
    for i, text in zip(hard, trimmed.take(pa.array(hard, type=pa.int64())).to_pylist(), strict=True):
        value = parse_amount(text, mark)
        if value is None and _ONE_READING.search(text):
            value = parse_amount(text, "," if mark == "." else ".")
            other_way |= {i} if value is not None else set()
        if value is not None:
            whole = value.quantize(penny)
            if whole != value:
                remainders[i] = value - whole
            value = whole
        found.append(value)
    mask = pa.array(_mask(len(amounts), hard))
    return ParsedAmounts(
        pc.replace_with_mask(amounts, mask, pa.array(found, type=pa.decimal128(18, 2))), remainders, blank, other_way
    )


#: ``2.821,50`` and ``0,01`` can be read in one way only, whatever the rest of the column does.
_ONE_READING = re.compile(r"\d\.\d{3},\d{1,2}\D*$|\d,\d{3}\.\d{1,2}\D*$|^\D*\d+[.,]\d{1,2}\D*$")


def _mask(length: int, indices: list[int]) -> list[bool]:
    mask = [False] * length
    for i in indices:
        mask[i] = True
    return mask


@cache
def _currency_pattern() -> re.Pattern[str]:
    return re.compile(r"£|\$|€|\b(?:GBP|USD|EUR)\b")


def currency_in(text: str) -> str | None:
    """The currency a header or cell names: ``Amount (£)`` -> ``GBP``."""
    found = _currency_pattern().search(text)
    return {"£": "GBP", "$": "USD", "€": "EUR"}.get(found[0], found[0]) if found else None
