"""A configured place, run over the real data: where its files lie, what a run of it left, and counts to hold it to."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from acceptance.spend_count import Count, amount, count, records
from acceptance.test_spend_real import BODIES, DAY_FIRST
from holdfast.project import run
from support.data import Absent, shared_folder

SharedData = Callable[[str], Path]
SETTINGS = Path(__file__).parent / "places"
PENNY = Decimal("0.01")


@dataclass(frozen=True)
class Place:
    """``spend`` are the publishers' folders as the counts know them, ``parts`` other parts of the data it needs.

    ``mapping`` is copied into the project for its one anchor. ``others`` counts files that hold no payments.
    """

    name: str
    spend: tuple[tuple[str, str], ...]
    parts: tuple[str, ...] = ()
    mapping: str | None = None
    others: int = 0


LANCASHIRE = "registers/lancashire_suppliers_companies_house.csv"
SPONSORS = "registers/companies_in_sponsor_register.csv"
CONTRACTS = r".*\.csv"

PLACES = (
    Place("manchester", (("spend/manchester_cc", r".*\.csv"),), (SPONSORS, LANCASHIRE)),
    Place(
        "east_lancashire",
        (("spend/hyndburn_bc", r"raw/.*\.csv"), ("spend/lancashire", r"(burnley|pendle).*\.csv")),
        (LANCASHIRE,),
    ),
    Place(
        "sheffield",
        (("spend/sheffield_cc", r"clean/.*\.csv"),),
        ("registers/companies_house_south_yorkshire.csv",),
    ),
    Place("oxford", (("spend/oxford_cc", r".*\.csv"),), (SPONSORS,)),
    Place(
        "trafford",
        (
            ("spend/trafford_mbc", r"trafford-supplier-spend.*\.csv"),
            ("spend/trafford_mbc", r"government_procurement.*\d\.csv"),
            ("spend/trafford_mbc", r"grants__.*\.csv"),
        ),
        (SPONSORS, "registers/charities_operating_in_trafford.csv"),
    ),
    Place("devon", (("spend/devon_cc", r"DCC.*\.csv"), ("spend/devon_cc", r"grants/.*\.csv")), (SPONSORS,)),
    Place(
        "nhs",
        tuple((f"spend/nhs/{code}", r".*\.csv") for code in ("CHWE", "GUYS", "IMPC", "KGST", "NCL")),
        (SPONSORS,),
        others=1,  # a PDF
    ),
    Place("hmrc", (("spend/hmrc_25k", r".*\.csv"),)),
    Place("scottsdale", (("spend/us-scottsdale-az", r".*\.csv"),)),
    Place("san_francisco", (("spend/us-sanfrancisco-ca", r".*\.csv"),)),
    Place("gjakova", (("spend/kosovo/Gjakova", CONTRACTS),), mapping="kosovo.toml"),
    Place("gjilan", (("spend/kosovo/Gjilan", CONTRACTS),), mapping="kosovo.toml"),
    Place("prishtina", (("spend/kosovo/Prishtina", CONTRACTS),), mapping="kosovo.toml"),
)
BY_NAME = {p.name: p for p in PLACES}


@dataclass
class Tally:
    """What is in the files: rows with an amount and all other rows that are not blank; the total by file."""

    rows: int = 0
    set_aside: int = 0
    left_out: int = 0
    totals: list[Decimal] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        return sum(self.totals, Decimal(0))

    @property
    def doubt(self) -> Decimal:
        """Parts of a penny are rounded file by file, half of one either way."""
        parts = sum(1 for t in self.totals if t != t.quantize(PENNY, ROUND_HALF_EVEN))
        return Decimal("0.005") * parts


@dataclass(frozen=True)
class Made:
    """A finished run and what it wrote."""

    place: Place
    project: Path
    folder: Path

    @cached_property
    def report(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads((self.folder / "report.json").read_text(encoding="utf-8"))
        return data

    @cached_property
    def figures(self) -> dict[str, dict[str, Any]]:
        return {f["id"]: f for f in self.report["figures"]}

    def table(self, id: str) -> list[dict[str, Any]]:
        table = next(t for t in self.report["tables"] if t["id"] == id)
        names = [c["name"] for c in table["columns"]]
        return [dict(zip(names, row, strict=True)) for row in table["rows"]]

    def step(self, name: str) -> dict[str, Any]:
        return next(s for s in self.table("bridge") if s["step"] == name)

    def share(self, ring: str) -> dict[str, Any]:
        return self.figures[f"local-share.{ring}.all.based.pooled"]


def roots(place: Place, shared_data: SharedData) -> list[Path]:
    """The folders a project's paths may lead into: that of the laid-out data, and the one its links point to."""
    parts = [*(folder for folder, _ in place.spend), *place.parts]
    found = {shared_data(part).parents[len(Path(part).parts) - 1] for part in parts}
    with suppress(Absent):
        found.add(shared_folder() / "data")
    return sorted(found)


def lay_out(place: Place, folder: Path) -> Path:
    """The project as a person would keep it: its settings, and the mapping where it has one."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(SETTINGS / place.name / "place.toml", folder)
    if place.mapping:
        (folder / "mappings").mkdir(exist_ok=True)
        shutil.copy(SETTINGS / place.mapping, folder / "mappings" / f"{place.name}.toml")
    return folder


def make(place: Place, folder: Path, shared_data: SharedData) -> Made:
    data = roots(place, shared_data)
    return Made(place, folder, run(lay_out(place, folder), data=data).folder)


def files(place: Place, shared_data: SharedData) -> Iterator[tuple[str, Path]]:
    """The payment files of a place, each with the folder that lists it."""
    for folder, pattern in place.spend:
        base = shared_data(folder)
        for path in sorted(p for p in base.rglob("*") if re.fullmatch(pattern, p.relative_to(base).as_posix())):
            yield folder, path


def tally(place: Place, shared_data: SharedData) -> Tally:
    """Every file of the place counted with another parser."""
    found = Tally()
    for folder, path in files(place, shared_data):
        name = path.relative_to(shared_data(folder)).as_posix()
        body = next((b for b in BODIES if b.folder == folder and re.fullmatch(b.files, name)), None)
        if body is None:
            _add_contracts(found, path)
        else:
            _add(found, count(path, re.compile(body.amount), None, DAY_FIRST))
    return found


def _add(found: Tally, counted: Count) -> None:
    found.rows += counted.rows
    found.set_aside += counted.unreadable
    found.left_out += counted.blank + counted.left_out
    found.totals.append(counted.total)


#: Columns of the contract lists, from 0: the price, and the seat of the company.
PRICE, SEAT = 9, 12


def _add_contracts(found: Tally, path: Path) -> None:
    prices = [r[PRICE].strip() for r in records(path.read_bytes()) if any(c.strip() for c in r)]
    values = [amount(p) for p in prices if p]
    found.rows += sum(v is not None for v in values)
    found.set_aside += sum(v is None for v in values)
    found.left_out += len(prices) - len(values)
    found.totals.append(sum((v for v in values if v is not None), Decimal(0)))


def contracts(folder: Path) -> list[tuple[Decimal, str]]:
    """Price and seat of every contract whose price can be read; the seat in small letters, as written."""
    found = []
    for path in sorted(folder.glob("*.csv")):
        for row in records(path.read_bytes()):
            price = amount(row[PRICE]) if row[PRICE].strip() else None
            if price is not None:
                found.append((price, row[SEAT].strip().casefold()))
    return found


TITLED = re.compile(r"(MR|MRS|MISS|MS) [A-Z]{1,12} [A-Z]{3,}")
NO_PERSON = re.compile(r"MISS SELFRIDGE.*|.*(LTD|LIMITED|SERVICES|TRAINING|BUILD|ELECTRIC|CLEAN|TAXI|MUSIC).*")


def titled_names(place: Place, shared_data: SharedData) -> set[str]:
    """Names with a title in any cell of the files, found without Holdfast."""
    found: set[str] = set()
    for _, path in files(place, shared_data):
        for row in records(path.read_bytes()):
            found |= {c.strip().upper() for c in row if len(c) < 60 and TITLED.fullmatch(c.strip().upper())}
    return {n for n in found if not NO_PERSON.fullmatch(n)}
