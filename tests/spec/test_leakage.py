"""Leakage."""

from __future__ import annotations

from decimal import Decimal

from holdfast.measures import leakage
from holdfast.measures.leakage import Spec
from spec.spend_rows import OUTSIDE, RINGS, agrees, spend


def test_what_is_placed_outside_the_ring_leaves_it():
    rows = [
        spend(supplier_name="A", ring=0, amount=60),
        spend(supplier_name="B", ring=1, amount=30),
        spend(supplier_name="C", ring=OUTSIDE, amount=10),
    ]
    inner, outer = agrees(leakage, rows, Spec(RINGS))
    assert (inner["share"], inner["leaving"]) == (Decimal("0.4"), Decimal("40.00"))
    assert (outer["share"], outer["leaving"]) == (Decimal("0.1"), Decimal("10.00"))
