"""Local share by anchor."""

from __future__ import annotations

from decimal import Decimal

from holdfast.measures import by_anchor
from holdfast.measures.by_anchor import Spec
from spec.spend_rows import OUTSIDE, RINGS, agrees, spend


def test_each_anchor_has_its_own_share():
    rows = [
        spend(anchor="council", supplier_name="A", ring=0, amount=3),
        spend(anchor="council", supplier_name="B", ring=OUTSIDE, amount=1),
        spend(anchor="nhs", supplier_name="A", ring=1, amount=5),
    ]
    found = {(r["anchor"], r["ring"]): r["share"] for r in agrees(by_anchor, rows, Spec(RINGS))}
    assert found == {
        ("council", 0): Decimal("0.75"),
        ("council", 1): Decimal("0.75"),
        ("nhs", 0): Decimal("0"),
        ("nhs", 1): Decimal("1"),
    }
