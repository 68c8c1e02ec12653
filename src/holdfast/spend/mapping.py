"""A publisher's saved mapping: written once, corrected by hand if need be, used again when headers match."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from holdfast.core.problem import HoldfastError, Problem
from holdfast.spend.headers import FIELDS, normalise

_LAYOUT_KEYS = {"header", "columns", "width", "day_first", "decimal", "encoding", "vat", "kind", "skip", "currency"}


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
                problems.append(
                    Problem(
                        "HF207",
                        f"the mapping names column {column!r} for the {name}, which the file does not have",
                        column=str(column),
                    )
                )
        return found, problems


@dataclass(frozen=True)
class SavedMapping:
    """All layouts of one publisher. Raises :class:`HoldfastError` (HF207) on a file that is not one."""

    path: Path | None = None
    layouts: tuple[SavedLayout, ...] = field(default=())

    @classmethod
    def load(cls, path: Path) -> SavedMapping:
        try:
            document = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise HoldfastError(
                Problem("HF207", f"the mapping is not valid TOML: {error}", file=path.name), exit_code=2
            ) from error
        return cls(path, tuple(_layout(entry, path) for entry in document.get("layout", [])))

    def for_headers(self, headers: Sequence[str]) -> SavedLayout | None:
        return next((layout for layout in self.layouts if layout.fits_headers(headers)), None)

    def for_width(self, width: int) -> SavedLayout | None:
        return next((layout for layout in self.layouts if layout.fits_width(width)), None)

    @property
    def encoding(self) -> str | None:
        return next((layout.encoding for layout in self.layouts if layout.encoding), None)


def _layout(entry: Mapping[str, Any], path: Path) -> SavedLayout:
    unknown = sorted(set(entry) - _LAYOUT_KEYS) + sorted(set(entry.get("columns", {})) - set(FIELDS))
    if unknown:
        raise HoldfastError(
            Problem("HF207", f"the mapping has a key that is not known: {unknown[0]}", file=path.name,
                    help=f"Keys of a layout: {', '.join(sorted(_LAYOUT_KEYS))}; columns: {', '.join(FIELDS)}."),
            exit_code=2,
        )  # fmt: skip
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


def render(layouts: Sequence[tuple[Sequence[str], Mapping[str, str], Mapping[str, str]]], publisher: str) -> str:
    """A mapping file from what was found: (headers, field -> header, field -> reason) per layout."""
    lines = [
        f"# How the files of {publisher} are read. Holdfast wrote this; correct it by hand where it is wrong.",
        "# A layout is used for every file whose header reads the same. Leave a field out to not use its column.",
    ]
    for headers, columns, reasons in layouts:
        lines += ["", "[[layout]]", f"header = [{', '.join(_quoted(h) for h in headers)}]", "", "[layout.columns]"]
        lines += [
            f"{name} = {_quoted(column)}  # {_comment(reasons.get(name, ''))}" for name, column in columns.items()
        ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = "".join(c if c >= " " and c not in '"\\\x7f' else f"\\u{ord(c):04X}" for c in text)
    return f'"{escaped}"'


def _comment(text: str) -> str:
    return "".join(c if c >= " " else " " for c in text)
