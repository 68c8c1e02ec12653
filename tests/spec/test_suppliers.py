"""The largest suppliers, and those that several anchors pay."""

from __future__ import annotations

from decimal import Decimal

from holdfast.measures import shared_suppliers, top_suppliers
from holdfast.measures.selection import fetch
from holdfast.measures.settings import MeasureTables
from spec.spend_rows import OUTSIDE, agrees, arrow, engine, spend


def test_organisations_by_rank_then_all_others_then_those_without_names():
    rows = [
        spend(supplier_name="Big", amount=50),
        spend(supplier_name="Big", anchor="nhs", amount=10),
        spend(supplier_name="Small", amount=5),
        spend(supplier_name="Tiny", amount=4),
        spend(supplier_name="Ann Example", supplier_kind="person", amount=20),
        spend(supplier_name="Redacted", supplier_kind="not disclosed", amount=11),
    ]
    found = agrees(top_suppliers, rows, top_suppliers.Spec(top=2))
    assert [(r["rank"], r["supplier_name"], r["amount"], r["cumulative_share"], r["anchors"]) for r in found] == [
        (1, "Big", 60, Decimal("0.6"), 2),
        (2, "Small", 5, Decimal("0.65"), 1),
        (None, None, 4, None, None),
        (None, None, 31, None, None),
    ]
    assert found[3]["suppliers"] == 2


def test_a_person_is_named_nowhere():
    rows = [spend(supplier_name="Ann Example", supplier_kind="person", amount=20)]
    assert "Ann Example" not in str(agrees(top_suppliers, rows, top_suppliers.Spec()))
    assert agrees(shared_suppliers, [*rows, spend(**{**rows[0], "anchor": "nhs"})], shared_suppliers.Spec()) == []


def test_ties_go_to_the_smaller_key():
    rows = [spend(supplier_name="B", amount=5), spend(supplier_name="A", amount=5)]
    found = agrees(top_suppliers, rows, top_suppliers.Spec())
    assert [r["supplier_name"] for r in found] == ["A", "B"]


def test_a_supplier_in_two_places_is_shown_where_most_of_its_money_goes():
    rows = [spend(supplier_name="A", ring=0, amount=5), spend(supplier_name="A", ring=OUTSIDE, anchor="nhs", amount=6)]
    assert agrees(top_suppliers, rows, top_suppliers.Spec())[0]["ring"] == OUTSIDE


def test_shared_suppliers_are_paid_by_two_anchors_or_more():
    rows = [
        spend(supplier_name="A", anchor="council", amount=5),
        spend(supplier_name="A", anchor="nhs", amount=7),
        spend(supplier_name="B", anchor="nhs", amount=100),
        spend(supplier_name="C", anchor="nhs", amount=1),
        spend(supplier_name="C", anchor="college", amount=1),
    ]
    found = agrees(shared_suppliers, rows, shared_suppliers.Spec(top=1))
    assert [(r["supplier_name"], r["anchors"], r["amount"], r["shared"], r["shared_amount"]) for r in found] == [
        ("A", ("council", "nhs"), 12, 2, 14)
    ]


def test_every_shared_supplier_is_told_even_where_few_are_listed():
    rows = [spend(supplier_name=name, anchor=anchor) for name in "BAC" for anchor in ("council", "nhs")]
    person = {"supplier_name": "Ann Example", "supplier_kind": "person", "supplier_key": "person:1"}
    rows += [spend(anchor=anchor, **person) for anchor in ("council", "nhs")]
    spec = shared_suppliers.Spec(top=1)
    found = fetch(shared_suppliers.compute(engine(), MeasureTables(arrow(rows)), spec))
    assert shared_suppliers.shared_keys(found) == ["name:A", "name:B", "name:C"]
