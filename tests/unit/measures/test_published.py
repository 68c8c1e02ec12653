"""Published figures are held to their own parts within the rounding of the printed digits."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.core.problem import HoldfastError
from holdfast.measures.intervals import Interval, printed
from holdfast.measures.published import Published, check, problems, table


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("357", "356.5", "357.5"),
        ("445.6", "445.55", "445.65"),
        ("£1,003,858,435.21", "1003858435.205", "1003858435.215"),
        ("71.7%", "0.7165", "0.7175"),
        ("71.70 %", "0.71695", "0.71705"),
        ("44 per cent", "0.435", "0.445"),
        ("£1.2bn", "1150000000", "1250000000"),
        ("£2 million", "1500000", "2500000"),
        ("43p", "0.425", "0.435"),
        ("-5", "-5.5", "-4.5"),
        ("−5", "-5.5", "-4.5"),
        ("750", "749.5", "750.5"),
        ("~750", "745", "755"),
        ("about £1,200", "1150", "1250"),
        ("0", "-0.5", "0.5"),
    ],
)
def test_a_printed_number_stands_for_all_that_are_printed_so(text, low, high):
    interval = printed(text).interval
    assert (interval.low, interval.high) == (Fraction(low), Fraction(high))


@pytest.mark.parametrize("text", ["", "many", "1,23", "12.3.4", "5%%", "£", "1e5", "12 jobs"])
def test_what_is_no_printed_number_is_refused(text):
    with pytest.raises(ValueError, match="not a printed number"):
        printed(text)


MANCHESTER = {"base_spend": "357", "base_share": "51.5%"}


def rise(value, spend, share):
    formula = "spend * share - base_spend * base_share"
    parts = {"spend": spend, "share": share, **MANCHESTER}
    return check(Published(f"Rise of {value}", value, formula, parts, unit="£m", source="a page"))


def test_a_figure_that_rounding_can_explain_reconciles():
    found = rise("123", "431", "71.3%")
    assert found.reconciles
    assert found.needed == ()


def test_a_figure_that_no_rounding_can_explain_does_not_and_says_by_how_much_and_what_it_would_need():
    found = rise("132", "445.6", "71.7%")
    assert not found.reconciles
    assert found.write(found.recomputed.value) == "£135.6m"
    assert (found.write(found.recomputed.low, 2), found.write(found.recomputed.high, 2)) == ("£134.95m", "£136.33m")
    assert found.write(found.beyond) == "£2.4m"
    assert dict(found.needed)["base_spend"] == "364.1"
    (line,) = table([found]).records()
    assert (line["published"], line["recomputed"], line["difference"]) == ("£132m", "£135.6m", "£3.6m")
    assert line["reconciles"] is False
    assert "base spend 364.1" in line["note"]
    assert [p.code for p in problems([found, rise("138", "461", "69.9%")])] == ["HF702", "HF703"]


def test_tolerance_is_what_both_roundings_allow():
    found = check(Published("x", "10", "a + b", {"a": "4.0", "b": "5"}))
    assert found.tolerance == Fraction("0.55") + Fraction("0.5")
    assert found.difference == -1
    assert found.reconciles


@pytest.mark.parametrize(
    ("value", "formula", "parts"),
    [
        ("0.5", "mean(a)", {"a": ["0.4", "0.6"]}),
        ("1.0", "sum(a)", {"a": ["0.4", "0.6"]}),
        ("50%", "sum(part) / sum(whole)", {"part": ["1.0", "2.0"], "whole": ["2.0", "4.0"]}),
        ("75%", "mean(part / whole)", {"part": ["1.0", "2.0"], "whole": ["2.0", "2.0"]}),
        ("61%", "1 − local", {"local": "39%"}),
        ("6", "(a + b) × 2", {"a": "1", "b": "2"}),
        ("6", "sum(a, b, 3)", {"a": "1", "b": "2"}),
        ("-2", "-a", {"a": "2"}),
        ("20", "a * 10", {"a": ["2"]} | {"a": "2"}),
    ],
)
def test_formulas_of_parts_and_lists_of_parts(value, formula, parts):
    assert check(Published("x", value, formula, parts)).reconciles


@pytest.mark.parametrize(
    ("formula", "parts", "said"),
    [
        ("a +", {"a": "1"}, "not understood"),
        ("a + b", {"a": "1"}, "names b"),
        ("a", {"a": "much"}, "'much'"),
        ("a / b", {"a": "1", "b": "0"}, "could be zero"),
        ("a", {"a": ["1", "2"]}, "gives a list"),
        ("a + b", {"a": ["1", "2"], "b": ["1", "2", "3"]}, "do not go together"),
        ("__import__('os')", {}, "made of parts"),
        ("a.b", {"a": "1"}, "more in it than arithmetic"),
        ("a ** 2", {"a": "1"}, r"only \+ - \* /"),
        ("a if a else a", {"a": "1"}, "more in it than arithmetic"),
        ("(lambda: a)()", {"a": "1"}, "more in it than arithmetic"),
        ("max(a)", {"a": "1"}, "made of parts"),
        ("mean()", {}, "made of parts"),
        ("sum(a)", {"a": []}, "of nothing"),
        ("(" * 5000, {}, "not understood"),
    ],
)
def test_a_formula_that_makes_no_sense_is_refused_in_words(formula, parts, said):
    with pytest.raises(HoldfastError, match=said) as refusal:
        check(Published("x", "1", formula, parts))
    assert refusal.value.problems[0].code == "HF404"
    assert refusal.value.exit_code == 2


def test_percentages_lie_points_apart():
    found = check(Published("x", "21.6%", "a", {"a": "26.1%"}))
    assert found.apart(found.difference) == "4.50 points"
    assert "4.40 points beyond rounding" in table([found]).records()[0]["note"]


def test_a_percentage_may_be_printed_without_its_sign_where_the_unit_says_so():
    assert check(Published("x", "45.6", "a / b", {"a": "456", "b": "1000"}, unit="%")).reconciles
    assert table([check(Published("x", "45.6", "a", {"a": "45.6%"}, unit="%"))]).records()[0]["published"] == "45.6%"


numbers = st.fractions(min_value=-50, max_value=50, max_denominator=20)
intervals = st.tuples(numbers, numbers, numbers).map(lambda three: Interval(*(sorted(three)[i] for i in (1, 0, 2))))


@given(intervals, intervals, st.fractions(0, 1), st.fractions(0, 1), st.sampled_from(["+", "-", "*", "/"]))
def test_what_is_worked_out_of_members_of_two_intervals_lies_in_theirs(a, b, x, y, op):
    one, other = a.low + (a.high - a.low) * x, b.low + (b.high - b.low) * y
    if op == "/" and b.low <= 0 <= b.high:
        with pytest.raises(ZeroDivisionError):
            a / b
        return
    whole, member = {
        "+": lambda: (a + b, one + other),
        "-": lambda: (a - b, one - other),
        "*": lambda: (a * b, one * other),
        "/": lambda: (a / b, one / other),
    }[op]()
    assert whole.low <= member <= whole.high


@given(st.decimals(-1000, 1000, places=2))
def test_a_number_reads_back_as_the_one_that_was_printed(number):
    assert printed(f"{number:,.2f}").interval.value == Fraction(Decimal(number))
