"""Distances, polygons and which lies in which."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from holdfast.places.geometry import Circle, Polygon, distance_km, from_geojson, sticks_out


def square(south: float, west: float, size: float) -> list[list[float]]:
    """A closed outline as GeoJSON writes it: longitude first."""
    n, e = south + size, west + size
    return [[west, south], [e, south], [e, n], [west, n], [west, south]]


def polygon(*outlines: list[list[float]]) -> Polygon:
    return from_geojson({"type": "Polygon", "coordinates": list(outlines)})


def holds(shape: Polygon | Circle, lat: float, lon: float) -> bool:
    return bool(shape.holds(np.array([lat]), np.array([lon]))[0])


def test_a_degree_of_latitude_is_about_111_kilometres() -> None:
    assert distance_km(np.array([1.0]), np.array([0.0]), (0.0, 0.0))[0] == pytest.approx(111.195, abs=0.001)


def test_manchester_to_preston_is_about_45_kilometres() -> None:
    assert distance_km(np.array([53.7594]), np.array([-2.6992]), (53.4794, -2.2453))[0] == pytest.approx(43.3, abs=0.5)


def test_a_circle_holds_its_edge() -> None:
    there = float(distance_km(np.array([1.0]), np.array([0.0]), (0.0, 0.0))[0])
    assert holds(Circle((0.0, 0.0), there), 1.0, 0.0)
    assert not holds(Circle((0.0, 0.0), there * 0.999), 1.0, 0.0)


def test_a_hole_is_outside_and_an_island_in_it_inside() -> None:
    shape = polygon(square(0, 0, 10), square(2, 2, 6), square(4, 4, 2))
    assert holds(shape, 1, 1)
    assert not holds(shape, 3, 3)
    assert holds(shape, 5, 5)
    assert not holds(shape, 11, 5)


@pytest.mark.parametrize("point", [(0.0, 0.0), (0.0, 5.0), (5.0, 10.0), (10.0, 10.0), (7.5, 0.0)])
def test_a_point_on_the_border_is_inside(point: tuple[float, float]) -> None:
    assert holds(polygon(square(0, 0, 10)), *point)


def test_a_line_through_corners_is_counted_once() -> None:
    diamond = polygon([[0, -1], [1, 0], [0, 1], [-1, 0], [0, -1]])
    assert holds(diamond, 0.0, 0.5)
    assert not holds(diamond, 0.0, 1.5)
    assert not holds(diamond, 0.0, -1.5)


def test_parts_that_overlap_do_not_cancel_out() -> None:
    county, district = square(0, 0, 10), square(2, 2, 2)
    shape = from_geojson({"type": "MultiPolygon", "coordinates": [[county], [district]]})
    assert holds(shape, 3, 3)


def test_every_kind_of_geojson_is_read() -> None:
    geometry = {"type": "Polygon", "coordinates": [square(0, 0, 1)]}
    feature = {"type": "Feature", "properties": {}, "geometry": geometry}
    for data in (
        geometry,
        feature,
        {"type": "FeatureCollection", "features": [feature]},
        {"type": "GeometryCollection", "geometries": [geometry]},
    ):
        assert holds(from_geojson(data), 0.5, 0.5)


@pytest.mark.parametrize(
    "data",
    [
        {"type": "Point", "coordinates": [1, 2]},
        {"type": "FeatureCollection", "features": []},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]},
        {"type": "Polygon", "coordinates": [[[400000, 300000], [400001, 300000], [400001, 300001]]]},
        {"type": "Polygon", "coordinates": [[["a", "b"]]]},
        [],
        None,
    ],
)
def test_what_is_no_polygon_in_degrees_is_refused(data: Any) -> None:
    with pytest.raises(ValueError, match=r"polygon|GeoJSON|three points|degrees|numbers"):
        from_geojson(data)


@pytest.mark.parametrize(
    ("inner", "outer", "out"),
    [
        (Circle((0, 0), 10), Circle((0, 0), 10), False),
        (Circle((0, 0), 10), Circle((0, 0), 9.9), True),
        (Circle((0, 0), 10), Circle((0, 0.5), 40), True),
        (polygon(square(1, 1, 2)), polygon(square(0, 0, 4)), False),
        (polygon(square(1, 1, 2)), polygon(square(1, 1, 2)), False),
        (polygon(square(1, 1, 4)), polygon(square(0, 0, 4)), True),
        (polygon(square(1, 1, 2)), polygon(square(0, 0, 4), square(1.5, 1.5, 0.5)), True),
        (polygon(square(0, 0, 1)), Circle((0.5, 0.5), 80), False),
        (polygon(square(0, 0, 1)), Circle((0.5, 0.5), 70), True),
        (Circle((2, 2), 200), polygon(square(0, 0, 4)), False),
        (Circle((2, 2), 300), polygon(square(0, 0, 4)), True),
    ],
)
def test_which_shape_sticks_out_of_which(inner: Circle | Polygon, outer: Circle | Polygon, out: bool) -> None:
    assert sticks_out(inner, outer) is out


def test_a_shape_may_cross_the_border_between_two_parts_of_the_outer_one() -> None:
    both = from_geojson({"type": "MultiPolygon", "coordinates": [[square(0, 0, 2)], [square(0, 2, 2)]]})
    assert not sticks_out(polygon(square(0.5, 1.5, 1)), both)


def test_a_shape_that_bridges_a_notch_sticks_out() -> None:
    notched = polygon([[0, 0], [4, 0], [4, 4], [3, 4], [3, 1], [1, 1], [1, 4], [0, 4], [0, 0]])
    assert sticks_out(polygon([[0.5, 2], [3.5, 2], [3.5, 3], [0.5, 3], [0.5, 2]]), notched)
