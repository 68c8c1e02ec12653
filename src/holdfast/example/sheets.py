"""Tables as publishers leave them, with a count of what is in them, and the bytes they are saved as."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

Cell = str | int | float


@dataclass(slots=True)
class Count:
    """What a reader must find in one table. ``pence`` is over typed rows, net of VAT."""

    path: str
    sheet: str | None = None
    typed: int = 0
    quarantined: int = 0
    excluded: int = 0
    pence: int = 0


@dataclass(slots=True)
class Sheet:
    """Rows in the order of the file. Only the methods that count move the count."""

    count: Count
    rows: list[list[Cell]] = field(default_factory=list)
    width: int = 0

    def above(self, *lines: Sequence[Cell]) -> None:
        """Lines above the header."""
        self.rows += [list(line) for line in lines]

    def header(self, cells: Sequence[Cell]) -> None:
        self.width = len(cells)
        self.rows.append(list(cells))

    def paid(self, cells: list[Cell], pence: int) -> None:
        """A payment."""
        self.count.typed += 1
        self.count.pence += pence
        self.rows.append(cells)

    def spoilt(self, cells: list[Cell]) -> None:
        """A row whose amount nobody can read."""
        self.count.quarantined += 1
        self.rows.append(cells)

    def aside(self, *lines: Sequence[Cell]) -> None:
        """A repeated header, a total, a footer, or a row without an amount."""
        self.count.excluded += len(lines)
        self.rows += [list(line) for line in lines]

    def blank(self, lines: int = 1) -> None:
        self.rows += [[""] * self.width for _ in range(lines)]


def delimited(
    rows: Iterable[Sequence[Cell]], *, encoding: str, newline: str = "\r\n", delimiter: str = ",", twice: bool = False
) -> bytes:
    """Delimited text. ``twice`` saves it as UTF-8 a second time after misreading it as cp1252, as careless tools do."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows(rows)
    text = out.getvalue()
    if twice:
        text = text.encode("utf-8").decode("cp1252")
    if encoding == "utf-16":
        return b"\xff\xfe" + text.encode("utf-16-le")
    return text.encode(encoding)


def stored_zip(members: Iterable[tuple[str, bytes]]) -> bytes:
    """An archive with one time for all and nothing squeezed: packing libraries differ in how they squeeze."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 0, 0
            archive.writestr(info, data)
    return out.getvalue()


def workbook(sheets: Sequence[tuple[str, Sequence[Sequence[Cell]], bool]]) -> bytes:
    """An XLSX file of (name, rows, hidden); numbers stay numbers, so dates are the serial numbers of a spreadsheet."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False})
    book.set_properties({"created": datetime(2025, 4, 30), "author": "Invented"})
    for name, rows, hidden in sheets:
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if isinstance(cell, str):
                    if cell:
                        sheet.write_string(r, c, cell)
                else:
                    sheet.write_number(r, c, cell)
        if hidden:
            sheet.hide()
    book.close()
    with zipfile.ZipFile(out) as packed:
        return stored_zip([(name, packed.read(name)) for name in packed.namelist()])


def records(rows: Sequence[dict[str, object]], *, under: str | None) -> bytes:
    """JSON: a bare list, or a list ``under`` a key."""
    data: object = {"source": "Invented", under: rows} if under else rows
    return (json.dumps(data, ensure_ascii=False, indent=0) + "\n").encode("utf-8")


def plain(pence: int) -> str:
    """``1234.50``, ``-12.00``."""
    return f"{'-' if pence < 0 else ''}{abs(pence) // 100}.{abs(pence) % 100:02d}"


def commas(pence: int) -> str:
    """``1,234.50`` without a sign."""
    return f"{abs(pence) // 100:,}.{abs(pence) % 100:02d}"


def pounds(pence: int) -> str:
    """``£1,234.50``, ``-£12.00``."""
    return f"{'-' if pence < 0 else ''}£{commas(pence)}"


def brackets(pence: int) -> str:
    """``1,234.50``, ``(12.00)``."""
    return f"({commas(pence)})" if pence < 0 else commas(pence)


def minus_behind(pence: int) -> str:
    """``1234.50``, ``12.00-``."""
    return f"{plain(abs(pence))}{'-' if pence < 0 else ''}"


def credit_mark(pence: int) -> str:
    """``1,234.50``, ``12.00 CR``."""
    return f"{commas(pence)}{' CR' if pence < 0 else ''}"
