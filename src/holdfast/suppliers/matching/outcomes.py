"""Three outcomes for each name: linked, for review, none; with score, evidence in words and the runner-up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from holdfast.packs import Pack
from holdfast.suppliers.matching import explain, scorecard
from holdfast.suppliers.matching.evidence import POSTCODES
from holdfast.suppliers.matching.held import Told, against, told_by

if TYPE_CHECKING:
    from holdfast.suppliers.matching.matcher import Answers

Result = Literal["linked", "review", "none"]
NOTHING_LIKE = "nothing like it in the register"


@dataclass(frozen=True, slots=True)
class Outcome:
    """``org`` the number of the organisation (of the best one that was looked at where the outcome is none), -1 for no
    one; ``score`` the probability that it is the right one; ``next`` the runner-up."""

    result: Result
    org: int
    score: float
    evidence: str
    next: int
    next_score: float


def outcomes(
    names: Sequence[str], answers: Answers, shown: Sequence[str], pack: Pack, every: bool = False
) -> list[Outcome]:
    """What to do with each name. ``shown``: the name of each organisation of the register. ``every``: say of names that
    should not be matched that they are, also where nothing in the register is like them.

    A name that should not be matched is none, whatever it is like. A tie is for review, where one of those that fit
    equally well is probable enough.
    """
    card = scorecard.load()
    open_ = [i for i in range(len(names)) if every or _near(card, i, answers)]
    told = dict(zip(open_, told_by([names[i] for i in open_], pack), strict=True))
    best = sorted({int(answers.best[i]) for i in open_ if answers.best[i] >= 0})
    of_best = dict(zip(best, told_by([shown[b] for b in best], pack), strict=True))
    none = Told()
    return [
        _outcome(card, i, told[i], of_best.get(int(answers.best[i]), none), answers)
        if i in told
        else _too_far(i, answers)
        for i in range(len(names))
    ]


def _near(card: scorecard.Scorecard, i: int, answers: Answers) -> bool:
    """Whether somebody should look at it: of two that fit equally well, neither may be probable by itself."""
    score = float(answers.score[i])
    return (score + float(answers.next_score[i]) if answers.tied[i] else score) >= card.review


def _too_far(i: int, answers: Answers) -> Outcome:
    """Nothing near enough for anyone to look at."""
    org, runner_up = int(answers.best[i]), int(answers.next[i])
    score, next_score = round(float(answers.score[i]), 4), round(float(answers.next_score[i]), 4)
    return Outcome("none", org, score, NOTHING_LIKE, runner_up, next_score)


def _outcome(card: scorecard.Scorecard, i: int, told: Told, listed: Told, answers: Answers) -> Outcome:
    org, score = int(answers.best[i]), round(float(answers.score[i]), 4)
    runner_up, next_score = int(answers.next[i]), round(float(answers.next_score[i]), 4)
    if told.never:
        return Outcome("none", -1, 0.0, f"held back: {told.never}", -1, 0.0)
    if org < 0:
        return Outcome("none", -1, 0.0, NOTHING_LIKE, -1, 0.0)
    found = {name: float(values[i]) for name, values in answers.found.items()}
    evidence = explain.words(found)
    if why := against(told, listed, found["postcode"] == POSTCODES.index("same")):
        return Outcome("none", -1, 0.0, f"held back: {why}", -1, 0.0)
    result: Result = "review" if _near(card, i, answers) else "none"
    if bool(answers.tied[i]) and result == "review":
        return Outcome("review", org, score, f"{evidence}; another organisation fits as well", runner_up, next_score)
    if score >= card.link:
        result = "linked"
    return Outcome(result, org, score, evidence, runner_up, next_score)
