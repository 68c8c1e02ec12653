"""What each key of ``place.toml`` may hold. A reader gives the value to keep, or says what is wrong."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from holdfast.project.settings import REGISTER_KINDS

Reader = Callable[[Any], Any]


class Wrong(ValueError):
    """A value that a key cannot hold; the message ends the sentence "name must be …"."""


@dataclass(frozen=True, slots=True)
class Key:
    read: Reader
    required: bool = False


def text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Wrong('a text in quotation marks, like "Lancashire"')
    return value.strip()


def texts(value: Any) -> tuple[str, ...]:
    """One text or a list of them."""
    found = value if isinstance(value, list) else [value]
    if not found:
        raise Wrong("a list with at least one text in it")
    return tuple(text(v) for v in found)


def printed_parts(value: Any) -> Mapping[str, str | tuple[str, ...]]:
    """Names with one printed figure or a list of them."""
    if not isinstance(value, dict) or not value:
        raise Wrong('names with figures in quotation marks, like { spend = "445.6", share = "71.7%" }')
    return {name: texts(part) if isinstance(part, list) else text(part) for name, part in value.items()}


def day(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Wrong("a date like 2024-03-31") from None


def day_or_text(value: Any) -> str:
    """Registers are dated by a day, a month or a year."""
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, int) else text(value)


def yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Wrong("true or false")
    return value


def whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise Wrong("a whole number of at least 1")
    return value


def kilometres(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal) or not 0 < value <= 20_000:
        raise Wrong("a number of kilometres above 0, like 10 or 2.5")
    return Decimal(str(value))


def centre(value: Any) -> str | tuple[float, float]:
    if isinstance(value, str):
        return text(value)
    try:
        latitude, longitude = (float(v) for v in value)
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            return latitude, longitude
    except (TypeError, ValueError):
        pass
    raise Wrong('a postcode like "BB11 1JA" or [latitude, longitude] like [53.79, -2.24]')


def slug(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?", value):
        raise Wrong('small letters, figures and hyphens, like "hyndburn-bc"')
    return value


def currency(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Z]{3}", value):
        raise Wrong('three capital letters, like "GBP"')
    return value


def one_of(*allowed: str) -> Reader:
    def read(value: Any) -> str:
        if value not in allowed:
            raise Wrong("one of " + ", ".join(f'"{a}"' for a in allowed))
        return str(value)

    return read


def country(value: Any) -> str:
    from holdfast.packs import available

    return str(one_of(*available())(value))


#: The types that ``settings.csv`` names.
READERS: Mapping[str, Reader] = {
    "text": text,
    "list of texts": texts,
    "printed parts": printed_parts,
    "short name": slug,
    "date": day,
    "date or text": day_or_text,
    "yes or no": yes_or_no,
    "whole number": whole,
    "kilometres": kilometres,
    "point": centre,
    "currency": currency,
    "country": country,
    "incomplete years": one_of("compare", "skip", "same months"),
    "taxonomy": one_of("published", "cpv", "proclass", "own"),
    "register kind": one_of(*REGISTER_KINDS),
}


@cache
def tables() -> Mapping[str, Mapping[str, Key]]:
    """``{"place": {"name": Key(…), …}, "ring": …}`` as ``settings.csv`` lists them."""
    found: dict[str, dict[str, Key]] = {}
    text = files("holdfast.project").joinpath("settings.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        keys = found.setdefault(row["section"].strip("[]"), {})
        keys[row["key"]] = Key(READERS[row["type"]], required=row["required"] == "yes")
    return found


def repeats(table: str) -> bool:
    """Whether a table is written with two brackets, as often as needed."""
    return table != "place"
