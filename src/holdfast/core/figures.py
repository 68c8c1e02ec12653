"""A figure never travels alone: its definition, coverage and range go with it into every output."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any, Literal

from holdfast.core.problem import Problem

Unit = Literal["share", "money", "count", "index", "points"]
#: A cell of a result table. Money and shares are exact decimals; unknown is ``None``, which is not zero.
Cell = str | int | Decimal | bool | None

THIRD_PARTY = "third-party purchases"


@dataclass(frozen=True, slots=True)
class Definition:
    """What a figure means. Two figures may be compared only where these agree.

    ``area`` ring or area name · ``basis`` ``based`` | ``based or branched`` · ``suppliers`` ``all`` | ``top 300`` ·
    ``period`` ``2023/24`` | ``2019-04-01 to 2024-03-31`` · ``vat`` ``net`` | ``gross`` | ``as published`` ·
    ``anchors`` names, in the order of the settings · ``pooling`` ``pooled`` | ``mean of anchors`` · ``scope``
    ``third-party purchases`` | ``all payments`` · ``prices`` ``nominal`` | ``real, 2023/24 prices``.
    """

    area: str
    period: str
    anchors: tuple[str, ...]
    basis: str = "based"
    suppliers: str = "all"
    vat: str = "net"
    pooling: str = "pooled"
    scope: str = THIRD_PARTY
    prices: str = "nominal"

    def differences(self, other: Definition, ignore: Sequence[str] = ()) -> dict[str, tuple[object, object]]:
        """The parts in which two definitions differ, apart from ``ignore``."""
        return {
            f.name: (getattr(self, f.name), getattr(other, f.name))
            for f in fields(self)
            if f.name not in ignore and getattr(self, f.name) != getattr(other, f.name)
        }


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that can be defended.

    ``value`` is a share (0 to 1), money, a count or an index, by ``unit``; ``None`` where it cannot be known. ``low``
    and ``high`` bound it if all the money that could not be placed or described fell outside, or inside. ``coverage``
    is the share of the denominator for which the answer is known. ``where`` selects the payments behind the
    denominator and ``counted`` those of them in the numerator: column of the ``spend`` table -> allowed values
    (``None`` among them stands for unknown). ``holdfast explain`` uses both.
    """

    id: str
    measure: str
    label: str
    unit: Unit
    value: Decimal | None
    definition: Definition
    low: Decimal | None = None
    high: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    coverage: Decimal | None = None
    higher_is: str = ""
    note: str = ""
    where: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    counted: Mapping[str, Sequence[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"{self.id}: low {self.low} above high {self.high}")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a result table. ``unit``, how it is written: text, money, share, count, points, index, date."""

    name: str
    label: str
    unit: str = "text"


@dataclass(frozen=True, slots=True)
class ResultTable:
    """A small finished table: what a chart draws, a page shows, a sheet holds. ``rows`` follow ``columns``."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"table {self.id}: a row has {len(row)} cells for {len(self.columns)} columns")

    def records(self) -> list[dict[str, Cell]]:
        names = [c.name for c in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Anchor:
    """An institution whose payments are analysed. ``area`` is its own authority's code where one is known."""

    id: str
    name: str
    kind: str = ""
    area: str | None = None


@dataclass(frozen=True, slots=True)
class InputFile:
    """One table that was read, as the manifest and the method section list it."""

    anchor: str
    path: str
    sha256: str
    sheet: str | None
    rows_staged: int
    rows_typed: int
    rows_quarantined: int
    rows_excluded: int
    total: Decimal
    first_date: str | None
    last_date: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """A register, directory or parameter that a run used, as the report's sources list it."""

    name: str
    date: str = ""
    licence: str = ""
    sha256: str = ""
    note: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """Everything a run found out. HTML, JSON, XLSX and CSV are written from this one object, so they cannot disagree.

    ``tables`` by id; :mod:`holdfast.measures` documents which ones there are. ``rings`` from the innermost outwards.
    """

    place: str
    run: str
    as_of: str
    currency: str
    country: str
    fictional: bool
    rings: tuple[str, ...]
    anchors: tuple[Anchor, ...]
    years: tuple[str, ...]
    figures: tuple[Figure, ...]
    tables: Mapping[str, ResultTable]
    inputs: tuple[InputFile, ...]
    problems: tuple[Problem, ...]
    sources: tuple[Source, ...]
    parameters: Mapping[str, str] = field(default_factory=dict)

    def figure(self, id: str) -> Figure:
        """The figure of that id. Raises ``KeyError``."""
        for f in self.figures:
            if f.id == id:
                return f
        raise KeyError(id)
