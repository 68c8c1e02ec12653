# ruff: noqa: E501
"""Kinds: cards, commitments, withheld names, persons, payroll and the body's own money are marked, never dropped."""

from __future__ import annotations

import pytest

from holdfast.spend.kinds import is_card_file, is_contract_register, kind_of_name
from unit.spend.reads import D, codes, column, lines, one, problem


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("REDACTED", "redacted"), ("Redacted - personal data", "redacted"), ("Name withheld", "redacted"), ("XXXXX", "redacted"), ("*****", "redacted"),
        ("Exempt under Data Protection Act", "redacted"), ("NAME WITHHELD LTD", "redacted"), ("Individual", "personal"), ("Private Individuals", "personal"),
        ("Direct Payment", "personal"), ("Foster Carers", "personal"), ("Service User", "personal"), ("Various Tenants", "personal"),
        ("PAYROLL", "payroll"), ("Salaries", "payroll"), ("June Pay Roll", "payroll"), ("PDC DIVIDEND", "internal"), ("Public Dividend Capital", "internal"),
        ("Internal recharge", "internal"), ("Petty Cash Imprest", "internal"), ("Year end accrual", "internal"),
        ("Umber Design Ltd", None), ("Payroll Options Ltd", None), ("Data Protection People Limited", None), ("Individual Care Solutions Ltd", None),
        ("Confidential Shredding PLC", None), ("Employers Forum", None), ("Xxavier Ltd", None), ("Fosters Bakery", None), ("Journal of Roads Ltd", None),
        ("Wages & Co LLP", None), ("", None),
    ],
)  # fmt: skip
def test_a_name_tells_its_kind_and_a_company_s_name_does_not(name: str, kind: str | None) -> None:
    assert kind_of_name(name) == kind


def test_rows_of_every_kind_are_typed_counted_and_said() -> None:
    names = ["REDACTED", "Individual", "Payroll", "PDC DIVIDEND", "Umber Ltd"]
    table = one(lines([f"{n},{13 + i}/06/2023,{i + 1}.00" for i, n in enumerate(names)]))
    assert column(table, "kind") == ["redacted", "personal", "payroll", "internal", "payment"]
    assert (table.total, table.rows_excluded) == (D("15.00"), 0)
    assert (problem(table, "HF308").count, problem(table, "HF321").count) == (1, 3)


def test_pdc_dividend_in_the_category_makes_the_row_internal() -> None:
    rows = ["Department of Health,13/06/2023,5000.00,PDC DIVIDEND", "Umber Ltd,14/06/2023,6.00,Drugs"]
    assert column(one(lines(rows, "Supplier,Date,Amount,Expense Type")), "kind") == ["internal", "payment"]


def test_a_payment_to_the_paying_body_itself_is_internal() -> None:
    body = "Rushmere Borough Council"
    rows = [
        f"{body},{s},{13 + i}/06/2023,{i + 1}.00"
        for i, s in enumerate(["Umber Ltd", f" {body.upper()} ", "Oak Ltd", "Thornbury Council"])
    ]
    assert column(one(lines(rows, "Organisation Name,Supplier,Date,Amount")), "kind") == [
        "payment",
        "internal",
        "payment",
        "payment",
    ]


@pytest.mark.parametrize(
    ("name", "card"),
    [
        ("purchase-cards-2023.csv", True), ("P-Card June.csv", True), ("gpc_spend.csv", True), ("Procurement Card Data.csv", True), ("card.csv", True),
        ("cardiff-payments.csv", False), ("scorecard.csv", False), ("payments.csv", False), ("discarded.csv", False),
    ],
)  # fmt: skip
def test_a_file_of_card_payments_is_known_by_its_name(name: str, card: bool) -> None:
    assert is_card_file(name, ["Supplier", "Amount"]) == card


def test_merchant_categories_are_something_only_cards_have() -> None:
    assert is_card_file("june.csv", ["Merchant Name", "Merchant Category", "Amount"])


def test_every_row_of_a_card_file_is_marked_so() -> None:
    table = one(lines([f"Umber Ltd,{d}/06/2023,{d}.50" for d in (13, 14, 15)]), "purchase-card-june.csv")
    assert (table.kinds, problem(table, "HF317").count) == ({"card": 3}, 3)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [("Contract", "commitment"), ("Purchase Order", "commitment"), ("Commitment", "commitment"), ("GPC", "card"), ("Purchase Card", "card"), ("Invoice", "payment")],
)  # fmt: skip
def test_a_column_that_says_what_a_row_is_is_believed(cell: str, kind: str) -> None:
    rows = [f"Umber Ltd,{d}/06/2023,{d}.50,{cell if d == 15 else 'Invoice'}" for d in range(13, 25)]
    assert column(one(lines(rows, "Supplier,Date,Amount,Transaction Type")), "kind")[2] == kind


def test_a_register_of_contracts_holds_commitments() -> None:
    headers = ["Contract Ref", "Supplier Name", "Start Date", "End Date", "Total Contract Value"]
    assert is_contract_register(headers)
    assert not is_contract_register(["Supplier", "Payment Date", "Amount", "Contract Ref"])
    rows = [f"C{d},Umber Ltd,{d}/06/2023,{d}/06/2025,{d}000.00" for d in range(13, 20)]
    table = one(lines(rows, ",".join(headers)))
    assert (table.kinds, problem(table, "HF310").count) == ({"commitment": 7}, 7)


def test_what_is_withheld_is_not_what_is_blank() -> None:
    table = one(lines(["REDACTED,13/06/2023,5.00", ",14/06/2023,6.00", "Oak Ltd,15/06/2023,7.00"]))
    assert column(table, "kind") == ["redacted", "payment", "payment"]
    assert {"HF307", "HF308"} <= set(codes(table))


def test_rows_marked_as_not_paid_are_pointed_out_with_their_money() -> None:
    rows = ["Umber Ltd,13/06/2023,Paid,1.00", "Oak Ltd,14/06/2023,Cancelled,300.00", "Elm Ltd,15/06/2023,VOID,50.50"]
    table = one(lines(rows, "Supplier,Date,Status,Amount"))
    found = problem(table, "HF340")
    assert (table.rows_typed, table.total) == (3, D("351.50"))
    assert (found.row, found.count, found.amount, found.value) == (3, 2, D("350.50"), "Cancelled")
    named = one(lines([r.replace("Paid", "Open") for r in rows], "Supplier,Date,Description,Amount"))
    assert "HF340" not in codes(named)
