# ruff: noqa: E501
"""The same file twice and the same month twice are duplicates; months that resemble each other are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from holdfast.core.money import money_by_currency
from holdfast.spend.reader import read
from holdfast.spend.reading import Reading
from unit.spend.reads import codes, column, lines, problem, put
from unit.spend.tables import xlsx_bytes

#: standing orders: the same suppliers and sums every month
ORDERS = [(f"Umber {i} Ltd", i % 27 + 1, f"{100 + i}.50") for i in range(30)]


def month(
    number: int, rows: list[tuple[str, int, str]] = ORDERS, header: str = "Supplier,Payment Date,Net Amount"
) -> str:
    return lines([f"{s},{d:02d}/{number:02d}/2023,{a}" for s, d, a in rows], header)


def reading(folder: Path, **files: str) -> Reading:
    return read(put(folder, **files), root=folder)


def test_the_same_bytes_twice_are_duplicates_of_the_shorter_name(tmp_path: Path) -> None:
    copy, original = reading(tmp_path, june_copy=month(6), june=month(6)).files
    assert (original.kinds, copy.kinds) == ({"payment": 30}, {"duplicate": 30})
    assert "june.csv" in problem(copy, "HF112").message
    assert copy.rows_typed == 30, "duplicates are typed, not dropped"


def test_the_same_month_under_another_name_and_layout_is_a_duplicate(tmp_path: Path) -> None:
    again = lines(
        [f"Roads,{a},2023-06-{d:02d},{s}" for s, d, a in reversed(ORDERS)], "Department,Net Amount,Date Paid,Payee"
    )
    first, second = reading(tmp_path, a=month(6), b=again).files
    assert (first.kinds, second.kinds) == ({"payment": 30}, {"duplicate": 30})
    assert (problem(second, "HF113").count, "HF112" in codes(second)) == (30, False)


def test_a_corrected_copy_marks_only_the_rows_that_stand_in_both(tmp_path: Path) -> None:
    first, second = reading(
        tmp_path, a=month(6), b=month(6, [*ORDERS[:28], ("New Ltd", 28, "5.00"), ("Newer Ltd", 28, "6.00")])
    ).files
    assert (first.kinds, second.kinds) == ({"payment": 30}, {"duplicate": 28, "payment": 2})
    assert column(second, "kind")[-2:] == ["payment", "payment"]


def test_a_row_that_stands_twice_in_a_file_is_two_payments(tmp_path: Path) -> None:
    (table,) = reading(tmp_path, a=month(6, [*ORDERS, *ORDERS])).files
    assert table.kinds == {"payment": 60}


def test_a_copy_with_a_row_more_often_marks_it_once(tmp_path: Path) -> None:
    _, second = reading(tmp_path, a=month(6), b=month(6, [*ORDERS, ORDERS[0]])).files
    assert second.kinds == {"duplicate": 30, "payment": 1}


@pytest.mark.parametrize(
    "files",
    [
        {f"m{m:02d}": month(m) for m in range(1, 13)},  # the same standing orders every month
        {"adults": month(6), "roads": month(6, [(f"Oak {i} Ltd", d, f"{900 + i}.25") for i, (_, d, _) in enumerate(ORDERS)])},
        {"a": month(6), "b": month(6, ORDERS[:9])},  # too few rows to tell
        {"a": month(6), "b": month(6, [(s, d, f"{a}1") for s, d, a in ORDERS])},  # other sums
    ],
    ids=["standing orders", "two departments", "too short to tell", "other sums"],
)  # fmt: skip
def test_files_that_only_resemble_each_other_are_not_repeats(tmp_path: Path, files: dict[str, str]) -> None:
    found = reading(tmp_path, **files).files
    assert {k for t in found for k in t.kinds} == {"payment"}
    assert not {"HF112", "HF113"} & {c for t in found for c in codes(t)}


def test_a_year_that_holds_a_month_again_marks_that_month_only(tmp_path: Path) -> None:
    year = month(5) + "".join(month(m).split("\n", 1)[1] for m in (6, 7))
    whole, june = reading(tmp_path, a_year=year, june=month(6)).files
    assert (whole.kinds, june.kinds) == ({"payment": 90}, {"duplicate": 30})


def test_the_order_of_the_files_decides_which_is_the_copy(tmp_path: Path) -> None:
    a, b = put(tmp_path, a=month(6), b=month(6) + "Elm Ltd,28/06/2023,1.00\n")
    assert [t.kinds for t in read([a, b]).files] == [{"payment": 30}, {"duplicate": 30, "payment": 1}]
    assert [t.kinds for t in read([b, a]).files] == [{"payment": 31}, {"duplicate": 30}]


def test_totals_of_a_file_count_its_duplicates(tmp_path: Path) -> None:
    first, second = reading(tmp_path, june=month(6), june_copy=month(6)).files
    assert first.total == second.total


def test_a_copy_without_a_period_in_its_name_is_the_copy_whatever_comes_first(tmp_path: Path) -> None:
    found = {t.path: t.kinds for t in reading(tmp_path, **{"again": month(6), "payments-2023-06": month(6)}).files}
    assert found == {"payments-2023-06.csv": {"payment": 30}, "again.csv": {"duplicate": 30}}


def test_how_much_of_the_total_is_listed_twice_is_told_and_the_sheet_named(tmp_path: Path) -> None:
    rows = [["Supplier", "Payment Date", "Net Amount"], *([s, f"{d:02d}/06/2023", a] for s, d, a in ORDERS)]
    (tmp_path / "book.xlsx").write_bytes(xlsx_bytes([("June", rows, False), ("All", rows, False)]))
    found = read([tmp_path / "book.xlsx"], root=tmp_path)
    _, second = found.files
    assert "sheet 'June'" in problem(second, "HF113").message
    assert second.duplicates == {"GBP": second.total}
    assert found.to_json()["totals"]["duplicates"] == {"GBP": f"{second.total:.2f}"}
    assert money_by_currency(second.sums, second.duplicates) == "£3,450.00 (£3,450.00 of it listed twice)"
