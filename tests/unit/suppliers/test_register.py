"""Every register of the catalogue is known by its columns and read into one shape. All entries here are made up."""

from __future__ import annotations

import gzip
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from holdfast import packs
from holdfast.core.problem import HoldfastError
from holdfast.suppliers.creditors import load_creditors
from holdfast.suppliers.decisions import load_decisions, load_scope_decisions
from holdfast.suppliers.register import load_register

from .support import COMPANIES, UK, companies, register

Expected = dict[str, str | None]

LAYOUTS: dict[str, tuple[str, str, list[Expected]]] = {
    "gender pay gap": (
        "companies",
        "EmployerName,Address,CompanyNumber,SicCodes,EmployerSize,CurrentName\n"
        'BIG BAY LIMITED,"1 Quay, Rivermouth, rm1 1aa",77,"1,\n47730",1000 to 4999,BAY GROUP LIMITED\n'
        "SMALL BAY LIMITED,Nowhere,78,,Less than 250,\n",
        [
            {"org_id": "GB-COH-00000077", "postcode": "RM1 1AA", "size": "large", "sector": "G"},
            {"org_id": "GB-COH-00000078", "postcode": None, "size": None, "sector": None},
        ],
    ),
    "licensed sponsors": (
        "companies",
        "company_number,company_name,status,type,sic_codes,locality,postcode,name_in_sponsor_register\n"
        "99,BAY DATA LIMITED,active,private-limited-company,62012;62020,Rivermouth,RM1 1AA,Bay Data\n",
        [{"org_id": "GB-COH-00000099", "kind": "company", "ownership": "private", "sector": "J", "town": "Rivermouth"}],
    ),
    "looked up by name": (
        "companies",
        "supplier_canonical,aliases,note,company_number,company_name,status,company_type,sic_codes,locality,postal_code,"
        "accounts_type\n"
        "Bay Foods,BAY FOODS | BAY FDS,,123,BAY FOODS LIMITED,active,ltd,10890,Rivermouth,RM1 1AA,micro-entity\n"
        "Rivermouth Council,RIVERMOUTH COUNCIL | RCC,Local authority,,,,,,,,\n"
        "Unfound,UNFOUND,No confident match found,,,,,,,,\n",
        [
            {"org_id": "GB-COH-00000123", "kind": "company", "size": "micro", "ownership": "private"},
            {"org_id": None, "name": "Rivermouth Council", "kind": None},
        ],
    ),
    "co-operatives 2017": (
        "coops",
        '"CUK Organisation ID","Registered Number","Registrar","Registered Name","Trading Name","Registered Postcode",'
        '"SIC Code","Ownership Classification","Registered Status"\n'
        '"R1","525R","FCA","Bay Co-operative Limited","Bay","RM1 1AA","UKSIC07-4711","Consumers","Live"\n'
        '"R2","00000126","Companies House","Tide Workers Limited","","","","Workers","Dead"\n',
        [
            {"org_id": "GB-MPR-525R", "ownership": "co-operative", "sector": "G", "status": "live"},
            {"org_id": "GB-COH-00000126", "kind": "co-operative", "status": "dissolved"},
        ],
    ),
    "co-operatives 2023": (
        "coops",
        "Identifier,Name,Postcode,Locality,Companies House Number,SIC Code,Ownership Classification\n"
        "R1,Bay Co-operative Limited,RM1 1AA,Rivermouth,,47110,Consumers\n",
        [{"org_id": "HF-CUK-R1", "kind": "co-operative", "postcode": "RM1 1AA"}],
    ),
    "co-operatives, economy": (
        "coops",
        '"CUK Organisation ID","Registered Name","Turnover","Employees","Is Most Recent?","Economic Year"\n'
        '"R1","Bay Co-operative Limited","","260","1","2016"\n"R1","Bay Co-operative Limited","","20","","2015"\n',
        [{"org_id": "HF-CUK-R1", "size": "large"}],
    ),
    "charities": (
        "charities",
        "registered_charity_number,charity_company_registration_number,charity_name,charity_contact_postcode\n"
        "1234567,NA,BAY ADVICE,RM1 1AA\n",
        [{"org_id": "GB-CHC-1234567", "kind": "charity", "ownership": "social enterprise or charity"}],
    ),
    "numbers of one organisation": (
        "mutuals",
        "org_id_a,org_id_b,org_name,relationship,source\n"
        "GB-MPR-123C,GB-COH-IP00123C,BAY CREDIT UNION,sameas,x\nGB-MPR-124R,GB-COH-IP00124R,BAY CLUB,sameas,x\n",
        [{"org_id": "GB-MPR-123C", "kind": "co-operative"}, {"org_id": "GB-MPR-124R", "kind": None, "ownership": None}],
    ),
    "academy trusts": (
        "public-bodies",
        "Type,Entity,Company Number,OSCAR CPID\nAcademy Trust,Bay Learning,123,X\n",
        [{"org_id": "GB-COH-00000123", "kind": "school", "ownership": "public"}],
    ),
    "GOV.UK organisations": (
        "public-bodies",
        "GB-GOR,Name,Type,GOVUK URL\nD1,Department of Tides,Ministerial department,\nOT1,Tide Campaign,Other,\n",
        [{"org_id": "GB-GOR-D1", "kind": "public body", "ownership": "public"}, {"org_id": "GB-GOR-OT1", "kind": None}],
    ),
    "GOV.UK registers": (
        "public-bodies",
        "index-entry-number,key,local-authority-eng,name,official-name,end-date\n"
        "1,RIV,RIV,Rivermouth,Rivermouth Council,\n"
        "2,OLD,OLD,Old Bay,Old Bay Council,1974-03-31\n",
        [
            {"org_id": "GB-LAE-RIV", "name": "Rivermouth Council", "status": "live"},
            {"org_id": "GB-LAE-OLD", "status": "dissolved"},
        ],
    ),
    "own list": (
        "own",
        "name,company_number,postcode,size,ownership\nBay Foods Ltd,123,RM1 1AA,Small,Community owned\n",
        [{"org_id": "GB-COH-00000123", "size": "small", "ownership": "social enterprise or charity", "kind": None}],
    ),
    "charity extract, all fields": (
        "charities",
        "registered_charity_number\tlinked_charity_number\tcharity_name\tcharity_type\tcharity_registration_status\t"
        "date_of_registration\tdate_of_removal\tcharity_contact_postcode\n"
        "1234567\t0\tBAY ADVICE\tCIO\tRegistered\t2015-02-03\t\tRM1 1AA\n"
        "1234568\t0\tOLD TRUST\tTrust\tRemoved\t1990-01-01\t2019-04-05T00:00:00\t\n"
        "1234567\t1\tBAY ADVICE JUNIORS\tOther\tRegistered\t\t\t\n",
        [
            {"org_id": "GB-CHC-1234567", "form": "charity", "founded": "2015-02-03", "status": "live"},
            {"org_id": "GB-CHC-1234568", "founded": None, "dissolved": "2019-04-05", "status": "dissolved"},
        ],
    ),
    "charity extract before 2021": (
        "charities",
        "regno,subno,name,orgtype,postcode\n123456,0,BAY ADVICE,R,RM1 1AA\n123457,0,GONE,RM,\n123456,1,BRANCH,R,\n",
        [{"org_id": "GB-CHC-123456", "status": "live"}, {"org_id": "GB-CHC-123457", "status": "dissolved"}],
    ),
    "Scottish charities": (
        "charities",
        "Charity Number,Charity Name,Registered Date,Known As,Charity Status,Postcode,Constitutional Form,"
        "Parent charity name\n"
        "SC012345,Bay Hospice,01/02/2013,The Bay,Active,RM1 1AA,SCIO (Scottish Charitable Incorporated Organisation),\n"
        "SC012346,Tide Trust,01/02/1990,,Active,,Trust,Big Trust\n",
        [
            {"org_id": "GB-SC-SC012345", "founded": "2013-02-01", "kind": "charity", "parent": None},
            {"org_id": "GB-SC-SC012346", "founded": None, "parent": "Big Trust"},
        ],
    ),
    "mutuals register": (
        "mutuals",
        "Society Number,Registration Number,Full Registation Number,Society Name,Registered As,Society Address,"
        "Registration Date,Deregistration Date,Society Status\n"
        '1,4012,4012,Tide Workers Limited,Co-operative Society,"1 Quay, Rivermouth, RM1 1AA",05/06/2016,,Registered\n'
        "2,123,123C,Bay Credit Union Limited,Credit Union,,01/01/1999,02/02/2012,Deregistered\n"
        "3,525,525R,Old Club Limited,Registered Society,,01/01/1950,,Registered\n"
        "4,7001,7001,Bay Homes Limited,Community Benefit Society,,01/01/2018,,Registered\n",
        [
            {"org_id": "GB-MPR-4012", "form": "other co-operative", "founded": "2016-06-05", "postcode": "RM1 1AA"},
            {"org_id": "GB-MPR-123C", "form": "consumer co-operative", "dissolved": "2012-02-02"},
            {"org_id": "GB-MPR-525R", "form": None, "ownership": None},
            {"org_id": "GB-MPR-7001", "form": "community benefit society", "kind": "charity"},
        ],
    ),
    "NHS organisations without headings": (
        "nhs",
        "RXX,RIVERMOUTH NHS FOUNDATION TRUST,Y1,QA,QUAY,,,RIVERMOUTH,SHIRE,RM1 1AA,20010401,,,,,,,,,,,0,,,,,\n"
        "P81001,BAY SURGERY,Y1,QA,HIGH ST,,,RIVERMOUTH,SHIRE,RM2 2BB,19740401,20180101,C,B,,,,,,,,0,,,,4,\n",
        [
            {"org_id": "GB-NHS-RXX", "kind": "public body", "founded": "2001-04-01", "town": "RIVERMOUTH"},
            {"org_id": "GB-NHS-P81001", "kind": None, "ownership": None, "dissolved": "2018-01-01"},
        ],
    ),
    "schools": (
        "schools",
        "URN,LA (name),EstablishmentName,TypeOfEstablishment (name),EstablishmentTypeGroup (name),"
        "EstablishmentStatus (name),OpenDate,CloseDate,Town,Postcode,HeadLastName,Trusts (name)\n"
        "1001,Shire,Bay Academy,Academy converter,Academies,Open,01-09-2014,,Rivermouth,RM1 1AA,Example,Bay Learning\n"
        "1002,Shire,Bay School,Community school,Local authority maintained schools,Closed,,31-08-2014,,,Example,\n"
        "1003,Shire,Quay House,Other independent school,Independent schools,Open,,,,,Example,\n"
        "1004,Shire,University of the Bay,Higher education institutions,Universities,Open,,,,,,\n",
        [
            {"org_id": "GB-EDU-1001", "form": "public body", "founded": "2014-09-01", "parent": "Bay Learning"},
            {"org_id": "GB-EDU-1002", "status": "dissolved", "dissolved": "2014-08-31"},
            {"org_id": "GB-EDU-1003", "kind": "school", "ownership": None, "form": None},
            {"org_id": "GB-EDU-1004", "kind": "charity", "form": "charity"},
        ],
    ),
    "overseas owners": (
        "owners",
        "Title Number,Postcode,Proprietor Name (1),Country Incorporated (1),Proprietor Name (2),"
        "Country Incorporated (2)\n"
        "T1,RM1 1AA,BAY HOLDINGS SA,LUXEMBOURG,TIDE LTD,JERSEY\nT2,,BAY HOLDINGS SA,LUXEMBOURG,,\n",
        [
            {"name": "BAY HOLDINGS SA", "country": "LUXEMBOURG", "form": "foreign company", "org_id": None},
            {"name": "TIDE LTD", "country": "JERSEY"},
        ],
    ),
    "living-wage employers": (
        "living-wage",
        "Employer Name,City\nBay Foods,Rivermouth\n",
        [{"name": "Bay Foods", "living_wage": "yes", "kind": None, "ownership": None}],
    ),
    "companies of another country": (
        "companies",
        "registration_number,name,municipality,founded,status,type\n77,Bay Shpk,Gjakova,2009-03-04,active,Company\n",
        [{"org_id": "GB-COH-00000077", "town": "Gjakova", "founded": "2009-03-04", "kind": "company"}],
    ),
    "own list with forms": (
        "own",
        "name,postcode,ownership,group\nTide,RM1 1AA,Worker co-operative,\nQuay,RM2 2BB,Employee owned,Quay Group\n"
        "J Example Joinery,RM3 3CC,Sole trader,\n",
        [
            {"form": "worker co-operative", "ownership": "co-operative"},
            {"form": "employee-owned company", "ownership": "private", "parent": "Quay Group"},
            {"form": "sole trader", "ownership": "private"},
        ],
    ),
    "own list of companies by id": (
        "companies",
        "id,name,postcode\n123,Bay Foods Ltd,RM1 1AA\nGB-COH-00000124,Harbour Ltd,\nX-9,Tide Ltd,\n",
        [
            {"org_id": "GB-COH-00000123", "kind": "company"},
            {"org_id": "GB-COH-00000124"},
            {"org_id": "own:X-9"},
        ],
    ),
    "plain list of public bodies": (
        "public-bodies",
        "key,name,type,postcode\nRMP1,Tidelands Police,Public body,RM1 1AA\n",
        [{"org_id": None, "kind": "public body", "ownership": "public", "postcode": "RM1 1AA"}],
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_register_is_known_by_its_columns(layout: str, tmp_path: Path) -> None:
    kind, text, expected = LAYOUTS[layout]
    found = register(tmp_path, kind, text).organisations.to_pylist()
    shown = [{field: _plain(row[field]) for field in want} for row, want in zip(found, expected, strict=True)]
    assert shown == expected


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def test_companies_house_columns(tmp_path: Path) -> None:
    found = companies(tmp_path)
    first, _, partnership, cic, gone = found.organisations.to_pylist()
    assert (first["org_id"], first["postcode"], first["size"], first["sector"]) == (
        "GB-COH-00000123",
        "RM1 1AA",
        "micro",
        "C",
    )
    assert (partnership["org_id"], partnership["size"], partnership["ownership"]) == (
        "GB-COH-OC300125",
        "small",
        "private",
    )
    assert (cic["kind"], cic["ownership"]) == ("company", "social enterprise or charity")
    assert (gone["status"], gone["size"]) == ("dissolved", None)
    previous = [n for n in found.names.to_pylist() if n["how"] == "previous"]
    assert previous == [{"org": 0, "name": "OLD BAY FOODS LIMITED", "how": "previous", "until": None}]
    assert "micro entity" in first["why"]


def test_guarantee_company_says_nothing_of_its_owners(tmp_path: Path) -> None:
    text = (
        "CompanyName,CompanyNumber,CompanyCategory\n"
        'A,1,"PRI/LTD BY GUAR/NSC (Private, limited by guarantee, no share capital)"\n'
        "B,2,\"PRI/LBG/NSC (Private, Limited by guarantee, no share capital, use of 'Limited' exemption)\"\n"
    )
    assert register(tmp_path, "companies", text).organisations.column("ownership").to_pylist() == [
        None,
        "social enterprise or charity",
    ]


def test_json_and_gzip_are_read_too(tmp_path: Path) -> None:
    providers = [
        {"organisation_name": "Bay Homes Limited", "registration_number": "L1", "designation": "Non-profit",
         "corporate_form": "Registered society"},
        {"organisation_name": "Bay Housing Co-operative Limited", "registration_number": "C1",
         "designation": "Non-profit",
         "corporate_form": "Registered society"},
    ]  # fmt: skip
    (tmp_path / "providers.json").write_text(json.dumps(providers), encoding="utf-8")
    found = load_register("mutuals", tmp_path / "providers.json", UK).organisations.to_pylist()
    assert [(r["org_id"], r["kind"]) for r in found] == [("GB-SHPE-L1", "charity"), ("GB-SHPE-C1", "co-operative")]
    (tmp_path / "companies.csv.gz").write_bytes(gzip.compress(COMPANIES.encode()))
    assert load_register("companies", tmp_path / "companies.csv.gz", UK).organisations.num_rows == 5


def test_premises_say_who_is_where(tmp_path: Path) -> None:
    text = (
        "Property reference number,Postcode,Ratepayer,Occupied\n"
        "1,RM1 1AA,Bay Foods Ltd,Y\n2,RM2 2BB,,Y\n3,RM3 3CC,Gone Ltd,N\n4,RM4 4DD,Short Ltd\n"
    )
    found = register(tmp_path, "premises", text).premises.to_pylist()
    assert found == [{"name": "Bay Foods Ltd", "postcode": "RM1 1AA"}, {"name": "Short Ltd", "postcode": "RM4 4DD"}]


def test_rows_of_uneven_length_are_kept(tmp_path: Path) -> None:
    text = "id,name,postcode\n1,Short\n2,Even,RM1 1AA\n3,Long,RM1 1AA,more\n"
    assert register(tmp_path, "companies", text).organisations.column("name").to_pylist() == ["Short", "Even", "Long"]


def test_cp1252_register_keeps_its_letters(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_bytes("id,name,postcode\n1,Café £ Ltd,RM1 1AA\n".encode("cp1252"))
    assert load_register("companies", tmp_path / "r.csv", UK).organisations.column("name").to_pylist() == ["Café £ Ltd"]


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("companies", "alpha,beta\n1,2\n", ("alpha, beta", "companynumber")),
        ("companies", "Organisation Name\nBay Foods\n", ("organisation_name",)),
        ("premises", "Postcode,Rateable value\nRM1 1AA,1\n", ("ratepayer",)),
        ("companies", "", ("none",)),
    ],
)
def test_wrong_columns_are_named_with_those_needed(
    tmp_path: Path, kind: str, text: str, words: tuple[str, ...]
) -> None:
    with pytest.raises(HoldfastError) as refused:
        register(tmp_path, kind, text)
    assert refused.value.problems[0].code == "HF501"
    assert all(w in refused.value.problems[0].message for w in words)


def test_wrong_kind_is_told_the_right_one(tmp_path: Path) -> None:
    with pytest.raises(HoldfastError) as refused:
        register(tmp_path, "coops", "CompanyName,CompanyNumber,CompanyCategory\nA,1,LTD\n")
    assert 'kind = "companies"' in refused.value.problems[0].what_to_do


@pytest.mark.parametrize("kind", ["companys", ""])
def test_unknown_kind_is_refused(tmp_path: Path, kind: str) -> None:
    with pytest.raises(HoldfastError, match="There is no kind of register"):
        load_register(kind, tmp_path / "r.csv", UK)


def test_missing_file_is_a_problem_not_a_traceback(tmp_path: Path) -> None:
    with pytest.raises(HoldfastError) as refused:
        load_register("companies", tmp_path / "none.csv", UK)
    assert refused.value.problems[0].code == "HF104"


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n\x00\xff\xfe", b'"' + b"x" * 200_000, bytes(range(256)) * 9], ids=["pdf", "quote", "bytes"]
)
def test_bytes_that_are_no_table_are_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "r.csv").write_bytes(content)
    with pytest.raises(HoldfastError) as refused:
        load_register("companies", tmp_path / "r.csv", UK)
    assert refused.value.problems[0].code == "HF501"


def test_not_a_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text("not json", encoding="utf-8")
    with pytest.raises(HoldfastError, match="not a JSON list"):
        load_register("companies", tmp_path / "r.json", UK)


def test_creditor_list_is_read_under_many_headings(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_bytes("Supplier No;Supplier;Town;Post Code\n7; Café ;Rivermouth;RM1 1AA\n;;;\n".encode("cp1252"))
    assert load_creditors(path).to_pylist() == [
        {"supplier_id": "7", "name": "Café", "postcode": "RM1 1AA", "town": "Rivermouth", "company_number": None,
         "charity_number": None, "vat_number": None}
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "Supplier Name\nBay\n", "Postcode,Town\nRM1 1AA,Bay\n"])
def test_creditor_list_without_the_columns_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "c.csv").write_text(text, encoding="utf-8")
    with pytest.raises(HoldfastError) as refused:
        load_creditors(tmp_path / "c.csv")
    assert refused.value.problems[0].code == "HF501"


def test_decision_files_are_read_in_order(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text(
        "supplier,org_id,by,when,why\nBay,GB-COH-00000123,Ann,2024-05-01,rang them\n", "utf-8"
    )
    assert load_decisions(tmp_path / "d.csv")[0].org_id == "GB-COH-00000123"
    (tmp_path / "s.csv").write_text("supplier,category,scope\nBay,,grants\n,,tax\n", "utf-8")
    # the line that names nothing is kept so that it can be pointed out; it corrects nothing (test_scope)
    assert [(d.supplier, d.scope) for d in load_scope_decisions(tmp_path / "s.csv")] == [("Bay", "grants"), ("", "tax")]


def test_scope_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("supplier,category,scope\nBay,,taxes\n", "utf-8")
    with pytest.raises(HoldfastError, match="line 2"):
        load_scope_decisions(tmp_path / "s.csv")


def test_other_countries_read_their_own_lists(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("Vendor Name,City,Zip\nBay Foods LLC,Rivermouth,85251\n", "utf-8")
    found = load_register("own", tmp_path / "r.csv", packs.load("us")).organisations.to_pylist()[0]
    assert (found["name"], found["town"], found["postcode"]) == ("Bay Foods LLC", "Rivermouth", "85251")


COMPANY = (
    "CompanyName,CompanyNumber,RegAddress.PostCode,CompanyCategory,CompanyStatus,CountryOfOrigin,DissolutionDate,"
    "IncorporationDate,Accounts.AccountCategory,SICCode.SicText_1,SICCode.SicText_2,PreviousName_1.CONDATE,"
    "PreviousName_1.CompanyName,PreviousName_2.CONDATE,PreviousName_2.CompanyName\n"
)


def test_companies_keep_their_dates_codes_and_all_previous_names(tmp_path: Path) -> None:
    text = COMPANY + (
        "BAY FOODS LIMITED,123,RM1 1AA,Private Limited Company,Active,United Kingdom,NA,14/06/2016,MICRO ENTITY,"
        "10890 - Food,62012 - Software,03/04/2019,OLD BAY LIMITED,05/06/2018,OLDER BAY LIMITED\n"
        "TIDE SA,FC012345,,Other company type,Active,BELGIUM,,01/02/2001,,,,,,,\n"
        "GONE LIMITED,125,,Private Limited Company,Dissolved,United Kingdom,02/03/2015,01/01/1999,,,,,,,\n"
    )
    found = register(tmp_path, "companies", text)
    bay, tide, gone = found.organisations.to_pylist()
    assert (bay["founded"], bay["sic"], bay["form"], bay["size_basis"]) == (
        date(2016, 6, 14),
        "10890 62012",
        "private firm",
        "accounts",
    )
    assert (tide["form"], tide["country"], tide["ownership"]) == ("foreign company", "BELGIUM", None)
    assert (gone["status"], gone["dissolved"]) == ("dissolved", date(2015, 3, 2))
    names = {(n["name"], n["until"]) for n in found.names.to_pylist() if n["how"] == "previous"}
    assert names == {("OLD BAY LIMITED", date(2019, 4, 3)), ("OLDER BAY LIMITED", date(2018, 6, 5))}


PSC = [
    {"company_number": "00000123", "data": {"kind": "individual-person-with-significant-control",
     "name": "Mr Ann Example", "country_of_residence": "England", "nationality": "British",
     "date_of_birth": {"month": 1, "year": 1970},
     "natures_of_control": ["ownership-of-shares-75-to-100-percent"], "notified_on": "2016-04-06"}},
    {"company_number": "00000124", "data": {"kind": "corporate-entity-person-with-significant-control",
     "name": "Quay Eot Trustee Limited",
     "identification": {"country_registered": "England", "registration_number": "99"},
     "natures_of_control": ["ownership-of-shares-75-to-100-percent"], "notified_on": "2020-01-01"}},
    {"company_number": "00000125", "data": {"kind": "corporate-entity-person-with-significant-control",
     "name": "Tide Sa", "identification": {"country_registered": "Belgium", "registration_number": "BE1"},
     "natures_of_control": ["ownership-of-shares-25-to-50-percent"], "notified_on": "2020-01-01",
     "ceased_on": "2021-01-01"}},
    {"company_number": "00000126", "data": {"kind": "persons-with-significant-control-statement",
     "statement": "no-individual-or-entity-with-signficant-control", "notified_on": "2020-01-01"}},
    {"data": {"kind": "totals#persons-of-significant-control-snapshot", "persons_of_significant_control_count": 4}},
]  # fmt: skip


def test_of_owners_only_country_and_kind_leave_the_register(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps(record) for record in PSC)
    with zipfile.ZipFile(tmp_path / "psc-2025-01-02.zip", "w") as archive:
        archive.writestr("persons-with-significant-control-snapshot-2025-01-02.txt", lines)
    found = load_register("owners", tmp_path / "psc-2025-01-02.zip", UK)
    owners = [(o["of"], o["id"], o["kind"], o["country"], o["control"]) for o in found.owners.to_pylist()]
    assert owners == [
        ("GB-COH-00000123", None, "person", "England", 75),
        ("GB-COH-00000124", "GB-COH-00000099", "employee ownership trust", "England", 75),
        ("GB-COH-00000125", None, "company", "Belgium", 25),
        ("GB-COH-00000126", None, "nobody registered", None, 0),
    ]
    assert found.owners.to_pylist()[2]["until"] == date(2021, 1, 1)
    everything = str({name: table.to_pylist() for name, table in found.tables().items()})
    assert not any(word in everything for word in ("Ann", "Example", "British", "1970", "Quay", "Tide"))
    assert found.source.date == "2025-01-02"


def test_a_column_that_is_nearly_right_is_named(tmp_path: Path) -> None:
    with pytest.raises(HoldfastError) as refused:
        register(tmp_path, "companies", "CompanyName,CompanyNumbr,CompanyCategory\nA,1,LTD\n")
    assert "companynumber by companynumbr" in refused.value.problems[0].what_to_do
    assert "companynumbr" in refused.value.problems[0].message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<!DOCTYPE html><html><body>Sorry</body></html>", "a web page"),
        (b"%PDF-1.7 x", "a PDF"),
        (b"PK\x03\x04 cut", "ends too early"),
        (gzip.compress(COMPANIES.encode())[:60], "ends too early"),
    ],
    ids=["page", "pdf", "zip", "gzip"],
)
def test_what_is_no_register_is_said_in_words(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "r.csv").write_bytes(content)
    with pytest.raises(HoldfastError, match=said):
        load_register("companies", tmp_path / "r.csv", UK)


def test_a_workbook_is_told_what_to_do(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "providers.xlsx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(HoldfastError) as refused:
        load_register("housing", tmp_path / "providers.xlsx", UK)
    assert "CSV" in refused.value.problems[0].what_to_do
