"""A publisher's saved mapping: written once, corrected by hand if need be, used again when headers match."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Any

from holdfast.core.problem import HoldfastError, Problem
from holdfast.spend.headers import FIELDS, normalise
from holdfast.spend.kinds import KINDS

_LAYOUT_KEYS = {"header", "columns", "width", "day_first", "decimal", "encoding", "vat", "kind", "currency"}


@dataclass(frozen=True)
class SavedLayout:
    """One layout of a publisher's files.

    ``columns`` field -> header text, or column number from 1 where the file has no header. ``width`` is the number of
    columns of a file without header.
    """

    header: tuple[str, ...]
    columns: Mapping[str, str | int]
    width: int | None = None
    day_first: bool | None = None
    decimal: str | None = None
    encoding: str | None = None
    vat: str | None = None
    kind: str | None = None
    currency: str | None = None

    def fits_headers(self, headers: Sequence[str]) -> bool:
        wanted = [normalise(h) for h in self.header if h.strip()]
        return bool(wanted) and wanted == [normalise(h) for h in headers if h.strip()]

    def fits_width(self, width: int) -> bool:
        return not self.header and self.width is not None and abs(self.width - width) <= 1

    def positions(self, headers: Sequence[str]) -> tuple[dict[str, int], list[Problem]]:
        """Column positions (from 0), and a problem for each column that is not there."""
        at = {normalise(h): i for i, h in reversed(list(enumerate(headers))) if h.strip()}
        found: dict[str, int] = {}
        problems = []
        for name, column in self.columns.items():
            i = column - 1 if isinstance(column, int) else at.get(normalise(column), -1)
            if 0 <= i < len(headers):
                found[name] = i
            else:
                problems.append(_missing(name, column, headers))
        return found, problems


def _missing(name: str, column: str | int, headers: Sequence[str]) -> Problem:
    """A column that is not there, with the header that looks most like it."""
    message = f"the mapping names column {column!r} for the {name}, which the file does not have"
    like = {normalise(h): h.strip() for h in headers if h.strip()}
    near = get_close_matches(normalise(str(column)), like, n=1, cutoff=0.6) if isinstance(column, str) else []
    if near:
        message += f"; did you mean {like[near[0]]!r}?"
    return Problem("HF207", message, column=str(column))


@dataclass(frozen=True)
class SavedMapping:
    """All layouts of one publisher. Raises :class:`HoldfastError` (HF207) on a file that is not one."""

    path: Path | None = None
    layouts: tuple[SavedLayout, ...] = field(default=())

    @classmethod
    def load(cls, path: Path) -> SavedMapping:
        try:
            document = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            problem = Problem(
                "HF104",
                f"the mapping cannot be opened: {error.strerror or error}",
                file=_shown(path),
            )
            raise HoldfastError(problem, exit_code=2) from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise HoldfastError(
                Problem("HF207", f"the mapping is not valid TOML: {error}", file=_shown(path)),
                exit_code=2,
            ) from error
        layouts = document.get("layout", [])
        if other := sorted(set(document) - {"layout"}):
            raise _refused(path, f"has a key that is not known: {other[0]}", "Every layout begins with [[layout]].")
        if not isinstance(layouts, list) or not all(isinstance(entry, dict) for entry in layouts):
            raise _refused(path, "does not list its layouts", "Every layout begins with [[layout]].")
        return cls(path, tuple(_layout(entry, path) for entry in layouts))

    def for_headers(self, headers: Sequence[str]) -> SavedLayout | None:
        return next((layout for layout in self.layouts if layout.fits_headers(headers)), None)

    def for_width(self, width: int) -> SavedLayout | None:
        return next((layout for layout in self.layouts if layout.fits_width(width)), None)

    @property
    def encoding(self) -> str | None:
        return next((layout.encoding for layout in self.layouts if layout.encoding), None)


def _shown(path: Path) -> str:
    """``mappings/rushmere.toml``: the folder too, as several places keep mappings of one name."""
    return PurePosixPath(*path.parts[-2:]).as_posix()


def _refused(path: Path, what: str, help: str) -> HoldfastError:
    return HoldfastError(Problem("HF207", f"the mapping {what}", file=_shown(path), help=help), exit_code=2)


def _is_encoding(value: object) -> bool:
    try:
        return isinstance(value, str) and bool("a".encode(value))
    except LookupError:
        return False


def _is_text_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) for v in value)


def _are_columns(value: object) -> bool:
    return isinstance(value, dict) and all(type(v) in (str, int) for v in value.values())


#: What each key of a layout may hold, and how to say so.
_VALUES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "header": (_is_text_list, "a list of the header's cells"),
    "columns": (_are_columns, "field = header, or field = column number"),
    "width": (lambda v: type(v) is int and v > 0, "a number of columns"),
    "day_first": (lambda v: isinstance(v, bool), "true or false"),
    "decimal": (lambda v: v in (".", ","), '"." or ","'),
    "encoding": (_is_encoding, 'the name of an encoding, such as "cp1252"'),
    "vat": (lambda v: v in ("net", "gross", "as published"), '"net", "gross" or "as published"'),
    "kind": (lambda v: v in KINDS, f"one of {', '.join(KINDS)}"),
    "currency": (lambda v: isinstance(v, str) and len(v) == 3 and v.isupper(), 'three capital letters, such as "GBP"'),
}


def _layout(entry: Mapping[str, Any], path: Path) -> SavedLayout:
    columns = entry.get("columns", {})
    unknown = sorted(set(entry) - _LAYOUT_KEYS) + sorted(
        set(columns) - set(FIELDS) if isinstance(columns, dict) else ()
    )
    if unknown:
        known = f"Keys of a layout: {', '.join(sorted(_LAYOUT_KEYS))}; columns: {', '.join(FIELDS)}."
        raise _refused(path, f"has a key that is not known: {unknown[0]}", known)
    for name, (fits, wanted) in _VALUES.items():
        if name in entry and not fits(entry[name]):
            raise _refused(path, f"has a wrong value for {name}: {entry[name]!r}", f"Write {name} as {wanted}.")
    return SavedLayout(
        header=tuple(entry.get("header", ())),
        columns=dict(entry.get("columns", {})),
        width=entry.get("width"),
        day_first=entry.get("day_first"),
        decimal=entry.get("decimal"),
        encoding=entry.get("encoding"),
        vat=entry.get("vat"),
        kind=entry.get("kind"),
        currency=entry.get("currency"),
    )


#: Of one layout: headers, field -> header, field -> reason, what the amounts include.
Found = tuple[Sequence[str], Mapping[str, str], Mapping[str, str], str]


def render(layouts: Sequence[Found], publisher: str) -> str:
    """A mapping file from what was found."""
    lines = [
        f"# How the files of {publisher} are read. Holdfast wrote this; correct it by hand where it is wrong.",
        "# A layout is used for every file whose header reads the same. Leave a field out to not use its column.",
    ]
    for headers, columns, reasons, vat in layouts:
        lines += ["", "[[layout]]", f"header = [{', '.join(_quoted(h) for h in headers)}]"]
        lines += [f'vat = "{vat}"'] if vat in ("net", "gross") else []
        lines += ["", "[layout.columns]"]
        lines += [
            f"{name} = {_quoted(column)}  # {_comment(reasons.get(name, ''))}" for name, column in columns.items()
        ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = "".join(c if c >= " " and c not in '"\\\x7f' else f"\\u{ord(c):04X}" for c in text)
    return f'"{escaped}"'


def _comment(text: str) -> str:
    return "".join(c if c >= " " else " " for c in text)
