"""Suppliers that stand once above their payments, or together with their number; blanks that say nothing stay blank."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from holdfast.spend.mapping import SavedMapping, render
from unit.spend.reads import D, codes, column, counts, lines, one, problem, tables
from unit.spend.tables import xlsx_bytes

HEADER = "Supplier,Date,Description,Amount"
NAMES = ("Alder Ltd", "Birch & Co", "Cedar Trust", "Dogwood plc", "Elm Services")


def grouped(*, total: bool = False, name_on_first: bool = False, names: tuple[str, ...] = NAMES) -> list[str]:
    """Two payments for each name."""
    rows = []
    for k, name in enumerate(names):
        first, second = f"{k + 1:02d}/06/2023,repairs,{10 + k}.00", f"{k + 11}/06/2023,repairs,{20 + k}.50"
        rows += [f"{name},{first}"] if name_on_first else [f"{name},,,", f",{first}"]
        rows += [f",{second}", *([f",,Sub Total,{30 + 2 * k}.50"] if total else [])]
    return rows


@pytest.mark.parametrize("total", [False, True])
def test_a_supplier_in_a_row_above_its_payments_is_taken_for_each(total: bool) -> None:
    table = one(lines(grouped(total=total), HEADER))
    assert column(table, "supplier") == [n for n in NAMES for _ in range(2)]
    assert counts(table) == (15 + 5 * total, 10, 0, 5 + 5 * total)
    assert (problem(table, "HF210").count, table.total) == (10, D("172.50"))


def test_a_supplier_on_the_first_of_its_payments_is_taken_for_each_where_names_stand_in_order() -> None:
    table = one(lines(grouped(name_on_first=True), HEADER))
    assert column(table, "supplier") == [n for n in NAMES for _ in range(2)]
    assert problem(table, "HF210").count == 5


@pytest.mark.parametrize(
    "rows",
    [grouped(name_on_first=True, names=NAMES[::-1]), grouped(name_on_first=True, names=(*NAMES, NAMES[0])),
     [*(f"{n},01/06/2023,x,5.00" for n in NAMES), *(f",0{d}/06/2023,x,6.00" for d in range(1, 7))]],
    ids=["not in order", "a name recurs", "blanks at the end"],
)  # fmt: skip
def test_blank_suppliers_are_not_filled_where_nothing_proves_whose_they_are(rows: list[str]) -> None:
    table = one(lines(rows, HEADER))
    assert None in column(table, "supplier")
    assert "HF307" in codes(table)
    assert "HF210" not in codes(table)


def test_words_of_a_merged_cell_stand_for_all_its_rows_and_a_number_for_one() -> None:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("June")
    sheet.write_row(0, 0, ["Supplier", "Payment Date", "Amount", "Description"])
    for k, name in enumerate(("Umber Ltd", "Alder Ltd", "Teal Ltd")):
        sheet.merge_range(1 + 2 * k, 0, 2 + 2 * k, 0, name)
        for row in (1 + 2 * k, 2 + 2 * k):
            sheet.write_row(row, 1, [f"{row + 12}/06/2023", row * 10.5, "roof"])
    sheet.merge_range(7, 2, 8, 2, 99)
    sheet.write_row(7, 0, ["Ochre Ltd", "20/06/2023"])
    sheet.write_row(8, 0, ["Ochre Ltd", "20/06/2023"])
    book.close()
    table = one(out.getvalue(), "june.xlsx")
    assert column(table, "supplier")[:6] == ["Umber Ltd"] * 2 + ["Alder Ltd"] * 2 + ["Teal Ltd"] * 2
    assert (counts(table), table.total) == ((8, 7, 0, 1), D("319.50"))


def test_the_number_and_name_of_a_supplier_in_one_cell_are_told_apart() -> None:
    rows = [f"{1000 + d} - Umber {d} Ltd,0{d}/06/2023,5.00" for d in range(1, 7)]
    table = one(lines(rows, "Supplier No - Name,Date,Amount"))
    assert column(table, "supplier") == [f"Umber {d} Ltd" for d in range(1, 7)]
    assert column(table, "supplier_id") == [str(1000 + d) for d in range(1, 7)]
    assert table.mapping["supplier_id"] == table.mapping["supplier"] == "Supplier No - Name"


def test_number_and_name_are_told_apart_by_a_saved_mapping_too(tmp_path: Path) -> None:
    rows = [f"UK{1000 + d}A : Umber {d} Ltd,0{d}/06/2023,5.00" for d in range(1, 7)]
    first = one(lines(rows, "Supplier,Date,Amount"))
    path = tmp_path / "rushmere.toml"
    path.write_text(render([(first.headers, first.mapping, first.reasons, first.vat_basis)], "Rushmere"))
    second = one(lines(rows, "Supplier,Date,Amount"), saved=SavedMapping.load(path))
    assert second.table() == first.table()
    assert column(second, "supplier_id")[0] == "UK1001A"


def test_a_name_that_begins_with_a_number_stays_whole() -> None:
    rows = [
        "24-7 Locks Ltd,01/06/2023,5.00",
        "1000 - Trades Ltd,02/06/2023,5.00",
        *(f"{n},03/06/2023,5.00" for n in NAMES),
    ]
    assert column(one(lines(rows, "Supplier,Date,Amount")), "supplier")[:2] == ["24-7 Locks Ltd", "1000 - Trades Ltd"]


MONTHS = ("Apr-23", "May-23", "Jun-23")


@pytest.mark.parametrize(
    "headers", [MONTHS, ("April", "May", "June"), ("2020/21 Spend", "2021/22 Spend", "2022/23 Spend")]
)
def test_amounts_side_by_side_for_each_period_are_not_read_as_payments(headers: tuple[str, ...]) -> None:
    rows = [f"{n},{k + 1}.50,{k + 2}.50,{k + 3}.25" for k, n in enumerate(NAMES)]
    table = one(lines(rows, ",".join(("Supplier", *headers))))
    assert (counts(table), codes(table)) == ((0, 0, 0, 0), ["HF201"])
    assert "3 columns" in problem(table, "HF201").message


def test_a_column_of_totals_beside_the_periods_is_the_amount() -> None:
    rows = [f"{n},{k + 1}.50,{k + 2}.50,{2 * k + 4}.00" for k, n in enumerate(NAMES)]
    table = one(lines(rows, "Supplier,Apr-23,May-23,Total"))
    assert (table.mapping["amount"], table.total) == ("Total", D("40.00"))


def test_a_total_of_merged_months_in_a_workbook_is_no_payment() -> None:
    rows = [
        ["Supplier", "Payment Date", "Amount"],
        *[[n, date(2023, 6, k + 1), Decimal("5.00")] for k, n in enumerate(NAMES)],
    ]
    months = [["Supplier", *MONTHS], *[[n, Decimal("1.50"), Decimal("1.50"), Decimal("2.00")] for n in NAMES]]
    found = tables(xlsx_bytes([("Months", months, False), ("Data", rows, False)]), "june.xlsx")
    assert [t.rows_typed for t in found] == [0, 5]
