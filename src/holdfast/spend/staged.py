"""A table's rows below its header, on their way to being typed: decoded columns and one state per row."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from holdfast.core.problem import Problem
from holdfast.spend import totals
from holdfast.spend.amounts import parse_amount
from holdfast.spend.columns import Columns
from holdfast.spend.dates import Calendar
from holdfast.spend.grid import Grid, encoded
from holdfast.spend.headers import HeaderRow, HeaderWords
from holdfast.spend.mapping import SavedLayout

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Mask = npt.NDArray[np.bool_]

BLANK, TYPED, QUARANTINED, EXCLUDED = 0, 1, 2, 3


@dataclass(frozen=True)
class Style:
    """What a country brings to reading: calendar, currency, decimal mark, postcode form, header words."""

    calendar: Calendar
    currency: str
    words: HeaderWords
    postcode: re.Pattern[str] | None = None
    decimal: str = "."


class Staged:
    """The rows of one grid; the steps of typing share its decoded columns and its state per row.

    ``state`` is one of BLANK, TYPED, QUARANTINED, EXCLUDED for each row; ``numbers`` are spreadsheet rows.
    """

    def __init__(
        self,
        grid: Grid,
        header: HeaderRow,
        below: int,
        columns: Columns,
        layout: SavedLayout | None,
        name: str,
        style: Style,
        problems: list[Problem],
    ) -> None:
        import numpy as np

        self.grid, self.header, self.columns, self.layout = grid, header, columns, layout
        self.name, self.style, self.problems = name, style, problems
        self.below = below
        self.arrays = [c.slice(below) for c in grid.columns]
        self.numbers: npt.NDArray[np.int64] = grid.rows.to_numpy()[below:]
        self.height = len(self.numbers)
        self.quarantine: list[dict[str, Any]] = []
        self.codes: dict[int, tuple[Any, npt.NDArray[np.int32]]] = {}
        self.blanks: dict[int, Mask] = {}
        # what the rows themselves tell beyond the columns: fields read from another field's cells, and why
        self.texts: dict[str, pa.Array] = {}
        self.named: dict[str, int] = {}
        self.reasons: dict[str, str] = {}
        self._fit_rows_beyond_header()
        self._place_wide_rows()
        self.amount_blank: Mask = np.zeros(self.height, dtype=bool)
        self.blank_amounts: Mask = np.zeros(self.height, dtype=bool)
        self.state = np.full(self.height, TYPED, dtype=np.int8)

    @property
    def title(self) -> str:
        """What stands above the header, where it is no part of the table."""
        above = self.grid.top[: self.header.index] if self.header.index else []
        return " ".join(c for _, row in above for c in row if c.strip())[:500]

    def coded(self, i: int) -> tuple[Any, npt.NDArray[np.int32]]:
        """Distinct values of a column and each row's index among them."""
        if i not in self.codes:
            values, indices = encoded(self.arrays[i])
            self.codes[i] = (values, indices.to_numpy(zero_copy_only=False))
        return self.codes[i]

    def at(self, name: str) -> int | None:
        return self.named.get(name, self.columns.positions.get(name))

    def label(self, name: str) -> str:
        i = self.at(name)
        return "" if i is None else self.header.cells[i].strip() or f"column {i + 1}"

    def note(self, code: str, message: str, mask: Mask | None = None, **more: Any) -> None:
        """Record a problem; with a mask, one standing for all its rows."""
        import numpy as np

        if mask is None:
            self.problems.append(Problem(code, message, **more))
            return
        at = np.flatnonzero(mask)
        if len(at):
            self.problems.append(Problem(code, message, row=int(self.numbers[at[0]]), count=len(at), **more))

    def value_mask(self, i: int, matches: Any) -> Mask:
        """Rows whose distinct value is marked in ``matches`` (Boolean Arrow array over the values)."""
        import numpy as np

        flags = np.asarray(matches.to_numpy(zero_copy_only=False), dtype=bool)
        result: Mask = flags[self.coded(i)[1]] if len(flags) else np.zeros(self.height, dtype=bool)
        return result

    def indexed(self, i: int, wanted: set[int]) -> Mask:
        import numpy as np

        if not wanted:
            return np.zeros(self.height, dtype=bool)
        result: Mask = np.isin(self.coded(i)[1], np.fromiter(sorted(wanted), dtype=np.int64))
        return result

    def blank(self, i: int) -> Mask:
        """Rows in which a column is blank. Several steps ask: the mask is kept, and must not be changed in place."""
        import pyarrow.compute as pc

        if i not in self.blanks:
            self.blanks[i] = self.value_mask(i, pc.equal(pc.utf8_trim_whitespace(self.coded(i)[0]), ""))
        return self.blanks[i]

    def recode(self, i: int, values: Any, indices: npt.NDArray[np.int32]) -> None:
        """Give a column other values."""
        self.codes[i] = (values, indices)
        self.blanks.pop(i, None)

    def _fit_rows_beyond_header(self) -> None:
        """Few rows with cells beyond the last named column, whose amount or date does not read where it stands: a comma
        that should have been in quotation marks has pushed them aside, and they are put back."""
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        width = max((i + 1 for i, h in enumerate(self.header.cells) if h.strip()), default=0)
        if self.header.index is None or width >= self.grid.width or max(self.columns.positions.values()) >= width:
            return
        beyond = np.zeros(self.height, dtype=bool)
        for column in self.arrays[width:]:
            filled = pc.not_equal(pc.utf8_trim_whitespace(_plain(column)), "")
            beyond |= filled.to_numpy(zero_copy_only=False)
        at = np.flatnonzero(beyond)
        if not len(at):
            return
        fitted = {int(r): f for r in at if (f := self._rejoined(int(r), width)) is not None}
        left = [int(r) for r in at if int(r) not in fitted]
        # where many rows go beyond the header, its last columns have no names
        if len(left) <= max(3, self.height // 20):
            known = {i: values for i, values in self._repeating_values().items() if i < width}
            fitted |= {r: f for r in left if (f := self._fitted(r, width, known)) is not None}
            over = np.zeros(self.height, dtype=bool)
            over[[r for r in left if r not in fitted and self._number_beyond(r, width)]] = True
            self.note("HF110", "rows have a number beyond the header, which was not used", over)
        if not fitted:
            return
        mask = np.zeros(self.height, dtype=bool)
        mask[list(fitted)] = True
        for i, column in enumerate(self.arrays):
            cells = pa.array([f[i] if i < width else "" for f in fitted.values()], type=pa.string())
            self.arrays[i] = pc.replace_with_mask(_plain(column), pa.array(mask), cells)
        self.note("HF110", "rows have more cells than the header and were fitted to it", mask)

    def _rejoined(self, row: int, width: int) -> list[str] | None:
        """The row, if it is wide because its amount was parted between thousands."""
        return totals.rejoined(self._cells(row, width), width, self.columns.positions["amount"])

    def _number_beyond(self, row: int, width: int) -> bool:
        """Whether what stands beyond the header may be money; most of it is a note beside the table."""
        return any(parse_amount(c) is not None for c in self._cells(row, width)[width:] if c.strip())

    def _cells(self, row: int, width: int) -> list[str]:
        """The cells of a row, without blank ones beyond the header."""
        cells = [cell(a, row) for a in self.arrays]
        while len(cells) > width and not cells[-1].strip():
            cells.pop()
        return cells

    def _fitted(self, row: int, width: int, known: dict[int, frozenset[str]]) -> list[str] | None:
        cells = self._cells(row, width)
        if totals.reads(cells, self.columns.positions, self.style.calendar):
            return None
        return totals.refit(cells, width, self.columns.positions, self.style.calendar, known)

    def _place_wide_rows(self) -> None:
        """Rows with more cells than the header: fitted to it where amount and date then read, else set aside."""
        last_header = int(self.grid.rows[self.below - 1].as_py()) if self.below else 0
        wide = [(n, raw) for n, raw in self.grid.unplaced if n > last_header]
        self.set_aside = 0
        self.without_amount: list[int] = []
        if not wide:
            return
        known = self._repeating_values()
        placed: list[tuple[int, list[str]]] = []
        for number, raw in wide:
            row = next(csv.reader([raw.replace("\n", " ")], delimiter=self.grid.delimiter), [])
            if not row[self.columns.positions["amount"]].strip():
                self.without_amount.append(number)
                continue
            fitted = totals.refit(row, self.grid.width, self.columns.positions, self.style.calendar, known)
            if fitted is None:
                self.quarantine.append(quarantined(number, "HF323", "", "", raw))
            else:
                placed.append((number, fitted))
        self.set_aside = len(self.quarantine)
        if self.quarantine:
            rows = [q["row"] for q in self.quarantine]
            self.problems.append(
                Problem(
                    "HF323",
                    "rows have more cells than there are columns and were set aside",
                    row=rows[0],
                    count=len(rows),
                )
            )
        if placed:
            self._append(placed)
            self.problems.append(
                Problem(
                    "HF110",
                    "rows have more cells than the header and were fitted to it",
                    row=placed[0][0],
                    count=len(placed),
                )
            )

    def _repeating_values(self) -> dict[int, frozenset[str]]:
        """Values of the columns that repeat themselves, such as departments."""
        found = {}
        for i, column in enumerate(self.arrays):
            values, indices = encoded(column)
            if 0 < len(values) < 0.3 * len(indices):
                found[i] = frozenset(v.strip() for v in values.to_pylist())
        return found

    def _append(self, placed: Sequence[tuple[int, list[str]]]) -> None:
        import numpy as np
        import pyarrow as pa

        numbers = np.concatenate([self.numbers, np.array([n for n, _ in placed], dtype=np.int64)])
        order = np.argsort(numbers, kind="stable")
        for i, column in enumerate(self.arrays):
            plain = _plain(column)
            extra = pa.array([row[i] for _, row in placed], type=pa.string())
            self.arrays[i] = pa.concat_arrays([plain, extra]).take(pa.array(order))
        self.numbers = numbers[order]
        self.height = len(numbers)


def _plain(column: pa.Array) -> pa.Array:
    import pyarrow as pa

    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column


def cell(column: pa.Array, i: int) -> str:
    return str(column[i].as_py())


def quarantined(row: int, code: str, column: str, value: str, text: str) -> dict[str, Any]:
    return {"row": row, "code": code, "column": column, "value": value, "text": text}
