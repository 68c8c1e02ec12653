# ruff: noqa: E501
"""Amounts: every way of writing one, the style of a column decided from all of it, and totals exact to the penny."""

from __future__ import annotations

from decimal import Decimal

import pytest

from holdfast.spend.amounts import amount_style, currency_in, parse_amount
from unit.spend.reads import D, amounts, codes, column, counts, lines, one, paying, problem


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1234.5", "1234.5"), ("£1,234.50", "1234.50"), ("(12.00)", "-12"), ("12.00-", "-12"), ("-£12", "-12"), ("£-12", "-12"),
        ("12.00 CR", "-12"), ("12.00cr", "-12"), ("-12.00 CR", "-12"), ("12.00 DR", "12"), ("(£1,000.00)", "-1000"),
        ("(-12.00)", "-12"), ("(12.00) CR", "-12"), ("GBP 5", "5"), ("5 gbp", "5"), (" 7.00 ", "7"), ("\u00a07.00\u00a0", "7"),
        ("1 234.50", "1234.50"), ("1'234.50", "1234.50"), ("−3.20", "-3.20"), ("–3.20", "-3.20"), ("+4", "4"), ("-", "0"),
        ("£ -   ", "0"), (".50", "0.50"), ("5.", "5"), ("1E+3", "1000"), ("12,34,567.00", "1234567"), ("\ufffd9.99", "9.99"), ("Â£9.99", "9.99"),
    ],
)  # fmt: skip
def test_an_amount_is_read_however_it_is_written(written: str, meant: str) -> None:
    assert parse_amount(written) == Decimal(meant)


@pytest.mark.parametrize(
    "text",
    ["", "n/a", "£", "()", "--5", "1.2.3", "1,2,3", "12:30", "NaN", "Infinity", "0x10", "1_000", "9" * 17, "1e400", "1e-40", "½"],
)  # fmt: skip
def test_what_is_no_amount_is_not_made_one(text: str) -> None:
    assert parse_amount(text) is None


@pytest.mark.parametrize(
    ("written", "meant"), [("1.234,50", "1234.50"), ("1 234,50 €", "1234.50"), ("0,5", "0.5"), ("1.234", "1234"), ("-12,00", "-12")]
)  # fmt: skip
def test_a_comma_divides_pence_where_the_column_says_so(written: str, meant: str) -> None:
    assert parse_amount(written, ",") == Decimal(meant)


@pytest.mark.parametrize(
    ("values", "mark", "certain"),
    [
        (["1,234.50", "12"], ".", True), (["1.234,50", "12"], ",", True), (["12,5", "7"], ",", True), (["12", "7"], ".", True),
        (["1,234", "5,678"], ".", True), (["1.234", "5.678"], ",", False), (["1.234", "5,678"], ".", False),
        (["1,50", *["1.50", "2.25"] * 11], ".", True), (["1,50", "2.50"], ".", False),
    ],
)  # fmt: skip
def test_the_style_of_a_column_is_decided_from_all_its_values(values: list[str], mark: str, certain: bool) -> None:
    import pyarrow as pa

    style = amount_style(pa.array(values))
    assert (style.mark, style.certain) == (mark, certain)


@pytest.mark.parametrize(
    ("cells", "total", "note"),
    [
        (["£1,000", "£2,500.25", "(500.25)"], "3000.00", None),
        (["1.000,00", "2.500,25", "-500,25"], "3000.00", None),
        (["1.000", "2.500", "3.250"], "6750.00", "HF305"),
        (["10.50", "20.50", "30.50", "1.234,50"], "1296.00", "HF305"),
    ],
)
def test_a_column_is_added_up_in_its_own_style(cells: list[str], total: str, note: str | None) -> None:
    table = paying(*cells)
    assert table.total == D(total)
    assert ("HF305" in codes(table)) == (note == "HF305")


@pytest.mark.parametrize(
    ("cells", "total"),
    [
        (["0.333", "0.333", "0.334"], "1.00"),
        (["10.005", "10.005", "2.5"], "22.51"),
        (["-0.333", "-0.333", "-0.334", "5.00"], "4.00"),
        (["1.001", "1.001", "1.001", "1.001", "0.001"], "4.00"),
    ],
)
def test_parts_of_a_penny_do_not_move_the_total(cells: list[str], total: str) -> None:
    table = paying(*cells)
    assert table.total == sum(amounts(table)) == D(total)
    assert all(a == a.quantize(D("0.01")) for a in amounts(table))
    assert "HF306" in codes(table)


def test_no_row_is_moved_by_more_than_a_penny_for_the_total() -> None:
    written = [f"{i}.{i % 9 + 1}55" for i in range(25)]
    table = paying(*written)
    assert table.total == sum(map(D, written)).quantize(D("0.01"))
    assert all(abs(a - D(w)) < D("0.01") for a, w in zip(amounts(table), written, strict=True))


def test_binary_dust_of_a_spreadsheet_is_no_part_of_a_penny() -> None:
    table = paying("1882.7800000001", "20.10", "7.00")
    assert (table.total, "HF306" in codes(table)) == (D("1909.88"), False)


def test_sums_beyond_what_a_machine_word_holds_stay_exact() -> None:
    table = paying(*["9999999999999999.99"] * 20, "1.00")
    assert table.total == D("9999999999999999.99") * 20 + 1


def test_an_amount_that_cannot_be_read_is_set_aside_with_its_row_and_text() -> None:
    table = one(
        lines(["A Ltd,01/06/2023,12.50", "B Ltd,02/06/2023,twelve", "C Ltd,13/06/2023,7.00", "D Ltd,14/06/2023,8.00"])
    )
    assert counts(table) == (4, 3, 1, 0)
    (row,) = table.quarantine
    assert (row["row"], row["code"], row["value"], row["text"]) == (3, "HF301", "twelve", "B Ltd | 02/06/2023 | twelve")
    assert (problem(table, "HF301").row, problem(table, "HF301").count) == (3, 1)


def test_a_file_whose_every_amount_is_unreadable_says_so() -> None:
    table = one(lines([f"A Ltd,{d:02d}/06/2023,see note" for d in range(1, 20)]))
    assert table.rows_typed == 0
    assert {"HF201", "HF301"} & set(codes(table))


def test_a_row_without_an_amount_is_left_out_not_counted_as_nothing() -> None:
    table = paying("5.00", "", "-", "0.00")
    assert counts(table) == (4, 3, 0, 1)
    assert (problem(table, "HF313").row, problem(table, "HF313").count) == (3, 1)


@pytest.mark.parametrize(
    ("header", "cell", "currency"),
    [("Amount (£)", "5.00", "GBP"), ("Amount", "$5.00", "USD"), ("Amount (EUR)", "5.00", "EUR"), ("Amount", "5.00", "GBP"), ("Amount", "€5.00", "EUR")],
)  # fmt: skip
def test_the_currency_stands_in_the_header_or_the_cells_else_it_is_the_country_s(
    header: str, cell: str, currency: str
) -> None:
    table = one(lines([f"A Ltd,{d}/06/2023,{cell}" for d in (13, 14, 15)], f"Supplier,Date,{header}"))
    assert (table.currency, table.total) == (currency, D("15.00"))


def test_several_currencies_are_said_and_not_converted() -> None:
    rows = ["A Ltd,13/06/2023,5.00,GBP", "B Ltd,14/06/2023,6.00,EUR", "C Ltd,15/06/2023,7.00,GBP"]
    table = one(lines(rows, "Supplier,Date,Amount,Currency"))
    assert "2 in GBP, 1 in EUR" in problem(table, "HF319").message
    assert (table.sums, column(table, "amount")) == (
        {"GBP": D("12.00"), "EUR": D("6.00")},
        [D("5.00"), D("6.00"), D("7.00")],
    )


@pytest.mark.parametrize(("text", "code"), [("Amount £", "GBP"), ("Net USD", "USD"), ("EUROPE", None), ("", None)])
def test_a_currency_is_found_only_where_it_is_named(text: str, code: str | None) -> None:
    assert currency_in(text) == code


def test_credits_are_kept_and_a_clear_reversal_points_to_its_payment() -> None:
    rows = ["A Ltd,13/06/2023,50.00", "B Ltd,14/06/2023,50.00", "A Ltd,20/06/2023,-50.00", "B Ltd,21/06/2023,-7.00"]
    table = one(lines(rows))
    payments = table.table()
    assert payments is not None
    assert payments.column("kind").to_pylist() == ["payment", "payment", "credit", "credit"]
    assert payments.column("reversal_of").to_pylist() == [None, None, 2, None]
    assert (table.total, problem(table, "HF309").count) == (D("43.00"), 2)


def test_a_reversal_that_could_take_back_either_of_two_payments_points_to_none() -> None:
    table = one(lines(["A Ltd,13/06/2023,50.00", "A Ltd,14/06/2023,50.00", "A Ltd,20/06/2023,-50.00"]))
    payments = table.table()
    assert payments is not None
    assert payments.column("reversal_of").to_pylist() == [None, None, None]


def test_three_decimals_below_a_thousand_are_not_certain_unless_a_larger_number_has_no_mark() -> None:
    unsure = paying("1.234", "56.780", "999.125")
    assert "HF305" in codes(unsure)
    sure = paying("1.234", "1500", "999.125")
    assert (sure.total, "HF305" in codes(sure)) == (D("2500.36"), False)
