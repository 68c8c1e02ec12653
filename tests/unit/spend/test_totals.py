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


GROUPS = ["Adults,13/06/2023,Umber Ltd,100.00", "Adults,14/06/2023,Oak Ltd,50.00", "Adults Total,,,150.00"]
GROUP_HEADER = "Directorate,Date,Supplier,Net"


def test_the_total_of_a_group_of_one_row_is_a_total_and_those_after_it_are_found() -> None:
    rows = [*GROUPS, "Leasing,15/06/2023,Elm Ltd,7.00", "Leasing Total,,,7.00", "Parks,15/06/2023,Fir Ltd,1.00"]
    table = one(lines([*rows, "Parks,16/06/2023,Ash Ltd,2.00", "Parks Subtotal,,,3.00"], GROUP_HEADER))
    assert (counts(table), table.total, "HF322" in codes(table)) == ((8, 5, 0, 3), D("160.00"), False)


def test_the_total_of_one_supplier_with_one_payment_is_a_total() -> None:
    table = one(lines([ROWS[0], "Umber Ltd Total,,100.00", ROWS[1], "Kestrel Ltd Total,,50.50"]))
    assert (counts(table), table.total) == ((4, 2, 0, 2), D("150.50"))


def test_a_supplier_called_total_that_repeats_the_row_above_is_paid_where_no_row_has_a_date() -> None:
    rows = ["Umber Ltd,,100.00", "ELF TOTAL,,100.00", "Oak Ltd,,5.00", "Elm Ltd,,6.00", "Fir Ltd,13/06/2023,7.00"]
    assert one(lines(rows)).total == D("218.00")


def test_subtotals_of_subtotals_are_totals() -> None:
    rows = [*GROUPS, "Care,15/06/2023,Elm Ltd,7.00", "Care,16/06/2023,Fir Ltd,8.00", "Care Total,,,15.00"]
    other = ["Roads,15/06/2023,Elm Ltd,1.00", "Roads,16/06/2023,Fir Ltd,2.00", "Roads Total,,,3.00"]
    more = ["Parks,15/06/2023,Elm Ltd,4.00", "Parks,16/06/2023,Fir Ltd,5.00", "Parks Total,,,9.00"]
    all_of_it = [*rows, "People Total,,,165.00", *other, *more, "Places Total,,,12.00", "Grand Total,,,177.00"]
    table = one(lines(all_of_it, GROUP_HEADER))
    assert (counts(table), table.total) == ((15, 8, 0, 7), D("177.00"))


def test_a_number_alone_is_the_total_of_one_row_where_other_totals_are_proved_and_more_then_adds_up() -> None:
    proved = [*ROWS[:2], ",,150.50", ROWS[2], ",,25.25"]
    assert one(lines([*proved, ",,175.75"])).total == SUM
    # the grand total says that the lone number was paid
    assert one(lines([*proved, "Total,,201.00"])).total == D("201.00")


@pytest.mark.parametrize(
    ("carried", "brought"),
    [
        ("Carried forward", "Brought forward"),
        ("C/F", "B/F"),
        ("Total c/fwd", "Balance b/fwd"),
        ("carried down:", "b/d"),
    ],
)
def test_sums_carried_from_page_to_page_are_no_payments(carried: str, brought: str) -> None:
    table = one(lines([*ROWS[:2], f"{carried},,150.50", f"{brought},,150.50", ROWS[2], "Total,,175.75"]))
    assert (counts(table), table.total, "HF322" in codes(table)) == ((6, 3, 0, 3), SUM, False)


def test_a_balance_brought_forward_from_elsewhere_is_left_out_and_said() -> None:
    table = one(lines(["Balance brought forward,,999.99", *ROWS]))
    assert (table.total, problem(table, "HF322").row) == (SUM, 2)


@pytest.mark.parametrize(
    "row", ["Carried Forward Ltd,16/06/2023,150.50", "Brought Forward,16/06/2023,9.00", "CF Foods,,9.00"]
)
def test_a_supplier_is_no_sum_carried_forward_because_of_its_name(row: str) -> None:
    assert counts(one(lines([*ROWS[:2], row]))) == (3, 3, 0, 0)
