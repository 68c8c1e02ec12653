"""Local share by category, and by anchor and category."""

from __future__ import annotations

from decimal import Decimal

from holdfast.measures import anchor_category, by_category
from holdfast.measures.by_category import Spec
from holdfast.measures.selection import fetch
from holdfast.measures.settings import MeasureTables
from spec.spend_rows import OUTSIDE, RINGS, agrees, arrow, engine, spend

ROWS = [
    spend(category="Food", supplier_name="A", ring=0, amount=30),
    spend(category="Food", supplier_name="B", ring=OUTSIDE, amount=10),
    spend(category="Roads", supplier_name="C", ring=1, amount=25),
    spend(category="Art", supplier_name="C", ring=1, amount=2, anchor="college"),
    spend(category="Zoo", supplier_name="C", ring=OUTSIDE, amount=2),
    spend(category=None, supplier_name="D", ring=0, amount=99),
]


def test_largest_categories_by_name_then_the_others_together_then_those_not_stated():
    found = [r for r in agrees(by_category, ROWS, Spec(RINGS, top=2)) if r["ring"] == 1]
    assert [(r["category"], r["total"], r["share"], r["leaving"]) for r in found] == [
        ("Food", 40, Decimal("0.75"), 10),
        ("Roads", 25, 1, 0),
        ("Other (2)", 4, Decimal("0.5"), 2),
        ("Not stated", 99, 1, 0),
    ]
    assert found[2]["of"] == ("Art", "Zoo")


def test_rows_split_further_by_anchor_give_the_same_records():
    spec, tables = Spec(RINGS, top=2), MeasureTables(arrow(ROWS))
    split = fetch(anchor_category.compute(engine(), tables, anchor_category.Spec(1)))
    assert by_category.finish(split, spec) == by_category.reference(ROWS, spec)


def test_the_matrix_names_the_same_categories_for_every_anchor():
    found = agrees(anchor_category, ROWS, anchor_category.Spec(ring=1, top=2))
    assert [(r["anchor"], r["category"], r["total"]) for r in found] == [
        ("college", "Other (2)", 2),
        ("council", "Food", 40),
        ("council", "Roads", 25),
        ("council", "Other (2)", 2),
        ("council", "Not stated", 99),
    ]
