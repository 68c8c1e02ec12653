"""What a file of places holds, told from the names of its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["postcodes", "deprivation", "areas", "towns"]

#: Names of columns, simplified; the first pattern that some column has wins.
_NAMES: dict[str, tuple[str, ...]] = {
    "postcode": ("pcds", "pcd8", "pcd7", "pcd2?", "postcode", "post_code", "postal_code", "zip", "zip_?code"),
    "area": (
        r"oslaua|laua", r"la(d|ua)\d\dcd", r"l(td|tl)a\d*_?code", r"lad\d*_?code|ladcd|lad", "local_authority_code",
        "admin_district_code", "area_?code", "area", "municipality", "state",
    ),
    "lat": ("lat", "latitude"),
    "lon": ("long?", "lng", "longitude"),
    "east": ("(os)?east1m", "eastings?"),
    "north": ("(os)?nor?th1m|osnrth1m|north1m", "northings?"),
    "lsoa": (
        r"lsoa(20)?21(_?code|cd)?", r"lsoa_?(code|cd)_(20)?21", "lsoa", "lsoa_?code", "lsoacd", r"dz\d*",
        "neighbourhood", "tract",
    ),
    "lsoa11": (r"lsoa(20)?11(_?code|cd)?", r"lsoa_?(code|cd)_(20)?11"),
    "decile": (r"imd.*decile.*", "decile", r"index_of_multiple_deprivation.*decile.*", r"w?s?n?imd(m)?.*decile.*"),
    "code": ("code",),
    "name": ("name",),
    "parents": ("parents?",),
    "town": ("town", "city"),
}  # fmt: skip
_DATA_ZONE = ("data_?zone", "datazone(20)?11")


@dataclass(frozen=True, slots=True)
class Columns:
    """The kind of file, and which column holds what: ``found["lat"] == "Latitude"``."""

    kind: Kind
    found: dict[str, str]


def recognise(header: Sequence[str]) -> Columns | None:
    """What a file with that header holds, or ``None``."""
    simple = {re.sub(r"[^a-z0-9]+", "_", name.strip().lower().lstrip("\ufeff")).strip("_"): name for name in header}
    found = {what: name for what in _NAMES if (name := _first(simple, _NAMES[what])) is not None}
    if "lsoa" not in found and (zone := _first(simple, _DATA_ZONE)):
        found["lsoa"] = zone
    if "postcode" in found and found.keys() & {"area", "lat", "east", "decile"}:
        return Columns("postcodes", found)
    if "decile" in found and found.keys() & {"lsoa", "lsoa11"}:
        return Columns("deprivation", found)
    if "code" in found and "name" in found:
        return Columns("areas", found)
    if "town" in found and "area" in found:
        return Columns("towns", found)
    return None


def _first(simple: dict[str, str], patterns: Sequence[str]) -> str | None:
    for pattern in patterns:
        for name, original in simple.items():
            if re.fullmatch(pattern, name):
                return original
    return None
