"""An independent count of payment files: Python's ``csv`` and a small amount parser, nothing of Holdfast's.

Who writes the count decides by hand which columns hold the amount and the date of each publisher; the reader under test
has to find them on its own.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

csv.field_size_limit(1 << 27)


@dataclass
class Count:
    """Rows of one file: with an amount, without one, with one that is no number, and rows that hold nothing but the sum
    of the rows above; the sum of the amounts; every day that could be read."""

    rows: int = 0
    blank: int = 0
    unreadable: int = 0
    left_out: int = 0
    total: Decimal = Decimal(0)
    days: list[date] = field(default_factory=list)


def text_of(data: bytes) -> str:
    """UTF-8 where it is UTF-8, else Windows; bytes Windows lacks as Latin-1. Good enough for numbers and dates."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "".join(_letter(b) for b in data) if _has_gaps(data) else data.decode("cp1252")


def _has_gaps(data: bytes) -> bool:
    return any(bytes([b]) in data for b in (0x81, 0x8D, 0x8F, 0x90, 0x9D))


def _letter(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def records(data: bytes) -> list[list[str]]:
    """Every record, blank ones as empty lists. Bare carriage returns end lines only where no line feed does."""
    text = text_of(data)
    if "\n" not in text:
        text = text.replace("\r", "\n")
    return list(csv.reader(io.StringIO(text, newline="")))


_POINT = re.compile(r"\d{1,3}(,\d{3})*(\.\d*)?|\d+(\.\d*)?|\.\d+|\d+(\.\d+)?E-?\d+")
_COMMA = re.compile(r"\d{1,3}(\.\d{3})*,\d{1,2}|\d+,\d{1,2}")


def amount(cell: str) -> Decimal | None:
    """``£1,234.50``, ``(12.00)``, ``12.00-``, a lone ``1.234,50`` among the others; ``None`` where it is no number."""
    s = re.sub("[£€$\ufffdÂú\\s]", "", cell)
    if s == "-":
        return Decimal(0)
    below = s.startswith(("(", "-")) or s.endswith("-")
    s = s.strip("()-")
    if _COMMA.fullmatch(s):
        s = s.replace(".", "").replace(",", ".")
    elif not _POINT.fullmatch(s):
        return None
    return Decimal(s.replace(",", "")) * (-1 if below else 1)


def day(cell: str, formats: tuple[str, ...]) -> date | None:
    """The day by the first format that fits; a five-figure number is a spreadsheet's count of days."""
    s = cell.strip()
    if re.fullmatch(r"4\d{4}", s):
        return date(1899, 12, 30) + timedelta(days=int(s))
    for f in formats:
        try:
            return datetime.strptime(s, f).date()
        except ValueError:
            continue
    return None


def count(
    path: Path, amount_header: re.Pattern[str], date_header: re.Pattern[str] | None, formats: tuple[str, ...]
) -> Count:
    """Count a file. The header is the first row with a cell that is the amount's header, wherever it stands."""
    rows = records(path.read_bytes())
    at = next(i for i, r in enumerate(rows) if any(amount_header.fullmatch(c.strip()) for c in r))
    header = [c.strip() for c in rows[at]]
    above = [c.strip() for c in rows[at - 1]] if at else []  # headers may stand in two rows
    below = at > len(rows) // 2  # three files of Hyndburn carry their header under the data, as a row more to leave out
    data = rows[:at] if below else rows[at + 1 :]
    money = next(i for i, c in enumerate(header) if amount_header.fullmatch(c))
    when = next((i for h in (header, above) for i, c in enumerate(h) if date_header and date_header.fullmatch(c)), None)
    result, seen = Count(left_out=int(below)), {}
    for row in data:
        if any(c.strip() for c in row):
            _add(result, row, money, when, formats, seen)
    return result


def _add(
    result: Count, row: list[str], money: int, when: int | None, formats: tuple[str, ...], seen: dict[str, date | None]
) -> None:
    cell = row[money] if money < len(row) else ""
    if not cell.strip():
        result.blank += 1
        return
    value = amount(cell)
    if value is None:
        result.unreadable += 1
        return
    if value == result.total and sum(1 for c in row if c.strip()) == 1:
        result.left_out += 1
        return
    result.rows += 1
    result.total += value
    if when is not None and len(row) > when:
        text = row[when]
        if text not in seen:
            seen[text] = day(text, formats)
        if found := seen[text]:
            result.days.append(found)
