"""A cell of a result table, written for a page, for a spreadsheet as text, and for a CSV file."""

from __future__ import annotations

from decimal import Decimal

from holdfast.core.figures import Cell, Column
from holdfast.core.money import money
from holdfast.report.svg.draw import clean
from holdfast.report.words import percent_exact, rounded

NUMERIC = frozenset({"money", "share", "count", "points", "index"})
#: What an empty cell means: unknown, which is not zero.
UNKNOWN = "not known"


def shown(value: Cell, unit: str, currency: str) -> str:
    """For people. Unknown is said in words; money is whole units, shares have one decimal."""
    if value is None:
        return UNKNOWN if unit in NUMERIC else ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal | int):
        return _number(Decimal(value), unit, currency)
    return UNKNOWN if value == "unknown" else clean(value)


def _number(value: Decimal, unit: str, currency: str) -> str:
    if unit == "money":
        return money(value, currency, pence=False)
    if unit == "share":
        return percent_exact(value)
    if unit == "points":
        sign = "+" if value > 0 else ""
        return f"{sign}{rounded(value * 100, 1)} points"
    if unit == "count":
        return f"{value:,f}"
    return f"{value.normalize():,f}"


def plain(value: Cell) -> str:
    """For machines: decimals in full and never with an exponent, unknown as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def neutral(value: Cell) -> str:
    """For CSV: as :func:`plain`, but text that a spreadsheet would take for a formula gets an apostrophe in front.

    Numbers are left alone: ``-12.50`` in a number cell is no formula. Control characters in text become spaces.
    """
    if not isinstance(value, str):
        return plain(value)
    risky = value[:1] in "\t\r\n" or value.lstrip()[:1] in "=+-@＝＋－＠"
    return ("'" if risky and value else "") + clean(value)


def is_numeric(column: Column) -> bool:
    """Whether the column is set flush right and its cells are numbers."""
    return column.unit in NUMERIC
