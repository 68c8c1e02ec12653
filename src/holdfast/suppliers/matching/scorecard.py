"""The model: rules with points, added up, and turned into a probability. Read from ``scorecard.csv``.

A rule is what a pair's evidence must be, and the points (natural log odds) it then has. Rules stand in groups of which
just one applies to each pair. The points of the best organisation and its lead over the next one give the probability
that it is the right one.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from holdfast.suppliers.matching import evidence
from holdfast.suppliers.matching.pieces import PART

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Mask = npt.NDArray[np.bool_]

#: Measures that are numbers, in the order in which training sees them. What each means is said in ``evidence``.
NUMBERS = (
    *("words found", "words covered", "missing word", "extra word", "shared weight", "best word"),
    *("letters", "beginning", "within", "any order", "words", "bearers", "ahead", "near"),
)
#: Measures that are one of several words, which are numbered in this order.
WORDS: Mapping[str, Sequence[str]] = {
    "same": evidence.SAME,
    "cut off": evidence.CUT_OFF,
    "form": evidence.FORMS,
    "postcode": evidence.POSTCODES,
    "known as": evidence.HOW,
    "part": PART,
    "left over here": evidence.LEFT_OVER,
    "left over there": evidence.LEFT_OVER,
    "first word": ("another", "the same"),
    "numbers": ("agree", "differ"),
    "borne by another": ("no", "yes"),
}
MEASURES = (*NUMBERS, *WORDS)
_NUMBER = re.compile(r"(.+) (<=|>) (-?[0-9.]+)")
_AND, _OR, _IS = " & ", " | ", ": "


@dataclass(frozen=True, slots=True)
class Condition:
    """``measure`` is above ``least`` and at most ``most``."""

    measure: str
    least: float = float("-inf")
    most: float = float("inf")

    def __str__(self) -> str:
        if words := WORDS.get(self.measure):
            return self.measure + _IS + _OR.join(w for i, w in enumerate(words) if self.least < i <= self.most)
        sides = [f"{self.measure} {sign} {bound:g}" for sign, bound in ((">", self.least), ("<=", self.most))
                 if abs(bound) < float("inf")]  # fmt: skip
        return _AND.join(sides)

    def of(self, found: Mapping[str, Floats]) -> Mask:
        values = found[self.measure]
        if self.least == float("-inf"):
            return values <= self.most
        return values > self.least if self.most == float("inf") else (values > self.least) & (values <= self.most)


@dataclass(frozen=True, slots=True)
class Rule:
    """Points where every test is met. ``group``: of the rules of one group just one applies to a pair."""

    group: int
    tests: tuple[Condition, ...]
    points: float

    @classmethod
    def of(cls, group: str, when: str, points: str) -> Rule:
        tests = tuple(_test(said) for said in when.split(_AND)) if when else ()
        return cls(int(group), tests, float(points))

    def __str__(self) -> str:
        return _AND.join(map(str, self.tests))


def _test(said: str) -> Condition:
    if told := _NUMBER.fullmatch(said):
        bound = float(told[3])
        return Condition(told[1], least=bound) if told[2] == ">" else Condition(told[1], most=bound)
    measure, words = said.split(_IS, 1)
    places = [WORDS[measure].index(word) for word in words.split(_OR)]
    return Condition(measure, min(places) - 0.5, max(places) + 0.5)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """``base``: points before any evidence · ``calibration``: (constant, per point of the best, per point of its lead
    over the next, the lead counted up to ``lead_most``) in log odds · ``link``, ``review``: the least probability for
    either answer."""

    rules: tuple[Rule, ...]
    base: float
    calibration: tuple[float, float, float]
    lead_most: float
    link: float
    review: float

    def score(self, found: Mapping[str, Floats]) -> Floats:
        """Points of each pair."""
        import numpy as np

        total = np.full(len(next(iter(found.values()))), self.base)
        known: dict[Condition, Mask] = {}
        for rule in self.rules:
            met = np.ones(len(total), dtype=bool)
            for test in rule.tests:
                if test not in known:
                    known[test] = test.of(found)
                met &= known[test]
            total[met] += rule.points
        return total

    def probability(self, best: Floats, lead: Floats) -> Floats:
        """That the best organisation is the right one, given its points and its lead."""
        import numpy as np

        constant, per_point, per_lead = self.calibration
        odds = constant + per_point * best + per_lead * np.minimum(lead, self.lead_most)
        return 1.0 / (1.0 + np.exp(-np.clip(odds, -30, 30)))


@cache
def load() -> Scorecard:
    """The scorecard in the package."""
    return read(files("holdfast.suppliers.matching").joinpath("scorecard.csv").read_text(encoding="utf-8"))


#: What the file says beside rules, in its first column.
_SAID = ("base", "constant", "per point", "per point of lead", "lead counted up to", "link from", "review from")


def read(text: str) -> Scorecard:
    """From ``group,when,points``; lines that begin with ``#`` say how good it is and are not read."""
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    said = {row["group"]: float(row["points"]) for row in rows if row["group"] in _SAID}
    rules = tuple(Rule.of(row["group"], row["when"], row["points"]) for row in rows if row["group"] not in _SAID)
    base, constant, per_point, per_lead, most, link, review = (said[name] for name in _SAID)
    return Scorecard(rules, base, (constant, per_point, per_lead), most, link, review)


def write(card: Scorecard, comments: Sequence[str] = ()) -> str:
    """The text that :func:`read` reads, under lines of comment."""
    values = (card.base, *card.calibration, card.lead_most, card.link, card.review)
    lines = [f"# {comment}" for comment in comments] + ["group,when,points"]
    lines += [f"{name},,{value:g}" for name, value in zip(_SAID, values, strict=True)]
    lines += [f'{rule.group},"{rule}",{rule.points:g}' for rule in card.rules]
    return "\n".join(lines) + "\n"
