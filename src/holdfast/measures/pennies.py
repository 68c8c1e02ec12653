"""Rounding parts to pennies so that they add up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor


def to_pennies(parts: Sequence[Fraction], whole: Decimal) -> list[Decimal]:
    """The parts in pennies, each less than a penny from what it was, adding up to ``whole``.

    The parts must add up to ``whole`` before rounding to within half a penny. Largest remainder: each part is rounded
    down, and the pennies that are missing go to the parts that lost most, the earlier where they lost the same.
    """
    exact = [part * 100 for part in parts]
    down = [floor(part) for part in exact]
    missing = int(whole * 100) - sum(down)
    order = sorted(range(len(exact)), key=lambda i: (down[i] - exact[i], i))
    for i in order[:missing]:
        down[i] += 1
    return [Decimal(pennies).scaleb(-2) for pennies in down]
