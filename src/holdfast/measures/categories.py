"""Categories: which of them are shown by name, and what the rest are called. Used by every measure by category."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from holdfast.measures.selection import Row

NOT_STATED = "Not stated"


@dataclass(frozen=True, slots=True)
class Ranked:
    """``named`` the categories with most money, largest first and by name where equal; ``rest`` all others."""

    named: tuple[str, ...]
    rest: tuple[str, ...]
    blank: bool

    @property
    def lines(self) -> list[tuple[str, tuple[str | None, ...]]]:
        """The lines of a table, in order: label, and the categories it stands for (``None``: not stated)."""
        lines: list[tuple[str, tuple[str | None, ...]]] = [(name, (name,)) for name in self.named]
        if self.rest:
            lines.append((f"Other ({len(self.rest)})", self.rest))
        if self.blank:
            lines.append((NOT_STATED, (None,)))
        return lines


def ranked(rows: Iterable[Row], top: int) -> Ranked:
    """Rank categories by the sum of ``amount`` over the rows."""
    sums: dict[str | None, Decimal] = {}
    for row in rows:
        sums[row["category"]] = sums.get(row["category"], Decimal(0)) + row["amount"]
    return rank(sums, top)


def rank(sums: Mapping[str | None, Decimal], top: int) -> Ranked:
    """The same from sums by category."""
    order = sorted((name for name in sums if name is not None), key=lambda name: (-sums[name], name))
    return Ranked(tuple(order[:top]), tuple(order[top:]), None in sums)
