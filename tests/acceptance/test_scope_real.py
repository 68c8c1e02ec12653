"""What kind of body is paid moves more money than clever spelling: scope on real suppliers' totals."""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from holdfast import packs
from holdfast.suppliers.resolve import resolve
from holdfast.suppliers.scope import classify_scope

TABLE = "lancashire_top500_suppliers_all17bodies.csv"

#: The largest entries of the table that are no purchases from third parties, as a person reads them.
NINE = {
    "Lancashire County Council": "transfers between public bodies",
    "REDACTED": "payments to persons",
    "NHS LANCASHIRE & SOUTH CUMBRIA ICB": "transfers between public bodies",
    "HMRC": "tax",
    "DEPARTMENT FOR COMMUNITIES AND LOCAL GOVERNMENT": "transfers between public bodies",
    "BANK OF SCOTLAND": "treasury and loans",
    "LANCASHIRE COUNTY COUNCIL (DIRECT DEBIT PAYMENTS)": "transfers between public bodies",
    "TEACHERS PENSIONS": "pensions",
    "NHS BLACKPOOL & NHS LANCS & SOUTH CUMBRIA ICB": "transfers between public bodies",
}


@pytest.fixture(scope="module")
def suppliers(shared_data: Callable[[str], Path]) -> list[dict[str, str]]:
    with (shared_data("spend/lancashire") / TABLE).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def scopes(suppliers: list[dict[str, str]]) -> list[str]:
    """The scope of each supplier of the table, which gives no category."""
    pack, nothing = packs.load("uk"), pa.nulls(len(suppliers), pa.string())
    given = {
        "payee": pa.array(range(len(suppliers)), pa.int64()),
        "anchor": pa.array(["lancashire"] * len(suppliers)),
        "supplier": pa.array([r["name"] for r in suppliers]),
        "company_number": pa.array([r["company_number"] or None for r in suppliers], pa.string()),
        "kind": pa.array(["payment"] * len(suppliers)),
    }
    payees, _ = resolve(pa.table(given), [], {}, [], pack)
    combos = payees.select(["payee", "supplier", "supplier_kind", "kind", "anchor"])
    combos = combos.append_column("category", nothing).append_column("department", nothing)
    found: list[str] = classify_scope(combos, pack.scope).column("scope").to_pylist()
    return found


def money(suppliers: list[dict[str, str]], wanted: Callable[[int], bool]) -> Decimal:
    return sum((Decimal(r["total_spend"]) for i, r in enumerate(suppliers) if wanted(i)), Decimal(0))


def test_nine_largest_entries_carry_two_of_eight_and_a_half_billion(
    suppliers: list[dict[str, str]], scopes: list[str]
) -> None:
    found = {r["name"]: s for r, s in zip(suppliers, scopes, strict=True)}
    assert {name: found[name] for name in NINE} == NINE
    assert money(suppliers, lambda i: True) == Decimal("8590850242.23")
    assert round(money(suppliers, lambda i: suppliers[i]["name"] in NINE) / 10**9, 1) == Decimal("2.0")


def test_deposits_with_other_councils_are_no_purchases(suppliers: list[dict[str, str]], scopes: list[str]) -> None:
    """One council lends to councils all over the country; none of that is a purchase, wherever they are."""
    councils = [i for i, r in enumerate(suppliers) if r["name"].endswith(" COUNCIL")]
    assert len(councils) > 60
    assert {scopes[i] for i in councils} == {"transfers between public bodies"}


def test_purchases_are_left_in(suppliers: list[dict[str, str]], scopes: list[str]) -> None:
    found = {r["name"]: s for r, s in zip(suppliers, scopes, strict=True)}
    for name in ("MUSE DEVELOPMENTS LTD", "EDF ENERGY", "LANCASHIRE SCHOOLS SPC PHASE 1 LTD", "HOMECARE FOR YOU"):
        assert found[name] == "third-party purchases", name
    purchases = money(suppliers, lambda i: scopes[i] == "third-party purchases")
    assert Decimal("4.2e9") < purchases < Decimal("4.7e9")
