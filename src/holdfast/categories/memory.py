"""What a supplier was paid for elsewhere: by money, with how far its payments agree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

#: So many payments of doubt are set against those that agree: one payment alone tells less than ten.
DOUBT = 0.1


@dataclass(frozen=True, slots=True)
class Remembered:
    """``category`` most of the known money of a supplier went on, with its ``pennies`` and the ``agree``-ing payments;
    ``all_pennies`` and ``payments`` of the supplier, known or not."""

    category: str
    agree: int
    pennies: int
    payments: int
    all_pennies: int

    def part(self, pennies: int = 0, payments: int = 0) -> float:
        """The part of the supplier's other money that agrees; what is not known of it counts as if it did not.

        ``pennies`` and ``payments``: of the line that is asked about.
        """
        money, many = self.all_pennies - abs(pennies), self.payments - payments
        return self.pennies / money if money else self.agree / many if many else 0.0

    def confidence(self, pennies: int = 0, payments: int = 0) -> float:
        """The same, less where few payments stand behind it."""
        return self.part(pennies, payments) * self.agree / (self.agree + DOUBT)

    def why(self, payments: int = 0) -> str:
        others = self.payments - payments
        return f"{self.agree:,} of {others:,} other payment{'' if others == 1 else 's'} to this supplier"


def remember(lines: Iterable[tuple[str, str, int, int]]) -> dict[str, Remembered]:
    """Suppliers and what they are known for, where anything is known.

    ``lines``: supplier, category as the payment itself tells it (blank where it does not), pennies (credits count as
    much as what they take back) and payments. Of two categories with the same money the first by code counts.
    """
    money: dict[str, dict[str, int]] = {}
    payments: dict[str, dict[str, int]] = {}
    for supplier, category, pennies, many in lines:
        for sums, added in ((money, abs(pennies)), (payments, many)):
            of = sums.setdefault(supplier, {})
            of[category] = of.get(category, 0) + added
    found = {}
    for supplier, of in money.items():
        if known := [category for category in of if category]:
            best = min(known, key=lambda category: (-of[category], category))
            counted = payments[supplier]
            found[supplier] = Remembered(best, counted[best], of[best], sum(counted.values()), sum(of.values()))
    return found
