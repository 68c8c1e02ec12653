"""One town however it is spelled; another town only where that is certain."""

import pytest

from holdfast import packs
from holdfast.places import fold_town
from holdfast.places.towns import TownNames, one_slip

XK, US, UK = packs.load("xk"), packs.load("us"), packs.load("uk")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Prishtinë", "prishtine"),
        ("GJILAN", "gjilan"),
        ("Prishttine", "prishtine"),
        ("V i t i", "viti"),
        ("  Fushë   Kosovë ", "fushe kosove"),
        ("F.Kosovë", "f kosove"),
        ("King's Lynn", "kings lyn"),
        ("Weißenburg", "weisenburg"),
        ("Łódź", "lodz"),
        ("prishtin[", "prishtin"),
        ("", ""),
    ],
)
def test_accents_case_doubled_letters_and_spaces_are_folded(text: str, folded: str) -> None:
    assert fold_town(text) == folded


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("viti", "Vitia"),
        ("VITI", "V i t i"),
        ("prishtinë", "Prishtina"),
        ("prishtin[", "Prishtina"),
        ("Pristina", "Prishtinë"),
        ("Prsihtine", "Prishtinë"),
        ("Gjian", "Gjilan"),
        ("Gjilna", "Gjilani"),
        ("Suharek", "Suhareka"),
        ("F. Kosovë", "Fushe Kosova"),
        ("Kaqanik", "Kaçanik"),
        ("Duzhnje,         Gjakove", "Gjakova"),
        ("Zheger Kk-Gjilan", "Gjilan"),
        ("Lipovec-Gjakove", "Gjakovë"),
        ("Prishtina (Kosovë)", "Prishtinë"),
    ],
)
def test_two_spellings_of_a_town_in_kosovo_are_one(a: str, b: str) -> None:
    names = TownNames(XK)
    assert names.read(a).standing == "known"
    assert names.read(a) == names.read(b)


@pytest.mark.parametrize("text", ["PR", "TEB", "Miresh", "Tira-Prish", "", "  ", "Kosovë", "n/a", "10000"])
def test_where_all_towns_are_listed_one_that_is_not_is_unknown(text: str) -> None:
    assert TownNames(XK).read(text).standing == "unknown"


def test_a_ring_may_be_named_by_an_alias() -> None:
    names = TownNames(XK, ring_towns=["Pristina"])
    assert names.read("Prishtinë").key == names.ring_key("Pristina")


@pytest.mark.parametrize("text", ["SCOTTSDALE", "Scottsdale, AZ", "scottsdale, Arizona, USA", "Scottsdale, AZ, 85251"])
def test_a_state_after_the_town_is_passed_over(text: str) -> None:
    names = TownNames(US, ring_towns=["Scottsdale"])
    assert names.read(text).key == names.ring_key("Scottsdale")
    assert names.read(text).standing == "known"


def test_another_town_is_stated_and_not_the_ring() -> None:
    assert TownNames(US, ring_towns=["Scottsdale"]).read("Phoenix, AZ").standing == "stated"


def test_without_a_full_list_no_spelling_is_guessed() -> None:
    assert TownNames(UK, ring_towns=["Preston"]).read("Prestone").standing == "stated"


def test_a_town_within_another_town_is_not_it() -> None:
    names = TownNames(UK, ring_towns=["Preston"])
    assert names.read("Preston, Brighton").standing == "stated"
    assert names.read("Broughton, Preston").standing == "known"
    assert names.read("Preston, Lancashire").standing == "known"


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("Ireland", "abroad"),
        ("Cork, Ireland", "abroad"),
        ("Northern Ireland", "unknown"),
        ("Belfast, Northern Ireland", "stated"),
    ],
)
def test_abroad_is_only_what_is_for_certain(text: str, standing: str) -> None:
    assert TownNames(UK).read(text).standing == standing


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ("gjian", "gjilan", True),
        ("gjilna", "gjilan", True),
        ("prshtin", "prishtin", True),
        ("prishrin", "prishtin", True),
        ("prishtin", "prishtin", False),
        ("gjakov", "gjilan", False),
        ("", "a", True),
        ("ab", "ba", True),
        ("abcd", "badc", False),
    ],
)
def test_one_slip_of_the_keys(a: str, b: str, one: bool) -> None:
    assert one_slip(a, b) is one
    assert one_slip(b, a) is one
