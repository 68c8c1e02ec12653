"""Invented registers and creditor lists, each with the column headings its real counterpart is known by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from holdfast.example.dice import Dice
from holdfast.example.firms import Firm, Firms
from holdfast.example.geography import AREAS
from holdfast.example.sheets import delimited

Table = tuple[str, bytes]
_TOWN = {a.code: a.name for a in AREAS}
_HEADS = {"micro": 4, "small": 22, "medium": 120, "large": 1400}


def registers(seed: int, firms: Firms) -> Iterator[Table]:
    """Every register of the project: path and bytes."""
    known = sorted((f for f in firms.everyone if f.listed), key=lambda f: f.number)
    companies = [f for f in known if f.kind == "company"]
    yield "registers/companies.csv", _csv(company_rows(companies))
    yield "registers/charities.csv", _csv(_charities([f for f in known if f.kind == "charity"]))
    yield "registers/coops.csv", _csv(_coops([f for f in known if f.kind == "co-operative"]))
    yield "registers/public-bodies.csv", _csv(_public_bodies([f for f in known if f.kind == "public body"]))
    yield "registers/premises.csv", _csv(_premises([f for f in companies if f.branch]))
    yield "registers/own.csv", _csv(_own(seed, companies))


def company_rows(firms: Iterable[Firm]) -> Iterator[Sequence[str]]:
    """The register of companies: its headings, then a row for each."""
    yield (
        "CompanyName",
        "CompanyNumber",
        "RegAddress.PostTown",
        "RegAddress.PostCode",
        "CompanyCategory",
        "CompanyStatus",
        "SICCode.SicText_1",
    )
    for f in firms:
        category = "Public Limited Company" if f.name.endswith("plc") else "Private Limited Company"
        if f.name.endswith("LLP"):
            category = "Limited Liability Partnership"
        yield f.name.upper(), f.number, _town(f), _postcode(f), category, "Active", f"{f.sic} - {f.industry}"


def _charities(firms: Iterable[Firm]) -> Iterator[Sequence[str]]:
    yield "registered_charity_number", "charity_company_registration_number", "charity_name", "charity_contact_postcode"
    for f in firms:
        yield f.charity_number or "", f.number, f.name.upper(), _postcode(f)


def _coops(firms: Iterable[Firm]) -> Iterator[Sequence[str]]:
    yield (
        *("Identifier", "Name", "Locality", "Postcode", "Companies House Number"),
        *("SIC Code", "Ownership Classification", "Legal Form"),
    )
    for n, f in enumerate(firms):
        yield f"RMCO{n + 1:04d}", f.name, _town(f), _postcode(f), f.number, f.sic, "Workers", "Society"


def _public_bodies(firms: Iterable[Firm]) -> Iterator[Sequence[str]]:
    yield "key", "name", "type", "postcode"
    for f in firms:
        yield f"RMP{f.number[2:]}", f.name, "Public body", _postcode(f)


def _premises(firms: Iterable[Firm]) -> Iterator[Sequence[str]]:
    yield "Property reference number", "Address", "Postcode", "Ratepayer", "VOA description"
    for n, f in enumerate(firms):
        yield f"P{n + 1:05d}", f"Unit {n + 1}, Wharf Road, Rivermouth", f.branch or "", f.name, "Depot and premises"


def _own(seed: int, firms: Iterable[Firm]) -> Iterator[Sequence[str]]:
    """The project's own list of sizes; one firm in eight is not on it."""
    dice = Dice(seed, "own register")
    yield "name", "company_number", "postcode", "size", "employees", "sic"
    for f in firms:
        if not dice.chance(125):
            yield f.name, f.number, _postcode(f), f.size, str(_HEADS[f.size] + dice.below(4)), f.sic


def creditor_numbers(seed: int, anchor: str, firms: Firms) -> dict[str, str]:
    """The anchor's own number for each supplier, by company number."""
    dice = Dice(seed, f"creditors {anchor}")
    numbers, last = {}, 10_000
    for f in sorted((f for f in firms.everyone if f.listed), key=lambda f: f.number):
        last += 1 + dice.below(40)
        numbers[f.number] = f"S{last}" if anchor == "hospital" else f"1{last}"
    return numbers


def creditors(anchor: str, numbers: dict[str, str], firms: Firms) -> Table:
    """The anchor's creditor list. The hospital's has other headings, another encoding, and no company numbers."""
    listed = [f for f in firms.everyone if f.number in numbers]
    rows = sorted((numbers[f.number], f.name, _postcode(f), f.number, _town(f)) for f in listed)
    if anchor == "hospital":
        body = [("Supplier No", "Supplier", "Town", "Post Code"), *((r[0], r[1], r[4], r[2]) for r in rows)]
        return "creditors/hospital.csv", delimited(body, encoding="cp1252")
    head = ("Supplier ID", "Supplier Name", "Postcode", "Company Number")
    return "creditors/city.csv", delimited([head, *(r[:4] for r in rows)], encoding="utf-8-sig")


def _postcode(firm: Firm) -> str:
    return firm.place.postcode if firm.place else ""


def _town(firm: Firm) -> str:
    return _TOWN[firm.place.area] if firm.place else ""


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    return delimited(rows, encoding="utf-8", newline="\n")
