"""Rows that are no payments: blank ones, headers standing again, totals; and amounts that cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfast.core.problem import Problem
from holdfast.spend import totals
from holdfast.spend.headers import header_score, normalise
from holdfast.spend.staged import BLANK, EXCLUDED, QUARANTINED, TYPED, Staged, cell, quarantined

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Mask = npt.NDArray[np.bool_]


def leave_out_blank_rows(s: Staged) -> None:
    """Blank rows are not staged; rows with only the amount blank are left out and counted."""
    empty = s.amount_blank.copy()
    for i in range(len(s.arrays)):
        if not empty.any():
            break
        empty &= s.blank(i)
    s.state[empty] = BLANK
    no_amount = s.amount_blank & ~empty
    s.state[no_amount] = EXCLUDED
    s.blank_amounts = no_amount


def leave_out_headers(s: Staged) -> None:
    """The header standing again among the data: the amount cell holds the amount's header."""
    import pyarrow.compute as pc

    i = s.columns.positions["amount"]
    want = normalise(s.header.cells[i])
    if not want:
        return
    values, _ = s.coded(i)
    words = pc.indices_nonzero(pc.match_substring_regex(values, r"^[^0-9]*[A-Za-z]{2}[^0-9]*$"))
    same = {
        v for v, text in zip(words.to_pylist(), values.take(words).to_pylist(), strict=True) if normalise(text) == want
    }
    again = s.indexed(i, same) & (s.state != BLANK)
    s.state[again] = EXCLUDED
    s.blank_amounts &= ~again
    s.note("HF312", "the header row stands again among the data", again)


def leave_out_totals(s: Staged, pennies: npt.NDArray[np.int64]) -> None:
    """Footers: rows without supplier and date whose amount is the sum of rows above, or that say they are totals."""
    import numpy as np

    blank = [*s.numbers[s.blank_amounts].tolist(), *s.without_amount]
    if blank:
        s.problems.append(Problem("HF313", "rows have no amount", row=min(blank), count=len(blank)))
    supplier, day = s.at("supplier"), s.at("date")
    bare = s.state == TYPED
    for i in (supplier, day):
        if i is not None:
            bare &= s.blank(i) | _says_total(s, i, _ENDINGS)
    if supplier is None or day is None:
        bare &= _any_says_total(s) | _mostly_blank(s)
    if not bare.any():
        return
    says_so, names_group = _any_says_total(s), _any_says_total(s, totals.GROUP_TOTAL)
    if supplier is not None and (day is None or s.blank(day)[bare | (s.state == TYPED)].mean() > 0.5):
        names_group &= s.blank(supplier)  # a supplier may be called so where payments have no dates either
    candidates = np.flatnonzero(bare).tolist()
    found = totals.total_rows(candidates, pennies, s.state == TYPED, says_so, names_group)
    mask = np.zeros(s.height, dtype=bool)
    mask[[r for r, _ in found]] = True
    s.state[mask] = EXCLUDED
    _doubt_last_row(s, bare & ~mask, pennies)
    wrong = np.zeros(s.height, dtype=bool)
    wrong[[r for r, adds_up in found if not adds_up]] = True
    s.note("HF311", "rows repeat the sum of other rows", mask & ~wrong)
    s.note("HF322", "rows say they are totals, but are not the sum of other rows", wrong)


#: Cells that say their row is no payment, and those that may stand where the supplier or the day is looked for.
_SAYS_SO = f"(?:{totals.TOTAL_WORD})|(?:{totals.COUNT_WORD})|(?:{totals.FORWARD_WORD})"
_ENDINGS = f"{_SAYS_SO}|(?:{totals.GROUP_TOTAL})"


#: A lone number at the end that is this share of all the rest, or more, may be a total that was not kept up.
_LARGE = 20


def _doubt_last_row(s: Staged, bare: Mask, pennies: npt.NDArray[np.int64]) -> None:
    """A last row with nothing but a large number is kept, since it may be a payment, and pointed out."""
    import numpy as np

    typed = np.flatnonzero(s.state == TYPED)
    if len(typed) < 2 or not bare[typed[-1]]:
        return
    last = np.zeros(s.height, dtype=bool)
    last[typed[-1]] = True
    words = any(_has_letters(cell(column, int(typed[-1]))) for column in s.arrays)
    rest = sum(abs(int(p)) for p in pennies[typed[:-1]])
    if not words and abs(int(pennies[typed[-1]])) * _LARGE >= rest:
        i = s.columns.positions["amount"]
        value = cell(s.arrays[i], int(typed[-1]))
        s.note("HF332", "the last row holds nothing but a large number, which may be a total", last, value=value)


def _has_letters(text: str) -> bool:
    return any(c.isalpha() for c in text)


def _says_total(s: Staged, i: int, words: str) -> Mask:
    import pyarrow.compute as pc

    return s.value_mask(i, pc.match_substring_regex(pc.utf8_trim_whitespace(s.coded(i)[0]), words))


def _any_says_total(s: Staged, words: str = _SAYS_SO) -> Mask:
    import numpy as np

    mask = np.zeros(s.height, dtype=bool)
    for i in range(len(s.arrays)):
        mask |= _says_total(s, i, words)
    return mask


def _mostly_blank(s: Staged) -> Mask:
    import numpy as np

    filled = np.zeros(s.height, dtype=np.int32)
    for i in range(len(s.arrays)):
        filled += ~s.blank(i)
    result: Mask = filled <= 1
    return result


def set_aside_second_table(s: Staged, readable: Mask) -> None:
    """Rows below the header of another table: their columns are others, and the amount may stand in any of them."""
    import numpy as np

    other = _second_header(s, np.flatnonzero((s.state == TYPED) & ~readable))
    if other is None:
        return
    after = (np.arange(s.height) > other) & (s.state != BLANK)
    s.state[after] = QUARANTINED
    s.blank_amounts &= ~after
    s.note("HF331", "a second table with other columns begins in the file; its rows were set aside", after)
    _keep_aside(s, after, "HF331")


def _second_header(s: Staged, unreadable: npt.NDArray[np.intp]) -> int | None:
    """The row that heads a second table: its amount cell is no number, or is blank."""
    import numpy as np

    rows = [*unreadable[:50].tolist(), *np.flatnonzero(s.blank_amounts)[:50].tolist()]
    return next((r for r in sorted(rows) if _is_other_header(s, r)), None)


def _is_other_header(s: Staged, row: int) -> bool:
    """Whether a row among the data is the header of another table."""
    cells = [c for c in (cell(a, row).strip() for a in s.arrays) if c]
    wordy = len(cells) >= 3 and not any(ch.isdigit() for c in cells for ch in c)
    return wordy and header_score(cells, s.style.words) >= 3


def quarantine_amounts(s: Staged, readable: Mask) -> None:
    import numpy as np

    bad = (s.state == TYPED) & ~readable
    s.state[bad] = QUARANTINED
    at = np.flatnonzero(bad)
    _keep_aside(s, bad, "HF301")
    if len(at):
        i = s.columns.positions["amount"]
        s.note(
            "HF301",
            "the amount is not a number",
            bad,
            column=s.label("amount"),
            value=cell(s.arrays[i], int(at[0])),
        )


def _keep_aside(s: Staged, mask: Mask, code: str) -> None:
    """Rows set aside are kept with all their cells."""
    import numpy as np

    i = s.columns.positions["amount"]
    for row in np.flatnonzero(mask):
        text = " | ".join(cell(a, int(row)) for a in s.arrays)
        value = cell(s.arrays[i], int(row))
        s.quarantine.append(quarantined(int(s.numbers[row]), code, s.label("amount"), value, text))
