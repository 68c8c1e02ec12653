"""Arithmetic that tells rows apart: totals among the data, credits and what they take back, cells split by a comma."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from holdfast.spend.amounts import parse_amount
from holdfast.spend.dates import Calendar, parse_date

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

#: A whole cell that says its row is a total; TOTAL GAS LTD does not. RE2 and Python read it alike.
TOTAL_WORD = (
    r"(?i)^((grand|sub|overall|report|page|monthly|month|invoice|net|gross|final|running)[- ]?)?totals?"
    r"(\s+(amount|spend|payments?|value|paid|net|gross|expenditure|sum|for|of|to|gbp|£)(\s.*)?)?\s*[:=]?$"
)


#: A cell that says its row counts the rows above, as some exports end.
COUNT_WORD = (
    r"(?i)^(total )?(number|no\.?|nos\.?|count|num) of (all )?"
    r"(payments?|transactions?|invoices?|records?|rows?|lines?|items?|entries|suppliers?)"
    r"( (made|paid|listed|over .*))?\s*[:=]?$"
)


#: A cell that names the total of a group, as subtotals do: believed only where the amount adds up.
GROUP_TOTAL = r"(?i)\stotals?\s*[:=]?$"


def total_rows(
    candidates: Iterable[int],
    pennies: npt.NDArray[np.int64],
    typed: npt.NDArray[np.bool_],
    says_so: npt.NDArray[np.bool_],
) -> list[tuple[int, bool]]:
    """Which candidate rows are totals, and whether their amount is indeed the sum of rows above.

    A candidate is a total if its amount equals the sum of all rows above it, or of those since the last total, and
    that is more than one row; or where ``says_so``, a cell of it being such words.
    """
    found: list[tuple[int, bool]] = []
    left_out: set[int] = set()
    since = 0
    for row in candidates:
        above = _sum(pennies, typed, 0, row, left_out)
        block = _sum(pennies, typed, since, row, left_out)
        value = int(pennies[row])
        adds_up = (value == above[0] and above[1] > 1) or (value == block[0] and block[1] > 1)
        if says_so[row] and not adds_up:
            below = _sum(pennies, typed, row + 1, len(pennies), left_out)
            # a row may also count the rows above it
            adds_up = value in (above[0], block[0], below[0], 100 * above[1])
        if adds_up or says_so[row]:
            found.append((row, adds_up))
            left_out.add(row)
            since = row + 1
    return found


def _sum(
    pennies: npt.NDArray[np.int64], typed: npt.NDArray[np.bool_], start: int, end: int, without: set[int]
) -> tuple[int, int]:
    part = typed[start:end]
    skipped = [r for r in without if start <= r < end and typed[r]]
    total = int(pennies[start:end][part].sum()) - sum(int(pennies[r]) for r in skipped)
    return total, int(part.sum()) - len(skipped)


def pair_reversals(
    supplier: npt.NDArray[np.int64], pennies: npt.NDArray[np.int64], numbers: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """For each row the number of the payment it takes back, else 0.

    Clear means: the same supplier and size, exactly one payment and one credit of them in the file.
    """
    import numpy as np

    result = np.zeros(len(pennies), dtype=np.int64)
    credits = pennies < 0
    sizes = np.abs(pennies)
    rows = np.flatnonzero(np.isin(sizes, sizes[credits]) & np.isin(supplier, supplier[credits]))
    if not len(rows):
        return result
    rows = rows[np.lexsort((rows, sizes[rows], supplier[rows]))]
    new = np.empty(len(rows), dtype=bool)
    new[0] = True
    new[1:] = (np.diff(supplier[rows]) != 0) | (np.diff(sizes[rows]) != 0)
    group = np.cumsum(new) - 1
    minus = np.bincount(group, weights=credits[rows]).astype(np.int64)
    clear = (np.bincount(group) == 2) & (minus == 1)
    pairs = rows[clear[group]].reshape(-1, 2)
    credit = np.where(credits[pairs[:, 0]], pairs[:, 0], pairs[:, 1])
    payment = np.where(credits[pairs[:, 0]], pairs[:, 1], pairs[:, 0])
    result[credit] = numbers[payment]
    return result


_GROUP = re.compile(r"\d{3}")
_GROUP_END = re.compile(r"\d{3}(?:\.\d{1,2})?\)?-?")
_GROUP_START = re.compile(r"[-(]?\s*[£$€]?\s*\d{1,3}")


def rejoined(row: Sequence[str], width: int, at: int) -> list[str] | None:
    """A row whose amount, in column ``at``, was parted at the commas between its thousands: ``12`` ``345.67`` is one.

    ``None`` where the cells are not those of a number in groups, or do not make the row as wide as the header.
    """
    extra = len(row) - width
    parts = [cell.strip() for cell in row[at : at + extra + 1]]
    if extra < 1 or len(parts) <= extra or not _GROUP_START.fullmatch(parts[0]):
        return None
    if not _GROUP_END.fullmatch(parts[-1]) or not all(_GROUP.fullmatch(p) for p in parts[1:-1]):
        return None
    return [*row[:at], ",".join(parts), *row[at + extra + 1 :]]


def refit(
    row: Sequence[str],
    width: int,
    positions: Mapping[str, int],
    calendar: Calendar,
    known: Mapping[int, frozenset[str]],
) -> list[str] | None:
    """A row with too many cells, fitted to the columns: cut at the end, or neighbours joined that a comma had split.

    ``known`` holds, for columns that repeat themselves, the values other rows have there; the fit with most known
    values wins, cutting before joining. ``None`` where no way puts an amount and a date in their places.
    """
    if whole := rejoined(row, width, positions["amount"]):
        return whole
    ways = [list(row[:width])]
    extra = len(row) - width
    if 0 < extra <= 4:
        ways += [
            [*row[:at], ", ".join(c.strip() for c in row[at : at + extra + 1]), *row[at + extra + 1 :]]
            for at in range(width)
        ]
    fits = [w for w in ways if reads(w, positions, calendar)]
    if not fits:
        return None
    return max(fits, key=lambda w: sum(w[i].strip() in values for i, values in known.items()))


def reads(cells: Sequence[str], positions: Mapping[str, int], calendar: Calendar) -> bool:
    """Whether amount, date and supplier of a row are what they should be."""
    amount = cells[positions["amount"]]
    if parse_amount(amount) is None or not any(c.isdigit() for c in amount):
        return False
    day = positions.get("date")
    if day is not None and parse_date(cells[day], calendar.default_order, calendar) is None:
        return False
    supplier = positions.get("supplier")
    return supplier is None or parse_amount(cells[supplier]) is None
