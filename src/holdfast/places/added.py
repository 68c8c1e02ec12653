"""Postcode directories, deprivation files, areas and towns that people add: converted once, kept by their hash.

A file is converted to ``<cache>/places/added/<country>/<hash>/``: ``about.json`` says what it is,
``postcodes/X.parquet`` holds the postcodes that begin with X, ``deciles.parquet`` the neighbourhoods, ``rows.json``
areas or towns.
"""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from holdfast.core.disk import is_full
from holdfast.core.figures import Source
from holdfast.core.problem import HoldfastError, Problem
from holdfast.packs import Pack
from holdfast.places.cache import read_parquet, sha256, write_parquet
from holdfast.places.columns import Columns, Kind, recognise
from holdfast.places.postcodes import canonical, unspaced

if TYPE_CHECKING:
    import pyarrow as pa

#: Raised when what is written changes, so that files are converted again.
FORMAT = 1
#: A directory of the whole UK unpacks to about 1.4 GB.
LARGEST = 6 * 1024**3


@dataclass(frozen=True, slots=True)
class AddedFile:
    """A file that was added: ``rows`` were kept; ``skipped`` had no well-formed key or were there twice."""

    folder: Path
    kind: Kind
    name: str
    date: str
    licence: str
    sha256: str
    rows: int
    skipped: int
    columns: dict[str, str]

    @property
    def source(self) -> Source:
        return Source(self.name, self.date, self.licence, self.sha256, f"{self.kind}, {self.rows:,} rows")

    def letters(self) -> list[str]:
        return sorted(p.stem for p in (self.folder / "postcodes").glob("?.parquet"))

    def letter(self, letter: str) -> pa.Table | None:
        """``key`` and what the file has of ``area, lat, lon, east, north, lsoa, lsoa11, decile``."""
        path = self.folder / "postcodes" / f"{letter}.parquet"
        return read_parquet(path) if path.is_file() else None

    def deciles(self) -> pa.Table:
        """``lsoa`` or ``lsoa11``, ``decile``."""
        return read_parquet(self.folder / "deciles.parquet")

    def listed(self) -> list[dict[str, str]]:
        """Rows of areas (``code, name, parents``) or towns (``town, area``)."""
        rows: list[dict[str, str]] = json.loads((self.folder / "rows.json").read_text(encoding="utf-8"))
        return rows


def add_file(
    path: Path, cache: Path, pack: Pack, *, name: str = "", date: str = "", licence: str = "not stated"
) -> AddedFile:
    """Convert a file into ``cache``; what was converted before (by hash) is found again.

    CSV, also as ``.gz`` or as the ``.zip`` that the ONS publishes. Raises :class:`HoldfastError` HF104 (cannot be
    opened), HF608 (not a file of places), HF105 (an archive too large), HF901 or HF903 (cannot be written).
    """
    home = cache / "places" / "added" / pack.code
    try:
        digest = sha256(path)
    except OSError as error:
        raise HoldfastError(Problem("HF104", f"{path.name} cannot be opened: {error.strerror}.", str(path))) from error
    folder = home / f"{digest[:16]}-{FORMAT}"
    if (folder / "about.json").is_file():
        return _known(folder)
    beside = home / f".{folder.name}.{secrets.token_hex(6)}.part"
    try:
        beside.mkdir(parents=True)
        about = _convert(path, beside, pack, digest, (name or path.name, date, licence))
        (beside / "about.json").write_text(json.dumps(about, indent=1, ensure_ascii=False), encoding="utf-8")
        _move(beside, folder)
    except OSError as error:
        code = "HF901" if is_full(error) else "HF903"
        raise HoldfastError(Problem(code, f"{folder} cannot be written: {error.strerror}.")) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return _known(folder)


def added_files(cache: Path, pack: Pack) -> list[AddedFile]:
    """What was added for that country, the newest first: by its date, then by its name."""
    home = cache / "places" / "added" / pack.code
    folders = sorted(p.parent for p in home.glob(f"*-{FORMAT}/about.json") if not p.parent.name.startswith("."))
    by_name = sorted((_known(f) for f in folders), key=lambda a: (a.name, a.sha256))
    return sorted(by_name, key=lambda a: a.date, reverse=True)


def _known(folder: Path) -> AddedFile:
    return AddedFile(folder=folder, **json.loads((folder / "about.json").read_text(encoding="utf-8")))


def _move(beside: Path, folder: Path) -> None:
    """Into place; another process that was faster has written the same."""
    try:
        beside.rename(folder)
    except OSError:
        if not (folder / "about.json").is_file():
            raise


def _convert(path: Path, into: Path, pack: Pack, digest: str, described: tuple[str, str, str]) -> dict[str, Any]:
    table, columns = _read(path)
    kept = _WRITERS[columns.kind](table, into, pack)
    about = AddedFile(
        into, columns.kind, *described, digest, rows=kept, skipped=len(table) - kept, columns=columns.found
    )
    return {k: v for k, v in asdict(about).items() if k != "folder"}


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """The CSV's bytes: as they are, unpacked, or those of the largest CSV of a ZIP (the directory itself)."""
    import gzip
    import zipfile

    if path.suffix.lower() == ".gz":
        with gzip.open(path) as file:
            yield file  # type: ignore[misc]
    elif path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path) as archive:
            inside = [m for m in archive.infolist() if m.filename.lower().endswith(".csv")]
            largest = max(inside, key=lambda m: m.file_size, default=None)
            if largest is None or largest.file_size > LARGEST:
                raise HoldfastError(
                    Problem("HF105", f"{path.name} holds no list of places, or one too large.", str(path))
                )
            with archive.open(largest) as file:
                yield file
    else:
        with path.open("rb") as file:
            yield file


def _read(path: Path) -> tuple[pa.Table, Columns]:
    """The columns that were recognised, under Holdfast's names, as text."""
    import zlib
    from gzip import BadGzipFile
    from zipfile import BadZipFile

    import pyarrow as pa
    from pyarrow import csv

    try:
        with _opened(path) as file:
            header = csv.open_csv(file, read_options=csv.ReadOptions(use_threads=False)).schema.names
        columns = recognise(header)
        if columns is None:
            raise HoldfastError(
                Problem("HF608", f"{path.name} is not understood: its columns are {', '.join(header)[:200]}.")
            )
        names = list(dict.fromkeys(columns.found.values()))
        options = csv.ConvertOptions(
            include_columns=names,
            column_types={n: pa.string() for n in names},
            null_values=[""],
            strings_can_be_null=True,
        )
        with _opened(path) as file:
            table = csv.read_csv(file, convert_options=options)
    except (pa.ArrowInvalid, BadZipFile, EOFError, UnicodeDecodeError, zlib.error, BadGzipFile) as error:
        raise HoldfastError(Problem("HF608", f"{path.name} cannot be read as a table: {error}.", str(path))) from error
    return pa.table({what: table[name].combine_chunks() for what, name in columns.found.items()}), columns


def _postcodes(table: pa.Table, into: Path, pack: Pack) -> int:
    import pyarrow as pa
    import pyarrow.compute as pc

    fields = {"key": unspaced(canonical(table["postcode"].combine_chunks(), pack))}
    if "area" in table.column_names:
        fields["area"] = pc.utf8_trim_whitespace(table["area"]).combine_chunks().dictionary_encode()
    has_points = {"lat", "lon"} <= set(table.column_names)
    for name in ("lat", "lon") if has_points else ("east", "north"):
        if name in table.column_names:
            fields[name] = _number(table[name])
    if has_points:  # the ONS writes latitude 99.999999 where there is none
        on_earth = pc.less_equal(pc.abs(fields["lat"]), 90.0)
        fields |= {n: pc.if_else(on_earth, fields[n], pa.scalar(None, pa.float64())) for n in ("lat", "lon")}
    for name in {"lsoa", "lsoa11"} & set(table.column_names):
        fields[name] = table[name].combine_chunks().dictionary_encode()
    if "decile" in table.column_names:
        fields["decile"] = _number(table["decile"]).cast(pa.int8())
    rows = pa.table(dict(sorted(fields.items())))
    first, kept = pc.utf8_slice_codeunits(rows["key"], 0, 1), 0
    for letter in sorted(set(first.drop_null().unique().to_pylist())):
        mine = _once(rows.filter(pc.equal(first, letter)), "key")
        write_parquet(mine, into / "postcodes" / f"{letter}.parquet")
        kept += len(mine)
    return kept


def _deprivation(table: pa.Table, into: Path, pack: Pack) -> int:
    import pyarrow as pa
    import pyarrow.compute as pc

    key = "lsoa" if "lsoa" in table.column_names else "lsoa11"
    decile = _number(table["decile"])
    rows = pa.table({key: pc.utf8_trim_whitespace(table[key]), "decile": decile.cast(pa.int8())})
    rows = _once(rows.filter(pc.is_valid(decile)), key)
    write_parquet(rows, into / "deciles.parquet")
    return len(rows)


def _listed(table: pa.Table, into: Path, pack: Pack) -> int:
    rows = [{k: v for k, v in row.items() if v is not None} for row in table.to_pylist()]
    kept = [r for r in rows if r.get("code") or r.get("town")]
    (into / "rows.json").write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    return len(kept)


_WRITERS = {"postcodes": _postcodes, "deprivation": _deprivation, "areas": _listed, "towns": _listed}


def _number(column: pa.ChunkedArray) -> pa.Array:
    """Numbers; what is none becomes null."""
    import pyarrow as pa
    import pyarrow.compute as pc

    text = pc.utf8_trim_whitespace(column).combine_chunks()
    return pc.if_else(
        pc.match_substring_regex(text, r"^-?[0-9]+(\.[0-9]*)?$"), text, pa.scalar(None, pa.string())
    ).cast(pa.float64())


def _once(table: pa.Table, key: str) -> pa.Table:
    """Rows with a key, the first of each."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    table = table.filter(pc.is_valid(table[key]))
    keys = table[key].combine_chunks()
    distinct = keys.unique()
    if len(distinct) == len(keys):
        return table
    order = pc.index_in(keys, value_set=distinct).to_numpy()  # the n-th distinct key, in the order of appearance
    return table.take(pa.array(np.unique(order, return_index=True)[1]))
