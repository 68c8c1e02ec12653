"""The land Rivermouth lies in: areas, postcodes and neighbourhoods, none of which exist.

The points lie in the open sea, the postcode areas RV, RW, RX and RY are used by no country, and every code begins RM.
"""

from __future__ import annotations

from dataclasses import dataclass

from holdfast.example.dice import Dice


@dataclass(frozen=True, slots=True)
class Area:
    """An authority, or what it lies in."""

    code: str
    name: str
    parent: str


@dataclass(frozen=True, slots=True)
class Postcode:
    """``decile`` 1 is the most deprived tenth of neighbourhoods."""

    postcode: str
    lat: str
    long: str
    area: str
    lsoa: str
    decile: int


CITY, COUNTY, REGION = "RM000001", "RMC00001", "RMR00001"

AREAS = (
    Area(REGION, "Northern Shore", ""),
    Area("RMR00002", "Midmarches", ""),
    Area("RMR00003", "Crown Counties", ""),
    Area(COUNTY, "Tidelands", REGION),
    Area("RMC00002", "Fellmarch", REGION),
    Area(CITY, "Rivermouth", COUNTY),
    Area("RM000002", "Netherquay", COUNTY),
    Area("RM000003", "Ropewick", COUNTY),
    Area("RM000004", "Gannetby", COUNTY),
    Area("RM000005", "Skerrow", "RMC00002"),
    Area("RM000006", "Vendle", "RMC00002"),
    Area("RM000007", "Aldermark", "RMR00002"),
    Area("RM000008", "Orsedge", "RMR00002"),
    Area("RM000009", "Crownhaven", "RMR00003"),
    Area("RM000010", "Quillbridge", "RMR00003"),
)

#: Outward codes of each authority: (area, letters, first district, last district).
_DISTRICTS = (
    ("RM000001", "RV", 1, 8),
    ("RM000002", "RW", 1, 3),
    ("RM000003", "RW", 4, 6),
    ("RM000004", "RW", 7, 9),
    ("RM000005", "RX", 1, 4),
    ("RM000006", "RX", 5, 8),
    ("RM000007", "RY", 1, 3),
    ("RM000008", "RY", 4, 6),
    ("RM000009", "RY", 7, 12),
    ("RM000010", "RY", 13, 16),
)

#: Authorities by how far they are from the city: in it, in its county, in its region, elsewhere.
BANDS = (
    ("RM000001",),
    ("RM000002", "RM000003", "RM000004"),
    ("RM000005", "RM000006"),
    ("RM000007", "RM000008", "RM000009", "RM000010"),
)

_INWARD = "ABDEFGHJLNPQRSTUWXYZ"


def postcodes(seed: int) -> list[Postcode]:
    """Thirty postcodes in each district, in three neighbourhoods, ordered by postcode as made."""
    dice = Dice(seed, "postcodes")
    made = []
    for a, (area, letters, first, last) in enumerate(_DISTRICTS):
        for district in range(first, last + 1):
            deciles = [1 + dice.below(10) for _ in range(3)]
            for n in range(30):
                third = n // 10
                inward = f"{1 + third}{_INWARD[n % 10 * 2]}{dice.pick(_INWARD)}"
                lat, long = 545_000 + a * 400 + dice.below(300), 25_000 + district * 300 + dice.below(250)
                lsoa = f"RMN{a + 1:02d}{district:02d}{third + 1}"
                made.append(
                    Postcode(f"{letters}{district} {inward}", _degrees(lat), _degrees(long), area, lsoa, deciles[third])
                )
    return made


def _degrees(ten_thousandths: int) -> str:
    return f"{ten_thousandths // 10_000}.{ten_thousandths % 10_000:04d}"
