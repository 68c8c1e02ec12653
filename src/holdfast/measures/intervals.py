"""Arithmetic on printed numbers: each stands for every number that would be printed so.

A number printed with its last digit in the tenths lies within half a tenth of what is printed. Sums, products and
quotients of such numbers lie in an interval that this module works out; plain interval arithmetic, exact fractions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

#: about, sign, currency, digits with or without separators, decimals, unit
PRINTED = re.compile(
    r"^(?P<about>~|about |circa )?\s*(?P<sign>[-+−])?\s*[£$€]?\s*"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?P<decimals>\.\d+)?\s*(?P<unit>%|per cent|bn|billion|m|million|k|thousand|p)?$",
    re.IGNORECASE,
)
SCALES = {
    "%": Fraction(1, 100), "per cent": Fraction(1, 100), "p": Fraction(1, 100),
    "k": Fraction(1000), "thousand": Fraction(1000), "m": Fraction(10**6), "million": Fraction(10**6),
    "bn": Fraction(10**9), "billion": Fraction(10**9),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from ``low`` to ``high``; ``value`` is the one that stands for them."""

    value: Fraction
    low: Fraction
    high: Fraction

    @classmethod
    def exactly(cls, value: Fraction) -> Interval:
        return cls(value, value, value)

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.value + other.value, self.low + other.low, self.high + other.high)

    def __neg__(self) -> Interval:
        return Interval(-self.value, -self.high, -self.low)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(self.value * other.value, min(ends), max(ends))

    def __truediv__(self, other: Interval) -> Interval:
        """Raises ``ZeroDivisionError`` where the divisor could be zero."""
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError("a part that is divided by could be zero")
        return self * Interval(1 / other.value, 1 / other.high, 1 / other.low)

    def meets(self, other: Interval) -> bool:
        """Whether some number lies in both."""
        return self.low <= other.high and other.low <= self.high

    def gap(self, other: Interval) -> Fraction:
        """How far ``self`` lies above (or, below zero, below) ``other``; zero where they meet."""
        return max(self.low - other.high, Fraction(0)) + min(self.high - other.low, Fraction(0))


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as it was printed. ``places`` after the point; ``unit`` and its ``scale``: ``%`` is a hundredth."""

    interval: Interval
    places: int
    unit: str
    scale: Fraction

    def like(self, value: Fraction, more: int = 1) -> str:
        """Another number written as this one was, with ``more`` digits."""
        places = max(self.places, 0) + more
        digits = Decimal(round(value / self.scale * 10**places)).scaleb(-places)
        space = " " if self.unit[:1].isalpha() and len(self.unit) > 2 else ""
        return f"{digits:,.{places}f}{space}{self.unit}"


def printed(text: str) -> Printed:
    """What a printed number stands for: ``"71.7%"`` 0.7165 to 0.7175, ``"£445.6m"``, ``"1,003,858,435.21"``.

    Every digit counts, trailing zeros too; with ``~`` or ``about`` only those before the trailing zeros. Raises
    ``ValueError`` where it is no number.
    """
    match = PRINTED.match(text.strip())
    if not match:
        raise ValueError(f"{text!r} is not a printed number")
    digits = Decimal(match["whole"].replace(",", "") + (match["decimals"] or ""))
    places = len((match["decimals"] or ".")[1:])
    if match["about"]:
        places = _significant(digits, places)
    unit = match["unit"] or ""
    scale = SCALES.get(unit.lower(), Fraction(1))
    sign = -1 if match["sign"] in ("-", "−") else 1
    value, half = sign * Fraction(digits) * scale, Fraction(Decimal(1).scaleb(-places)) * scale / 2
    return Printed(Interval(value, value - half, value + half), places, unit, scale)


def _significant(digits: Decimal, places: int) -> int:
    """Places of the last digit that is not a zero: -1 for 750, as it may be rounded to tens."""
    while digits and digits % Decimal(1).scaleb(1 - places) == 0:
        places -= 1
    return places
