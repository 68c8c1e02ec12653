"""Tables in web pages and in XML spreadsheets: what finance systems export under the name of a workbook."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.spend.markup import parse_markup
from holdfast.spend.reader import read

PAGE = """<html><head><style>td {color: red}</style><title>Spend</title></head><body>
<table><tr><td>Menu</td><td>Home</td></tr></table>
<table border=1><tr><th>Supplier<th>Payment Date<th>Net&nbsp;Amount<th>Expense Type
<tr><td>Smith &amp; Sons<br>Ltd<td>01/04/2023<td>&pound;1,234.50<td>Repairs
<tr><td>Brown's Bakery<td>13/04/2023<td>12.00<td>Catering
</table></body></html>"""

SHEETS = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="April"><Table>
<Row ss:Index="3"><Cell ss:MergeAcross="1"><Data ss:Type="String">Payments over 500</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">Supplier</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="String">Payment Date</Data></Cell>
<Cell><Data ss:Type="String">Amount</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">Acme Ltd</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="DateTime">2023-04-01T00:00:00.000</Data></Cell>
<Cell><Data ss:Type="Number">500.25</Data></Cell></Row>
<Row ss:Index="9"><Cell><Data ss:Type="String">Bell plc</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="DateTime">2023-04-02T00:00:00.000</Data></Cell>
<Cell><Data ss:Type="Number">-20</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


@pytest.mark.parametrize("name", ["spend.xls", "spend.html", "spend.csv"])
def test_a_page_under_any_name_gives_its_payments(tmp_path, name):
    (tmp_path / name).write_text(PAGE)
    (table,) = read([tmp_path]).files
    assert (table.rows_staged, table.rows_typed, table.total) == (2, 2, Decimal("1246.50"))
    assert table.mapping["supplier"] == "Supplier"
    assert table.payments["supplier"].to_pylist() == ["Smith & Sons Ltd", "Brown's Bakery"]


def test_an_xml_spreadsheet_keeps_rows_and_columns_where_they_stood(tmp_path):
    (tmp_path / "april.xls").write_text(SHEETS)
    (table,) = read([tmp_path]).files
    assert (table.sheet, table.header_row, table.rows_typed, table.total) == ("April", 4, 2, Decimal("480.25"))
    assert table.payments["row"].to_pylist() == [5, 9]


def test_cells_that_reach_down_stand_in_each_of_their_rows(tmp_path):
    rows = (
        "<tr><td rowspan=2>Acme Ltd</td><td>01/04/2024</td><td>900.00</td></tr>"
        "<tr><td>02/04/2024</td><td>700.00</td></tr>"
        "<tr><td rowspan=2>Bell plc</td><td rowspan=2>03/04/2024</td><td>500.00</td></tr><tr><td>600.00</td></tr>"
    )
    (tmp_path / "spend.xls").write_text(f"<table><tr><th>Supplier<th>Date<th>Amount</tr>{rows}</table>")
    (table,) = read([tmp_path]).files
    assert (table.rows_typed, table.total) == (4, Decimal("2700.00"))
    assert table.payments["supplier"].to_pylist() == ["Acme Ltd", "Acme Ltd", "Bell plc", "Bell plc"]


def test_a_number_that_reaches_down_is_one_payment():
    (grid,) = parse_markup("<table><tr><td>a<td rowspan=2>5.00<td>b<tr><td>c<td>d</table>", "utf-8")
    assert [c.to_pylist() for c in grid.columns] == [["a", "c"], ["5.00", ""], ["b", "d"]]


def test_a_page_without_payments_is_refused_in_words(tmp_path):
    (tmp_path / "spend.xls").write_text("<html><body><table><tr><td>Please log in</td></tr></table></body></html>")
    (table,) = read([tmp_path]).files
    assert [p.code for p in table.problems] == ["HF102"]
    assert "web page" in table.problems[0].message


def test_cells_without_end_make_no_column_beyond_the_limit():
    (grid,) = parse_markup('<table><tr><td colspan="9999999">a<td>b</table>', "utf-8")
    assert [p.code for p in grid.problems] == ["HF107"]
    assert grid.height == 0


@given(st.text(alphabet=st.sampled_from(list("<>/=\"' atrdhblecow:s!-?[]&;x1"))))
def test_any_text_can_be_parsed(text):
    for grid in parse_markup("<table>" + text, "utf-8"):
        assert all(len(c) == grid.height for c in grid.columns)
