"""More than about a dozen of anything is not read: the ten largest stay, the rest become one "Other (n)"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

LIMIT, KEPT = 12, 10


def fold(amounts: Mapping[str, Decimal], limit: int = LIMIT, kept: int = KEPT) -> dict[str, str]:
    """Name -> name to show it under. All names stay where there are at most ``limit`` of them.

    Ties go to the name that sorts first, so the same amounts always fold the same way.
    """
    if len(amounts) <= limit:
        return {name: name for name in amounts}
    ranked = sorted(amounts, key=lambda name: (-amounts[name], name))
    other = f"Other ({len(ranked) - kept})"
    return {name: name if place < kept else other for place, name in enumerate(ranked)}


def in_order(amounts: Mapping[str, Decimal]) -> list[str]:
    """Names by amount, largest first, with any "Other (n)" last."""
    return sorted(amounts, key=lambda name: (name.startswith("Other ("), -amounts[name], name))


def totals(pairs: Sequence[tuple[str, Decimal]]) -> dict[str, Decimal]:
    """The sum of the amounts of each name, in the order in which names first appear."""
    out: dict[str, Decimal] = {}
    for name, amount in pairs:
        out[name] = out.get(name, Decimal(0)) + amount
    return out
