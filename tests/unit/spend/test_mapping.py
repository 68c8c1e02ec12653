# ruff: noqa: E501
"""A saved mapping: written once, used for every file with that header, corrected by hand, refused where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from holdfast.core.problem import HoldfastError
from holdfast.spend.mapping import SavedMapping, render
from holdfast.spend.reader import read
from unit.spend.reads import D, codes, column, counts, days, lines, one, problem

HEADER = ("Who", "When", "Net Amount", "Gross Amount")
ROWS = [f"Umber {d} Ltd,0{d}/05/2023,{d}.50,{d + 1}.80" for d in range(1, 8)]
TEXT = lines(ROWS, ",".join(HEADER))
NET, GROSS = D("31.50"), D("40.60")


def saved(folder: Path, text: str) -> SavedMapping:
    path = folder / "rushmere.toml"
    path.write_text(text, encoding="utf-8")
    return SavedMapping.load(path)


def layout(columns: str, more: str = "", header: tuple[str, ...] = HEADER) -> str:
    return f"[[layout]]\nheader = {list(header)!r}\n{more}\n[layout.columns]\n{columns}\n".replace("'", '"')


BY_HAND = 'supplier = "Who"\ndate = "When"\namount = "Gross Amount"'


def test_what_was_written_is_read_back_and_fits_its_file(tmp_path: Path) -> None:
    table = one(TEXT)
    mapping = saved(tmp_path, render([(table.headers, table.mapping, table.reasons, table.vat_basis)], "Rushmere"))
    again = one(TEXT, saved=mapping)
    assert (again.mapping, again.total, counts(again)) == (table.mapping, table.total, counts(table))
    assert set(again.reasons.values()) == {"the saved mapping"}


@pytest.mark.parametrize(
    "header",
    ['Net "Amount"', "back\\slash", "two\nlines", "tab\there", "£ é 漢", "Amount # net", "[amount]", "bell\x07", "= 1"],
)
def test_any_header_survives_being_written_and_read(tmp_path: Path, header: str) -> None:
    headers = ("Supplier", header)
    mapping = saved(
        tmp_path,
        render(
            [(headers, {"supplier": "Supplier", "amount": header}, {"amount": f"is '{header}'"}, "net")], "Rushmere"
        ),
    )
    found = mapping.for_headers(headers)
    assert found is not None
    assert found.positions(headers) == ({"supplier": 0, "amount": 1}, [])


def test_a_mapping_corrected_by_hand_rules_over_what_would_be_recognised(tmp_path: Path) -> None:
    assert one(TEXT).total == NET
    table = one(TEXT, saved=saved(tmp_path, layout(BY_HAND, 'vat = "gross"\nday_first = false')))
    assert (table.total, table.mapping["amount"], table.vat_basis) == (GROSS, "Gross Amount", "gross")
    assert [d.month for d in days(table) if d] == [1, 2, 3, 4, 5, 6, 7]
    assert "HF304" not in codes(table)


def test_a_field_left_out_is_not_used(tmp_path: Path) -> None:
    table = one(TEXT, saved=saved(tmp_path, layout('supplier = "Who"\namount = "Net Amount"')))
    assert (set(table.mapping), set(days(table))) == ({"supplier", "amount"}, {None})


def test_a_layout_is_used_only_where_every_header_matches(tmp_path: Path) -> None:
    mapping = saved(tmp_path, layout(BY_HAND))
    other = one(lines(ROWS, "Who,When,Net Amount,Gross"), saved=mapping)
    assert (other.total, "the saved mapping" in other.reasons.values()) == (NET, False)
    same = one(lines(ROWS, "WHO, when ,Net_Amount,Gross Amount (£)"), saved=mapping)
    assert same.total == GROSS


def test_one_mapping_holds_all_layouts_of_a_publisher(tmp_path: Path) -> None:
    mapping = saved(tmp_path, layout(BY_HAND) + layout('supplier = "A"\namount = "B"', header=("A", "B", "C")))
    assert one(TEXT, saved=mapping).total == GROSS
    assert one(lines(["Oak,5.00,x", "Elm,6.00,y"], "A,B,C"), saved=mapping).total == D("11.00")


def test_a_layout_without_header_goes_by_the_number_of_columns(tmp_path: Path) -> None:
    mapping = saved(
        tmp_path,
        '[[layout]]\nwidth = 4\ncurrency = "EUR"\nkind = "commitment"\n[layout.columns]\nsupplier = 1\ndate = 2\namount = 4\n',
    )
    table = one("\n".join(ROWS), saved=mapping)
    assert (table.total, table.currency, table.kinds) == (GROSS, "EUR", {"commitment": 7})


def test_decimal_and_encoding_of_a_mapping_are_used(tmp_path: Path) -> None:
    mapping = saved(
        tmp_path, layout('supplier = "A"\namount = "B"', 'decimal = ","\nencoding = "cp850"', ("A", "B", "C"))
    )
    table = one(lines(["Café,1.234,x", "Elm,2.000,y"], "A,B,C").encode("cp850"), saved=mapping)
    assert (table.total, column(table, "supplier")[0], table.encoding) == (D("3234.00"), "Café", "cp850")


@pytest.mark.parametrize(
    ("columns", "field"), [('supplier = "Who"\namount = "Nett"', "amount"), ("supplier = 9\ndate = 2\namount = 3", "supplier"), ("supplier = 0\ndate = 2\namount = 3", "supplier")]
)  # fmt: skip
def test_a_column_that_the_file_lacks_is_named(tmp_path: Path, columns: str, field: str) -> None:
    table = one(TEXT, saved=saved(tmp_path, layout(columns)))
    assert f"for the {field}" in problem(table, "HF207").message
    assert (table.rows_typed == 0) == (field == "amount")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (layout("suplier = 1"), "suplier"), (layout(BY_HAND, "sheet = 2"), "sheet"), ("[[layouts]]\nwidth = 3\n", "layouts"),
        ("[layout]\nwidth = 3\n", "layouts"), ("layout = 3\n", "layouts"), ("not toml", "TOML"), (layout(BY_HAND, 'encoding = "klingon"'), "encoding"),
        (layout(BY_HAND, 'encoding = "base64"'), "encoding"), (layout(BY_HAND, 'kind = "gift"'), "kind"), (layout(BY_HAND, 'decimal = "x"'), "decimal"),
        (layout(BY_HAND, 'day_first = "yes"'), "day_first"), ('[[layout]]\nheader = "Who"\n', "header"), ("[[layout]]\ncolumns = 3\n", "columns"),
        ("[[layout]]\nwidth = true\n", "width"), (layout("amount = 2.5"), "columns"), (layout(BY_HAND, 'vat = "some"'), "vat"),
        (layout(BY_HAND, 'currency = "pounds"'), "currency"),
    ],
)  # fmt: skip
def test_a_mapping_that_is_wrong_is_refused_with_the_word_that_is(tmp_path: Path, text: str, word: str) -> None:
    with pytest.raises(HoldfastError) as refused:
        saved(tmp_path, text)
    (found,) = refused.value.problems
    assert (found.code, found.file, refused.value.exit_code) == ("HF207", f"{tmp_path.name}/rushmere.toml", 2)
    assert word in found.message


def test_a_mapping_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HoldfastError) as refused:
        read([], mappings=tmp_path / "none.toml")
    assert refused.value.problems[0].code == "HF104"


def test_a_mapping_that_does_not_speak_of_vat_leaves_it_as_the_header_says(tmp_path: Path) -> None:
    rows = lines(["Umber Ltd,13/06/2023,1.00"] * 3, "Supplier,Date,Net Amount")
    text = '[[layout]]\nheader = ["Supplier", "Date", "Net Amount"]\nday_first = true\n{}[layout.columns]\n'
    text += 'supplier = "Supplier"\ndate = "Date"\namount = "Net Amount"\n'
    basis = [one(rows, saved=saved(tmp_path, text.format(vat))).vat_basis for vat in ("", 'vat = "gross"\n')]
    assert basis == ["net", "gross"]


def test_a_column_that_is_not_there_comes_with_the_header_most_like_it(tmp_path: Path) -> None:
    mapping = saved(tmp_path, layout('supplier = "Who"\ndate = "When"\namount = "Net Amont"'))
    assert "did you mean 'Net Amount'?" in problem(one(TEXT, saved=mapping), "HF207").message
    mapping = saved(tmp_path, layout('supplier = "Who"\ndate = "When"\namount = "Zzzz"'))
    assert "did you mean" not in problem(one(TEXT, saved=mapping), "HF207").message
