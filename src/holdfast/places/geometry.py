"""Distances and polygons on the earth: exact rules, whole columns at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Bools = npt.NDArray[np.bool_]
else:
    Floats = Bools = Any

#: Mean radius of the earth in kilometres (IUGG). Distances on the sphere are within 0.5 % of the true ones.
EARTH_KM = 6371.0088

Point = tuple[float, float]


def distance_km(lat: Floats, lon: Floats, centre: Point) -> Floats:
    """Great-circle distance from ``centre`` (latitude, longitude in degrees), by the haversine."""
    import numpy as np

    la, lo, la0, lo0 = np.radians(lat), np.radians(lon), np.radians(centre[0]), np.radians(centre[1])
    h = np.sin((la - la0) / 2) ** 2 + np.cos(la) * np.cos(la0) * np.sin((lo - lo0) / 2) ** 2
    distance: Floats = 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(h, 1.0)))
    return distance


@dataclass(frozen=True, slots=True)
class Circle:
    """All points within ``radius_km`` of ``centre``, its edge included."""

    centre: Point
    radius_km: float

    def box(self) -> tuple[float, float, float, float]:
        """South, west, north, east of a rectangle around it, in degrees."""
        import math

        up = math.degrees(self.radius_km / EARTH_KM)
        side = up / max(0.01, math.cos(math.radians(min(89.0, abs(self.centre[0]) + up))))
        (lat, lon) = self.centre
        return (lat - up, lon - side, lat + up, lon + side)

    def holds(self, lat: Floats, lon: Floats) -> Bools:
        return distance_km(lat, lon, self.centre) <= self.radius_km


Outline = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Polygon:
    """Parts, each of closed outlines of (latitude, longitude). A point is inside if it is inside some part.

    It is inside a part where a line from it crosses an odd number of the part's edges, so holes need no telling apart.
    Points exactly on an edge count as inside.
    """

    parts: tuple[tuple[Outline, ...], ...]

    @property
    def outlines(self) -> tuple[Outline, ...]:
        return tuple(line for part in self.parts for line in part)

    def box(self) -> tuple[float, float, float, float]:
        """South, west, north, east, in degrees."""
        lats, lons = zip(*(p for line in self.outlines for p in line), strict=True)
        return (min(lats), min(lons), max(lats), max(lons))

    def edges(self) -> Floats:
        """Rows of ``lat1, lon1, lat2, lon2``."""
        return _edges(self.outlines)

    def holds(self, lat: Floats, lon: Floats) -> Bools:
        import numpy as np

        inside = np.zeros(len(lat), dtype=np.bool_)
        for part in self.parts:
            inside |= _in_part(_edges(part), lat, lon)
        return inside


def _edges(outlines: tuple[Outline, ...]) -> Floats:
    import numpy as np

    rows = [(*a, *b) for line in outlines for a, b in pairwise(line)]
    return np.array(rows, dtype=np.float64).reshape(-1, 4)


def _in_part(edges: Floats, lat: Floats, lon: Floats) -> Bools:
    import numpy as np

    inside = np.zeros(len(lat), dtype=np.bool_)
    low, high = np.minimum(edges[:, :2], edges[:, 2:]).min(0), np.maximum(edges[:, :2], edges[:, 2:]).max(0)
    near = np.flatnonzero((lat >= low[0]) & (lat <= high[0]) & (lon >= low[1]) & (lon <= high[1]))
    for start in range(0, len(near), step := max(1, 4_000_000 // max(1, len(edges)))):  # bounds the memory
        some = near[start : start + step]
        inside[some] = _odd(lat[some, None], lon[some, None], edges)
    return inside


def _odd(y: Floats, x: Floats, edges: Floats) -> Bools:
    """Even-odd rule for a column of points against a row of edges; a point on an edge is inside."""
    import numpy as np

    y1, x1, y2, x2 = edges.T
    # which side of the edge the point lies on, without dividing: exact for points on the edge
    side = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)
    across = (y1 > y) != (y2 > y)
    crossed = across & ((side > 0) == (y2 > y1)) & (side != 0)
    between_y = (np.minimum(y1, y2) <= y) & (y <= np.maximum(y1, y2))
    between_x = (np.minimum(x1, x2) <= x) & (x <= np.maximum(x1, x2))
    on_edge = (side == 0) & between_x & between_y
    result: Bools = (crossed.sum(1) % 2 == 1) | on_edge.any(1)
    return result


def from_geojson(data: Any) -> Polygon:
    """The polygons of a GeoJSON object of any kind. Raises ``ValueError`` where it holds none or is malformed."""
    parts = tuple(tuple(_outline(line) for line in part) for part in _parts(data) if part)
    if not parts:
        raise ValueError("it holds no polygon")
    return Polygon(parts)


def _parts(data: Any) -> list[Any]:
    """Lists of outlines, one list per polygon."""
    if not isinstance(data, dict):
        raise ValueError("it is not a GeoJSON object")
    kind = data.get("type")
    if kind == "FeatureCollection":
        return [part for feature in data.get("features", []) for part in _parts(feature)]
    if kind == "Feature":
        return _parts(data.get("geometry"))
    if kind == "GeometryCollection":
        return [part for shape in data.get("geometries", []) for part in _parts(shape)]
    if kind == "Polygon":
        return [data["coordinates"]]
    if kind == "MultiPolygon":
        return list(data["coordinates"])
    raise ValueError(f"it holds a {kind}, not a polygon")


def _outline(line: Any) -> Outline:
    try:
        points = [(float(p[1]), float(p[0])) for p in line]  # GeoJSON gives longitude first
    except (TypeError, ValueError, IndexError) as error:
        raise ValueError("its coordinates are not pairs of numbers") from error
    if any(not (-90 <= la <= 90 and -180 <= lo <= 180) for la, lo in points):
        raise ValueError("its coordinates are not degrees of longitude and latitude (WGS84)")
    if len(set(points)) < 3:
        raise ValueError("an outline has fewer than three points")
    return tuple(points if points[0] == points[-1] else [*points, points[0]])


def sticks_out(inner: Circle | Polygon, outer: Circle | Polygon) -> bool:
    """Whether a part of ``inner`` lies outside ``outer``."""
    import numpy as np

    if isinstance(inner, Circle):
        if isinstance(outer, Circle):
            apart = distance_km(np.array([inner.centre[0]]), np.array([inner.centre[1]]), outer.centre)[0]
            return bool(apart + inner.radius_km > outer.radius_km * (1 + 1e-9))
        return _sticks_out(_rim(inner), outer)
    if isinstance(outer, Circle):  # a circle bulges everywhere, so the corners decide
        corners = inner.edges()
        return not bool(outer.holds(corners[:, 0], corners[:, 1]).all())
    return _sticks_out(inner, outer)


def _rim(circle: Circle) -> Polygon:
    """The circle as 720 corners on its rim."""
    import numpy as np

    turn, reach = np.radians(np.arange(0, 360, 0.5)), circle.radius_km / EARTH_KM
    la0, lo0 = np.radians(circle.centre[0]), np.radians(circle.centre[1])
    lat = np.arcsin(np.sin(la0) * np.cos(reach) + np.cos(la0) * np.sin(reach) * np.cos(turn))
    lon = lo0 + np.arctan2(np.sin(turn) * np.sin(reach) * np.cos(la0), np.cos(reach) - np.sin(la0) * np.sin(lat))
    points = [(float(a), float(b)) for a, b in zip(np.degrees(lat), np.degrees(lon), strict=True)]
    return Polygon((((*points, points[0]),),))


def _sticks_out(inner: Polygon, outer: Polygon) -> bool:
    """Walks the inner outlines in pieces that the outer ones cannot cut, then looks for holes within."""
    theirs = outer.edges()
    lat, lon = _pieces(inner.edges(), theirs)
    out = ~outer.holds(lat, lon)
    if not _along(lat[out], lon[out], theirs).all():
        return True
    return any(_is_hole(line, inner, outer) for line in outer.outlines)


def _along(lat: Floats, lon: Floats, edges: Floats) -> Bools:
    """Whether points lie on an edge but for rounding (a tenth of a millimetre)."""
    import numpy as np

    p, a, b = np.stack([lat, lon], 1)[:, None], edges[None, :, :2], edges[None, :, 2:]
    length = ((b - a) ** 2).sum(2)
    cut = np.clip(((p - a) * (b - a)).sum(2) / np.where(length == 0, 1, length), 0, 1)
    apart = ((a + cut[..., None] * (b - a) - p) ** 2).sum(2)
    along: Bools = (apart <= 1e-18).any(1) if len(lat) else np.zeros(0, dtype=np.bool_)
    return along


def share_outside(inner: Circle | Polygon, outer: Sequence[Circle | Polygon], steps: int = 200) -> float:
    """What share of ``inner`` lies in none of ``outer``: counted on a lattice of ``steps`` by ``steps`` points."""
    import numpy as np

    south, west, north, east = inner.box()
    fine = (np.arange(steps) + 0.5) / steps
    lat, lon = (x.ravel() for x in np.meshgrid(south + fine * (north - south), west + fine * (east - west)))
    mine = inner.holds(lat, lon)
    held = np.zeros(len(lat), dtype=np.bool_)
    for shape in outer:
        held |= shape.holds(lat, lon)
    return float((mine & ~held).sum() / max(1, int(mine.sum())))


def _is_hole(line: Outline, inner: Polygon, outer: Polygon) -> bool:
    """Whether the space within an outline belongs to ``inner`` but not to ``outer``."""
    import numpy as np

    point = _point_within(line)
    if point is None:
        return False
    lat, lon = np.array([point[0]]), np.array([point[1]])
    return bool(inner.holds(lat, lon)[0] and not outer.holds(lat, lon)[0])


def _point_within(line: Outline) -> Point | None:
    """A point strictly inside: halfway between the first two edges that a line between two corners' latitudes meets."""
    import numpy as np

    edges = _edges((line,))
    levels = np.unique(edges[:, 0])
    if len(levels) < 2:
        return None
    gap = int(np.argmax(np.diff(levels)))
    y = float((levels[gap] + levels[gap + 1]) / 2)
    y1, x1, y2, x2 = edges[(edges[:, 0] > y) != (edges[:, 2] > y)].T
    meets = np.sort(x1 + (x2 - x1) * (y - y1) / (y2 - y1))
    return (y, float((meets[0] + meets[1]) / 2))


def _pieces(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """Corners of ``a`` and the middles of its edges, cut wherever an edge of ``b`` crosses or touches them."""
    import numpy as np

    where, cuts = [np.arange(len(a))] * 2, [np.zeros(len(a)), np.ones(len(a))]
    for start in range(0, len(a), step := max(1, 2_000_000 // max(1, len(b)))):
        a1, a2 = a[start : start + step, None, :2], a[start : start + step, None, 2:]
        one, two = _side(b[None, :, :2], b[None, :, 2:], a1), _side(b[None, :, :2], b[None, :, 2:], a2)
        other = _side(a1, a2, b[None, :, :2]) * _side(a1, a2, b[None, :, 2:])
        row, column = np.nonzero((one * two < 0) & (other <= 0))
        where.append(row + start)
        cuts.append(one[row, column] / (one[row, column] - two[row, column]))
    edge, cut = np.concatenate(where), np.concatenate(cuts)
    order = np.lexsort((cut, edge))
    edge, cut = edge[order], cut[order]
    same = edge[1:] == edge[:-1]
    edge, cut = (
        np.concatenate([np.arange(len(a)), edge[1:][same]]),
        np.concatenate([np.zeros(len(a)), ((cut[1:] + cut[:-1]) / 2)[same]]),
    )
    first, last = a[edge, :2], a[edge, 2:]
    points = first + (last - first) * cut[:, None]
    return points[:, 0], points[:, 1]


def _side(p: Floats, q: Floats, r: Floats) -> Floats:
    """On which side of the line from ``p`` to ``q`` the point ``r`` lies: the sign says it, zero is on the line."""
    s: Floats = (q[..., 1] - p[..., 1]) * (r[..., 0] - p[..., 0]) - (r[..., 1] - p[..., 1]) * (q[..., 0] - p[..., 0])
    return s
