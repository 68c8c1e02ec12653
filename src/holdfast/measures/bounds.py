"""A share and the range in which it must lie, given what is not known.

Each unit of doubt (a supplier of an anchor whose place, size or owner is not known) lies wholly inside or wholly
outside. ``up`` is the sum of the units above zero, ``down`` of those below (credits can outweigh payments), so no way
of placing them adds more than ``up`` to the part or takes more than ``down`` from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from decimal import Decimal
from fractions import Fraction

from holdfast.core.money import ZERO

Exact = Fraction | None


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the money that is known, its range over all the money, and how much of the money is known."""

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    coverage: Decimal | None = None

    def complement(self) -> Share:
        """One minus the share; the range turns over."""
        return Share(_minus(self.value), _minus(self.high), _minus(self.low), self.coverage)


@dataclass(frozen=True, slots=True)
class Split:
    """Money split by a question: ``total`` = known + unknown; ``part`` is the known money answered yes."""

    total: Decimal = ZERO
    known: Decimal = ZERO
    part: Decimal = ZERO
    up: Decimal = ZERO
    down: Decimal = ZERO

    def __add__(self, other: Split) -> Split:
        return Split(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    def exact(self) -> tuple[Exact, Exact, Exact, Exact]:
        """Value, low, high and coverage before rounding.

        No share of a total that is not above zero, and no value without known money above zero. The range holds the
        share under every placing of the unknown, as far as that share is one (0 to 1), and always the value.
        """
        if self.total <= 0:
            return None, None, None, None
        whole = Fraction(self.total)
        value = Fraction(self.part) / Fraction(self.known) if self.known > 0 else None
        floor, ceiling = min(Fraction(0), value or Fraction(0)), max(Fraction(1), value or Fraction(1))
        low = _within(Fraction(self.part + self.down) / whole, floor, ceiling)
        high = _within(Fraction(self.part + self.up) / whole, floor, ceiling)
        if value is not None:
            low, high = min(low, value), max(high, value)
        return value, low, high, _within(Fraction(self.known) / whole, Fraction(0), Fraction(1))

    def share(self) -> Share:
        """The share with its range, to six places."""
        return Share(*map(six, self.exact()))


def total(splits: Iterable[Split]) -> Split:
    """The sum of splits."""
    whole = Split()
    for split in splits:
        whole = whole + split
    return whole


def mean(splits: Iterable[Split]) -> Share:
    """The plain mean of members' shares, each counting once; members without a value are left out.

    Low, high and coverage are the means of theirs.
    """
    members = [e for e in (s.exact() for s in splits) if e[0] is not None]
    if not members:
        return Share()
    return Share(*(six(_mean([m[i] for m in members])) for i in range(4)))


def six(value: Exact) -> Decimal | None:
    """Rounded half-even to six places."""
    return None if value is None else Decimal(round(value * 10**6)).scaleb(-6)


def _mean(values: Sequence[Exact]) -> Fraction:
    return sum((v for v in values if v is not None), Fraction(0)) / len(values)


def _within(value: Fraction, floor: Fraction, ceiling: Fraction) -> Fraction:
    return min(max(value, floor), ceiling)


def _minus(value: Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(1) - value
