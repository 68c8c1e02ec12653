"""Grid references become degrees as the Ordnance Survey's own guide works them out."""

import numpy as np
import pytest

from holdfast.places.grid import BRITISH, IRISH, _unproject, to_lat_lon


def test_the_worked_example_of_the_ordnance_survey_guide() -> None:
    lat, lon = _unproject(np.array([651409.903]), np.array([313177.270]), BRITISH)
    assert np.degrees(lat[0]) == pytest.approx(52 + 39 / 60 + 27.2531 / 3600, abs=1e-8)
    assert np.degrees(lon[0]) == pytest.approx(1 + 43 / 60 + 4.5177 / 3600, abs=1e-8)


def test_the_true_origin_is_where_it_is_defined() -> None:
    lat, lon = _unproject(np.array([400_000.0]), np.array([-100_000.0]), BRITISH)
    assert (np.degrees(lat[0]), np.degrees(lon[0])) == pytest.approx((49.0, -2.0), abs=1e-12)


@pytest.mark.parametrize(
    ("grid", "east", "north", "lat", "lon"),
    [
        (BRITISH, 651409.903, 313177.270, 52.657977, 1.716038),
        (IRISH, 333872, 374386, 54.59996, -5.92928),  # a postcode of Belfast in the ONS directory
    ],
)
def test_the_shift_to_wgs84_is_within_ten_metres(
    grid: object, east: float, north: float, lat: float, lon: float
) -> None:
    found = to_lat_lon(np.array([east]), np.array([north]), grid)  # type: ignore[arg-type]
    assert (found[0][0], found[1][0]) == pytest.approx((lat, lon), abs=1e-4)
