"""What reaches the terminal: results to stdout, messages to stderr, nothing that could upset either.

Text from files is data: control characters are taken out, and nothing in it is read as markup.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import TextIO

#: Control characters, and the invisible ones that turn the direction of text around.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
#: What stands before the words of a problem: where, the value, what to do.
_MARK = re.compile(r"\s*(?:(?:-->|[|=]) )?")
_HEAD = re.compile(r"(?:error|warning|note)\[")
NARROWEST = 40
_STYLES = {"bold": "1", "dim": "2", "error": "1;31", "warning": "1;33", "note": "1;36", "good": "32"}


def clean(text: object) -> str:
    """One line of text that a terminal only shows."""
    return _UNSAFE.sub("", str(text).replace("\t", " ").replace("\n", " "))


def say(text: str = "", *, style: str | None = None, under: int = 0) -> None:
    """A line of the result. ``under``: where it goes on if it has to be folded."""
    _line(sys.stdout, text, style, under)


def tell(text: str = "", *, style: str | None = None) -> None:
    """A line of message."""
    _line(sys.stderr, text, style)


def paint(text: str, style: str | None, stream: TextIO) -> str:
    """Text in colour where the stream is a terminal that wants it."""
    if not style or not coloured(stream):
        return text
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m"


def coloured(stream: TextIO) -> bool:
    """Whether to colour: a terminal, and not asked otherwise (https://no-color.org)."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and stream.isatty()


def room(stream: TextIO) -> int | None:
    """How many columns there are; ``None`` where nobody looks and lines stay whole."""
    return max(shutil.get_terminal_size().columns, NARROWEST) if stream.isatty() else None


def folded(text: str, stream: TextIO, under: int = 0) -> list[str]:
    """The text on lines that fit, broken between words only, so that paths and commands can still be copied.

    Lines go on at ``under``, or where the words began, after the marks that problems are told with.
    """
    width = room(stream)
    if width is None or len(text) <= width:
        return [text]
    mark = _MARK.match(text)
    hang = " " * (under or (len(mark.group()) if mark else 0))
    hang += "  " if _HEAD.match(text[len(hang) :]) else ""
    made = textwrap.wrap(text, width, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False)
    return made or [text]


def counted(count: int, thing: str) -> str:
    """``1 file``, ``2,400 files``."""
    return f"{count:,} {thing}{'s' * (count != 1)}"


def fits(lines: Iterable[str], stream: TextIO) -> bool:
    """Whether every line can stand on one."""
    width = room(stream)
    return width is None or all(len(line) <= width for line in lines)


def _line(stream: TextIO, text: str, style: str | None, under: int = 0) -> None:
    for line in folded(clean(text), stream, under):
        stream.write(paint(line, style, stream) + "\n")


def columns(rows: Iterable[Sequence[object]], *, right: Sequence[int] = (), indent: str = "") -> list[str]:
    """Lines of a table with its columns lined up; ``right`` are the positions set flush right."""
    cells = [[clean(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        indent
        + "  ".join(
            cell.rjust(width) if i in right else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]


def use_utf8() -> None:
    """Pound signs and accents must not stop a result, whatever the terminal's own encoding."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
