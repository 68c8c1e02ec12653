# ruff: noqa: E501 - a layout reads best as one line
"""Layouts of one kind of publisher after another: councils, towns, police, central government, other countries."""

from __future__ import annotations

from unit.spend.layout_list import JUNE, add, rows_of
from unit.spend.tables import (
    PAYMENTS,
    account,
    accounting,
    as_date,
    category,
    code,
    commas,
    const,
    continental,
    continental_euro,
    csv_bytes,
    department,
    dmy,
    dollars,
    gross,
    later,
    mdy_short,
    net,
    number,
    postcode,
    pounds,
    serial,
    supplier,
    text,
    trailing_minus,
    vat,
)

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
