"""A grid of text into payments: header, columns, amounts, dates, kinds. Every row ends in exactly one of three places.

staged = typed + quarantined + excluded holds for every table by construction: each non-blank row below the header
carries one state, and the counts are counts of states.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from holdfast.core.problem import Problem
from holdfast.spend import kinds, totals
from holdfast.spend.amounts import AmountStyle, amount_style, currency_in, parse_amounts
from holdfast.spend.columns import Columns, recognise
from holdfast.spend.dates import Calendar, is_far, middle_day, parse_dates, period_in_name
from holdfast.spend.grid import Grid, encoded
from holdfast.spend.headers import HeaderRow, HeaderWords, find_header, normalise
from holdfast.spend.mapping import SavedLayout, SavedMapping
from holdfast.spend.profile import SAMPLE, profile

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Mask = npt.NDArray[np.bool_]

TEXT_FIELDS = (
    "supplier", "supplier_id", "postcode", "town", "company_number", "charity_number", "vat_number", "body",
    "category", "category_code", "department", "description", "reference",
)  # fmt: skip

BLANK, TYPED, QUARANTINED, EXCLUDED = 0, 1, 2, 3


@dataclass(frozen=True)
class Style:
    """What a country brings to reading: calendar, currency, decimal mark, postcode form, header words."""

    calendar: Calendar
    currency: str
    words: HeaderWords
    postcode: re.Pattern[str] | None = None
    decimal: str = "."


@dataclass(frozen=True)
class Typed:
    """What became of a grid. ``payments`` lacks only the columns that the file itself cannot know (file, sheet)."""

    header_row: int | None
    mapping: dict[str, str]
    reasons: dict[str, str]
    headers: tuple[str, ...]
    staged: int
    typed: int
    quarantined: int
    excluded: int
    total: Decimal
    currency: str
    vat_basis: str
    payments: pa.Table | None
    quarantine: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    bodies: dict[str, int] = field(default_factory=dict)


def nothing(problems: Sequence[Problem], currency: str, header_row: int | None = None, headers: Sequence[str] = ()) -> Typed:
    """A table from which nothing was staged, and why."""
    return Typed(header_row, {}, {}, tuple(headers), 0, 0, 0, 0, Decimal("0.00"), currency, "as published", None, problems=list(problems))


def type_grid(grid: Grid, name: str, style: Style, saved: SavedMapping | None = None) -> Typed:
    """Read a grid as payments. ``name`` is the file's name, which may tell a period or that all rows are card payments."""
    problems = list(grid.problems)
    if not grid.width or not grid.height:
        reason = [] if any(p.severity == "error" for p in problems) else [Problem("HF103", "there are no rows")]
        return nothing([*problems, *reason], style.currency)
    header, below = _header(grid, style.words)
    columns, layout, found = _columns(grid, header, below, style, saved)
    problems += found
    if not _is_payment_table(columns):
        found = [p for p in problems if p.severity == "error" or p.code in ("HF111", "HF207")]
        return nothing([*found, *_why_not(header, columns)], style.currency, _number(grid, header), header.cells)
    return _Typing(grid, header, below, columns, layout, name, style, problems).result()


def _number(grid: Grid, header: HeaderRow) -> int | None:
    return grid.top[header.index][0] if header.index is not None else None


def _header(grid: Grid, words: HeaderWords) -> tuple[HeaderRow, int]:
    """The header and the position of the first data row. A file may carry its header only at the end."""
    import numpy as np

    header = find_header(grid.top, words)
    if header.index is not None:
        last = grid.top[header.index + header.span - 1][0]
        cells = (*header.cells, *[""] * (grid.width - len(header.cells)))[: grid.width]
        return HeaderRow(header.index, header.span, cells), int(np.searchsorted(grid.rows.to_numpy(), last, side="right"))
    for back in range(1, min(6, grid.height) + 1):
        i = grid.height - back
        cells = tuple(_cell(c, i) for c in grid.columns)
        if find_header([(1, cells)], words).index is not None:
            return HeaderRow(None, 0, cells), 0
    return HeaderRow(None, 0, ("",) * grid.width), 0


def _cell(column: pa.Array, i: int) -> str:
    return str(column[i].as_py())


def _columns(grid: Grid, header: HeaderRow, below: int, style: Style, saved: SavedMapping | None) -> tuple[Columns, SavedLayout | None, list[Problem]]:
    """Columns from the saved mapping where one fits, else recognised."""
    layout = None
    if saved:
        layout = saved.for_headers(header.cells) if any(header.cells) else saved.for_width(_used_width(grid, below))
    if layout:
        positions, problems = layout.positions(header.cells)
        reasons = dict.fromkeys(positions, "the saved mapping")
        return Columns(positions, reasons, layout.vat or "as published", ()), layout, problems
    samples = _samples(grid, below)
    profiles = [profile(s, style.calendar, style.postcode) for s in samples]
    columns = recognise(header.cells, profiles, samples, style.words)
    problems = list(columns.problems)
    if header.index is None and "amount" in columns.positions:
        problems.append(Problem("HF206", "the file has no header row above its data"))
    return columns, None, problems


def _used_width(grid: Grid, below: int) -> int:
    """Columns up to the last one with a filled cell among the sample."""
    filled = [any(v.strip() for v in s) for s in _samples(grid, below)]
    return max((i + 1 for i, f in enumerate(filled) if f), default=0)


def _samples(grid: Grid, below: int) -> list[list[str]]:
    """The same evenly spread, non-blank rows of every column."""
    import numpy as np
    import pyarrow as pa

    height = grid.height - below
    if height <= 0:
        return [[] for _ in grid.columns]
    picks = below + np.unique(np.linspace(0, height - 1, min(height, SAMPLE * 2)).astype(np.int64))
    taken = [c.take(pa.array(picks)).to_pylist() for c in grid.columns]
    keep = [r for r in range(len(picks)) if sum(1 for c in taken if c[r].strip()) >= 2][: SAMPLE * 2]
    step = max(1, len(keep) // SAMPLE)
    return [[c[r] for r in keep[::step]] for c in taken]


def _is_payment_table(columns: Columns) -> bool:
    return "amount" in columns.positions and ("supplier" in columns.positions or "date" in columns.positions)


def _why_not(header: HeaderRow, columns: Columns) -> list[Problem]:
    if header.index is None and not columns.positions:
        return [Problem("HF103", "no row reads like the header of a table of payments")]
    if "supplier" in columns.positions and "date" in columns.positions:
        return [Problem("HF201", "there are suppliers and dates, but no column could be told to be the amount")]
    missing = "an amount" if "amount" not in columns.positions else "a supplier or a date"
    return [Problem("HF103", f"the table lacks {missing}")]


class _Typing:
    """One grid on its way to payments; the steps share the decoded columns and one state per row."""

    def __init__(self, grid: Grid, header: HeaderRow, below: int, columns: Columns, layout: SavedLayout | None, name: str, style: Style, problems: list[Problem]) -> None:
        import numpy as np

        self.grid, self.header, self.columns, self.layout = grid, header, columns, layout
        self.name, self.style, self.problems = name, style, problems
        self.below = below
        self.arrays = [c.slice(below) for c in grid.columns]
        self.numbers: npt.NDArray[np.int64] = grid.rows.to_numpy()[below:]
        self.height = len(self.numbers)
        self.quarantine: list[dict[str, Any]] = []
        self.codes: dict[int, tuple[Any, npt.NDArray[np.int32]]] = {}
        self._place_wide_rows()
        self.state = np.full(self.height, TYPED, dtype=np.int8)

    # -- cells ---------------------------------------------------------------------------------------------------

    def coded(self, i: int) -> tuple[Any, npt.NDArray[np.int32]]:
        """Distinct values of a column and each row's index among them."""
        if i not in self.codes:
            values, indices = encoded(self.arrays[i])
            self.codes[i] = (values, indices.to_numpy(zero_copy_only=False))
        return self.codes[i]

    def at(self, name: str) -> int | None:
        return self.columns.positions.get(name)

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

    def blank(self, i: int) -> Mask:
        import pyarrow.compute as pc

        return self.value_mask(i, pc.equal(pc.utf8_trim_whitespace(self.coded(i)[0]), ""))

    # -- rows with too many cells --------------------------------------------------------------------------------

    def _place_wide_rows(self) -> None:
        """Rows with an unquoted delimiter in a cell: placed where only one way of joining cells fits, else quarantined."""
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
                self.quarantine.append(_quarantined(number, "HF110", "", "", raw))
            else:
                placed.append((number, fitted))
        self.set_aside = len(self.quarantine)
        if self.quarantine:
            rows = [q["row"] for q in self.quarantine]
            self.problems.append(Problem("HF323", "rows have more cells than there are columns and were set aside", row=rows[0], count=len(rows)))
        if placed:
            self._append(placed)
            self.problems.append(Problem("HF110", "rows have more cells than the header and were fitted to it", row=placed[0][0], count=len(placed)))

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
            plain = column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
            extra = pa.array([row[i] for _, row in placed], type=pa.string())
            self.arrays[i] = pa.concat_arrays([plain, extra]).take(pa.array(order))
        self.numbers = numbers[order]
        self.height = len(numbers)

    # -- the steps -----------------------------------------------------------------------------------------------

    def result(self) -> Typed:
        amounts, parsed_ok = self._amounts()
        self._leave_out_blank_rows(parsed_ok)
        self._leave_out_headers()
        self._leave_out_totals(amounts)
        self._quarantine_amounts(parsed_ok)
        days = self._dates()
        kinds_ = self._kinds(amounts)
        return self._finish(amounts, days, kinds_)

    def _amounts(self) -> tuple[npt.NDArray[np.int64], Mask]:
        """Amounts in pennies per row, and whether each could be read. Parts of a penny keep the total exact."""
        import numpy as np

        i = self.columns.positions["amount"]
        values, indices = self.coded(i)
        style = self._amount_style(values)
        parsed = parse_amounts(values, style.mark)  # type: ignore[arg-type]
        self.amount_blank = self.value_mask(i, parsed.blank)
        readable = self.value_mask(i, parsed.amounts.is_valid())
        if parsed.other_way:
            self.note("HF305", "amounts are written with the other decimal mark than the rest; only one reading fits them", self._indexed(i, parsed.other_way), column=self._label("amount"))
        pennies = pennies_of(parsed.amounts)[indices] if len(values) else np.zeros(0, dtype=np.int64)
        if parsed.remainders:
            pennies = self._keep_exact(pennies, indices, parsed.remainders)
        return pennies, readable

    def _amount_style(self, values: Any) -> AmountStyle:
        if self.layout and self.layout.decimal in (".", ","):
            return AmountStyle(self.layout.decimal, True)  # type: ignore[arg-type]
        style = amount_style(values, "," if self.style.decimal == "," else ".")
        if not style.certain and style.example:
            self.note("HF305", f"amounts were read with '{style.mark}' before the pence", column=self._label("amount"), value=style.example)
        return style

    def _keep_exact(self, pennies: npt.NDArray[np.int64], indices: npt.NDArray[np.int32], remainders: dict[int, Decimal]) -> npt.NDArray[np.int64]:
        """Give the pennies lost in rounding to the rows that lost most, so that the sum stays the sum of what was written."""
        import numpy as np

        rows = np.flatnonzero(np.isin(indices, np.fromiter(remainders, dtype=np.int64)))
        lost = [remainders[int(indices[r])] for r in rows]
        spare = int((sum(lost, Decimal(0)) * 100).to_integral_value())
        pennies = pennies.copy()
        sign = 1 if spare > 0 else -1
        order = sorted(range(len(rows)), key=lambda k: (-sign * lost[k], int(self.numbers[rows[k]])))
        for k in order[: abs(spare)]:
            pennies[rows[k]] += sign
        real = [int(r) for r, part in zip(rows, lost, strict=True) if abs(part) > Decimal("0.00001")]
        if real:
            mask = np.zeros(self.height, dtype=bool)
            mask[real] = True
            self.note("HF306", "amounts have parts of a penny", mask, column=self._label("amount"))
        return pennies

    def _label(self, name: str) -> str:
        i = self.at(name)
        return "" if i is None else self.header.cells[i].strip() or f"column {i + 1}"

    def _leave_out_blank_rows(self, readable: Mask) -> None:
        """Blank rows are not staged; rows with only the amount blank are left out and counted."""
        empty = self.amount_blank.copy()
        for i in range(len(self.arrays)):
            if not empty.any():
                break
            empty &= self.blank(i)
        self.state[empty] = BLANK
        no_amount = self.amount_blank & ~empty
        self.state[no_amount] = EXCLUDED
        self.blank_amounts = no_amount

    def _leave_out_headers(self) -> None:
        """The header standing again among the data: the amount cell holds the amount's header."""
        import pyarrow.compute as pc

        i = self.columns.positions["amount"]
        want = normalise(self.header.cells[i])
        if not want:
            return
        values, _ = self.coded(i)
        words = pc.indices_nonzero(pc.match_substring_regex(values, r"^[^0-9]*[A-Za-z]{2}[^0-9]*$"))
        same = {v for v, text in zip(words.to_pylist(), values.take(words).to_pylist(), strict=True) if normalise(text) == want}
        again = self._indexed(i, same) & (self.state != BLANK)
        self.state[again] = EXCLUDED
        self.blank_amounts &= ~again
        self.note("HF312", "the header row stands again among the data", again)

    def _leave_out_totals(self, pennies: npt.NDArray[np.int64]) -> None:
        """Footers: rows without supplier and date whose amount is the sum of rows above, or that say they are totals."""
        import numpy as np

        blank = [*self.numbers[self.blank_amounts].tolist(), *self.without_amount]
        if blank:
            self.problems.append(Problem("HF313", "rows have no amount", row=min(blank), count=len(blank)))
        supplier, day = self.at("supplier"), self.at("date")
        bare = self.state == TYPED
        for i in (supplier, day):
            if i is not None:
                bare &= self.blank(i) | self._says_total(i)
        if supplier is None or day is None:
            bare &= self._any_says_total() | self._mostly_blank()
        if not bare.any():
            return
        found = totals.total_rows(np.flatnonzero(bare), pennies, self.state == TYPED, self._any_says_total())
        mask = np.zeros(self.height, dtype=bool)
        mask[[r for r, _ in found]] = True
        self.state[mask] = EXCLUDED
        self.note("HF311", "rows repeat the sum of rows above them", mask)
        wrong = np.zeros(self.height, dtype=bool)
        wrong[[r for r, adds_up in found if not adds_up]] = True
        self.note("HF322", "rows say they are totals, but are not the sum of the rows above them", wrong)

    def _says_total(self, i: int) -> Mask:
        import pyarrow.compute as pc

        return self.value_mask(i, pc.match_substring_regex(pc.utf8_trim_whitespace(self.coded(i)[0]), totals.TOTAL_WORD))

    def _any_says_total(self) -> Mask:
        import numpy as np

        mask = np.zeros(self.height, dtype=bool)
        for i in range(len(self.arrays)):
            mask |= self._says_total(i)
        return mask

    def _mostly_blank(self) -> Mask:
        import numpy as np

        filled = np.zeros(self.height, dtype=np.int32)
        for i in range(len(self.arrays)):
            filled += ~self.blank(i)
        result: Mask = filled <= 1
        return result

    def _quarantine_amounts(self, readable: Mask) -> None:
        import numpy as np

        bad = (self.state == TYPED) & ~readable
        self.state[bad] = QUARANTINED
        i = self.columns.positions["amount"]
        at = np.flatnonzero(bad)
        for row in at:
            text = " | ".join(_cell(a, row) for a in self.arrays)
            self.quarantine.append(_quarantined(int(self.numbers[row]), "HF301", self._label("amount"), _cell(self.arrays[i], row), text))
        if len(at):
            self.note("HF301", "the amount is not a number", bad, column=self._label("amount"), value=_cell(self.arrays[i], int(at[0])))

    def _dates(self) -> pa.Array:
        """A day per row (null where unknown)."""
        import numpy as np
        import pyarrow as pa

        i = self.at("date")
        if i is None:
            return self._dates_from_name("the file has no date column")
        values, indices = self.coded(i)
        texts = values.to_pylist()
        counts = np.bincount(indices[self.state == TYPED], minlength=len(texts)).tolist()
        order = None if self.layout is None or self.layout.day_first is None else "day" if self.layout.day_first else "month"
        column = parse_dates(texts, counts, self.style.calendar, order)  # type: ignore[arg-type]
        middle = middle_day(column.days, counts)
        far = [p is not None and is_far(p.day, middle) for p in column.days]
        days = pa.array([None if p is None or f else p.day for p, f in zip(column.days, far, strict=True)], type=pa.date32())
        typed = self.state == TYPED
        unread = self.value_mask(i, days.is_null()) & typed
        if typed.any() and unread.sum() == typed.sum():
            return self._dates_from_name("no date in the date column can be read", unread)
        self._date_notes(column, far, texts, i, unread, typed)
        return days.take(pa.array(indices))

    def _date_notes(self, column: Any, far: list[bool], texts: list[str], i: int, unread: Mask, typed: Mask) -> None:
        import numpy as np
        import pyarrow as pa

        if not column.certain:
            words = "day" if column.order == "day" else "month"
            self.note("HF304", f"dates were read with the {words} first: {column.evidence}", column=self._label("date"))
        far_rows = self.value_mask(i, pa.array(far, type=pa.bool_())) & typed
        for code, message, mask in (
            ("HF303", "the date is far from the others in the file", far_rows),
            ("HF302", "the date cannot be read", unread & ~far_rows & ~self.blank(i)),
            ("HF324", "the date is blank", unread & self.blank(i)),
        ):
            at = np.flatnonzero(mask)
            if len(at):
                self.note(code, message, mask, column=self._label("date"), value=_cell(self.arrays[i], int(at[0])))
        period = pa.array([p is not None and p.period is not None for p in column.days], type=pa.bool_())
        self.note("HF318", "the file gives periods instead of days; the last day of each was used", self.value_mask(i, period) & typed, column=self._label("date"))

    def _dates_from_name(self, why: str, unread: Mask | None = None) -> pa.Array:
        import pyarrow as pa

        period = period_in_name(self.name, self.style.calendar)
        if period is None:
            self.note("HF203" if unread is None else "HF302", why, unread)
            return pa.nulls(self.height, pa.date32())
        self.note("HF318", f"{why}; its name gives the {period.period} ending {period.day.isoformat()}", unread)
        return pa.array([period.day], type=pa.date32()).take(pa.array([0] * self.height, type=pa.int32()))

    def _kinds(self, pennies: npt.NDArray[np.int64]) -> npt.NDArray[np.int8]:
        """A kind per row, as an index into :data:`kinds.KINDS`."""
        import numpy as np

        rank = {k: n for n, k in enumerate(kinds.KINDS)}
        result = np.where(pennies < 0, rank["credit"], rank["payment"]).astype(np.int8)

        def mark(rows: Mask, kind: str) -> None:
            result[rows] = np.minimum(result[rows], rank[kind])

        if (i := self.at("supplier")) is not None:
            values, indices = self.coded(i)
            per_value = np.full(len(values), len(kinds.KINDS), dtype=np.int8)
            for v, k in kinds.kinds_of_names(values).items():
                per_value[v] = rank[k]
            result = np.minimum(result, per_value[indices]) if len(values) else result
            self._mark_own_body(result, rank["internal"])
        if (i := self.at("category")) is not None:
            mark(self._indexed(i, kinds.internal_categories(self.coded(i)[0].to_pylist())), "internal")
        if (i := self.at("card")) is not None:
            mark(self._indexed(i, kinds.card_values(self.coded(i)[0].to_pylist())), "card")
        if (i := self.at("row_type")) is not None:
            for v, k in kinds.type_values(self.coded(i)[0].to_pylist()).items():
                mark(self._indexed(i, {v}), k)
        everything = np.ones(self.height, dtype=bool)
        if self.layout and self.layout.kind:
            return np.where(result == rank["credit"], result, rank[self.layout.kind]).astype(np.int8)
        if kinds.is_card_file(self.name, self.header.cells):
            mark(everything, "card")
        if kinds.is_contract_register(self.header.cells):
            mark(everything, "commitment")
        return result

    def _mark_own_body(self, result: npt.NDArray[np.int8], internal: int) -> None:
        """Payments to the paying body itself."""
        import numpy as np
        import pyarrow.compute as pc

        i, j = self.at("supplier"), self.at("body")
        if i is None or j is None:
            return
        bodies, body_of = self.coded(j)
        names, name_of = self.coded(i)
        known = pc.utf8_upper(pc.utf8_trim_whitespace(bodies))
        same = pc.fill_null(pc.index_in(pc.utf8_upper(pc.utf8_trim_whitespace(names)), known), -1).to_numpy(zero_copy_only=False)
        if len(same) and (same >= 0).any():
            upper = known.to_pylist()
            canonical = np.array([upper.index(v) if v else -2 for v in upper])
            rows = same[name_of] == canonical[body_of]
            result[rows] = np.minimum(result[rows], internal)

    def _indexed(self, i: int, wanted: set[int]) -> Mask:
        import numpy as np

        if not wanted:
            return np.zeros(self.height, dtype=bool)
        result: Mask = np.isin(self.coded(i)[1], np.fromiter(sorted(wanted), dtype=np.int64))
        return result

    # -- the finished table --------------------------------------------------------------------------------------

    def _finish(self, pennies: npt.NDArray[np.int64], days: pa.Array, kind: npt.NDArray[np.int8]) -> Typed:
        import numpy as np
        import pyarrow as pa

        keep = np.flatnonzero(self.state == TYPED)
        whole = len(keep) == self.height
        take = pa.array(keep)
        data: dict[str, Any] = {"row": pa.array(self.numbers[keep])}
        data["date"] = days if whole else days.take(take)
        data["amount"] = decimals_of(pennies[keep])
        for name in TEXT_FIELDS:
            data[name] = self._text(name, take, whole)
        data["kind"] = pa.DictionaryArray.from_arrays(pa.array(kind[keep].astype(np.int32)), pa.array(kinds.KINDS))
        data["reversal_of"] = self._reversals(pennies, kind, keep)
        currency = self._currency()
        self._kind_notes(kind, data)
        table = pa.table(data)
        return Typed(
            header_row=_number(self.grid, self.header),
            mapping={n: self.header.cells[i].strip() or f"column {i + 1}" for n, i in sorted(self.columns.positions.items(), key=lambda x: x[1])},
            reasons=dict(self.columns.reasons),
            headers=self.header.cells,
            staged=int((self.state != BLANK).sum()) + self.set_aside + len(self.without_amount),
            typed=len(keep),
            quarantined=int((self.state == QUARANTINED).sum()) + self.set_aside,
            excluded=int((self.state == EXCLUDED).sum()) + len(self.without_amount),
            total=Decimal(int(pennies[keep].sum())).scaleb(-2) if len(keep) else Decimal("0.00"),
            currency=currency,
            vat_basis=self.columns.vat_basis,
            payments=table,
            quarantine=sorted(self.quarantine, key=lambda q: q["row"]),
            problems=self._finished_problems(),
            bodies=self._bodies(keep),
        )

    def _text(self, name: str, take: pa.Array, whole: bool) -> pa.Array:
        """A text column, cleaned value by value; blank is null."""
        import pyarrow as pa

        i = self.at(name)
        if i is None:
            return pa.nulls(len(take), pa.string())
        values, indices = self.coded(i)
        cleaned, notes = clean_text(values)
        for code, message, mask in notes:
            self.note(code, message, self.value_mask(i, mask) & (self.state == TYPED), column=self._label(name))
        rows = pa.array(indices) if whole else pa.array(indices).take(take)
        if cleaned.null_count:
            return cleaned.take(rows) if len(cleaned) > 0.5 * len(rows) else cleaned.take(rows).dictionary_encode()
        return pa.DictionaryArray.from_arrays(rows, cleaned)

    def _reversals(self, pennies: npt.NDArray[np.int64], kind: npt.NDArray[np.int8], keep: npt.NDArray[np.intp]) -> pa.Array:
        """For each credit the row it takes back, where exactly one earlier payment fits."""
        import numpy as np
        import pyarrow as pa

        i = self.at("supplier")
        result = np.zeros(len(keep), dtype=np.int64)
        credits = pennies[keep] < 0
        if i is None or not credits.any():
            return pa.nulls(len(keep), pa.int64())
        supplier = self.coded(i)[1][keep].astype(np.int64)
        sizes = np.abs(pennies[keep])
        shared = np.isin(sizes, sizes[credits]) & np.isin(supplier, supplier[credits])
        totals.pair_reversals(np.flatnonzero(shared), supplier, pennies[keep], self.numbers[keep], result)
        return pa.array(result, mask=result == 0)

    def _currency(self) -> str:
        if self.layout and self.layout.currency:
            return self.layout.currency
        i = self.at("currency")
        if i is not None:
            values, indices = self.coded(i)
            names = sorted({v.strip().upper() for v in values.to_pylist() if re.fullmatch(r"[A-Za-z]{3}", v.strip())})
            if len(names) > 1:
                self.note("HF319", f"amounts are in {', '.join(names)}; all were read as {names[0]}")
            if names:
                return names[0]
        label = self.header.cells[self.columns.positions["amount"]]
        first = self.coded(self.columns.positions["amount"])[0]
        return currency_in(label) or (currency_in(str(first[0].as_py())) if len(first) else None) or self.style.currency

    def _kind_notes(self, kind: npt.NDArray[np.int8], data: dict[str, Any]) -> None:
        import numpy as np

        typed = self.state == TYPED
        rank = {k: n for n, k in enumerate(kinds.KINDS)}
        for code, message, names in (
            ("HF308", "the supplier's name is withheld", ("redacted",)),
            ("HF310", "rows are commitments or contracts, not payments", ("commitment",)),
            ("HF317", "rows were paid by purchase card", ("card",)),
            ("HF321", "rows are internal, payroll or to private persons", ("personal", "payroll", "internal")),
            ("HF309", "amounts are credits or reversals", ("credit",)),
        ):
            self.note(code, message, typed & np.isin(kind, [rank[n] for n in names]))
        if (i := self.at("supplier")) is None:
            self.note("HF202", "no column could be told to be the supplier")
        else:
            self.note("HF307", "the supplier is not stated", self.blank(i) & typed)

    def _finished_problems(self) -> list[Problem]:
        if self.columns.vat_basis == "as published":
            return [*self.problems, Problem("HF208", "the file does not say whether amounts include VAT")]
        return self.problems

    def _bodies(self, keep: npt.NDArray[np.intp]) -> dict[str, int]:
        import numpy as np

        i = self.at("body")
        if i is None:
            return {}
        values, indices = self.coded(i)
        counts = np.bincount(indices[keep], minlength=len(values)).tolist()
        named = [(v.strip(), n) for v, n in zip(values.to_pylist(), counts, strict=True) if v.strip() and n]
        return dict(sorted(named, key=lambda x: (-x[1], x[0]))[:5])


def _quarantined(row: int, code: str, column: str, value: str, text: str) -> dict[str, Any]:
    return {"row": row, "code": code, "column": column, "value": value, "text": text}


def pennies_of(amounts: pa.Array) -> npt.NDArray[np.int64]:
    """Decimal(18,2) as whole pennies; nulls become zero. Reads the low half of each 128-bit number in place."""
    import numpy as np
    import pyarrow.compute as pc

    filled = pc.fill_null(amounts, Decimal("0.00"))
    words = np.frombuffer(filled.buffers()[1], dtype="<i8")
    return words[2 * filled.offset : 2 * (filled.offset + len(filled)) : 2]


def decimals_of(pennies: npt.NDArray[np.int64]) -> pa.Array:
    """Whole pennies as Decimal(18,2), exactly."""
    import numpy as np
    import pyarrow as pa

    words = np.empty((len(pennies), 2), dtype="<i8")
    words[:, 0] = pennies
    words[:, 1] = pennies >> 63  # the sign fills the high half
    return pa.Array.from_buffers(pa.decimal128(18, 2), len(pennies), [None, pa.py_buffer(words.tobytes())])


#: Characters that could move a cursor, hide text or turn its direction (RE2 syntax).
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x{80}-\x{9f}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}]"


_WORTH_CLEANING = r"[\x00-\x1f\x7f\x{80}-\x{a0}\x{200b}-\x{202e}\x{2066}-\x{2069}ÂÃâï]|\s\s|^[\s=@]|\s$"


def clean_text(values: pa.Array) -> tuple[pa.Array, list[tuple[str, str, Any]]]:
    """Trim, fold spaces, remove control characters, undo double encoding; blank becomes null. With notes of what was done."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from holdfast.spend.encoding import undo_double_encoding

    notes: list[tuple[str, str, Any]] = []
    if not pc.any(pc.match_substring_regex(values, _WORTH_CLEANING)).as_py():
        blank = pc.equal(values, "")
        return (pc.if_else(blank, pa.scalar(None, pa.string()), values) if pc.any(blank).as_py() else values), notes
    twice = pc.match_substring_regex(values, "[ÂÃâï][\\x{80}-\\x{bf}€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
    if pc.any(twice).as_py():
        notes.append(("HF109", "text was encoded twice and was put right", twice))
        values = pa.array([undo_double_encoding(v) if t else v for v, t in zip(values.to_pylist(), twice.to_pylist(), strict=True)], type=pa.string())
    control = pc.match_substring_regex(values, _CONTROL)
    if pc.any(control).as_py():
        notes.append(("HF316", "control characters were removed from cells", control))
        values = pc.replace_substring_regex(values, _CONTROL, "")
    values = pc.utf8_trim_whitespace(values)
    if pc.any(pc.match_substring_regex(values, r"\s\s|[\t\n\r\x{a0}]")).as_py():
        values = pc.replace_substring_regex(values, r"[\s\x{a0}]+", " ")
    formula = pc.match_substring_regex(values, r"^[=@]")
    if pc.any(formula).as_py():
        notes.append(("HF315", "cells start like a formula and were read as text", formula))
    blank = pc.equal(values, "")
    if pc.any(blank).as_py():
        values = pc.if_else(blank, pa.scalar(None, pa.string()), values)
    return values, notes
