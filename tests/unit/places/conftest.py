"""A made-up country with six postcodes, and a cache that belongs to the tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from holdfast import packs
from holdfast.places import Directory

AREAS = """code,name,parent
C1,Tidelands,
A1,Rivermouth,C1
A2,Netherquay,C1
A3,Farland,
"""
#: A1 lies around (10, 20), A2 just north of it, A3 five degrees away.
POSTCODES = """postcode,lat,long,area,lsoa,decile
RV1 1AA,10.00,20.00,A1,L1,1
RV1 1AB,10.01,20.01,A1,L1,1
RV2 1AA,10.02,20.02,A1,L2,5
RW1 1AA,10.20,20.00,A2,L3,2
RW1 1AB,10.21,20.01,A2,L4,
RX1 1AA,15.00,20.00,A3,L5,1
"""


@pytest.fixture(scope="session", autouse=True)
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache of its own for every worker."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOLDFAST_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def fictional() -> packs.Pack:
    return packs.load("fictional")


@pytest.fixture(scope="session")
def land(tmp_path_factory: pytest.TempPathFactory, fictional: packs.Pack, shared_cache: Path) -> Directory:
    folder = tmp_path_factory.mktemp("places")
    for name, text in (("areas.csv", AREAS), ("postcodes.csv", POSTCODES)):
        (folder / name).write_text(text, encoding="utf-8")
    return Directory.for_project(fictional, [folder / "areas.csv", folder / "postcodes.csv"], folder / "cache")


@pytest.fixture(scope="session")
def uk_places(shared_cache: Path) -> Directory:
    return Directory.for_project(packs.load("uk"))
