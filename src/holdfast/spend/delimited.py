"""Delimited text into columns: a fast way for regular files and a careful one for the rest, which must agree.

The fast way is Arrow's reader. It is used only where every record can be accounted for; whatever it cannot place
sends the file, or the row, to the careful way, which is Python's ``csv`` with repairs. Neither drops a row.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from holdfast.core.problem import Problem
from holdfast.spend.grid import Grid, from_cells

if TYPE_CHECKING:
    import pyarrow as pa

DELIMITERS = (",", "\t", ";", "|")
MAX_COLUMNS = 2000
#: Below this many bytes the careful way is as fast.
SMALL = 60_000
#: Irregular rows above which the fast way gives up.
MANY_IRREGULAR = 2_000
_TOP_ROWS = 60
#: Bytes parsed at a time; a file below this comes as one piece.
_BLOCK = 1 << 27
#: Bytes in which the first rows are looked for.
_HEAD = 200_000

csv.field_size_limit(1 << 27)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is divided: delimiter and the usual number of cells."""

    delimiter: str
    width: int


def normal_lines(data: bytes) -> bytes:
    """The text with bare ``\\r`` made ``\\n`` where those are its line ends, else spaces. ``\\r\\n`` stays as it is."""
    returns = data.count(b"\r")
    if not returns:
        return data
    windows = data.count(b"\r\n")
    if returns == windows:
        return data
    # old Macintosh files: nearly every line ends in a lone carriage return
    if returns - windows > data.count(b"\n"):
        return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return data.replace(b"\r\n", b"\n").replace(b"\r", b" ")


def _head(data: bytes) -> str:
    """Whole lines from the start of a text, enough to see how it is laid out."""
    if len(data) <= _HEAD:
        return data.decode("utf-8", errors="replace")
    return data[: data.rfind(b"\n", 0, _HEAD) + 1 or _HEAD].decode("utf-8", errors="replace")


def layout(head: str) -> Layout:
    """Delimiter and width from the first lines: the delimiter under which most rows have the same number of cells."""
    best, best_score = Layout(",", 1), 0.0
    for d in DELIMITERS:
        if d not in head:
            continue
        reader = csv.reader(io.StringIO(head, newline=""), delimiter=d)
        widths = Counter(len(r) for _, r in zip(range(200), reader, strict=False) if r)
        wide = {w: n for w, n in widths.items() if w > 1}
        if not wide:
            continue
        width, rows = max(wide.items(), key=lambda x: (x[1], x[0]))
        score = rows / sum(widths.values()) * min(width, 6)
        if score > best_score:
            best, best_score = Layout(d, max(wide) if max(wide) < 2 * width else width), score
    return best


def parse(data: bytes, encoding: str | None = None) -> Grid:
    """All rows of a UTF-8 text as a grid: every record from row 1 on, header and preamble included.

    Rows longer than the width keep their extra cells if blank; else they are in ``unplaced``, to be placed or
    quarantined. Row numbers count records, as a spreadsheet does.
    """
    if b"\r" in data[:_HEAD].replace(b"\r\n", b""):
        data = normal_lines(data)
    if b"\0" in data:
        data = data.replace(b"\0", b"")
    head = _head(data)
    shape = layout(head)
    top = list(_top(head, shape.delimiter))
    if _whole_lines_quoted(top):
        return parse(_unquoted(data), encoding)
    width = max(shape.width, max((len(_trim(r)) for _, r in top), default=1))
    if width > MAX_COLUMNS:
        problem = Problem("HF107", f"the table has {width:,} columns; a payment file has at most {MAX_COLUMNS:,}")
        return Grid(top[:1], [], _numbers([]), encoding, problems=[problem])
    if len(data) > SMALL:
        fast = _fast(data, Layout(shape.delimiter, _usual_width(top, width)), top, encoding)
        if fast is not None:
            return fast
    return careful(normal_lines(data).decode("utf-8", errors="replace"), Layout(shape.delimiter, width), encoding)


def _top(head: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    for number, row in enumerate(reader, 1):
        if number > _TOP_ROWS:
            return
        yield number, row


def _trim(row: Sequence[str]) -> Sequence[str]:
    n = len(row)
    while n and not row[n - 1].strip():
        n -= 1
    return row[:n]


def _whole_lines_quoted(top: Sequence[tuple[int, list[str]]]) -> bool:
    """Whether nearly every record is one quoted cell that holds a whole row, as some exports write them."""
    filled = [r for _, r in top if any(c.strip() for c in r)]
    whole = [r[0] for r in filled if len(_trim(r)) == 1 and any(r[0].count(d) >= 2 for d in DELIMITERS)]
    return len(filled) >= 2 and len(whole) >= 0.9 * len(filled)


def _unquoted(data: bytes) -> bytes:
    """The rows inside such cells."""
    text = normal_lines(data).decode("utf-8", errors="replace")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter="\x1f")
    return "\n".join(r[0] if r else "" for r in rows).encode()


def _usual_width(top: Sequence[tuple[int, list[str]]], fallback: int) -> int:
    widths = Counter(len(r) for _, r in top if r)
    return widths.most_common(1)[0][0] if widths else fallback


def _numbers(values: Sequence[int]) -> pa.Array:
    import pyarrow as pa

    return pa.array(values, type=pa.int64())


class _TooIrregular(Exception):
    pass


def _fast(data: bytes, shape: Layout, top: Sequence[tuple[int, list[str]]], encoding: str | None) -> Grid | None:
    """Arrow's reader, or ``None`` where the file is not regular enough to trust it with."""
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    if shape.width < 2:
        return None
    lines = data.count(b"\n") + (0 if data.endswith(b"\n") else 1)
    irregular: list[tuple[int, str]] = []

    def note(row: arrow_csv.InvalidRow) -> str:
        if len(irregular) >= MANY_IRREGULAR or row.number is None:
            raise _TooIrregular
        irregular.append((row.number, row.text))
        return "skip"

    names = [str(i) for i in range(shape.width)]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(data),
            arrow_csv.ReadOptions(use_threads=False, column_names=names, block_size=min(len(data) + 1, _BLOCK)),
            arrow_csv.ParseOptions(
                delimiter=shape.delimiter,
                newlines_in_values=b'"' in data,
                ignore_empty_lines=False,
                invalid_row_handler=note,
            ),
            arrow_csv.ConvertOptions(
                column_types=_types(names, top, shape.width), strings_can_be_null=False, check_utf8=False
            ),
        )
    except (pa.ArrowInvalid, _TooIrregular):
        return None
    records = table.num_rows + len(irregular)
    columns = [table.column(i) for i in range(shape.width)]
    if _open_at_end(data, lines - records + 1, shape):
        return None
    if records != lines and (_swallowed(columns, shape) or b"\r" in data.replace(b"\r\n", b"")):
        return None
    return _put_back(columns, irregular, records, shape, top, encoding)


def _open_at_end(data: bytes, last_lines: int, shape: Layout) -> bool:
    """Whether a quotation mark opened on one of the last lines is still open at the end, which Arrow lets pass."""
    end = len(data)
    while end and data[end - 1] in b"\r\n":
        end -= 1
    start = end
    for _ in range(min(max(last_lines, 1), 1000)):
        start = data.rfind(b"\n", 0, start)
        if start < 0:
            break
    tail = data[start + 1 : end].decode("utf-8", errors="replace")
    return '"' in tail and _never_closes(tail.split("\n"), shape)


def _types(names: Sequence[str], top: Sequence[tuple[int, list[str]]], width: int) -> dict[str, pa.DataType]:
    """Dictionary encoding for columns that repeat themselves: far less memory, and each value is then parsed once."""
    import pyarrow as pa

    rows = [r for _, r in top if len(r) == width][5:]
    text, coded = pa.string(), pa.dictionary(pa.int32(), pa.string())
    return {n: text if rows and len({r[i] for r in rows}) > 0.97 * len(rows) else coded for i, n in enumerate(names)}


def _swallowed(columns: Sequence[pa.ChunkedArray], shape: Layout) -> bool:
    """Whether some cell holds line breaks that look like rows of their own: a quotation mark was never closed."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for column in columns:
        for chunk in column.chunks:
            values = chunk.dictionary if pa.types.is_dictionary(chunk.type) else chunk
            multi = values.filter(pc.match_substring(values, "\n"))
            if any(holds_rows(v, shape) for v in multi.to_pylist()):
                return True
    return False


def holds_rows(cell: str, shape: Layout) -> bool:
    """Whether a later line of a cell has the delimiters of a row."""
    return any(line.count(shape.delimiter) >= max(2, shape.width - 2) for line in cell.split("\n")[1:])


def _put_back(
    columns: Sequence[pa.ChunkedArray],
    irregular: Sequence[tuple[int, str]],
    records: int,
    shape: Layout,
    top: Sequence[tuple[int, list[str]]],
    encoding: str | None,
) -> Grid | None:
    """Number the rows and append those that Arrow could not place. ``None`` where a number does not fit."""
    import numpy as np
    import pyarrow as pa

    odd = np.array([n for n, _ in irregular], dtype=np.int64)
    if len(odd) and (odd.min() < 1 or odd.max() > records or len(np.unique(odd)) != len(odd)):
        return None
    numbers = np.setdiff1d(np.arange(1, records + 1, dtype=np.int64), odd, assume_unique=True)
    if len(numbers) != len(columns[0]):
        return None
    cells: list[list[str]] = []
    placed: list[int] = []
    unplaced: list[tuple[int, str]] = []
    for number, raw in irregular:
        parsed = list(csv.reader([raw], delimiter=shape.delimiter))
        row = parsed[0] if len(parsed) == 1 else []
        if any(holds_rows(c, shape) for c in row if "\n" in c):
            return None
        if raw.strip() == "":
            continue  # a blank line is no row; only its number counts
        if len(parsed) != 1:
            return None
        if len(_trim(row)) <= shape.width:
            cells.append(row)
            placed.append(number)
        else:
            unplaced.append((number, raw))
    if len(unplaced) * 20 > records:
        return None  # the usual width was not the usual one after all
    problems = _width_problem(zip(placed, cells, strict=True), top)
    arrays = [c.unify_dictionaries().combine_chunks() if c.num_chunks != 1 else c.chunk(0) for c in columns]
    if not placed:
        return Grid(
            top, arrays, pa.array(numbers), encoding, delimiter=shape.delimiter, unplaced=unplaced, problems=problems
        )
    extra, _ = from_cells(cells, placed, shape.width)
    order = np.argsort(np.concatenate([numbers, np.array(placed, dtype=np.int64)]), kind="stable")
    joined = [_joined(a, e, order) for a, e in zip(arrays, extra, strict=True)]
    rows = pa.array(np.concatenate([numbers, np.array(placed, dtype=np.int64)])[order])
    return Grid(top, joined, rows, encoding, delimiter=shape.delimiter, unplaced=unplaced, problems=problems)


def _joined(a: pa.Array, b: pa.Array, order: object) -> pa.Array:
    import pyarrow as pa

    if pa.types.is_dictionary(a.type):
        b = b.dictionary_encode()
    both = pa.chunked_array([a, b]).unify_dictionaries().combine_chunks()
    if isinstance(both, pa.ChunkedArray):
        both = both.chunk(0)
    return both.take(pa.array(order))


def _width_problem(
    rows: Iterable[tuple[int, Sequence[str]]], top: Sequence[tuple[int, Sequence[str]]]
) -> list[Problem]:
    """Rows shorter than the filled part of a usual row; missing trailing blanks are nobody's problem."""
    filled = Counter(len(_trim(r)) for _, r in top if len(_trim(r)) > 1)
    usual = min((w for w, n in filled.items() if n >= 0.05 * sum(filled.values())), default=0)
    first = min((n for n, r in top if len(_trim(r)) >= usual), default=0)
    short = [n for n, r in rows if r and n > first and len(r) < usual and any(c.strip() for c in r)]
    if not short:
        return []
    return [
        Problem(
            "HF110",
            "rows have fewer cells than the others; missing cells were read as blank",
            row=min(short),
            count=len(short),
        )
    ]


def careful(text: str, shape: Layout, encoding: str | None = None) -> Grid:
    """Row by row with Python's ``csv``; quotation marks that were never closed are repaired line by line."""
    numbers: list[int] = []
    cells: list[list[str]] = []
    unplaced: list[tuple[int, str]] = []
    repaired: list[int] = []
    for number, (row, mended) in enumerate(_records(text, shape), 1):
        if mended:
            repaired.append(number)
        trimmed = _trim(row)
        if len(trimmed) > shape.width:
            unplaced.append((number, _as_line(row, shape.delimiter)))
        else:
            cells.append(row)
            numbers.append(number)
    columns, rows = from_cells(cells, numbers, shape.width)
    top = [(n, r) for n, r in zip(numbers, cells, strict=True)][:_TOP_ROWS]
    problems = _width_problem(zip(numbers, cells, strict=True), top)
    if repaired:
        problems.append(
            Problem(
                "HF108",
                "a quotation mark is opened and never closed; the rows were read line by line",
                row=repaired[0],
                count=len(repaired),
            )
        )
    return Grid(top, columns, rows, encoding, delimiter=shape.delimiter, unplaced=unplaced, problems=problems)


def _as_line(row: Sequence[str], delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="").writerow(row)
    return out.getvalue()


def _records(text: str, shape: Layout) -> Iterator[tuple[list[str], bool]]:
    """Every record of a text and whether it had to be mended.

    A record that spans lines is believed unless a later line of it looks like a row of its own, or its quotation mark
    is never closed: then its first line is read with quotation marks as plain letters, and reading goes on after it.
    """
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    if lines and lines[-1] == "":
        lines.pop()
    if '"' not in text:
        for line in lines:
            yield line.split(shape.delimiter) if line else [], False
        return
    at = 0

    def feed() -> Iterator[str]:
        nonlocal at
        while at < len(lines):
            at += 1
            yield lines[at - 1] + "\n"

    while at < len(lines):
        start = at
        row = next(csv.reader(feed(), delimiter=shape.delimiter), [])
        if at - start > 1 and _is_broken(lines[start:at], row, shape, last=at == len(lines)):
            at = start + 1
            plain = next(csv.reader([lines[start]], delimiter=shape.delimiter, quoting=csv.QUOTE_NONE), [])
            yield [c.replace('"', "") for c in plain], True
        elif at - start == 1 and at == len(lines) and _never_closes(lines[start:], shape):
            plain = next(csv.reader([lines[start]], delimiter=shape.delimiter, quoting=csv.QUOTE_NONE), [])
            yield [c.replace('"', "") for c in plain], True
        else:
            yield row, False


def _is_broken(lines: Sequence[str], row: Sequence[str], shape: Layout, *, last: bool) -> bool:
    """Whether a record over several lines is due to a quotation mark that was never closed."""
    if any(holds_rows(c, shape) for c in row if "\n" in c):
        return True
    return last and _never_closes(lines, shape)


def _never_closes(lines: Sequence[str], shape: Layout) -> bool:
    try:
        list(csv.reader([line + "\n" for line in lines], delimiter=shape.delimiter, strict=True))
    except csv.Error as error:
        return "end of data" in str(error)
    return False
