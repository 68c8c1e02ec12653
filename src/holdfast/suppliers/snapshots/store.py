"""Snapshots of registers in the cache that all projects of a user share.

A file is converted to ``<cache>/registers/<country>/<id>/``: ``about.json`` says what it is, and a Parquet file holds
each table of a register. A folder is put in its place whole, by one worker at a time; one that is not finished begins
with a dot and is cleared away by the next. The id is the kind and the hash of the file's bytes.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from holdfast.core.disk import disk_problem, is_full, sha256, whole_or_nothing
from holdfast.core.figures import Source
from holdfast.core.lock import only_one
from holdfast.core.problem import HoldfastError, Problem
from holdfast.packs import Pack
from holdfast.suppliers.opening import member_of
from holdfast.suppliers.published import date_in_name
from holdfast.suppliers.register import Register, known_kind
from holdfast.suppliers.shaping import TABLES
from holdfast.suppliers.snapshots.writing import Tell, Written, write

#: Raised when what is written changes: snapshots of another format are not read, and are to be added again.
FORMAT = 1
ABOUT = "about.json"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A register as it stood one day. ``series``: what it is a snapshot of; ``source``: the address it came from.

    ``rows`` of the file; ``counts`` of what was made of them: organisations, names, same, premises, owners.
    """

    folder: Path
    kind: str
    title: str
    series: str
    name: str
    date: str
    source: str
    licence: str
    sha256: str
    rows: int
    counts: Mapping[str, int]
    columns: tuple[str, ...]
    problems: tuple[Problem, ...]
    parts: str

    @property
    def id(self) -> str:
        return self.folder.name

    def register(self) -> Register:
        """The register, whose tables are files that are read when they are asked."""
        organisations, names, same, premises, owners = (self.folder / f"{name}.parquet" for name in TABLES)
        about = Source(self.title, self.date, self.licence, self.sha256, f"{self.name}, cached as {self.id}")
        return Register(
            kind=self.kind,
            path=self.folder,
            title=self.title,
            organisations=organisations,
            names=names,
            same=same,
            premises=premises,
            owners=owners,
            source=about,
            problems=self.problems,
            parted=self.parts == parts(),
        )


def parts() -> str:
    """A hash of how names are taken apart: names that were taken apart otherwise are taken apart again in each run."""
    import hashlib

    from holdfast.suppliers.shaping import parts_sql

    return hashlib.sha256(parts_sql("names").encode()).hexdigest()[:12]


def home(cache: Path, pack: Pack) -> Path:
    return cache / "registers" / pack.code


def add(
    path: Path,
    kind: str,
    cache: Path,
    pack: Pack,
    *,
    date: str = "",
    licence: str = "",
    source: str = "",
    tell: Tell | None = None,
) -> Snapshot:
    """Convert a register's file into the cache; the same bytes of the same kind are found again.

    ``date`` where the file's name does not tell it or tells it wrongly. Raises :class:`HoldfastError`: HF501 (not such
    a register), HF104, HF105, HF106 (cannot be read), HF411 (somebody else is adding one), HF901, HF903.
    """
    known_kind(kind, path)
    with _disk(path.name), adding(cache, pack):
        _readable(path)
        folder = home(cache, pack) / f"{kind}-{sha256(path)[:12]}"
        old = _known(folder)
        if old:
            return _told_anew(old, date, licence, source)
        beside = home(cache, pack) / f".{folder.name}.{secrets.token_hex(6)}.part"
        beside.mkdir(parents=True)
        try:
            written = write(path, kind, pack, beside, tell or (lambda _stage, _done, _all: None))
            _write_about(beside, _about(path, kind, written, date, licence, source))
            _put(beside, folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
        return _must(folder)


@contextmanager
def adding(cache: Path, pack: Pack) -> Iterator[None]:
    """Hold the store while it is changed, cleared of what was never finished. Raises HF411."""
    place = home(cache, pack)
    with only_one(place, "Another register is being added or removed."):
        for left in place.glob(".*.part"):
            shutil.rmtree(left, ignore_errors=True)
        yield


def snapshots(cache: Path, pack: Pack) -> list[Snapshot]:
    """What was added for that country: by kind and series, the newest first."""
    folders = sorted(home(cache, pack).glob(f"[!.]*/{ABOUT}"))
    found = [s for s in (_known(f.parent) for f in folders) if s]
    found.sort(key=lambda s: s.id)
    found.sort(key=lambda s: s.date, reverse=True)
    return sorted(found, key=lambda s: (s.kind, s.series))


def unreadable(cache: Path, pack: Pack) -> list[str]:
    """Ids of snapshots that another version of Holdfast made, or that are damaged."""
    folders = (f for f in sorted(home(cache, pack).glob("[!.]*")) if f.is_dir())
    return [f.name for f in folders if _known(f) is None]


def find(cache: Path, pack: Pack, id: str) -> Snapshot:
    """The snapshot of that id, or of the only one that begins so. Raises HF507."""
    known = snapshots(cache, pack)
    fitting = [s for s in known if s.id == id] or [s for s in known if s.id.startswith(id)]
    if len(fitting) == 1:
        return fitting[0]
    raise HoldfastError(_not_one(id, [s.id for s in fitting], [s.id for s in known]), exit_code=2)


def remove(cache: Path, pack: Pack, id: str) -> str:
    """Take a snapshot away, also one that cannot be read; gives its id. Raises HF507."""
    with _disk(id), adding(cache, pack):
        stale = [name for name in unreadable(cache, pack) if name == id]
        name = stale[0] if stale else find(cache, pack, id).id
        folder = home(cache, pack) / name
        # out of sight first: a run that began before keeps the files it has open
        gone = folder.with_name(f".{name}.{secrets.token_hex(6)}.part")
        folder.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)
        return name


def _not_one(id: str, fitting: Sequence[str], known: Sequence[str]) -> Problem:
    if fitting:
        return Problem("HF507", f"{id} may mean {' or '.join(fitting)}.", value=id, help="Give more of the id.")
    near = get_close_matches(id, known, n=1, cutoff=0.5)
    help = f"Did you mean {near[0]}?" if near else "List them with: holdfast registers list"
    return Problem("HF507", f"There is no register {id} in the cache.", value=id, help=help)


@contextmanager
def _disk(name: str) -> Iterator[None]:
    """A full disk or a closed folder is the person's to mend."""
    try:
        yield
    except HoldfastError:
        raise
    except Exception as error:
        if not (isinstance(error, OSError) or is_full(error)):
            raise
        raise HoldfastError(disk_problem(error, name)) from error


def _readable(path: Path) -> None:
    if path.is_dir():
        raise HoldfastError(Problem("HF104", f"{path.name} is a folder, not a file.", file=str(path)), exit_code=2)
    try:
        empty = path.stat().st_size == 0
    except OSError as error:
        why = error.strerror or "unknown reason"
        raise HoldfastError(Problem("HF104", f"{path.name} cannot be opened: {why}.", file=str(path))) from error
    if empty:
        raise HoldfastError(Problem("HF101", f"{path.name} is empty.", file=str(path)))


def _about(path: Path, kind: str, written: Written, date: str, licence: str, source: str) -> dict[str, Any]:
    """What stands in ``about.json``."""
    told = date or date_in_name(member_of(path)) or date_in_name(path.name)
    problems = [*written.problems]
    if not told:
        said = f"Neither the name of {path.name} nor --date says when it was published."
        problems.append(Problem("HF510", said, file=path.name))
    return {
        "format": FORMAT,
        "kind": kind,
        "title": written.adapter.title,
        "series": _series(written, path),
        "name": path.name,
        "date": told,
        "source": source,
        "licence": licence or written.adapter.licence or "not stated",
        "sha256": sha256(path),
        "rows": written.rows,
        "counts": written.counts,
        "columns": list(written.columns),
        "problems": [{k: v for k, v in asdict(p).items() if v is not None and k != "amount"} for p in problems],
        "parts": parts(),
    }


def _series(written: Written, path: Path) -> str:
    """Extracts, and lists of which there may be several of one layout, are told apart by their names, less figures."""
    extract = any(p.code == "HF509" for p in written.problems)
    if not written.adapter.own and not extract:
        return written.adapter.title
    bare = "".join(c if c.isalpha() else " " for c in member_of(path).split(".")[0])
    return f"{written.adapter.title}: {' '.join(bare.split()).lower()}"


def _write_about(folder: Path, about: Mapping[str, Any]) -> None:
    with whole_or_nothing(folder / ABOUT) as beside:
        beside.write_text(json.dumps(about, indent=1, ensure_ascii=False), encoding="utf-8")


def _put(beside: Path, folder: Path) -> None:
    """Into its place, on the disk before that; a folder of another format that stands there makes way."""
    for file in beside.iterdir():
        handle = os.open(file, os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    if folder.exists():
        folder.rename(folder.with_name(f".{folder.name}.{secrets.token_hex(6)}.part"))
    beside.rename(folder)


def _known(folder: Path) -> Snapshot | None:
    """The snapshot in a folder; ``None`` where there is none that this version can read."""
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        if about.pop("format") != FORMAT:
            return None
        if not all((folder / f"{name}.parquet").is_file() for name in TABLES):
            return None
        about["columns"] = tuple(about["columns"])
        about["problems"] = tuple(Problem(**p) for p in about["problems"])
        return Snapshot(folder=folder, **about)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _must(folder: Path) -> Snapshot:
    found = _known(folder)
    assert found is not None
    return found


def _told_anew(old: Snapshot, date: str, licence: str, source: str) -> Snapshot:
    """The same bytes added again, perhaps with another date or licence."""
    new = replace(old, date=date or old.date, licence=licence or old.licence, source=source or old.source)
    if new == old:
        return old
    problems = tuple(p for p in new.problems if p.code != "HF510" or not new.date)
    about = json.loads((old.folder / ABOUT).read_text(encoding="utf-8"))
    about |= {"date": new.date, "licence": new.licence, "source": new.source}
    about["problems"] = [p for p in about["problems"] if p["code"] != "HF510" or not new.date]
    _write_about(old.folder, about)
    return replace(new, problems=problems)
