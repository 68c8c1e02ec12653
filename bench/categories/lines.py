"""Lines with a known category: payments whose publisher gives ProClass, notices with a CPV code, the lists' own words.

Payments are taken once for each supplier, department and wording (without figures), since a ledger repeats itself.
CPV of a payment follows from its ProClass code through Holdfast's own crosswalk, so it is no more than that; CPV of a
notice is the buyer's.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from holdfast.categories.lists import lists
from holdfast.categories.words import words
from holdfast.engine.primitives import name_parts

csv.field_size_limit(1 << 30)
#: A category of notices counts with so many notices or more, as in earlier measurements.
LEAST = 10
#: Beside a payment or notice, a list's own words count so much: a division's name, the name of anything in it.
HEADING, ENTRY = 0.6, 0.3


@dataclass(frozen=True, slots=True)
class Line:
    """``group``: what must not be on both sides of a split (a supplier, a notice's title) · ``fine``: the publisher's
    own label, where it is finer than the lists · ``several``: the buyer gave codes of several divisions, mostly in the
    order of their digits, so that ``cpv``, the first, need not be the main one."""

    of: str
    group: str
    category: str = ""
    description: str = ""
    department: str = ""
    supplier: str = ""
    sector: str = ""
    cpv: str = ""
    proclass: str = ""
    fine: str = ""
    several: bool = False
    weight: float = 1.0


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        for row in csv.DictReader(file):
            yield {(k or "").strip(): v or "" for k, v in row.items() if isinstance(v, str) or v is None}


def payments(data: Path) -> list[Line]:
    """Trafford (January to March 2025) and Sheffield (January 2011 and 2014), in a fixed order."""
    sectors = sectors_by_name(data)
    found: dict[tuple[str, ...], Line] = {}
    for line in [*_trafford(data), *_sheffield(data)]:
        key = (line.of, line.group, line.department, " ".join(words(line.category)), line.proclass, line.fine)
        found.setdefault(key, line)
    many = Counter(line.group for line in found.values())
    return [
        replace(line, sector=sectors.get(line.group, ""), weight=many[line.group] ** -0.5) for line in found.values()
    ]


def _trafford(data: Path) -> Iterator[Line]:
    for r in rows(data / "spend/trafford_mbc/trafford-supplier-spend-2025-Jan-Mar_extract.csv"):
        told = lists().code("ProClass", r["ProclassCode"])
        if told is not None:
            supplier = r["BeneficiaryName"]
            fine = r["ProclassLabel"].split(":")[0].strip()
            yield Line(
                "Trafford", name_parts(supplier).core, r["Purpose"], "", r["OrganisationalUnit"], supplier,
                cpv=told.cpv, proclass=told.proclass, fine=fine,
            )  # fmt: skip


def _sheffield(data: Path) -> Iterator[Line]:
    for file in ("2011-01.csv", "2014-01.csv"):
        for r in rows(data / "spend/sheffield_cc/clean" / file):
            told = lists().label(r["Proclass Details Level 1"])
            if told is not None:
                supplier = r["Supplier Name"]
                yield Line(
                    "Sheffield", name_parts(supplier).core, r["Expense Code Description"], "",
                    r["Business Unit Description"], supplier, cpv=told.cpv, proclass=told.proclass,
                )  # fmt: skip


def companies(data: Path) -> Iterator[tuple[str, str]]:
    """Name and first code of industry of every company at hand."""
    registers = data / "registers"
    for file in ("companies_house_south_yorkshire.csv", "companies_house_basic_sample_2020-05-01.csv"):
        for r in rows(registers / file):
            yield r["CompanyName"], r["SICCode.SicText_1"][:5]
    for r in rows(registers / "companies_in_sponsor_register.csv"):
        yield r["company_name"], r["sic_codes"].split(";")[0].strip()
    for path in sorted((registers / "gender_pay_gap").glob("*.csv")):
        for r in rows(path):
            codes = [c.strip().zfill(5) for c in re.split(r"[,\r\n]+", r.get("SicCodes", "")) if len(c.strip()) > 3]
            if codes:
                yield r["EmployerName"], codes[0]


def sectors_by_name(data: Path) -> dict[str, str]:
    """Core name -> section and division, as a run knows it of a supplier that is found in a register."""
    found: dict[str, str] = {}
    for name, code in companies(data):
        if code.isdigit() and (sector := lists().sector(code)):
            found.setdefault(name_parts(name).core, sector)
    return found


def notices(data: Path) -> list[Line]:
    """Notices with title, description and CPV, each text once; those of Lancashire are only learned from."""
    found: dict[tuple[str, str], Line] = {}
    for of, title, description, code in _notices(data / "contracts"):
        key = (title, description)
        several = len({c[:2] for c in re.findall(r"\d{8}", code)}) > 1
        line = Line(of, " ".join(words(title)), title, description, cpv=code[:2], several=several)
        if code[:2] in lists().cpv and (key not in found or found[key].of == "Lancashire"):
            found[key] = line
    many = Counter(line.cpv for line in found.values() if line.of == "notices")
    return [line for line in found.values() if line.of != "notices" or many[line.cpv] >= LEAST]


def _notices(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    for path in sorted((folder / "lancashire_contracts_finder").glob("*.json")):
        for c in json.loads(path.read_text(encoding="utf-8"))["contracts"]:
            yield "Lancashire", c["title"], c["description"] or "", c["cpv_codes"].strip()
    releases = json.loads((folder / "ocds_releases_cf_england_scotland_wales_2025.json").read_text(encoding="utf-8"))
    for r in releases["releases"] if isinstance(releases, dict) else releases:
        tender = r.get("tender", {})
        code = (tender.get("classification") or {}).get("id")
        if code:
            yield "notices", tender["title"], tender.get("description") or "", code
    for file in ("notices.csv", "hmrc_contracts.csv"):
        for r in rows(folder / "ojeu_contracts_finder_2020" / file):
            yield "notices", r["Title"], r["Description"], r["Cpv Codes"].strip()


def own_words(data: Path) -> list[Line]:
    """The names in the lists themselves: CPV to the last entry, ProClass's top level."""
    found: dict[tuple[str, str], Line] = {}
    tops = json.loads((data / "codes/cpv-en-sv/cpv_en.json").read_text(encoding="utf-8"))
    for code, name in _walk(tops):
        weight = HEADING if code[4:8] == "0000" else ENTRY
        found.setdefault((code[:2], name), Line("CPV", "", category=name, cpv=code[:2], weight=weight))
    for code, name in lists().proclass.items():
        found[code, name] = Line("ProClass", "", category=name, proclass=code, weight=HEADING)
    return list(found.values())


def _walk(nodes: list[dict[str, object]] | None) -> Iterator[tuple[str, str]]:
    for node in nodes or []:
        if node["name"]:
            yield str(node["cpv"]), str(node["name"])
        yield from _walk(node["children"])  # type: ignore[arg-type]
