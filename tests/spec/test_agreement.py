"""The engine and the plain definition agree, whatever the rows: every measure, on the same random tables."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from holdfast.measures import (
    MeasureTables,
    anchor_category,
    bridge,
    by_anchor,
    by_category,
    by_year,
    change,
    concentration,
    controlling_owners,
    coverage,
    deprivation,
    flows,
    flows_by_area,
    gaps,
    leakage,
    local_share,
    months,
    ownership,
    ownership_form,
    shared_suppliers,
    size,
    top_suppliers,
    where,
)
from holdfast.measures.selection import fetch
from spec.spend_rows import RINGS, a_few, a_quarter, any_rows, arrow, engine, many_rows

HOMES = (("council", "E07000120"), ("college", "E07000120"), ("nhs", None))
MEASURES = [
    (anchor_category, anchor_category.Spec(ring=0, top=1)),
    (bridge, bridge.Spec()),
    (by_anchor, by_anchor.Spec(RINGS)),
    (by_category, by_category.Spec(RINGS, top=1)),
    (by_year, by_year.Spec(RINGS)),
    (concentration, concentration.Spec(top=2)),
    (controlling_owners, controlling_owners.Spec()),
    (coverage, coverage.Spec()),
    (deprivation, deprivation.Spec(RINGS)),
    (flows, flows.Spec(RINGS)),
    (flows_by_area, flows_by_area.Spec(HOMES)),
    (gaps, gaps.Spec()),
    (leakage, leakage.Spec(RINGS)),
    (local_share, local_share.Spec(RINGS)),
    (local_share, local_share.Spec(RINGS, basis="based or branched", top=2)),
    (months, months.Spec(4)),
    (ownership, ownership.Spec()),
    (ownership_form, ownership_form.Spec()),
    (shared_suppliers, shared_suppliers.Spec(top=1)),
    (size, size.Spec()),
    (top_suppliers, top_suppliers.Spec(top=2)),
    (where, where.Spec(RINGS)),
]


@pytest.mark.engines("duckdb")
@a_quarter
@given(any_rows)
def test_engine_and_definition_agree_and_what_must_add_up_does(rows):
    holds(rows)


@a_few
@given(many_rows)
def test_every_engine_and_definition_agree_on_many_rows(rows):
    holds(rows)


def holds(rows):
    tables, found = MeasureTables(arrow(rows)), {}
    for measure, spec in MEASURES:
        records = measure.finish(fetch(measure.compute(engine(), tables, spec)), spec)
        assert records == measure.reference(rows, spec), measure.__name__
        found.setdefault(measure, records)
    steps = found[bridge]
    assert sum(r["amount"] for r in steps[:-1]) == steps[-1]["amount"]
    stays = [r for r in found[local_share] if r["pooling"] == "pooled"]
    for local, leaving in zip(stays, found[leakage], strict=True):
        assert local["share"] is None or abs(local["share"] + leaving["share"] - 1) <= Decimal("0.000001")
    whole = steps[-1]["amount"]
    for measure in (where, ownership, ownership_form, controlling_owners, size, flows, coverage, top_suppliers):
        assert sum(r["amount"] for r in found[measure]) == whole, measure.__name__


def test_every_measure_is_held_to_its_definition():
    held = {measure.__name__ for measure, _ in MEASURES} | {change.__name__}  # change has a test of its own
    import holdfast.measures as room

    having = {module.__name__ for module in vars(room).values() if hasattr(module, "reference")}
    assert having == held
