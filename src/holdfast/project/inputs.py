"""Which files a run is made from, found before anything is read, with every missing one named at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from holdfast.core.problem import HoldfastError, Problem
from holdfast.project.keylines import line_of
from holdfast.project.paths import Found, Roots
from holdfast.project.placefile import FILE
from holdfast.project.settings import AnchorSettings, Settings


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files of a project. ``spend``, ``creditors`` and ``mappings`` by anchor id, ``polygons`` by ring name."""

    roots: Roots
    spend: Mapping[str, tuple[Found, ...]]
    creditors: Mapping[str, Found] = field(default_factory=dict)
    mappings: Mapping[str, Found] = field(default_factory=dict)
    polygons: Mapping[str, Found] = field(default_factory=dict)
    registers: tuple[Found, ...] = ()
    places: tuple[Found, ...] = ()
    decisions: Found | None = None
    trusted: tuple[Found, ...] = ()
    scope: Found | None = None
    categories: Found | None = None

    @property
    def project(self) -> Path:
        return self.roots.folders[0]

    def beside_payments(self) -> list[tuple[str, Found]]:
        """Role and file of everything that shapes a run apart from payments and mappings, in a fixed order."""
        listed = [(f"creditors of {anchor}", f) for anchor, f in self.creditors.items()]
        listed += [(f"boundary of {ring}", f) for ring, f in self.polygons.items()]
        listed += [("register", f) for f in self.registers]
        listed += [("places", f) for f in self.places]
        listed += [("trusted decisions", f) for f in self.trusted]
        listed += [
            (role, f)
            for role, f in (
                ("decisions", self.decisions),
                ("scope", self.scope),
                ("categories", self.categories),
            )
            if f
        ]
        return listed


def gather(folder: Path, settings: Settings, extra: Sequence[Path] = ()) -> Inputs:
    """Find the files. Raises :class:`HoldfastError` with an HF405 or HF115 for each path that cannot be used.

    ``extra`` are data folders that the caller allows beside those in the settings.
    """
    roots = Roots.of(folder, settings.place.data, extra)
    wrong = _Wrong()
    spend: dict[str, tuple[Found, ...]] = {}
    for i, anchor in enumerate(settings.anchors):
        with wrong.kept():
            spend[anchor.id] = _payments(roots, anchor, line_of(settings.lines, ("anchor", i, "spend")))
    found = Inputs(
        roots=roots,
        spend=spend,
        creditors=wrong.one(roots, {a.id: a.creditors for a in settings.anchors if a.creditors}, settings, "creditors"),
        mappings=_mappings(roots, settings, wrong),
        polygons=wrong.one(roots, {r.name: r.polygon for r in settings.rings if r.polygon}, settings, "polygon"),
        registers=tuple(
            wrong.one(
                roots, {str(i): r.path for i, r in enumerate(settings.registers) if r.path}, settings, "path"
            ).values()
        ),
        places=tuple(roots.find("places")),
        decisions=_optional(roots, "decisions.csv"),
        trusted=_trusted(roots, settings, wrong),
        scope=_optional(roots, "scope.csv"),
        categories=_optional(roots, "categories.csv"),
    )
    wrong.problems += _twice(spend)
    if wrong.problems:
        codes = {p.code for p in wrong.problems}
        raise HoldfastError(*wrong.problems, exit_code=2 if codes & {"HF115", "HF404", "HF405"} else 1)
    return found


class _Wrong:
    """Problems met so far, so that all of them can be told at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Keep the problems of what is refused inside, and go on."""
        try:
            yield
        except HoldfastError as error:
            self.problems += error.problems

    def one(self, roots: Roots, paths: Mapping[str, str], settings: Settings, key: str) -> dict[str, Found]:
        """The one file at each path, which stands in the settings under ``key``."""
        found: dict[str, Found] = {}
        for name, path in paths.items():
            try:
                found[name] = roots.one(path)
            except HoldfastError as error:
                row = _line_of_path(settings, key, path)
                self.problems += [replace(p, message=f"{key}: {p.message}", file=FILE, row=row) for p in error.problems]
        return found


def _line_of_path(settings: Settings, key: str, path: str) -> int | None:
    """The line of the first entry that gives that path under that key."""
    table = {"creditors": "anchor", "polygon": "ring", "path": "register"}[key]
    entries = settings.values.get(table, [])
    return next((line_of(settings.lines, (table, i, key)) for i, e in enumerate(entries) if e.get(key) == path), None)


def _payments(roots: Roots, anchor: AnchorSettings, line: int | None) -> tuple[Found, ...]:
    files: dict[str, Found] = {}
    missing = []
    for pattern in anchor.spend:
        matched = roots.find(pattern)
        if not matched:
            message = f"spend of {anchor.name}: {pattern} matches no file."
            missing.append(
                Problem("HF405", message, file=FILE, row=line, value=pattern, help=_why_none(roots, pattern))
            )
        files |= {f.name: f for f in matched}
    if missing:
        raise HoldfastError(*missing)
    return tuple(files.values())


def _why_none(roots: Roots, pattern: str) -> str | None:
    """What to do where a pattern that looks right matches nothing; ``None`` for the usual advice."""
    if "\\" in pattern:
        return f"Write it with forward slashes: {pattern.replace(chr(92), '/')}."
    if closed := roots.closed(pattern):
        return f"The folder {closed} may not be read: ask for permission to read it, or copy the files."
    return None


def _mappings(roots: Roots, settings: Settings, wrong: _Wrong) -> dict[str, Found]:
    found: dict[str, Found] = {}
    for anchor in settings.anchors:
        with wrong.kept():
            if files := roots.find(f"{settings.place.mappings}/{anchor.id}.toml"):
                found[anchor.id] = files[0]
    return found


def _trusted(roots: Roots, settings: Settings, wrong: _Wrong) -> tuple[Found, ...]:
    files: dict[Path, Found] = {}
    for pattern in settings.place.trusted_decisions:
        with wrong.kept():
            found = roots.find(pattern)
            if not found:
                message = f"trusted_decisions: {pattern} matches no file."
                row = line_of(settings.lines, ("place", "trusted_decisions"))
                raise HoldfastError(Problem("HF405", message, file=FILE, row=row, value=pattern))
            files |= {f.path: f for f in found}
    return tuple(files.values())


def _optional(roots: Roots, name: str) -> Found | None:
    found = roots.find(name)
    return found[0] if found else None


def _twice(spend: Mapping[str, Sequence[Found]]) -> list[Problem]:
    """The same file under two anchors would be counted twice."""
    first: dict[Path, str] = {}
    problems = []
    for anchor, files in spend.items():
        for f in files:
            other = first.setdefault(f.path, anchor)
            if other != anchor:
                message = f"{f.name} is listed under both {other} and {anchor}."
                problems.append(Problem("HF404", message, file=FILE, value=f.name))
    return problems
