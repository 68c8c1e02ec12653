"""Local share by ring."""

from __future__ import annotations

from decimal import Decimal

import pytest

from holdfast.measures import local_share
from holdfast.measures.local_share import Spec
from spec.spend_rows import OUTSIDE, RINGS, agrees, spend

TABLE = [
    spend(anchor="council", supplier_name="Baker", ring=0, amount=60),
    spend(anchor="council", supplier_name="Printer", ring=1, amount=20),
    spend(anchor="council", supplier_name="National", ring=OUTSIDE, branch_ring=0, amount=20),
    spend(anchor="council", supplier_name="Nobody knows", ring=None, amount=100),
    spend(anchor="college", supplier_name="National", ring=OUTSIDE, amount=40),
]


def record(rows, spec, ring, pooling="pooled"):
    return next(r for r in agrees(local_share, rows, spec) if r["ring"] == ring and r["pooling"] == pooling)


def test_the_share_is_of_placed_money_and_the_range_is_of_all_money():
    found = record(TABLE, Spec(RINGS), ring=0)
    assert (found["local_amount"], found["placed"], found["total"]) == (
        Decimal("60.00"),
        Decimal("140.00"),
        Decimal("240.00"),
    )
    assert found["share"] == Decimal("0.428571")  # 60 of 140
    assert (found["low"], found["high"]) == (Decimal("0.25"), Decimal("0.666667"))  # 60 and 160 of 240
    assert found["coverage"] == Decimal("0.583333")


def test_a_ring_holds_the_rings_inside_it():
    assert record(TABLE, Spec(RINGS), ring=1)["local_amount"] == Decimal("80.00")


def test_a_branch_in_the_ring_counts_only_on_the_branched_basis():
    assert record(TABLE, Spec(RINGS, basis="based or branched"), ring=0)["local_amount"] == Decimal("80.00")


def test_pooled_and_mean_of_anchors_are_different_figures():
    rows = [
        spend(anchor="big", supplier_name="Baker", ring=0, amount=90),
        spend(anchor="big", supplier_name="Far", ring=OUTSIDE, amount=10),
        spend(anchor="small", supplier_name="Far", ring=OUTSIDE, amount=10),
    ]
    assert record(rows, Spec(RINGS), ring=0)["share"] == Decimal("0.818182")
    middle = record(rows, Spec(RINGS), ring=0, pooling="mean of anchors")
    assert middle["share"] == Decimal("0.45")
    assert middle["local_amount"] is None


def test_the_largest_suppliers_are_chosen_over_all_anchors_with_ties_by_key():
    rows = [
        spend(anchor="council", supplier_name="B", ring=0, amount=50),
        spend(anchor="college", supplier_name="A", ring=1, amount=50),
        spend(anchor="college", supplier_name="C", ring=0, amount=30),
        spend(anchor="council", supplier_name="C", ring=0, amount=40),
    ]
    assert record(rows, Spec(RINGS, top=2), ring=1)["total"] == Decimal("120.00")
    assert record(rows, Spec(RINGS, top=2), ring=0)["local_amount"] == Decimal("70.00")


def test_undisclosed_suppliers_are_not_one_supplier_and_are_never_in_the_top():
    rows = [
        spend(supplier_name="Redacted", supplier_kind="not disclosed", ring=None, amount=900),
        spend(supplier_name="A", ring=0, amount=1),
    ]
    assert record(rows, Spec(RINGS, top=1), ring=0)["total"] == Decimal("1.00")


def test_credits_go_with_their_supplier_so_a_paid_back_supplier_widens_nothing():
    rows = [
        spend(supplier_name="A", ring=0, amount=10),
        spend(supplier_name="Unplaced", ring=None, amount=500, month="2022-05"),
        spend(supplier_name="Unplaced", ring=None, amount=-500, kind="credit"),
    ]
    found = record(rows, Spec(RINGS), ring=0)
    assert (found["low"], found["share"], found["high"]) == (1, 1, 1)


def test_an_unplaced_net_credit_lowers_the_low_bound_not_the_high_one():
    rows = [
        spend(supplier_name="A", ring=0, amount=50),
        spend(supplier_name="B", ring=OUTSIDE, amount=60),
        spend(supplier_name="Unplaced", ring=None, amount=-10, kind="credit"),
    ]
    found = record(rows, Spec(RINGS), ring=0)
    assert (found["low"], found["high"]) == (Decimal("0.4"), Decimal("0.5"))  # 40 or 50 of 100
    assert found["share"] == Decimal("0.454545")


def test_undisclosed_credits_do_not_cancel_undisclosed_payments():
    rows = [
        spend(supplier_name="A", ring=0, amount=100),
        spend(supplier_name="Redacted", supplier_kind="not disclosed", ring=None, amount=50),
        spend(supplier_name="Redacted", supplier_kind="not disclosed", ring=None, amount=-50, kind="credit"),
    ]
    found = record(rows, Spec(RINGS), ring=1)
    assert (found["low"], found["high"]) == (Decimal("0.5"), 1)


@pytest.mark.parametrize(
    "change", [{"kind": "commitment"}, {"kind": "duplicate"}, {"scope": "grants"}, {"currency": "EUR"}]
)
def test_rows_outside_the_selection_change_nothing(change):
    assert agrees(local_share, [*TABLE, spend(amount=999, **change)], Spec(RINGS)) == agrees(
        local_share, TABLE, Spec(RINGS)
    )


def test_nothing_placed_gives_a_range_but_no_share():
    found = record([spend(supplier_name="A", ring=None, amount=5)], Spec(RINGS), ring=0)
    assert (found["share"], found["low"], found["high"], found["coverage"]) == (None, 0, 1, 0)


def test_no_share_of_a_total_that_is_not_above_zero():
    found = record([spend(amount=-5)], Spec(RINGS), ring=0)
    assert (found["share"], found["low"], found["high"]) == (None, None, None)
