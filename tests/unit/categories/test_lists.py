"""Codes and labels of publishers: known where they are a list's own, left alone where they only look like it."""

from __future__ import annotations

import pytest

from holdfast.categories.lists import lists, table
from holdfast.categories.telling import Line, tell
from support.categories import one

PROCLASS = ["321311", "391110", "271000", "120000", "181100", "281000"]
CPV = ["45233141-9", "79411000-8", "72000000-5", "90911200-8", "33100000-1"]
UNSPSC = ["43211503", "80111600", "72101500", "44121700", "78101800", "31201500"]
LEDGER = ["610098", "501220", "770012", "998001", "450077", "702001"]


@pytest.mark.parametrize(
    ("scheme", "code", "cpv", "proclass"),
    [
        ("CPV", "45233141-9", "45", "39"),
        ("CPV", "45000000", "45", "39"),
        ("ProClass", "321311", "33", "32"),
        ("ProClass", "391110", "45", "39"),
        ("UNSPSC", "43211503", "30", ""),
        ("MCC", "5812", "55", ""),
    ],
)
def test_a_code_is_led_to_its_division(scheme: str, code: str, cpv: str, proclass: str) -> None:
    meaning = lists().code(scheme, code)
    assert meaning is not None
    assert (meaning.cpv, meaning.proclass) == (cpv, proclass)
    assert code in meaning.said


@pytest.mark.parametrize(
    ("scheme", "code"),
    [
        ("CPV", "99000000"),
        ("CPV", "452"),
        ("ProClass", "990000"),
        ("ProClass", "1520"),
        ("UNSPSC", "1099"),
        ("MCC", "x"),
    ],
)
def test_a_code_that_the_list_does_not_have_means_nothing(scheme: str, code: str) -> None:
    assert lists().code(scheme, code) is None


@pytest.mark.parametrize(
    ("codes", "scheme"),
    [(PROCLASS, "ProClass"), (CPV, "CPV"), (UNSPSC, "UNSPSC"), (LEDGER, None), (PROCLASS[:2], None), (CPV[:1], "CPV")],
)
def test_a_columns_list_is_told_by_its_values(codes: list[str], scheme: str | None) -> None:
    assert lists().scheme_of(codes) == scheme


def test_codes_of_a_ledger_among_those_of_a_list_make_it_unknown() -> None:
    assert lists().scheme_of([*PROCLASS, *LEDGER]) is None


def test_merchant_codes_are_believed_only_of_payments_by_card() -> None:
    merchants = ["5812", "5411", "4111", "5541", "7011", "5943"]
    assert lists().scheme_of(merchants) is None
    assert lists().scheme_of(merchants, by_card=True) == "MCC"


def test_a_councils_ledger_and_its_cards_may_bear_codes_of_different_lists() -> None:
    merchants = ["5812", "5411", "4111", "5541", "7011", "1520"]
    ledger = [Line("town", "Any", code=code) for code in PROCLASS]
    cards = [Line("town", "Any", code=code, by_card=True) for code in merchants]
    told = tell([*ledger, *cards], "cpv").told
    assert {t.how for t in told} == {"publisher"}
    assert told[-1].why == "publisher's merchant code 1520"


@pytest.mark.parametrize(
    ("label", "cpv"),
    [
        ("SOCIAL CARE : Equipment", "85"),
        ("Construction works", "45"),
        ("Printed matter and related products", "22"),
        ("Social Community Care Supplies and Services - Adult", "85"),
        ("Catering", ""),
        ("Electricity", "09"),
        ("Rents", "70"),
        ("Security service", "79"),
    ],
)
def test_a_label_that_is_a_lists_own_word_counts_as_such(label: str, cpv: str) -> None:
    meaning = lists().label(label)
    assert meaning is not None
    assert meaning.cpv == cpv


@pytest.mark.parametrize("label", ["", None, "Unclassified Trade", "Other", "Miscellaneous"])
def test_a_label_that_says_nothing_means_nothing(label: str | None) -> None:
    assert lists().label(label) is None


def test_the_publishers_own_word_is_taken_as_said() -> None:
    told = one(category="CONSTRUCTION: Bld Construction", supplier="Any Taxis Ltd")
    assert (told.category, told.how, told.confidence) == ("45", "publisher", 1.0)
    assert "ProClass" in told.why


def test_every_crosswalk_leads_to_a_category_that_exists() -> None:
    known = lists()
    for name, column in (
        ("proclass_codes.csv", "cpv"),
        ("unspsc.csv", "cpv"),
        ("mcc.csv", "cpv"),
        ("names.csv", "cpv"),
    ):
        assert {r[column] for r in table(name)} - set(known.cpv) - {""} == set(), name
    for name in ("cpv.csv", "proclass_codes.csv", "names.csv", "rules.csv"):
        assert {r["proclass"] for r in table(name)} - set(known.proclass) - {""} == set(), name
    assert {r["cpv"] for r in table("rules.csv")} - set(known.cpv) - {""} == set()
