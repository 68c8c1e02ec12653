"""Small tables of text, as registers, creditor lists and decision files come: headings, encoding, columns by name."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from holdfast.core.problem import HoldfastError, Problem
from holdfast.suppliers.jsonfiles import field_of, records
from holdfast.suppliers.opening import member_of, opened

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa
    from pyarrow.csv import ConvertOptions, InvalidRow, ParseOptions, ReadOptions

_HEAD = 1 << 20
_NOTHING = ["", "NA", "NULL", "null", "N/A", "n/a"]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a file's first lines and its bytes say of it.

    ``columns``: folded heading -> heading, the first of two that fold alike · ``headings``: all, in order, unique ·
    ``json``: it holds records, not rows; a field within a field has the heading ``outer.inner``.
    """

    path: Path
    columns: Mapping[str, str]
    headings: tuple[str, ...] = ()
    delimiter: str = ","
    encoding: str = "utf8"
    heading_lines: int = 1
    json: bool = False

    def without_heading(self, headings: tuple[str, ...]) -> Shape:
        """The same file, whose first row is data already; ``headings`` name its columns, the rest go unnamed."""
        named = [*headings, *(f"column {i + 1}" for i in range(len(headings), len(self.headings)))]
        return Shape(
            self.path,
            {folded(h): h for h in named},
            tuple(named[: max(len(self.headings), len(headings))]),
            self.delimiter,
            self.encoding,
            heading_lines=0,
        )


def folded(heading: str) -> str:
    """``RegAddress.PostCode`` -> ``regaddress_postcode``."""
    return re.sub(r"[^a-z0-9]+", "_", heading.lower()).strip("_")


def shape(path: Path, encoding: str | None = None) -> Shape:
    """Look at a file: CSV, or JSON by its name; also packed as ``.gz`` or ``.zip``.

    ``encoding`` where it is known; else all bytes are looked at. Raises HF104 where it cannot be opened, HF106 where it
    is damaged, HF501 where it is no table.
    """
    if _is_json(path):
        return _json_shape(path)
    encoding = encoding or _encoding(path)
    with opened(path) as file:
        head = file.read(_HEAD).decode("utf-8-sig" if encoding == "utf8" else encoding, errors="ignore")
    _is_a_table(path, head)
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


def _is_json(path: Path) -> bool:
    """By the name; a packed file by its member's, and PSC snapshots (``.txt`` of JSON lines) by their first letter."""
    name = member_of(path).lower()
    if name.endswith((".json", ".jsonl", ".ndjson")):
        return True
    if not name.endswith(".txt"):
        return False
    with opened(path) as file:
        return file.read(64).lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"[")


def _json_shape(path: Path) -> Shape:
    """Columns are the fields of the first records, as later ones may have more than the first."""
    columns: dict[str, str] = {}
    for record in islice(records(path), 200):
        for heading in _fields(record):
            columns.setdefault(folded(heading), heading)
    return Shape(path, columns, json=True)


def _fields(record: Mapping[str, object], before: str = "") -> Iterator[str]:
    for name, value in record.items():
        if isinstance(value, dict):
            yield from _fields(value, f"{before}{name}.")
        else:
            yield before + name


_NO_TABLE = {
    "%PDF": "it is a PDF",
    "<!DOCTYPE": "it is a web page",
    "<html": "it is a web page",
    "<?xml": "it is XML",
}


def _is_a_table(path: Path, head: str) -> None:
    """A page of apology saved under the name of a table is the commonest half download."""
    for start, why in _NO_TABLE.items():
        if head.lstrip()[: len(start)].lower() == start.lower():
            raise _no_table(path, why)


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
    have = [c for c in of.columns if c in wanted]
    raw = _json_table(of, have) if of.json else _csv_table(of, have)
    return numbered(of, raw, wanted, 0)


def numbered(of: Shape, raw: pa.Table, wanted: Set[str], first: int) -> pa.Table:
    """Columns under their folded names after ``org``, the number of the row from ``first``; absent ones are null."""
    import pyarrow as pa

    have = [c for c in of.columns if c in wanted and of.columns[c] in raw.column_names]
    columns = {"org": pa.array(range(first, first + raw.num_rows), pa.int64())}
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
        with opened(of.path) as file:
            table = arrow_csv.read_csv(file, *csv_options(of, wanted, uneven_row))
    except pa.ArrowInvalid:
        uneven.append(0)
    return _uneven_table(of, wanted) if uneven else table


def csv_options(
    of: Shape, wanted: list[str], uneven_row: Callable[[InvalidRow], str], block: int = 1 << 20
) -> tuple[ReadOptions, ParseOptions, ConvertOptions]:
    """How the columns of that shape are read as text. ``block``: bytes that are read in one go."""
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    read = arrow_csv.ReadOptions(
        encoding=of.encoding,
        column_names=list(of.headings),
        skip_rows=of.heading_lines,
        use_threads=False,
        block_size=block,
    )
    parse = arrow_csv.ParseOptions(delimiter=of.delimiter, newlines_in_values=True, invalid_row_handler=uneven_row)
    convert = arrow_csv.ConvertOptions(
        include_columns=wanted,
        column_types={name: pa.string() for name in wanted},
        strings_can_be_null=True,
        null_values=_NOTHING,
    )
    return read, parse, convert


def _uneven_table(of: Shape, wanted: list[str]) -> pa.Table:
    """Slower, and content with rows that are shorter or longer than the heading: none is left out."""
    import pyarrow as pa

    places = [of.headings.index(name) for name in wanted]
    values: list[list[str | None]] = [[] for _ in wanted]
    with opened(of.path) as raw:
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

    return pa.table(json_columns(of, have, list(records(of.path))))


def json_columns(of: Shape, have: list[str], some: list[dict[str, object]]) -> dict[str, pa.Array]:
    """Fields of records as columns of text; a list becomes its values with bars between."""
    import pyarrow as pa

    def said(heading: str) -> list[str | None]:
        values = (field_of(record, heading) for record in some)
        return [None if v is None or v in _NOTHING else v for v in values]

    return {of.columns[c]: pa.array(said(of.columns[c]), pa.string()) for c in have}


def _encoding(path: Path) -> str:
    """``utf8`` where every byte agrees with it, else cp1252, and latin-1 where that has no letter for a byte."""
    for encoding in ("utf8", "cp1252"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with opened(path) as file:
                for chunk in iter(lambda: file.read(_HEAD), b""):
                    decoder.decode(chunk)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    return "latin-1"
