"""What kind of organisation a supplier is, when it lived, and who controls it. All of it is made up."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from holdfast.core.problem import Problem
from holdfast.suppliers.decisions import Decision
from holdfast.suppliers.forms import CONFIDENCES, FORMS, OWNER_KINDS
from holdfast.suppliers.register import Register

from .support import payees, register, resolved

HEAD = (
    "CompanyName,CompanyNumber,RegAddress.PostCode,CompanyCategory,CompanyStatus,CountryOfOrigin,IncorporationDate,"
    "DissolutionDate,Accounts.AccountCategory\n"
)
FIRMS = HEAD + (
    "BAY FOODS LIMITED,123,RM1 1AA,Private Limited Company,Active,United Kingdom,14/06/2016,,MICRO ENTITY\n"
    "TIDE CARE C.I.C.,126,RM2 2BB,Community Interest Company,Active,United Kingdom,01/01/2001,,\n"
    "GONE LIMITED,127,RM3 3CC,Private Limited Company,Dissolved,United Kingdom,01/01/2001,01/01/2012,\n"
    "QUAY SA,FC012345,,Other company type,Active,BELGIUM,01/01/2001,,\n"
    "QUAY GROUP LIMITED,200,RM9 9ZZ,Private Limited Company,Active,United Kingdom,01/01/1990,,\n"
    "BAY CLUB LIMITED,128,RM4 4DD,PRI/LTD BY GUAR/NSC (Private),Active,United Kingdom,01/01/2001,,\n"
)


def paid(*rows: dict[str, Any]) -> pa.Table:
    """Payees with the days of their first and last payment."""
    table = payees(*({k: v for k, v in r.items() if k not in ("first", "last")} for r in rows))
    first = pa.array([r.get("first") for r in rows], pa.date32())
    last = pa.array([r.get("last", r.get("first")) for r in rows], pa.date32())
    return table.append_column("first_paid", first).append_column("last_paid", last)


def firms(folder: Path, day: str = "2024-01-01") -> Register:
    found = register(folder, "companies", FIRMS, "firms.csv")
    return replace(found, source=replace(found.source, date=day))


def described(
    folder: Path, *rows: dict[str, Any], more: tuple[Register, ...] = (), **rest: Any
) -> list[dict[str, Any]]:
    return resolved(paid(*rows), [firms(folder), *more], **rest)[0]


def test_a_firm_founded_after_a_payment_never_matches_it(tmp_path: Path) -> None:
    before, after, between, undated = described(
        tmp_path,
        {"supplier": "Bay Foods", "first": date(2016, 6, 13)},
        {"supplier": "Bay Foods", "first": date(2016, 6, 14)},
        {"supplier": "Bay Foods", "supplier_id": "7", "first": date(2015, 1, 1), "last": date(2020, 1, 1)},
        {"supplier": "Bay Foods"},
    )
    assert (before["org_id"], before["matched_by"]) == (None, "none")
    assert "founded after the first payment" in before["evidence"]
    assert (after["org_id"], undated["org_id"]) == ("GB-COH-00000123",) * 2
    assert between["org_id"] is None


def test_a_published_number_of_a_firm_not_yet_founded_is_not_followed_but_a_person_is(tmp_path: Path) -> None:
    row = {"supplier": "Bay", "company_number": "123", "first": date(2010, 1, 1), "last": date(2011, 1, 1)}
    (found,), problems = resolved(paid(row), [firms(tmp_path)])
    assert found["org_id"] is None
    assert [(p.code, p.value) for p in problems if p.code == "HF513"] == [("HF513", "GB-COH-00000123")]
    (decided,) = described(tmp_path, row, decisions=[Decision("Bay", "GB-COH-00000123", "Ann")])
    assert decided["org_id"] == "GB-COH-00000123"


def test_one_that_was_dissolved_long_before_is_somebody_else(tmp_path: Path) -> None:
    soon, late = described(
        tmp_path,
        {"supplier": "Gone Ltd", "first": date(2012, 6, 1)},
        {"supplier": "Gone Ltd", "first": date(2014, 6, 1)},
    )
    assert (soon["org_id"], soon["alive"]) == ("GB-COH-00000127", "no")
    assert late["org_id"] is None
    assert "dissolved more than a year before" in late["evidence"]


@pytest.mark.parametrize(
    ("supplier", "first", "last", "alive"),
    [
        ("Bay Foods Ltd", date(2017, 1, 1), date(2018, 1, 1), "yes"),
        ("Bay Foods Ltd", date(2017, 1, 1), date(2024, 6, 1), "unknown"),
        ("Gone Ltd", date(2010, 1, 1), date(2011, 1, 1), "yes"),
        ("Gone Ltd", date(2010, 1, 1), date(2013, 1, 1), "partly"),
        ("Nobody Ltd", date(2010, 1, 1), date(2011, 1, 1), "unknown"),
    ],
)
def test_alive_at_the_date_of_payment(tmp_path: Path, supplier: str, first: date, last: date, alive: str) -> None:
    (found,) = described(tmp_path, {"supplier": supplier, "first": first, "last": last})
    assert found["alive"] == alive


def test_of_two_namesakes_the_one_that_lived_then_is_meant(tmp_path: Path) -> None:
    text = HEAD + (
        "BAY WORKS LIMITED,1,,Private Limited Company,Dissolved,United Kingdom,01/01/1990,01/01/2012,\n"
        "BAY WORKS LIMITED,2,,Private Limited Company,Active,United Kingdom,01/01/2015,,\n"
    )
    rows = (
        {"supplier": "Bay Works Ltd", "first": date(2011, 1, 1)},
        {"supplier": "Bay Works Ltd", "first": date(2016, 1, 1)},
    )
    found, _ = resolved(paid(*rows), [register(tmp_path, "companies", text)])
    assert [r["org_id"] for r in found] == ["GB-COH-00000001", "GB-COH-00000002"]


def test_forms_come_with_source_and_confidence(tmp_path: Path) -> None:
    number, name, told, open_, nobody = described(
        tmp_path,
        {"supplier": "Anything", "company_number": "126"},
        {"supplier": "Bay Foods"},
        {"supplier": "Harbour CIC"},
        {"supplier": "Bay Club Ltd"},
        {"supplier": "Mr J Example"},
    )
    assert (number["ownership_form"], number["form_confidence"]) == ("community interest company", "high")
    assert number["form_by"] == "Companies House, 2024-01-01: registered as community interest company"
    assert (name["ownership_form"], name["form_confidence"]) == ("private firm", "medium")
    assert (told["ownership_form"], told["form_confidence"]) == ("community interest company", "low")
    assert (open_["ownership"], open_["ownership_form"], open_["form_by"]) == ("unknown", "unknown", None)
    assert (nobody["supplier_kind"], nobody["ownership_form"], nobody["parent"]) == ("person", "unknown", None)


def test_a_form_never_contradicts_the_owner(tmp_path: Path) -> None:
    coops = register(
        tmp_path,
        "coops",
        "Identifier,Name,Companies House Number,Ownership Classification\nR1,Bay Foods,123,Workers\n",
        "c.csv",
    )
    (found,) = described(tmp_path, {"supplier": "Bay Foods"}, more=(coops,))
    assert (found["ownership"], found["ownership_form"]) == ("co-operative", "worker co-operative")


def test_the_same_body_in_two_registers_is_one_organisation(tmp_path: Path) -> None:
    charities = register(
        tmp_path,
        "charities",
        "registered_charity_number,charity_company_registration_number,charity_name\n1234567,00000128,BAY CLUB LTD\n",
        "charities.csv",
    )
    mutuals = register(
        tmp_path,
        "mutuals",
        "Full Registation Number,Society Name,Registered As,Society Status\n"
        "7001,Bay Homes Ltd,Community Benefit Society,Registered\n",
        "mutuals.csv",
    )
    club, also, homes = described(
        tmp_path,
        {"supplier": "Bay Club"},
        {"supplier": "Whatever", "charity_number": "1234567"},
        {"supplier": "Homes", "company_number": "RS007001"},
        more=(charities, mutuals),
    )
    assert club["supplier_key"] == also["supplier_key"] == "GB-COH-00000128"
    assert (club["ownership_form"], club["supplier_kind"]) == ("charity", "charity")
    assert (homes["ownership_form"], homes["form_confidence"]) == ("community benefit society", "high")


def test_a_count_of_staff_says_more_than_the_accounts(tmp_path: Path) -> None:
    gap = register(
        tmp_path, "companies", "EmployerName,CompanyNumber,EmployerSize\nBAY FOODS LTD,123,500 to 999\n", "g.csv"
    )
    (accounts,) = described(tmp_path, {"supplier": "Bay Foods"})
    (staff,) = described(tmp_path, {"supplier": "Bay Foods"}, more=(gap,))
    assert (accounts["size"], accounts["size_confidence"]) == ("micro", "low")
    assert accounts["size_by"] == "kind of accounts, a proxy (Companies House, 2024-01-01)"
    assert (staff["size"], staff["size_by"], staff["size_confidence"]) == (
        "large",
        "count of staff (Gender pay gap service)",
        "high",
    )


def test_joint_ventures_show_their_group_by_name(tmp_path: Path) -> None:
    venture, kier, hardie, other = described(
        tmp_path,
        {"supplier": "AMEY HALLAM HIGHWAYS LTD"},
        {"supplier": "Kier Sheffield LLP"},
        {"supplier": "Keir Hardie Ltd"},
        {"supplier": "Ameyworks Ltd"},
    )
    assert (venture["parent"], venture["parent_by"], venture["parent_confidence"]) == ("Amey", "its name", "low")
    assert kier["parent"] == "Kier"
    assert (hardie["parent"], other["parent"]) == (None, None)


def test_head_office_and_branch_are_told_apart(tmp_path: Path) -> None:
    office, branch, register_only, unknown = described(
        tmp_path,
        {"supplier": "Bay Foods", "postcode": "RM1 1AA"},
        {"supplier": "Bay Foods", "postcode": "RM7 7GG"},
        {"supplier": "Tide Care CIC"},
        {"supplier": "Nobody Ltd"},
    )
    assert [r["seat"] for r in (office, branch, register_only, unknown)] == [
        "head office",
        "branch",
        "head office",
        "unknown",
    ]


def record(of: str, kind: str, control: int, **rest: Any) -> dict[str, Any]:
    told = {"kind": kind, "natures_of_control": [f"ownership-of-shares-{control}-percent"], **rest}
    return {"company_number": of, "data": told}


def company(of: str, number: str, country: str, control: str = "75-to-100", name: str = "X") -> dict[str, Any]:
    said = {"country_registered": country, "registration_number": number}
    kind = "corporate-entity-person-with-significant-control"
    return record(of, kind, control, identification=said, name=name)  # type: ignore[arg-type]


def person(of: str, country: str, control: str = "75-to-100", **rest: Any) -> dict[str, Any]:
    kind = "individual-person-with-significant-control"
    return record(of, kind, control, country_of_residence=country, name="Ann Example", **rest)  # type: ignore[arg-type]


def owners(folder: Path, *records: dict[str, Any]) -> Register:
    return register(folder, "owners", "\n".join(map(json.dumps, records)), "psc.jsonl")


def test_the_owner_is_followed_from_company_to_company(tmp_path: Path) -> None:
    register = owners(tmp_path, company("123", "00000200", "England"), person("200", "Jersey, Channel Islands"))
    (found,) = described(tmp_path, {"supplier": "Bay Foods"}, more=(register,))
    assert (found["owner_kind"], found["owner_country"]) == ("person", "Jersey")
    assert (found["parent"], found["parent_confidence"]) == ("QUAY GROUP LIMITED", "medium")
    assert "75 %" in found["owner_by"]
    assert "Ann" not in str(found)


def test_owners_that_go_round_in_a_circle_come_to_an_end(tmp_path: Path) -> None:
    register = owners(tmp_path, company("123", "200", "England"), company("200", "123", "England"))
    (found,) = described(tmp_path, {"supplier": "Bay Foods"}, more=(register,))
    assert (found["owner_kind"], found["owner_country"]) == ("company", "United Kingdom")


def test_who_controls_most_counts_and_equals_that_differ_are_several(tmp_path: Path) -> None:
    register = owners(
        tmp_path,
        person("123", "England", "25-to-50"),
        company("123", "B1", "Luxembourg", "50-to-75"),
        person("126", "England", "25-to-50"),
        company("126", "B2", "France", "25-to-50"),
    )
    most, several = described(
        tmp_path,
        {"supplier": "X", "company_number": "123"},
        {"supplier": "Y", "company_number": "126"},
        more=(register,),
    )
    assert (most["owner_kind"], most["owner_country"]) == ("company", "Luxembourg")
    assert (several["owner_kind"], several["owner_country"]) == ("several kinds", "several countries")


def test_owners_that_left_before_do_not_count_and_a_spelling_that_nobody_knows_is_unknown(tmp_path: Path) -> None:
    register = owners(
        tmp_path,
        person("123", "France", ceased_on="2018-01-01"),
        person("123", "Erehwon", "25-to-50"),
        person("126", "France"),
    )
    earlier, later = described(
        tmp_path,
        {"supplier": "Bay Foods", "first": date(2017, 1, 1)},
        {"supplier": "Tide Care CIC", "first": date(2017, 1, 1)},
        more=(register,),
    )
    assert (earlier["owner_country"], later["owner_country"]) == ("France", "France")
    (after,) = described(tmp_path, {"supplier": "Bay Foods", "first": date(2019, 1, 1)}, more=(register,))
    assert (after["owner_kind"], after["owner_country"]) == ("person", "unknown")


def test_an_employees_trust_makes_a_private_firm_employee_owned(tmp_path: Path) -> None:
    register = owners(tmp_path, company("123", "300", "England", name="Bay Employee Ownership Trust Limited"))
    (found,) = described(tmp_path, {"supplier": "Bay Foods"}, more=(register,))
    assert (found["ownership"], found["ownership_form"], found["owner_kind"]) == (
        "private",
        "employee-owned company",
        "employee ownership trust",
    )


def test_a_foreign_company_counts_under_its_own_country(tmp_path: Path) -> None:
    property_owners = register(
        tmp_path,
        "owners",
        "Title Number,Proprietor Name (1),Country Incorporated (1)\nT1,HARBOUR ESTATES LIMITED,JERSEY\n",
        "ocod.csv",
    )
    quay, harbour = described(
        tmp_path, {"supplier": "Quay SA"}, {"supplier": "Harbour Estates Limited"}, more=(property_owners,)
    )
    assert (quay["ownership_form"], quay["owner_country"]) == ("foreign company", "Belgium")
    assert (harbour["ownership_form"], harbour["owner_country"], harbour["owner_kind"]) == (
        "foreign company",
        "Jersey",
        "company",
    )


def test_a_living_wage_employer_is_known_by_its_name(tmp_path: Path) -> None:
    employers = register(tmp_path, "living-wage", "Employer,Town\nBay Foods Limited,Rivermouth\n", "lw.csv")
    bay, tide = described(tmp_path, {"supplier": "Bay Foods Ltd"}, {"supplier": "Tide Care CIC"}, more=(employers,))
    assert (bay["org_id"], bay["living_wage"], tide["living_wage"]) == ("GB-COH-00000123", "yes", "unknown")


def test_every_value_is_one_of_those_promised(tmp_path: Path) -> None:
    found = described(tmp_path, *({"supplier": line.split(",")[0]} for line in FIRMS.splitlines()[1:]))
    for row in found:
        assert row["ownership_form"] in (*FORMS, "unknown")
        assert row["owner_kind"] in (*OWNER_KINDS, "unknown")
        assert row["form_confidence"] in (*CONFIDENCES, None)
        assert (row["ownership_form"] == "unknown") == (row["form_by"] is None)


def test_problems_name_nobody(tmp_path: Path) -> None:
    _, problems = resolved(paid({"supplier": "Bay Foods"}), [firms(tmp_path)])
    assert all(isinstance(p, Problem) for p in problems)
