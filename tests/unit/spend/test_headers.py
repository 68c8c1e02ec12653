# ruff: noqa: E501
"""The header: found wherever it stands, read in words known and unknown, and never taken for a payment."""

from __future__ import annotations

import pytest

from holdfast.spend.headers import find_header, known_headers, normalise
from unit.spend.reads import D, codes, column, counts, lines, one, problem

ROWS = [f"{s} Ltd,{d}/06/2023,{d}.50" for s, d in (("Umber", 13), ("Kestrel", 14), ("Whinfell", 15))]
HEADER = "Supplier Name,Payment Date,Net Amount"
TOTAL = D("43.50")


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (lines(ROWS, HEADER), 1),
        (lines(ROWS, f"Rushmere Council\nPayments over £500,,\n{HEADER}"), 3),
        (lines(ROWS, f"Rushmere Council,,\n,,\n\n,,\n{HEADER}"), 5),
        (lines(ROWS, f"\n\n{HEADER}"), 3),
        (lines([ROWS[0], "", ",,", *ROWS[1:]], HEADER), 1),
        (lines(ROWS, f"Published by:,Finance team,finance@example.org\nContact,See website,\n{HEADER}\n,,"), 3),
    ],
    ids=["first row", "title", "blank rows between", "blank rows first", "blank rows among the data", "who published"],
)
def test_the_header_is_found_below_what_stands_above_it(text: str, row: int) -> None:
    table = one(text)
    assert (table.header_row, counts(table), table.total) == (row, (3, 3, 0, 0), TOTAL)


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    table = one(lines([ROWS[0], "", *ROWS[1:]], f"Title,,\n\n{HEADER}"))
    assert column(table, "row") == [4, 6, 7]


def test_a_header_that_stands_again_is_left_out_and_counted() -> None:
    table = one(lines([*ROWS[:2], HEADER, ROWS[2], HEADER.upper()], HEADER))
    assert (counts(table), table.total) == ((5, 3, 0, 2), TOTAL)
    assert (problem(table, "HF312").row, problem(table, "HF312").count) == (4, 2)


def test_a_header_at_the_end_of_the_file_names_the_columns() -> None:
    table = one("\n".join([*ROWS, HEADER]))
    assert (table.header_row, counts(table), table.total) == (None, (4, 3, 0, 1), TOTAL)
    assert table.mapping == {"supplier": "Supplier Name", "date": "Payment Date", "amount": "Net Amount"}
    assert {"HF206", "HF312"} <= set(codes(table))


@pytest.mark.parametrize(
    "header",
    ["Supplier,Payment,Net\nName,Date,Amount", "Supplier Name,Payment Date,\n,,Net Amount", f"{HEADER}\n1,2,3", f"{HEADER}\na,b,c"],
)  # fmt: skip
def test_a_header_may_take_two_rows(header: str) -> None:
    table = one(lines(ROWS, header))
    assert (table.rows_typed, table.total, set(table.mapping)) == (3, TOTAL, {"supplier", "date", "amount"})


def test_no_header_at_all_is_said_and_columns_go_by_their_values() -> None:
    table = one("\n".join(ROWS))
    assert (table.header_row, table.rows_typed, table.total) == (None, 3, TOTAL)
    assert {"HF206", "HF210"} <= set(codes(table))
    assert table.mapping == {"supplier": "column 1", "date": "column 2", "amount": "column 3"}


def test_a_header_in_words_nobody_foresaw_is_not_read_as_a_payment() -> None:
    table = one(lines(ROWS, "Wem gezahlt,Wann,Wieviel"))
    assert (table.header_row, counts(table), table.total) == (1, (3, 3, 0, 0), TOTAL)
    assert codes(table).count("HF210") == 3
    assert all("no header says so" in r for r in table.reasons.values())


@pytest.mark.parametrize(
    ("header", "words"),
    [("Net Amount (£)", "net amount"), ("PaymentDate", "payment date"), ("SUPPLIER_NAME", "supplier name"), ("Supplier(T)", "supplier"),
     ("\ufeffDate", "date"), ("Amount\n(GBP)", "amount"), ("£", ""), ("Â£ Net", "net"), ("  Pay   Date ", "pay date")],
)  # fmt: skip
def test_headers_are_compared_by_their_words(header: str, words: str) -> None:
    assert normalise(header) == words


@pytest.mark.parametrize(
    ("header", "field"),
    [("Supplier", "supplier"), ("Vendor Name", "supplier"), ("Payee", "supplier"), ("Merchant Name", "supplier"), ("Check Date", "date"),
     ("Warrant Date", "date"), ("Net", "amount"), ("£", "amount"), ("VAT", "vat"), ("Gross Amount", "gross"), ("Zip Code", "postcode"),
     ("Directorate", "department"), ("Expense Type", "category"), ("Company Registration Number", "company_number"), ("Supplier ID", "supplier_id")],
)  # fmt: skip
def test_a_header_names_its_field(header: str, field: str) -> None:
    assert known_headers().fields(header)[0][0] == field


def test_a_country_s_own_words_come_first() -> None:
    words = known_headers().extended({"supplier": ["Operatori Ekonomik"]})
    assert words.fields("operatori ekonomik") == (("supplier", 100),)


def test_a_row_of_data_is_no_header() -> None:
    top = [(1, ["SERVICE SUPPLIES LTD", "13/06/2023", "12.50"]), (2, ["TOTAL GAS", "14/06/2023", "7.00"])]
    assert find_header(top, known_headers()).index is None


def test_the_reason_for_each_column_is_given() -> None:
    table = one(lines(ROWS, HEADER))
    assert table.reasons == {
        "supplier": "header 'Supplier Name'",
        "date": "header 'Payment Date'",
        "amount": "header 'Net Amount'",
    }
