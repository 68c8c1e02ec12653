"""The parts of a name as published of which each may be the organisation's: before and after *trading as*, brackets."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Ints = npt.NDArray[np.int64]

#: What a part is. ``up to its form``: what follows LTD in the middle of a name is a branch or a remark as a rule ·
#: ``before`` and ``after`` words such as *trading as* or *via*; ``after a form`` where what stands before has a legal
#: form of its own · ``without brackets`` · ``before a dash`` or a comma · ``aside``: what stands in brackets or after a
#: dash, where it has a legal form.
PART = ("whole", "up to its form", "before", "after", "after a form", "without brackets", "before a dash", "aside")
_WORDS = re.compile(
    r"(?i)\s+(?:c/o|via|t/?a|trading as|a trading name of|trading name of|(?:trading as )?a division of|"
    r"in joint venture with|on behalf of|formerly(?: known as)?|f/?k/?a|previously|now)[.:]?\s+|\s*\|\s*"
)
_FORMS = r"ltd|limited|plc|llp|cic|community interest company"
_HAS_FORM = re.compile(rf"(?i)\b(?:{_FORMS}|inc)\b")
_UP_TO_FORM = re.compile(rf"(?i)^(.+?\s(?:{_FORMS}))\b[.,]?[ ,:;-]+[^ ,:;-].*$")
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]?\s*")
_DASH = re.compile(r"\s+[-–/]\s+|\s*[–;]\s*|,\s+")
_EDGES = " .,;:-"
_SHORTEST = 4
#: No name is longer; what follows is not looked at.
_LONGEST = 300


def asked_for(names: pa.Array) -> tuple[Ints, pa.Array, Ints]:
    """What to ask for: each name, and its parts. (row of the name, text, place in :data:`PART`)."""
    import numpy as np
    import pyarrow as pa

    texts = [name or "" for name in names.to_pylist()]
    of, part = list(range(len(texts))), [0] * len(texts)
    for i in range(len(names)):
        for which, piece in pieces(texts[i]):
            of.append(i)
            texts.append(piece)
            part.append(PART.index(which))
    return np.array(of, np.int64), pa.array(texts, pa.string()), np.array(part, np.int64)


def pieces(text: str) -> list[tuple[str, str]]:
    """The parts of a name, each with what it is; none where the name is one piece. A text stands once."""
    found: dict[str, str] = {}

    def add(which: str, piece: str) -> None:
        piece = piece.strip(_EDGES)
        if len(piece) >= _SHORTEST and piece != text.strip(_EDGES):
            found.setdefault(piece, which)

    text = text[:_LONGEST]
    legal, *others = _WORDS.split(text)
    if others:
        add("before", legal)
    for other in others:
        add("after a form" if _HAS_FORM.search(legal) else "after", other)
    _within(legal, add)
    return [(which, piece) for piece, which in found.items()]


def _within(legal: str, add: Callable[[str, str], None]) -> None:
    """The parts of a name without such words."""
    if told := _UP_TO_FORM.match(legal):
        add("up to its form", told[1])
    asides = _BRACKETS.findall(legal)
    if asides:
        add("without brackets", _BRACKETS.sub(" ", legal))
    first, *rest = _DASH.split(legal)
    if rest and (" " in first or "," not in legal):
        add("before a dash", first)
    for aside in (*asides, *rest):
        if _HAS_FORM.search(aside) and " " in aside.strip():
            add("aside", aside)
