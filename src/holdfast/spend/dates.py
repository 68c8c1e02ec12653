"""Dates: the order of day and month is decided from a whole column, and what a cell cannot tell stays unknown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Literal

Order = Literal["day", "month"]
#: Years a payment can lie in. Outside, a date is a slip of the pen.
FIRST_YEAR, LAST_YEAR = 1994, 2079
#: How far from the middle of its file a payment may lie before its date is not believed.
FAR_DAYS = 366 * 12

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)

_TIME = r"(?:[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[AaPp][Mm])?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_NUMERIC = re.compile(rf"(\d{{1,2}})\s*[/.\-_]\s*(\d{{1,2}})\s*[/.\-_]\s*(\d{{4}}|\d{{2}}){_TIME}")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NAMED = re.compile(
    rf"(?:[A-Za-z]{{3,9}},?\s+)?(\d{{1,2}})(?:st|nd|rd|th)?[\s\-/.]*([A-Za-z]{{3,9}})\.?[\s\-/.,'’]*(\d{{4}}|\d{{2}}){_TIME}"
)
_NAMED_US = re.compile(
    rf"(?:[A-Za-z]{{3,9}},?\s+)?([A-Za-z]{{3,9}})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_TIME}"
)
_SERIAL = re.compile(r"([2-7]\d{4})(?:\.\d+)?")
_MONTH_YEAR = re.compile(r"([A-Za-z]{3,9})[\s\-/'_.,]*(\d{4}|\d{2})")
_YEAR_MONTH = re.compile(r"(\d{4})[\s\-/_.]*(0[1-9]|1[0-2])")
_YEAR_NAMED_MONTH = re.compile(r"(\d{4})[\s\-/_.]*([A-Za-z]{3,9})")
_MONTH_NUMBER_YEAR = re.compile(r"(0?[1-9]|1[0-2])[/\-.](\d{4})")
_PERIOD_YEARS = re.compile(
    r"(?i)(?:(?:p|pd|per|period|m|mth|month)\s*)?(0?[1-9]|1[0-2])[\s/\-]+(\d{4}\s*[/\-]\s*(?:\d{4}|\d{2}))"
)
_YEARS_PERIOD = re.compile(
    r"(?i)(\d{4}\s*[/\-]\s*(?:\d{4}|\d{2}))[\s/\-]+(?:p|pd|per|period|m|mth|month)\s*(0?[1-9]|1[0-2])"
)
_QUARTER = re.compile(r"(?:Q|q|Qtr|qtr|Quarter|quarter)\s*([1-4])[\s\-/,_]*(\d{4})(?:\s*[/\-]\s*(\d{4}|\d{2}))?")
_QUARTER_LAST = re.compile(r"(\d{4})(?:\s*[/\-]\s*(\d{4}|\d{2}))?[\s\-/,_]*(?:Q|q|Qtr|qtr|Quarter|quarter)\s*([1-4])")
_MONTHS_YEAR = re.compile(r"([A-Za-z]{3,9})[\s\-/_.,]*(\d{4})?\s*(?:-|–|to)\s*([A-Za-z]{3,9})[\s\-/_.,]*(\d{4})")
_YEARS = re.compile(r"(\d{4})\s*[/\-]\s*(\d{4}|\d{2})")
_YEAR = re.compile(r"(?:FY\s*)?(\d{4})(?:\.0+)?")
_NIL = frozenset({"", "-", "n/a", "na", "none", "null", "nil", "00:00:00", "00/00/0000", "0000-00-00", "00.00.0000"})


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a country adds: month names in its languages, and the month its fiscal year begins."""

    first_month: int = 4
    default_order: Order = "day"
    month_names: Mapping[str, int] = field(default_factory=dict)

    def month(self, name: str) -> int | None:
        """``Sept`` -> 9; ``None`` where the word is no month."""
        low = name.lower()
        if low in self.month_names:
            return self.month_names[low]
        return _english_months().get(low)


@cache
def _english_months() -> dict[str, int]:
    return {m[:n]: i for i, m in enumerate(MONTHS, 1) for n in range(3, len(m) + 1)}


@dataclass(frozen=True, slots=True)
class Parsed:
    """A day, or the last day of a period (``period``: month, quarter, year)."""

    day: date
    period: str | None = None
    swapped: bool = False


def parse_date(text: str, order: Order, calendar: Calendar, *, serials: bool = True) -> Parsed | None:
    """The day a cell names, or ``None``. A day-month order that is impossible for the value gives way (``swapped``)."""
    s = text.strip()
    if s.lower() in _NIL:
        return None
    try:
        for attempt in (_iso, _numeric, _named, _compact, _serial if serials else None, _periods):
            found = attempt(s, order, calendar) if attempt else None
            if found is not None:
                return found
        return _first_of_range(s, order, calendar)
    except (ValueError, OverflowError):  # years that no calendar has, such as 0000
        return None


def _safe(y: int, m: int, d: int) -> date | None:
    try:
        return date(y, m, d)
    except ValueError:
        return None


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text) if int(text) < 80 else 1900 + int(text)


def _iso(s: str, order: Order, calendar: Calendar) -> Parsed | None:
    m = _ISO.fullmatch(s)
    day = _safe(int(m[1]), int(m[2]), int(m[3])) if m else None
    return Parsed(day) if day else None


def _numeric(s: str, order: Order, calendar: Calendar) -> Parsed | None:
    m = _NUMERIC.fullmatch(s)
    if not m:
        return None
    a, b, y = int(m[1]), int(m[2]), _year(m[3])
    first, second = ((b, a), (a, b)) if order == "day" else ((a, b), (b, a))
    day = _safe(y, *first)
    if day:
        return Parsed(day)
    day = _safe(y, *second)
    return Parsed(day, swapped=True) if day else None


def _named(s: str, order: Order, calendar: Calendar) -> Parsed | None:
    m = _NAMED.fullmatch(s)
    if m and (month := calendar.month(m[2])):
        day = _safe(_year(m[3]), month, int(m[1]))
        return Parsed(day) if day else None
    m = _NAMED_US.fullmatch(s)
    if m and (month := calendar.month(m[1])):
        day = _safe(int(m[3]), month, int(m[2]))
        return Parsed(day) if day else None
    return None


def _compact(s: str, order: Order, calendar: Calendar) -> Parsed | None:
    m = _COMPACT.fullmatch(s)
    day = _safe(int(m[1]), int(m[2]), int(m[3])) if m else None
    return Parsed(day) if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


def _serial(s: str, order: Order, calendar: Calendar) -> Parsed | None:
    m = _SERIAL.fullmatch(s)
    return Parsed(date(1899, 12, 30) + timedelta(days=int(m[1]))) if m else None


def month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _periods(s: str, order: Order, calendar: Calendar) -> Parsed | None:
    """Months, quarters and years, each as its last day. Quarters and split years are fiscal; a lone year is too."""
    if (m := _MONTH_YEAR.fullmatch(s)) and (month := calendar.month(m[1])):
        return Parsed(month_end(_year(m[2]), month), "month")
    if (m := _YEAR_NAMED_MONTH.fullmatch(s)) and (month := calendar.month(m[2])):
        return Parsed(month_end(int(m[1]), month), "month")
    if m := _YEAR_MONTH.fullmatch(s):
        return _believable(month_end(int(m[1]), int(m[2])), "month")
    if m := _MONTH_NUMBER_YEAR.fullmatch(s):
        return _believable(month_end(int(m[2]), int(m[1])), "month")
    for pattern, month, years in ((_PERIOD_YEARS, 1, 2), (_YEARS_PERIOD, 2, 1)):
        if (m := pattern.fullmatch(s)) and (pair := _YEARS.fullmatch(m[years])) and _in_turn(pair):
            return in_month(m[years], m[month], calendar, fiscal=True)
    if m := _QUARTER.fullmatch(s):
        return Parsed(_quarter_end(int(m[2]), int(m[1]), bool(m[3]), calendar), "quarter")
    if m := _QUARTER_LAST.fullmatch(s):
        return Parsed(_quarter_end(int(m[1]), int(m[3]), bool(m[2]), calendar), "quarter")
    if m := _MONTHS_YEAR.fullmatch(s):
        return _span_of_months(m, calendar)
    if (m := _YEARS.fullmatch(s)) and _in_turn(m):
        return _believable(_fiscal_end(int(m[1]), calendar), "year")
    if m := _YEAR.fullmatch(s):
        # a fiscal year with one number is named by the year it ends in
        first = int(m[1]) - (1 if calendar.first_month > 1 else 0)
        return _believable(_fiscal_end(first, calendar), "year")
    return None


def _in_turn(years: re.Match[str]) -> bool:
    """``2023/24`` but not ``2023/12``: the second year follows the first."""
    return int(years[2][-2:]) == (int(years[1]) + 1) % 100


def _span_of_months(m: re.Match[str], calendar: Calendar) -> Parsed | None:
    """``July 2010-September 2010`` or ``Apr-Jun 2014``: the end of the last month."""
    first, last = calendar.month(m[1]), calendar.month(m[3])
    return Parsed(month_end(_year(m[4]), last), "quarter") if first and last else None


def _believable(day: date, period: str) -> Parsed | None:
    return Parsed(day, period) if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _fiscal_end(start_year: int, calendar: Calendar) -> date:
    return date(start_year + 1, calendar.first_month, 1) - timedelta(days=1)


def _quarter_end(year: int, quarter: int, fiscal: bool, calendar: Calendar) -> date:
    first = calendar.first_month if fiscal else 1
    month = first + quarter * 3 - 1
    return month_end(year + (month - 1) // 12, (month - 1) % 12 + 1)


_RANGE = re.compile(r"(\d{1,4}[/.\-]\d{1,2}[/.\-]\d{2,4})\s*(?:-|–|to|deri|\s).*")


def _first_of_range(s: str, order: Order, calendar: Calendar) -> Parsed | None:
    m = _RANGE.fullmatch(s)
    if not m:
        return None
    return _iso(m[1], order, calendar) or _numeric(m[1], order, calendar)


@dataclass(frozen=True)
class DateColumn:
    """What a column's dates are: per distinct value a day or ``None``, and how the order was settled."""

    days: list[Parsed | None]
    order: Order
    certain: bool
    evidence: str


def parse_dates(
    values: Sequence[str], counts: Sequence[int], calendar: Calendar, order: Order | None = None
) -> DateColumn:
    """Parse the distinct values of a column, weighing each by how often it stands there."""
    if order:
        settled, certain, evidence = order, True, "the mapping says so"
    else:
        settled, certain, evidence = decide_order(values, counts, calendar)
    days = [parse_date(v, settled, calendar) for v in values]
    if order is None and settled == "day" and _exchanged_by_spreadsheet(values, days):
        days = [_exchanged(v, day) for v, day in zip(values, days, strict=True)]
        certain, evidence = (
            False,
            "days up to 12 had changed places with months, as a spreadsheet may do, and were put back",
        )
    return DateColumn(_years_not_months(values, days, calendar), settled, certain, evidence)


def _exchanged_by_spreadsheet(values: Sequence[str], days: Sequence[Parsed | None]) -> bool:
    """Whether a spreadsheet set to month first opened days first: it took 06/02 for June and left 13/06 as text.

    Then no date it took has a day above 12, every text it left has, and put back all lie in fewer months.
    """
    taken = [p.day for v, p in zip(values, days, strict=True) if p and not p.period and _ISO.fullmatch(v.strip())]
    left = [p.day for v, p in zip(values, days, strict=True) if p and not p.period and _NUMERIC.fullmatch(v.strip())]
    if min(len(taken), len(left)) < 3 or any(d.day > 12 for d in taken) or any(d.day <= 12 for d in left):
        return False
    months = {(d.year, d.month) for d in left}
    as_it_is = months | {(d.year, d.month) for d in taken}
    put_back = months | {(d.year, d.day) for d in taken}
    return len(put_back) < len(as_it_is)


def _exchanged(value: str, parsed: Parsed | None) -> Parsed | None:
    if parsed is None or not _ISO.fullmatch(value.strip()):
        return parsed
    return Parsed(date(parsed.day.year, parsed.day.day, parsed.day.month), swapped=True)


_YEAR_OR_MONTH = re.compile(r"\s*(\d{4})\s*([/\-])\s*(\d{2})\s*")


def _years_not_months(values: Sequence[str], days: list[Parsed | None], calendar: Calendar) -> list[Parsed | None]:
    """``2010/11`` is a year, not November, unless other cells of the column are months that no year is written like."""
    found = [_YEAR_OR_MONTH.fullmatch(v) for v in values]
    split = [m is not None and int(m[3]) == (int(m[1]) + 1) % 100 for m in found]
    months = any(m and 1 <= int(m[3]) <= 12 and not s for m, s in zip(found, split, strict=True))
    years = any(m and s and (int(m[3]) > 12 or m[2] == "/") for m, s in zip(found, split, strict=True))
    if months or not years:
        return days
    return [
        _believable(_fiscal_end(int(m[1]), calendar), "year") if m and s else day
        for m, s, day in zip(found, split, days, strict=True)
    ]


def decide_order(values: Iterable[str], counts: Iterable[int], calendar: Calendar) -> tuple[Order, bool, str]:
    """Whether day or month comes first in ``4/1/2017``, whether that is certain, and why."""
    pairs: Counter[tuple[int, int, int]] = Counter()
    for v, n in zip(values, counts, strict=True):
        m = _NUMERIC.match(v.strip())
        if m:
            pairs[int(m[1]), int(m[2]), _year(m[3])] += n
    if not pairs:
        return calendar.default_order, True, "no date is written in numbers"
    day_first = sum(n for (a, b, _), n in pairs.items() if a > 12 >= b)
    month_first = sum(n for (a, b, _), n in pairs.items() if b > 12 >= a)
    if day_first or month_first:
        order: Order = "day" if day_first >= month_first else "month"
        clear = min(day_first, month_first) == 0
        return order, clear, f"{day_first} dates have a first number above 12, {month_first} a second one"
    return _narrower(pairs, calendar)


def _narrower(pairs: Counter[tuple[int, int, int]], calendar: Calendar) -> tuple[Order, bool, str]:
    """No number above 12: payments of one file lie close together, so the order giving fewer months is right."""
    by_day = {(y, b) for a, b, y in pairs if 1 <= b <= 12}
    by_month = {(y, a) for a, b, y in pairs if 1 <= a <= 12}
    if len(by_day) * 2 <= len(by_month):
        return "day", True, f"read day first they lie in {len(by_day)} months, month first in {len(by_month)}"
    if len(by_month) * 2 <= len(by_day):
        return "month", True, f"read month first they lie in {len(by_month)} months, day first in {len(by_day)}"
    if all(a == b for a, b, _ in pairs):
        return calendar.default_order, True, "every day equals its month"
    return calendar.default_order, False, "no date settles it"


def middle_day(days: Sequence[Parsed | None], counts: Sequence[int]) -> date | None:
    """The median day, by rows."""
    known = sorted((p.day, n) for p, n in zip(days, counts, strict=True) if p and FIRST_YEAR <= p.day.year <= LAST_YEAR)
    half, seen = sum(n for _, n in known) / 2, 0
    for day, n in known:
        seen += n
        if seen >= half:
            return day
    return None


def is_far(day: date, middle: date | None) -> bool:
    """Whether a payment's day cannot be believed: outside plausible years, or far from the rest of its file."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return True
    return middle is not None and abs((day - middle).days) > FAR_DAYS


_TEXT_DATE = re.compile(r"(?<!\d)(20\d{2})[\-_ .]?(0[1-9]|1[0-2])(?!\d)")
_TEXT_MONTH_NUMBER = re.compile(r"(?<!\d)(0[1-9]|1[0-2])[\-_ .](20\d{2})(?!\d)")
_TEXT_QUARTER = re.compile(
    r"(?i)(?<![a-z])([a-z]{3,9})[\-_ .]*(?:to|and|–)?[\-_ .]*([a-z]{3,9})[\-_ .]*(20\d{2})(?!\d)"
)
_TEXT_QUARTER_NUMBER = re.compile(
    r"(?i)(?<![a-z])(?:q|qtr|quarter)[\-_ .]*([1-4])(?!\d)[\-_ .,]*(20\d{2})(?:[\-_ ./]+(\d{4}|\d{2}))?(?!\d)"
)
_TEXT_MONTH = re.compile(r"(?i)(?<![a-z])([a-z]{3,9})[\-_ .,]*(20\d{2}|\d{2})(?!\d)")
_TEXT_YEAR_MONTH = re.compile(r"(?i)(?<!\d)(20\d{2})[\-_ .,]*([a-z]{3,9})(?![a-z])")


def period_in_text(text: str, calendar: Calendar) -> Parsed | None:
    """The month or quarter that a file's name or title states: ``apr-jun-2014.csv``, ``2014-06.csv``, ``dec-2010.csv``,
    ``Q1 2023-24``, ``06-2023``, ``Payments made in June 2023``."""
    if m := _TEXT_QUARTER_NUMBER.search(text):
        return Parsed(_quarter_end(int(m[2]), int(m[1]), bool(m[3]), calendar), "quarter")
    for m in _TEXT_QUARTER.finditer(text):
        first, last = calendar.month(m[1]), calendar.month(m[2])
        if first and last and (last - first) % 12 == 2:
            return Parsed(month_end(int(m[3]), last), "quarter")
    if m := _TEXT_DATE.search(text):
        return Parsed(month_end(int(m[1]), int(m[2])), "month")
    if m := _TEXT_MONTH_NUMBER.search(text):
        return Parsed(month_end(int(m[2]), int(m[1])), "month")
    for pattern, month, year in ((_TEXT_MONTH, 1, 2), (_TEXT_YEAR_MONTH, 2, 1)):
        for m in pattern.finditer(text):
            if number := calendar.month(m[month]):
                return Parsed(month_end(_year(m[year]), number), "month")
    return None


_PERIOD_NUMBER = re.compile(r"(?i)\s*(?:p|pd|per|period|m|mth|month)?[\s.\-]*(\d{1,2})(?:\.0)?\s*")


def period_number(text: str) -> int | None:
    """``4``, ``04``, ``P04``, ``Period 4`` -> 4."""
    m = _PERIOD_NUMBER.fullmatch(text)
    return int(m[1]) if m else None


def in_month(year: str, month: str, calendar: Calendar, *, fiscal: bool = False) -> Parsed | None:
    """A year and a month in two columns; of ``2023/24`` and ``May`` the May that lies in that fiscal year.

    ``fiscal``: the month is a number counted from the first month of the fiscal year; 13 and later, in which a year is
    closed, are its last month. A year of one number is then the one it ends in.
    """
    number = calendar.month(month.strip()) or period_number(month) or 0
    if fiscal and number:
        number = (calendar.first_month - 1 + min(number, 12) - 1) % 12 + 1
    if not 1 <= number <= 12:
        return None
    if m := re.fullmatch(r"\s*(\d{4})\s*[/\-]\s*(\d{4}|\d{2})\s*", year):
        first = int(m[1])
    elif not (m := re.fullmatch(r"\s*(\d{4})(?:\.0+)?\s*", year)):
        return None
    elif fiscal and calendar.first_month > 1:
        first = int(m[1]) - 1
    else:
        return _believable(month_end(int(m[1]), number), "month")
    return _believable(month_end(first if number >= calendar.first_month else first + 1, number), "month")
