"""Published tables, reproduced: the ten authorities of Greater Manchester, Manchester's rises, Preston's leakage."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from holdfast.core.figures import Anchor
from holdfast.engine.duck import Engine
from holdfast.measures import MeasureSettings, MeasureTables, Published, measure_all
from holdfast.measures.published import check
from holdfast.tables.contract import schema


def text(number: float) -> str:
    """A number of the JSON file as it was printed."""
    return repr(number)


@pytest.fixture(scope="module")
def agma(acceptance_figures: dict[str, Any]) -> dict[str, Any]:
    return acceptance_figures["agma_benchmark"]


@pytest.fixture(scope="module")
def manchester(acceptance_figures: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["year"]: row for row in acceptance_figures["manchester_top300"]}


@pytest.fixture(scope="module")
def measured(agma: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The benchmark as payments: each authority pays its own boundary and elsewhere. Figures by id, and the tables."""
    rows = []
    for name, total, own, _ in agma["rows"]:
        inside, whole = Decimal(text(own)), Decimal(text(total))
        rows += [paid(name, "own", 0, inside), paid(name, "elsewhere", 1, whole - inside)]
    engine = Engine()
    settings = MeasureSettings(
        ("Own boundary",), tuple(Anchor(row[0].lower().replace(" ", "-"), row[0]) for row in agma["rows"])
    )
    spend = pa.Table.from_pylist(rows, schema=schema("spend"))
    figures, tables, _ = measure_all(engine, MeasureTables(spend), settings)
    engine.close()
    return {figure.id: figure for figure in figures}, tables


def paid(anchor: str, supplier: str, ring: int, amount: Decimal) -> dict[str, Any]:
    return {
        "anchor": anchor.lower().replace(" ", "-"),
        "supplier_key": f"name:{supplier}",
        "supplier_name": supplier,
        "supplier_kind": "company",
        "ownership": "unknown",
        "size": "unknown",
        "ring": ring,
        "branch_ring": ring,
        "placed_by": "creditor list",
        "kind": "payment",
        "scope": "third-party purchases",
        "currency": "GBP",
        "amount": amount,
        "payments": 1,
    }


def test_the_benchmark_adds_up_to_the_penny(agma, measured):
    figure = measured[0]["local-share.own-boundary.all.based.pooled"]
    assert [figure.denominator, figure.numerator] == [Decimal(text(number)) for number in agma["published_total"]]
    assert figure.denominator == Decimal("1003858435.21")


def test_mean_and_pooled_are_both_there_and_are_not_mixed(agma, measured):
    pooled = measured[0]["local-share.own-boundary.all.based.pooled"]
    middle = measured[0]["local-share.own-boundary.all.based.mean"]
    assert round(middle.value * 100, 2) == Decimal("53.79")
    assert round(pooled.value * 100, 2) == Decimal(text(agma["pooled_pct_derived"])) == Decimal("61.73")
    assert (pooled.definition.pooling, middle.definition.pooling) == ("pooled", "mean of anchors")


def test_each_authority_has_its_printed_share(agma, measured):
    printed = {name: Decimal(text(share)) for name, _, _, share in agma["rows"]}
    found = {row["name"]: round(row["share"] * 100, 1) for row in measured[1]["by_anchor"].records()}
    assert found == printed


def test_every_printed_percentage_and_total_of_the_benchmark_reconciles(agma):
    rows = agma["rows"] + agma["outside_average"]
    checks = [
        check(Published(name, f"{share}%", "own / whole", {"own": text(own), "whole": text(whole)}))
        for name, whole, own, share in rows
    ]
    for place, total in enumerate(agma["published_total"], 1):
        parts = [text(row[place]) for row in agma["rows"]]
        checks.append(check(Published("Total", text(total), "sum(parts)", {"parts": parts})))
    lists = {"own": [text(row[2]) for row in agma["rows"]], "whole": [text(row[1]) for row in agma["rows"]]}
    checks.append(check(Published("Average", f"{agma['published_average_pct']}%", "mean(own / whole)", lists)))
    assert len(checks) == 15
    assert [c.entry.label for c in checks if not c.reconciles] == []


def test_the_printed_average_is_the_mean_and_not_the_pooled_share(agma):
    lists = {"own": [text(row[2]) for row in agma["rows"]], "whole": [text(row[1]) for row in agma["rows"]]}
    pooled = check(Published("Average", f"{agma['published_average_pct']}%", "sum(own) / sum(whole)", lists))
    assert not pooled.reconciles
    assert pooled.write(pooled.recomputed.value) == "61.73%"


@pytest.mark.parametrize("year", ["2016/17", "2017/18", "2018/19"])
def test_manchesters_published_rises_reconcile_or_are_flagged(manchester, year):
    base, row = manchester["2008/09"], manchester[year]
    parts = {
        "spend": text(row["spend_m"]),
        "share": f"{row['mcr_pct']}%",
        "base_spend": text(base["spend_m"]),
        "base_share": f"{base['mcr_pct']}%",
    }
    formula = "spend * share - base_spend * base_share"
    found = check(Published(f"Rise to {year}", text(row["published_rise_m"]), formula, parts, unit="£m"))
    assert found.reconciles == row["reconciles"]
    assert found.write(found.recomputed.value) == f"£{row['recomputed_rise_m']}m"
    if not found.reconciles:
        assert round(float(found.recomputed.low), 2) == 134.95
        assert round(float(found.recomputed.high), 2) == 136.33
        assert dict(found.needed)["base_spend"].startswith("364")


def test_prestons_leakage_reconciles(acceptance_figures):
    first = acceptance_figures["preston_anchors"]["2012/13"]
    parts = {"total": text(first["total_m"]), "local": f"{first['lancashire_pct']}%"}
    found = check(Published("Leakage", text(first["leak_lancashire_m"]), "total * (1 - local)", parts, unit="£m"))
    assert found.reconciles
    assert found.write(found.recomputed.value) == "£457.5m"
