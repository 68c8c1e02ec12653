"""Money without floats: exact decimals, one way of writing them, and splits that add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

PENNY = Decimal("0.01")
ZERO = Decimal("0.00")

SYMBOLS = {"GBP": "£", "USD": "$", "EUR": "€"}


def money(value: Decimal, currency: str = "GBP", *, pence: bool = True) -> str:
    """``-£1,234.50``: the sign first, then the symbol. The one way money is written in every output."""
    symbol = SYMBOLS.get(currency, currency + " ")
    text = f"{abs(value):,.2f}" if pence else f"{abs(value).quantize(Decimal(1)):,}"
    negative = value < 0 and any(c in "123456789" for c in text)
    return f"{'-' if negative else ''}{symbol}{text}"


def money_in_words(value: Decimal, currency: str = "GBP") -> str:
    """``£4.2 million``, ``£830,000``, ``£512``: for headings and sentences; about three significant digits."""
    symbol = SYMBOLS.get(currency, currency + " ")
    sign, size = ("-" if value < 0 else ""), abs(value)
    for limit, word in ((Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million")):
        # 999,950 would print as 1,000.0 thousand: step up once rounding reaches the next word
        if size >= limit * Decimal("0.9995"):
            scaled = size / limit
            digits = 0 if scaled >= 100 else 1
            return f"{sign}{symbol}{scaled:,.{digits}f} {word}"
    if size >= 10_000:
        return f"{sign}{symbol}{round(size, -3):,.0f}"
    return f"{sign}{symbol}{size:,.0f}"


def split(total: Decimal, weights: Sequence[Decimal], ids: Sequence[str] | None = None) -> list[Decimal]:
    """Parts of ``total`` in proportion to ``weights`` that add up to it to the penny (largest remainder).

    Ties go to the smaller of ``ids`` (by default the earlier position), so the same input always gives the same parts.
    Raises ``ValueError`` when a weight is negative or all are zero, or when ``total`` has parts of a penny.
    """
    if total != total.quantize(PENNY):
        raise ValueError(f"{total} has parts of a penny")
    if any(w < 0 for w in weights) or not any(weights):
        raise ValueError("weights must be at least zero and not all zero")
    pennies = abs(int(total * 100))
    whole = sum((Fraction(w) for w in weights), Fraction(0))
    exact = [Fraction(w) * pennies / whole for w in weights]
    parts = [int(e) for e in exact]
    keys = list(ids) if ids is not None else [f"{i:09d}" for i in range(len(weights))]
    order = sorted(range(len(exact)), key=lambda i: (-(exact[i] - parts[i]), keys[i]))
    for i in order[: pennies - sum(parts)]:
        parts[i] += 1
    sign = -1 if total < 0 else 1
    return [(Decimal(sign * p) / 100).quantize(PENNY) for p in parts]


def ratio(part: Decimal, whole: Decimal, places: int = 6) -> Decimal | None:
    """``part / whole`` rounded half-even to ``places``; ``None`` where the whole is zero."""
    if whole == 0:
        return None
    return (part / whole).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)


def money_by_currency(sums: Mapping[str, Decimal], twice: Mapping[str, Decimal]) -> str:
    """Sums by currency in one line, with how much of each is listed twice: ``£12.00 (£2.00 of it listed twice)``."""
    said = []
    for currency, amount in sums.items():
        again = f" ({money(twice[currency], currency)} of it listed twice)" if currency in twice else ""
        said.append(money(amount, currency) + again)
    return " and ".join(said) or money(Decimal(0))
