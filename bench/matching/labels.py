"""Real labels: names on payments and in notices beside the number of who they are, and the registers to seek them in.

The company register is every company file in ``registers/``, with the names of licensed sponsors, which have no number,
as distractors; a distractor that bears the name of a numbered company is that company. The charity register is the
labels' own numbers and names, the charities that are companies, and every candidate name that the labellers saw.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

csv.field_size_limit(1 << 30)
#: The five parts of the labels: a part is scored by a model fitted without it.
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Label:
    """``number`` who it is; ``None`` where reviewers found it in no register, or did not say (then it only counts where
    ``reviewed``)."""

    of: str
    name: str
    number: str | None
    postcode: str = ""
    reviewed: bool = False

    @property
    def fold(self) -> int:
        """By who it is, so that no organisation is on both sides of a split."""
        return int(hashlib.sha256((self.number or self.name).encode()).hexdigest(), 16) % FOLDS


@dataclass(slots=True)
class Entry:
    number: str
    name: str
    postcode: str = ""
    previous: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)

    @property
    def numbered(self) -> bool:
        return not self.number.startswith("name:")


def rows(path: Path, encoding: str = "utf-8-sig") -> Iterator[dict[str, str]]:
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        for row in csv.DictReader(file):
            yield {(k or "").strip(): (v or "") for k, v in row.items() if isinstance(v, str) or v is None}


def company_number(text: str) -> str | None:
    """Eight characters, or ``None`` where it cannot be one."""
    bare = re.sub(r"[^0-9A-Z]", "", re.sub(r"\.0$", "", text.strip().upper()))
    if re.fullmatch(r"\d{1,8}", bare) and int(bare):
        return bare.zfill(8)
    if told := re.fullmatch(r"([A-Z]{2})(\d{1,6})", bare):
        return told[1] + told[2].zfill(6)
    return bare if re.fullmatch(r"(IP|SP|NP|RS|NO)\d{1,5}[A-Z]{1,3}", bare) else None


class _Register:
    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}

    def add(
        self,
        number: str | None,
        name: str,
        postcode: str = "",
        previous: Iterable[str] = (),
        aliases: Iterable[str] = (),
    ) -> None:
        name = name.strip()
        if not name:
            return
        entry = self.entries.setdefault(
            number or f"name:{name}", Entry(number or f"name:{name}", name, postcode.strip())
        )
        known = {entry.name, *entry.previous, *entry.aliases}
        entry.previous += [p.strip() for p in previous if p.strip() and p.strip() not in known]
        entry.aliases += [a for a in dict.fromkeys([name, *(a.strip() for a in aliases)]) if a and a not in known]
        entry.postcode = entry.postcode or postcode.strip()


def companies(data: Path) -> list[Entry]:
    """Every company file in ``registers/``, one entry per number, and the distractors."""
    r = _Register()
    folder = data / "registers"
    for row in rows(folder / "companies_house_south_yorkshire.csv"):
        r.add(company_number(row["CompanyNumber"]), row["CompanyName"], row["Postcode"])
    for row in rows(folder / "companies_house_basic_sample_2020-05-01.csv"):
        before = [row.get(f"PreviousName_{i}.CompanyName", "") for i in range(1, 11)]
        r.add(company_number(row["CompanyNumber"]), row["CompanyName"], row["RegAddress.PostCode"], before)
    for row in rows(folder / "companies_in_sponsor_register.csv"):
        r.add(
            company_number(row["company_number"]),
            row["company_name"],
            row["postcode"],
            (),
            [row["name_in_sponsor_register"]],
        )
    for path in sorted((folder / "gender_pay_gap").glob("*.csv")):
        for row in rows(path):
            if number := company_number(row["CompanyNumber"]):
                r.add(number, row["EmployerName"], row.get("PostCode", ""), (), [row.get("CurrentName", "")])
    for row in rows(folder / "lancashire_suppliers_companies_house.csv"):
        if number := company_number(row["company_number"]):
            r.add(number, row["company_name"], row["postal_code"])
    for row in rows(folder / "coops_uk" / "2017-06__co-ops-uk-csv-data__open_data_organisations.csv"):
        number = company_number(row["Registered Number"])
        if row["Registrar"].startswith("Comp") and number:
            r.add(number, row["Registered Name"], row["Registered Postcode"], (), [row["Trading Name"]])
    for row in rows(folder / "coops_uk" / "co-operatives_uk_2023_q2.csv"):
        if number := company_number(row["Companies House Number"]):
            r.add(number, row["Name"], row["Postcode"])
    for row in rows(folder / "licensed_sponsor_names.csv"):
        r.add(None, row["Organisation Name"])
    return without_doubles(r.entries.values())


def without_doubles(entries: Iterable[Entry]) -> list[Entry]:
    """Distractors that bear the name of a numbered entry are that entry."""
    from holdfast.suppliers.names import core_name

    listed = list(entries)
    borne = {core_name(n) for e in listed if e.numbered for n in (e.name, *e.previous, *e.aliases)}
    return [e for e in listed if e.numbered or core_name(e.name) not in borne]


def charities(data: Path) -> tuple[list[Label], list[Entry]]:
    labels, r, seen = [], _Register(), set()
    for row in rows(data / "groundtruth" / "nhs_charity_matches.csv"):
        number = re.sub(r"\.0$", "", row["CharityRegNo"])
        labels.append(Label("NHS charities", row["query_string_n"], number))
        r.add(number, " ".join(row["CharityName"].split()))
        seen |= {row[f"match_{i}_n"] for i in range(3)}
    for row in rows(data / "registers" / "charity_lookups" / "relationships__charity-company-numbers.csv"):
        r.add(row["org_id_a"].split("-", 2)[2], row["org_name"])
    for name in sorted(seen):
        r.add(None, name)
    return labels, without_doubles(r.entries.values())


_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})\b")


def _postcode_in(text: str) -> str:
    found = _POSTCODE.findall(text.upper())
    return " ".join(found[-1]) if found else ""


def company_labels(data: Path) -> list[Label]:
    """Numbers published by councils, in notices of the OJEU and Contracts Finder, and in OCDS; names that reviewers
    found in no register."""
    truth, notices = data / "groundtruth", data / "contracts" / "ojeu_contracts_finder_2020"
    labels = [
        Label("council-published", r["supplier_name_as_published"], number, r["supplier_postcode"])
        for r in rows(truth / "council_published_supplier_ids.csv")
        if (number := company_number(r["company_number_normalised"]))
    ]
    labels += [
        Label("OCDS parties", r["name"], number, r["postcode"] or _postcode_in(r["street_address"]))
        for r in rows(truth / "ocds_supplier_parties.csv")
        if r["id_scheme"] == "GB-COH" and (number := company_number(r["id"]))
    ]
    labels += _once(
        Label("OJEU", r["SUPPLIER_NAME"], number, r["SUPPLIER_POSTCODE"])
        for r in rows(notices / "ojeu_2020_10_05.csv")
        if (number := company_number(r["SUPPLIER_ID"])) and r["SUPPLIER_COUNTRY"] in ("UK", "GB", "")
    )
    labels += _once(_contracts_finder(notices))
    labels += [
        Label("reviewed no match", r["query_string_n"], None, reviewed=True)
        for r in rows(truth / "nhs_reviewed_no_match.csv")
    ]
    return labels


def _contracts_finder(notices: Path) -> Iterator[Label]:
    for name in ("notices.csv", "hmrc_contracts.csv"):
        for row in rows(notices / name, "cp1252"):
            for party in re.findall(
                r"\[([^\[\]]*)\]", row["Supplier [Name|Address|Ref type|Ref Number|Is SME|Is VCSE]"]
            ):
                told = party.split("|")
                if len(told) >= 4 and "COMP" in told[2].upper() and (number := company_number(told[3])):
                    yield Label("Contracts Finder", told[0].strip(), number, _postcode_in(told[1]))


def _once(labels: Iterable[Label]) -> list[Label]:
    first: dict[tuple[str, str | None], Label] = {}
    for label in labels:
        first.setdefault((label.name, label.number), label)
    return list(first.values())
