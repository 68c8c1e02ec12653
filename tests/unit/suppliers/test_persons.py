"""Names of private persons stay out of what is published: by the form of the name, and where in doubt. All made up."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import pytest

from holdfast.project import load_results, requests, run
from holdfast.project.store import Store
from holdfast.report import write_ask, write_brief
from holdfast.suppliers.decisions import Decision
from holdfast.suppliers.persons import WHY, given_names, looks_like_person
from support.project import HEADER, csv_text, make_project

from .support import companies, payees, register, resolved

PERSONS = (
    "Poulterx, Jane",
    "POULTERX, JANE ANNE",
    "Poulterx , J",
    "Poulterx, Mrs Jane",
    "Poulterx, Zorbina",
    "Van Der Poulterx, Jane",
    "Jane Poulterx",
    "JANE POULTERX",
    "Jane A Poulterx",
    "Jane Anne Poulterx",
    "Anne-Marie Poulterx-Quillfeather",
    "John & Jane Poulterx",
    "Małgorzata Poulterx",
    "Mohammed Al Poulterx",
    "POULTERX JANE",
    "Poulterx Jane Anne",
    "POULTERX JANE A",
    "POULTERX JANE DR",
    "Van Poulterx Jane",
    "J POULTERX",
    "POULTERX J",
    "Poulterx J. A.",
    "J A B Poulterx",
    "Jane Poulterx & Mrs S Poulterx",
    "Zorbina Poulterx-Quill",
)
OTHERS = (
    "Laura Ashley",
    "John Lewis",
    "John Lewis Partnership",
    "Morgan Sindall",
    "Jane Poulterx Gardens",
    "Jane Poulterx Ltd",
    "Jane Poulterx 2",
    "Poulterx & Sons",
    "Poulterx, Quillfeather and Crake",
    "Whelks, Burnley",
    "Burnley Council, Planning",
    "Whelks of Rivermouth",
    "Accrington Stanley",
    "POULTERX TARA",
    "Poulterx M.B.C.",
    "POULTERX C V S",
    "W H Smith",
    "J A Poulterx Renovations",
    "J & A Poulterx",
    "Irwin Mitchell",
    "Poulterx Gardens Jane",
    "Jane",
    "",
)


@pytest.mark.parametrize("name", PERSONS)
def test_form_of_a_persons_name(name: str) -> None:
    assert looks_like_person(name)
    (row,), _ = resolved(payees({"supplier": name}))
    assert (row["supplier_kind"], row["supplier_name"]) == ("person", "A person")
    assert WHY in row["evidence"] or "Mrs" in name  # a title is told before the form


@pytest.mark.parametrize("name", OTHERS)
def test_form_of_other_names(name: str) -> None:
    assert not looks_like_person(name, frozenset({"BURNLEY"}))


def test_given_names_are_capitals_and_many() -> None:
    assert len(given_names()) > 300
    assert all(name.isascii() and name.isupper() for name in given_names())


def test_person_trader_and_company_of_one_name_are_three(tmp_path: Path) -> None:
    names = ("Jane Poulterx", "Jane Poulterx T/A Poulterx Gardens", "Jane Poulterx Ltd", "Poulterx Gardens")
    given = payees(*({"supplier": n} for n in names))
    person, trader, company, garden = resolved(given)[0]
    assert len({person["supplier_key"], trader["supplier_key"], company["supplier_key"]}) == 3
    assert trader["supplier_key"] == garden["supplier_key"]
    assert [r["supplier_name"] for r in (person, trader, company)] == [
        "A person", "Poulterx Gardens", "Jane Poulterx Ltd"]  # fmt: skip
    told = "CompanyName,CompanyNumber,RegAddress.PostCode,CompanyCategory,CompanyStatus\n"
    firm = register(tmp_path, "companies", told + "JANE POULTERX LIMITED,900,RM1 1AA,Private Limited Company,Active\n")
    person, trader, company, _ = resolved(given, [firm])[0]
    assert (person["supplier_name"], company["org_id"]) == ("A person", "GB-COH-00000900")
    assert trader["supplier_key"] != company["supplier_key"]


def test_same_number_of_the_anchor_does_not_make_a_person_a_firm() -> None:
    rows, _ = resolved(
        payees(
            {"supplier": "Jane Poulterx", "supplier_id": "7"},
            {"supplier": "Jane Poulterx Ltd", "supplier_id": "7", "company_number": "123"},
        )
    )
    assert [r["supplier_kind"] for r in rows] == ["person", "company"]


def test_decision_that_it_is_none_of_those_offered_does_not_show_the_name() -> None:
    given = payees({"supplier": "Jane Poulterx"})
    (row,), _ = resolved(given, decisions=[Decision("Jane Poulterx", "")])
    assert (row["supplier_kind"], row["supplier_name"]) == ("person", "A person")
    (row,), _ = resolved(given, decisions=[Decision("Jane Poulterx", "name:JANE POULTERX")])
    assert row["supplier_kind"] != "person"  # someone says that it is a firm of that name


def test_trading_under_ones_own_name_is_not_shown() -> None:
    (row,), _ = resolved(payees({"supplier": "Jane Poulterx T/A Jane Poulterx"}))
    assert row["supplier_name"] == "A person"


def test_number_or_register_makes_it_a_firm(tmp_path: Path) -> None:
    own = register(tmp_path, "own", "name,postcode,size\nJane Poulterx,RM1 1AA,large\n", "own.csv")
    (row,), _ = resolved(payees({"supplier": "Jane Poulterx"}), [own])
    assert row["supplier_kind"] != "person"
    (row,), _ = resolved(payees({"supplier": "Jane Poulterx", "company_number": "123"}), [companies(tmp_path)])
    assert row["supplier_name"] == "BAY FOODS LIMITED"


def test_nothing_that_is_published_names_a_private_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOLDFAST_CACHE", str(tmp_path / "user-cache"))
    paid = ("Poulterx, Jane", "Jane Poulterx", "JANE ANNE POULTERX", "Jane Poulterx T/A Whelk Gardens")
    rows = [HEADER]
    for n, name in enumerate(paid * 2):
        rows.append((f"{n + 1:02d}/04/2023", name, f"P{n % 4}", "Catering", "Service 1", f"{90000 + n}.00"))
    folder = make_project(tmp_path / "littleport", {"spend/town/2023-07.csv": csv_text(rows)})
    run(folder)
    public = tmp_path / "public"
    results, wanted = requests(folder)
    write_ask(results, wanted, public)
    store = Store(folder)
    write_brief(load_results(store.find("latest")), public)
    report = store.find("latest")
    texts = {p: _text(p) for where in (report, public) for p in sorted(where.rglob("*")) if _public(p)}
    names = {p.name for p in texts}
    assert {"report.html", "report.json", "top_suppliers.csv", "brief.html"} <= names
    assert not [p.name for p, text in texts.items() if "poulterx" in text.lower()]
    assert "Whelk Gardens" in next(text for p, text in texts.items() if p.name == "top_suppliers.csv")
    with next(p for p in texts if p.name == "bridge.csv").open(encoding="utf-8-sig", newline="") as file:
        assert not [r for r in csv.DictReader(file) if "persons" in r["label"].lower()]  # still purchases


def _public(path: Path) -> bool:
    return path.is_file() and path.suffix in {".html", ".json", ".csv", ".txt", ".md", ".docx", ".xlsx"}


def _text(path: Path) -> str:
    if path.suffix not in {".docx", ".xlsx"}:
        return path.read_text(encoding="utf-8-sig")
    with zipfile.ZipFile(path) as packed:
        return "".join(packed.read(n).decode("utf-8", "ignore") for n in packed.namelist())
