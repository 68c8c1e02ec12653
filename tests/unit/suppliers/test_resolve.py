"""Who was paid: what decides, in which order, and what is never guessed."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from holdfast.suppliers.creditors import load_creditors
from holdfast.suppliers.decisions import Decision
from holdfast.suppliers.register import Register
from holdfast.suppliers.resolve import resolve
from holdfast.tables.contract import contract, schema

from .support import UK, companies, payees, register, resolved


@pytest.fixture
def firms(tmp_path: Path) -> Register:
    return companies(tmp_path)


def creditor_list(folder: Path, text: str) -> dict[str, pa.Table]:
    (folder / "creditors.csv").write_text(text, encoding="utf-8")
    return {"a": load_creditors(folder / "creditors.csv")}


def test_every_added_column_keeps_the_contract(firms: Register) -> None:
    table, _ = resolve(payees({"supplier": "Bay Foods Ltd"}, {"supplier": None}), [firms], {}, [], UK)
    added = [c.column for c in contract("payees") if "added by suppliers" in c.description]
    assert table.column_names == [*payees().column_names, *added]
    for name in added:
        assert table.schema.field(name).type == schema("payees").field(name).type, name
        if not schema("payees").field(name).nullable:
            assert table.column(name).null_count == 0, name


def test_no_payees_at_all_is_an_empty_answer(firms: Register) -> None:
    assert resolved(payees(), [firms]) == ([], [])


def test_published_number_comes_first(firms: Register) -> None:
    (row,), _ = resolved(payees({"supplier": "Harbour Ltd", "company_number": "123"}), [firms])
    assert (row["org_id"], row["matched_by"]) == ("GB-COH-00000123", "identifier")
    assert row["supplier_name"] == "BAY FOODS LIMITED"
    assert "number published with the payment" in row["evidence"]


def test_number_in_the_creditor_list_comes_before_the_name(firms: Register, tmp_path: Path) -> None:
    told = creditor_list(tmp_path, "Supplier ID,Name,Postcode,Company Number\n7,Bay Fds,RM9 9ZZ,123\n")
    (row,), _ = resolved(payees({"supplier": "Bay Fds (misspelt)", "supplier_id": "7"}), [firms], told)
    assert (row["org_id"], row["matched_by"]) == ("GB-COH-00000123", "creditor list")
    assert (row["based_postcode"], row["based_by"]) == ("RM9 9ZZ", "creditor list")


def test_exact_core_name_links(firms: Register) -> None:
    (row,), problems = resolved(payees({"supplier": "The Bay Foods Ltd."}), [firms])
    assert (row["org_id"], row["matched_by"]) == ("GB-COH-00000123", "exact name")
    assert (row["supplier_kind"], row["ownership"], row["size"], row["sector"]) == ("company", "private", "micro", "C")
    assert (row["based_postcode"], row["based_town"], row["based_by"]) == ("RM1 1AA", "Rivermouth", "register")
    assert problems == []


def test_previous_name_links_and_says_so(firms: Register) -> None:
    (row,), _ = resolved(payees({"supplier": "Old Bay Foods Limited"}), [firms])
    assert row["org_id"] == "GB-COH-00000123"
    assert "previous name" in row["evidence"]


def test_core_name_of_several_stays_unlinked(firms: Register) -> None:
    (row,), problems = resolved(
        payees(
            {"supplier": "Harbour"},
        ),
        [firms],
    )
    assert (row["org_id"], row["matched_by"], row["supplier_key"]) == (None, "none", "name:HARBOUR")
    rows, problems = resolved(payees({"supplier": "Harbour Plc"}), [firms])
    assert rows[0]["org_id"] is None
    assert "borne by 2 organisations" in rows[0]["evidence"]
    assert [(p.code, p.value) for p in problems] == [("HF503", "HARBOUR")]


def test_legal_form_settles_a_name_of_several(firms: Register) -> None:
    rows, _ = resolved(payees({"supplier": "Harbour Limited"}, {"supplier": "HARBOUR LLP"}), [firms])
    assert [r["org_id"] for r in rows] == ["GB-COH-00000124", "GB-COH-OC300125"]


def test_postcode_settles_a_name_of_several(firms: Register) -> None:
    (row,), _ = resolved(payees({"supplier": "Harbour", "postcode": "rm3 3cc"}), [firms])
    assert row["org_id"] == "GB-COH-OC300125"
    assert "same postcode" in row["evidence"]


def test_single_word_without_a_form_is_too_little(firms: Register) -> None:
    (row,), _ = resolved(payees({"supplier": "Quay"}), [firms])
    assert row["matched_by"] == "none"
    (row,), _ = resolved(payees({"supplier": "Quay Ltd"}), [firms])
    assert row["org_id"] == "GB-COH-00000127"
    assert "dissolved" in row["evidence"]


def test_person_never_links_by_name(tmp_path: Path) -> None:
    firms = register(tmp_path, "companies", "id,name,postcode\n1,MR PETER DOE LIMITED,RM1 1AA\n")
    (row,), _ = resolved(payees({"supplier": "Mr Peter Doe"}), [firms])
    assert (row["supplier_kind"], row["org_id"], row["supplier_name"]) == ("person", None, "A person")
    assert row["supplier_key"].startswith("person:")
    assert "DOE" not in row["supplier_key"]


def test_name_after_trading_as_may_link_where_the_person_does_not(firms: Register) -> None:
    (row,), _ = resolved(payees({"supplier": "Mr P Doe t/a Bay Foods"}), [firms])
    assert row["org_id"] == "GB-COH-00000123"
    assert "trading as" in row["evidence"]


def test_public_body_is_not_taken_for_a_company_of_its_name(tmp_path: Path) -> None:
    firms = register(tmp_path, "companies", "id,name,postcode\n1,GANNETBY TOWN COUNCIL LIMITED,RM1 1AA\n")
    (row,), _ = resolved(payees({"supplier": "Gannetby Town Council"}), [firms])
    assert (row["org_id"], row["supplier_kind"], row["ownership"]) == (None, "public body", "public")


def test_redacted_name_is_not_disclosed_and_never_chains(firms: Register) -> None:
    rows, _ = resolved(
        payees(
            {"supplier": "REDACTED", "vat_number": "812345678", "company_number": "123"},
            {"supplier": "Bay Foods Ltd", "vat_number": "812345678"},
            {"supplier": "x", "kind": "redacted"},
            {"supplier": None},
        ),
        [firms],
    )
    hidden = [rows[i] for i in (0, 2, 3)]
    assert {r["supplier_key"] for r in hidden} == {"name:NOT DISCLOSED"}
    assert {r["supplier_kind"] for r in hidden} == {"not disclosed"}
    assert {r["supplier_name"] for r in hidden} == {"Not disclosed"}
    assert all(r["org_id"] is None for r in hidden)


def test_spellings_under_one_vat_number_are_one_supplier() -> None:
    rows, _ = resolved(
        payees(
            {"supplier": "Bay Foods", "vat_number": "GB812345678"},
            {"supplier": "Baye Foods", "vat_number": "812 345 678"},
            {"supplier": "Baye Foods", "anchor": "b"},
            {"supplier": "Tide Foods"},
        )
    )
    keys = [r["supplier_key"] for r in rows]
    assert keys[0] == keys[1] == keys[2] != keys[3]


def test_one_linked_spelling_links_the_others_under_its_vat_number(firms: Register) -> None:
    rows, _ = resolved(
        payees(
            {"supplier": "Bay Foods Ltd", "vat_number": "812345678"},
            {"supplier": "B Fds Ltd", "vat_number": "812345678"},
        ),
        [firms],
    )
    assert [r["org_id"] for r in rows] == ["GB-COH-00000123"] * 2
    assert rows[1]["matched_by"] == "identifier"
    assert "shares its VAT number" in rows[1]["evidence"]


def test_vat_number_under_many_unlike_names_shows_nothing() -> None:
    names = ("Apple", "Birch", "Cedar", "Damson", "Elder", "Fir", "Gorse")
    rows, _ = resolved(payees(*({"supplier": f"{n} Ltd", "vat_number": "812345678"} for n in names)))
    assert len({r["supplier_key"] for r in rows}) == 7


def test_own_number_groups_spellings_but_not_a_sundry_account() -> None:
    rows, _ = resolved(
        payees(
            {"supplier": "Bay Recycling", "supplier_id": "9"},
            {"supplier": "Bay Recycling and Recovery", "supplier_id": "9"},
            {"supplier": "Tide Hotel", "supplier_id": "9"},
            {"supplier": "Bay Recycling North", "supplier_id": "9", "anchor": "b"},
        )
    )
    keys = [r["supplier_key"] for r in rows]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 3


def test_number_published_by_one_anchor_serves_the_others() -> None:
    rows, _ = resolved(
        payees({"supplier": "Tide Ltd", "company_number": "77"}, {"supplier": "TIDE LIMITED", "anchor": "b"})
    )
    assert [r["supplier_key"] for r in rows] == ["GB-COH-00000077"] * 2
    assert [r["matched_by"] for r in rows] == ["identifier", "exact name"]


def test_two_numbers_under_one_name_stay_two_suppliers() -> None:
    rows, _ = resolved(
        payees(
            {"supplier": "Tide Ltd", "company_number": "77"},
            {"supplier": "Tide Ltd", "company_number": "78"},
            {"supplier": "Tide Ltd", "anchor": "b"},
        )
    )
    assert [r["supplier_key"] for r in rows] == ["GB-COH-00000077", "GB-COH-00000078", "name:TIDE"]


def test_charity_and_company_numbers_make_one_organisation(tmp_path: Path) -> None:
    same = register(
        tmp_path, "charities", "org_id_a,org_id_b,org_name\nGB-CHC-1234567,GB-COH-00000126,TIDE CARE\n", "same.csv"
    )
    rows, _ = resolved(
        payees({"supplier": "Tide", "company_number": "126"}, {"supplier": "Tide C", "charity_number": "1234567"}),
        [companies(tmp_path), same],
    )
    assert [r["org_id"] for r in rows] == ["GB-COH-00000126"] * 2
    assert {(r["supplier_kind"], r["ownership"]) for r in rows} == {("charity", "social enterprise or charity")}


def test_society_number_in_two_forms_is_one_co_operative(tmp_path: Path) -> None:
    coops = register(
        tmp_path,
        "coops",
        "CUK Organisation ID,Registered Number,Registrar,Registered Name\nR1,525R,FCA,Bay Co-operative Limited\n",
    )
    rows, _ = resolved(
        payees({"supplier": "Bay Coop", "company_number": "IP00525R"}, {"supplier": "BAY CO-OPERATIVE LTD"}), [coops]
    )
    assert [r["org_id"] for r in rows] == ["GB-MPR-525R"] * 2
    assert {r["ownership"] for r in rows} == {"co-operative"}


def test_one_full_name_in_two_registers_is_one_organisation(tmp_path: Path) -> None:
    coops = register(
        tmp_path,
        "coops",
        "Identifier,Name,Postcode,Companies House Number,Ownership Classification\nR1,Bay Foods Limited,,,Workers\n",
        "coops.csv",
    )
    (row,), problems = resolved(payees({"supplier": "Bay Foods"}), [companies(tmp_path), coops])
    assert (row["org_id"], row["ownership"], row["size"]) == ("GB-COH-00000123", "co-operative", "micro")
    assert problems == []


def test_spellings_that_a_register_lists_are_one_supplier(tmp_path: Path) -> None:
    looked_up = register(
        tmp_path,
        "companies",
        "supplier_canonical,aliases,note,company_number,company_name\n"
        "Rivermouth County Council,RIVERMOUTH COUNTY COUNCIL | RCC,Local authority,,\n",
    )
    rows, _ = resolved(payees({"supplier": "RCC"}, {"supplier": "Rivermouth County Council"}), [looked_up])
    assert len({r["supplier_key"] for r in rows}) == 1
    assert [r["supplier_kind"] for r in rows] == ["public body"] * 2


def test_decision_outranks_a_published_number(firms: Register) -> None:
    decided = [Decision("Harbor", "GB-COH-00000124", by="Ann", when="2024-05-01", why="rang them")]
    (row,), _ = resolved(payees({"supplier": "HARBOR LTD", "company_number": "123"}), [firms], decisions=decided)
    assert (row["org_id"], row["matched_by"]) == ("GB-COH-00000124", "decision")
    assert row["evidence"].startswith("decided by Ann on 2024-05-01: rang them")


def test_later_decision_outranks_an_earlier_one(firms: Register) -> None:
    decided = [Decision("Harbour", "GB-COH-00000124"), Decision("Harbour Ltd", "GB-COH-OC300125")]
    (row,), _ = resolved(payees({"supplier": "Harbour"}), [firms], decisions=decided)
    assert row["org_id"] == "GB-COH-OC300125"


def test_decision_for_none_of_them_keeps_the_name_apart(firms: Register) -> None:
    (row,), _ = resolved(payees({"supplier": "Bay Foods Ltd"}), [firms], decisions=[Decision("Bay Foods", "")])
    assert (row["supplier_key"], row["org_id"], row["based_by"]) == ("name:BAY FOODS", None, "none")


def test_where_a_supplier_is_comes_from_the_nearest_source(firms: Register, tmp_path: Path) -> None:
    told = creditor_list(tmp_path, "Supplier ID,Postcode,Town\n7,RM9 9ZZ,\n8,,Gannetby\n")
    rows, _ = resolved(
        payees(
            {"supplier": "Bay Foods Ltd", "supplier_id": "7", "postcode": "RM8 8YY"},
            {"supplier": "Harbour Ltd", "supplier_id": "7"},
            {"supplier": "Tide Care CIC", "supplier_id": "8"},
            {"supplier": "Harbour LLP", "town": "Skerrow"},
            {"supplier": "Quay Ltd", "postcode": "not one"},
            {"supplier": "Nobody Known"},
        ),
        [firms],
        told,
    )
    assert [(r["based_postcode"], r["based_town"], r["based_by"]) for r in rows] == [
        ("RM8 8YY", None, "postcode in payment"),
        ("RM9 9ZZ", None, "creditor list"),
        (None, "Gannetby", "creditor list"),
        (None, "Skerrow", "town in payment"),
        ("RM5 5EE", "Gannetby", "register"),
        (None, None, "none"),
    ]


def test_another_anchors_list_tells_where_the_same_supplier_is(tmp_path: Path) -> None:
    told = creditor_list(tmp_path, "Supplier ID,Postcode\n7,RM9 9ZZ\n")
    rows, _ = resolved(payees({"supplier": "Bay", "supplier_id": "7"}, {"supplier": "Bay", "anchor": "b"}), [], told)
    assert (rows[1]["based_postcode"], rows[1]["based_by"]) == ("RM9 9ZZ", "creditor list")
    assert "another payment or list" in rows[1]["evidence"]


def test_disagreeing_postcodes_serve_nobody_else() -> None:
    rows, _ = resolved(
        payees(
            {"supplier": "Bay", "postcode": "RM1 1AA"}, {"supplier": "Bay", "postcode": "RM2 2BB"}, {"supplier": "Bay"}
        )
    )
    assert rows[2]["based_by"] == "none"


def test_known_local_premises_are_listed(tmp_path: Path) -> None:
    premises = register(
        tmp_path,
        "premises",
        "Ratepayer,Postcode\nBay Foods Limited,RM7 7XX\nBay Foods Ltd,RM6 6WW\nOther Ltd,RM5 5VV\n",
        "premises.csv",
    )
    rows, _ = resolved(
        payees({"supplier": "BAY FOODS LTD"}, {"supplier": "None Here"}), [companies(tmp_path), premises]
    )
    assert [r["branch_postcodes"] for r in rows] == [["RM6 6WW", "RM7 7XX"], None]


def test_bad_numbers_are_counted() -> None:
    _, problems = resolved(
        payees({"supplier": "A", "company_number": "see note"}, {"supplier": "B", "vat_number": "12"})
    )
    assert [(p.code, p.column, p.count) for p in problems] == [
        ("HF504", "company_number", 1),
        ("HF504", "vat_number", 1),
    ]


def test_creditor_list_that_meets_nothing_is_reported(tmp_path: Path) -> None:
    told = creditor_list(tmp_path, "Supplier ID,Postcode\n999,RM9 9ZZ\n")
    _, problems = resolved(payees({"supplier": "A", "supplier_id": "1"}), [], told)
    assert [p.code for p in problems] == ["HF502"]


def test_nothing_known_is_said_to_be_unknown() -> None:
    (row,), _ = resolved(payees({"supplier": "Whelks of Rivermouth"}))
    assert (row["supplier_kind"], row["ownership"], row["size"], row["sector"]) == (
        "unknown",
        "unknown",
        "unknown",
        None,
    )
    assert (row["supplier_key"], row["matched_by"], row["based_by"]) == ("name:WHELKS OF RIVERMOUTH", "none", "none")


def test_many_registers_are_one_and_the_first_that_says_a_thing_counts(tmp_path: Path) -> None:
    lists = [
        register(tmp_path, "own", f"name,company_number,size,town\nBay Foods Ltd,123,{size},{town}\n", f"{n}.csv")
        for n, (size, town) in enumerate([("", "")] * 6 + [("Small", ""), ("Large", "Gannetby")])
    ]
    (row,), _ = resolved(payees({"supplier": "Bay Foods Ltd"}), lists)
    assert (row["org_id"], row["size"], row["based_town"]) == ("GB-COH-00000123", "small", "Gannetby")


def test_creditor_list_gives_the_full_name_of_one_cut_off(firms: Register, tmp_path: Path) -> None:
    told = creditor_list(tmp_path, "Supplier ID,Name\n7,Bay Foods Limited\n8,Sundry Suppliers\n9,Harbour Limited\n")
    rows, _ = resolved(
        payees(
            {"supplier": "Bay Foo", "supplier_id": "7"},
            {"supplier": "Tide Hotel", "supplier_id": "8"},
            {"supplier": "REDACTED", "supplier_id": "9"},
        ),
        [firms],
        told,
    )
    assert [r["supplier_key"] for r in rows] == ["GB-COH-00000123", "name:TIDE HOTEL", "name:NOT DISCLOSED"]
    assert "by its name in the creditor list" in rows[0]["evidence"]


def test_decision_on_the_name_as_paid_holds_though_the_list_has_another(firms: Register, tmp_path: Path) -> None:
    told = creditor_list(tmp_path, "Supplier ID,Name\n7,Bay Foods Limited\n")
    decided = [Decision("Bay Foo", "GB-COH-00000124")]
    (row,), _ = resolved(payees({"supplier": "Bay Foo", "supplier_id": "7"}), [firms], told, decided)
    assert row["org_id"] == "GB-COH-00000124"


def test_entry_without_number_describes_the_body_whose_number_no_register_holds(tmp_path: Path) -> None:
    bodies = register(tmp_path, "public-bodies", "name,type,postcode\nTidelands Water,Public body,RM1 1AA\n")
    (row,), _ = resolved(payees({"supplier": "Tidelands Water", "company_number": "777"}), [bodies])
    assert (row["org_id"], row["supplier_kind"], row["based_postcode"]) == ("GB-COH-00000777", "public body", "RM1 1AA")
