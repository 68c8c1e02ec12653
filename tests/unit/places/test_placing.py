"""Every payee gets the ring that is certain, and none where it is not."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from holdfast import packs
from holdfast.places import Directory, RingSpec, build_rings, place
from holdfast.tables.contract import schema

UK, US, XK = packs.load("uk"), packs.load("us"), packs.load("xk")
CITY, COUNTY = RingSpec("city", ("A1",)), RingSpec("county", ("C1",))


def payees(*rows: dict[str, Any]) -> pa.Table:
    columns = ("based_postcode", "based_town", "based_by")
    data: dict[str, Any] = {"payee": pa.array(range(len(rows)), pa.int64())}
    data |= {c: pa.array([r.get(c) for r in rows], pa.string()) for c in columns}
    data["branch_postcodes"] = pa.array([r.get("branches") for r in rows], pa.list_(pa.string()))
    return pa.table(data)


def placed(
    directory: Directory, pack: packs.Pack, specs: list[RingSpec], *rows: dict[str, Any]
) -> list[dict[str, Any]]:
    table, _ = place(payees(*rows), build_rings(specs, pack, directory), directory, pack)
    result: list[dict[str, Any]] = table.to_pylist()
    return result


def test_a_postcode_gives_authority_ring_and_deprivation(land: Directory, fictional: packs.Pack) -> None:
    by = {"based_by": "creditor list"}
    rows = placed(
        land,
        fictional,
        [CITY, COUNTY],
        *({"based_postcode": p, **by} for p in ("RV1 1AA", "RV2 1AA", "RW1 1AB", "RX1 1AA", None)),
    )
    assert [r["area"] for r in rows] == ["A1", "A1", "A2", "A3", None]
    assert [r["ring"] for r in rows] == [0, 0, 1, 2, None]
    assert [r["deprived"] for r in rows] == [True, False, None, True, None]
    assert [r["placed_by"] for r in rows] == ["creditor list"] * 4 + ["none"]


def test_the_columns_are_those_of_the_contract(land: Directory, fictional: packs.Pack) -> None:
    table, _ = place(payees({"based_postcode": "RV1 1AA"}, {}), build_rings([CITY], fictional, land), land, fictional)
    for name in ("area", "ring", "branch_ring", "placed_by", "deprived"):
        assert table.schema.field(name).type == schema("payees").field(name).type
    again, _ = place(table, build_rings([CITY], fictional, land), land, fictional)
    assert again == table, "placing again gives the same"


def test_no_payees_are_placed_nowhere(land: Directory, fictional: packs.Pack) -> None:
    table, problems = place(payees(), build_rings([CITY], fictional, land), land, fictional)
    assert len(table) == 0
    assert problems == []


def test_premises_bring_a_supplier_nearer_and_never_further(land: Directory, fictional: packs.Pack) -> None:
    rows = placed(
        land,
        fictional,
        [CITY, COUNTY],
        {"based_postcode": "RX1 1AA", "branches": ["RW1 1AA", "RV1 1AA", "nonsense"]},
        {"based_postcode": "RV1 1AA", "branches": ["RX1 1AA"]},
        {"based_postcode": "RX1 1AA", "branches": ["ZZ9 9ZZ"]},
        {"based_postcode": "RX1 1AA", "branches": []},
        {"branches": ["RW1 1AA"]},
        {"branches": ["RX1 1AA"]},
        {},
    )
    assert [r["ring"] for r in rows] == [2, 0, 2, 2, None, None, None]
    assert [r["branch_ring"] for r in rows] == [0, 0, 2, 2, 1, None, None]


def test_circles_and_polygons_are_told_by_the_point(land: Directory, fictional: packs.Pack) -> None:
    near = RingSpec("near", radius_km=1.7, centre="RV1 1AA")
    square = {"type": "Polygon", "coordinates": [[[19, 9], [21, 9], [21, 11], [19, 11], [19, 9]]]}
    rows = placed(
        land, fictional, [near, RingSpec("square", polygon=square)],
        *({"based_postcode": p} for p in ("RV1 1AA", "RV1 1AB", "RV2 1AA", "RW1 1AA", "RX1 1AA", "RV9 9ZZ")),
    )  # fmt: skip
    assert [r["ring"] for r in rows] == [0, 0, 1, 1, 2, None]


def test_a_supplier_abroad_is_outside_only_where_that_is_certain(uk_places: Directory) -> None:
    rows = placed(
        uk_places, UK, [RingSpec("NW", ("E12000002",))],
        {"based_postcode": "D02 X285"}, {"based_postcode": "IRELAND"}, {"based_town": "Paris, France"},
        {"based_postcode": "75008"}, {"based_town": "Paris"}, {"based_postcode": "BB5 1AA", "based_town": "Ireland"},
        {"based_postcode": "JE2 3AB"},
    )  # fmt: skip
    assert [r["ring"] for r in rows] == [1, 1, 1, None, None, 0, 1]


def test_a_town_counts_where_the_postcode_says_nothing() -> None:
    directory = Directory.for_project(US)
    specs = [RingSpec("Scottsdale", towns=("Scottsdale",)), RingSpec("Arizona", ("AZ",))]
    rows = placed(
        directory, US, specs,
        {"based_postcode": "85251", "based_town": "SCOTTSDALE", "based_by": "postcode in payment"},
        {"based_postcode": "85004", "based_town": "Phoenix"},
        {"based_postcode": "60601"},
        {"based_postcode": "85251"},
        {"based_town": "Scottsdale, AZ", "based_by": "town in payment"},
        {"based_postcode": "00000", "based_town": "Scottsdale", "based_by": "postcode in payment"},
        {"based_town": "Phoenix"},
    )  # fmt: skip
    assert [r["ring"] for r in rows] == [0, 1, 2, None, 0, 0, None]
    assert [r["placed_by"] for r in rows][-2:] == ["town in payment", "none"]


def test_a_listed_town_gives_the_authority_too() -> None:
    directory = Directory.for_project(XK)
    specs = [RingSpec("Gjakova", towns=("Gjakova",)), RingSpec("Kosovo", ("XK",))]
    rows = placed(
        directory, XK, specs, *({"based_town": t} for t in ("Duzhnje,  Gjakove", "prishtin[", "TEB", "Albania", None))
    )
    assert [r["area"] for r in rows] == ["XK-GJAKOVE", "XK-PRISHTINE", None, None, None]
    assert [r["ring"] for r in rows] == [0, 1, None, 2, None]


def test_what_could_not_be_placed_is_said_once_per_reason(land: Directory, fictional: packs.Pack) -> None:
    table = payees(
        *({"based_postcode": p} for p in ("RV9 9ZZ", "RV9 9ZZ", "RV9 9ZY", "RV1", "nonsense", "RV1 1AA", " ", None))
    )
    _, problems = place(table, build_rings([CITY], fictional, land), land, fictional)
    assert [(p.code, p.count, p.value) for p in problems] == [("HF603", 3, "RV9 9ZZ"), ("HF604", 2, "RV1")]
    assert "2 postcodes" in problems[0].message


def test_towns_that_are_not_known_are_listed_by_how_often_they_occur() -> None:
    directory = Directory.for_project(XK)
    table = payees(*({"based_town": t} for t in ("Miresh", "TEB", "Miresh", "Gjilan", "n/a", "")))
    _, (problem,) = place(table, build_rings([RingSpec("Kosovo", ("XK",))], XK, directory), directory, XK)
    assert (problem.code, problem.count, problem.value) == ("HF606", 3, "Miresh")


def test_columns_as_published_are_used_where_suppliers_have_not_been_resolved(
    land: Directory, fictional: packs.Pack
) -> None:
    table = pa.table({"payee": [0, 1], "postcode": ["RV1 1AA", None], "town": [None, "Ireland"]})
    result, _ = place(table, build_rings([CITY], fictional, land), land, fictional)
    assert result["ring"].to_pylist() == [0, None]
    assert result["placed_by"].to_pylist() == ["postcode in payment", "none"]


@pytest.mark.parametrize("text", ["BB5 1AA", None])
def test_a_column_of_another_arrow_type_is_read_too(uk_places: Directory, text: str | None) -> None:
    table = pa.table({"payee": [0], "postcode": pa.array([text], pa.large_string()).dictionary_encode()})
    result, _ = place(table, build_rings([RingSpec("r", ("E07000120",))], UK, uk_places), uk_places, UK)
    assert result["ring"].to_pylist() == [0 if text else None]


def test_a_town_of_a_ring_that_nobody_names_is_pointed_out(uk_places: Directory) -> None:
    rows = payees({"based_town": "Accrington"}, {"based_town": "Great Harwood"})
    for town, said in (("Accringtn", True), ("Accrington", False)):
        rings = build_rings([RingSpec("town", towns=(town,))], UK, uk_places)
        problems = [p for p in place(rows, rings, uk_places, UK)[1] if p.code == "HF341"]
        assert [p.what_to_do for p in problems] == (["Did you mean Accrington?"] if said else [])
