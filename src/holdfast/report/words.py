"""Numbers and lists as people say them. Text rounds and says "about"; tables keep a decimal; files keep everything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from holdfast.core import money as core_money
from holdfast.core.money import SYMBOLS

__all__ = [
    "and_list", "change_in_points", "count", "day", "money_in_words", "money_short", "month", "of_each_unit", "percent",
    "percent_exact", "percent_short", "period_phrase", "points", "rounded", "sentence_start", "unit_of",
]  # fmt: skip

HUNDREDTHS = {"GBP": "p", "USD": "\u00a0cents", "EUR": "\u00a0cents"}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def rounded(value: Decimal, places: int = 0) -> Decimal:
    """Half away from zero, and never a negative zero."""
    made = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return made if made else abs(made)


def percent(share: Decimal) -> str:
    """``46%`` for text. Something is never called 0%, nor not quite everything 100%."""
    return f"{_hundredths(share)}%"


def _hundredths(share: Decimal) -> str:
    whole = rounded(share * 100)
    if whole == 0 and share > 0:
        return "less than 1"
    if whole == 100 and share < 1:
        return "more than 99"
    return f"{whole}"


def percent_short(share: Decimal) -> str:
    """``46%``, ``<1%``: as :func:`percent`, for the little room of a chart."""
    return percent(share).replace("less than ", "<").replace("more than ", ">")


def percent_exact(share: Decimal) -> str:
    """``45.6%`` for tables. Something is never 0.0%, nor not quite everything 100.0%."""
    shown = rounded(share * 100, 1)
    if not shown and share:
        return "<0.1%" if share > 0 else "0.0%"
    if shown == 100 and share < 1:
        return ">99.9%"
    return f"{shown}%"


def money_in_words(amount: Decimal, currency: str) -> str:
    """``£4.2 million`` for text, kept on one line."""
    return core_money.money_in_words(amount, currency).replace(" ", "\u00a0")


def unit_of(currency: str) -> str:
    """``£1``, or ``XOF 1``."""
    return f"{SYMBOLS.get(currency, currency + ' ')}1"


def of_each_unit(share: Decimal, currency: str) -> str:
    """How much of each £1: ``46p``; per cent where the currency's hundredths have no name here."""
    return f"{_hundredths(share)}{HUNDREDTHS.get(currency, '%')}"


def points(difference: Decimal) -> str:
    """A difference of shares without its sign: ``4.2 percentage points``."""
    size = abs(rounded(difference * 100, 1))
    return f"{size} percentage point{'' if size == 1 else 's'}"


def change_in_points(difference: Decimal) -> str:
    """``up 4.2 percentage points``, ``no change``."""
    if not rounded(difference * 100, 1):
        return "no change"
    return f"{'up' if difference > 0 else 'down'} {points(difference)}"


def money_short(amount: Decimal, currency: str) -> str:
    """``£4.0m``, ``£830k``, ``£512``: for charts only."""
    symbol = SYMBOLS.get(currency, currency + " ")
    sign, size = ("-" if rounded(amount) < 0 else ""), abs(amount)
    for limit, letter in ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"), (Decimal(1000), "k")):
        # 999,950 would print as 1000k: step up once rounding reaches the next letter
        if size >= limit * Decimal("0.9995"):
            scaled = size / limit
            places = 0 if letter == "k" or scaled >= 100 else 1
            return f"{sign}{symbol}{rounded(scaled, places)}{letter}"
    return f"{sign}{symbol}{rounded(size)}"


def and_list(names: Sequence[str]) -> str:
    """``a, b and c``."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" and {names[-1]}" if names else ""


def count(number: int, one: str, many: str | None = None) -> str:
    """``1 anchor``, ``7 anchors``, ``1,117 rows``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def day(iso: str) -> str:
    """``31 March 2026`` from ``2026-03-31``; anything else as it is."""
    try:
        parsed = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{parsed.day} {MONTHS[parsed.month - 1]} {parsed.year}"


def month(iso: str) -> str:
    """``March 2026`` from ``2026-03``; anything else as it is."""
    made = day(f"{iso}-01")
    return made.removeprefix("1 ") if made != f"{iso}-01" else iso


def period_phrase(period: str) -> str:
    """``in 2023/24``, ``from 2018/19 to 2023/24``, ``from April 2021 to May 2022``; empty where none is known."""
    if " to " not in period:
        return f"in {month(period)}" if period else ""
    return "from " + " to ".join(month(day(part)) for part in period.split(" to "))


def sentence_start(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
