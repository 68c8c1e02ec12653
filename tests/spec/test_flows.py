"""Flows from anchors to rings, and from authority to authority."""

from __future__ import annotations

from decimal import Decimal

from holdfast.measures import flows, flows_by_area
from spec.spend_rows import OUTSIDE, RINGS, agrees, spend

HOMES = (("council", "E07000120"), ("college", "E07000120"), ("nhs", None))


def test_flows_add_up_to_all_the_money():
    rows = [
        spend(anchor="council", supplier_name="A", ring=0, amount=6),
        spend(anchor="council", supplier_name="B", ring=OUTSIDE, amount=3),
        spend(anchor="nhs", supplier_name="C", ring=None, amount=1),
    ]
    assert [tuple(r.values()) for r in agrees(flows, rows, flows.Spec(RINGS))] == [
        ("council", 0, Decimal("6.00")),
        ("council", 2, Decimal("3.00")),
        ("nhs", None, Decimal("1.00")),
    ]


def test_anchors_of_one_authority_flow_together():
    rows = [
        spend(anchor="council", area="E07000120", amount=1),
        spend(anchor="college", area="E07000120", amount=2),
        spend(anchor="college", area="E08000003", amount=9),
        spend(anchor="council", area=None, amount=50),
        spend(anchor="nhs", area="E08000003", amount=4),
    ]
    assert [tuple(r.values()) for r in agrees(flows_by_area, rows, flows_by_area.Spec(HOMES))] == [
        ("E07000120", "E08000003", Decimal("9.00")),
        ("E07000120", "E07000120", Decimal("3.00")),
        ("E07000120", None, Decimal("50.00")),
        (None, "E08000003", Decimal("4.00")),
    ]
