"""Every register of the catalogue is known by its columns and read into one shape. All entries here are made up."""

from __future__ import annotations

import gzip
import json
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
    assert [{field: row[field] for field in want} for row, want in zip(found, expected, strict=True)] == expected


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
