"""Each row keeps its own currency, and money of different currencies is not added up."""

from __future__ import annotations

from pathlib import Path

import pytest

from holdfast.spend.reader import read
from holdfast.spend.reading import totals
from unit.spend.reads import D, codes, column, days, lines, one, problem, put

HEADER = "Date,Supplier,Currency,Amount"
MIXED = ["13/05/2024,Paris SARL,EUR,1000.00", "14/05/2024,Umber Ltd,GBP,2000.00", "15/05/2024,Oak Ltd,GBP,3000.00"]


def test_each_row_keeps_its_currency_and_sums_are_told_apart(tmp_path: Path) -> None:
    (table,) = read(put(tmp_path, may=lines(MIXED, HEADER)), cache=tmp_path / "cache").files
    assert column(table, "currency") == ["EUR", "GBP", "GBP"]
    assert (table.currency, table.total, table.others) == ("GBP", D("5000.00"), {"EUR": D("1000.00")})
    assert totals([table])["total"] == {"EUR": "1000.00", "GBP": "5000.00"}
    assert (problem(table, "HF319").row, problem(table, "HF319").count) == (2, 1)
    (again,) = read([tmp_path / "may.csv"], cache=tmp_path / "cache").files
    assert (again.others, column(again, "currency")) == (table.others, ["EUR", "GBP", "GBP"])


def test_a_row_that_says_no_currency_is_in_the_countrys_and_that_is_said() -> None:
    table = one(lines(["13/05/2024,Paris SARL,Euro,10.00", "14/05/2024,Umber Ltd,,20.00"], HEADER))
    assert column(table, "currency") == ["EUR", "GBP"]
    assert "1 of them say no currency" in problem(table, "HF319").message


def test_signs_in_the_cells_tell_the_currency_of_their_rows() -> None:
    rows = ["13/05/2024,Umber Ltd,£10.00", "14/05/2024,Paris SARL,€20.00", "15/05/2024,Oak Ltd,30.00"]
    table = one(lines(rows, "Date,Supplier,Amount"))
    assert column(table, "currency") == ["GBP", "EUR", "GBP"]
    first_only = one(lines(["13/05/2024,Paris SARL,€20.00", *(f"{d}/05/2024,Oak Ltd,{d}.00" for d in range(14, 20))]))
    assert (set(column(first_only, "currency")), "HF319" in codes(first_only)) == ({"EUR"}, False)


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("Date Paid,Payee,Amount", ["01/02/2024,Umber,$1.00", "03/04/2024,Oak,$2.00", "05/06/2024,Elm,$3.00"]),
        ("Check Date,Payee,Amount", ["01/02/2024,Umber,1.00", "03/04/2024,Oak,2.00", "05/06/2024,Elm,3.00"]),
        ("Date,Payee,State,Amount", ["01/02/2024,Umber,TX,1.00", "03/04/2024,Oak,OH,2.00", "05/06/2024,Elm,TX,3.00"]),
    ],
    ids=["dollars", "words of the header", "states"],
)
def test_dates_that_nothing_decides_are_read_month_first_in_american_tables(header: str, rows: list[str]) -> None:
    table = one(lines(rows, header))
    assert [d.month for d in days(table) if d] == [1, 3, 5]
    assert "month first" in problem(table, "HF304").message
    assert "American" in problem(table, "HF304").message


def test_a_date_that_decides_outweighs_what_looks_american() -> None:
    rows = ["13/02/2024,Umber,$1.00", "03/04/2024,Oak,$2.00"]
    assert [d.month for d in days(one(lines(rows, "Date Paid,Payee,Amount"))) if d] == [2, 4]
