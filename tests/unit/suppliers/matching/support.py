"""A register of invented firms for the matcher's tests, and answers from it as a person would read them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from holdfast import packs
from holdfast.suppliers.matching import matcher, places
from holdfast.suppliers.matching.outcomes import Outcome, outcomes

UK = packs.load("uk")
#: (name, postcode); a number makes each of many other names its own.
FIRMS = (
    ("ACME BRIDGES LIMITED", "ZZ1 1AA"),
    ("QUILLON JOINERY LIMITED", "ZZ2 2BB"),
    ("QUILLON JOINERY LIMITED", "ZZ9 9YY"),
    ("TREVANNION & PASCOE LLP", "ZZ3 3CC"),
    ("THE HOSPITAL LIMITED", ""),
    ("MORWENNA HOUSING ASSOCIATION LIMITED", "ZZ4 4DD"),
    ("KERNOWEK SUPPLIES (SOUTHERN) LIMITED", ""),
    ("PENHALLOW SCHOOL LIMITED", ""),
    ("POLPERROW FISHING COMPANY LIMITED", ""),
)
_FILLED = tuple((f"{a}{b} {c} LIMITED", "") for a in ("VEL", "TOR", "GWEN", "ZAN") for b in ("MOR", "DIN", "KEL")
                for c in ("HAULAGE", "CATERING", "ROOFING", "TYRES"))  # fmt: skip


class Answer(NamedTuple):
    result: str
    name: str
    score: float
    evidence: str
    runner_up: str


@cache
def firms() -> tuple[matcher.Listed, tuple[str, ...]]:
    return listed([*FIRMS, *_FILLED])


def listed(entries: Sequence[tuple[str, str]]) -> tuple[matcher.Listed, tuple[str, ...]]:
    """A register of these names and postcodes, and what each organisation is called."""
    rows = np.arange(len(entries), dtype=np.int64)
    names = pa.array([e[0] for e in entries], pa.string())
    codes = pa.array([e[1] for e in entries], pa.string())
    register = matcher.listed(names, rows, np.zeros(len(entries), np.int64), codes, places.words("uk"))
    return register, tuple(e[0] for e in entries)


def matched(*asked: str | tuple[str | None, str], register: Any = None) -> list[Answer]:
    """The answers to names, or names with their postcodes."""
    pairs = [a if isinstance(a, tuple) else (a, "") for a in asked]
    found, shown = register or firms()
    names = [p[0] for p in pairs]
    answers = matcher.match(found, pa.array(names, pa.string()), pa.array([p[1] for p in pairs], pa.string()))
    told = outcomes([n or "" for n in names], answers, shown, UK, every=True)
    return [_answer(o, shown) for o in told]


def _answer(o: Outcome, shown: Sequence[str]) -> Answer:
    return Answer(
        o.result,
        shown[o.org] if o.org >= 0 else "",
        o.score,
        o.evidence,
        shown[o.next] if o.next >= 0 else "",
    )
