"""Ids of figures."""

from __future__ import annotations

import pytest

from holdfast.measures.naming import slug, slugs
from holdfast.measures.selection import COUNTED_KINDS, LEFT_OUT_KINDS
from holdfast.tables.contract import contract


@pytest.mark.parametrize(
    ("text", "id"),
    [("Greater Manchester", "greater-manchester"), ("2023/24", "2023-24"), ("Prishtinë", "prishtine"), ("北", "other")],
)
def test_an_id_is_made_of_latin_letters_digits_and_hyphens(text, id):
    assert slug(text) == id


def test_a_long_name_is_cut_between_words():
    assert slug("Repairs and maintenance of " + "buildings " * 20) == "repairs-and-maintenance-of-" + "-".join(
        ["buildings"] * 3
    )
    assert slug("x" * 500) == "x" * 60


def test_names_with_one_slug_get_numbers_in_their_order():
    assert slugs(["IT & Comms", "IT Comms", "IT-comms"]) == {
        "IT & Comms": "it-comms",
        "IT Comms": "it-comms-2",
        "IT-comms": "it-comms-3",
    }


def test_every_kind_of_payment_is_either_counted_or_left_out():
    (kinds,) = [column.description for column in contract("payments") if column.column == "kind"]
    assert {*COUNTED_KINDS, *LEFT_OUT_KINDS} == set(kinds.split(" | "))
