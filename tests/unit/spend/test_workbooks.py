# ruff: noqa: E501
"""Workbooks made from real files: the same rows and the same total to the penny as the CSV, on every sheet, hidden or not."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from acceptance.spend_count import amount, day, records
from holdfast.spend.reader import read
from holdfast.spend.workbooks import cell_text
from unit.spend.reads import D, amounts, codes, column, counts, days, one, problem, tables
from unit.spend.tables import ods_bytes, written, xls_bytes, xlsx_bytes

SharedData = Callable[[str], Path]
MAKERS = {"xlsx": xlsx_bytes, "xls": xls_bytes, "ods": ods_bytes}
#: folder and file; the first rows of each are enough for every format
REAL = [
    ("spend/hyndburn_bc/raw", "1491307420513_1701.csv"),
    ("spend/oxford_cc", "expenditure-over-500-jan-mar-2018.csv"),
]


def _cells(path: Path) -> list[list[Any]]:
    """The file's cells, dates and amounts as a spreadsheet would hold them."""
    rows = records(path.read_bytes())[:250]
    top = next(i for i, r in enumerate(rows) if sum(1 for c in r if c.strip()) > 4)
    kinds = ["date" if "date" in h.lower() else "money" if "amount" in h.lower() else "" for h in rows[top]]
    return [r if i <= top else [_real(c, k) for c, k in zip(r, kinds, strict=False)] for i, r in enumerate(rows)]


def _real(text: str, kind: str) -> Any:
    if kind == "date":
        return day(text, ("%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d")) or text
    value = amount(text) if kind == "money" and text.strip() else None
    return text if value is None else value


def _of(rows: list[list[Any]]) -> str:
    return written([[f"{c:%d/%m/%Y}" if isinstance(c, date) else c for c in r] for r in rows])


@pytest.mark.parametrize("kind", sorted(MAKERS))
@pytest.mark.parametrize(("folder", "name"), REAL, ids=["Hyndburn", "Oxford"])
def test_a_workbook_of_a_real_file_reads_as_the_file_does(
    shared_data: SharedData, folder: str, name: str, kind: str
) -> None:
    rows = _cells(shared_data(folder) / name)
    book = one(MAKERS[kind]([("Payments", rows, False)]), f"june.{kind}")
    text = one(_of(rows), "june.csv")
    assert text.rows_typed > 150
    assert (counts(book), book.total, book.header_row) == (counts(text), text.total, text.header_row)
    assert book.mapping == text.mapping
    for field in ("date", "amount", "supplier", "kind"):
        assert column(book, field) == column(text, field)
    assert sum(isinstance(c, date) for r in rows for c in r) > 150
    assert sum(isinstance(c, Decimal) for r in rows for c in r) > 150


def test_a_whole_real_file_keeps_its_total_as_xlsx(shared_data: SharedData, tmp_path: Path) -> None:
    source = shared_data("spend/hyndburn_bc/raw") / "1491307420513_1701.csv"
    rows = [[c if (v := _number(c)) is None else v for c in r] for r in records(source.read_bytes())]
    (tmp_path / "june.xlsx").write_bytes(xlsx_bytes([("Sheet1", rows, False)]))
    (book,) = read([tmp_path / "june.xlsx"]).files
    (text,) = read([source]).files
    assert (book.rows_typed, book.total) == (text.rows_typed, text.total)


def _number(text: str) -> Decimal | None:
    return amount(text) if "." in text and text.strip() else None


ROWS: list[list[Any]] = [
    ["Supplier", "Payment Date", "Net Amount"],
    ["Umber Ltd", date(2023, 6, 13), D("1882.78")],
    ["Kestrel Ltd", date(2023, 6, 14), D("-0.10")],
    ["Oak Ltd", date(2023, 6, 15), D("1000")],
]
TOTAL = D("2882.68")


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_a_hidden_sheet_is_read_and_noted(kind: str) -> None:
    shown, hidden = tables(MAKERS[kind]([("Shown", ROWS, False), ("Unseen", ROWS[:3], True)]), f"a.{kind}")
    assert (shown.sheet, shown.total, "HF111" in codes(shown)) == ("Shown", TOTAL, False)
    assert (hidden.sheet, hidden.rows_typed, "'Unseen'" in problem(hidden, "HF111").message) == ("Unseen", 2, True)


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_a_workbook_gives_an_entry_for_every_sheet(kind: str) -> None:
    cover: list[list[Any]] = [["Payments over £500"], ["Contact", "Finance"]]
    found = tables(MAKERS[kind]([("Cover", cover, False), ("June", ROWS, False)]), f"a.{kind}")
    assert [(t.sheet, t.rows_typed, t.path) for t in found] == [("Cover", 0, f"a.{kind}"), ("June", 3, f"a.{kind}")]
    assert "HF103" in codes(found[0])


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_rows_are_numbered_as_the_spreadsheet_shows_them(kind: str) -> None:
    table = one(MAKERS[kind]([("June", [["Spend June 2023", "", ""], ["", "", ""], *ROWS], False)]), f"a.{kind}")
    assert (table.header_row, column(table, "row")) == (3, [4, 5, 6])


def test_a_pivot_table_is_not_counted_a_second_time() -> None:
    sums: list[list[Any]] = [["Supplier", "Total Spend"], *[[r[0], r[2]] for r in ROWS[1:]]]
    data, summary = tables(xlsx_bytes([("Data", ROWS, False), ("By supplier", sums, False)]), "a.xlsx")
    assert (data.rows_typed, summary.rows_typed, summary.total) == (3, 0, D("0.00"))
    assert codes(summary) == ["HF325"]


def test_a_workbook_that_counts_its_days_from_1904_gives_the_right_days() -> None:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": True, "default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet()
    for r, row in enumerate(ROWS):
        for c, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(r, c, datetime(value.year, value.month, value.day))
            else:
                sheet.write(r, c, value)
    book.close()
    assert days(one(out.getvalue(), "a.xlsx")) == [r[1] for r in ROWS[1:]]


def test_the_value_of_a_formula_is_read_and_a_faulty_one_is_set_aside() -> None:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for r, row in enumerate(
        [ROWS[0], ["A Ltd", "13/06/2023", None], ["B Ltd", "14/06/2023", None], ["C Ltd", "15/06/2023", 7.5]]
    ):
        sheet.write_row(r, 0, row)
    sheet.write_formula(1, 2, "=10*1.25", None, 12.5)
    sheet.write_formula(2, 2, "=1/0", None, "#DIV/0!")
    book.close()
    table = one(out.getvalue(), "a.xlsx")
    assert (amounts(table), table.rows_staged) == ([D("12.50"), D("7.50")], 3)


@pytest.mark.parametrize(
    ("value", "text"),
    [(1882.78, "1882.78"), (1000.0, "1000"), (0.1 + 0.2, "0.3"), (1234.5600000000002, "1234.56"), (-0.5, "-0.5"), (1e21, "1000000000000000000000"), (None, ""),
     (True, "TRUE"), ("007", "007"), (date(2023, 6, 1), "2023-06-01"), (datetime(2023, 6, 1), "2023-06-01"), (datetime(2023, 6, 1, 9, 30), "2023-06-01 09:30:00")],
)  # fmt: skip
def test_a_cell_becomes_text_that_loses_nothing(value: object, text: str) -> None:
    assert cell_text(value) == text


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_a_damaged_workbook_says_so(kind: str) -> None:
    data = MAKERS[kind]([("June", ROWS, False)])
    table = one(data[: len(data) // 2], f"a.{kind}")
    assert ({"HF102", "HF106"} & set(codes(table)), table.rows_staged) != (set(), 1)
    assert table.rows_staged == 0


MONTHS = [
    ("Apr", ["Umber Ltd,13/04/2024,100.00", "Oak Ltd,14/04/2024,50.00", "Umber Ltd,15/04/2024,7.00"]),
    ("May", ["Umber Ltd,13/05/2024,30.00", "Oak Ltd,14/05/2024,20.00", "Elm Ltd,15/05/2024,5.00"]),
]


def _with_months(name: str, header: str, rows: list[str]) -> list[Any]:
    """What is read of a workbook of two months and a sheet before them."""
    sheets = [(name, [header, *rows]), *((m, ["Supplier,Date,Amount", *r]) for m, r in MONTHS)]
    return tables(xlsx_bytes([(n, [_cells_of(r) for r in rows], False) for n, rows in sheets]), "june.xlsx")


def _cells_of(line: str) -> list[Any]:
    return [Decimal(c) if c.replace(".", "", 1).isdigit() else c for c in line.split(",")]


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("Supplier,Payments,Total paid", ["UMBER LTD,3,137.00", "Oak Ltd,2,70.00", "Elm Ltd,1,5.00", "Total,,212.00"]),
        ("Supplier,Period,Amount", ["Umber Ltd,2024/25,137.00", "Oak Ltd,2024/25,70.00"]),
        ("Supplier,Month,Amount", ["Council,April 2024,157.00", "Council,May 2024,55.00"]),
    ],
    ids=["by supplier", "the largest suppliers", "by month"],
)
def test_a_sheet_that_adds_up_all_others_is_not_counted_again(header: str, rows: list[str]) -> None:
    summary, *months = _with_months("Summary", header, rows)
    assert (counts(summary), summary.total) == ((0, 0, 0, 0), 0)
    assert problem(summary, "HF325").count > 1
    assert sum(t.total for t in months) == D("212.00")


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("Supplier,Period,Amount", ["Umber Ltd,2024/25,137.00", "Oak Ltd,2024/25,70.01"]),
        ("Supplier,Period,Amount", ["Elm Ltd,June 2024,5.00", "Oak Ltd,June 2024,70.00"]),
        ("Supplier,Date,Amount", ["Umber Ltd,13/06/2024,137.00", "Oak Ltd,14/06/2024,70.00"]),
    ],
    ids=["a penny off", "payments that may repeat themselves", "payments with days"],
)
def test_a_sheet_that_may_hold_payments_of_its_own_is_counted(header: str, rows: list[str]) -> None:
    other, *_ = _with_months("Other", header, rows)
    assert (other.rows_typed, "HF325" in codes(other)) == (2, False)
