"""Registers published as JSON: one list of records, or a record on each line; read a piece at a time."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO

from holdfast.core.problem import HoldfastError, Problem
from holdfast.suppliers.opening import opened

_PIECE = 1 << 20
#: A record larger than this is no entry of a register.
_LARGEST = 64 << 20


def records(path: Path) -> Iterator[dict[str, object]]:
    """The records of a list, or of lines; one object alone is one record. What is no record is passed over.

    Raises HF501 where it is no JSON, HF106 where it ends in the middle of a record.
    """
    with opened(path) as file:
        first = file.read(_PIECE)
        start = first.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
        if start == b"[":
            yield from _list(path, first, file)
        elif start == b"{" and _is_record(first.split(b"\n", 1)[0]):
            yield from _lines(path, first, file)
        elif start == b"{":
            yield _one(path)
        else:
            raise _no_json(path)


def field_of(record: Mapping[str, object], heading: str) -> str | None:
    """A field as text, ``outer.inner`` for one within another; a list with bars between its values."""
    value: object = record
    if heading in record:
        value = record[heading]
    else:
        for part in heading.split("."):
            value = value.get(part) if isinstance(value, dict) else None
    if isinstance(value, list):
        return "|".join(str(v) for v in value) or None
    return None if value is None or value == "" else str(value)


def _list(path: Path, first: bytes, file: IO[bytes]) -> Iterator[dict[str, object]]:
    decoder = json.JSONDecoder()
    letters = codecs.getincrementaldecoder("utf-8-sig")(errors="replace")
    pieces = _pieces(first, file)
    text = letters.decode(next(pieces))
    at = text.index("[") + 1
    while True:
        at = _past(text, at)
        if text[at : at + 1] == "]":
            return
        try:
            value, at = decoder.raw_decode(text, at)
        except ValueError as error:
            piece = next(pieces, b"")
            text, at = text[at:] + letters.decode(piece, final=not piece), 0
            if not piece or len(text) > _LARGEST:
                raise (_cut(path) if text[:1] in ("", "{") else _no_json(path)) from error
            continue
        if isinstance(value, dict):
            yield value


def _past(text: str, at: int) -> int:
    """The place of the next thing that is neither a space nor a comma."""
    while text[at : at + 1] and text[at] in " \t\r\n,":
        at += 1
    return at


def _lines(path: Path, first: bytes, file: IO[bytes]) -> Iterator[dict[str, object]]:
    rest = b""
    for piece in _pieces(first, file):
        lines = (rest + piece).split(b"\n")
        rest = lines.pop()
        for line in lines:
            yield from _line(path, line, _no_json)
    yield from _line(path, rest, _cut)


def _line(path: Path, line: bytes, refuse: Callable[[Path], HoldfastError]) -> Iterator[dict[str, object]]:
    text = line.decode("utf-8-sig", errors="replace").strip()
    if not text:
        return
    try:
        value = json.loads(text)
    except ValueError as error:
        raise refuse(path) from error
    if isinstance(value, dict):
        yield value


def _is_record(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line.decode("utf-8-sig", errors="replace")), dict)
    except ValueError:
        return False


def _one(path: Path) -> dict[str, object]:
    """A single record, written over several lines."""
    try:
        with opened(path) as file:
            value: dict[str, object] = json.load(file)
    except ValueError as error:
        raise _no_json(path) from error
    return value


def _pieces(first: bytes, file: IO[bytes]) -> Iterator[bytes]:
    while first:
        yield first
        first = file.read(_PIECE)


def _no_json(path: Path) -> HoldfastError:
    return HoldfastError(Problem("HF501", f"{path.name} is not a JSON list of records.", file=str(path)))


def _cut(path: Path) -> HoldfastError:
    said = f"{path.name} ends in the middle of a record, as a download that was cut off does."
    return HoldfastError(Problem("HF106", said, file=str(path)))
