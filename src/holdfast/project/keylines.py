"""Where each key of a TOML file stands, so that a wrong one can be pointed at: ``tomllib`` forgets lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping

#: ``("ring", 1, "areas")``: table, position in an array of tables, key.
KeyPath = tuple[str | int, ...]

_PIECE = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{}\n]|[^"\'#\[\]{}\n]+',
    re.DOTALL,
)
_KEY = re.compile(r'\s*((?:"(?:\\.|[^"\\])*"|\'[^\']*\'|[^="\'])+?)\s*=')


def key_lines(text: str) -> dict[KeyPath, int]:
    """Line (from 1) of every table header and key of valid TOML."""
    lines: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for line, statement in _statements(text):
        if statement.startswith("["):
            table = _header(statement, line, counts, lines)
            lines.setdefault(table, line)
        elif match := _KEY.match(statement):
            lines.setdefault((*table, *_keys(match[1] + " = 0")), line)
    return lines


def line_of(lines: Mapping[KeyPath, int], path: KeyPath) -> int | None:
    """The line of a key, or of the nearest thing it stands in."""
    for end in range(len(path), 0, -1):
        if path[:end] in lines:
            return lines[path[:end]]
    return None


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Logical lines without comments: an array over several lines is one statement, named by its first line."""
    line = first = 1
    depth, pieces = 0, list[str]()
    for match in _PIECE.finditer(text + "\n"):
        piece = match[0]
        if piece == "\n" and depth == 0:
            if statement := "".join(pieces).strip():
                yield first, statement
            pieces, first = [], line + 1
        elif not piece.startswith("#"):
            depth += (piece in "[{") - (piece in "]}") if len(piece) == 1 else 0
            pieces.append(piece)
        line += piece.count("\n")


def _header(statement: str, line: int, counts: dict[KeyPath, int], lines: dict[KeyPath, int]) -> KeyPath:
    path: KeyPath = _keys(statement)
    if not statement.startswith("[["):
        return path
    lines.setdefault(path, line)
    counts[path] = counts.get(path, -1) + 1
    return (*path, counts[path])


def _keys(fragment: str) -> tuple[str, ...]:
    """The names in a header or a dotted key, read by the TOML reader itself so that quoting cannot go wrong."""
    try:
        found: object = tomllib.loads(fragment)
    except tomllib.TOMLDecodeError:
        return ()
    names = []
    while found and isinstance(found, dict | list):
        if isinstance(found, list):
            found = found[0]
        else:
            name = next(iter(found))
            names.append(name)
            found = found[name]
    return tuple(names)
