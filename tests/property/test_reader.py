# ruff: noqa: E501
"""Rules of the reader that hold for every table: nothing is lost, nothing is made up, and both ways of parsing agree."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from holdfast.packs import load
from holdfast.spend import delimited
from holdfast.spend.amounts import parse_amount, parse_amounts
from holdfast.spend.dates import Calendar, parse_date
from holdfast.spend.encoding import decode, undo_double_encoding
from holdfast.spend.reader import read_source, style_for
from holdfast.spend.reading import TableRead
from holdfast.spend.sources import Source

STYLE = style_for(load("uk"))

#: Letters that every encoding below has; names keep an initial that cannot be taken for a number or a date.
_NAME = st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghij &.'-,;|\té", min_size=1, max_size=18).map(
    lambda s: " ".join(("Quay " + s).split())
)
_MONEY = st.integers(-99_999_999, 999_999_999).map(lambda p: Decimal(p).scaleb(-2))
_DAY = st.dates(date(2019, 1, 1), date(2021, 12, 31))
_ROWS = st.lists(st.tuples(_NAME, _DAY, _MONEY, _NAME), min_size=1, max_size=25)
_WRITE_MONEY = {
    "plain": lambda v: f"{v:.2f}",
    "commas": lambda v: f"{v:,.2f}",
    "pounds": lambda v: f"-£{-v:,.2f}" if v < 0 else f"£{v:,.2f}",
    "brackets": lambda v: f"({-v:,.2f})" if v < 0 else f"{v:,.2f}",
    "minus last": lambda v: f"{-v:.2f}-" if v < 0 else f"{v:.2f}",
}
_WRITE_DAY = ("%Y-%m-%d", "%d %b %Y", "%d-%b-%y", "%Y%m%d")


def read_bytes(data: bytes, name: str = "payments.csv") -> list[TableRead]:
    tables = list(read_source(Source(name, data, "0" * 64), STYLE))
    for t in tables:
        assert t.reconciles
        assert "HF999" not in [p.code for p in t.problems]
    return tables


def typed(tables: list[TableRead]) -> list[tuple[Any, ...]]:
    return [
        row
        for t in tables
        if (payments := t.table()) is not None
        for row in zip(*(payments.column(c).to_pylist() for c in ("date", "supplier", "amount")), strict=True)
    ]


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, list[tuple[str, date, Decimal, str]]]:
    """A table and the bytes of a file that holds it, however untidily."""
    rows = draw(_ROWS)
    money, day = _WRITE_MONEY[draw(st.sampled_from(sorted(_WRITE_MONEY)))], draw(st.sampled_from(_WRITE_DAY))
    delimiter, end = draw(st.sampled_from(",;\t|")), draw(st.sampled_from(["\n", "\r\n", "\r"]))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16", "cp850"]))
    extra = draw(st.integers(0, 3))
    table: list[list[str]] = draw(st.sampled_from([[], [["Payments to suppliers"]], [["Spend", ""], []], [[], []]]))
    table = [*table, ["Supplier Name", "Payment Date", "Net Amount (£)", "Service Area"]]
    for r in rows:
        table.append([r[0], r[1].strftime(day), money(r[2]), r[3]])
        if draw(st.integers(0, 9)) == 0:
            table.append(draw(st.sampled_from([[], ["", "", "", ""]])))
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(
        [*r, *[""] * extra] if r else r for r in table
    )
    return out.getvalue().encode(encoding, errors="replace"), rows


@given(files())
def test_every_row_of_a_table_is_read_as_it_was_written(
    made: tuple[bytes, list[tuple[str, date, Decimal, str]]],
) -> None:
    data, rows = made
    tables = read_bytes(data)
    assert sum(t.rows_typed for t in tables) == len(rows)
    assert sum((t.total for t in tables), Decimal(0)) == sum((r[2] for r in rows), Decimal(0))
    assert [r[2] for r in typed(tables)] == [r[2] for r in rows]
    assert [r[0] for r in typed(tables)] == [r[1] for r in rows]
    assert [r[1] for r in typed(tables)] == [r[0] for r in rows]


_CELL = st.one_of(
    st.sampled_from(
        [
            "",
            "",
            " ",
            "Total",
            "REDACTED",
            "n/a",
            "-",
            "Net Amount",
            "Supplier Name",
            "£",
            "01/04/2020",
            "12.50",
            "(3.00)",
        ]
    ),
    st.text(alphabet="AZaz09 .,£()-/'\"\n;=", max_size=10),
)


@given(st.lists(st.lists(_CELL, max_size=7), max_size=20), st.booleans())
def test_staged_rows_are_typed_set_aside_or_left_out_whatever_the_cells(rows: list[list[str]], header: bool) -> None:
    out = io.StringIO()
    head = [["Supplier Name", "Date", "Net Amount"]] if header else []
    csv.writer(out).writerows([*head, *rows])
    for t in read_bytes(out.getvalue().encode()):
        assert t.rows_quarantined == len(t.quarantine)
        if header and t.header_row == 1 and t.mapping:
            assert t.rows_staged == sum(1 for r in rows if any(c.strip() for c in r))


@st.composite
def uneven_texts(draw: st.DrawFn) -> str:
    """Delimited text with rows of several widths, quotation marks open and closed, and blank lines."""
    cell = st.text(alphabet="ab1.,\" '\n", max_size=6)
    usual = ",".join(["Supplier Name", "Date", "Net Amount", "Service"])
    good = st.tuples(_NAME, _MONEY).map(lambda x: f'"{x[0]}",01/02/2020,{x[1]},Roads')
    bad = st.lists(cell, max_size=7).map(",".join)
    blank = st.sampled_from(["", ",,,", "   ", ",,,,,,"])
    lines = draw(st.lists(st.one_of(good, good, good, bad, blank), min_size=1, max_size=30))
    return "\n".join([usual, *lines]) + draw(st.sampled_from(["", "\n"]))


def _result(text: str, small: int, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, ...]:
    with monkeypatch.context() as patch:
        patch.setattr(delimited, "SMALL", small)
        (t,) = read_bytes(text.encode())
    return t.rows_staged, t.rows_typed, t.rows_quarantined, t.rows_excluded, t.total, t.mapping, typed([t])


@given(uneven_texts())
def test_the_fast_and_the_careful_way_give_one_result(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        assert _result(text, 0, patch) == _result(text, 1 << 40, patch)


@given(files())
def test_the_fast_and_the_careful_way_agree_on_tidy_files(made: tuple[bytes, Any]) -> None:
    text = decode(made[0]).text
    with pytest.MonkeyPatch.context() as patch:
        assert _result(text, 0, patch) == _result(text, 1 << 40, patch)


@given(_MONEY, st.sampled_from(sorted(_WRITE_MONEY)))
def test_an_amount_reads_back_however_it_is_written(value: Decimal, how: str) -> None:
    assert parse_amount(_WRITE_MONEY[how](value)) == value


@given(_MONEY)
def test_a_continental_amount_reads_back(value: Decimal) -> None:
    assert parse_amount(f"{value:,.2f}".translate(str.maketrans(",.", ".,")), ",") == value


@given(st.lists(st.text(alphabet="0123456789.,£()-+ CRe'", max_size=9), max_size=20), st.sampled_from([".", ","]))
def test_the_column_way_and_the_cell_way_of_reading_amounts_agree(cells: list[str], mark: Any) -> None:
    import pyarrow as pa

    parsed = parse_amounts(pa.array(cells, type=pa.string()), mark)
    for i, (cell, got) in enumerate(zip(cells, parsed.amounts.to_pylist(), strict=True)):
        want = parse_amount(cell, mark) if cell.strip() else None
        if i in parsed.other_way:
            assert want is None
        elif want is None:
            assert got is None
        else:
            assert got + parsed.remainders.get(i, Decimal(0)) == want


@given(
    _DAY,
    st.sampled_from(
        [
            *_WRITE_DAY,
            "%d/%m/%Y",
            "%d.%m.%y",
            "%d-%m-%Y",
            "%d %B %Y",
            "%A %d %B %Y",
            "%d/%m/%Y 00:00",
            "%Y-%m-%dT00:00:00",
        ]
    ),
)
def test_a_day_reads_back_however_it_is_written(day: date, how: str) -> None:
    parsed = parse_date(day.strftime(how), "day", Calendar())
    assert parsed is not None
    assert (parsed.day, parsed.period) == (day, None)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_none(text: str) -> None:
    parsed = parse_date(text, "day", Calendar())
    assert parsed is None or isinstance(parsed.day, date)


@given(st.text(alphabet=st.characters(max_codepoint=0x2FF, exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
def test_text_encoded_twice_is_put_right(text: str) -> None:
    assume("Â" not in text and "Ã" not in text)
    assert undo_double_encoding(text) == text or any(c in text for c in "âï")
    try:
        twice = text.encode("utf-8").decode("cp1252")
    except UnicodeDecodeError:
        return
    if twice != text:
        assert undo_double_encoding(twice) in (text, twice)


@given(st.binary(max_size=400))
def test_any_bytes_become_text(data: bytes) -> None:
    assert isinstance(decode(data).text, str)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_utf8_is_read_as_utf8(text: str) -> None:
    assume(text.replace("\0", "") and not text.startswith("\ufeff") and "\0" not in text)
    assert decode(text.encode()).text == text
    assert decode(text.encode("utf-8-sig")).text == text
