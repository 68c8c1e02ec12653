"""A run from first file to finished report: payments walk through the house, and the result is put in place whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from holdfast.core.disk import disk_problem, is_full, sha256
from holdfast.core.problem import HoldfastError, Problem
from holdfast.engine.choice import require
from holdfast.packs import Pack
from holdfast.packs import load as load_pack
from holdfast.project import manifest
from holdfast.project.cache import forget_unused
from holdfast.project.identity import run_id, versions
from holdfast.project.inputs import Inputs, gather
from holdfast.project.locating import at_setting
from holdfast.project.lock import only_one
from holdfast.project.placefile import load
from holdfast.project.reading import AnchorReading, Progress, guessed_currencies, read_anchors, save_mappings
from holdfast.project.registers import check_cached
from holdfast.project.settings import Settings
from holdfast.project.store import Store

if TYPE_CHECKING:
    from holdfast.project.describe import Known


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """A finished run. ``repeated``: it had been made before, from the same inputs, settings and versions."""

    run: str
    folder: Path
    problems: tuple[Problem, ...]
    repeated: bool = False

    @property
    def report(self) -> Path:
        return self.folder / "report.html"


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything read and checked, before anything is worked out."""

    settings: Settings
    pack: Pack
    inputs: Inputs
    readings: tuple[AnchorReading, ...]
    cache: Path | None

    @property
    def read_problems(self) -> list[Problem]:
        found = [p for r in self.readings for t in r.tables for p in t.problems]
        return [*found, *guessed_currencies(self.settings, self.pack, self.readings)]

    @property
    def as_of(self) -> str:
        """The day that figures refer to: as set, or that of the last payment."""
        if self.settings.place.as_of:
            return self.settings.place.as_of.isoformat()
        return self.period[1]

    @property
    def period(self) -> tuple[str, str]:
        """The days of the first and the last payment; blank where none has a date."""
        tables = [t for r in self.readings for t in r.tables]
        first = min((t.first_date for t in tables if t.first_date), default="")
        return first, max((t.last_date for t in tables if t.last_date), default="")


def run(
    folder: Path,
    *,
    engine: str = "duckdb",
    force: bool = False,
    data: Sequence[Path] = (),
    progress: Progress | None = None,
) -> RunOutcome:
    """Analyse a project and put the results in ``build/<run-id>/``.

    ``engine`` adds up and measures: ``duckdb`` or ``spark``; the results are the same, so a run made by one stands for
    the other. ``force`` works it out again even where the same run was made before. ``data`` are folders outside the
    project that its paths may lead into. Raises :class:`HoldfastError`; whatever happens, the last good run stays in
    place.
    """
    require(engine)
    store = Store(folder)
    from holdfast.project.validating import validate

    with refusals_of_the_disk(folder):
        settings = load(folder)
        inputs = gather(folder, settings, data)
        validate(settings, inputs)
        check_cached(settings, load_pack(settings.place.country))
        with only_one(folder / ".holdfast"):
            store.tidy()
            prepared = prepare(settings, inputs, folder / ".holdfast" / "cache", progress)
            outcome = _run(prepared, store, engine, force, progress)
            _forget_unused(prepared)
            return outcome


def prepare(settings: Settings, inputs: Inputs, cache: Path | None, progress: Progress | None = None) -> Prepared:
    """Read every file and hold it to its own counts."""
    pack = load_pack(settings.place.country)
    spend_cache = cache / "spend" if cache else None
    readings = read_anchors(settings, inputs, pack, spend_cache, progress)
    _as_of_makes_sense(settings, readings)
    return Prepared(settings, pack, inputs, tuple(readings), cache)


def _as_of_makes_sense(settings: Settings, readings: Sequence[AnchorReading]) -> None:
    """Raises HF404 where the figures would refer to a day before the first payment."""
    first = min((t.first_date for r in readings for t in r.tables if t.first_date), default="")
    as_of = settings.place.as_of.isoformat() if settings.place.as_of else ""
    if as_of and as_of < first:
        problem = Problem("HF404", f"as_of is {as_of}, but the first payment is of {first}.", value=as_of)
        raise HoldfastError(at_setting(problem, settings, ("place", "as_of")), exit_code=2)


def _run(prepared: Prepared, store: Store, engine: str, force: bool, progress: Progress | None) -> RunOutcome:
    from holdfast.project.describe import load_known

    tell = progress or (lambda _stage, _done, _all: None)
    tell("Looking up places and registers", 0, 0)
    known = load_known(prepared.settings, prepared.inputs, prepared.pack, prepared.cache, prepared.period)
    facts = identity(prepared, known)
    run = run_id(facts)
    if not force and manifest.is_whole(store.path(run)):
        store.point_at(run)
        return RunOutcome(run, store.path(run), tuple(manifest.problems(store.path(run))), repeated=True)
    from holdfast.project.work import work_out

    with store.making(run) as making:
        results = work_out(prepared, known, run, making, tell, engine)
        manifest.write(making, run, facts, results, prepared.readings)
    save_mappings(prepared.readings, prepared.inputs, prepared.inputs.project / prepared.settings.place.mappings)
    return RunOutcome(run, store.path(run), results.problems)


def _forget_unused(prepared: Prepared) -> None:
    if prepared.cache:
        kept = (t.payments for r in prepared.readings for t in r.tables)
        forget_unused(prepared.cache / "spend", [p for p in kept if isinstance(p, Path)])
        # of the matcher's answers none is marked as used: those older than a month are worked out again
        forget_unused(prepared.cache / "matched", [])


def identity(prepared: Prepared, known: Known) -> dict[str, Any]:
    """Everything that the results depend on, without a clock and without a place on this machine."""
    settings = dict(prepared.settings.values)
    # where data folders lie is no part of what a run is; what was found in them is listed below
    settings["place"] = {k: v for k, v in settings["place"].items() if k != "data"}
    return {
        "settings": settings,
        "spend": [
            {"anchor": r.anchor.id, "name": name, "sha256": digest}
            for r in prepared.readings
            for name, digest in _files(r)
        ],
        "others": [
            {"role": role, "name": f.name, "sha256": sha256(f.path)}
            for role, f in [*prepared.inputs.beside_payments(), *_corrections(prepared)]
        ],
        "places": sorted(f.sha256 for f in known.directory.added),
        **({"registers": known.snapshots} if known.snapshots else {}),
        "as_of": prepared.as_of,
        "versions": versions(),
    }


def _files(reading: AnchorReading) -> list[tuple[str, str]]:
    """Name and hash of each file; the members of an archive are told by the archive's name."""
    return sorted({(t.path, t.sha256) for t in reading.tables})


def _corrections(prepared: Prepared) -> Iterator[tuple[str, Any]]:
    for reading in prepared.readings:
        if reading.corrected:
            yield f"mapping of {reading.anchor.id}", prepared.inputs.mappings[reading.anchor.id]


@contextmanager
def refusals_of_the_disk(folder: Path) -> Iterator[None]:
    """A full disk or a closed folder is the person's to mend: said as HF901 or HF903, not as a failure of ours."""
    try:
        yield
    except HoldfastError:
        raise
    except Exception as error:
        if not (isinstance(error, OSError) or is_full(error)):
            raise
        raise HoldfastError(disk_problem(error, folder.name)) from error
