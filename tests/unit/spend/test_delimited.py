# ruff: noqa: E501
"""Delimited text: any delimiter and line end, ragged rows, quotation marks never closed; no row is lost on either way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from holdfast.spend import delimited
from unit.spend.reads import D, amounts, codes, column, counts, lines, one, problem

HEADER = "Supplier,Date,Amount,Service"
ROWS = [f"Umber {i} Ltd,{13 + i}/06/2023,{10 + i}.50,Roads" for i in range(8)]
TOTAL = D("112.00")


@pytest.fixture(params=["careful", "fast"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Both ways of parsing must give one result."""
    monkeypatch.setattr(delimited, "SMALL", 0 if request.param == "fast" else 1 << 40)
    return request.param


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_delimiter_and_line_end_is_told_from_the_text(way: str, delimiter: str, end: str) -> None:
    table = one(end.join(line.replace(",", delimiter) for line in [HEADER, *ROWS]) + end)
    assert (counts(table), table.total) == ((8, 8, 0, 0), TOTAL)


def test_a_last_line_without_a_line_end_is_a_row(way: str) -> None:
    assert one("\n".join([HEADER, *ROWS])).rows_typed == 8


def test_line_ends_may_be_mixed(way: str) -> None:
    assert one(f"{HEADER}\r\n{ROWS[0]}\n{ROWS[1]}\r\n{ROWS[2]}\r{ROWS[3]}\r\n").rows_typed in (3, 4)


def test_line_breaks_and_delimiters_inside_quotation_marks_are_text(way: str) -> None:
    table = one(lines(['"Umber, Sons\n& Co ""Oak""",21/06/2023,"1,000.00",Roads', *ROWS], HEADER))
    assert column(table, "supplier")[0] == 'Umber, Sons & Co "Oak"'
    assert (counts(table), table.total) == ((9, 9, 0, 0), TOTAL + 1000)


@pytest.mark.parametrize("at", [0, 3, 7])
def test_a_quotation_mark_never_closed_swallows_no_row(way: str, at: int) -> None:
    rows = [*ROWS[:at], '"Umber X Ltd,29/06/2023,100.00,Roads', *ROWS[at:]]
    table = one(lines(rows, HEADER))
    assert (counts(table), table.total) == ((9, 9, 0, 0), TOTAL + 100)
    assert (column(table, "supplier")[at], problem(table, "HF108").row) == ("Umber X Ltd", at + 2)


def test_rows_shorter_than_the_others_are_read_with_blanks(way: str) -> None:
    table = one(lines([*ROWS * 4, "Umber X Ltd,29/06/2023,100.00", "Umber Y Ltd,29/06/2023"], HEADER))
    assert (counts(table), table.total) == ((34, 33, 0, 1), TOTAL * 4 + 100)
    assert (problem(table, "HF110").row, problem(table, "HF110").count) == (34, 2)


def test_blank_cells_at_the_end_of_rows_are_nobody_s_problem(way: str) -> None:
    table = one(lines([f"{r},,,," if i % 2 else r for i, r in enumerate(ROWS)], HEADER))
    assert (counts(table), {"HF110", "HF323"} & set(codes(table))) == ((8, 8, 0, 0), set())


def test_a_row_split_by_a_comma_of_its_own_is_put_together_where_amount_and_date_then_fit(way: str) -> None:
    table = one(lines([*ROWS * 30, "Umber, Sons Ltd,29/06/2023,100.00,Roads"], HEADER))
    assert (counts(table), table.total) == ((241, 241, 0, 0), TOTAL * 30 + 100)
    assert column(table, "supplier")[-1] == "Umber, Sons Ltd"
    assert problem(table, "HF110").row == 242


@pytest.mark.parametrize(
    ("row", "supplier", "amount"),
    [
        ("Umber, Sons Ltd,29/06/2023,100.00,Roads", "Umber, Sons Ltd", "100.00"),
        ("Umber Ltd,29/06/2023,100.00,Roads, bridges", "Umber Ltd", "100.00"),
        ("A, B, C Ltd,29/06/2023,100.00,Roads", "A, B, C Ltd", "100.00"),
    ],
)
def test_the_same_in_a_short_file_whose_width_the_row_decides(way: str, row: str, supplier: str, amount: str) -> None:
    table = one(lines([*ROWS[:3], row, *ROWS[3:]], HEADER))
    assert (counts(table), table.total) == ((9, 9, 0, 0), TOTAL + D(amount))
    assert (column(table, "supplier")[3], column(table, "row")[3]) == (supplier, 5)


def test_notes_beside_the_table_push_nothing_aside(way: str) -> None:
    rows = [f"{r},,See website" if i == 2 else r for i, r in enumerate(ROWS)]
    table = one(lines(rows, f"{HEADER},,"))
    assert (counts(table), column(table, "supplier")[2], "HF110" in codes(table)) == (
        (8, 8, 0, 0),
        "Umber 2 Ltd",
        False,
    )


def test_a_row_that_fits_in_no_way_is_set_aside_not_guessed(way: str) -> None:
    table = one(lines([*ROWS * 30, "a,b,c,d,e,f,g"], HEADER))
    assert (counts(table), table.total) == ((241, 240, 1, 0), TOTAL * 30)
    assert (problem(table, "HF323").row, table.quarantine[0]["code"]) == (242, "HF323")
    assert table.quarantine[0]["text"] == "a,b,c,d,e,f,g"


def test_ten_thousand_columns_are_refused_in_words() -> None:
    table = one(",".join(f"c{i}" for i in range(10_000)) + "\n" + ",".join("1" * 10_000) + "\n")
    assert (counts(table), "10,000 columns" in problem(table, "HF107").message) == ((0, 0, 0, 0), True)


def test_a_cell_of_a_megabyte_is_a_cell() -> None:
    table = one(lines([*ROWS, f"Umber X Ltd,29/06/2023,5.00,{'x' * 1_000_000}"], HEADER))
    assert (table.rows_typed, amounts(table)[-1]) == (9, D("5.00"))


def test_whole_lines_in_quotation_marks_are_rows(way: str) -> None:
    table = one("".join(f'"{line}"\r\n' for line in [HEADER, *ROWS]))
    assert (counts(table), table.total) == ((8, 8, 0, 0), TOTAL)


def test_a_header_in_square_brackets_is_not_taken_for_json() -> None:
    table = one(lines(ROWS, "[Supplier],[Date],[Amount],[Service]"))
    assert (table.rows_typed, table.total) == (8, TOTAL)


def test_a_large_file_with_an_open_quotation_mark_in_its_middle_loses_no_row() -> None:
    rows = [f"Umber {i} Ltd,{i % 28 + 1:02d}/06/2023,{i}.25,Roads" for i in range(3000)]
    rows[1500] = f'"{rows[1500]}'
    table = one(lines(rows, HEADER))
    assert (counts(table), table.total) == ((3000, 3000, 0, 0), D(sum(range(3000))) + D("750.00"))
    assert problem(table, "HF108").row == 1502
