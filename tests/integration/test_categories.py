"""A run in a chosen taxonomy: categories, the tables that go with them, and the money that they add up to."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from holdfast.core.problem import HoldfastError
from holdfast.project import check, explain, load_results, run
from holdfast.tables.contract import violations
from support.project import SETTINGS, make_project


@pytest.fixture(scope="module", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What this user added to the shared cache is no part of a test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOLDFAST_CACHE", str(tmp_path_factory.mktemp("user-cache")))
        yield


def settings(taxonomy: str) -> str:
    return SETTINGS.replace('country = "fictional"\n', f'country = "fictional"\ntaxonomy = "{taxonomy}"\n')


OWN = "match,category,supplier\nBuilding repairs,45,\nCatering,15,Hillham Foods Co-operative\nNever,15,\n"


@pytest.fixture(scope="module")
def in_cpv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cpv") / "littleport"
    make_project(folder, {"place.toml": settings("cpv"), "categories.csv": OWN})
    run(folder)
    return folder


def read(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / "build" / "latest" / "tables" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def facts(folder: Path) -> list[dict[str, Any]]:
    table = pq.read_table(folder / "build" / "latest" / "facts.parquet")
    assert violations(table, "facts") == []
    found: list[dict[str, Any]] = table.to_pylist()
    return found


def test_every_payment_has_one_category_or_none_and_keeps_its_own_word(in_cpv: Path) -> None:
    found = facts(in_cpv)
    assert {f["category_published"] for f in found} == {"Building repairs", "Catering", "IT equipment"}
    assert {(f["category"] is None) == (f["category_by"] == "unknown") for f in found} == {True}
    repairs = {(f["category"], f["category_by"]) for f in found if f["category_published"] == "Building repairs"}
    assert repairs == {("45 Construction work", "categories.csv")}
    assert {(f["category"] is None) == (f["category_confidence"] is None) for f in found} == {True}
    assert {f["category_confidence"] for f in found if f["category_by"] == "categories.csv"} == {1}


def test_how_sure_a_category_is_goes_by_money(in_cpv: Path) -> None:
    analysed = [f for f in facts(in_cpv) if f["scope"] == "third-party purchases"]
    for row in read(in_cpv, "what_was_bought"):
        of = [f for f in analysed if f["category"] == row["category"]]
        money = sum(abs(f["amount"]) for f in of)
        sure = sum(abs(f["amount"]) * f["category_confidence"] for f in of)
        assert row["confidence"] == "" if not of else abs(Decimal(row["confidence"]) - sure / money) <= Decimal("0.001")


def test_money_by_category_adds_up_to_the_analysed_money_to_the_penny(in_cpv: Path) -> None:
    rows = read(in_cpv, "what_was_bought")
    analysed = [f for f in facts(in_cpv) if f["scope"] == "third-party purchases"]
    assert sum((Decimal(r["amount"]) for r in rows), Decimal(0)) == sum(f["amount"] for f in analysed)
    assert sum(int(r["payments"]) for r in rows) == len(analysed)
    for row in rows:
        ways = sum((Decimal(v) for name, v in row.items() if name.startswith("by_")), Decimal(0))
        assert ways == (Decimal(row["amount"]) if row["category"] != "Not known" else 0)
    money = {r["category"]: Decimal(r["amount"]) for r in rows}
    assert {r["category"]: Decimal(r["total"]) for r in read(in_cpv, "by_category") if r["ring"] == "Littleport"} == {
        ("Not stated" if c == "Not known" else c): amount for c, amount in money.items()
    }


def test_figures_by_category_lead_back_to_their_payments(in_cpv: Path) -> None:
    figures = [f for f in load_results(in_cpv / "build" / "latest").figures if f.where.get("category")]
    for figure in figures:
        assert explain(in_cpv, figure.id, limit=1).adds_up, figure.id


def test_a_line_that_meets_no_payment_is_told(in_cpv: Path) -> None:
    problems = load_results(in_cpv / "build" / "latest").problems
    assert [(p.file, p.row) for p in problems if p.code == "HF523"] == [("categories.csv", 4)]


def test_without_the_setting_nothing_is_worked_out(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "plain", {"categories.csv": OWN})
    outcome = run(folder)
    assert "HF526" in [p.code for p in outcome.problems]
    assert not (outcome.folder / "tables" / "what_was_bought.csv").exists()
    found = facts(folder)
    assert {f[name] for f in found for name in ("category_published", "category_by", "category_confidence")} == {None}
    assert {f["category"] for f in found} == {"Building repairs", "Catering", "IT equipment"}


def test_a_place_may_have_categories_of_its_own(tmp_path: Path) -> None:
    own = "match,category\nBuilding repairs,Our buildings\nCatering,Our food\nIT equipment,Machines\n"
    folder = make_project(tmp_path / "own", {"place.toml": settings("own"), "categories.csv": own})
    run(folder)
    assert {r["category"] for r in read(folder, "what_was_bought")} == {"Our buildings", "Our food", "Machines"}
    assert read(folder, "category_review") == []


@pytest.mark.parametrize(
    ("taxonomy", "own", "code"),
    [
        ("own", None, "HF525"),
        ("cpv", "match,category\nCatering,Our food\n", "HF522"),
        ("proclass", "match,category\nCatering,\n", "HF521"),
        ("cpv", "label\nCatering\n", "HF520"),
        ("colour", None, "HF404"),
    ],
)
def test_what_cannot_be_used_is_refused_before_anything_is_read(
    tmp_path: Path, taxonomy: str, own: str | None, code: str
) -> None:
    changes = {"place.toml": settings(taxonomy)} | ({"categories.csv": own} if own else {})
    folder = make_project(tmp_path / "wrong", changes)
    with pytest.raises(HoldfastError) as caught:
        run(folder)
    assert [(p.code, p.row is not None) for p in caught.value.problems] == [(code, True)]
    if code != "HF404":
        assert code in [p.code for p in check(folder).problems]
