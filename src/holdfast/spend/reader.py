"""Read any payment files: the way in. Never raises for a bad file; what could not be read is in the result."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from holdfast.core.disk import sha256
from holdfast.core.problem import Problem, in_file
from holdfast.packs import Pack, load
from holdfast.spend import delimited, markup, records, repeats, store, summaries, workbooks
from holdfast.spend.dates import Calendar
from holdfast.spend.encoding import decode
from holdfast.spend.grid import Grid
from holdfast.spend.headers import known_headers
from holdfast.spend.mapping import SavedMapping
from holdfast.spend.reading import Reading, TableRead
from holdfast.spend.sources import Source, expand, kind_of_bytes, open_source
from holdfast.spend.staged import Style
from holdfast.spend.typed import Typed, nothing, type_grid

if TYPE_CHECKING:
    import pyarrow as pa

Progress = Callable[[int, int, str], None]

#: Files never read, and silently so little that they are not even named in the result: none. Everything gets an entry.
_NOT_TABLES = {".md": "text", ".txt": "", ".html": "web page", ".docx": "text document"}


def read(
    paths: Sequence[Path],
    *,
    pack: str | Pack = "uk",
    mappings: Path | SavedMapping | None = None,
    cache: Path | None = None,
    root: Path | None = None,
    currency: str | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Read payment files and folders.

    ``pack`` says how the country writes; ``mappings`` is a saved mapping (or its file); ``cache`` a folder in which
    what was read is kept, so that an unchanged file is not read again; paths in the result are relative to ``root``.
    ``progress`` is called with files done, files in all and the file's name.
    """
    style = style_for(load(pack) if isinstance(pack, str) else pack, currency)
    saved = SavedMapping.load(mappings) if isinstance(mappings, Path) else mappings
    files = expand([Path(p) for p in paths])
    tables: list[TableRead] = []
    keep = store.Store(cache, style, saved) if cache else None
    for done, path in enumerate(files):
        label = _label(path, root)
        if progress:
            progress(done, len(files), label)
        tables.extend(_read_file(path, label, style, saved, keep))
    if progress:
        progress(len(files), len(files), "")
    return Reading(tuple(repeats.mark(tables, keep)))


def style_for(pack: Pack, currency: str | None = None) -> Style:
    """How a country writes dates, money, postcodes and headings."""
    return Style(
        calendar=Calendar(
            first_month=pack.fiscal_first_month,
            default_order="month" if pack.words.get("date_order") == "month" else "day",
        ),
        currency=currency or pack.currency,
        words=known_headers().extended(pack.headers),
        postcode=re.compile(pack.postcode_pattern) if pack.postcode_pattern else None,
    )


def _label(path: Path, root: Path | None) -> str:
    if root is not None:
        try:
            return path.resolve().relative_to(root.resolve()).as_posix()
        except ValueError:
            pass
    return path.as_posix()


def _read_file(
    path: Path, label: str, style: Style, saved: SavedMapping | None, keep: store.Store | None
) -> list[TableRead]:
    digest = _digest(path) if keep else None
    key = keep.key(digest, label) if keep and digest else None
    held = keep.find(key) if keep and key else None
    if held is not None:
        return held
    tables = [table for source in open_source(path, label, digest) for table in read_source(source, style, saved)]
    return keep.put(key, tables) if keep and key else tables


def _digest(path: Path) -> str | None:
    try:
        return sha256(path)
    except OSError:
        return None  # opening it says why


def read_source(source: Source, style: Style, saved: SavedMapping | None = None) -> Iterator[TableRead]:
    """Every table of one file's bytes."""
    if source.data is None:
        yield _entry(source, nothing(source.problems, style.currency))
        return
    try:
        yield from _tables(source, source.data, style, saved)
    except (ArithmeticError, IndexError, KeyError, MemoryError, TypeError, ValueError) as error:
        # a defect in reading one file must not lose the others; the entry says so and the run stops at reconciling
        problem = Problem("HF999", f"reading failed ({type(error).__name__}: {str(error)[:150]})", file=source.path)
        yield _entry(source, nothing([problem], style.currency))


def _tables(source: Source, data: bytes, style: Style, saved: SavedMapping | None) -> Iterator[TableRead]:
    kind = kind_of_bytes(data)
    if kind == "empty":
        yield _entry(source, nothing([Problem("HF101", "the file is empty")], style.currency))
    elif kind in ("xlsx", "xls", "ods"):
        yield from _workbook(source, data, style, saved)
    elif kind == "json":
        yield from _json(source, data, style, saved)
    elif kind == "text":
        yield from _text(source, data, style, saved)
    elif kind in ("web page", "XML file") and (tables := _markup(source, data, style, saved)):
        yield from without_summaries(tables)
    else:
        code = "HF102" if source.suffix in (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".json") else "HF103"
        said = f"the file is {'an' if kind[0] in 'XA' else 'a'} {kind}, not a table of payments"
        yield _entry(source, nothing([Problem(code, said)], style.currency))


def _markup(source: Source, data: bytes, style: Style, saved: SavedMapping | None) -> list[TableRead]:
    """The tables of payments in a page; those around them, such as menus, are no payments and are not told."""
    decoded = decode(data, saved.encoding if saved else None)
    grids = markup.parse_markup(decoded.text, decoded.encoding)
    read = [(type_grid(g, source.name, style, saved), g) for g in grids]
    return [_entry(source, typed, g) for typed, g in read if typed.staged and (typed.typed or typed.header_row)]


def _text(source: Source, data: bytes, style: Style, saved: SavedMapping | None) -> Iterator[TableRead]:
    decoded = decode(data, saved.encoding if saved else None)
    grid = delimited.parse(decoded.data, decoded.encoding)
    if decoded.inferred:
        grid = replace(grid, problems=[*grid.problems, Problem("HF116", f"the text was read as {decoded.encoding}")])
    typed = type_grid(grid, source.name, style, saved)
    if source.suffix in (".xlsx", ".xls", ".ods") and not typed.typed:
        typed = nothing([Problem("HF102", "the file is text, not the workbook its name says")], style.currency)
    yield _entry(source, typed, grid)


def _workbook(source: Source, data: bytes, style: Style, saved: SavedMapping | None) -> Iterator[TableRead]:
    try:
        tables = [_entry(source, type_grid(g, source.name, style, saved), g) for g in workbooks.sheets(data)]
        yield from without_summaries(tables)
    except workbooks.Unreadable as error:
        code = "HF105" if isinstance(error, workbooks.TooLarge) else "HF106"
        yield _entry(source, nothing([Problem(code, f"the workbook cannot be opened: {error}")], style.currency))


def without_summaries(sheets: Sequence[TableRead]) -> list[TableRead]:
    """A sheet without days that adds up other sheets (a pivot table) is not read as payments a second time."""
    return [_as_summary(t, what) if (what := summaries.summed_by(t, sheets)) else t for t in sheets]


def _as_summary(t: TableRead, what: str) -> TableRead:
    problem = Problem("HF325", f"the sheet adds up {what}", file=t.path, sheet=t.sheet, count=t.rows_typed)
    return replace(
        t,
        rows_staged=0,
        rows_typed=0,
        rows_quarantined=0,
        rows_excluded=0,
        total=Decimal("0.00"),
        others={},
        mapping={},
        reasons={},
        payments=None,
        quarantine=(),
        bodies={},
        kinds={},
        problems=(*(p for p in t.problems if p.code == "HF111"), problem),
    )


def _json(source: Source, data: bytes, style: Style, saved: SavedMapping | None) -> Iterator[TableRead]:
    decoded = decode(data)
    grid = records.parse_records(decoded.text, decoded.encoding)
    if grid is None and source.suffix not in (".json", ".jsonl"):
        yield from _text(source, data, style, saved)  # a header such as [Supplier],[Amount] looks like JSON
    elif grid is None:
        yield _entry(source, nothing([_no_records(decoded.text)], style.currency))
    else:
        yield _entry(source, type_grid(grid, source.name, style, saved), grid)


def _no_records(text: str) -> Problem:
    try:
        json.loads(text)
    except (ValueError, RecursionError) as error:
        return Problem("HF106", f"the JSON is damaged: {str(error)[:120]}")
    return Problem("HF103", "the document holds no list of records")


def _entry(source: Source, typed: Typed, grid: Grid | None = None) -> TableRead:
    sheet = grid.sheet if grid else None
    first, last = _dates(typed.payments)
    return TableRead(
        path=source.path,
        sha256=source.sha256,
        sheet=sheet,
        encoding=grid.encoding if grid else None,
        header_row=typed.header_row,
        mapping=typed.mapping,
        reasons=typed.reasons,
        headers=typed.headers,
        rows_staged=typed.staged,
        rows_typed=typed.typed,
        rows_quarantined=typed.quarantined,
        rows_excluded=typed.excluded,
        total=typed.total.quantize(Decimal("0.01")),
        currency=typed.currency,
        first_date=first,
        last_date=last,
        vat_basis=typed.vat_basis,
        problems=tuple(in_file(typed.problems, source.path, sheet)),
        payments=_with_constants(typed.payments, source.path, sheet, typed.currency),
        quarantine=tuple(typed.quarantine),
        bodies=typed.bodies,
        kinds=_kinds(typed.payments),
        currency_told=typed.currency_told,
        others={name: amount.quantize(Decimal("0.01")) for name, amount in typed.others.items()},
    )


def _dates(payments: pa.Table | None) -> tuple[str | None, str | None]:
    import pyarrow.compute as pc

    if payments is None or not payments.num_rows:
        return None, None
    span: dict[str, Any] = pc.min_max(payments.column("date")).as_py()
    return tuple(d.isoformat() if d else None for d in (span["min"], span["max"]))  # type: ignore[return-value]


def _kinds(payments: pa.Table | None) -> dict[str, int]:
    import pyarrow.compute as pc

    if payments is None:
        return {}
    counted = pc.value_counts(payments.column("kind")).to_pylist()
    return {c["values"]: c["counts"] for c in sorted(counted, key=lambda c: c["values"])}


def _with_constants(payments: pa.Table | None, path: str, sheet: str | None, currency: str) -> pa.Table | None:
    """The contract's columns in order, with file, sheet and currency."""
    import numpy as np
    import pyarrow as pa

    from holdfast.tables.contract import contract

    if payments is None:
        return None
    n = payments.num_rows
    zeros = pa.array(np.zeros(n, dtype=np.int32))

    def constant(value: str | None) -> pa.Array:
        return pa.nulls(n, pa.string()) if value is None else pa.DictionaryArray.from_arrays(zeros, [value])

    data = {"file": constant(path), "sheet": constant(sheet)}
    if "currency" not in payments.column_names:
        data["currency"] = constant(currency)
    return pa.table(
        {
            c.column: data.get(c.column, payments.column(c.column) if c.column in payments.column_names else None)
            for c in contract("payments")
        }
    )


def as_text(reading: Reading) -> str:
    """The result as JSON text, stable to the byte. What could upset a terminal is written as ``\\u009b``."""
    text = json.dumps(reading.to_json(), ensure_ascii=False, indent=2) + "\n"
    return _UNSEEN.sub(lambda m: f"\\u{ord(m[0]):04x}", text)


_UNSEEN = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
