# ruff: noqa: E501 - a layout reads best as one line
"""Layouts that differ in how days and amounts are written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from unit.spend.layout_list import JUNE, add, rows_of
from unit.spend.tables import (
    accounting,
    as_date,
    commas,
    const,
    cr,
    cr_dr,
    csv_bytes,
    department,
    dmy,
    in_brackets,
    net,
    pounds,
    supplier,
    trailing_minus,
)

# -- when it was paid --------------------------------------------------------------------------------------------------

for _id, _how in {
    "named-month-short": as_date("%d-%b-%y"), "iso-with-zone": as_date("%Y-%m-%dT00:00:00Z"), "with-midnight": as_date("%d/%m/%Y 00:00:00"),
    "month-name-first": as_date("%B %d, %Y"), "compact": as_date("%Y%m%d"), "weekday": as_date("%a %d %b %Y"),
    "two-digit-year": as_date("%d/%m/%y"), "points": as_date("%d.%m.%y"), "slashes-year-first": as_date("%Y/%m/%d"),
    "long-name": as_date("%d %B %Y"), "time-with-am": as_date("%d/%m/%Y 12:00 AM"), "oracle-upper": lambda p: f"{p.day:%d-%b-%Y}".upper(),
    "apostrophe-year": as_date("%d %b '%y"), "underscores": as_date("%d_%m_%Y"),
}.items():  # fmt: skip
    add(
        f"date-{_id}",
        [("Supplier Name", supplier), ("Payment Date", _how), ("Net Amount", net), ("Service", department)],
    )
for _id, _header, _cell, _end in (
    ("month-and-year", "Month", "June 2023", JUNE), ("month-short", "Month Paid", "Jun-23", JUNE), ("period-number", "Period", "202306", JUNE),
    ("quarter", "Quarter", "Q2 2023", JUNE), ("quarter-fiscal", "Quarter", "2023/24 Q1", JUNE), ("quarter-months", "Period", "Apr-Jun 2023", JUNE),
    ("year-split", "Financial Year", "2022/23", date(2023, 3, 31)), ("quarter-words", "Quarter", "Quarter 1 2023/24", JUNE),
    ("qtr-fiscal-after", "Qtr", "Q1 2023-24", JUNE),
):  # fmt: skip
    add(
        f"period-{_id}",
        [("Supplier Name", supplier), (_header, const(_cell)), ("Amount", net), ("Service", department)],
        rows_of(days=_end),
    )
for _id, _parts in {
    "financial-year-and-period": [("Financial Year", const("2023/24")), ("Period", const("3"))],
    "year-and-closing-period": [("Fin Year", const("2022-23")), ("Period No", const("15"))],
    "year-that-ends-and-period": [("Financial Year", const("2024")), ("Accounting Period", const("03"))],
    "year-and-month-number": [("Year", const("2023")), ("Month Number", const("6"))],
}.items():
    add(
        f"period-{_id}",
        [("Supplier Name", supplier), *_parts, ("Amount", net), ("Service", department)],
        rows_of(days=date(2023, 3, 31) if "closing" in _id else JUNE),
    )
for _id, _month in (("named", as_date("%B")), ("numbered", as_date("%m"))):
    add(
        f"date-in-three-columns-{_id}",
        [("Supplier", supplier), ("Day", as_date("%d")), ("Month", _month), ("Year", as_date("%Y")), ("Amount", net)],
    )
for _id, _name, _end in (
    ("month", "Spend over £500 June 2023.csv", JUNE), ("quarter", "payments-to-suppliers-apr-jun-2023.csv", JUNE), ("iso", "2023-06.csv", JUNE),
    ("quarter-number", "Supplier payments Q1 2023-24.csv", JUNE), ("run-together", "expenditure_jun23.csv", JUNE),
    ("month-last", "2023 June payments.csv", JUNE), ("numeric-month-year", "Payments 06-2023.csv", JUNE),
):  # fmt: skip
    add(
        f"date-in-file-name-{_id}",
        csv_bytes([("Supplier Name", supplier), ("Amount", net), ("Service", department)]),
        rows_of(days=_end),
        name=_name,
    )
add("date-in-title-row", csv_bytes(
    [("Supplier Name", supplier), ("Amount", net), ("Service", department)], before=[["Payments over £500 made in June 2023"], []],
), rows_of(days=JUNE), name="download.csv")  # fmt: skip
add("year-and-month-in-two-columns", [
    ("Year", const("2023")), ("Month", const("June")), ("Supplier Name", supplier), ("Amount", net),
], rows_of(days=JUNE))  # fmt: skip

# -- how much ----------------------------------------------------------------------------------------------------------

for _id, _how in {
    "pounds-and-commas": pounds, "brackets": in_brackets, "trailing-minus": trailing_minus, "cr": cr, "cr-and-dr": cr_dr,
    "accounting-format": accounting, "gbp-before": lambda p: f"GBP {p.net:,.2f}", "gbp-after": lambda p: f"{p.net:,.2f} GBP",
    "minus-after-pound": lambda p: f"£{p.net:,.2f}", "brackets-then-pound": lambda p: f"(£{-p.net:,.2f})" if p.net < 0 else f"£{p.net:,.2f}",
    "spaces-for-thousands": lambda p: f"{p.net:,.2f}".replace(",", " "), "red-minus-with-space": lambda p: f"- {-p.net:.2f}" if p.net < 0 else f"{p.net:.2f}",
    "apostrophe-text": lambda p: f"'{p.net:.2f}", "trailing-space": lambda p: f"{p.net:.2f} ", "no-break-space": lambda p: f"\u00a0{p.net:,.2f}\u00a0",
    "scientific-and-long": lambda p: f"{p.net}000001", "plus-sign": lambda p: f"{p.net:+.2f}", "unicode-minus": lambda p: f"{p.net:.2f}".replace("-", "−"),
}.items():  # fmt: skip
    add(
        f"amount-{_id}", [("Supplier Name", supplier), ("Payment Date", dmy), ("Amount", _how), ("Service", department)]
    )
add("amount-pound-lost-in-encoding", [
    ("Supplier Name", supplier), ("Payment Date", dmy), ("Amount (\ufffd)", lambda p: pounds(p).replace("£", "\ufffd")), ("Service", department),
])  # fmt: skip
add("amount-dash-for-nil", csv_bytes(
    [("Supplier Name", supplier), ("Payment Date", dmy), ("Amount", commas), ("Service", department)],
    after=[["Umber Design", "30/06/2023", " £-   ", "Highways"]],
), [*rows_of(), (JUNE, "Umber Design", Decimal(0))])  # fmt: skip
