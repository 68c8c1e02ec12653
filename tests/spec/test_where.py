"""Where the money goes."""

from __future__ import annotations

from decimal import Decimal

from holdfast.measures import where
from holdfast.measures.where import Spec
from spec.spend_rows import OUTSIDE, RINGS, agrees, spend


def test_each_payment_is_in_one_state_and_the_parts_add_up_to_one():
    rows = [
        spend(supplier_name="A", ring=0, amount=10),
        spend(supplier_name="B", ring=1, amount=20),
        spend(supplier_name="C", ring=OUTSIDE, amount=30),
        spend(supplier_name="D", ring=None, amount=40),
    ]
    found = agrees(where, rows, Spec(RINGS))
    assert [(r["state"], r["share"], r["low"], r["high"]) for r in found] == [
        (0, Decimal("0.1"), Decimal("0.1"), Decimal("0.5")),
        (1, Decimal("0.2"), Decimal("0.2"), Decimal("0.6")),
        (2, Decimal("0.3"), Decimal("0.3"), Decimal("0.7")),
        (None, Decimal("0.4"), None, None),
    ]


def test_a_state_without_money_is_shown_with_nothing():
    assert [r["amount"] for r in agrees(where, [spend(ring=1, amount=5)], Spec(RINGS))] == [0, 5, 0, 0]
