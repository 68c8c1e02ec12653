"""When a register was published, as its file's name tells."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_TURNED = re.compile(r"(?<!\d)(0?[1-9]|[12]\d|3[01])[-_. ]([A-Za-z]{3})[a-z]*[-_. ](20\d\d)(?!\d)")
_MONTH = re.compile(r"(?<!\d)(20\d\d)[-_.](0[1-9]|1[0-2])(?!\d)")
_QUARTER = re.compile(r"(?<!\d)(20\d\d)[-_. ]?q([1-4])(?!\d)", re.IGNORECASE)
_YEARS = re.compile(r"(?<!\d)(20\d\d)[-_](20)?(\d\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def date_in_name(name: str) -> str:
    """``BasicCompanyData-2020-05-01.csv`` -> ``2020-05-01``; ``co-ops_2023_q2`` -> ``2023-06``; blank for none.

    A day, else a month, else a year. Of a quarter and of a year that spans two, the end counts.
    """
    if day := _DAY.search(name):
        return "-".join(day.groups())
    if (turned := _TURNED.search(name)) and turned[2].lower() in _MONTHS:
        return f"{turned[3]}-{_MONTHS.index(turned[2].lower()) + 1:02d}-{int(turned[1]):02d}"
    if quarter := _QUARTER.search(name):
        return f"{quarter[1]}-{int(quarter[2]) * 3:02d}"
    if (years := _YEARS.search(name)) and int(years[3]) == (int(years[1]) + 1) % 100:
        return f"{int(years[1]) + 1}"
    if month := _MONTH.search(name):
        return "-".join(month.groups())
    year = _YEAR.search(name)
    return year[1] if year else ""


def day_of(text: str) -> date | None:
    """The day a date stands for: of a month or a year its last; ``None`` for a text that is no date."""
    try:
        parts = [int(p) for p in text.split("-")]
        year, month = parts[0], parts[1] if len(parts) > 1 else 12
        return date(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1])
    except (ValueError, IndexError):
        return None
