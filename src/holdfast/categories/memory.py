"""What a supplier was paid for elsewhere: by money, with how far its payments agree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

#: So many payments of doubt are set against those that agree: one payment alone tells less than ten.
DOUBT = 0.1


@dataclass(frozen=True, slots=True)
class Paid:
    """What a line says of its supplier: ``category`` as the line itself tells it (blank where it does not), ``sure`` of
    it in thousandths, ``pennies`` (credits count as much as what they take back) and ``payments``."""

    category: str
    pennies: int
    payments: int = 1
    sure: int = 1000


@dataclass(frozen=True, slots=True)
class Remembered:
    """``category`` that most of the known money of a supplier went on, with its payments (``agree``) out of all
    ``payments``, and the ``part`` of the money, 0 to 1; what is not known counts as if it did not agree."""

    category: str
    agree: int
    payments: int
    part: float

    @property
    def confidence(self) -> float:
        """The part that agrees, less where few payments stand behind it."""
        return self.part * self.agree / (self.agree + DOUBT)

    @property
    def why(self) -> str:
        return f"{self.agree:,} of {self.payments:,} other payment{'' if self.payments == 1 else 's'} to this supplier"


@dataclass(slots=True)
class Memory:
    """All lines of a supplier, summed; ``known`` by category: pennies, pennies times sure, payments."""

    pennies: int = 0
    payments: int = 0
    known: dict[str, tuple[int, int, int]] = field(default_factory=dict)

    def add(self, line: Paid) -> None:
        money = abs(line.pennies)
        self.pennies += money
        self.payments += line.payments
        if line.category:
            before = self.known.get(line.category, (0, 0, 0))
            self.known[line.category] = _plus(before, line, 1)

    def besides(self, line: Paid) -> Remembered | None:
        """What the supplier's other lines tell; nothing where none of them does.

        ``line`` is one of those added: no line may speak for itself. Of two categories with the same money the first by
        code counts.
        """
        known = {c: _plus(sums, line, -1) if c == line.category else sums for c, sums in self.known.items()}
        left = [(-pennies, c) for c, (pennies, _, payments) in known.items() if payments]
        if not left:
            return None
        _, category = min(left)
        _, weighed, agree = known[category]
        money, payments = self.pennies - abs(line.pennies), self.payments - line.payments
        return Remembered(category, agree, payments, weighed / 1000 / money if money else agree / payments)


def _plus(sums: tuple[int, int, int], line: Paid, times: int) -> tuple[int, int, int]:
    money = times * abs(line.pennies)
    return sums[0] + money, sums[1] + money * line.sure, sums[2] + times * line.payments


def remember(lines: Iterable[tuple[str, Paid]]) -> dict[str, Memory]:
    """Suppliers and what all their lines say."""
    found: dict[str, Memory] = {}
    for supplier, line in lines:
        found.setdefault(supplier, Memory()).add(line)
    return found
