"""Rules: plain words in a publisher's label or a supplier's name that say what was bought, as a table people can read.

A rule looks at whole words in capitals without signs. How often each was right where the category is known stands in
the table (``right``, of ``seen`` lines), for CPV and ProClass apart; without that figure a rule is not asked there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from holdfast.categories.lists import table
from holdfast.categories.words import plain


@dataclass(frozen=True, slots=True)
class Rule:
    """``where``: category, supplier or any · ``right``: how surely it tells, by taxonomy."""

    pattern: re.Pattern[str]
    where: str
    cpv: str
    proclass: str
    says: str
    right_cpv: float
    right_proclass: float

    def of(self, taxonomy: str) -> tuple[str, float]:
        """The category and how surely; blank where the rule does not tell."""
        return (self.proclass, self.right_proclass) if taxonomy == "proclass" else (self.cpv, self.right_cpv)


@cache
def rules() -> tuple[Rule, ...]:
    return tuple(
        Rule(
            pattern(r["pattern"]), r["in"], r["cpv"], r["proclass"], r["says"],
            float(r["right_cpv"] or 0), float(r["right_proclass"] or 0),
        )
        for r in table("rules.csv")
    )  # fmt: skip


def pattern(text: str) -> re.Pattern[str]:
    """A rule's pattern, which stands for whole words."""
    return re.compile(rf"\b(?:{text})\b", re.IGNORECASE)


def speaking(asked: Sequence[Rule], where: Sequence[str], text: str | None) -> list[Rule]:
    """The rules that speak of a publisher's label (``category``) or of a supplier's name (``supplier``)."""
    words = plain(text)
    return [r for r in asked if words and r.where in where and r.pattern.search(words)]
