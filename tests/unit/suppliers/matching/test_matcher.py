"""What the matcher links, leaves to a person, and holds back."""

from __future__ import annotations

import pytest

from .support import FIRMS, firms, listed, matched


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Acme Bridges Ltd", "ACME BRIDGES LIMITED"),
        ("ACME BRIDGES", "ACME BRIDGES LIMITED"),
        ("Acme Brigdes Limited", "ACME BRIDGES LIMITED"),
        ("Trevannion and Pascoe", "TREVANNION & PASCOE LLP"),
        ("LTD ACME BRIDGES", "ACME BRIDGES LIMITED"),
        ("Morwenna Housing Assn", "MORWENNA HOUSING ASSOCIATION LIMITED"),
        ("Acme Bridges Limited - Penzance", "ACME BRIDGES LIMITED"),
        ("Polperrow Fishing Co", "POLPERROW FISHING COMPANY LIMITED"),
    ],
)
def test_what_finance_systems_do_to_a_name_is_undone(asked: str, name: str) -> None:
    (answer,) = matched(asked)
    assert (answer.result, answer.name) == ("linked", name)


def test_a_name_like_nothing_is_none() -> None:
    (answer,) = matched("Umbrella Wharf Consortium")
    assert (answer.result, answer.name, answer.score) == ("none", "", 0.0)


def test_two_that_bear_the_name_are_for_a_person() -> None:
    (answer,) = matched("Quillon Joinery Ltd")
    assert answer.result == "review"
    assert answer.score <= 0.5
    assert answer.runner_up == "QUILLON JOINERY LIMITED"


def test_the_postcode_tells_two_bearers_apart() -> None:
    here, there = matched(("Quillon Joinery Ltd", "ZZ2 2BB"), ("Quillon Joinery Ltd", "zz99yy"))
    assert here.score > 0.5 < there.score
    assert "same postcode" in here.evidence


def test_same_name_with_same_postcode_beats_the_same_name_elsewhere() -> None:
    with_, without = matched(("Acme Bridges", "ZZ1 1AA"), ("Acme Bridges", "AB10 1AA"))
    assert with_.score >= without.score


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("The Hospital", "words that any organisation may bear"),
        ("REDACTED PERSONAL DATA", "withholds the name"),
        ("Mrs J Poulterx", "a person"),
        ("12345678", "no name to go by"),
        ("- - -", "no name to go by"),
        ("", "no name to go by"),
    ],
)
def test_names_that_should_not_match_are_held_back(asked: str, why: str) -> None:
    (answer,) = matched(asked)
    assert (answer.result, answer.name) == ("none", "")
    assert answer.evidence.startswith("held back: ")
    assert why in answer.evidence


def test_a_school_is_no_company() -> None:
    (answer,) = matched("Penhallow School")
    assert answer.result == "none"
    assert answer.evidence == "held back: by its name a school, and no company"


def test_a_person_is_not_matched_with_a_company_of_that_name() -> None:
    register = listed([*FIRMS, ("JANE POULTERX LIMITED", "ZZ5 5EE")])
    (answer,) = matched("Jane Poulterx", register=register)
    assert answer.result == "none"


def test_what_no_match_could_be_made_of_is_survived() -> None:
    odd = ["", None, " ", "...", "مرحبا بالعالم", "Ακμή ACME Мост", "x" * 10_000, "ACME " * 2_000, "\u202eACME", "T/A"]
    answers = matched(*[(o, "") for o in odd])
    assert len(answers) == len(odd)
    assert all(a.result != "linked" for a in answers)


def test_an_empty_register_and_no_names_are_answered() -> None:
    register = listed([])
    (answer,) = matched("Acme Bridges", register=register)
    assert answer.result == "none"
    assert matched(register=firms()) == []


def test_the_order_of_names_changes_no_answer() -> None:
    asked = ["Acme Bridges", "Quillon Joinery", "Trevannion", "Umbrella Wharf", "Velmor Haulage"]
    assert matched(*asked) == matched(*reversed(asked))[::-1]
    assert matched(asked[2]) == [matched(*asked)[2]]


def test_evidence_is_said_in_words() -> None:
    (answer,) = matched(("Acme Bridges", "ZZ1 9ZZ"))
    assert answer.evidence == "same name but for legal form; same postcode district"
