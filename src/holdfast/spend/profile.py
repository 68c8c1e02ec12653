"""What the values of a column look like, whatever its header says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from holdfast.spend.amounts import parse_amount
from holdfast.spend.dates import Calendar, is_far, parse_date

SAMPLE = 60

_DECIMAL = re.compile(r"\d[.,]\d{1,2}\D*$")
_PLAIN_NUMBER = re.compile(r"\d+(\.\d+)?")
_INTEGER = re.compile(r"\d+")
_ORG = re.compile(
    r"(?i)\b(?:ltd|limited|plc|llp|council|trust|services?|group|solutions|association|university|college|school|"
    r"society|company|co|inc|llc|corp|uk|nhs|and sons|bros|consult\w*|hotels?|care|homes?|engineering|construction|"
    r"insurance|bank|hospital|partnership|systems|supplies|sh ?p ?k|npt|nnp|ntsh)\b\.?"
)
_REDACTED = re.compile(r"(?i)redact|withheld|personal data|individual")


@dataclass(frozen=True, slots=True)
class Profile:
    """Shares (0 to 1) of the filled sample cells that read as this or that. ``filled`` is of all sample cells."""

    filled: float
    amount: float
    decimal: float
    date: float
    serial: float
    period: float
    integer: float
    letters: float
    digits: float
    distinct: float
    organisation: float
    postcode: float
    length: float

    @property
    def text(self) -> bool:
        return self.letters > 0.6


def profile(cells: Sequence[str], calendar: Calendar, postcode: re.Pattern[str] | None) -> Profile:
    """Profile a sample of a column's cells."""
    counted = Counter(c.strip() for c in cells)
    blank = counted.pop("", 0)
    n = sum(counted.values())
    if not n:
        return Profile(*([0.0] * 13))
    looks = [(_look(v, calendar, postcode), count) for v, count in counted.items()]

    def share(name: str) -> float:
        return sum(count for look, count in looks if getattr(look, name)) / n

    return Profile(
        filled=n / (n + blank),
        amount=share("amount"),
        decimal=share("decimal"),
        date=share("date"),
        serial=share("serial"),
        period=share("period"),
        integer=share("integer"),
        letters=share("letters"),
        digits=share("digits"),
        distinct=len(counted) / n,
        organisation=share("organisation"),
        postcode=share("postcode"),
        length=sum(len(v) * count for v, count in counted.items()) / n,
    )


class _Look(NamedTuple):
    amount: bool
    decimal: bool
    date: bool
    serial: bool
    period: bool
    integer: bool
    letters: bool
    digits: bool
    organisation: bool
    postcode: bool


def _look(v: str, calendar: Calendar, postcode: re.Pattern[str] | None) -> _Look:
    """What one value could be."""
    short, digits = len(v) < 40, any(c.isdigit() for c in v)
    amount = short and _is_number_like(v)
    parsed = parse_date(v, calendar.default_order, calendar) if short and digits else None
    plain = _PLAIN_NUMBER.fullmatch(v) is not None
    day = parsed if parsed and (not plain or not is_far(parsed.day, None)) else None
    return _Look(
        amount=amount,
        decimal=amount and _DECIMAL.search(v) is not None,
        date=day is not None and day.period is None and not plain,
        serial=day is not None and day.period is None and plain,
        period=day is not None and day.period is not None,
        integer=_INTEGER.fullmatch(v) is not None,
        letters=not amount and sum(c.isalpha() for c in v) >= 2,
        digits=digits,
        organisation=not amount and (_ORG.search(v) is not None or _REDACTED.search(v) is not None),
        postcode=bool(postcode and digits and len(v) < 12 and postcode.fullmatch(v.upper().replace(" ", ""))),
    )


def _is_number_like(v: str) -> bool:
    return (
        len(v) < 30
        and (v == "-" or any(c.isdigit() for c in v))
        and (parse_amount(v) is not None or parse_amount(v, ",") is not None)
    )
