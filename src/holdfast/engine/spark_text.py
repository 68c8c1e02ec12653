"""How Spark says what :mod:`holdfast.engine.primitives` says about letters and patterns.

Spark runs on Java, whose own capitals, accents and patterns differ from those of Python and DuckDB: it makes ``FI`` of
``ﬁ``, its ``\\b`` knows letters of other scripts, its ``$`` also stands before a last line break. So letters go through
tables made from Python's, and patterns are spelt out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

#: Where letters with capitals or accents, and marks that stand on others, are found.
_PLANES = (range(0xD800), range(0xE000, 0x20000), range(0x2F800, 0x2FA20), range(0xE0100, 0xE01F0))

_WORD = "0-9A-Za-z_"
#: Between a word's letter and what is none, in ASCII as in RE2. Java may look around; patterns for all engines may not.
_BOUNDARY = f"(?:(?<=[{_WORD}])(?![{_WORD}])|(?<![{_WORD}])(?=[{_WORD}]))"
_INSIDE = {"[": r"\[", "&": r"\&"}
_OUTSIDE = {r"\b": _BOUNDARY, "$": r"\z"}
#: What not every engine understands, or not alike: look-around, groups with names, references back, classes by letter
#: that differ, text quoted whole.
_REFUSED = re.compile(r"\(\?(?!:)|\\[1-9SswWBAZzGQEpPkhHvVRX]|\[\[:")
_TOKEN = re.compile(r"\\x[0-9a-fA-F]{2}|\\.|.", re.DOTALL)


class UnknownPattern(ValueError):
    """A pattern that engines do not understand alike."""


@cache
def java_pattern(pattern: str) -> str:
    """A pattern that RE2 and Python's ASCII mode share, as Java must be told it. Raises :class:`UnknownPattern`."""
    if refused := _REFUSED.search(pattern):
        raise UnknownPattern(f"{refused.group()} is not understood alike by every engine: {pattern}")
    return "(?d)" + "".join(_pieces(pattern))  # d: only \n ends a line


def _pieces(pattern: str) -> Iterator[str]:
    inside = False
    for token in _TOKEN.findall(pattern):
        if inside:
            inside = token != "]"
            yield _INSIDE.get(token, token)
        else:
            inside = token == "["
            yield _OUTSIDE.get(token, token)


def java_replacement(replacement: str) -> str:
    r"""``\1`` as Java writes it: ``$1``."""
    return re.sub(r"\\([1-9])", r"$\1", replacement.replace("$", r"\$"))


@cache
def capitals() -> tuple[str, str]:
    """Letters and the capitals of each, position by position; only where one letter has one capital."""
    return _table(lambda letter: letter.upper())


@cache
def without_accents() -> tuple[str, str]:
    """Letters with accents and the same without; then the marks, which have nothing in the other text.

    Korean letters that are written apart stay apart, where DuckDB and Python put them together.
    """
    letters, plain = _table(_bare)
    marks = "".join(c for c in _characters() if unicodedata.category(c).startswith("M"))
    return letters + marks, plain


def _table(change: Callable[[str], str]) -> tuple[str, str]:
    pairs = [(c, new) for c in _characters() if (new := change(c)) != c and len(new) == 1]
    return "".join(c for c, _ in pairs), "".join(new for _, new in pairs)


def _characters() -> Iterator[str]:
    return (chr(number) for plane in _PLANES for number in plane)


def _bare(letter: str) -> str:
    bare = [c for c in unicodedata.normalize("NFD", letter) if not unicodedata.category(c).startswith("M")]
    return unicodedata.normalize("NFC", "".join(bare))
