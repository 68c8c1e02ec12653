# ruff: noqa: E501 - a layout reads best as one line
"""Layouts that differ in what stands round the table, or hold it as a workbook or as records."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from unit.spend.layout_list import JUNE, Row, add, rows_of
from unit.spend.tables import (
    PAYMENTS,
    Column,
    Payment,
    body_of,
    commas,
    csv_bytes,
    department,
    dmy,
    header_of,
    net,
    ods_bytes,
    payments,
    supplier,
    written,
    xls_bytes,
    xlsx_bytes,
)

# -- what stands round the table ---------------------------------------------------------------------------------------

_PLAIN: list[Column] = [
    ("Supplier Name", supplier),
    ("Payment Date", dmy),
    ("Net Amount", net),
    ("Service", department),
]
_TOTAL = f"{sum(p.net for p in PAYMENTS):.2f}"
add("title-notes-and-long-explanation", csv_bytes(_PLAIN, before=[
    ["Rushmere Borough Council - Supplier payments", "", "", ""], ["June 2023"],
    ["This file lists payments over £500 made to suppliers. Amounts are net of recoverable VAT. Where the name of a supplier is personal "
     "data it has been redacted under the Data Protection Act. Date of payment is the date on which the payment left the bank."], [], ["", "", "", ""],
]))  # fmt: skip
add("total-named", csv_bytes(_PLAIN, after=[["Total", "", _TOTAL, ""]]))
add("total-unnamed", csv_bytes(_PLAIN, after=[["", "", _TOTAL, ""]]))
add("total-after-blank-lines-and-a-note", csv_bytes(
    _PLAIN, after=[[], ["", "", "", ""], ["TOTAL EXPENDITURE", "", _TOTAL, ""], ["* redacted under data protection", "", "", ""]]))  # fmt: skip
add("total-in-the-service-column", csv_bytes(
    [("Service", department), *_PLAIN[:3]], after=[["Grand Total", "", "", _TOTAL]]))  # fmt: skip


def _with_subtotals(label: str, columns: Sequence[Column] = _PLAIN) -> tuple[bytes, list[Row]]:
    groups: dict[str, list[Payment]] = {}
    for p in PAYMENTS:
        groups.setdefault(p.department, []).append(p)
    table: list[list[str]] = [header_of(columns)]
    for name, paid in groups.items():
        table += body_of(columns, paid)
        table.append([label.format(name), "", f"{sum(p.net for p in paid):.2f}", ""])
    table.append([label.format("Grand"), "", _TOTAL, ""])
    return written(table).encode(), rows_of([p for paid in groups.values() for p in paid])


add("subtotals-named-after-the-group", *_with_subtotals("{} Total"))
add("subtotals-without-words", *_with_subtotals(""))
add("subtotals-total-for", *_with_subtotals("Total for {}"))


def _with_sections() -> tuple[bytes, list[Row]]:
    groups: dict[str, list[Payment]] = {}
    for p in PAYMENTS:
        groups.setdefault(p.department, []).append(p)
    table: list[list[str]] = [header_of(_PLAIN[:3])]
    for name, paid in groups.items():
        table += [[name, "", ""], *body_of(_PLAIN[:3], paid), ["", "", ""]]
    return written(table).encode(), rows_of([p for paid in groups.values() for p in paid])


add("section-headings", *_with_sections())
add("header-again-every-ten-rows", written(
    [r for i, row in enumerate(body_of(_PLAIN)) for r in ([header_of(_PLAIN), row] if i % 10 == 0 else [row])]).encode())  # fmt: skip
add("merged-header-over-two-rows", written([
    ["Supplier", "", "Payment", "", "Department"], ["Name", "ID", "Date", "Amount (£)", ""],
    *[[p.supplier, p.code, dmy(p), net(p), p.department] for p in PAYMENTS],
]).encode())  # fmt: skip
add("header-words-broken-over-two-rows", written([
    ["Supplier", "Payment", "Net", "Service"], ["Name", "Date", "Amount", "Area"], *body_of(_PLAIN),
]).encode())  # fmt: skip
add("units-under-the-header", written([header_of(_PLAIN), ["", "", "£", ""], *body_of(_PLAIN)]).encode())
add("group-row-over-the-header", written([
    ["Who was paid", "", "What was paid", ""], header_of(_PLAIN), *body_of(_PLAIN)]).encode())  # fmt: skip
add("field-numbers-under-the-header", written([header_of(_PLAIN), ["1", "2", "3", "4"], *body_of(_PLAIN)]).encode())
add(
    "line-breaks-in-headers",
    [("Supplier\nName", supplier), ("Payment\nDate", dmy), ("Net\nAmount\n(£)", commas), ("Service\nArea", department)],
)
add("blank-columns-before-and-between", written(
    [["", r[0], "", r[1], r[2], "", r[3], "", "", ""] for r in [header_of(_PLAIN), *body_of(_PLAIN)]]).encode())  # fmt: skip
add(
    "row-numbers-without-header",
    written([["", *header_of(_PLAIN)], *[[str(i), *r] for i, r in enumerate(body_of(_PLAIN))]]).encode(),
)
add("no-header-at-all", written(body_of([("", department), ("", supplier), ("", dmy), ("", net)])).encode())
add("sep-line-first", ("sep=,\r\n" + csv_bytes(_PLAIN).decode()).encode())
add("whole-lines-in-quotes", "".join(f'"{line}"\r\n' for line in written(
    [header_of(_PLAIN), *[[c.replace(",", "") for c in r] for r in body_of(_PLAIN)]]).splitlines()).encode(),
    [(d, s.replace(",", "") if s else s, a) for d, s, a in rows_of()])  # fmt: skip
add("tabs-named-csv", csv_bytes(_PLAIN, delimiter="\t"))
add("pipes", csv_bytes(_PLAIN, delimiter="|"), name="pipes.txt")
add("unicode-text-of-a-spreadsheet", csv_bytes(_PLAIN, delimiter="\t", encoding="utf-16"), name="unicode.txt")
add("everything-quoted", csv_bytes(_PLAIN, quote_all=True))
add("trailing-commas", "".join(f"{line},,,,,,,\r\n" for line in csv_bytes(_PLAIN).decode().splitlines()).encode())
add("notes-column-at-the-side", written(
    [[*header_of(_PLAIN), "", "Notes: figures exclude VAT"], *[[*r, "", "See website"] if i == 3 else r for i, r in enumerate(body_of(_PLAIN))]]).encode())  # fmt: skip
add("key-table-at-the-side", written(
    [[*header_of(_PLAIN), "", "Code", "Meaning"], *[[*r, "", f"A{i}", "Something"] if i < 4 else r for i, r in enumerate(body_of(_PLAIN))]]).encode())  # fmt: skip
add("one-row", csv_bytes(_PLAIN, PAYMENTS[:1]), rows_of(PAYMENTS[:1]))
add(
    "two-rows-and-a-total",
    csv_bytes(_PLAIN, PAYMENTS[:2], after=[["Total", "", f"{sum(p.net for p in PAYMENTS[:2]):.2f}", ""]]),
    rows_of(PAYMENTS[:2]),
)
add(
    "ambiguous-dates-in-the-uk",
    csv_bytes(_PLAIN, payments(12, start=date(2023, 6, 1), days=11)),
    rows_of(payments(12, start=date(2023, 6, 1), days=11)),
)

# -- workbooks ---------------------------------------------------------------------------------------------------------

_REAL: list[Column] = [
    ("Supplier Name", supplier), ("Payment Date", lambda p: p.day), ("Net Amount", lambda p: p.net), ("Service", department)]  # fmt: skip
_COVER = [
    ["Payments to suppliers over £500"],
    ["Published by", "Rushmere Borough Council"],
    ["Contact", "Finance team"],
]
_DATA = [header_of(_REAL), *body_of(_REAL)]


def _pivot() -> list[list[Any]]:
    sums: dict[str, Decimal] = {}
    for p in PAYMENTS:
        sums[p.supplier] = sums.get(p.supplier, Decimal(0)) + p.net
    return [
        ["Row Labels", "Sum of Net Amount"],
        *[[s, v] for s, v in sorted(sums.items())],
        ["Grand Total", sum(sums.values())],
    ]


for _kind, _make in (("xlsx", xlsx_bytes), ("xls", xls_bytes), ("ods", ods_bytes)):
    add(f"{_kind}-plain", _make([("Sheet1", _DATA, False)]), name=f"plain.{_kind}")
    add(
        f"{_kind}-cover-data-pivot",
        _make([("Cover", _COVER, False), ("Data", _DATA, False), ("Pivot", _pivot(), False)]),
        name=f"cover.{_kind}",
    )
    add(
        f"{_kind}-title-and-total",
        _make([("June", [["Spend June 2023"], [""], *_DATA, ["Total", "", Decimal(_TOTAL), ""]], False)]),
        name=f"titled.{_kind}",
    )
    add(
        f"{_kind}-hidden-lookup-sheet",
        _make([("Data", _DATA, False), ("Lookup", [["Code", "Description"], ["41100", "Repairs"]], True)]),
        name=f"lookup.{_kind}",
    )
    add(f"{_kind}-one-sheet-per-week", _make([("Week 1", [header_of(_REAL), *body_of(_REAL, PAYMENTS[:18])], False),
        ("Week 2", [header_of(_REAL), *body_of(_REAL, PAYMENTS[18:])], False)]), name=f"weeks.{_kind}")  # fmt: skip
add(
    "xlsx-table-away-from-the-corner",
    xlsx_bytes([("Sheet1", [[""], ["", "", "Supplier spend"], [""], *[["", "", *r] for r in _DATA]], False)]),
    name="away.xlsx",
)
add(
    "xlsx-dates-as-text",
    xlsx_bytes([("Sheet1", [header_of(_PLAIN), *body_of([_PLAIN[0], _PLAIN[1], _REAL[2], _PLAIN[3]])], False)]),
    name="text-dates.xlsx",
)
add("xlsx-pivot-by-supplier-is-the-only-sheet", xlsx_bytes([("Sheet1", [["Supplier", "Total Spend"], ["Umber Design", Decimal("12.50")], ["Whinfell Farm", Decimal("99.99")],
    ["Ivybridge Taxis", Decimal("7.00")]], False)]), [(JUNE, "Umber Design", Decimal("12.50")), (JUNE, "Whinfell Farm", Decimal("99.99")),
    (JUNE, "Ivybridge Taxis", Decimal("7.00"))], name="supplier-spend-june-2023.xlsx")  # fmt: skip

# -- records -----------------------------------------------------------------------------------------------------------

_RECORDS = [
    {"supplier_name": p.supplier, "payment_date": p.day.isoformat(), "amount": float(p.net), "department": p.department}
    for p in PAYMENTS
]
add("json-list", json.dumps(_RECORDS).encode(), name="payments.json")
add(
    "json-datastore",
    json.dumps({"success": True, "result": {"fields": [{"id": "supplier_name"}], "records": _RECORDS}}).encode(),
    name="datastore.json",
)
add("json-lines", "\n".join(json.dumps(r) for r in _RECORDS).encode(), name="payments.jsonl")
add(
    "json-nested",
    json.dumps(
        [
            {"payee": {"name": p.supplier, "id": p.code}, "paid": {"date": p.day.isoformat(), "amount": f"{p.net}"}}
            for p in PAYMENTS
        ]
    ).encode(),
    name="nested.json",
)
