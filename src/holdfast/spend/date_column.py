"""The day of each row, from the date column or, failing that, from the period the file's name states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from holdfast.spend.dates import Parsed, in_month, is_far, middle_day, parse_dates, period_in_text, period_number
from holdfast.spend.headers import normalise
from holdfast.spend.staged import TYPED, Staged, cell

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Mask = npt.NDArray[np.bool_]


def dates_of(s: Staged, *, month_first: bool = False) -> pa.Array:
    """A day per row (null where unknown). ``month_first``: so dates are read where nothing else decides."""
    import numpy as np
    import pyarrow as pa

    i = s.at("date")
    if i is None:
        return _dates_from_name(s, "the file has no date column")
    values, indices = s.coded(i)
    texts = values.to_pylist()
    counts = np.bincount(indices[s.state == TYPED], minlength=len(texts)).tolist()
    order = None if s.layout is None or s.layout.day_first is None else "day" if s.layout.day_first else "month"
    calendar = replace(s.style.calendar, default_order="month") if month_first else s.style.calendar
    column = parse_dates(texts, counts, calendar, order)  # type: ignore[arg-type]
    if month_first and not column.certain and column.order == "month":
        column = replace(column, evidence=f"{column.evidence}, but its currency or headers are American")
    if (fiscal := _fiscal_months(s, i, texts)) is not None:
        column = replace(column, days=fiscal)
    if all(p is None or p.period == "year" for p in column.days) and (beside := _beside_the_year(s)) is not None:
        return _from_parts(s, i, *beside)
    middle = middle_day(column.days, counts)
    far = [p is not None and is_far(p.day, middle) for p in column.days]
    days = pa.array(
        [None if p is None or f else p.day for p, f in zip(column.days, far, strict=True)], type=pa.date32()
    )
    typed = s.state == TYPED
    unread = s.value_mask(i, days.is_null()) & typed
    if typed.any() and unread.sum() == typed.sum():
        return _dates_from_name(s, "no date in the date column can be read", unread)
    _date_notes(s, column, far, texts, i, unread, typed, fiscal is not None)
    return days.take(pa.array(indices))


#: Headers of months, of periods of a financial year, and of days, beside a column of years.
_MONTHS = ("month", "month name", "calendar month", "month no", "month number", "payment month", "month paid")
_PERIODS = (
    *("period", "period no", "period number", "fiscal period", "financial period", "accounting period"),
    *("fin period", "posting period", "ledger period", "acc period", "financial year period"),
)
_DAYS = ("day", "day of month", "day no", "day number", "payment day")


def _beside_the_year(s: Staged) -> tuple[int, bool, int | None] | None:
    """A column of months or of numbered periods beside the one of years, whether it is of periods, and one of days."""
    named = {normalise(h): i for i, h in reversed(list(enumerate(s.header.cells))) if i != s.at("date")}
    month = next((named[h] for h in _MONTHS if h in named), None)
    if month is not None:
        return month, False, next((named[h] for h in _DAYS if h in named), None)
    period = next((named[h] for h in _PERIODS if h in named), None)
    if period is None:
        return None
    values = [v.strip() for v in s.coded(period)[0].to_pylist() if v.strip()]
    # periods 13 and later are for closing the year
    numbered = all((n := period_number(v)) is not None and 1 <= n <= 16 for v in values)
    return (period, True, None) if values and numbered else None


def _from_parts(s: Staged, year: int, month: int, fiscal: bool, day: int | None) -> pa.Array:
    """The day that two or three columns name together, or the last day of the month."""
    import numpy as np
    import pyarrow as pa

    years, year_of = s.coded(year)
    months, month_of = s.coded(month)
    days, day_of = s.coded(day) if day is not None else (pa.array([""]), np.zeros(s.height, dtype=np.int32))
    parsed = [[in_month(y, m, s.style.calendar, fiscal=fiscal) for m in months.to_pylist()] for y in years.to_pylist()]
    table = pa.array(
        [_on_day(p.day, d) if p else None for row in parsed for p in row for d in days.to_pylist()], type=pa.date32()
    )
    together = (year_of.astype(np.int64) * len(months) + month_of) * len(days) + day_of
    if day is None:
        words = "a financial year and the number of its month" if fiscal else "a year and a month"
        s.note("HF318", f"the file gives {words}; the last day of each was used", s.state == TYPED)
    found = table.take(pa.array(together))
    unread = np.asarray(found.is_null().to_numpy(zero_copy_only=False)) & (s.state == TYPED)
    s.note("HF302", "the year and month cannot be read", unread, column=s.label("date"))
    return found


def _on_day(last: date, day: str) -> date | None:
    """A day of the month that ``last`` ends; the last where none is given, ``None`` where the month has no such day."""
    number = day.strip().removesuffix(".0")
    if not number:
        return last
    return last.replace(day=int(number)) if number.isdigit() and 1 <= int(number) <= last.day else None


def _date_notes(
    s: Staged, column: Any, far: list[bool], texts: list[str], i: int, unread: Mask, typed: Mask, fiscal: bool
) -> None:
    import numpy as np
    import pyarrow as pa

    if not column.certain:
        words = "day" if column.order == "day" else "month"
        s.note("HF304", f"dates were read with the {words} first: {column.evidence}", column=s.label("date"))
    elif column.order != s.style.calendar.default_order and s.layout is None:
        words = "day" if column.order == "day" else "month"
        s.note("HF328", f"dates have the {words} first, which is not usual in this country", column=s.label("date"))
    swapped = pa.array([p is not None and p.swapped for p in column.days], type=pa.bool_())
    if s.layout is not None and s.layout.day_first is not None:
        message = "dates are impossible in the order the mapping gives and were read the other way round"
        s.note("HF304", message, s.value_mask(i, swapped) & typed, column=s.label("date"))
    far_rows = s.value_mask(i, pa.array(far, type=pa.bool_())) & typed
    for code, message, mask in (
        ("HF303", "the date is far from the others in the file", far_rows),
        ("HF302", "the date cannot be read", unread & ~far_rows & ~s.blank(i)),
        ("HF324", "the date is blank", unread & s.blank(i)),
    ):
        at = np.flatnonzero(mask)
        if len(at):
            s.note(code, message, mask, column=s.label("date"), value=cell(s.arrays[i], int(at[0])))
    period = pa.array([p is not None and p.period is not None for p in column.days], type=pa.bool_())
    what = "the file gives periods instead of days; the last day of each was used"
    if _could_be_fiscal(s, i, texts) and not fiscal:
        what += "; they were taken for months of calendar years, which nothing in the file says"
    s.note("HF318", what, s.value_mask(i, period) & typed, column=s.label("date"))


_YEAR_PERIOD = re.compile(r"\s*(\d{4})[/\-]?(0[1-9]|1[0-2])\s*")


def _could_be_fiscal(s: Staged, i: int, texts: Sequence[str]) -> bool:
    """Whether a column gives numbered periods such as 202401, which may count the months of financial years."""
    named = normalise(s.header.cells[i]) in _PERIODS and s.style.calendar.first_month > 1
    filled = [t for t in texts if t.strip()]
    return named and bool(filled) and all(_YEAR_PERIOD.fullmatch(t) for t in filled)


def _fiscal_months(s: Staged, i: int, texts: Sequence[str]) -> list[Parsed | None] | None:
    """Numbered periods as months of a financial year, named by the year it ends or begins in, where the month that the
    file's name or title states proves it; else ``None``."""
    if len(texts) != 1 or not _could_be_fiscal(s, i, texts):
        return None
    stated = period_in_text(s.name, s.style.calendar) or period_in_text(s.title, s.style.calendar)
    m = _YEAR_PERIOD.fullmatch(texts[0])
    if stated is None or stated.period != "month" or m is None:
        return None
    year, number = int(m[1]), m[2]
    ways = [in_month(f"{y}/{y + 1}", number, s.style.calendar, fiscal=True) for y in (year - 1, year)]
    proved: list[Parsed | None] = [w for w in ways if w is not None and w.day == stated.day]
    return proved or None


_SPLIT_YEAR = re.compile(r"(?<!\d)20(\d{2})\s*[/\-_ ]\s*(?:20)?(\d{2})(?!\d)")


def _stated_period(s: Staged) -> Parsed | None:
    """The period that the sheet's name states, or the file's, or the title; a sheet may give the month and they the
    year."""
    sheet, calendar = s.grid.sheet or "", s.style.calendar
    around = (s.name, s.title)
    if found := period_in_text(sheet, calendar):
        return found
    month = next((w for w in re.findall(r"[A-Za-z]{3,}", sheet) if calendar.month(w)), None)
    years = next((m for text in around for m in _SPLIT_YEAR.finditer(text) if int(m[2]) == (int(m[1]) + 1) % 100), None)
    if month and years and (found := in_month(f"20{years[1]}/{years[2]}", month, calendar)):
        return found
    return next((found for text in around if (found := period_in_text(text, calendar))), None)


def _dates_from_name(s: Staged, why: str, unread: Mask | None = None) -> pa.Array:
    import pyarrow as pa

    period = _stated_period(s)
    if period is None:
        s.note("HF203" if unread is None else "HF302", why, unread)
        return pa.nulls(s.height, pa.date32())
    where = "its name, sheet or title" if s.grid.sheet else "its name or title"
    s.note("HF318", f"{why}; {where} gives the {period.period} ending {period.day.isoformat()}", unread)
    return pa.array([period.day], type=pa.date32()).take(pa.array([0] * s.height, type=pa.int32()))
