# ruff: noqa: E501 - a layout reads best as one line
"""The same plain table with one column headed in other words after other words."""

from __future__ import annotations

from unit.spend.layout_list import add
from unit.spend.tables import (
    account,
    category,
    code,
    commas,
    department,
    dmy,
    number,
    supplier,
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
