"""Arithmetic that tells rows apart: totals among the data, credits and what they take back, cells split by a comma."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from holdfast.spend.amounts import parse_amount
from holdfast.spend.dates import Calendar, parse_date

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

#: A cell that says its row is a total. RE2 and Python read it alike.
TOTAL_WORD = r"(?i)^(grand |sub[- ]?|overall |report |page |monthly |invoice )?totals?( |:|$)"
_TOTAL = re.compile(r"(?i)\b(grand |sub[- ]?)?totals?\b")


def total_rows(candidates: Iterable[int], pennies: npt.NDArray[np.int64], typed: npt.NDArray[np.bool_], text: Callable[[int], str]) -> list[tuple[int, bool]]:
    """Which candidate rows are totals, and whether their amount is indeed the sum of rows above.

    A candidate is a total if its amount equals the sum of all rows above it, or of those since the last total, and
    that is more than one row; or if it says so in words.
    """
    found: list[tuple[int, bool]] = []
    left_out: set[int] = set()
    since = 0
    for row in candidates:
        above = _sum(pennies, typed, 0, row, left_out)
        block = _sum(pennies, typed, since, row, left_out)
        value = int(pennies[row])
        adds_up = (value == above[0] and above[1] > 1) or (value == block[0] and block[1] > 1)
        if adds_up or _TOTAL.search(text(row)):
            found.append((row, adds_up or value in (above[0], block[0])))
            left_out.add(row)
            since = row + 1
    return found


def _sum(pennies: npt.NDArray[np.int64], typed: npt.NDArray[np.bool_], start: int, end: int, without: set[int]) -> tuple[int, int]:
    part = typed[start:end]
    skipped = [r for r in without if start <= r < end and typed[r]]
    total = int(pennies[start:end][part].sum()) - sum(int(pennies[r]) for r in skipped)
    return total, int(part.sum()) - len(skipped)


def pair_reversals(rows: Iterable[int], supplier: npt.NDArray[np.int64], pennies: npt.NDArray[np.int64], numbers: npt.NDArray[np.int64], result: npt.NDArray[np.int64]) -> None:
    """Write into ``result`` at each credit the number of the payment it takes back.

    Clear means: the same supplier and size, one payment and one credit of them in the file.
    """
    groups: dict[tuple[int, int], tuple[list[int], list[int]]] = {}
    for r in rows:
        value = int(pennies[r])
        plus, minus = groups.setdefault((int(supplier[r]), abs(value)), ([], []))
        (minus if value < 0 else plus).append(r)
    for plus, minus in groups.values():
        if len(plus) == 1 and len(minus) == 1:
            result[minus[0]] = int(numbers[plus[0]])


def refit(row: Sequence[str], width: int, positions: Mapping[str, int], calendar: Calendar) -> list[str] | None:
    """A row with too many cells, refitted by joining neighbours, where amount and date then fall into place.

    ``None`` unless all the ways that fit agree on date, amount and supplier.
    """
    extra = len(row) - width
    if extra <= 0 or extra > 4:
        return None
    fits = {}
    for at in range(width):
        cells = [*row[:at], ", ".join(c.strip() for c in row[at : at + extra + 1]), *row[at + extra + 1 :]]
        if _reads(cells, positions, calendar):
            key = tuple(cells[positions[n]] for n in ("amount", "date", "supplier") if n in positions)
            fits.setdefault(key, cells)
    if not fits:
        return None
    supplier = positions.get("supplier")
    joined = [c for c in fits.values() if supplier is not None and ", " in c[supplier]]
    if len(fits) == 1:
        return next(iter(fits.values()))
    # a comma in the supplier's name and one in another cell both fit: the longer name loses nothing
    return joined[0] if len(joined) == 1 and len({k[:2] for k in fits}) == 1 else None


def _reads(cells: Sequence[str], positions: Mapping[str, int], calendar: Calendar) -> bool:
    amount = cells[positions["amount"]]
    if parse_amount(amount) is None or not re.search(r"\d", amount):
        return False
    day = positions.get("date")
    if day is not None and parse_date(cells[day], calendar.default_order, calendar) is None:
        return False
    supplier = positions.get("supplier")
    return supplier is None or parse_amount(cells[supplier]) is None
