"""What a name tells of the kind of supplier: precise before complete."""

from __future__ import annotations

from typing import Any

import pytest

from holdfast import packs
from holdfast.core.problem import HoldfastError
from holdfast.engine.primitives import name_parts
from holdfast.suppliers.kinds import Rule, authority_names, first_rule, rules_of

from .support import payees, resolved

UK = rules_of(packs.load("uk"))

NAMES = {
    "HMRC Cumbernauld": "public body",
    "H M Revenue and Customs": "public body",
    "Dept for Communities and Local Govt": "public body",
    "LANCASHIRE COUNTY COUNCIL - DIRECT DEBIT ONLY - DO NOT USE": "public body",
    "Hyndburn BC": "public body",
    "DONCASTER MBC": "public body",
    "LANCASHIRE CC - PRESTON COUNTY HALL": "public body",
    "Police & Crime Commissioner for Lancashire": "public body",
    "Blackpool Teaching Hospitals NHS FT": "public body",
    "Greater Manchester Combined Authority": "public body",
    "Police Federation of England": "unknown",
    "Accrington Stanley": "unknown",
    "Burnley FC": "unknown",
    "NHS Shared Business Services Ltd": "company",
    "University of Salford": "charity",
    "St Mary's RC Primary School": "school",
    "Nelson & Colne College": "school",
    "Pass First Driving School": "unknown",
    "Royal College of Nursing": "unknown",
    "Academy Services (Sheffield) Ltd": "company",
    "Rochdale Co-operative Society Ltd": "co-operative",
    "Cooper & Sons Ltd": "company",
    "The Co-operative Bank plc": "company",
    "Derian House Children's Hospice": "charity",
    "Mr J Bloggs": "person",
    "Mrs Joan Bloggs": "person",
    "BLOGGS JOAN MRS": "person",
    "Dr Bloggs & Partners": "unknown",
    "Mr Clutch": "unknown",
    "J Bloggs": "person",
    "M R Bloggs": "person",
    "D.R. Bloggs": "person",
    "M R Bloggs Builders": "unknown",
    "Bloggs M R": "person",
    "Miss Joan Bloggs Bay Chambers": "person",
    "Individual": "person",
    "REDACTED PERSONAL DATA": "not disclosed",
    "DD PAYMENT SUPPLIERS MAIN ACCOUNT": "not disclosed",
    "Data Protection Consulting Ltd": "company",
    "Whelks of Rivermouth": "unknown",
}


@pytest.fixture(scope="module")
def known() -> dict[str, dict[str, Any]]:
    rows, _ = resolved(payees(*({"supplier": name} for name in (*NAMES, *OWNERS))))
    return {row["supplier"]: row for row in rows}


@pytest.mark.parametrize("name", NAMES)
def test_name_tells_the_kind(known: dict[str, dict[str, Any]], name: str) -> None:
    assert known[name]["supplier_kind"] == NAMES[name]


OWNERS = {
    "Bay Foods Ltd": "private",
    "Bay Community Trust Ltd": "unknown",
    "Bay Foods CIC": "social enterprise or charity",
    "Bay Workers Co-operative Ltd": "co-operative",
    "Bay Housing Association": "social enterprise or charity",
    "Burnley Borough Council": "public",
    "Bay Grammar School": "unknown",
    "The Co-operative Bank plc": "private",
}


@pytest.mark.parametrize("name", OWNERS)
def test_name_tells_the_owner_only_where_nothing_speaks_against_it(known: dict[str, dict[str, Any]], name: str) -> None:
    assert known[name]["ownership"] == OWNERS[name]


def test_company_by_its_form_says_that_this_is_all_that_is_known(known: dict[str, dict[str, Any]]) -> None:
    assert "a company, by the form in its name" in known["Bay Foods Ltd"]["evidence"]


@pytest.mark.parametrize("code", ["uk", "us", "xk", "fictional"])
def test_rules_of_every_pack_can_be_used(code: str) -> None:
    rules = rules_of(packs.load(code))
    assert rules
    assert all(rule.why for rule in rules)


def test_made_up_country_has_its_own_rules_before_those_it_extends() -> None:
    rules = rules_of(packs.load("fictional"))
    found = first_rule(name_parts("Meridia Revenue Service").plain, rules)
    assert found is not None
    assert (found, rules[found].kind) == (0, "public body")
    assert len(rules) > len(UK)


def test_bare_place_is_no_council() -> None:
    names = authority_names(packs.load("uk"))
    assert {"BURNLEY BC", "BURNLEY BOROUGH COUNCIL", "LANCASHIRE CC"} <= set(names)
    assert "BURNLEY" not in names


@pytest.mark.parametrize(
    "raw", [{}, {"kind": "firm", "words": ["A"]}, {"kind": "company", "ownership": "x", "words": ["A"]}]
)
def test_rule_that_cannot_work_is_refused(raw: dict[str, Any]) -> None:
    with pytest.raises(HoldfastError):
        Rule.of(raw)
