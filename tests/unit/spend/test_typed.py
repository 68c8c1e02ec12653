# ruff: noqa: E501
"""Typing: text made safe, every row in exactly one place, and a result whose JSON is what was promised."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from holdfast.spend.reader import as_text, read
from holdfast.tables.contract import contract
from unit.spend.reads import D, codes, column, counts, lines, one, problem, put
from unit.spend.tables import xlsx_bytes

ROWS = [f"Umber {d} Ltd,{d}/06/2023,{d}.50" for d in range(13, 20)]
ENTRY: dict[str, type | tuple[type, ...]] = {
    "path": str, "sha256": str, "sheet": (str, type(None)), "encoding": (str, type(None)), "header_row": (int, type(None)), "mapping": dict,
    "rows_staged": int, "rows_typed": int, "rows_quarantined": int, "rows_excluded": int, "total": str, "currency": str,
    "first_date": (str, type(None)), "last_date": (str, type(None)), "problems": list,
}  # fmt: skip


def dirty(cell: str) -> Any:
    return one(lines([f'"{cell}",20/06/2023,5.00', *ROWS]))


@pytest.mark.parametrize(
    ("cell", "clean"),
    [
        ("\x1b[31mRed Ltd\x1b[0m", "[31mRed Ltd[0m"), ("Bell\x07 Ltd", "Bell Ltd"), ("Back\x08 Ltd", "Back Ltd"), ("A\x7f Ltd", "A Ltd"),
        ("\u202edtL live\u202c", "dtL live"), ("Zero\u200bwidth Ltd", "Zerowidth Ltd"), ("C1\x9b31m Ltd", "C131m Ltd"), ("\u2066A Ltd\u2069", "A Ltd"), ("A\ufeff Ltd", "A Ltd"),
    ],
)  # fmt: skip
def test_characters_that_could_upset_a_terminal_or_a_page_are_removed_and_said(cell: str, clean: str) -> None:
    table = dirty(cell)
    assert (column(table, "supplier")[0], problem(table, "HF316").row) == (clean, 2)


@pytest.mark.parametrize("cell", ["=CMD()", "=HYPERLINK(''x'')", "@SUM(A1)", "=1+1"])
def test_a_formula_is_read_as_text_and_said(cell: str) -> None:
    table = dirty(cell)
    assert (column(table, "supplier")[0], problem(table, "HF315").count) == (cell, 1)


@pytest.mark.parametrize(
    ("cell", "clean"),
    [("  Oak   Ltd ", "Oak Ltd"), ("Oak\nLtd", "Oak Ltd"), ("Oak\u00a0Ltd", "Oak Ltd"), ("<b>Oak</b> & Co", "<b>Oak</b> & Co"), ("-Oak", "-Oak"), ("   ", None)],
)  # fmt: skip
def test_spaces_are_evened_and_the_rest_is_left_as_published(cell: str, clean: str | None) -> None:
    table = dirty(cell)
    assert (column(table, "supplier")[0], {"HF315", "HF316"} & set(codes(table))) == (clean, set())


def test_every_row_ends_in_one_place_and_is_counted_there() -> None:
    odd = ["Oak Ltd,20/06/2023,twelve", "Elm Ltd,21/06/2023,", "Supplier,Date,Amount", "Total,,115.50", ",,", ""]
    table = one(lines([*ROWS, *odd]))
    assert counts(table) == (11, 7, 1, 3)
    assert {"HF301", "HF311", "HF312", "HF313"} <= set(codes(table))


def test_payments_follow_their_contract() -> None:
    payments = one(lines(ROWS)).table()
    assert payments is not None
    assert payments.column_names == [c.column for c in contract("payments")]
    required = [c.column for c in contract("payments") if c.required]
    assert [name for name in required if payments.column(name).null_count] == []
    assert str(payments.schema.field("amount").type) == "decimal128(18, 2)"


def test_every_payment_knows_its_file_sheet_and_row() -> None:
    cells: list[list[Any]] = [["Supplier", "Date", "Amount"], *[r.split(",") for r in ROWS]]
    table = one(xlsx_bytes([("June", cells, False)]), "a.xlsx")
    assert {tuple(column(table, c)[0] for c in ("file", "sheet", "row"))} == {("a.xlsx", "June", 2)}


def test_the_paying_bodies_are_counted() -> None:
    rows = [f"{'Oak Trust' if i else 'Elm Trust'},{r}" for i, r in enumerate(ROWS)]
    assert one(lines(rows, "Organisation Name,Supplier,Date,Amount")).bodies == {"Oak Trust": 6, "Elm Trust": 1}


def test_the_json_of_a_reading_has_every_key_that_was_promised(tmp_path: Path) -> None:
    files = put(tmp_path, june=lines([*ROWS, "Oak Ltd,x,twelve"]), note="hello", empty="")
    document = read(files, root=tmp_path).to_json()
    assert list(document) == ["schema", "files", "totals"]
    assert document["schema"] == "holdfast.read/1"
    for entry in document["files"]:
        assert [k for k, kind in ENTRY.items() if not isinstance(entry[k], kind)] == []
        assert set(entry) - set(ENTRY) == {"reasons", "vat_basis", "kinds", "totals", "duplicates"}
        assert all({"code", "count", "first_row"} <= set(p) for p in entry["problems"])
        assert set(entry["mapping"]) == set(entry["reasons"])
        assert str(D(entry["total"]).quantize(D("0.01"))) == entry["total"]
    june = document["files"][0]
    assert (june["path"], june["total"], june["first_date"], june["last_date"]) == (
        "june.csv",
        "115.50",
        "2023-06-13",
        "2023-06-19",
    )
    assert [(p["count"], p["first_row"]) for p in june["problems"] if p["code"] == "HF301"] == [(1, 9)]
    assert json.loads(as_text(read(files, root=tmp_path))) == document


def test_totals_add_up_tables_and_keep_currencies_apart(tmp_path: Path) -> None:
    euros = lines([f"Oak {d} Ltd,{d}/06/2023,€{d}.00" for d in (13, 14, 15)])
    totals = read(put(tmp_path, a=lines(ROWS), b=euros, note="hello"), root=tmp_path).to_json()["totals"]
    assert totals == {
        "tables": 3, "files": 3, "payment_tables": 2, "rows_staged": 10, "rows_typed": 10, "rows_quarantined": 0, "rows_excluded": 0,
        "total": {"EUR": "42.00", "GBP": "115.50"}, "duplicates": {}, "first_date": "2023-06-13", "last_date": "2023-06-19",
    }  # fmt: skip


def test_what_was_set_aside_is_listed_with_its_file_and_row(tmp_path: Path) -> None:
    (row,) = read(put(tmp_path, june=lines([*ROWS, "Oak Ltd,20/06/2023,twelve"])), root=tmp_path).quarantined()
    assert row == {
        "file": "june.csv", "sheet": None, "row": 9, "code": "HF301", "column": "Amount", "value": "twelve", "text": "Oak Ltd | 20/06/2023 | twelve",
    }  # fmt: skip


def test_the_json_holds_nothing_that_could_upset_a_terminal(tmp_path: Path) -> None:
    files = put(tmp_path, june=lines([*ROWS, "Oak Ltd,20/06/2023,twe\x9b31m\u202e\x1b[31mlve"]))
    text = as_text(read(files, root=tmp_path))
    assert not [c for c in text if c in "\x1b\x9b\u202e\x7f"]
    assert json.loads(text) == read(files, root=tmp_path).to_json()


def test_reading_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    files = put(tmp_path, a=lines(ROWS), b=lines(ROWS[:5]))
    assert as_text(read(files, root=tmp_path)) == as_text(read(files, root=tmp_path))
