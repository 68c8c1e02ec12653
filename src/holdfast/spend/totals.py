"""Arithmetic that tells rows apart: totals among the data, credits and what they take back, cells split by a comma."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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


#: A cell that carries a sum from one page to the next, as printed ledgers do: ``Carried forward``, ``B/F``.
FORWARD_WORD = (
    r"(?i)^((page|sub|running|opening|closing)?[- ]?(totals?|balances?|amounts?|sums?)\s+)?"
    r"((carried|brought)[- ]?(forward|fwd|down|over)|[cb]\s?/\s?(f|fwd|forward|d|down)|[cb]/?fwd)"
    r"(\s+(to|from|on)\s.*)?\s*[:=]?$"
)


#: A cell that names the total of a group, as subtotals do: believed only where the amount adds up.
GROUP_TOTAL = r"(?i)\s(sub[- ]?)?totals?\s*[:=]?$"


def total_rows(
    candidates: Sequence[int],
    pennies: npt.NDArray[np.int64],
    typed: npt.NDArray[np.bool_],
    says_so: npt.NDArray[np.bool_],
    names_group: npt.NDArray[np.bool_],
) -> list[tuple[int, bool]]:
    """Which candidate rows are totals, and whether their amount is indeed the sum of rows above.

    A candidate is a total if its amount equals the sum of all rows above it, or of those since a total, and that is
    more than one row; or where ``says_so``, a cell of it being such words. Where ``names_group``, a cell of it being
    "Leasing Total", one row is enough. A number without words may also be the total of one row where other totals
    of the table are proved and more of its numbers then add up: what explains more is right.
    """
    sums = _Sums(pennies, typed, says_so, names_group)
    strict = sums.totals(candidates, of_one_row=False)
    proved = any(adds_up and rows > 1 for _, adds_up, rows in strict)
    if proved and _unexplained(strict, candidates):
        generous = sums.totals(candidates, of_one_row=True)
        if _unexplained(generous, candidates) < _unexplained(strict, candidates):
            strict = generous
    return [(row, adds_up) for row, adds_up, _ in strict]


def _unexplained(found: Sequence[tuple[int, bool, int]], candidates: Sequence[int]) -> int:
    return len(candidates) - sum(adds_up for _, adds_up, _ in found)


class _Sums:
    """Running sums and counts of a table's rows, so that each candidate is looked at once, however many there are."""

    def __init__(
        self,
        pennies: npt.NDArray[np.int64],
        typed: npt.NDArray[np.bool_],
        says_so: npt.NDArray[np.bool_],
        names_group: npt.NDArray[np.bool_],
    ) -> None:
        import numpy as np

        self.pennies, self.typed, self.says_so, self.names_group = pennies, typed, says_so, names_group
        self.sums = np.concatenate([[0], np.cumsum(np.where(typed, pennies, 0))])
        self.counts = np.concatenate([[0], np.cumsum(typed)])

    def totals(self, candidates: Sequence[int], *, of_one_row: bool) -> list[tuple[int, bool, int]]:
        """The totals among the candidates: row, whether it adds up, and how many rows it is the sum of."""
        found: list[tuple[int, bool, int]] = []
        out_sum = out_count = 0
        # the sum and number of payments above the row after each total; subtotals of subtotals begin at an earlier one
        since = (0, 0)
        starts = {0: 0}
        for row in candidates:
            value = int(self.pennies[row])
            above = int(self.sums[row]) - out_sum, int(self.counts[row]) - out_count
            block = above[0] - since[0], above[1] - since[1]
            worded = bool(self.says_so[row] or self.names_group[row])
            rows = max((n for v, n in (above, block) if v == value), default=0)
            if worded and above[0] - value in starts:
                rows = max(rows, above[1] - starts[above[0] - value])
            one_is_enough = self.names_group[row] or (of_one_row and found)
            adds_up = rows > 1 or (rows == 1 and bool(one_is_enough))
            if self.says_so[row] and not adds_up:
                below = int(self.sums[-1] - self.sums[row + 1])
                # a row may also count the rows above it
                adds_up = value in (above[0], block[0], below, 100 * above[1])
            if adds_up or self.says_so[row]:
                found.append((row, adds_up, rows))
                out_sum, out_count = out_sum + value * int(self.typed[row]), out_count + int(self.typed[row])
                since = above
                starts.setdefault(above[0], above[1])
        return found


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
