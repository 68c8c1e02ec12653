"""Concentration of a category."""

from __future__ import annotations

from decimal import Decimal

from holdfast.measures import concentration
from holdfast.measures.concentration import Spec
from spec.spend_rows import agrees, spend


def test_four_equal_suppliers_have_an_index_of_2500():
    rows = [spend(supplier_name=name, amount=25) for name in "ABCD"]
    (record,) = agrees(concentration, rows, Spec())
    assert (record["suppliers"], record["top10_share"], record["hhi"]) == (4, 1, 2500)


def test_the_ten_largest_of_twenty_equal_suppliers_have_half():
    rows = [spend(supplier_name=f"S{n}", amount=1) for n in range(20)]
    assert agrees(concentration, rows, Spec())[0]["top10_share"] == Decimal("0.5")


def test_withheld_and_net_repaying_suppliers_are_in_the_total_but_not_in_the_market():
    rows = [
        spend(supplier_name="A", amount=30),
        spend(supplier_name="Redacted", supplier_kind="not disclosed", amount=60),
        spend(supplier_name="B", amount=-10),
    ]
    (record,) = agrees(concentration, rows, Spec())
    assert (record["total"], record["suppliers"], record["hhi"]) == (80, 1, 10_000)


def test_money_without_a_category_is_no_market():
    assert agrees(concentration, [spend(category=None)], Spec()) == []


def test_billions_do_not_overflow():
    rows = [spend(supplier_name="A", amount="9999999999999.99"), spend(supplier_name="B", amount="0.01")]
    assert agrees(concentration, rows, Spec())[0]["hhi"] == 10_000
