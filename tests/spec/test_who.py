"""Owners, sizes, deprived neighbourhoods."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from holdfast.measures import deprivation, ownership, size
from holdfast.measures.selection import fetch
from holdfast.measures.settings import MeasureTables
from holdfast.measures.tallies import split
from spec.spend_rows import OUTSIDE, RINGS, agrees, arrow, engine, spend


def test_owners_split_all_the_money_and_the_unknown_is_one_of_them():
    rows = [
        spend(supplier_name="A", ownership="co-operative", amount=10),
        spend(supplier_name="B", ownership="private", amount=70),
        spend(supplier_name="C", ownership="unknown", amount=20),
    ]
    found = {r["state"]: (r["share"], r["low"], r["high"]) for r in agrees(ownership, rows, ownership.Spec())}
    assert found["co-operative"] == (Decimal("0.1"), Decimal("0.1"), Decimal("0.3"))
    assert found[None] == (Decimal("0.2"), None, None)
    assert sum(share for share, _, _ in found.values()) == 1


def test_the_sme_share_is_of_the_money_whose_size_is_known():
    rows = [
        spend(supplier_name="A", size="micro", amount=10),
        spend(supplier_name="B", size="medium", amount=20),
        spend(supplier_name="C", size="large", amount=30),
        spend(supplier_name="D", size="unknown", amount=40),
    ]
    tallied = fetch(size.compute(engine(), MeasureTables(arrow(rows)), size.Spec()))
    share = split(tallied, lambda state: state in size.SME).share()
    assert (share.value, share.low, share.high) == (Decimal("0.5"), Decimal("0.3"), Decimal("0.7"))


def test_the_deprived_share_of_a_ring_leaves_out_what_is_outside_it():
    rows = [
        spend(supplier_name="A", ring=0, deprived=True, amount=10),
        spend(supplier_name="B", ring=0, deprived=False, amount=20),
        spend(supplier_name="C", ring=0, deprived=None, amount=10),
        spend(supplier_name="D", ring=OUTSIDE, deprived=True, amount=50),
        spend(supplier_name="E", ring=None, amount=10),
    ]
    everything, inner, _ = agrees(deprivation, rows, deprivation.Spec(RINGS))
    assert everything["share"] == Decimal("0.75")  # 60 of the 80 whose neighbourhood is known
    assert (everything["low"], everything["high"]) == (Decimal("0.6"), Decimal("0.8"))
    assert inner["share"] == Decimal("0.333333")  # 10 of 30
    assert inner["low"] == Decimal("0.2")  # 10 of 50: C and E are not deprived, E is inside
    assert inner["high"] == Decimal("0.6")  # 30 of 50: both are


@given(st.lists(st.tuples(st.integers(-50, 90), st.sampled_from(["yes", "no", "doubt", "astray"])), max_size=6))
def test_the_range_of_a_ring_holds_every_placing_of_what_is_not_known(amounts):
    rows = [
        spend(
            supplier_name=f"S{n}",
            amount=amount,
            ring=None if how == "astray" else 0,
            deprived={"yes": True, "no": False}.get(how),
        )
        for n, (amount, how) in enumerate(amounts)
    ]
    record = deprivation.reference(rows, deprivation.Spec(1))[1]
    if record["low"] is None:
        return
    choices = {"yes": ["yes"], "no": ["no"], "doubt": ["yes", "no"], "astray": ["out", "yes", "no"]}
    for placing in product(*(choices[how] for _, how in amounts)):
        area = sum(a for (a, _), p in zip(amounts, placing, strict=True) if p != "out")
        part = sum(a for (a, _), p in zip(amounts, placing, strict=True) if p == "yes")
        if area > 0 and 0 <= Fraction(part, area) <= 1:
            assert record["low"] - Decimal("0.000001") <= Decimal(part) / Decimal(area)
            assert Decimal(part) / Decimal(area) <= record["high"] + Decimal("0.000001")
