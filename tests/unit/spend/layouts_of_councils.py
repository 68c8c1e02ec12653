# ruff: noqa: E501 - a layout reads best as one line
"""Layouts as English councils publish them: what ledgers call their columns, query names above the header, pivots."""

from __future__ import annotations

from datetime import date

from unit.spend.layout_list import JUNE, add, rows_of
from unit.spend.tables import (
    PAYMENTS,
    account,
    as_date,
    body_of,
    category,
    code,
    commas,
    const,
    csv_bytes,
    department,
    dmy,
    gross,
    header_of,
    later,
    net,
    number,
    ods_bytes,
    supplier,
    text,
    vat,
    xlsx_bytes,
)

# -- what stands in a column although its header says otherwise --------------------------------------------------------

add("codes-and-their-words-under-one-header", [
    ("Body Name", const("Rushmere District Council")), ("Transaction No", number), ("Supplier ID", code), ("Supplier Name", supplier),
    ("Payment Date", dmy), ("Account Code", account), ("Account Code", category), ("Cost Centre Code", const("R255")), ("Cost Centre Code", department),
    ("Amount", commas),
], headers={"category": "Account Code"})  # fmt: skip
add("code-column-in-words", [
    ("Invoice Date", dmy), ("Transaction Number", number), ("VAT Registration Number", const("")), ("Amount", net), ("Supplier Name(T)", supplier),
    ("Supplier Name", const("")), ("Expense Area(T)", department), ("Expense Code", account), ("Expense Code(T)", category),
], headers={"category": "Expense Code(T)"})  # fmt: skip
add("supplier-in-a-ledger-id-column", [
    ("Pay Date", dmy), ("Trans.Date", later(-12)), ("TransNo", number), ("Payment Amount (Net)", net), ("Invoice Amount (Gross)", gross),
    ("Service Area", department), ("Accounts Payable/Accounts Receivable ID", supplier), ("Description", text), ("VAT Type", const("STD - Standard Rate")),
])  # fmt: skip
add("supplier-number-that-says-invoice", [
    ("DIRECTORATE", department), ("PAYMENT DATE", dmy), ("PAYMENT AMOUNT", lambda p: f" {p.net:,.2f} "), ("PAYEE", supplier), ("SUPPLIER NO", const("Invoice")),
    ("ACTIVITY", category),
])  # fmt: skip
add("period-beside-a-date-headed-updated", [
    ("Updated", dmy), ("TT", const("II")), ("Transaction Number", number), ("Amount", net), ("Ap/Ar ID", code), ("Ap/Ar ID(T)", supplier),
    ("Period", const("202303")), ("Expense Area(T)", department), ("Cipfa(T)", category),
], headers={"date": "Updated", "supplier_id": "Ap/Ar ID"})  # fmt: skip
add("numbered-headers", [
    ("1. YEAR", const("2023/24")), ("2. MONTH", const("JUNE")), ("3. DATE INCURRED", later(-14, "%d/%m/%y")), ("4. DATE PAID", as_date("%d/%m/%y")), ("5. BENEFICIARY", supplier),
    ("6. SUPPLIER NO.", code), ("7. DEPARTMENT", department), ("8. PURPOSE OF EXPENDITURE", category), ("9. MERCHANT CATEGORY", category),
    ("Total", lambda p: f" £ {p.net:,.2f} "),
])  # fmt: skip
add("gross-and-vat-without-net", [
    ("Supplier Name", supplier), ("Supplier Code", code), ("Transaction Ref/No", number), ("Payment Date", dmy), ("Gross Value (Detail)", gross), ("Vat Amount", vat),
    ("Service Label", department), ("Expenditure Category", category), ("", const("")), ("Directorate", const("CHISER")), ("Directorate Description", department),
])  # fmt: skip
for _header in ("Type of Expenditure", "Expenditure Category/Description", "GL Code Description", "Material Group Description", "Spend Type",
                "Purpose of Expenditure (Expenditure Category)"):  # fmt: skip
    add(
        f"category-headed-{_header}",
        [
            ("Supplier", supplier),
            ("Posting Date", dmy),
            ("GL Code", account),
            (_header, category),
            ("Document Net Amount", net),
        ],
        headers={"category": _header},
    )

add("pivot-of-net-by-supplier-and-month", [("Supplier Name", supplier), ("Sum of Net GBP", net), ("Period of payment", const("Jun-23")), ("Faculty", department)],
    rows_of(days=JUNE))  # fmt: skip
add("line-total-beside-quantity-and-price", [
    ("Supplier", supplier), ("Date", dmy), ("Quantity", const("3")), ("Unit Price", gross), ("Line Total", net), ("Product", category),
])  # fmt: skip
add("pymnt-date-beside-document-date", [
    ("Vendor ID", code), ("Vendor", supplier), ("Doc Date", later(-14)), ("Pymnt Date", dmy), ("Doc Amt", net), ("VCSE", const("N")),
])  # fmt: skip
add("supplier-with-an-identifier-before-it", [
    ("Date", dmy), ("Supplier", lambda p: f"UK00{p.code}01 : {p.supplier}"), ("Transaction Number", number), ("Amount", commas),
])  # fmt: skip

# -- more above the header than titles ---------------------------------------------------------------------------------

_BROWSER = [
    ("", const("INSERTED DETAIL")), ("Supplier ID", code), ("Supplier ID(T)", supplier), ("Amount", net), ("Account", account), ("Account(T)", category),
    ("Payment Date", dmy), ("TransNo", number), ("Service(T)", department),
]  # fmt: skip
add("the-query-s-own-names-above-the-header", csv_bytes(_BROWSER, before=[
    ["query getbrowser 'x'"], ["sort 2"],
    ["columns", "apar_id", "xapar_id", "amount", "account", "xaccount", "payment_date", "voucher_no", "dim_1"],
]), headers={"amount": "Amount", "category": "Account(T)"})  # fmt: skip
add("the-query-s-own-names-and-a-title-above-the-header", csv_bytes(_BROWSER, before=[
    ["columns", "apar_id", "apar_name", "amount", "account", "xaccount", "payment_date", "voucher_no", "dim_1"], ["Transactions over 500"], [],
]), headers={"amount": "Amount", "supplier": "Supplier ID(T)"})  # fmt: skip
_TWICE = [("Date", dmy), ("Name", supplier), ("", department), ("Type", category), ("(£)", net)]
add(
    "headings-above-every-cell-of-the-header",
    csv_bytes(_TWICE, before=[["Payment", "Supplier", "Directorate", "Expense", "Amount"]]),
    headers={"category": "Expense Type", "department": "Directorate", "amount": "Amount (£)"},
)

# -- spreadsheets with a sheet for each month --------------------------------------------------------------------------

_UNDATED = [("Supplier", supplier), ("Department", department), ("Amount", lambda p: p.net)]
_TABLE = [header_of(_UNDATED), *body_of(_UNDATED)]
_MONTHS = ((date(2023, 4, 30), "Apr 2023"), (date(2023, 5, 31), "May-23"), (JUNE, "June 2023"))
_THREE = [row for day, _ in _MONTHS for row in rows_of(days=day)]
add("a-sheet-for-each-month", xlsx_bytes([(n, _TABLE, False) for _, n in _MONTHS]), _THREE, name="spend.xlsx")
add("a-sheet-for-each-month-ods", ods_bytes([(n, _TABLE, False) for _, n in _MONTHS]), _THREE, name="spend.ods")
add(
    "sheets-name-the-month-and-the-file-the-year",
    xlsx_bytes([("April", _TABLE, False), ("Spend in May", _TABLE, False), ("January", _TABLE, False)]),
    [row for day in (date(2023, 4, 30), date(2023, 5, 31), date(2024, 1, 31)) for row in rows_of(days=day)],
    name="Spend over 500 2023-24.xlsx",
)

# -- rows at the end and a second table --------------------------------------------------------------------------------

_PLAIN = [("Payment Date", dmy), ("Supplier", supplier), ("Department", department), ("Amount", net)]
_TOTAL = f"{sum(p.net for p in PAYMENTS):.2f}"
add(
    "the-number-of-payments-at-the-end",
    csv_bytes(
        _PLAIN, after=[["Number of payments", "", "", str(len(PAYMENTS))], ["Total value of payments", "", "", _TOTAL]]
    ),
)
add(
    "year-and-period-with-a-letter",
    [("Financial Year", const("2023-2024")), ("Period", const("P03")), ("Supplier", supplier), ("Net Amount", net)],
    rows_of(days=JUNE),
)
add(
    "period-of-a-financial-year-proved-by-the-name",
    [("Period", const("202403")), ("Supplier", supplier), ("Net Amount", net)],
    rows_of(days=JUNE),
    name="payments-june-2023.csv",
)
add(
    "period-of-the-financial-year-it-begins-in",
    [("Period", const("202303")), ("Supplier", supplier), ("Net Amount", net)],
    rows_of(days=JUNE),
    name="payments-june-2023.csv",
)
add(
    "days-first-opened-by-a-spreadsheet-that-puts-months-first",
    xlsx_bytes([("Sheet1", [["Supplier", "Payment Date", "Amount"], *[
        [p.supplier, date(p.day.year, p.day.day, p.day.month) if p.day.day <= 12 else f"{p.day:%d/%m/%Y}", p.net] for p in PAYMENTS
    ]], False)]),
    name="opened.xlsx",
)  # fmt: skip
