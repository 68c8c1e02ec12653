"""Coverage."""

from __future__ import annotations

from decimal import Decimal

from holdfast.measures import coverage
from holdfast.measures.coverage import Spec
from spec.spend_rows import agrees, spend


def test_how_suppliers_were_placed_with_the_unplaced_last():
    rows = [
        spend(supplier_name="A", ring=None, amount=70),
        spend(supplier_name="B", placed_by="postcode in payment", amount=10),
        spend(supplier_name="C", placed_by="creditor list", amount=15),
        spend(supplier_name="C", placed_by="creditor list", anchor="nhs", amount=5),
    ]
    assert [tuple(r.values()) for r in agrees(coverage, rows, Spec())] == [
        ("creditor list", Decimal("20.00"), 1, 2, Decimal("0.2")),
        ("postcode in payment", Decimal("10.00"), 1, 1, Decimal("0.1")),
        ("none", Decimal("70.00"), 1, 1, Decimal("0.7")),
    ]


def test_a_supplier_without_a_ring_is_not_placed_whatever_it_was_looked_up_by():
    (record,) = agrees(coverage, [spend(ring=None, placed_by="creditor list")], Spec())
    assert record["placed_by"] == "none"
