"""The bridge from the files to the figures, and the gaps."""

from __future__ import annotations

from decimal import Decimal

import pytest

from holdfast.core.problem import HoldfastError
from holdfast.measures import BridgeStep, bridge, gaps
from holdfast.measures.selection import fetch
from holdfast.measures.settings import MeasureTables
from spec.spend_rows import agrees, arrow, engine, spend

ROWS = [
    spend(amount=100, payments=3),
    spend(amount=7, kind="commitment", scope="grants"),
    spend(amount=5, kind="duplicate"),
    spend(amount=20, scope="tax"),
    spend(amount=-40, scope="pensions"),
    spend(amount=1000, currency="EUR"),
]


def test_every_step_is_shown_and_the_column_adds_up():
    found = agrees(bridge, ROWS, bridge.Spec())
    assert [(r["step"], r["amount"], r["payments"], r["kind"]) for r in found] == [
        ("total", 92, 7, "total"),
        ("commitment", -7, 1, "left out"),
        ("duplicate", -5, 1, "left out"),
        ("pensions", 40, 1, "left out"),
        ("tax", -20, 1, "left out"),
        ("analysed", 100, 3, "analysed"),
    ]


def finished(*before):
    tallied = fetch(bridge.compute(engine(), MeasureTables(arrow(ROWS)), bridge.Spec()))
    return bridge.finish(tallied, bridge.Spec(), before)


def test_the_bridge_begins_with_what_the_files_hold():
    found = finished(
        BridgeStep("Typed rows of all files", Decimal("95.00"), 9, "total"),
        BridgeStep("Set aside", Decimal("-3.00"), 2),
    )
    assert [r["amount"] for r in found][:2] == [95, -3]


def test_a_bridge_that_does_not_add_up_is_refused_with_the_difference():
    with pytest.raises(HoldfastError) as refusal:
        finished(BridgeStep("Typed rows of all files", Decimal("92.01"), 7, "total"))
    assert refusal.value.problems[0].code == "HF320"
    assert refusal.value.problems[0].amount == Decimal("0.01")


def test_money_in_another_currency_is_a_step_where_the_files_total_holds_it():
    found = finished(BridgeStep("Typed rows of all files", Decimal("1092.00"), 8, "total"))
    assert (found[1]["step"], found[1]["amount"]) == ("other currency", -1000)


def test_money_in_another_currency_is_said():
    (problem,) = bridge.other_currencies(engine(), MeasureTables(arrow(ROWS)), bridge.Spec())
    assert (problem.code, problem.amount) == ("HF319", Decimal("1000.00"))


def test_each_gap_has_its_money_and_payments():
    rows = [
        spend(amount=60, payments=2),
        spend(supplier_name="X", ring=None, amount=30, payments=5, size="unknown"),
        spend(amount=10, year=None, month=None, category=None),
    ]
    found = {r["gap"]: (r["amount"], r["share"], r["payments"]) for r in agrees(gaps, rows, gaps.Spec())}
    assert found == {
        "unplaced": (30, Decimal("0.3"), 5),
        "undated": (10, Decimal("0.1"), 1),
        "no category": (10, Decimal("0.1"), 1),
        "size": (30, Decimal("0.3"), 5),
    }


def test_missing_months_and_unreadable_rows_are_gaps_without_a_total():
    table = gaps.table([], [{"missing": ("2022-04", "2022-05")}], 19)
    assert [r["payments"] for r in table.records()] == [None, 19]
