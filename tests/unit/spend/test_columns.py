# ruff: noqa: E501
"""Columns: told by wording and values together; gross, VAT and net by arithmetic; what cannot be told is not used."""

from __future__ import annotations

import pytest

from unit.spend.reads import D, codes, column, lines, one, problem

NETS = ("100.00", "250.50", "80.25", "-40.00", "1,000.00")
VATS = ("20.00", "50.10", "0.00", "-8.00", "200.00")
GROSS = ("120.00", "300.60", "80.25", "-48.00", "1,200.00")
NET_TOTAL, GROSS_TOTAL = D("1390.75"), D("1652.85")


def three(headers: str, order: str) -> str:
    """A table whose money columns stand in the given order (n, v, g) under the given headers."""
    parts = {"n": NETS, "v": VATS, "g": GROSS}
    rows = [f"Umber {i} Ltd,{13 + i}/06/2023," + ",".join(f'"{parts[o][i]}"' for o in order) for i in range(5)]
    return lines(rows, f"Supplier,Payment Date,{headers}")


@pytest.mark.parametrize(
    ("headers", "order", "chosen"),
    [
        ("Amount,VAT,Gross", "nvg", "Amount"), ("Gross,VAT,Net", "gvn", "Net"), ("Total,VAT,Amount", "gvn", "Amount"),
        ("Amount,VAT,Total", "nvg", "Amount"), ("Value 1,VAT,Value 2", "nvg", "Value 1"), ("Value 1,VAT,Value 2", "gvn", "Value 2"),
        ("Invoice Amount,VAT Amount,Payment Amount", "nvg", "Invoice Amount"), ("Invoice Amount,VAT Amount,Payment Amount", "gvn", "Payment Amount"),
        ("Tax,Amount,Paid", "vng", "Amount"), ("Goods,VAT,Total", "nvg", "Goods"),
    ],
)  # fmt: skip
def test_net_is_told_from_gross_by_arithmetic_and_the_choice_is_stated(headers: str, order: str, chosen: str) -> None:
    table = one(three(headers, order))
    assert (table.mapping["amount"], table.total, table.vat_basis) == (chosen, NET_TOTAL, "net")
    assert "on each row" in table.reasons["amount"]
    assert "HF205" in codes(table) or chosen == "Net"
    assert "HF208" not in codes(table)


@pytest.mark.parametrize(
    ("header", "basis"),
    [("Net Amount", "net"), ("Amount excl. VAT", "net"), ("Gross Amount", "gross"), ("Amount incl VAT", "gross"), ("Amount", "as published")],
)  # fmt: skip
def test_what_the_amounts_include_is_taken_from_the_header(header: str, basis: str) -> None:
    table = one(lines([f"Umber Ltd,{d}/06/2023,{d}.50" for d in (13, 14, 15)], f"Supplier,Date,{header}"))
    assert (table.vat_basis, "HF208" in codes(table)) == (basis, basis == "as published")


def test_a_net_column_wins_over_a_gross_one_without_vat_between() -> None:
    table = one(three("Gross Amount,Net Amount", "gn"))
    assert (table.mapping["amount"], table.total) == ("Net Amount", NET_TOTAL)


def test_two_columns_that_could_be_the_amount_are_said_to_be_two() -> None:
    rows = [f"Umber Ltd,{d}/06/2023,{d}.50,{d * 3}.25" for d in range(13, 20)]
    table = one(lines(rows, "Supplier,Date,Amount,Payment Amount"))
    assert table.mapping["amount"] == "Amount"
    assert "'Payment Amount'" in problem(table, "HF204").message


def test_the_same_amount_twice_is_no_choice_to_worry_about() -> None:
    table = one(
        lines([f"Umber Ltd,{d}/06/2023,{d}.50,{d}.50" for d in range(13, 20)], "Supplier,Date,Amount,Payment Amount")
    )
    assert "HF204" not in codes(table)


def test_debit_and_credit_columns_make_one_amount() -> None:
    rows = ["Umber Ltd,13/06/2023,50.00,", "Kestrel Ltd,14/06/2023,,20.00", "Oak Ltd,15/06/2023,7.00,"]
    table = one(lines(rows, "Supplier,Date,Debit,Credit"))
    assert (column(table, "amount"), table.total) == ([D("50.00"), D("-20.00"), D("7.00")], D("37.00"))


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Reference", ["100.50", "200.50", "300.50"]),  # numbers, but headed as something else
        ("Cost Centre", ["4100", "4200", "4300"]),
        ("Budget", ["100.50", "200.50", "300.50"]),
    ],
)
def test_a_column_that_cannot_be_the_amount_is_never_used_for_it(header: str, cells: list[str]) -> None:
    rows = [f"Umber {c} Ltd,{13 + i}/06/2023,{c}" for i, c in enumerate(cells)]
    table = one(lines(rows, f"Supplier,Payment Date,{header}"))
    assert (table.rows_typed, "amount" in table.mapping) == (0, False)
    assert "HF201" in codes(table)


def test_an_amount_that_cannot_be_read_at_all_is_set_aside_row_by_row() -> None:
    rows = [f"Umber {c} Ltd,{13 + i}/06/2023,#VALUE!" for i, c in enumerate("ABC")]
    table = one(lines(rows, "Supplier,Payment Date,Amount"))
    assert (table.rows_staged, table.rows_typed, table.rows_quarantined) == (3, 0, 3)
    assert [(p.code, p.column, p.value, p.row) for p in table.problems if p.code == "HF301"] == [
        ("HF301", "Amount", "#VALUE!", 2)
    ]


def test_a_budget_what_is_paid_of_it_and_the_rest_are_no_vat() -> None:
    rows = [f"Umber {i} Ltd,{13 + i}/06/2023,{100 + 7 * i}.00,{30 + i}.50,{69 + 6 * i}.50" for i in range(8)]
    table = one(lines(rows, "Supplier,Payment Date,PO Amount,Paid,Remaining"))
    assert (table.mapping["amount"], table.total) == ("Paid", D("272.00"))


def test_gross_less_vat_is_the_amount_where_no_column_is_net() -> None:
    table = one(lines(["Umber Ltd,13/06/2023,120.00,20.00"] * 3, "Supplier,Date,Gross Amount,VAT Amount"))
    assert (table.total, table.vat_basis) == (D("300.00"), "net")


@pytest.mark.parametrize(("header", "words"), [("Dr/Cr", "DR CR"), ("Document Type", "Invoice,Credit Note")])
def test_a_column_that_says_credit_takes_amounts_below_zero(header: str, words: str) -> None:
    debit, credit = words.split("," if "," in words else " ")
    rows = [f"Umber Ltd,13/06/2023,{a},{w}" for a, w in ((10, debit), (20, debit), (5, credit), (7, debit))]
    assert one(lines(rows, f"Supplier,Date,Amount,{header}")).total == D("32.00")


@pytest.mark.parametrize(
    ("header", "total"), [("Amount (pence)", "12.34"), ("Amount £000s", "1234000.00"), ("Spend (£m)", "1234000000.00")]
)
def test_amounts_in_another_unit_are_turned_into_pounds(header: str, total: str) -> None:
    table = one(lines(["Umber Ltd,13/06/2023,1000", "Teal Ltd,14/06/2023,234"], f"Supplier,Date,{header}"))
    assert table.total == D(total)
    assert "HF329" in codes(table)


def test_parts_of_a_penny_in_another_unit_keep_the_total() -> None:
    rows = [f"Umber Ltd,13/06/2023,{p}.5" for p in range(1000, 1010)]
    table = one(lines(rows, "Supplier,Date,Amount (pence)"))
    assert table.total == D("100.50")  # 10050 pence and ten halves
    assert "HF306" in codes(table)


def test_rows_of_a_second_table_with_other_columns_are_set_aside() -> None:
    rows = ["Umber Ltd,13/06/2023,10.00", "Vendor,Payment Date,Amount", "14/06/2023,Teal Ltd,5.00"]
    rows[1:] = ["Date,Vendor,Value", "14/06/2023,Teal Ltd,5.00", "15/06/2023,Teal Ltd,6.00"]
    table = one(lines(rows, "Supplier,Payment Date,Amount"))
    assert (table.rows_typed, table.rows_quarantined, table.total) == (1, 3, D("10.00"))
    assert "HF331" in codes(table)


def test_a_second_table_whose_amounts_stand_in_another_column_is_set_aside_not_lost() -> None:
    first = ["13/06/2023,Umber Ltd,Roads,10.00", "14/06/2023,Teal Ltd,Parks,20.00"]
    second = ["Recipient,Purpose,Amount,Date", "Umber Ltd,roof,12.50,", "Ochre Ltd,gate,7.00,"]
    table = one(lines([*first, "Grants,,,", *second], "Payment Date,Supplier,Department,Amount"))
    assert (table.rows_typed, table.rows_quarantined, table.rows_excluded) == (2, 3, 1)
    assert (table.total, problem(table, "HF331").count) == (D("30.00"), 2)
    assert [q["code"] for q in table.quarantine] == ["HF301", "HF331", "HF331"]


def test_a_column_nobody_can_tell_is_not_used() -> None:
    rows = [f"Umber Ltd,{d}/06/2023,{d}.50,zz{d},{d % 3}" for d in range(13, 20)]
    table = one(lines(rows, "Supplier,Date,Amount,Xyzzy,Qq"))
    assert set(table.mapping) == {"supplier", "date", "amount"}


@pytest.mark.parametrize(
    ("header", "cell", "field"),
    [
        ("Postcode", "BB1 7DY", "postcode"), ("Supplier Post Code", "M1 1AA", "postcode"), ("Company Number", "01234567", "company_number"),
        ("Charity No", "1234567", "charity_number"), ("VAT Registration Number", "GB123456789", "vat_number"), ("Supplier ID", "100200", "supplier_id"),
        ("Supplier Town", "Rushmere", "town"), ("Expense Type", "Repairs", "category"), ("Directorate", "Highways", "department"),
        ("Organisation Name", "Rushmere Borough Council", "body"), ("Transaction Number", "5100001", "reference"), ("Narrative", "roof repairs", "description"),
    ],
)  # fmt: skip
def test_what_else_a_row_says_is_kept_as_published(header: str, cell: str, field: str) -> None:
    rows = [f"Umber Ltd,{d}/06/2023,{d}.50,{cell}" for d in range(13, 20)]
    table = one(lines(rows, f"Supplier,Date,Amount,{header}"))
    assert (table.mapping.get(field), set(column(table, field))) == (header, {cell})


def test_leading_zeros_of_numbers_that_are_names_are_kept() -> None:
    table = one(
        lines([f"Umber Ltd,{d}/06/2023,{d}.50,00{d}" for d in range(13, 20)], "Supplier,Date,Amount,Supplier ID")
    )
    assert column(table, "supplier_id")[0] == "0013"


def test_a_supplier_column_of_numbers_beside_the_name_is_the_number() -> None:
    rows = [f"1002{d},Umber Ltd,{d}/06/2023,{d}.50" for d in range(13, 20)]
    table = one(lines(rows, "Supplier,Supplier Name,Date,Amount"))
    assert (table.mapping["supplier"], table.mapping["supplier_id"]) == ("Supplier Name", "Supplier")


def test_no_supplier_column_is_said_and_its_rows_are_kept() -> None:
    table = one(lines([f"{d}/06/2023,{d}.50,1{d}" for d in range(13, 20)], "Payment Date,Amount,Ref"))
    assert (table.rows_typed, "HF202" in codes(table)) == (7, True)


def test_blank_supplier_cells_are_counted_and_kept() -> None:
    table = one(
        lines(["Umber Ltd,13/06/2023,5.50", ",14/06/2023,6.50", "Oak Ltd,15/06/2023,7.50", "Elm Ltd,16/06/2023,7.50"])
    )
    assert (column(table, "supplier")[1], problem(table, "HF307").row) == (None, 3)
