"""Which payments are third-party purchases: by rule, with the reason, and a person has the last word."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from holdfast import packs
from holdfast.core.problem import HoldfastError
from holdfast.suppliers.decisions import SCOPES, ScopeDecision
from holdfast.suppliers.scope import ScopeRule, classify_scope, scope_rules

UK = packs.load("uk")
COLUMNS = ("supplier", "supplier_kind", "category", "department", "kind", "anchor")
PURCHASE = "third-party purchases"


def combos(*rows: tuple[str | None, ...]) -> pa.Table:
    """``supplier, supplier_kind, category`` and where needed ``department, kind, anchor``."""
    told = [(*row, *(None, "payment", "a")[len(row) - 3 :]) for row in rows]
    columns = {"payee": pa.array(range(len(told)), pa.int64())}
    return pa.table(columns | {c: pa.array([r[i] for r in told], pa.string()) for i, c in enumerate(COLUMNS)})


def scopes(*rows: tuple[str | None, ...], **settings: Any) -> list[str]:
    found: list[str] = classify_scope(combos(*rows), UK.scope, **settings).column("scope").to_pylist()
    return found


CASES: list[tuple[str, str, str | None, str]] = [
    ("HMRC", "public body", "Land and buildings", "tax"),
    ("HMRC", "public body", "Income Tax PAYE", "payroll"),
    ("Rivermouth Council", "public body", "RATES", "tax"),
    ("Bay Water Ltd", "company", "Water Rates", PURCHASE),
    ("Bay Rating LLP", "company", "NNDR consultants", PURCHASE),
    ("DCLG", "public body", "BRR Central Share", "tax"),
    ("GMPCC (PRECEPTS)", "public body", "Other", "precepts"),
    ("Rivermouth Fire Authority", "public body", "Ctax - Preceptor Payments", "precepts"),
    ("Bay Waste Authority", "public body", "Levies", "precepts"),
    ("Gannetby Parish Council", "public body", None, "precepts"),
    ("Gannetby Parish Council", "public body", "Hire of rooms", PURCHASE),
    ("Apprentice Trainers Ltd", "company", "Apprenticeship Levy training", PURCHASE),
    ("Public Works Loan Board", "public body", "Interest", "treasury and loans"),
    ("LANCASHIRE CC - TREASURY", "public body", None, "treasury and loans"),
    ("Bank of Scotland", "unknown", None, "treasury and loans"),
    ("Bank of Scotland", "unknown", "Bank charges", PURCHASE),
    ("Lloyds Cardnet", "company", None, PURCHASE),
    ("Bay Developments Ltd", "company", "Long Term Debtors", "treasury and loans"),
    ("Bay Books Ltd", "company", "Library loans", PURCHASE),
    ("Rivermouth Credit Union", "co-operative", "Rent", PURCHASE),
    ("Treasury Wine Ltd", "company", "Catering", PURCHASE),
    ("Teachers Pensions", "unknown", None, "pensions"),
    ("Bay Ltd", "company", "Employers Superannuation", "pensions"),
    ("Mars Pension Trustees Limited", "company", "Rents", PURCHASE),
    ("Rivermouth Pensioners Club", "unknown", "Room hire", PURCHASE),
    ("Blackpool Council Salaries", "public body", None, "payroll"),
    ("Edenred Childcare Vouchers", "unknown", None, "payroll"),
    ("Bay Staffing Ltd", "company", "Agency salaries", PURCHASE),
    ("Someone", "unknown", "Housing Benefit", "benefits"),
    ("Someone", "unknown", "RENT ALLOWANCE BACS", "benefits"),
    ("Print Ltd", "company", "Housing benefit printing", PURCHASE),
    ("Someone", "unknown", "Transfer Payments", "benefits"),
    ("Bay Leisure Ltd", "company", "Transfer Payments", "grants"),
    ("Bay Advice", "charity", "Grant and subscriptions awarded", "grants"),
    ("Grant Thornton LLP", "company", "Audit", PURCHASE),
    ("A person", "person", None, "payments to persons"),
    ("Mr Bloggs", "person", "Legal fees", PURCHASE),
    ("REDACTED", "not disclosed", None, "payments to persons"),
    ("REDACTED PERSONAL DATA", "not disclosed", "Main contract", PURCHASE),
    ("COMMERCIALLY CONFIDENTIAL", "not disclosed", None, PURCHASE),
    ("DD PAYMENT SUPPLIERS MAIN ACCOUNT", "not disclosed", None, PURCHASE),
    ("Lancashire County Council", "public body", None, "transfers between public bodies"),
    ("Lancashire County Council", "public body", "Grounds maintenance", PURCHASE),
    ("Whittington Hospital NHS Trust", "public body", "Hcare Srv Rec NHS Trust-Contract",
     "transfers between public bodies"),
    ("NHS Resolution", "public body", "Insurance Contributions", "transfers between public bodies"),
    ("NHS Supply Chain", "public body", "Clinical supplies", PURCHASE),
    ("Bay Primary School", "school", None, "transfers between public bodies"),
    ("Bay School", "school", None, PURCHASE),
    ("LCC INTERNAL SUPPLIER", "unknown", None, "within the body"),
    ("Bay Foods Ltd", "company", None, PURCHASE),
    ("Bay Foods Ltd", "company", "Catering", PURCHASE),
]  # fmt: skip


@pytest.fixture(scope="module")
def decided() -> list[str]:
    return scopes(*((supplier, kind, category) for supplier, kind, category, _ in CASES))


@pytest.mark.parametrize("n", range(len(CASES)), ids=[f"{c[0]}, {c[2]}" for c in CASES])
def test_rule_sets_apart_what_is_no_purchase(decided: list[str], n: int) -> None:
    assert decided[n] == CASES[n][3]


def test_kinds_of_row_are_set_apart() -> None:
    rows = [
        ("X", "unknown", None, None, kind, "a") for kind in ("payroll", "internal", "personal", "redacted", "payment")
    ]
    assert scopes(*rows) == ["payroll", "within the body", "payments to persons", "payments to persons", PURCHASE]


def test_dividend_on_public_capital_is_treasury_though_marked_internal() -> None:
    assert scopes(("PDC Dividend", "unknown", None, None, "internal", "a")) == ["treasury and loans"]


def test_every_answer_has_its_reason_and_keeps_its_row() -> None:
    table = classify_scope(combos(("Bay Ltd", "company", None), ("HMRC", "public body", None)), UK.scope)
    assert table.column("payee").to_pylist() == [0, 1]
    assert table.column("scope_reason").to_pylist() == ["no rule sets it apart", "paid to the tax authority"]


def test_anchor_paying_itself_is_within_the_body() -> None:
    rows = [("The Rivermouth Council", "public body", "Catering", None, "payment", anchor) for anchor in ("a", "b")]
    assert scopes(*rows, anchors={"a": "Rivermouth Council"}) == ["within the body", PURCHASE]


def test_person_has_the_last_word_and_the_closest_word_counts() -> None:
    told = [
        ScopeDecision("", "Audit", "grants", by="Ann", when="2024-05-01", why="it is one"),
        ScopeDecision("HMRC", "", PURCHASE),
        ScopeDecision("HMRC", "Audit", "tax"),
        ScopeDecision("HMRC", "Audit", "benefits"),
    ]
    rows = [
        ("Bay", "unknown", "AUDIT"),
        ("HM", "unknown", "x"),
        ("HMRC", "public body", "x"),
        ("HMRC", "public body", "audit"),
    ]
    assert scopes(*rows, corrections=told) == ["grants", PURCHASE, PURCHASE, "benefits"]
    table = classify_scope(combos(rows[0]), UK.scope, told)
    assert table.column("scope_reason").to_pylist() == ["decided by Ann on 2024-05-01: it is one"]


def test_a_correction_that_names_nothing_corrects_nothing() -> None:
    rows = [("Bay", "unknown", "AUDIT"), ("HMRC", "public body", "x")]
    assert scopes(*rows, corrections=[ScopeDecision("", " ", "benefits")]) == scopes(*rows)


def test_no_payments_at_all_is_an_empty_answer() -> None:
    assert scopes() == []


@pytest.mark.parametrize("code", ["uk", "us", "xk", "fictional"])
def test_rules_of_every_pack_can_be_used(code: str) -> None:
    rules = scope_rules(packs.load(code).scope)
    assert {rule.scope for rule in rules} <= set(SCOPES)
    assert all(rule.reason for rule in rules)
    assert classify_scope(combos(("Bay", "unknown", None)), packs.load(code).scope).column("scope").to_pylist() == [
        PURCHASE
    ]


def test_made_up_country_has_its_own_bodies() -> None:
    rules = packs.load("fictional").scope
    table = classify_scope(
        combos(("Meridia Revenue Service", "public body", "x"), ("REDACTED", "not disclosed", None)), rules
    )
    assert table.column("scope").to_pylist() == ["tax", "payments to persons"]


@pytest.mark.parametrize("raw", [{}, {"scope": "taxes", "names": ["A"]}, {"scope": "tax", "reason": "no condition"}])
def test_rule_that_cannot_work_is_refused(raw: dict[str, Any]) -> None:
    with pytest.raises(HoldfastError):
        ScopeRule.of(raw)
