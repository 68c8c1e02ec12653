"""Words that say where: at the end of a name they tell a branch more often than another organisation."""

from __future__ import annotations

from functools import cache

from holdfast import packs
from holdfast.engine.primitives import name_parts

#: Words of names of areas that are no names of places.
_NOT = frozenset(
    {
        *("AND", "OF", "THE", "CITY", "COUNTY", "COUNCIL", "BOROUGH", "DISTRICT", "UPON", "ON", "WITH", "COMBINED"),
        *("AUTHORITY", "ISLES", "ISLE", "NEW", "GREATER", "FOREST", "BRIDGE", "DEAN", "PEAK", "BRENT", "BURY"),
        *("READING", "DOVER", "BATH"),
    }
)
_COMPASS = frozenset(
    {
        *("NORTH", "SOUTH", "EAST", "WEST", "NORTHERN", "SOUTHERN", "EASTERN", "WESTERN", "CENTRAL", "MID"),
        *("NE", "NW", "SE", "SW"),
    }
)


@cache
def words(country: str) -> frozenset[str]:
    """Words of the names of a country's areas and towns, in capitals, and the points of the compass."""
    pack = packs.load(country)
    names = {a.name for a in pack.areas.areas.values()} | set(pack.areas.names) | set(pack.towns)
    said = {word for name in names for word in name_parts(name).plain.split() if len(word) > 3}
    return frozenset(said - _NOT) | _COMPASS
