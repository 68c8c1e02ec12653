"""A share's range holds every placing of what is not known."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.measures.bounds import Share, Split, mean

MILLIONTH = Decimal("0.000001")
pounds = st.integers(-60, 100)


def split(inside, outside, unknown):
    return Split(
        total=Decimal(inside + outside + sum(unknown)),
        known=Decimal(inside + outside),
        part=Decimal(inside),
        up=Decimal(sum(u for u in unknown if u > 0)),
        down=Decimal(sum(u for u in unknown if u < 0)),
    )


@given(pounds, pounds, st.lists(pounds, max_size=6))
def test_every_placing_of_the_unknown_lies_in_the_range(inside, outside, unknown):
    share = split(inside, outside, unknown).share()
    total = inside + outside + sum(unknown)
    if total <= 0:
        assert share == Share()
        return
    for placing in product([True, False], repeat=len(unknown)):
        part = Fraction(inside + sum(u for u, here in zip(unknown, placing, strict=True) if here), total)
        if 0 <= part <= 1:
            assert share.low - MILLIONTH <= Decimal(part.numerator) / part.denominator <= share.high + MILLIONTH


@given(pounds, pounds, st.lists(pounds, max_size=6))
def test_the_range_holds_the_value_and_ends_at_nothing_and_all(inside, outside, unknown):
    share = split(inside, outside, unknown).share()
    if share.low is None:
        return
    assert share.low <= share.high
    if share.value is not None:
        assert share.low <= share.value <= share.high
        assert min(Decimal(0), share.value) <= share.low
        assert share.high <= max(Decimal(1), share.value)


@given(st.integers(0, 100), st.integers(0, 100), st.lists(st.integers(0, 100), max_size=5))
def test_without_credits_the_range_is_no_wider_than_all_out_and_all_in(inside, outside, unknown):
    share = split(inside, outside, unknown).share()
    total = inside + outside + sum(unknown)
    if total > 0:
        assert abs(share.low - Decimal(inside) / total) <= MILLIONTH
        assert abs(share.high - Decimal(inside + sum(unknown)) / total) <= MILLIONTH


@given(pounds, pounds)
def test_what_is_all_known_has_no_range(inside, outside):
    share = split(inside, outside, []).share()
    assert share.low == share.value == share.high


def test_the_complement_turns_the_range_over():
    share = Share(Decimal("0.3"), Decimal("0.2"), Decimal("0.6"), Decimal("0.9"))
    assert share.complement() == Share(Decimal("0.7"), Decimal("0.4"), Decimal("0.8"), Decimal("0.9"))


def test_a_mean_is_rounded_once():
    thirds = [split(1, 2, []), split(2, 1, []), split(1, 2, [])]
    assert mean(thirds).value == Decimal("0.444444")


def test_a_member_without_a_value_has_no_part_in_a_mean():
    assert mean([split(1, 1, []), split(0, 0, [5])]).value == Decimal("0.5")
    assert mean([split(0, 0, [5])]) == Share()


@pytest.mark.parametrize("total", [0, -5])
def test_there_is_no_share_of_nothing(total):
    assert split(total, 0, []).share() == Share()
