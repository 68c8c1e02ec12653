# ruff: noqa: E501
"""JSON: records wherever they stand in the document, numbers to the last digit, documents without records refused in words."""

from __future__ import annotations

import json

import pytest

from holdfast.spend.records import parse_records
from unit.spend.reads import D, amounts, codes, column, counts, one

RECORDS = [
    {"supplier_name": "Umber Ltd", "payment_date": "2023-06-13", "net_amount": 1882.78},
    {"supplier_name": "Kestrel Ltd", "payment_date": "2023-06-14", "net_amount": "£1,000.00"},
    {"supplier_name": "Oak Ltd", "payment_date": "2023-06-15", "net_amount": -7},
]
TOTAL = D("2875.78")


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(RECORDS),
        json.dumps({"success": True, "result": {"fields": [{"id": "x"}], "records": RECORDS}}),
        "\n".join(json.dumps(r) for r in RECORDS),
        "\n\n".join(json.dumps(r) for r in RECORDS) + "\n",
        "\ufeff" + json.dumps(RECORDS, indent=2),
        json.dumps([{"payment": {"supplier": {"name": r["supplier_name"]}, "date": r["payment_date"], "amount": r["net_amount"]}} for r in RECORDS]),
    ],
    ids=["list", "deep in the document", "lines", "lines with blanks", "BOM and indents", "nested"],
)  # fmt: skip
def test_records_are_found_wherever_they_stand(text: str) -> None:
    table = one(text, "june.json")
    assert (counts(table), table.total) == ((3, 3, 0, 0), TOTAL)
    assert column(table, "supplier") == ["Umber Ltd", "Kestrel Ltd", "Oak Ltd"]
    assert (table.header_row, column(table, "row")) == (1, [2, 3, 4])


def test_numbers_keep_every_digit() -> None:
    text = '[{"supplier":"A Ltd","date":"2023-06-13","amount":123456789012.35},{"supplier":"B Ltd","date":"2023-06-14","amount":0.10}]'
    assert amounts(one(text, "a.json")) == [D("123456789012.35"), D("0.10")]


def test_records_may_lack_fields_or_hold_null() -> None:
    text = json.dumps(
        [
            *RECORDS,
            {"supplier_name": None, "payment_date": "2023-06-16", "net_amount": 1.5},
            {"supplier_name": "Elm Ltd"},
        ]
    )
    table = one(text, "a.json")
    assert (counts(table), column(table, "supplier")[-1]) == ((5, 4, 0, 1), None)


@pytest.mark.parametrize("text", ["{}", "[]", "[1, 2]", '{"a": {"b": "c"}}', '"text"', "[[1],[2]]"])
def test_a_document_without_records_says_so(text: str) -> None:
    table = one(text, "a.json")
    assert ("HF103" in codes(table), counts(table)) == (True, (0, 0, 0, 0))


def test_a_number_too_long_to_write_out_does_not_fill_the_memory() -> None:
    grid = parse_records('[{"amount": 1e999999999}]', "utf-8")
    assert grid is not None
    assert len(grid.columns[0][1].as_py()) < 50


def test_a_document_nested_beyond_reason_is_no_crash() -> None:
    assert codes(one("[" * 100_000, "a.json")) == ["HF106"]


def test_a_document_cut_off_in_the_middle_is_called_damaged() -> None:
    table = one('{"payments": [{"supplier": "Umber Ltd", "am', "a.json")
    assert (codes(table), counts(table)) == (["HF106"], (0, 0, 0, 0))
