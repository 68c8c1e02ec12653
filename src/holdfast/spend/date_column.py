"""The day of each row, from the date column or, failing that, from the period the file's name states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from holdfast.spend.dates import in_month, is_far, middle_day, parse_dates, period_in_text
from holdfast.spend.headers import normalise
from holdfast.spend.staged import TYPED, Staged, cell

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Mask = npt.NDArray[np.bool_]


def dates_of(s: Staged) -> pa.Array:
    """A day per row (null where unknown)."""
    import numpy as np
    import pyarrow as pa

    i = s.at("date")
    if i is None:
        return _dates_from_name(s, "the file has no date column")
    values, indices = s.coded(i)
    texts = values.to_pylist()
    counts = np.bincount(indices[s.state == TYPED], minlength=len(texts)).tolist()
    order = None if s.layout is None or s.layout.day_first is None else "day" if s.layout.day_first else "month"
    column = parse_dates(texts, counts, s.style.calendar, order)  # type: ignore[arg-type]
    if all(p is None or p.period == "year" for p in column.days) and (month := _month_column(s)) is not None:
        return _from_year_and_month(s, i, month)
    middle = middle_day(column.days, counts)
    far = [p is not None and is_far(p.day, middle) for p in column.days]
    days = pa.array(
        [None if p is None or f else p.day for p, f in zip(column.days, far, strict=True)], type=pa.date32()
    )
    typed = s.state == TYPED
    unread = s.value_mask(i, days.is_null()) & typed
    if typed.any() and unread.sum() == typed.sum():
        return _dates_from_name(s, "no date in the date column can be read", unread)
    _date_notes(s, column, far, texts, i, unread, typed)
    return days.take(pa.array(indices))


def _month_column(s: Staged) -> int | None:
    """A column of months beside the one of years."""
    named = [i for i, h in enumerate(s.header.cells) if normalise(h) in ("month", "month name", "calendar month")]
    return next((i for i in named if i != s.at("date")), None)


def _from_year_and_month(s: Staged, year: int, month: int) -> pa.Array:
    """The last day of the month that two columns name together."""
    import numpy as np
    import pyarrow as pa

    years, year_of = s.coded(year)
    months, month_of = s.coded(month)
    parsed = [[in_month(y, m, s.style.calendar) for m in months.to_pylist()] for y in years.to_pylist()]
    days = pa.array([p.day if p else None for row in parsed for p in row], type=pa.date32())
    both = year_of.astype(np.int64) * len(months) + month_of
    s.note("HF318", "the file gives a year and a month; the last day of each was used", s.state == TYPED)
    found = days.take(pa.array(both))
    unread = np.asarray(found.is_null().to_numpy(zero_copy_only=False)) & (s.state == TYPED)
    s.note("HF302", "the year and month cannot be read", unread, column=s.label("date"))
    return found


def _date_notes(s: Staged, column: Any, far: list[bool], texts: list[str], i: int, unread: Mask, typed: Mask) -> None:
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
    s.note(
        "HF318",
        "the file gives periods instead of days; the last day of each was used",
        s.value_mask(i, period) & typed,
        column=s.label("date"),
    )


def _dates_from_name(s: Staged, why: str, unread: Mask | None = None) -> pa.Array:
    import pyarrow as pa

    period = period_in_text(s.name, s.style.calendar) or period_in_text(s.title, s.style.calendar)
    if period is None:
        s.note("HF203" if unread is None else "HF302", why, unread)
        return pa.nulls(s.height, pa.date32())
    s.note("HF318", f"{why}; its name or title gives the {period.period} ending {period.day.isoformat()}", unread)
    return pa.array([period.day], type=pa.date32()).take(pa.array([0] * s.height, type=pa.int32()))
