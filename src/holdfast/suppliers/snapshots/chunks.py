"""A register's rows a few at a time, so that millions of them need no more memory than thousands."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, TYPE_CHECKING

from holdfast.core.problem import HoldfastError, Problem
from holdfast.suppliers.files import Shape, csv_options, json_columns
from holdfast.suppliers.jsonfiles import records
from holdfast.suppliers.opening import opened

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.csv import InvalidRow

#: Bytes of CSV, and records of JSON, that are looked at in one go.
BLOCK = 16 << 20
RECORDS = 50_000


class WrongEncoding(Exception):
    """The bytes are not those of the encoding that was tried."""


@dataclass
class Chunks:
    """The columns of a file as tables of text under its own headings, in order; uneven rows come last.

    ``uneven`` counts rows with fewer or more cells than there are headings, once all chunks were taken.
    """

    of: Shape
    have: list[str]
    uneven: int = 0
    _aside: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[pa.Table]:
        """Raises HF501 for what is no table, HF106 for what ends in the middle of a row, :class:`WrongEncoding`."""
        return self._json() if self.of.json else self._csv()

    def _json(self) -> Iterator[pa.Table]:
        import pyarrow as pa

        found = records(self.of.path)
        while some := list(islice(found, RECORDS)):
            yield pa.table(json_columns(self.of, self.have, some))

    def _csv(self) -> Iterator[pa.Table]:
        import pyarrow as pa
        from pyarrow import csv as arrow_csv

        wanted = [self.of.columns[c] for c in self.have]
        with opened(self.of.path) as file:
            tail = _Tail(file)
            try:
                options = csv_options(self.of, wanted, self._put_aside, BLOCK)
                with arrow_csv.open_csv(tail, *options) as reader:
                    for batch in reader:
                        yield pa.Table.from_batches([batch])
            except (pa.ArrowInvalid, UnicodeDecodeError) as error:
                if isinstance(error, UnicodeDecodeError) or "UTF8" in str(error) or "codec" in str(error):
                    raise WrongEncoding from error
                if "Empty CSV" not in str(error):
                    raise self._no_table(str(error)) from error
        if self._aside:
            self._whole(tail.end)
            yield self._uneven(wanted)

    def _put_aside(self, row: InvalidRow) -> str:
        self.uneven += 1
        self._aside.append(row.text)
        if self.uneven > 1_000_000:
            return "error"
        return "skip"

    def _whole(self, end: bytes) -> None:
        """A file whose last line has no end and is shorter than any other was cut off."""
        last = self._aside[-1]
        widths = [len(next(csv.reader([row], delimiter=self.of.delimiter), [])) for row in self._aside[-1000:]]
        open_end = end and not end.endswith((b"\n", b"\r")) and end.decode(self.of.encoding, "replace").endswith(last)
        if open_end and widths.pop() < min([*widths, len(self.of.headings)]):
            said = f"{self.of.path.name} ends in the middle of a row, as a download that was cut off does."
            raise HoldfastError(Problem("HF106", said, file=str(self.of.path)))

    def _uneven(self, wanted: list[str]) -> pa.Table:
        import pyarrow as pa

        places = [self.of.headings.index(name) for name in wanted]
        rows = list(csv.reader(self._aside, delimiter=self.of.delimiter))
        cells = {
            name: [row[place].strip() or None if place < len(row) else None for row in rows]
            for name, place in zip(wanted, places, strict=True)
        }
        return pa.table({name: pa.array(values, pa.string()) for name, values in cells.items()})

    def _no_table(self, why: str) -> HoldfastError:
        said = f"{self.of.path.name} cannot be read as a table: {why[:200]}."
        return HoldfastError(Problem("HF501", said, file=str(self.of.path)))


class _Tail:
    """Hands a file's bytes on and remembers the last of them."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.end, self.closed = file, b"", False

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        if data:
            self.end = (self.end + data)[-65_536:] if len(data) < 65_536 else data[-65_536:]
        return data

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self.closed = True
