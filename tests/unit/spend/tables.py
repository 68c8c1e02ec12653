# ruff: noqa: E501
"""Invented payments and the ways in which publishers set them out; what must be read is known because it was written here."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

Cell = Any
Column = tuple[str, Callable[["Payment"], Cell]]


@dataclass(frozen=True)
class Payment:
    """One invented payment; every name and number is made up."""

    day: date
    supplier: str
    net: Decimal
    vat: Decimal
    code: str
    postcode: str
    department: str
    category: str
    account: str
    text: str
    number: str

    @property
    def gross(self) -> Decimal:
        return self.net + self.vat


_SUPPLIERS = (
    "Alderbrook Joinery Ltd", "Brightwater Services", "CASTLEGATE CARE HOMES LTD", "Dunmore & Sons", "Eastmoor College",
    "Fernhill Surfacing PLC", "Greenlane Primary School", "Harrow Vale Consulting LLP", "Ivybridge Taxis",
    "J T Penhaligon", "Kestrel Software Ltd", "Lowfield Housing Association", "Marlpit Quarries Ltd", "Nettlewood Trust",
    "REDACTED", "Oakapple Catering", "Pinder, Holt & Co", "Quayside Theatre Company", "Rushmere Borough Council",
    "St Hilda's Hospice", "Thornbury Engineering Ltd", "Umber Design", "Vantage Insurance Brokers", "Whinfell Farm",
)  # fmt: skip
_DEPARTMENTS = ("Adult Services", "Children & Families", "Highways", "Corporate Resources", "Leisure & Culture")
_CATEGORIES = ("Premises repairs", "Agency staff", "Equipment purchase", "Professional fees", "Transport contracts")
_TEXTS = ("monthly charge", "repairs to roof", "placement", "annual licence", "goods received", "site works")


def payments(n: int = 36, *, seed: int = 7, start: date = date(2023, 6, 1), days: int = 30) -> list[Payment]:
    """``n`` payments within ``days`` from ``start``, in order of date, some of them credits."""
    rng = random.Random(seed)
    made = []
    for i in range(n):
        net = Decimal(rng.randint(50_000, 4_000_000)).scaleb(-2) * (-1 if i % 11 == 5 else 1)
        vat = (net * Decimal("0.2")).quantize(Decimal("0.01")) if i % 4 else Decimal("0.00")
        name = rng.choice(_SUPPLIERS)
        made.append(
            Payment(
                day=start + timedelta(days=i * days // n),
                supplier=name,
                net=net,
                vat=vat,
                code=str(100_200 + 37 * _SUPPLIERS.index(name)),
                postcode=f"{rng.choice(('BB', 'M', 'S'))}{rng.randint(1, 12)} {rng.randint(1, 9)}{rng.choice('ABDEFGH')}{rng.choice('JLNPQ')}",
                department=rng.choice(_DEPARTMENTS),
                category=rng.choice(_CATEGORIES),
                account=str(rng.choice((41100, 42310, 43010, 45220, 46090))),
                text=rng.choice(_TEXTS),
                number=str(5_100_000 + 13 * i),
            )
        )
    return made


PAYMENTS = payments()

# -- how a cell is written ------------------------------------------------------------------------------------------


def supplier(p: Payment) -> str:
    return p.supplier


def code(p: Payment) -> str:
    return p.code


def department(p: Payment) -> str:
    return p.department


def category(p: Payment) -> str:
    return p.category


def account(p: Payment) -> str:
    return p.account


def text(p: Payment) -> str:
    return p.text


def number(p: Payment) -> str:
    return p.number


def postcode(p: Payment) -> str:
    return p.postcode


def const(value: Cell) -> Callable[[Payment], Cell]:
    return lambda p: value


def net(p: Payment) -> str:
    return f"{p.net:.2f}"


def vat(p: Payment) -> str:
    return f"{p.vat:.2f}"


def gross(p: Payment) -> str:
    return f"{p.gross:.2f}"


def commas(p: Payment) -> str:
    return f"{p.net:,.2f}"


def pounds(p: Payment) -> str:
    return f"-£{-p.net:,.2f}" if p.net < 0 else f"£{p.net:,.2f}"


def dollars(p: Payment) -> str:
    return f"(${-p.net:,.2f})" if p.net < 0 else f"${p.net:,.2f}"


def accounting(p: Payment) -> str:
    """The accounting format of spreadsheets, spaces and all."""
    return f" £({-p.net:,.2f})" if p.net < 0 else f" £{p.net:,.2f} "


def in_brackets(p: Payment) -> str:
    return f"({-p.net:,.2f})" if p.net < 0 else f"{p.net:,.2f}"


def trailing_minus(p: Payment) -> str:
    return f"{-p.net:,.2f}-" if p.net < 0 else f"{p.net:,.2f}"


def cr(p: Payment) -> str:
    return f"{-p.net:.2f} CR" if p.net < 0 else f"{p.net:.2f}"


def cr_dr(p: Payment) -> str:
    return f"{-p.net:,.2f}CR" if p.net < 0 else f"{p.net:,.2f}DR"


def continental(p: Payment) -> str:
    return f"{p.net:,.2f}".translate(str.maketrans(",.", ".,"))


def continental_euro(p: Payment) -> str:
    return f"{continental(p)} €"


def dmy(p: Payment) -> str:
    return f"{p.day:%d/%m/%Y}"


def later(days: int, how: str = "%d/%m/%Y") -> Callable[[Payment], str]:
    """A second date on the row, some days from the first."""
    return lambda p: (p.day + timedelta(days=days)).strftime(how)


def as_date(how: str) -> Callable[[Payment], str]:
    return lambda p: p.day.strftime(how)


def mdy_short(p: Payment) -> str:
    return f"{p.day.month}/{p.day.day}/{p.day.year}"


def serial(p: Payment) -> str:
    return str((p.day - date(1899, 12, 30)).days)


# -- whole files ----------------------------------------------------------------------------------------------------


def header_of(columns: Sequence[Column]) -> list[str]:
    return [h for h, _ in columns]


def body_of(columns: Sequence[Column], rows: Iterable[Payment] = PAYMENTS) -> list[list[Cell]]:
    return [[make(p) for _, make in columns] for p in rows]


def written(rows: Iterable[Sequence[Cell]], *, delimiter: str = ",", end: str = "\r\n", quote_all: bool = False) -> str:
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)
    return out.getvalue()


def csv_bytes(
    columns: Sequence[Column],
    rows: Sequence[Payment] = PAYMENTS,
    *,
    before: Sequence[Sequence[Cell]] = (),
    after: Sequence[Sequence[Cell]] = (),
    encoding: str = "utf-8",
    **how: Any,
) -> bytes:
    """A delimited file: rows before the header, header, payments, rows after them."""
    table = [*before, header_of(columns), *body_of(columns, rows), *after]
    return written(table, **how).encode(encoding)


def xlsx_bytes(sheets: Sequence[tuple[str, Sequence[Sequence[Cell]], bool]]) -> bytes:
    """A workbook of (name, rows, hidden): dates become real dates, decimals numbers."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    for name, rows, hidden in sheets:
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(r, c, datetime(value.year, value.month, value.day))
                elif isinstance(value, Decimal):
                    sheet.write_number(r, c, float(value))
                elif value not in ("", None):
                    sheet.write(r, c, value)
        if hidden:
            sheet.hide()
    book.close()
    return out.getvalue()


def xls_bytes(sheets: Sequence[tuple[str, Sequence[Sequence[Cell]], bool]]) -> bytes:
    import xlwt

    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for name, rows, hidden in sheets:
        sheet = book.add_sheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write(r, c, datetime(value.year, value.month, value.day), day)
                elif isinstance(value, Decimal):
                    sheet.write(r, c, float(value))
                elif value not in ("", None):
                    sheet.write(r, c, value)
        sheet.visibility = 1 if hidden else 0
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods_bytes(sheets: Sequence[tuple[str, Sequence[Sequence[Cell]], bool]]) -> bytes:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.style import Style, TableProperties
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    book = OpenDocumentSpreadsheet()
    unseen = Style(name="unseen", family="table")
    unseen.addElement(TableProperties(display="false"))
    book.automaticstyles.addElement(unseen)
    for name, rows, hidden in sheets:
        table = Table(name=name, stylename=unseen) if hidden else Table(name=name)
        for row in rows:
            line = TableRow()
            for value in row:
                if isinstance(value, date):
                    cell = TableCell(valuetype="date", datevalue=value.isoformat())
                    cell.addElement(P(text=f"{value:%d/%m/%Y}"))
                elif isinstance(value, Decimal):
                    cell = TableCell(valuetype="float", value=str(value))
                    cell.addElement(P(text=str(value)))
                else:
                    cell = TableCell(valuetype="string")
                    cell.addElement(P(text=str(value)))
                line.addElement(cell)
            table.addElement(line)
        book.spreadsheet.addElement(table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
