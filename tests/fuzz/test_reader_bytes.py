# ruff: noqa: E501
"""Bytes nobody foresaw: the reader answers with problems, never with an exception, and its counts always add up."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.packs import load
from holdfast.spend.reader import read_source, style_for
from holdfast.spend.sources import Source, members
from unit.spend.tables import (
    PAYMENTS,
    body_of,
    csv_bytes,
    dmy,
    header_of,
    net,
    ods_bytes,
    pounds,
    supplier,
    text,
    xls_bytes,
    xlsx_bytes,
)

STYLE = style_for(load("uk"))
COLUMNS = [("Supplier Name", supplier), ("Payment Date", dmy), ("Net Amount (£)", pounds), ("Purpose", text)]
_TABLE = [header_of(COLUMNS), *body_of(COLUMNS)]
NAMES = ("a.csv", "a.xlsx", "a.json", "a.zip", "a.txt", "June 2023.csv", "card.csv")


def _zip(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("june.csv", data)
    return out.getvalue()


_CSV = csv_bytes(COLUMNS, PAYMENTS[:8])
SEEDS = {
    "csv": _CSV,
    "cp1252": csv_bytes(COLUMNS, PAYMENTS[:8], encoding="cp1252"),
    "utf-16": csv_bytes(COLUMNS, PAYMENTS[:8], encoding="utf-16"),
    "tsv": csv_bytes(COLUMNS, PAYMENTS[:8], delimiter="\t", end="\r"),
    "xlsx": xlsx_bytes([("Sheet1", _TABLE[:6], False)]),
    "xls": xls_bytes([("Sheet1", _TABLE[:6], False)]),
    "ods": ods_bytes([("Sheet1", _TABLE[:6], False)]),
    "zip": _zip(_CSV),
    "gzip": gzip.compress(_CSV, mtime=0),
    "json": b'{"result": [{"supplier": "A Ltd", "date": "2023-06-01", "amount": 12.5}, {"supplier": "B", "amount": null}]}',
}


def read_all(data: bytes, name: str) -> None:
    for source in members(Source(name, data, "0" * 64)):
        for t in read_source(source, STYLE):
            assert t.reconciles
            assert min(t.rows_staged, t.rows_typed, t.rows_quarantined, t.rows_excluded) >= 0
            assert "HF999" not in [p.code for p in t.problems], [p.message for p in t.problems]
            table = t.table()
            assert (table.num_rows if table is not None else 0) == t.rows_typed
            if table is not None:
                assert sum(table.column("amount").to_pylist(), Decimal(0)) == t.total
            t.to_json()


@given(st.binary(max_size=600), st.sampled_from(NAMES))
def test_any_bytes(data: bytes, name: str) -> None:
    read_all(data, name)


@given(st.text(alphabet=",;\t|\"'\r\n £$()-.0123456789ABamountdatesupplier", max_size=400), st.sampled_from(NAMES))
def test_any_text_made_of_what_tables_are_made_of(text: str, name: str) -> None:
    read_all(text.encode(), name)


_EDIT = st.tuples(
    st.sampled_from(["cut", "insert", "repeat", "flip"]), st.floats(0, 1), st.integers(1, 40), st.binary(max_size=12)
)


def _edited(data: bytes, edits: list[tuple[str, float, int, bytes]]) -> bytes:
    for how, where, length, more in edits:
        at = int(where * len(data))
        if how == "cut":
            data = data[:at] + data[at + length :]
        elif how == "insert":
            data = data[:at] + more + data[at:]
        elif how == "repeat":
            data = data[:at] + data[at : at + length] * 3 + data[at + length :]
        elif at < len(data):
            data = data[:at] + bytes([data[at] ^ (length % 256)]) + data[at + 1 :]
    return data


#: Damaged workbooks can ask the library that reads them for more memory than there is: they are tried at night only.
_WORKBOOKS = ("ods", "xls", "xlsx")


@pytest.mark.parametrize(
    "seed", [pytest.param(s, marks=pytest.mark.nightly) if s in _WORKBOOKS else s for s in sorted(SEEDS)]
)
@settings(max_examples=max(40, settings().max_examples // 2) if settings().max_examples > 100 else 40)
@given(edits=st.lists(_EDIT, min_size=1, max_size=5))
def test_files_damaged_on_the_way(seed: str, edits: list[tuple[str, float, int, bytes]]) -> None:
    read_all(_edited(SEEDS[seed], edits), f"a.{seed}")


@given(st.lists(st.lists(st.text(max_size=12), max_size=8), max_size=12))
def test_any_cells_under_a_header(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["Supplier", "Date", "Amount"], *rows])
    read_all(out.getvalue().encode("utf-8", errors="surrogatepass"), "a.csv")


_NASTY = st.sampled_from([
    "9" * 20, "1e400", "-0", "NaN", "Infinity", "1e-40", "0x10", "٣٤", "½", "1_000", "--5", "()", "£", "31/02/2023", "00/00/0000",
    "99999999", "2023-13-45", "29 Feb 2023", "\ufeff", "\u202eevil", "=CMD()", "\x1b[31m", "x" * 5000, "12,34,56", "1.2.3", "0000-00-00",
    "79999", "1900-01-01", "9999-12-31", "Q5 2023", "202313", "١/٢/٢٠٢٣", "5" * 16 + ".99", "123456789012345.67", "-999999999999999.99",
])  # fmt: skip


@given(st.lists(st.tuples(_NASTY, _NASTY, _NASTY), min_size=1, max_size=10), st.booleans())
def test_cells_chosen_to_hurt(rows: list[tuple[str, str, str]], tame: bool) -> None:
    lines = [["Supplier", "Date", "Amount"], *rows]
    if tame:  # enough plain rows that the columns are recognised and the nasty cells are reached
        lines += [[p.supplier, dmy(p), net(p)] for p in PAYMENTS]
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    read_all(out.getvalue().encode(), "a.csv")
