"""Spellings of one supplier that no register knows: what is put together by name, and what never is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.engine.primitives import name_parts
from holdfast.suppliers.variants import variants

from .support import payees, resolved


def together(*names: str) -> bool:
    cores = {name_parts(n).core: n for n in names}
    return len(cores) == 1 or bool(list(variants(cores)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Brannoc Care Ltd (Newlands)", "Brannoc Care Limited"), ("Tregarth Fuels Ltd (Exeter)", "Tregarth Fuels Ltd"),
        ("Brannoc Bond Ltd - Perm Placements", "Brannoc Bond Ltd - Temp Placements"),
        ("Brannoc Group ****6820", "Brannoc Group"), ("P C C Tregarth & Polzeath", "PCC Tregarth & Polzeath"),
        ("Smoothstone Ltd", "Smooth Stone Ltd"), ("Tregarth Alan & Son Ltd", "Alan Tregarth and Son Limited"),
        ("Grounds & Hedges Maintenance", "Grounds & Hedges Maint Ltd"), ("Tregarth Plumbimg", "Tregarth Plumbing"),
        ("Tregarth Digital UK Ltd", "Tregarth Digital"),
    ],
)  # fmt: skip
def test_the_same_but_for_remarks_order_spaces_and_slips_is_one(one: str, other: str) -> None:
    assert together(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("University of Tregarth", "University of Polzeath"), ("St Andrews Care Home", "St Annes Care Home"),
        ("North Devon Homes", "North Devon Hospice"), ("Tregarth 1 Ltd", "Tregarth 2 Ltd"),
        ("Tregarth", "Tregarth Leisure Centre"), ("A C S Ltd", "A D S Ltd"),
        ("Day Tregarth Pharmacy", "Tregarth Pharmacy"), ("Tregarth Finance Ltd", "Tregarth Ltd"),
    ],
)  # fmt: skip
def test_what_may_be_two_stays_two(one: str, other: str) -> None:
    assert not together(one, other)


def test_spellings_get_one_key_across_anchors_and_the_evidence_says_so() -> None:
    asked = payees({"supplier": "Brannoc Care Ltd (Newlands)"}, {"supplier": "Brannoc Care Ltd"}, {"supplier": "Other"})
    rows, _ = resolved(asked)
    assert rows[0]["supplier_key"] == rows[1]["supplier_key"] != rows[2]["supplier_key"]
    assert any("taken for one supplier with" in row["evidence"] for row in rows[:2])


@given(st.lists(st.text(max_size=40), max_size=12))
def test_any_names_can_be_compared(names: list[str]) -> None:
    given_names = {name_parts(n).core: n for n in names if name_parts(n).core}
    for one, other in variants(given_names):
        assert one != other
        assert {one, other} <= set(given_names)
