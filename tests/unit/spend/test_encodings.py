# ruff: noqa: E501
"""Encodings: the text comes out as it was written, and a guess is said to be one."""

from __future__ import annotations

import codecs

import pytest

from holdfast.spend.encoding import decode, undo_double_encoding
from unit.spend.reads import D, codes, column, one, problem

TEXT = "Supplier,Date,Amount (£)\nCafé Umber,13/06/2023,£12.50\nNuñez & Søn,14/06/2023,£7.25\n"
NAMES = ["Café Umber", "Nuñez & Søn"]


@pytest.mark.parametrize(
    ("data", "encoding", "guessed"),
    [
        (TEXT.encode(), "utf-8", False), (TEXT.encode("utf-8-sig"), "utf-8-sig", False), (TEXT.encode("cp1252"), "cp1252", True),
        (TEXT.encode("utf-16"), "utf-16", False), (TEXT.encode("utf-16-le"), "utf-16-le", False), (TEXT.encode("utf-16-be"), "utf-16-be", False),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16", False), (TEXT.encode("utf-32"), "utf-32", False),
        (TEXT.replace("ø", "o").encode("cp850"), "cp850", True),
        (TEXT.replace("\n", "\r").encode("mac_roman"), "mac_roman", True),
    ],
)  # fmt: skip
def test_a_file_is_read_in_the_encoding_it_was_written_in(data: bytes, encoding: str, guessed: bool) -> None:
    table = one(data)
    assert table.encoding == encoding
    assert column(table, "supplier") == (NAMES if encoding != "cp850" else ["Café Umber", "Nuñez & Son"])
    assert (table.total, table.currency) == (D("19.75"), "GBP")
    assert ("HF116" in codes(table)) == guessed


def test_the_pound_sign_of_dos_is_a_pound_sign() -> None:
    assert decode("Amount,£12.50\nAmount,£7.00".encode("cp850")).text.count("£") == 2
    assert b"\x9c" in "£".encode("cp850")


def test_windows_bytes_among_utf8_are_both_read() -> None:
    data = TEXT.encode() + "Brontë & Co,15/06/2023,£1.00\n".encode("cp1252")
    table = one(data)
    assert column(table, "supplier") == [*NAMES, "Brontë & Co"]
    assert (table.encoding, "HF116" in codes(table)) == ("utf-8+cp1252", True)


def test_text_encoded_twice_is_put_right_and_said() -> None:
    table = one(TEXT.encode().decode("cp1252").encode())
    assert column(table, "supplier") == NAMES
    assert (table.total, problem(table, "HF109").count) == (D("19.75"), 2)


@pytest.mark.parametrize(
    ("text", "right"),
    [("Â£12", "£12"), ("CafÃ©", "Café"), ("Oâ€™Brien", "O’Brien"), ("ï»¿Date", "Date"), ("Ângela", "Ângela"), ("PÃO", "PÃO"), ("plain", "plain")],
)  # fmt: skip
def test_only_the_marks_of_double_encoding_are_undone(text: str, right: str) -> None:
    assert undo_double_encoding(text) == right


def test_letters_replaced_one_by_one_come_out_as_if_all_were_decoded() -> None:
    letters = "£ÂÃ©€é’–½Ž"
    for a in letters:
        for b in letters:
            text = f"pay {a}5 caf{b} {a}{b}, {b}{a}\n" * 3
            data = text.encode("cp1252")
            if decode(data).encoding == "cp1252":
                assert decode(data).text == text, (a, b)


def test_a_byte_that_no_encoding_has_is_kept_as_some_letter() -> None:
    table = one(TEXT.encode("cp1252") + b"Oak \x81 Ltd,15/06/2023,12.50\n")
    assert (table.rows_typed, column(table, "supplier")[:2]) == (3, NAMES)


def test_zero_bytes_do_not_end_a_cell() -> None:
    table = one(b"Supplier,Date,Amount\nUm\0ber Ltd,13/06/2023,12.50\n" + b"A Ltd,14/06/2023,1.00\n" * 5)
    assert column(table, "supplier")[:2] == ["Umber Ltd", "A Ltd"]
