# ruff: noqa: E501
"""Total rows: told by arithmetic, not only by the word, and never taken from a supplier who is called TOTAL."""

from __future__ import annotations

import pytest

from unit.spend.reads import D, codes, column, counts, lines, one, problem

ROWS = ["Umber Ltd,13/06/2023,100.00", "Kestrel Ltd,14/06/2023,50.50", "Oak Ltd,15/06/2023,25.25"]
SUM = D("175.75")


@pytest.mark.parametrize(
    "footer",
    [
        "Total,,175.75", ",Grand Total,175.75", ",,175.75", 'TOTAL:,,"£175.75"', "Total Payments,,175.75", "Sub-total,,175.75",
        "Monthly Total,,175.75", "Highways Total,,175.75", "Total for June,,175.75",
    ],
)  # fmt: skip
def test_a_row_that_repeats_the_sum_is_left_out(footer: str) -> None:
    table = one(lines([*ROWS, footer]))
    assert (counts(table), table.total) == ((4, 3, 0, 1), SUM)
    assert problem(table, "HF311").row == 5
    assert "HF322" not in codes(table)


def test_subtotals_and_a_grand_total_are_all_left_out() -> None:
    table = one(lines([*ROWS[:2], ",,150.50", ROWS[2], "Elm Ltd,16/06/2023,4.75", ",,30.00", "Grand Total,,180.50"]))
    assert (counts(table), table.total) == ((7, 4, 0, 3), D("180.50"))


def test_a_total_that_does_not_add_up_is_left_out_and_said() -> None:
    table = one(lines([*ROWS, "Total,,999.99"]))
    assert (table.total, problem(table, "HF322").row) == (SUM, 5)


@pytest.mark.parametrize(
    "row",
    [
        "TOTAL GAS & POWER LTD,16/06/2023,175.75",  # a real supplier, paid by chance what stands above
        "Total,16/06/2023,175.75",  # a supplier of that name: a total has no date
        "Total Gas,,175.75",
        "Totally Local CIC,,175.75",
        "ELF TOTAL,16/06/2023,12.00",
        "Elm Ltd,,175.75",
        ",16/06/2023,175.75",
    ],
)
def test_a_payment_is_no_total_because_of_its_name_or_sum_alone(row: str) -> None:
    table = one(lines([*ROWS, row]))
    assert (counts(table), "HF311" in codes(table)) == ((4, 4, 0, 0), False)


def test_a_row_without_supplier_and_date_that_is_no_sum_is_kept() -> None:
    table = one(lines([*ROWS, ",,60.00"]))
    assert (counts(table), table.total) == ((4, 4, 0, 0), SUM + 60)


def test_the_second_of_two_equal_payments_is_no_total_of_one_row() -> None:
    table = one(lines([ROWS[0], ",,100.00", *ROWS[1:]]))
    assert table.total == SUM + 100


def test_notes_under_the_table_are_left_out() -> None:
    table = one(lines([*ROWS, "", "Figures exclude VAT,,", "Source: finance system,,"]))
    assert (counts(table), table.total) == ((5, 3, 0, 2), SUM)


def test_a_total_in_a_file_without_dates_is_told_by_its_sum() -> None:
    rows = ["Umber Ltd,Roads,100.00", "Kestrel Ltd,Parks,50.50", "TOTAL GAS LTD,Parks,150.50", ",,301.00"]
    table = one(lines(rows, "Supplier,Department,Amount"))
    assert (table.total, column(table, "supplier")[-1]) == (D("301.00"), "TOTAL GAS LTD")


def test_a_last_row_that_is_only_a_large_number_is_kept_and_pointed_out() -> None:
    rows = [f"Umber Ltd,{d}/06/2023,10.00,Roads" for d in range(13, 20)]
    doubtful = one(lines([*rows, ",,65.00,"], "Supplier,Date,Amount,Service"))
    assert (doubtful.total, "HF332" in codes(doubtful)) == (D("135.00"), True)
    told = one(lines([*rows, ",,65.00,Roads"], "Supplier,Date,Amount,Service"))
    small = one(lines([*rows, ",,1.00,"], "Supplier,Date,Amount,Service"))
    assert "HF332" not in codes(told) + codes(small)
