"""Nested rings of "local": settings become sets of areas, circles, polygons and towns, checked to be nested."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from holdfast.core.problem import HoldfastError, Problem
from holdfast.packs import Pack
from holdfast.places.directory import Directory
from holdfast.places.geometry import Circle, Point, Polygon, from_geojson, share_outside, sticks_out
from holdfast.places.towns import TownNames

if TYPE_CHECKING:
    import pyarrow as pa

#: Drawn borders are coarser than real ones: a ring is nested if at most this share of its postcodes lies outside.
SLIVER = 0.01


@dataclass(frozen=True, slots=True)
class RingSpec:
    """A ring as the settings give it. Several ways together mean that any of them will do.

    ``centre``: a postcode or (latitude, longitude). ``polygon``: GeoJSON, or the path of a file of it.
    """

    name: str
    areas: tuple[str, ...] = ()
    radius_km: float | None = None
    centre: str | Point | None = None
    polygon: Path | str | Mapping[str, Any] | None = None
    towns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring ready to use. ``areas``: authorities of today · ``towns``: keys of :class:`TownNames`."""

    name: str
    areas: frozenset[str] = frozenset()
    shapes: tuple[Circle | Polygon, ...] = ()
    towns: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rings:
    """Rings from the innermost outwards; what is in one is in all further out. ``problems``: what to know of them."""

    rings: tuple[Ring, ...]
    town_names: TownNames
    problems: tuple[Problem, ...] = ()

    def __len__(self) -> int:
        return len(self.rings)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(r.name for r in self.rings)


def build_rings(specs: Sequence[RingSpec], pack: Pack, directory: Directory) -> Rings:
    """The rings of a place, innermost first.

    Raises :class:`HoldfastError` with all that is wrong: HF601 an area not known, HF602 a ring that sticks out of the
    next, HF404 a setting that cannot be meant, HF605 no data for a ring.
    """
    specs = [replace(s, areas=tuple(_code(a, directory) for a in s.areas)) for s in specs]
    names = TownNames(pack, towns=directory.towns, ring_towns=[t for s in specs for t in s.towns])
    wrong: list[Problem] = []
    rings = tuple(_ring(spec, directory, names, wrong, pack) for spec in specs)
    if wrong:
        raise HoldfastError(*wrong, exit_code=2)
    nesting = [p for inner, outer in pairwise(rings) if (p := _nested(inner, outer, directory, names))]
    if nesting:
        raise HoldfastError(*nesting, exit_code=2)
    alike = [p for inner, outer in pairwise(rings) if (p := _alike(inner, outer)) is not None]
    return Rings(rings, names, (*(p for spec in specs for p in _enlarged(spec, directory)), *alike))


def _alike(inner: Ring, outer: Ring) -> Problem | None:
    """A ring that adds nothing to the one inside it."""
    if (inner.areas, inner.shapes, inner.towns) != (outer.areas, outer.shapes, outer.towns):
        return None
    said = f"Ring {outer.name!r} is the same as ring {inner.name!r}, so nothing can be between them."
    return Problem("HF342", said, value=outer.name)


def _code(written: str, directory: Directory) -> str:
    """A code as the directory writes it; small letters and spaces around it do not make it another."""
    plain = written.strip().upper()
    return plain if directory.areas.known(plain) and not directory.areas.known(written) else written


def _abroad(spec: RingSpec, shape: Circle | Polygon, pack: Pack) -> Problem | None:
    """A ring whose middle lies outside the country, where nothing can be local."""
    if not pack.bounds:
        return None
    south, west, north, east = pack.bounds
    bottom, left, top, right = shape.box()
    lat, lon = (bottom + top) / 2, (left + right) / 2
    if south <= lat <= north and west <= lon <= east:
        return None
    over = south <= lon <= north and west <= lat <= east
    order = "[latitude, longitude]" if isinstance(shape, Circle) else "longitude and then latitude, as GeoJSON has it"
    help = f"Latitude and longitude may be the wrong way round: write {order}." if over else "Correct the coordinates."
    said = f"Ring {spec.name!r} lies around {lat:.2f} north, {lon:.2f} east, which is outside {pack.name}."
    return Problem("HF404", said, help=help)


def _ring(spec: RingSpec, directory: Directory, names: TownNames, wrong: list[Problem], pack: Pack) -> Ring:
    areas: set[str] = set()
    for code in spec.areas:
        if directory.areas.known(code):
            areas |= directory.areas.expand(code)
        else:
            wrong.append(_not_known(spec, code, directory))
    shapes: list[Circle | Polygon] = []
    try:
        if spec.radius_km is not None or spec.centre is not None:
            shapes.append(_circle(spec, directory))
        if spec.polygon is not None:
            shapes.append(_polygon(spec))
        if not (spec.areas or spec.towns or shapes):
            raise HoldfastError(Problem("HF404", f"Ring {spec.name!r} has no areas, radius_km, polygon or towns."))
        if shapes and not directory.has_points:
            raise HoldfastError(Problem("HF605", f"Ring {spec.name!r} needs to know where postcodes are."))
    except HoldfastError as error:
        wrong += error.problems
    wrong += [p for shape in shapes if (p := _abroad(spec, shape, pack)) is not None]
    return Ring(spec.name, frozenset(areas), tuple(shapes), frozenset(names.ring_key(t) for t in spec.towns))


def _not_known(spec: RingSpec, code: str, directory: Directory) -> Problem:
    meant = directory.areas.find(code) or next((a.code for a in directory.areas.areas.values() if a.name == code), None)
    hint = f"{code!r} is the name of {meant}: write the code." if meant else _near(code, directory)
    return Problem("HF601", f"Ring {spec.name!r}: area {code!r} is not known.", value=code, help=hint)


def _near(code: str, directory: Directory) -> str | None:
    """Codes that look like one that is not known."""
    near = get_close_matches(code.upper(), sorted(directory.areas.areas), n=3, cutoff=0.8)
    return f"Did you mean {' or '.join(f'{c} ({directory.area_name(c)})' for c in near)}?" if near else None


def _circle(spec: RingSpec, directory: Directory) -> Circle:
    if spec.radius_km is None or spec.radius_km <= 0:
        raise HoldfastError(Problem("HF404", f"Ring {spec.name!r}: radius_km must be a number above zero."))
    if spec.centre is None:
        raise HoldfastError(
            Problem("HF404", f"Ring {spec.name!r}: radius_km needs a centre: a postcode or [lat, long].")
        )
    if not isinstance(spec.centre, str):
        lat, lon = spec.centre
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise HoldfastError(
                Problem("HF404", f"Ring {spec.name!r}: centre must be latitude and longitude in degrees.")
            )
        return Circle((float(lat), float(lon)), float(spec.radius_km))
    found = directory.lookup([spec.centre]).to_pylist()[0]
    if found["lat"] is None:
        raise HoldfastError(Problem("HF605", f"Ring {spec.name!r}: it is not known where {spec.centre} is."))
    return Circle((found["lat"], found["lon"]), float(spec.radius_km))


def _polygon(spec: RingSpec) -> Polygon:
    try:
        given = spec.polygon
        data = given if isinstance(given, Mapping) else json.loads(Path(str(given)).read_text(encoding="utf-8"))
        return from_geojson(dict(data) if isinstance(data, Mapping) else data)
    except OSError as error:
        raise HoldfastError(
            Problem("HF104", f"Ring {spec.name!r}: {Path(str(given)).name} cannot be opened.")
        ) from error
    except (ValueError, KeyError, TypeError) as error:  # malformed JSON is a ValueError too
        raise HoldfastError(Problem("HF404", f"Ring {spec.name!r}: the polygon cannot be used: {error}.")) from error


def _enlarged(spec: RingSpec, directory: Directory) -> list[Problem]:
    """Former areas in the settings that stand for a larger one of today, unless all that made it up are listed."""
    tree, listed = directory.areas, set(spec.areas)
    problems = []
    for code in spec.areas:
        now = tree.today.get(code)
        if now is None or now in listed or tree.name(now) == tree.name(code):
            continue
        parts = {p for p in tree.merged_from(now) if tree.today.get(p) == now and p[:3] == code[:3]}
        if parts - listed and tree.merged_from(now) - listed - {code}:
            became = f"{tree.name(code)} ({code}) is now part of {tree.name(now)} ({now})"
            problems.append(Problem("HF607", f"Ring {spec.name!r}: {became}, which counts whole.", value=code))
    return problems


def _nested(inner: Ring, outer: Ring, directory: Directory, names: TownNames) -> Problem | None:
    """What sticks out of the outer ring, as far as it can be told."""
    out = (
        _areas_out(inner, outer, directory)
        or _towns_out(inner, outer, names, directory)
        or _shapes_out(inner, outer, directory)
    )
    if not out:
        return None
    return Problem("HF602", f"Ring {outer.name!r} does not contain ring {inner.name!r}: {out}.")


def _listing(directory: Directory, codes: Sequence[str]) -> str:
    shown = [f"{directory.area_name(c)} ({c})" for c in codes[:5]]
    more = f" and {len(codes) - 5} more" if len(codes) > 5 else ""
    return ", ".join(shown) + more


def _areas_out(inner: Ring, outer: Ring, directory: Directory) -> str:
    over = sorted(inner.areas - outer.areas)
    if over and outer.shapes:
        over = _partly_out(directory.points(areas=frozenset(over)), over, outer)
    elif outer.towns and not outer.areas:
        return ""  # a list of towns does not say which areas it covers
    return f"{_listing(directory, over)} {'sticks' if len(over) == 1 else 'stick'} out" if over else ""


def _towns_out(inner: Ring, outer: Ring, names: TownNames, directory: Directory) -> str:
    over = sorted(inner.towns - outer.towns)
    if outer.areas or outer.shapes:  # towns of which it is known where they are can be tested
        over = [t for t in over if (a := names.area(t)) and outer.areas and a not in outer.areas]
    return (
        f"the town{'s' if len(over) > 1 else ''} {', '.join(over[:5])} {'are' if len(over) > 1 else 'is'} not in it"
        if over
        else ""
    )


def _shapes_out(inner: Ring, outer: Ring, directory: Directory) -> str:
    """A shape must lie in one of the outer shapes, but for a sliver, or its postcodes in the outer areas."""
    for shape in inner.shapes:
        if any(not sticks_out(shape, o) for o in outer.shapes) or not (outer.shapes or outer.areas):
            continue
        if not outer.areas:
            exact = all(isinstance(s, Circle) for s in (shape, *outer.shapes))
            if exact or share_outside(shape, outer.shapes) > SLIVER:
                return "it reaches further"
            continue
        points = directory.points(box=shape.box())
        within = points.filter(_held(points, (shape,)))
        over = _outside(within, outer)
        if len(over) > SLIVER * len(within):
            codes = sorted(set(over["area"].unique().to_pylist()))
            verb = "lies" if len(codes) == 1 else "lie"
            return f"{_listing(directory, codes)} {verb} in the inner ring but not in the outer one"
    return ""


def _partly_out(points: pa.Table, areas: Sequence[str], outer: Ring) -> list[str]:
    """Those of ``areas`` of whose postcodes more than a sliver lies outside ``outer``."""
    import pyarrow.compute as pc

    over = _outside(points, outer)
    return [a for a in areas if _count(pc.equal(over["area"], a)) > SLIVER * _count(pc.equal(points["area"], a))]


def _outside(points: pa.Table, ring: Ring) -> pa.Table:
    """The points that are in none of the ring's areas and shapes."""
    import pyarrow as pa
    import pyarrow.compute as pc

    by_area = pc.is_in(points["area"], value_set=pa.array(sorted(ring.areas), pa.string()))
    return points.filter(pc.invert(pc.or_(by_area, _held(points, ring.shapes))))


def _held(points: pa.Table, shapes: Sequence[Circle | Polygon]) -> pa.Array:
    import numpy as np
    import pyarrow as pa

    lat, lon = (points[n].to_numpy() for n in ("lat", "lon"))
    held = np.zeros(len(points), dtype=np.bool_)
    for shape in shapes:
        held |= shape.holds(lat, lon)
    return pa.array(held)


def _count(mask: pa.ChunkedArray) -> int:
    import pyarrow.compute as pc

    return int(pc.sum(mask).as_py() or 0)
