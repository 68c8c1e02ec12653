"""Figures are compared only where they mean the same."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from holdfast.core.figures import Definition, Figure
from holdfast.core.problem import HoldfastError
from holdfast.measures import compare_figures

MEANING = Definition("The Town", "2022/23", ("The Council",))


def figure(value, low=None, high=None, measure="local-share", unit="share", **changes):
    amounts = [None if v is None else Decimal(v) for v in (value, low, high)]
    return Figure(measure, measure, f"Local share {value}", unit, amounts[0], replace(MEANING, **changes), *amounts[1:])


def test_the_difference_is_bounded_by_both_ranges():
    found = compare_figures(figure("0.4", "0.3", "0.5"), figure("0.6", "0.55", "0.7"))
    assert (found.difference, found.low, found.high) == (Decimal("0.2"), Decimal("0.05"), Decimal("0.4"))
    assert found.certain


def test_where_ranges_overlap_the_direction_is_not_certain():
    assert not compare_figures(figure("0.4", "0.3", "0.5"), figure("0.6", "0.45", "0.7")).certain


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"basis": "based or branched"}, "who counts as local (based; based or branched)"),
        ({"suppliers": "top 300"}, "which suppliers count (all; top 300)"),
        ({"pooling": "mean of anchors"}, "how anchors are put together ("),
        ({"vat": "gross"}, "VAT ("),
        ({"area": "The County"}, "the area ("),
        ({"period": "2021/22"}, "the period ("),
        ({"anchors": ("The NHS",)}, "the anchors (The Council; The NHS)"),
        ({"scope": "all payments"}, "which payments count ("),
        ({"prices": "real, 2022/23 prices"}, "the prices ("),
        ({"measure": "leakage"}, "the measure ("),
        ({"unit": "money"}, "the unit ("),
    ],
)
def test_unlike_definitions_are_refused_with_the_reason(changes, reason):
    with pytest.raises(HoldfastError) as refusal:
        compare_figures(figure("0.4"), figure("0.6", **changes))
    assert refusal.value.problems[0].code == "HF701"
    assert reason in refusal.value.problems[0].message


def test_a_difference_that_is_meant_is_said_beside_the_number():
    found = compare_figures(figure("0.4"), figure("0.6", period="2023/24"), across=["period"])
    assert found.difference == Decimal("0.2")
    assert found.said == ("the period (2022/23; 2023/24)",)


def test_an_unknown_figure_has_no_difference():
    found = compare_figures(figure(None), figure("0.6"))
    assert (found.difference, found.certain) == (None, False)
