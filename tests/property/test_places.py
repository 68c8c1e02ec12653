"""Rules of places that hold whatever the input."""

from __future__ import annotations

import math

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from holdfast import packs
from holdfast.places import fold_town
from holdfast.places.geometry import Circle, Polygon, distance_km, sticks_out
from holdfast.places.grid import BRITISH, to_lat_lon
from holdfast.places.placing import NO, NOWHERE, UNKNOWN, YES, innermost
from holdfast.places.postcodes import canonical
from holdfast.places.towns import TownNames, one_slip

UK, XK = packs.load("uk"), packs.load("xk")
WHOLE = st.integers(-6, 6)
POINT = st.tuples(WHOLE, WHOLE)
LAT, LON = st.floats(-80, 80), st.floats(-179, 179)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold_town(fold_town(text)) == fold_town(text)


@given(st.text())
def test_case_and_spaces_around_never_matter(text: str) -> None:
    assert fold_town(f"  {text}\t") == fold_town(text)


@given(st.sampled_from(sorted(XK.towns)), st.sampled_from(["", " ", "x, ", "Dardani -", "(", "/"]))
def test_a_town_is_found_whatever_stands_before_it(town: str, before: str) -> None:
    names = TownNames(XK)
    assert names.read(before + town).key == names.read(town).key


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_one_slip_is_one_edit_or_one_swap(a: str, b: str) -> None:
    assert one_slip(a, b) is (a != b and b in _neighbours(a))


def _neighbours(word: str) -> set[str]:
    cut = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    return (
        {x + y[1:] for x, y in cut if y}
        | {x + c + y for x, y in cut for c in "abc"}
        | {x + c + y[1:] for x, y in cut if y for c in "abc"}
        | {x + y[1] + y[0] + y[2:] for x, y in cut if len(y) > 1}
    )


@given(st.text())
def test_a_canonical_postcode_is_its_own_canonical_form(text: str) -> None:
    once = canonical(pa.array([text], pa.string()), UK)
    assert canonical(once, UK) == once


@given(st.lists(st.lists(st.sampled_from([NO, YES, UNKNOWN]), min_size=3, max_size=3), max_size=8))
def test_the_innermost_ring_is_the_first_yes_with_nothing_unknown_before_it(rows: list[list[int]]) -> None:
    columns = [np.array([r[i] for r in rows], dtype=np.int8) for i in range(3)]
    assert list(innermost(columns, len(rows))) == [_ring(r) for r in rows]


def _ring(answers: list[int]) -> int:
    """The same in plain words, one supplier at a time."""
    for i, answer in enumerate(answers):
        if answer == YES:
            return i
        nearest = next((a for a in answers[i + 1 :] if a != UNKNOWN), UNKNOWN)
        if answer == UNKNOWN and nearest != NO:
            return NOWHERE
    return len(answers)


def _inside(point: tuple[int, int], corners: list[tuple[int, int]]) -> bool:
    """Even-odd by exact arithmetic on whole numbers; the border is inside."""
    y, x = point
    odd = False
    for (y1, x1), (y2, x2) in zip(corners, corners[1:] + corners[:1], strict=True):
        side = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)
        if side == 0 and min(y1, y2) <= y <= max(y1, y2) and min(x1, x2) <= x <= max(x1, x2):
            return True
        if (y1 > y) != (y2 > y) and (side > 0) == (y2 > y1):
            odd = not odd
    return odd


@given(st.lists(POINT, min_size=3, max_size=9, unique=True), st.lists(POINT, min_size=1, max_size=20))
def test_points_in_polygons_agree_with_exact_arithmetic(
    corners: list[tuple[int, int]], points: list[tuple[int, int]]
) -> None:
    line = tuple((float(a), float(b)) for a, b in [*corners, corners[0]])
    lat, lon = (np.array([p[i] for p in points], dtype=float) for i in (0, 1))
    assert list(Polygon(((line,),)).holds(lat, lon)) == [_inside(p, corners) for p in points]


@given(st.lists(POINT, min_size=3, max_size=7, unique=True))
def test_a_polygon_never_sticks_out_of_itself(corners: list[tuple[int, int]]) -> None:
    line = tuple((float(a), float(b)) for a, b in [*corners, corners[0]])
    assert not sticks_out(Polygon(((line,),)), Polygon(((line,),)))


@given(LAT, LON, st.floats(0.1, 500), st.floats(0, 500))
def test_a_circle_lies_in_a_larger_one_around_the_same_point(
    lat: float, lon: float, radius: float, more: float
) -> None:
    assert not sticks_out(Circle((lat, lon), radius), Circle((lat, lon), radius + more))


@given(LAT, LON, LAT, LON)
def test_distance_is_the_same_there_and_back_and_never_more_than_half_round(
    lat: float, lon: float, lat2: float, lon2: float
) -> None:
    there = distance_km(np.array([lat]), np.array([lon]), (lat2, lon2))[0]
    back = distance_km(np.array([lat2]), np.array([lon2]), (lat, lon))[0]
    assert math.isclose(there, back, abs_tol=1e-6)
    assert 0 <= there <= 20_016


@given(st.integers(0, 699_000), st.integers(0, 1_299_000))
def test_a_step_of_a_kilometre_on_the_grid_is_a_kilometre_on_the_earth(east: int, north: int) -> None:
    lat, lon = to_lat_lon(np.array([east, east + 1000.0]), np.array([north, north + 0.0]), BRITISH)
    walked = distance_km(lat[1:], lon[1:], (float(lat[0]), float(lon[0])))[0]
    assert math.isclose(walked, 1.0, rel_tol=0.006)
