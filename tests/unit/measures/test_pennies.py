"""Parts in pennies add up."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from holdfast.measures.pennies import to_pennies

parts = st.lists(st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=977), min_size=1, max_size=6)


@given(parts)
def test_parts_add_up_to_the_whole_and_each_is_less_than_a_penny_off(exact):
    whole = Decimal(round(sum(exact) * 100)).scaleb(-2)
    rounded = to_pennies(exact, whole)
    assert sum(rounded) == whole
    assert all(abs(Fraction(r) - e) < Fraction(1, 100) for r, e in zip(rounded, exact, strict=True))


def test_the_missing_penny_goes_to_the_part_that_lost_most_and_then_to_the_first():
    assert to_pennies([Fraction(1, 3)] * 3, Decimal("1.00")) == [Decimal("0.34"), Decimal("0.33"), Decimal("0.33")]
