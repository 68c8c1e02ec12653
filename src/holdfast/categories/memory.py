"""What a supplier was paid for elsewhere: by money, with how far those payments agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: So many payments of doubt are set against those that agree: one payment alone tells less than ten.
DOUBT = 0.1


@dataclass(frozen=True, slots=True)
class Remembered:
    """``category`` most of the money went on · ``agree`` payments of it among ``payments`` that are known ·
    ``part`` of their money, 0 to 1."""

    category: str
    agree: int
    payments: int
    part: float

    @property
    def confidence(self) -> float:
        """The part of the money, less where few payments stand behind it."""
        return self.part * self.payments / (self.payments + DOUBT)

    @property
    def why(self) -> str:
        other = "other payment" if self.payments == 1 else "other payments"
        return f"{self.agree:,} of {self.payments:,} {other} to this supplier"


def remember(known: Sequence[tuple[str, str, int, int]]) -> dict[str, Remembered]:
    """Suppliers and what they are known for.

    ``known``: supplier, category, pennies (credits count as much as what they take back) and payments, of all
    combinations whose category was told by the payment itself. Of two categories with the same money the first by
    code counts.
    """
    money: dict[str, dict[str, int]] = {}
    payments: dict[str, dict[str, int]] = {}
    for supplier, category, pennies, many in known:
        of = money.setdefault(supplier, {})
        of[category] = of.get(category, 0) + abs(pennies)
        counted = payments.setdefault(supplier, {})
        counted[category] = counted.get(category, 0) + many
    found = {}
    for supplier, of in money.items():
        best = min(of, key=lambda category: (-of[category], category))
        total = sum(of.values())
        counted = payments[supplier]
        part = of[best] / total if total else counted[best] / sum(counted.values())
        found[supplier] = Remembered(best, counted[best], sum(counted.values()), part)
    return found
