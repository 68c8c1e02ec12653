"""Whatever is published, every payment has one category or none, and the money of all of them is all the money."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from holdfast.categories.lists import lists
from holdfast.categories.memory import Paid, remember
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


paid = st.builds(
    Paid, st.sampled_from(["", "45", "80"]), st.integers(-99, 99), st.integers(1, 9), st.sampled_from([800, 1000])
)


@given(st.lists(st.tuples(st.sampled_from("ab"), paid), min_size=1))
def test_what_is_remembered_is_of_the_others_alone_and_never_above_all_of_them(lines: list[tuple[str, Paid]]) -> None:
    memories = remember(lines)
    for i, (supplier, line) in enumerate(lines):
        without = remember([*lines[:i], *lines[i + 1 :]]).get(supplier)
        found = memories[supplier].besides(line)
        assert found == (without.besides(Paid("", 0, 0)) if without else None)
        if found is not None:
            assert 0 < found.agree <= found.payments
            assert 0 <= found.confidence < 1
