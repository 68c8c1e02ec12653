"""Rings are built from settings, and refused where they are not nested."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from holdfast import packs
from holdfast.core.problem import HoldfastError
from holdfast.places import Directory, RingSpec, build_rings

UK, US, XK = packs.load("uk"), packs.load("us"), packs.load("xk")
EAST_LANCASHIRE = ("E07000120", "E07000117", "E07000122")


def refused(pack: packs.Pack, directory: Directory, *specs: RingSpec) -> HoldfastError:
    with pytest.raises(HoldfastError) as caught:
        build_rings(specs, pack, directory)
    return caught.value


def box(south: float, west: float, north: float, east: float) -> dict[str, Any]:
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }


def test_counties_and_regions_expand_to_authorities(uk_places: Directory) -> None:
    specs = [
        RingSpec("East Lancashire", EAST_LANCASHIRE),
        RingSpec("Lancashire", ("E10000017", "E06000008", "E06000009")),
        RingSpec("North West", ("E12000002",)),
    ]
    rings = build_rings(specs, UK, uk_places)
    assert rings.names == ("East Lancashire", "Lancashire", "North West")
    assert [len(r.areas) for r in rings.rings] == [3, 14, 35]
    assert rings.problems == ()


def test_a_ring_that_adds_nothing_to_the_one_inside_it_is_pointed_out(uk_places: Directory) -> None:
    rings = build_rings([RingSpec("inner", EAST_LANCASHIRE), RingSpec("outer", EAST_LANCASHIRE)], UK, uk_places)
    assert [p.code for p in rings.problems] == ["HF342"]


def test_several_areas_stick_out_and_one_sticks_out(uk_places: Directory) -> None:
    for areas, verb in ((EAST_LANCASHIRE[:1], "sticks out"), (EAST_LANCASHIRE, "stick out")):
        error = refused(UK, uk_places, RingSpec("inner", areas), RingSpec("outer", ("E08000003",)))
        assert verb in error.problems[0].message


def test_a_ring_that_sticks_out_is_refused_and_what_sticks_out_is_named(uk_places: Directory) -> None:
    error = refused(
        UK, uk_places, RingSpec("inner", (*EAST_LANCASHIRE, "E08000003")), RingSpec("outer", ("E10000017",))
    )
    assert error.exit_code == 2
    assert [p.code for p in error.problems] == ["HF602"]
    assert "Manchester (E08000003)" in error.problems[0].message


def test_every_unknown_area_is_named_and_a_name_is_answered_with_its_code(uk_places: Directory) -> None:
    error = refused(UK, uk_places, RingSpec("a", ("E07999999", "Hyndburn")), RingSpec("b", ("K02000001",)))
    assert [(p.code, p.value) for p in error.problems] == [("HF601", "E07999999"), ("HF601", "Hyndburn")]
    assert "E07000120" in error.problems[1].what_to_do


def test_a_code_in_small_letters_is_the_same_code(uk_places: Directory) -> None:
    (ring,) = build_rings([RingSpec("a", ("e07000120 ",))], UK, uk_places).rings
    assert ring.areas == {"E07000120"}


def test_a_former_area_that_is_larger_now_is_said(uk_places: Directory) -> None:
    (problem,) = build_rings([RingSpec("Allerdale", ("E07000026",))], UK, uk_places).problems
    assert problem.code == "HF607"
    assert "Cumberland" in problem.message


@pytest.mark.parametrize(
    "areas",
    [
        ("E07000026", "E07000028", "E07000029"),  # all three that became Cumberland
        ("E10000006",),
        ("E08000019",),  # a new code alone
        ("E07000026", "E06000063"),
    ],
)
def test_a_former_area_that_is_not_larger_now_is_no_problem(uk_places: Directory, areas: tuple[str, ...]) -> None:
    assert build_rings([RingSpec("x", areas)], UK, uk_places).problems == ()


def test_a_circle_around_a_postcode(land: Directory, fictional: packs.Pack) -> None:
    rings = build_rings(
        [RingSpec("near", radius_km=5, centre="rv11aa"), RingSpec("far", radius_km=50, centre="RV1 1AA")],
        fictional,
        land,
    )
    assert rings.rings[0].shapes[0].centre == (10.0, 20.0)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("spec", "code"),
    [
        (RingSpec("r"), "HF404"),
        (RingSpec("r", radius_km=5), "HF404"),
        (RingSpec("r", radius_km=0, centre="RV1 1AA"), "HF404"),
        (RingSpec("r", radius_km=-1, centre=(10.0, 20.0)), "HF404"),
        (RingSpec("r", radius_km=5, centre=(100.0, 20.0)), "HF404"),
        (RingSpec("r", centre=(10.0, 20.0)), "HF404"),
        (RingSpec("r", radius_km=5, centre="ZZ9 9ZZ"), "HF605"),
        (RingSpec("r", polygon="not there.geojson"), "HF104"),
        (RingSpec("r", polygon={"type": "Point", "coordinates": [1, 2]}), "HF404"),
    ],
)
def test_a_ring_that_cannot_be_drawn_is_refused(
    land: Directory, fictional: packs.Pack, spec: RingSpec, code: str
) -> None:
    assert [p.code for p in refused(fictional, land, spec).problems] == [code]


def test_a_circle_needs_to_know_where_postcodes_are() -> None:
    directory = Directory.for_project(US)
    error = refused(US, directory, RingSpec("near", radius_km=5, centre=(33.5, -111.9)))
    assert [p.code for p in error.problems] == ["HF605"]


def test_a_polygon_may_be_a_file(tmp_path: Path, land: Directory, fictional: packs.Pack) -> None:
    file = tmp_path / "ring.geojson"
    file.write_text(json.dumps(box(9, 19, 11, 21)), encoding="utf-8")
    assert len(build_rings([RingSpec("p", polygon=file)], fictional, land)) == 1
    file.write_text("{not json", encoding="utf-8")
    assert refused(fictional, land, RingSpec("p", polygon=file)).problems[0].code == "HF404"


NEAR, FAR = RingSpec("in", radius_km=5, centre=(10.0, 20.0)), RingSpec("out", radius_km=100, centre=(10.0, 20.0))


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        (NEAR, FAR),
        (NEAR, RingSpec("out", polygon=box(9, 19, 11, 21))),
        (NEAR, RingSpec("out", ("A1",))),
        (RingSpec("in", polygon=box(9.9, 19.9, 10.1, 20.1)), FAR),
        (RingSpec("in", polygon=box(9.9, 19.9, 10.1, 20.1)), RingSpec("out", ("C1",))),
        (RingSpec("in", ("A1",)), FAR),
        (RingSpec("in", ("C1",)), RingSpec("out", polygon=box(9, 19, 11, 21))),
        (RingSpec("in", ("A1", "A3")), RingSpec("out", ("A3",), radius_km=10, centre=(10.0, 20.0))),
    ],
)
def test_rings_of_unlike_kinds_may_be_nested(
    land: Directory, fictional: packs.Pack, inner: RingSpec, outer: RingSpec
) -> None:
    assert build_rings([inner, outer], fictional, land).names == ("in", "out")


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        (FAR, NEAR),
        (RingSpec("in", ("C1",)), RingSpec("out", radius_km=5, centre=(10.0, 20.0))),
        (RingSpec("in", radius_km=50, centre=(10.0, 20.0)), RingSpec("out", ("A1",))),
        (RingSpec("in", polygon=box(9, 19, 11, 21)), RingSpec("out", polygon=box(9.9, 19, 11, 21))),
        (RingSpec("in", ("A3",)), RingSpec("out", polygon=box(9, 19, 11, 21))),
    ],
)
def test_rings_of_unlike_kinds_that_are_not_nested_are_refused(
    land: Directory, fictional: packs.Pack, inner: RingSpec, outer: RingSpec
) -> None:
    assert [p.code for p in refused(fictional, land, inner, outer).problems] == ["HF602"]


def test_towns_are_nested_by_name_and_by_where_they_lie() -> None:
    directory = Directory.for_project(XK)
    town = RingSpec("Gjilan", towns=("Gjilan",))
    assert len(build_rings([town, RingSpec("Anamorava", towns=("gjilani", "Vitia"))], XK, directory)) == 2
    assert len(build_rings([town, RingSpec("Kosovo", ("XK",))], XK, directory)) == 2
    for outer in (RingSpec("x", towns=("Viti",)), RingSpec("x", ("XK-VITI",))):
        assert refused(XK, directory, town, outer).problems[0].code == "HF602"


def test_a_ring_outside_the_country_is_refused_and_a_slip_of_order_is_named(uk_places: Directory) -> None:
    error = refused(UK, uk_places, RingSpec("Bay", radius_km=5, centre=(-2.36, 53.75)))
    assert [(p.code, "wrong way round" in (p.help or "")) for p in error.problems] == [("HF404", True)]
    swapped = json.dumps(box(-2.5, 53.7, -2.3, 53.8))
    error = refused(UK, uk_places, RingSpec("Bay", polygon=json.loads(swapped)))
    assert "outside United Kingdom" in error.problems[0].message
