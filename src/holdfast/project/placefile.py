"""``place.toml`` -> :class:`Settings`: strict, every problem with its line, all of them at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from holdfast.core.problem import HoldfastError, Problem
from holdfast.project.keylines import KeyPath, key_lines, line_of
from holdfast.project.settings import AnchorSettings, Place, PublishedSettings, RegisterSettings, Ring, Settings
from holdfast.project.shapes import Wrong, repeats, tables

FILE = "place.toml"
STATES = ("elsewhere", "outside", "not known")


def load(folder: Path) -> Settings:
    """The settings of a project folder. Raises :class:`HoldfastError` HF401–HF404 with every problem found."""
    return parse(_text(folder / FILE))


def parse(text: str) -> Settings:
    """Settings from the text of a ``place.toml``."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise HoldfastError(_syntax(error), exit_code=2) from None
    checked = _Checked(key_lines(text))
    kept = {name: checked.table(name, values.get(name)) for name in tables()}
    checked.unknown_keys(values, tables(), ())
    if not checked.problems:
        _agree(checked, kept)
    if checked.problems:
        raise HoldfastError(*checked.problems, exit_code=2)
    return Settings(
        place=Place(**kept["place"][0]),
        rings=tuple(Ring(**r) for r in kept["ring"]),
        anchors=tuple(AnchorSettings(**a) for a in kept["anchor"]),
        registers=tuple(RegisterSettings(**r) for r in kept["register"]),
        published=tuple(PublishedSettings(**p) for p in kept["published"]),
        values=values,
        lines=checked.lines,
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        problem = Problem("HF401", f"There is no {FILE} in {path.parent.name or path.parent}.", file=FILE)
    except UnicodeDecodeError:
        problem = Problem("HF402", f"{FILE} is not saved as UTF-8.", file=FILE, help="Save it again as UTF-8.")
    except OSError as error:
        problem = Problem("HF104", f"{FILE} cannot be opened: {error.strerror}.", file=FILE)
    raise HoldfastError(problem, exit_code=2)


def _syntax(error: tomllib.TOMLDecodeError) -> Problem:
    words = str(error)
    place = re.search(r"\(at line (\d+), column \d+\)", words)
    said = re.sub(r"\s*\(at .*\)$", "", words)
    return Problem(
        "HF402",
        f"{FILE} cannot be read as TOML: {said[:1].lower()}{said[1:]}.",
        file=FILE,
        row=int(place[1]) if place else None,
    )


@dataclass
class _Checked:
    """Values read so far and what is wrong with the others."""

    lines: Mapping[KeyPath, int]
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, code: str, message: str, path: KeyPath, value: object = None, help: str | None = None) -> None:
        shown = None if value is None else str(value)
        row = line_of(self.lines, path)
        self.problems.append(Problem(code, message, file=FILE, row=row, value=shown, help=help))

    def table(self, name: str, found: Any) -> list[dict[str, Any]]:
        """The values of ``[name]`` or of each ``[[name]]``."""
        if found is None:
            if name in ("place", "ring", "anchor"):
                self.wrong("HF404", f"{FILE} has no {_heading(name)}.", (), help=_MISSING[name])
            return []
        if isinstance(found, dict) is repeats(name) or not isinstance(found, dict | list):
            self.wrong("HF404", f"{name} must be written as {_heading(name)}.", (name,))
            return []
        entries: list[tuple[KeyPath, Any]] = [((name, i), e) for i, e in enumerate(found)] if repeats(name) else []
        return [self._entry(name, path, entry) for path, entry in entries or [((name,), found)]]

    def _entry(self, name: str, path: KeyPath, entry: Any) -> dict[str, Any]:
        if not isinstance(entry, dict):
            self.wrong("HF404", f"{name} must be written as {_heading(name)}.", path)
            return {}
        keys = tables()[name]
        self.unknown_keys(entry, keys, path)
        for key in (k for k, rule in keys.items() if rule.required and k not in entry):
            self.wrong("HF404", f"{_heading(name)} needs {key}.", path)
        kept = {}
        for key, value in entry.items():
            if key in keys:
                try:
                    kept[key] = keys[key].read(value)
                except Wrong as wrong:
                    self.wrong("HF404", f"{key} must be {wrong}.", (*path, key), value)
        return kept

    def unknown_keys(self, entry: Mapping[str, Any], known: Iterable[str], path: KeyPath) -> None:
        names = list(known)
        for key in (k for k in entry if k not in names):
            near = get_close_matches(key.lower(), names, n=1, cutoff=0.6)
            where = f"in {_heading(str(path[0]))}" if path else f"in {FILE}"
            help = f"Did you mean {near[0]}?" if near else f"Known {where}: {', '.join(names)}."
            self.wrong("HF403", f"{key!r} is not a setting {where}.", (*path, key), help=help)


_MISSING = {
    "place": 'Begin with [place], name = "…" and country = "uk".',
    "ring": "Say what is local with at least one [[ring]].",
    "anchor": "Name at least one institution and its payment files with [[anchor]].",
}


def _heading(table: str) -> str:
    return f"[[{table}]]" if repeats(table) else f"[{table}]"


def _agree(checked: _Checked, kept: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """What no single key can tell."""
    _distinct(checked, "anchor", "id", kept["anchor"])
    _distinct(checked, "anchor", "name", kept["anchor"])
    _distinct(checked, "ring", "name", kept["ring"])
    for i, ring in enumerate(kept["ring"]):
        path: KeyPath = ("ring", i)
        ways = [k for k in ("areas", "radius_km", "polygon", "towns") if k in ring]
        if len(ways) != 1:
            has = f"has {' and '.join(ways)}" if ways else "says nothing about what is inside"
            help = "Give exactly one of areas, radius_km with centre, polygon, towns."
            checked.wrong("HF404", f"The ring {ring['name']} {has}.", path, help=help)
        if ("radius_km" in ring) != ("centre" in ring):
            checked.wrong("HF404", f"The ring {ring['name']} needs both radius_km and centre.", path)
        if ring["name"].lower() in STATES:
            checked.wrong("HF404", f"A ring cannot be called {ring['name']}: the report uses that name.", path)


def _distinct(checked: _Checked, table: str, key: str, entries: Sequence[Mapping[str, Any]]) -> None:
    seen: set[str] = set()
    for i, entry in enumerate(entries):
        if entry[key].casefold() in seen:
            checked.wrong("HF404", f"Two [[{table}]] have the {key} {entry[key]!r}.", (table, i, key))
        seen.add(entry[key].casefold())
