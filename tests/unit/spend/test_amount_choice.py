"""Which column is the amount, and what one of its numbers is worth: rules that hold whatever the publisher."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from holdfast.spend.reader import read
from holdfast.spend.reading import TableRead

SUPPLIERS = ("Acme Building Ltd", "Burton & Sons", "Delta Energy plc", "Greenway Haulage")


def table(folder: Path, head: str, rows: list[str], delimiter: str = ",") -> TableRead:
    lines = [f"0{i + 1}/04/2024{delimiter}{SUPPLIERS[i % 4]}{delimiter}{row}" for i, row in enumerate(rows)]
    (folder / "spend.csv").write_text("\n".join([f"Date{delimiter}Supplier{delimiter}{head}", *lines]) + "\n")
    (read_,) = read([folder]).files
    assert read_.rows_staged == read_.rows_typed + read_.rows_quarantined + read_.rows_excluded
    return read_


@pytest.mark.parametrize("rows", [["900.00", "12,345.67", "700.00"], ["1,900.00", "12,345.67", "2,000,700.5"]])
def test_an_amount_parted_at_its_thousands_is_joined_again(tmp_path: Path, rows: list[str]) -> None:
    found = table(tmp_path, "Amount", rows)
    assert found.total == sum(Decimal(r.replace(",", "")) for r in rows)
    assert "HF110" in {p.code for p in found.problems}


def test_an_amount_parted_in_the_middle_of_the_row_is_joined_too(tmp_path: Path) -> None:
    found = table(tmp_path, "Amount,Category", ["900.00,Roads", "12,345.67,Roads", "700.00,Waste"])
    assert (found.total, "HF110" in {p.code for p in found.problems}) == (Decimal("13945.67"), True)


def test_a_number_beyond_the_header_that_is_no_part_of_the_amount_is_told(tmp_path: Path) -> None:
    found = table(tmp_path, "Amount", ["900.00", "12.00,3.50", "700.00", "5.00"])
    assert found.total == Decimal("1617.00")
    assert "HF110" in {p.code for p in found.problems}


@pytest.mark.parametrize(
    ("head", "rows", "total"),
    [
        ("Amount (£m)", ["0.085198", "1.25", "0.000001"], "1335199.00"),
        ("Amount (£000)", ["12.345", "7.896", "1.234"], "21475.00"),
        ("Amount £k", ["12.3456", "0.0001"], "12345.70"),
        ("AMT_PENCE", ["123456", "50"], "1235.06"),
        ("Amount in pence", ["123456", "50"], "1235.06"),
        ("Amount (p)", ["123456", "50"], "1235.06"),
    ],
)
def test_units_are_turned_before_anything_is_rounded(tmp_path: Path, head: str, rows: list[str], total: str) -> None:
    found = table(tmp_path, head, rows)
    assert (found.total, "HF329" in {p.code for p in found.problems}) == (Decimal(total), True)


@pytest.mark.parametrize(
    ("head", "rows", "total"),
    [
        ("Net,VAT,Gross", ["100.10,-,100.10", "200.20,-,200.20", "300.30,60.06,360.36"], "600.60"),
        ("Net,VAT,Gross", ["100.10,-,100.10", "200.20,-,200.20"], "300.30"),
        ("Gross,VAT,Net", ["100.10,0.00,100.10", "240.00,40.00,200.00"], "300.10"),
        ("Contract Value,Annual Budget,Actual", ["900.00,400.00,100.10", "800.00,300.00,200.20"], "300.30"),
        ("Contract Value,Payment", ["900.00,100.10", "800.00,200.20"], "300.30"),
        ("Invoice Amount,Payment Amount", ["900.00,100.10", "800.00,200.20"], "300.30"),
        ("Invoice Amount,Paid Amount", ["900.00,100.10", "800.00,200.20"], "300.30"),
    ],
)
def test_headers_decide_where_sums_do_not_and_what_was_paid_comes_first(
    tmp_path: Path, head: str, rows: list[str], total: str
) -> None:
    assert table(tmp_path, head, rows).total == Decimal(total)


@pytest.mark.parametrize("head", ["Netto;MwSt;Brutto", "Montant HT;TVA;Montant TTC", "Net;VAT;Gross"])
def test_decimal_commas_add_up_as_well(tmp_path: Path, head: str) -> None:
    rows = ["1.100,10;220,02;1.320,12", "2.000,00;400,00;2.400,00", "40,50;8,10;48,60"]
    found = table(tmp_path, head, rows, ";")
    assert (found.total, found.vat_basis) == (Decimal("3140.60"), "net")


def test_two_tables_side_by_side_are_refused_with_their_columns(tmp_path: Path) -> None:
    head = "Date,Supplier,Amount,,Date,Supplier,Amount"
    rows = [f"0{i + 1}/04/2024,{n},{i + 1}00.10,,0{i + 1}/05/2024,{n},{i + 1}50.20" for i, n in enumerate(SUPPLIERS)]
    (tmp_path / "spend.csv").write_text("\n".join([head, *rows]))
    (found,) = read([tmp_path]).files
    (problem,) = [p for p in found.problems if p.code == "HF201"]
    assert (found.rows_typed, "columns 3 and 7" in problem.message) == (0, True)


@pytest.mark.parametrize(("merchant", "cards"), [("", 0), ("Hotels", 3)])
def test_a_column_of_merchants_makes_cards_only_where_it_is_filled(tmp_path: Path, merchant: str, cards: int) -> None:
    found = table(tmp_path, "Amount,MerchantCategory", [f"{n}00.10,{merchant}" for n in (1, 2, 3)])
    assert found.kinds.get("card", 0) == cards
