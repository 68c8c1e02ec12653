# ruff: noqa: E501 - a layout reads best as one line
"""Layouts that publishers use, each with what must be read from it. Written from knowledge of real files; every row is invented."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from unit.spend.tables import (
    PAYMENTS,
    Column,
    Payment,
    account,
    accounting,
    as_date,
    body_of,
    category,
    code,
    commas,
    const,
    continental,
    continental_euro,
    cr,
    cr_dr,
    csv_bytes,
    department,
    dmy,
    dollars,
    gross,
    header_of,
    in_brackets,
    later,
    mdy_short,
    net,
    number,
    ods_bytes,
    payments,
    postcode,
    pounds,
    serial,
    supplier,
    text,
    trailing_minus,
    vat,
    written,
    xls_bytes,
    xlsx_bytes,
)

Row = tuple[date | None, str | None, Decimal]


@dataclass(frozen=True)
class Layout:
    """A file and the payments in it, in order: (day, supplier, amount)."""

    id: str
    name: str
    data: bytes
    rows: Sequence[Row]
    pack: str = "uk"
    headers: dict[str, str] | None = None
    kind: str | None = None
    currency: str | None = None


LAYOUTS: list[Layout] = []


def rows_of(
    paid: Sequence[Payment] = PAYMENTS, *, days: Any = True, names: bool = True, gross: bool = False
) -> list[Row]:
    """What must be read: ``days`` may be a day that stands for all, or ``None`` where the file gives none."""
    return [(p.day if days is True else days, p.supplier if names else None, p.gross if gross else p.net) for p in paid]


def add(
    id: str, data: bytes | Sequence[Column], rows: Sequence[Row] | None = None, *, name: str = "", **more: Any
) -> None:
    made = data if isinstance(data, bytes) else csv_bytes(data)
    LAYOUTS.append(Layout(id, name or "payments.csv", made, rows if rows is not None else rows_of(), **more))


JUNE = date(2023, 6, 30)

# -- councils: the official template and the exports of ledgers --------------------------------------------------------

add("council-transparency-code-template", [
    ("Organisation Name", const("Rushmere Borough Council")), ("Organisation Code", const("http://example.org/id/rm")),
    ("Effective Date", const("30/06/2023")), ("Directorate", department), ("Service Category Label", category),
    ("Service Category URI", const("")), ("Supplier (Beneficiary) Name", supplier), ("Supplier (Beneficiary) ID", code),
    ("VAT Registration Number", const("")), ("Payment Date", dmy), ("Transaction Number", number), ("Net Amount", net),
    ("Irrecoverable VAT", const("0.00")), ("Purpose of Expenditure", text), ("Procurement Category", category),
    ("Procurement Category Code", account),
])  # fmt: skip
add("unit4-agresso-browser", [
    ("Account", account), ("Account(T)", category), ("Costc", const("C100")), ("Costc(T)", department), ("TransNo", number),
    ("Trans.date", dmy), ("ApAr ID", code), ("ApAr ID(T)", supplier), ("Text", text), ("Amount", net),
])  # fmt: skip
add("unit4-agresso-redacted-name", [
    ("Cat. description", category), ("BVACOP", department), ("Redacted Supplier Name", supplier), ("Supplier ID", code),
    ("Paid Date", dmy), ("TransNo", number), ("Amount (£) excl VAT", commas),
])  # fmt: skip
add("unit4-agresso-supplier-t", [
    ("Client", const("RB")), ("Client(T)", const("Rushmere Borough Council")), ("Supplier", code), ("Supplier(T)", supplier),
    ("Period", const("202303")), ("Payment date", dmy), ("Amount", net), ("Account(T)", category), ("Service(T)", department),
])  # fmt: skip
add("sap-fbl1n-line-items", [
    ("CoCd", const("1000")), ("Vendor", code), ("Name 1", supplier), ("DocumentNo", number), ("Type", const("KR")),
    ("Doc. Date", later(-30, "%d.%m.%Y")), ("Pstng Date", later(-10, "%d.%m.%Y")), ("Clearing", as_date("%d.%m.%Y")),
    ("Amount in local cur.", net), ("LCurr", const("GBP")), ("G/L", account), ("Cost Ctr", const("41200")), ("Text", text),
])  # fmt: skip
add("sap-clearing-and-posting-date", [
    ("Company Code", const("1000")), ("Vendor Number", code), ("Vendor Name", supplier), ("Posting Date", later(-12, "%d.%m.%Y")),
    ("Clearing Date", as_date("%d.%m.%Y")), ("Amount in LC", trailing_minus), ("G/L Account", account),
    ("G/L Account Description", category), ("Cost Centre", const("41200")), ("Cost Centre Description", department),
])  # fmt: skip
add("oracle-ap-distributions", [
    ("Vendor Name", supplier), ("Vendor Number", code), ("Invoice Num", number), ("Invoice Date", later(-30)),
    ("Payment Date", dmy), ("Check Number", number), ("Invoice Distribution Amount", net),
    ("Cost Centre Description", department), ("Subjective Description", category),
])  # fmt: skip
add("oracle-fusion-ledger-currency", [
    ("Business Unit", const("Rushmere BC")), ("Supplier Name", supplier), ("Supplier Number", code),
    ("Payment Number", number), ("Payment Date", as_date("%d-%b-%Y")), ("Payment Amount (Ledger Currency)", commas),
    ("Payment Status", const("Cleared")),
])  # fmt: skip
add("civica-gross-first", [
    ("Creditor Name", supplier), ("Creditor No", code), ("BACS Date", dmy), ("Gross Amount", gross), ("VAT Amount", vat),
    ("Net Amount", net), ("Detail Code Description", category),
])  # fmt: skip
add("technology-one-ledger", [
    ("Ledger", const("AP")), ("Supplier Name (T)", supplier), ("Account", account), ("Posting Date", dmy),
    ("Ref1", number), ("Narration1", text), ("Amount", net),
])  # fmt: skip
add("integra-supplier-is-a-number", [
    ("Supplier", code), ("Supplier Name", supplier), ("Trans Date", dmy), ("Reference", number), ("Net Value", net),
    ("Detail Code", account), ("Detail Code Desc", category), ("Cost Centre Desc", department),
])  # fmt: skip
add("efinancials-base-value", [
    ("Supplier Code", code), ("Supplier Name", supplier), ("Pay Date", dmy), ("Journal", number), ("Base Value", net),
    ("Element 1 Desc", department), ("Element 2 Desc", category),
])  # fmt: skip
add("vendor-and-vendor-description", [
    ("Vendor", code), ("Vendor Description", supplier), ("Document Date", dmy), ("Doc No", number), ("Value £", commas),
    ("Expenditure Category", category),
])  # fmt: skip
add("net-inv-amt-and-pay-dt", [
    ("Sup Name", supplier), ("Sup No", code), ("Inv No", number), ("Pay Dt", dmy), ("Net Inv Amt", net), ("Dept", department),
])  # fmt: skip
add("shouting-snake-case", [
    ("SUPPLIER_NAME", supplier), ("SUPPLIER_ID", code), ("PAYMENT_DATE", dmy), ("NET_AMT", net), ("CC_DESC", department),
])  # fmt: skip
add("payee-and-pound-sign-alone", [("Payee", supplier), ("Date", dmy), ("Service", department), ("£", commas)])
add(
    "spend-in-brackets-pounds",
    [("Supplier", supplier), ("Date Paid", dmy), ("Spend (£)", commas), ("Directorate", department)],
)
add("sum-of-net-amount", [
    ("Directorate", department), ("Supplier Name", supplier), ("Payment Date", dmy), ("Sum of Net Amount", net),
])  # fmt: skip
add("excl-and-incl-vat-totals", [
    ("Supplier", supplier), ("Invoice Date", later(-20)), ("Paid Date", dmy), ("Total (incl. VAT)", gross),
    ("Total (excl. VAT)", net), ("Description", text),
])  # fmt: skip
add("amount-gross-beside-net-amount", [
    ("Supplier", supplier), ("Date", dmy), ("Amount", gross), ("Net Amount", net), ("Department", department),
])  # fmt: skip
add("net-vat-total-unlabelled-basis", [
    ("Supplier", supplier), ("Date", dmy), ("Goods", net), ("VAT", vat), ("Total", gross), ("Department", department),
])  # fmt: skip
add("value-vat-gross", [
    ("Name", supplier), ("Date", dmy), ("Value", net), ("VAT", vat), ("Invoice Total", gross), ("Details", text),
])  # fmt: skip
add("gross-only", [
    ("Supplier Name", supplier), ("Payment Date", dmy), ("Gross Amount", gross), ("Service", department),
], rows_of(gross=True))  # fmt: skip
add("invoice-total-repeated-beside-line-amount", [
    ("Supplier Name", supplier), ("Invoice Number", number), ("Payment Date", dmy),
    ("Invoice Total", lambda p: f"{p.net * 3:.2f}"), ("Line Amount", net), ("Line Description", text),
])  # fmt: skip
add("year-to-date-beside-amount", [
    ("Supplier Name", supplier), ("Payment Date", dmy), ("Amount", net), ("YTD Amount", lambda p: f"{p.net * 5:.2f}"),
])  # fmt: skip
add("three-dates", [
    ("Supplier Name", supplier), ("Invoice Date", later(-40)), ("Due Date", later(-2)), ("Date Posted", later(-9)),
    ("Payment Date", dmy), ("Amount", net),
])  # fmt: skip
add(
    "invoice-date-only",
    [("Supplier", supplier), ("Invoice Date", dmy), ("Invoice Amount Exc VAT", net), ("Dept", department)],
)
add("welsh-and-english", [
    ("Enw'r Cyflenwr / Supplier Name", supplier), ("Dyddiad Talu / Date Paid", dmy), ("Swm / Amount (£)", commas),
    ("Gwasanaeth / Service", department),
])  # fmt: skip
add("northern-ireland-paid-date", [
    ("Supplier Name", supplier), ("Supplier Number", code), ("Paid Date", as_date("%d-%b-%y")), ("Invoice Net Value £", commas),
    ("Directorate", department),
])  # fmt: skip
add("debit-and-credit-columns", [
    ("Supplier", supplier), ("Date", dmy), ("Details", text),
    ("Debit", lambda p: f"{p.net:.2f}" if p.net > 0 else ""), ("Credit", lambda p: f"{-p.net:.2f}" if p.net < 0 else ""),
])  # fmt: skip
add("supplier-type-and-class-before-name", [
    ("Supplier Type", const("TRADE")), ("Supplier Category", category), ("Supplier", supplier), ("Date", dmy), ("Amount", net),
])  # fmt: skip
add("expenditure-code-beside-amounts-that-are-whole", [
    ("Directorate", department), ("Expenditure Code", account), ("Payee Name", supplier), ("Date of Payment", dmy),
    ("Amount Paid £", lambda p: str(p.net.to_integral_value())),
], [(p.day, p.supplier, p.net.to_integral_value()) for p in PAYMENTS])  # fmt: skip

# -- towns, parishes, police, fire, schools, universities, housing -----------------------------------------------------

add("parish-rbs-list-of-payments", csv_bytes(
    [("Date Paid", dmy), ("Payee Name", supplier), ("Reference", const("BACS")), ("Amount Paid", net), ("Authorized Ref", number),
     ("Transaction Detail", text)],
    before=[["Anywhere Town Council Current Year", "", "", "", "", ""], ["List of Payments made between 01/06/2023 and 30/06/2023"], []],
    after=[["", "", "Total Payments", f"{sum(p.net for p in PAYMENTS):.2f}", "", ""]],
))  # fmt: skip
add("parish-scribe-vouchers", [
    ("Voucher", number), ("Code", category), ("Date", dmy), ("Minute", const("23/45")), ("Bank", const("Current")),
    ("Cheque No", const("")), ("Description", text), ("Supplier", supplier), ("VAT Type", const("S")), ("Net", net), ("VAT", vat),
    ("Total", gross),
])  # fmt: skip
add("police-commissioner", csv_bytes(
    [("Supplier Name", supplier), ("Date of Invoice", later(-21)), ("Payment Date", dmy), ("Invoice Value (exc VAT)", commas),
     ("VAT", lambda p: f"{p.vat:,.2f}"), ("Expense Type", category)],
    before=[["Office of the Police and Crime Commissioner"], ["Payments to suppliers over £500 - June 2023"], []],
))  # fmt: skip
add("fire-authority-payments-made-to", csv_bytes(
    [("Payment Made To", supplier), ("Payment Date", dmy), ("Amount", pounds), ("Purpose", text)],
    before=[["FIRE AND RESCUE AUTHORITY", "", "", ""], ["", "", "", ""]], encoding="cp1252",
))  # fmt: skip
add("university-schools", [
    ("Supplier", supplier), ("Invoice No", number), ("Invoice Date", dmy), ("School/Department", department),
    ("Amount exc. VAT (£)", commas),
])  # fmt: skip
add("academy-trust-sage", [
    ("No", number), ("Type", const("PI")), ("Date", dmy), ("Ref", number), ("A/C", code), ("Name", supplier), ("Details", text),
    ("Net Amount", net), ("Tax Amount", vat), ("Gross Amount", gross),
])  # fmt: skip
add("housing-association", [
    ("Supplier Name", supplier), ("Supplier Postcode", postcode), ("Category", category), ("Invoice Date", dmy),
    ("Net Spend", commas),
])  # fmt: skip
add("combined-authority-transport", [
    ("Mode", const("BUS")), ("Operator", supplier), ("Payment Date", dmy), ("Contract Payment (£)", commas),
])  # fmt: skip
add("grants-organisation-awarded", [
    ("Name of Organisation", supplier), ("Date Awarded", dmy), ("Amount Awarded", net), ("Purpose of Grant", text),
], name="voluntary-grants.csv")  # fmt: skip

# -- central government and NHS ----------------------------------------------------------------------------------------

add("treasury-25k-template", [
    ("Department family", const("Department for Something")), ("Entity", const("Agency of Something")), ("Date", dmy),
    ("Expense Type", category), ("Expense area", department), ("Supplier", supplier), ("Transaction number", number),
    ("AP Amount (£)", commas), ("VAT registration number", const("")), ("Purchase invoice number", number),
])  # fmt: skip
add("central-amount-in-sterling", [
    ("Departmental Family", const("Department for Something")), ("Entity", const("Agency")), ("Date", as_date("%d/%m/%y")),
    ("Expense Type", category), ("Expense Area", department), ("Supplier", supplier), ("Transaction Number", number),
    ("Amount in Sterling", commas), ("Supplier Post Code", postcode), ("Supplier Type", const("VENDOR")),
    ("Contract Number", const("")), ("Project Code", const("")), ("Expenditure Type", const("Admin")), ("Item Text", text),
])  # fmt: skip
add("nhs-invoice-amount", [
    ("Department Family", const("Department of Health")), ("Entity", const("Rushmere NHS Trust")), ("Payment Date", as_date("%d-%b-%y")),
    ("Expense Type", category), ("Expense Area", department), ("Supplier", supplier), ("AP Transaction Number", number),
    ("AP Invoice Amount", commas), ("VAT Registration No.", const("")), ("Purchase Order No", number),
])  # fmt: skip
add("nhs-sbs-cost-centre", csv_bytes(
    [("Entity", const("NHS Rushmere ICB")), ("Date", as_date("%d/%m/%Y")), ("Expense Type", category), ("Expense Area", department),
     ("Supplier", supplier), ("Transaction Number", number), ("Amount", accounting)],
    before=[["Payments Over £25k Report"], ["Period:", "JUN-23"], []],
))  # fmt: skip
add("nhs-sum-of-amount-pivot-style", csv_bytes(
    [("Supplier", supplier), ("Date", dmy), ("Expense Type", category), ("Sum of AP Amount (£)", commas)],
    after=[["Grand Total", "", "", f"{sum(p.net for p in PAYMENTS):,.2f}"]],
))  # fmt: skip
add("dates-as-excel-serials", [
    ("Department", const("DfS")), ("Entity", const("Agency")), ("Date", serial), ("Supplier", supplier), ("Amount", net),
])  # fmt: skip

# -- cards -------------------------------------------------------------------------------------------------------------

add("card-barclaycard-export", [
    ("FIN.TRANSACTION DATE", dmy), ("FIN.POSTING DATE", later(2)), ("FIN.TRANSACTION AMOUNT", net),
    ("FIN.ORIGINAL CURRENCY CODE", const("GBP")), ("MCH.MERCHANT NAME", supplier), ("MCH.CITY NAME", const("RUSHMERE")),
    ("MCH.MERCHANT CATEGORY CODE", const("5812")),
], kind="card", name="p-card-june-2023.csv")  # fmt: skip
add("card-merchant-category", [
    ("Directorate", department), ("Transaction Date", dmy), ("Merchant", supplier), ("Merchant Category", category),
    ("Billing Amount", pounds),
], kind="card")  # fmt: skip
add("card-net-and-vat", [
    ("TRANS DATE", as_date("%d-%b-%Y")), ("TRANS VAT DESC", const("VR")), ("ORIGINAL GROSS AMT", gross), ("MERCHANT NAME", supplier),
    ("CARD NUMBER", const("************1234")), ("TRANS CAC CODE 1", account), ("TRANS CAC DESC 1", category),
    ("TRANS TAX AMT", vat), ("TRANS ORIGINAL NET AMT", net),
], kind="card", name="purchase-cards-2023-06.csv")  # fmt: skip

# -- United States -----------------------------------------------------------------------------------------------------

add("us-city-check-register", csv_bytes(
    [("Check #", number), ("Check Date", mdy_short), ("Vendor #", code), ("Vendor Name", supplier), ("Check Amount", dollars)],
    before=[["CITY OF RIVERMOUTH"], ["CHECK REGISTER", "", "", "", "PAGE 1"], []],
), pack="us", currency="USD")  # fmt: skip
add("us-nyc-checkbook", [
    ("Agency", department), ("Capital Project", const("")), ("Check Amount", net), ("Contract ID", const("")), ("Department", department),
    ("Document ID", number), ("Expense Category", category), ("Fiscal year", const("2023")), ("Industry", const("Services")),
    ("Issue Date", as_date("%Y-%m-%d")), ("Payee Name", supplier),
], pack="us")  # fmt: skip
add("us-socrata-checkbook", [
    ("fiscal_year", const("2023")), ("department_name", department), ("vendor_name", supplier),
    ("transaction_date", as_date("%Y-%m-%dT00:00:00.000")), ("dollar_amount", net), ("detailed_item_description", text),
    ("fund_name", const("General Fund")), ("account_name", category),
], pack="us")  # fmt: skip
add("us-state-agency-checkbook", [
    ("Agency Name", department), ("Vendor Name", supplier), ("Object Description", category), ("Payment Date", as_date("%m/%d/%Y")),
    ("Payment Amount", lambda p: f"{p.net:.2f}"), ("Fiscal Year", const("2023")),
], pack="us")  # fmt: skip
add("us-warrant-register", [
    ("WARRANT NO", number), ("WARRANT DATE", as_date("%m/%d/%y")), ("PAYEE", supplier), ("WARRANT AMT", dollars),
], pack="us")  # fmt: skip
add("us-county-zip-and-category", [
    ("Department", department), ("Service", category), ("Vendor", supplier), ("Amount", net), ("Payment Description", text),
    ("Payment Date", as_date("%m/%d/%Y")), ("Fiscal Year", const("2023")), ("Invoice ID", number), ("Zip Code", const("20850")),
], pack="us")  # fmt: skip
add("us-munis-ap-invoices", [
    ("VENDOR", code), ("VENDOR NAME", supplier), ("DOCUMENT", number), ("INV DATE", later(-15, "%m/%d/%Y")), ("CHECK DATE", as_date("%m/%d/%Y")),
    ("ORG", const("10010")), ("OBJECT", account), ("ACCOUNT DESC", category), ("AMOUNT", commas),
], pack="us")  # fmt: skip
add("us-school-board-bills", [
    ("Payable To", supplier), ("Check Dt", as_date("%b %d, %Y")), ("Chk No", number), ("Account Description", category), ("Amt", commas),
], pack="us")  # fmt: skip
add("us-year-only", [
    ("Fiscal Year", const("2023")), ("Supplier", supplier), ("City", const("Springfield")), ("State", const("IL")), ("Payment Amt", net),
], rows_of(days=JUNE), pack="us")  # fmt: skip
add("us-year-and-month-columns", [
    ("FISCAL_YEAR", const("2023")), ("VENDOR", supplier), ("PYMT_DATE", as_date("%m/%d/%Y")), ("PYMT_AMT", net), ("DEPT", department),
    ("ACCOUNT_DESCR", category),
], pack="us")  # fmt: skip

# -- elsewhere ---------------------------------------------------------------------------------------------------------

add("ireland-over-20000", csv_bytes(
    [("Supplier", supplier), ("Description", text), ("Paid Amount €", lambda p: f"€{p.net:,.2f}" if p.net > 0 else f"-€{-p.net:,.2f}"), ("Payment Date", dmy)],
    before=[["Payments over €20,000 - Quarter 2 2023"], []],
), currency="EUR")  # fmt: skip
add("spain-proveedores", csv_bytes(
    [("Proveedor", supplier), ("CIF", const("B12345678")), ("Fecha de pago", dmy), ("Concepto", text), ("Importe", continental_euro)],
    delimiter=";", encoding="cp1252",
), currency="EUR")  # fmt: skip
add("france-fournisseur", csv_bytes(
    [("Fournisseur", supplier), ("Date de paiement", dmy), ("Libellé", text), ("Montant HT", continental)], delimiter=";",
))  # fmt: skip
add("germany-zahlungen", csv_bytes(
    [("Empfänger", supplier), ("Datum", as_date("%d.%m.%Y")), ("Verwendungszweck", text), ("Betrag", continental)], delimiter=";",
))  # fmt: skip
add("brazil-fornecedor", csv_bytes(
    [("Fornecedor", supplier), ("Data do pagamento", dmy), ("Descrição", text), ("Valor", continental)], delimiter=";",
))  # fmt: skip
add("australia-aud", [
    ("Supplier Name", supplier), ("Payment Date", as_date("%d-%b-%Y")), ("Amount (AUD)", dollars), ("Description", text),
])  # fmt: skip
add("semicolons-and-decimal-commas", csv_bytes(
    [("Supplier", supplier), ("Date", as_date("%d.%m.%Y")), ("Amount", continental), ("Description", text)], delimiter=";",
))  # fmt: skip

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

# -- one word after another: the same plain table with other wording for one column ------------------------------------

for _words in (
    "Amount", "Net Amount", "Amount (£)", "Amount £", "£ Amount", "Amount (GBP)", "Net Amount (£)", "Net (£)", "Value", "Value (£)", "Value £ (exc VAT)",
    "Total", "Total (£)", "Total Value", "Total Amount (excl VAT)", "Total Spend", "Payment", "Payment Amount", "Payment Value", "Payment Total",
    "Payment (£)", "Paid Amount", "Amount Paid", "Amount paid (excluding VAT)", "Amount Ex Vat", "Amount ExVAT", "Amount excl. VAT £", "AmountNet", "NetAmount", "Net Amt",
    "Nett Amount", "Nett Value", "Nett", "Net Value", "Net Payment", "Net Inv. Value", "Net Total", "Net Cost", "Net Expenditure", "Net of VAT", "Cost", "Cost (£)",
    "Cost Excluding VAT", "Actual", "Actuals", "Actual Amount", "Actual Spend", "Actual Value (£)", "Spend", "Spend £", "Spend Amount", "Expenditure", "Expenditure (£)",
    "Expenditure Amount", "Invoice Amount", "Invoice Value", "Invoice Amount (Net)", "Inv Amount", "Inv Net Amt", "Line Amount", "Line Value", "Line Total", "Item Amount",
    "Transaction Amount", "Transaction Value", "Trans Amount", "Trans Amt", "Posted Amount", "Ledger Amount", "Journal Amount", "GL Amount", "Base Amount", "Base Value",
    "Home Value", "Local Amount", "Curr. amount", "Currency Amount", "Amount in Local Currency", "Amount in LC", "Amount LC", "Amount in Doc Currency", "Dist Amount",
    "Distribution Amount", "Invoice Distribution Amount", "Functional Amount", "Accounted Amount", "Entered Amount", "Disbursed", "Disbursement", "Sum", "Sum of Amount",
    "Sum of Value", "Sum of £", "£", "£s", "£p", "GBP", "Pounds", "Sterling", "Price", "Fee", "Amount of Expenditure", "Amount of Transaction (£)", "Amount of Payment", "Debit",
    "Payments", "Payment Amount Excluding VAT", "Amt", "Amt Paid", "Net Amt £", "Amount Net Of Recoverable VAT", "Amount (net of recoverable VAT)", "Amount excluding recoverable VAT",
    "Amount Net VAT", "Net Amount Excl. VAT", "Total Cost", "Total Net", "Total Paid", "Total Expenditure", "Total Payments", "Total excl VAT", "Sub Total", "Goods Value", "Goods Amount",
    "Merch Amount", "BilledAmount", "Billing Amount", "Settlement Amount", "Amount Charged", "Charge", "Figure", "Allocated Amount", "Amount Spent", "Contract Payment",
):  # fmt: skip
    add(
        f"amount-headed-{_words}",
        [
            ("Supplier Name", supplier),
            ("Supplier ID", code),
            ("Payment Date", dmy),
            (_words, commas),
            ("Service", department),
            ("Nominal", account),
        ],
    )

for _words in (
    "Supplier", "Supplier Name", "Suppliers", "Supplier Names", "SupplierName", "Supplier's Name", "Name of Supplier", "Supplier Description", "Supplier Desc", "Supplier / Payee", "Supplier (Redacted)",
    "Supplier Name (redacted where personal)", "Redacted Supplier Name", "Supplier Full Name", "Supplier Long Name", "Sup Name", "Suppl Name", "Supp Name", "Supplier Nm", "Vendor", "Vendor Name", "Vendors",
    "Vendor Legal Name", "Vendor DBA", "Vendor / Payee Name", "Vendor Name 1", "Payee", "Payee Name", "Payees", "Payee / Supplier", "Name of Payee", "Payable To", "Paid To", "Pay To", "Payment Made To",
    "Payment To", "Payments To", "Beneficiary", "Beneficiary Name", "Beneficiary/Supplier", "Creditor", "Creditor Name", "Creditor's Name", "Creditors Name", "Name of Creditor", "Trade Creditor", "Contractor",
    "Contractor Name", "Provider", "Provider Name", "Service Provider", "Merchant", "Merchant Name", "Recipient", "Recipient Name", "Recipient of Payment", "Company", "Company Name", "Name", "Name 1", "Trading Name",
    "Account Name", "Organisation Paid", "Organisation Name", "Organisation", "Firm", "Business Name", "Customer Name", "Client Name", "Third Party", "Third Party Name", "Counterparty", "Counter Party", "Party Name",
    "Payment Recipient", "Bank Account Name", "Remit To", "Remit To Name", "Supplier Title", "Supplier Trading Name", "Supplier Known As", "Apar Name", "AP Name", "ApAr ID(T)", "Resource", "Purchased From", "Paid to (Supplier)",
    "Who", "Entity Name", "Supplier Account Name", "Supplier Account(T)", "Supplier Name & Address", "Grant Recipient", "Operator", "Landlord", "Charity Name", "School",
):  # fmt: skip
    add(
        f"supplier-headed-{_words}",
        [
            ("Directorate", department),
            (_words, supplier),
            ("Payment Date", dmy),
            ("Amount", commas),
            ("Expense Type", category),
            ("Ref", number),
        ],
    )

for _words in (
    "Date", "Payment Date", "Paid Date", "Date Paid", "Date of Payment", "Pay Date", "PaymentDate", "Pymt Date", "Pay Dt", "Pmt Date", "Payment Dt", "Pd Date", "Paid On", "Paid", "Payment Made", "Date Payment Made",
    "Payment Made Date", "Payment Run", "Payment Run Date", "Cheque Date", "Cheque/BACS Date", "Chq Date", "BACS Date", "Bacs Run Date", "Check Date", "Cleared", "Clearing", "Clearing Date", "Clrng Date", "Cleared Date",
    "Clear Date", "Settlement Date", "Settled", "Posting Date", "Post Date", "Posted", "Posted Date", "Date Posted", "Pstng Date", "GL Date", "GL Posting Date", "Accounting Date", "Effective Date", "Trans Date", "Trans.date",
    "Trans. Date", "Transaction Date", "TransDate", "Txn Date", "Tran Date", "Date of Transaction", "Invoice Date", "Inv Date", "Inv. Date", "Date of Invoice", "Document Date", "Doc. Date", "Doc Date", "Journal Date", "Voucher Date",
    "Warrant Date", "Issue Date", "Issued", "Disbursement Date", "Release Date", "Remittance Date", "Process Date", "Processed Date", "Date Processed", "Value Date", "Bank Date", "Day", "When Paid", "Entry Date", "Ledger Date", "Date of Expenditure",
    "Payment Date (dd/mm/yyyy)", "Date (DD/MM/YY)", "Purchase Date", "Charge Date", "Spend Date", "Date Entered", "Payment Issued", "Month", "Period", "Dated", "Authorised Date",
):  # fmt: skip
    add(
        f"date-headed-{_words}",
        [
            ("Directorate", department),
            ("Supplier", supplier),
            (_words, dmy),
            ("Amount", commas),
            ("Expense Type", category),
            ("Ref", number),
        ],
    )
