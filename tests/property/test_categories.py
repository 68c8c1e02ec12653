"""Whatever is published, every payment has one category or none, and the money of all of them is all the money."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from holdfast.categories.lists import lists
from holdfast.categories.memory import remember
from holdfast.categories.telling import HOW, Line, tell

LABELS = ["Construction", "SOCIAL CARE : Equipment", "Sundry", "45233141-9 Road works", "", "Taxi contract", "Café №1"]
text = st.one_of(st.none(), st.sampled_from(LABELS), st.text(max_size=20))
line = st.builds(
    Line,
    publisher=st.sampled_from(["town", "college"]),
    supplier=text,
    key=st.sampled_from(["", "a", "b"]),
    category=text,
    code=st.one_of(st.none(), st.sampled_from(["321311", "45233141-9", "5812"]), st.text(max_size=9)),
    department=text,
    description=text,
    sector=st.sampled_from([None, "F 42", "Q"]),
    by_card=st.booleans(),
    pennies=st.integers(-(10**12), 10**12),
    payments=st.integers(1, 50),
)


@given(st.lists(line, max_size=12), st.sampled_from(["cpv", "proclass", "own"]))
def test_every_payment_has_one_category_of_the_taxonomy_or_none(lines: list[Line], taxonomy: str) -> None:
    told = tell(lines, taxonomy).told
    assert len(told) == len(lines)
    known = {"cpv": lists().cpv, "proclass": lists().proclass, "own": {}}[taxonomy]
    for t in told:
        assert t.category in known or not t.category
        assert (t.how == "unknown") == (not t.category)
        assert t.how in HOW
        assert 0 <= t.confidence <= 1
        assert t.why


@given(st.lists(line, max_size=12))
def test_the_order_of_the_lines_tells_nothing(lines: list[Line]) -> None:
    there = tell(lines, "cpv").told
    back = tell(lines[::-1], "cpv").told[::-1]
    assert [(t.category, t.how) for t in there] == [(t.category, t.how) for t in back]


known = st.tuples(st.sampled_from("ab"), st.sampled_from(["45", "80"]), st.integers(-99, 99), st.integers(1, 9))


@given(st.lists(known, min_size=1))
def test_what_is_remembered_is_at_least_half_of_what_was_paid_of_two(lines: list[tuple[str, str, int, int]]) -> None:
    for found in remember(lines).values():
        assert 0.5 <= found.part() <= 1 or not any(pennies for *_, pennies, _ in lines)
        assert 0 < found.agree <= found.payments
        assert found.confidence() < 1
