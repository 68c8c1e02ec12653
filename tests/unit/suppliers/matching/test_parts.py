"""Names taken into parts, rules read and written, and the pieces of evidence by themselves."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from holdfast.suppliers.matching import scorecard
from holdfast.suppliers.matching.names import Vocabulary, prepare
from holdfast.suppliers.matching.pieces import pieces
from holdfast.suppliers.matching.proposals import distinct, propose, ranges, rank_within, within
from holdfast.suppliers.matching.scorecard import Condition, Rule, Scorecard


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Acme Bridges", []),
        ("Acme Ltd T/A Bay Foods", [("before", "Acme Ltd"), ("after a form", "Bay Foods")]),
        ("Acme t/a Bay Foods", [("before", "Acme"), ("after", "Bay Foods")]),
        ("Acme Bridges Limited, Burnley", [("up to its form", "Acme Bridges Limited"), ("before a dash", None)]),
        ("Acme (Hull) Radio Ltd", [("without brackets", "Acme Radio Ltd")]),
        ("Acme Bridges - Hull", [("before a dash", "Acme Bridges")]),
        ("Bridges, Acme", []),
        ("Bay Foods (Acme Foods Ltd)", [("without brackets", "Bay Foods"), ("aside", "Acme Foods Ltd")]),
    ],
)
def test_parts_of_a_name_say_what_they_are(text: str, expected: list[tuple[str, str | None]]) -> None:
    wanted = [(which, piece) for which, piece in expected if piece is not None]
    assert pieces(text) == wanted


@pytest.mark.parametrize(
    ("name", "canon"),
    [
        ("Burnley C.A.B.", "BURNLEY CITIZENS ADVICE"),
        ("Burnley Citizens Advice Bureau", "BURNLEY CITIZENS ADVICE"),
        ("Council for Voluntary Service Pendle", "CVS PENDLE"),
        ("Age Concern Pendle", "AGE UK PENDLE"),
        ("Reach Recruitment Community Interes", "REACH RECRUITMENT"),
        ("Grapevine WarwickshireLtd", "GRAPEVINE WARWICKSHIRE"),
        ("Music Unlimited", "MUSIC UNLIMITED"),
        ("Acme Bridges Liimted", "ACME BRIDGES"),
        ("104299 Acme Bridges", "ACME BRIDGES"),
        ("104299", "104299"),
        ("The Staffs Properties", "STAFFORDSHIRE PROPERTY"),
    ],
)
def test_names_come_to_the_same_words(name: str, canon: str) -> None:
    prepared = prepare(pa.array([name]), Vocabulary())
    assert prepared.canon.to_pylist() == [canon]


def test_blank_names_have_no_words() -> None:
    prepared = prepare(pa.array(["", None, "..."], pa.string()), Vocabulary())
    assert prepared.canon.to_pylist() == ["", "", ""]
    assert np.diff(prepared.start).tolist() == [0, 0, 0]


def test_what_is_alike_is_proposed_and_nothing_else() -> None:
    vocabulary = Vocabulary()
    listed = prepare(pa.array(["ACME BRIDGES LIMITED", "BAY FOODS LIMITED"]), vocabulary)
    asked = prepare(pa.array(["Bridges Acme", "Acme Brdges", "Wholly Other", ""]), vocabulary)
    q, r = propose(asked, listed)
    assert list(zip(q.tolist(), r.tolist(), strict=True)) == [(0, 0), (1, 0)]


def test_rules_say_what_they_read() -> None:
    card = Scorecard(
        (
            Rule(1, (Condition("letters", least=0.9), Condition("same", 0.5, 2.5)), 1.25),
            Rule(1, (Condition("letters", most=0.9),), -2.0),
            Rule(2, (Condition("form", 0.5),), 0.5),
        ),
        -1.0, (0.1, 1.0, -0.2), 6.0, 0.5, 0.1,
    )  # fmt: skip
    text = scorecard.write(card, ["Reached: nothing."])
    assert text.startswith("# Reached: nothing.\ngroup,when,points\n")
    assert "letters > 0.9 & same: the same words in another order | the same but for spelling" in text
    assert scorecard.write(scorecard.read(text)) == scorecard.write(card)


def test_points_are_those_of_the_rules_that_hold() -> None:
    card = scorecard.read(
        "group,when,points\nbase,,-1\nconstant,,0\nper point,,1\nper point of lead,,0\nlead counted up to,,6\n"
        'link from,,0.5\nreview from,,0.1\n1,"letters > 0.9",2\n1,"letters <= 0.9",-1\n2,"same: the same",0.5\n'
    )
    found = {"letters": np.array([0.95, 0.5, 0.95]), "same": np.array([3.0, 3.0, 0.0])}
    assert card.score(found).tolist() == [1.5, -1.5, 1.0]
    assert card.probability(np.array([0.0]), np.array([1.0])).tolist() == [0.5]


def test_the_scorecard_in_the_package_is_readable_and_whole() -> None:
    card = scorecard.load()
    groups = {r.group for r in card.rules}
    assert groups == set(range(1, max(groups) + 1))
    assert 0 < card.review < card.link < 1
    assert {t.measure for r in card.rules for t in r.tests} <= set(scorecard.MEASURES)


def test_each_pair_meets_one_rule_of_each_group() -> None:
    rng = np.random.default_rng(1)
    found = {m: rng.uniform(-2, 12, 200) for m in scorecard.NUMBERS}
    found |= {m: rng.integers(0, len(w), 200).astype(float) for m, w in scorecard.WORDS.items()}
    met = np.zeros((max(r.group for r in scorecard.load().rules) + 1, 200), int)
    for rule in scorecard.load().rules:
        met[rule.group] += np.logical_and.reduce([t.of(found) for t in rule.tests])
    assert (met[1:] == 1).all()


def test_small_helpers_of_arrays() -> None:
    assert ranges(np.array([5, 1]), np.array([2, 3])).tolist() == [5, 6, 1, 2, 3]
    assert rank_within(np.array([4, 4, 7, 7, 7])).tolist() == [0, 1, 0, 1, 2]
    assert distinct(np.array([3, 1, 3])).tolist() == [1, 3]
    assert distinct(np.empty(0, np.int64)).tolist() == []
    assert within(np.array([1, 4]), np.array([1, 3])).tolist() == [True, False]
