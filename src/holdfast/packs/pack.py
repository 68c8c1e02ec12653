"""A country pack: one folder of readable files, loaded once into one frozen object."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

from holdfast.core.problem import HoldfastError, Problem
from holdfast.packs.areas import AreaTree

Status = Literal["verified", "unverified"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that changes with the law or the year. In force from ``valid_from`` to ``valid_to``, both included."""

    name: str
    value: Decimal
    valid_from: date
    valid_to: date | None
    unit: str
    source: str
    status: Status

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Pack:
    """What a country's public money looks like.

    ``postcode_pattern`` matches a postcode in capitals without spaces; ``postcode_inward`` is the length of its last
    part (0 where it has none). ``postcode_length`` is what a longer postcode is cut to (ZIP+4 to ZIP), and
    ``postcode_prefixes`` says which area its first figures mean, where that is all that is known. ``words`` are the
    country's own words for things (``postcode`` -> ``ZIP code``). ``headers`` are column headings beyond the common
    ones, by field of the ``payments`` contract. ``kinds`` and ``scope`` hold the rules of ``kinds.toml`` and
    ``scope.toml`` as they stand, ``registers`` where official registers are, ``groups`` the groups that names of firms
    tell of. ``towns`` maps a town to the area it lies in, ``town_aliases`` another spelling to
    the town, and ``town_rules`` say how a town's name is written.
    """

    code: str
    name: str
    currency: str
    fiscal_first_month: int
    postcode_pattern: str
    postcode_inward: int = 0
    postcode_length: int = 0
    postcode_prefixes: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, list[str]] = field(default_factory=dict)
    kinds: Mapping[str, Any] = field(default_factory=dict)
    scope: Mapping[str, Any] = field(default_factory=dict)
    registers: Mapping[str, Any] = field(default_factory=dict)
    groups: Mapping[str, Any] = field(default_factory=dict)
    parameters: Mapping[str, list[Parameter]] = field(default_factory=dict)
    towns: Mapping[str, str] = field(default_factory=dict)
    town_aliases: Mapping[str, str] = field(default_factory=dict)
    town_rules: Mapping[str, Any] = field(default_factory=dict)
    areas: AreaTree = field(default_factory=AreaTree)
    #: South, west, north and east of the country in degrees; blank where it does not matter.
    bounds: tuple[float, ...] = ()

    def parameter(self, name: str, on: date) -> Parameter | None:
        """The value in force that day; ``None`` where the pack has none for it."""
        return next((p for p in reversed(self.parameters.get(name, [])) if p.in_force(on)), None)


def available() -> list[str]:
    """Codes of the packs there are."""
    return sorted(f.name for f in files("holdfast.packs").iterdir() if f.joinpath("pack.toml").is_file())


@cache
def load(code: str) -> Pack:
    """The pack of that code. Raises :class:`HoldfastError` for a country that has none."""
    folder = files("holdfast.packs").joinpath(code)
    if code not in available():
        known = ", ".join(available())
        raise HoldfastError(Problem("HF404", f"There is no country pack {code!r}. There are: {known}."), exit_code=2)
    settings = _toml(folder, "pack.toml")
    return Pack(
        code=code,
        **{k: settings[k] for k in ("name", "currency", "fiscal_first_month", "postcode_pattern")},
        postcode_inward=settings.get("postcode_inward", 0),
        postcode_length=settings.get("postcode_length", 0),
        postcode_prefixes={row["prefix"]: row["area"] for row in _rows(folder, "postcode_prefixes.csv")},
        words=settings.get("words", {}),
        headers=settings.get("headers", {}),
        kinds=_toml(folder, "kinds.toml"),
        scope=_toml(folder, "scope.toml"),
        registers=_toml(folder, "registers.toml"),
        groups=_toml(folder, "groups.toml"),
        parameters=_parameters(folder),
        towns={row["town"]: row["area"] for row in _rows(folder, "towns.csv")},
        town_aliases={row["alias"]: row["town"] for row in _rows(folder, "town_aliases.csv")},
        town_rules=settings.get("towns", {}),
        areas=AreaTree.read(
            _rows(folder, "areas.csv"), _rows(folder, "former.csv"), _rows(folder, "authority_names.csv")
        ),
        bounds=tuple(settings.get("bounds", ())),
    )


def _toml(folder: Traversable, name: str) -> dict[str, Any]:
    file = folder.joinpath(name)
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def _rows(folder: Traversable, name: str) -> list[dict[str, str]]:
    import csv

    file = folder.joinpath(name)
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines())) if file.is_file() else []


def _parameters(folder: Traversable) -> dict[str, list[Parameter]]:
    """Every file of ``parameters/``: the parameter has the file's name; values in the order of their dates."""
    where = folder.joinpath("parameters")
    if not where.is_dir():
        return {}
    found = sorted((f for f in where.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    return {f.name.removesuffix(".yaml"): _dated(f) for f in found}


def _dated(file: Traversable) -> list[Parameter]:
    import yaml

    entries: list[dict[str, Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    name = file.name.removesuffix(".yaml")
    dated = [
        Parameter(
            name=name,
            value=Decimal(str(e["value"])),
            valid_from=e["valid_from"],
            valid_to=e.get("valid_to"),
            unit=e["unit"],
            source=e["source"],
            status=e["status"],
        )
        for e in entries
    ]
    return sorted(dated, key=lambda p: p.valid_from)
