"""Grid references to latitude and longitude.

Postcodes of Great Britain are given on the National Grid, those of Northern Ireland on the Irish Grid. Method and
constants: Ordnance Survey, *A guide to coordinate systems in Great Britain*, annexes A to C (transverse Mercator
back to the ellipsoid, then a seven-parameter shift to WGS84): within about 5 metres.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
else:
    Floats = Any


@dataclass(frozen=True, slots=True)
class Grid:
    """A transverse Mercator grid, and the shift of its datum to WGS84 (metres, seconds of arc, parts per million)."""

    a: float
    b: float
    scale: float
    lat0: float
    lon0: float
    east0: float
    north0: float
    shift: tuple[float, float, float]
    turn: tuple[float, float, float]
    ppm: float


BRITISH = Grid(
    6377563.396, 6356256.909, 0.9996012717, 49.0, -2.0, 400_000.0, -100_000.0,
    (446.448, -125.157, 542.060), (0.1502, 0.2470, 0.8421), -20.4894,
)  # fmt: skip
IRISH = Grid(
    6377340.189, 6356034.447, 1.000035, 53.5, -8.0, 200_000.0, 250_000.0,
    (482.530, -130.596, 564.557), (-1.042, -0.214, -0.631), 8.15,
)  # fmt: skip
#: Semi-axes of WGS84, in metres.
WGS84 = (6378137.0, 6356752.314245)


def to_lat_lon(east: Floats, north: Floats, grid: Grid = BRITISH) -> tuple[Floats, Floats]:
    """Degrees of latitude and longitude (WGS84) of grid references in metres."""
    return _shift(*_unproject(east, north, grid), grid)


def _unproject(east: Floats, north: Floats, g: Grid) -> tuple[Floats, Floats]:
    """Grid reference -> radians on the grid's own ellipsoid."""
    import numpy as np

    a, e2 = g.a * g.scale, 1 - (g.b / g.a) ** 2
    lat0 = np.radians(g.lat0)
    lat = (north - g.north0) / a + lat0
    for _ in range(4):  # each step gains three digits; four are far below a millimetre
        lat = lat + (north - g.north0 - _meridian(lat, lat0, g)) / a
    sin, tan, sec = np.sin(lat), np.tan(lat), 1 / np.cos(lat)
    nu = a / np.sqrt(1 - e2 * sin**2)
    rho = a * (1 - e2) / (1 - e2 * sin**2) ** 1.5
    eta2, t2, d = nu / rho - 1, tan**2, (east - g.east0) / nu
    vii = tan * nu / (2 * rho)
    viii = tan * nu / (24 * rho) * (5 + 3 * t2 + eta2 - 9 * t2 * eta2)
    ix = tan * nu / (720 * rho) * (61 + 90 * t2 + 45 * t2**2)
    x, xi = sec, sec / 6 * (nu / rho + 2 * t2)
    xii = sec / 120 * (5 + 28 * t2 + 24 * t2**2)
    xiia = sec / 5040 * (61 + 662 * t2 + 1320 * t2**2 + 720 * t2**3)
    lon = np.radians(g.lon0) + x * d - xi * d**3 + xii * d**5 - xiia * d**7
    return lat - vii * d**2 + viii * d**4 - ix * d**6, lon


def _meridian(lat: Floats, lat0: float, g: Grid) -> Floats:
    """Length of the meridian from the true origin, in metres."""
    import numpy as np

    n = (g.a - g.b) / (g.a + g.b)
    less, more = lat - lat0, lat + lat0
    arc: Floats = (
        g.b
        * g.scale
        * (
            (1 + n + 1.25 * n**2 + 1.25 * n**3) * less
            - (3 * n + 3 * n**2 + 2.625 * n**3) * np.sin(less) * np.cos(more)
            + 1.875 * (n**2 + n**3) * np.sin(2 * less) * np.cos(2 * more)
            - 35 / 24 * n**3 * np.sin(3 * less) * np.cos(3 * more)
        )
    )
    return arc


def _shift(lat: Floats, lon: Floats, g: Grid) -> tuple[Floats, Floats]:
    """Radians on the grid's datum -> degrees on WGS84, through Cartesian coordinates at height zero."""
    import numpy as np

    e2 = 1 - (g.b / g.a) ** 2
    nu = g.a / np.sqrt(1 - e2 * np.sin(lat) ** 2)
    x, y, z = nu * np.cos(lat) * np.cos(lon), nu * np.cos(lat) * np.sin(lon), nu * (1 - e2) * np.sin(lat)
    (tx, ty, tz), (rx, ry, rz) = g.shift, (np.radians(r / 3600) for r in g.turn)
    s = 1 + g.ppm * 1e-6
    x, y, z = tx + s * x - rz * y + ry * z, ty + rz * x + s * y - rx * z, tz - ry * x + rx * y + s * z
    a, b = WGS84
    e2, p = 1 - (b / a) ** 2, np.hypot(x, y)
    out = np.arctan2(z, p * (1 - e2))
    for _ in range(3):
        nu = a / np.sqrt(1 - e2 * np.sin(out) ** 2)
        out = np.arctan2(z + e2 * nu * np.sin(out), p)
    return np.degrees(out), np.degrees(np.arctan2(y, x))
