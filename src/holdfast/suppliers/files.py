"""Small tables of text, as registers, creditor lists and decision files come: headings, encoding, columns by name."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from holdfast.core.problem import HoldfastError, Problem

if TYPE_CHECKING:
    import pyarrow as pa

_HEAD = 1 << 20
_NOTHING = ["", "NA", "NULL", "null", "N/A", "n/a"]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a file's first lines and its bytes say of it.

    ``columns``: folded heading -> heading, the first of two that fold alike · ``headings``: all, in order, made unique.
    """

    path: Path
    columns: Mapping[str, str]
    headings: tuple[str, ...] = ()
    delimiter: str = ","
    encoding: str = "utf8"
    heading_lines: int = 1
    records: tuple[Mapping[str, object], ...] | None = None


def folded(heading: str) -> str:
    """``RegAddress.PostCode`` -> ``regaddress_postcode``."""
    return re.sub(r"[^a-z0-9]+", "_", heading.lower()).strip("_")


def shape(path: Path) -> Shape:
    """Look at a file. Raises HF104 where it cannot be opened and HF501 where it is no table."""
    if path.suffix.lower() == ".json":
        records = _records(path)
        return Shape(path, {folded(key): key for record in records[:1] for key in record}, records=tuple(records))
    encoding = _encoding(path)
    with _opened(path) as file:
        head = file.read(_HEAD).decode("utf-8-sig" if encoding == "utf8" else encoding, errors="ignore")
    first = head.split("\n", 1)[0]
    delimiter = max(",;\t|", key=lambda mark: (first.count(mark), mark == ","))
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    headings: list[str] = []
    for i, heading in enumerate(_first_row(reader, path)):
        headings.append(heading if heading not in headings else f"{heading} ({i})")
    columns: dict[str, str] = {}
    for heading in headings:
        if folded(heading):
            columns.setdefault(folded(heading), heading)
    return Shape(path, columns, tuple(headings), delimiter, encoding, reader.line_num)


def _first_row(reader: Iterator[list[str]], path: Path) -> list[str]:
    try:
        return next(reader, [])
    except csv.Error as error:
        raise _no_table(path, str(error)) from error


def _no_table(path: Path, why: str) -> HoldfastError:
    return HoldfastError(Problem("HF501", f"{path.name} cannot be read as a table: {why}.", file=str(path)))


def read_columns(of: Shape, wanted: Set[str]) -> pa.Table:
    """The wanted columns as text under their folded names, null where blank or absent, after ``org``, the row
    number."""
    import pyarrow as pa

    have = [c for c in of.columns if c in wanted]
    raw = _csv_table(of, have) if of.records is None else _json_table(of, have)
    columns = {"org": pa.array(range(raw.num_rows), pa.int64())}
    columns |= {c: raw.column(of.columns[c]) for c in have}
    columns |= {c: pa.nulls(raw.num_rows, pa.string()) for c in sorted(wanted - set(have))}
    return pa.table(columns)


def _csv_table(of: Shape, have: list[str]) -> pa.Table:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    wanted = [of.columns[c] for c in have]
    if not wanted:
        return pa.table({})
    uneven: list[int] = []

    def uneven_row(row: arrow_csv.InvalidRow) -> str:
        uneven.append(row.actual_columns)
        return "skip"

    try:
        with _opened(of.path) as file:
            table = arrow_csv.read_csv(
                file,
                read_options=arrow_csv.ReadOptions(
                    encoding=of.encoding, column_names=list(of.headings), skip_rows=of.heading_lines, use_threads=False
                ),
                parse_options=arrow_csv.ParseOptions(
                    delimiter=of.delimiter,
                    newlines_in_values=True,
                    invalid_row_handler=uneven_row,
                ),
                convert_options=arrow_csv.ConvertOptions(
                    include_columns=wanted,
                    column_types={name: pa.string() for name in wanted},
                    strings_can_be_null=True,
                    null_values=_NOTHING,
                ),
            )
    except pa.ArrowInvalid:
        uneven.append(0)
    return _uneven_table(of, wanted) if uneven else table


def _uneven_table(of: Shape, wanted: list[str]) -> pa.Table:
    """Slower, and content with rows that are shorter or longer than the heading: none is left out."""
    import pyarrow as pa

    places = [of.headings.index(name) for name in wanted]
    values: list[list[str | None]] = [[] for _ in wanted]
    with _opened(of.path) as raw:
        text = io.TextIOWrapper(raw, encoding=of.encoding, errors="replace", newline="")
        rows = csv.reader(text, delimiter=of.delimiter)
        next(rows, None)
        try:
            for row in rows:
                for column, place in zip(values, places, strict=True):
                    cell = row[place] if place < len(row) else ""
                    column.append(None if cell in _NOTHING else cell)
        except csv.Error as error:
            raise _no_table(of.path, str(error)) from error
    return pa.table({name: pa.array(column, pa.string()) for name, column in zip(wanted, values, strict=True)})


def _json_table(of: Shape, have: list[str]) -> pa.Table:
    import pyarrow as pa

    def said(heading: str) -> list[str | None]:
        values = (r.get(heading) for r in of.records or ())
        return [None if v is None or str(v) in _NOTHING else str(v) for v in values]

    return pa.table({of.columns[c]: pa.array(said(of.columns[c]), pa.string()) for c in have})


def _records(path: Path) -> list[dict[str, object]]:
    try:
        with _opened(path) as file:
            told = json.load(file)
    except ValueError as error:
        raise HoldfastError(Problem("HF501", f"{path.name} is not a JSON list of records.", file=str(path))) from error
    listed = told if isinstance(told, list) else [told]
    return [r for r in listed if isinstance(r, dict)]


def _opened(path: Path) -> IO[bytes]:
    import gzip

    try:
        file = gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb")  # noqa: SIM115 - the caller closes it
    except OSError as error:
        why = error.strerror or "unknown reason"
        raise HoldfastError(Problem("HF104", f"{path.name} cannot be opened: {why}.", file=str(path))) from error
    return cast("IO[bytes]", file)


def _encoding(path: Path) -> str:
    """``utf8`` where every byte agrees with it, else cp1252, and latin-1 where that has no letter for a byte."""
    for encoding in ("utf8", "cp1252"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with _opened(path) as file:
                for chunk in iter(lambda: file.read(_HEAD), b""):
                    decoder.decode(chunk)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    return "latin-1"
