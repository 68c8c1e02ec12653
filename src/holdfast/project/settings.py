"""What a place has chosen: the contents of ``place.toml`` as frozen objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

Taxonomy = Literal["published", "cpv", "proclass", "own"]
IncompleteYears = Literal["", "compare", "skip", "same months"]
REGISTER_KINDS = (
    *("companies", "charities", "mutuals", "coops", "public-bodies", "nhs", "schools", "housing", "premises"),
    *("living-wage", "owners", "own"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """``[place]``. ``data`` are folders outside the project in which its paths may be looked up too."""

    name: str
    country: str
    as_of: date | None = None
    currency: str | None = None
    incomplete_years: IncompleteYears = ""
    top_n: int = 300
    fictional: bool = False
    data: tuple[str, ...] = ()
    mappings: str = "mappings"
    trusted_decisions: tuple[str, ...] = ()
    taxonomy: Taxonomy = "published"


@dataclass(frozen=True, slots=True)
class Ring:
    """``[[ring]]``: one way of saying what is inside. ``centre`` is a postcode or (latitude, longitude)."""

    name: str
    areas: tuple[str, ...] = ()
    radius_km: Decimal | None = None
    centre: str | tuple[float, float] | None = None
    polygon: str | None = None
    towns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnchorSettings:
    """``[[anchor]]``. ``body`` are the names under which its own files know it."""

    id: str
    name: str
    spend: tuple[str, ...]
    kind: str = ""
    creditors: str | None = None
    body: tuple[str, ...] = ()
    area: str | None = None
    currency: str | None = None
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class RegisterSettings:
    """``[[register]]``: a list of organisations, with the date and licence it was published under.

    Without ``path`` it is in the user's cache: the snapshot of that id, or of each register of the kind the nearest.
    """

    kind: str
    path: str = ""
    snapshot: str = ""
    date: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class PublishedSettings:
    """``[[published]]``: a printed figure and the printed parts it should follow from."""

    label: str
    value: str
    formula: str
    parts: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    unit: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything ``place.toml`` says. ``values`` is the file as read, for the run's identity and for ``diff``;
    ``lines`` says where each key stands in it."""

    place: Place
    rings: tuple[Ring, ...]
    anchors: tuple[AnchorSettings, ...]
    registers: tuple[RegisterSettings, ...] = ()
    published: tuple[PublishedSettings, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict, compare=False)
    lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict, compare=False)
