"""``holdfast check``: everything a run would do before it works anything out; nothing is written but the cache."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

from holdfast.core.problem import HoldfastError, Problem
from holdfast.packs import load as load_pack
from holdfast.project.inputs import gather
from holdfast.project.pipeline import Prepared, prepare, refusals_of_the_disk
from holdfast.project.placefile import load
from holdfast.project.reading import AnchorReading, Progress
from holdfast.spend.reading import added


@dataclass(frozen=True, slots=True)
class Control:
    """Control totals of one anchor, to be held against its ledger: by currency, with what is listed twice."""

    anchor: str
    files: int
    staged: int
    typed: int
    quarantined: int
    excluded: int
    totals: Mapping[str, Decimal]
    duplicates: Mapping[str, Decimal]
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a run would read, and what is wrong. ``tables`` are empty where the settings or files could not be used.

    ``exit_code`` is that with which a run would be refused.
    """

    place: str
    controls: tuple[Control, ...]
    prepared: Prepared
    problems: tuple[Problem, ...]
    exit_code: Literal[1, 2] = 1


def check(folder: Path, *, data: Sequence[Path] = (), progress: Progress | None = None) -> Checked:
    """Read a project without writing results. Raises :class:`HoldfastError` where a run would be refused."""
    from holdfast.project.describe import load_known
    from holdfast.project.validating import months_missing

    with refusals_of_the_disk(folder):
        settings = load(folder)
        inputs = gather(folder, settings, data)
        cache = _writable(folder / ".holdfast" / "cache")
        prepared = prepare(settings, inputs, cache, progress)
        pack = load_pack(settings.place.country)
        problems = [*prepared.read_problems, *months_missing(settings, prepared.readings, pack.fiscal_first_month)]
        refused: list[HoldfastError] = []
        try:
            problems += load_known(settings, inputs, pack, cache, prepared.period).problems
        except HoldfastError as error:
            refused.append(error)
        try:
            problems += _decided(prepared)
        except HoldfastError as error:
            refused.append(error)
    first = [p for error in refused for p in error.problems]
    listed = tuple(dict.fromkeys([*first, *problems]))
    code: Literal[1, 2] = 2 if any(error.exit_code == 2 for error in refused) else 1
    return Checked(settings.place.name, tuple(map(_control, prepared.readings)), prepared, listed, code)


def _decided(prepared: Prepared) -> list[Problem]:
    from holdfast.project.validating import idle_decisions, unused_categories, validate

    validate(prepared.settings, prepared.inputs)
    idle = idle_decisions(prepared.settings, prepared.inputs, prepared.readings)
    return [*idle, *unused_categories(prepared.settings, prepared.inputs)]


def _control(reading: AnchorReading) -> Control:
    tables = reading.tables
    payments = [t for t in tables if t.rows_typed]
    return Control(
        anchor=reading.anchor.name,
        files=len({t.path for t in tables}),
        staged=sum(t.rows_staged for t in tables),
        typed=sum(t.rows_typed for t in tables),
        quarantined=sum(t.rows_quarantined for t in tables),
        excluded=sum(t.rows_excluded for t in tables),
        totals=added(t.sums for t in payments),
        duplicates=added(t.duplicates for t in payments),
        first=min((t.first_date for t in payments if t.first_date), default=None),
        last=max((t.last_date for t in payments if t.last_date), default=None),
    )


def _writable(cache: Path) -> Path | None:
    """A check of a folder that may only be read goes without a cache."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return cache if os.access(cache, os.W_OK) else None
