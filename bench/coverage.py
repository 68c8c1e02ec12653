"""How much of real places' money is placed: with one register, with all at hand, and beside what Manchester published.

``python -m bench.coverage`` runs Manchester, East Lancashire, Calderdale and Sheffield twice and prints two tables in
Markdown. *Exact* is the money of suppliers linked by decision, number or exact name, *matched* that of names which
are only like a register's.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.projects import ROOT, laid_out, shared_folder
from holdfast.engine.duck import Engine
from holdfast.project import run

PLACES = ROOT / "tests" / "acceptance" / "places"
TOP = 300
#: Every register of the shared data that names organisations, as ``kind, path``.
REGISTERS = (
    ("companies", "registers/companies_house_south_yorkshire.csv"),
    ("companies", "registers/companies_in_sponsor_register.csv"),
    ("companies", "registers/lancashire_suppliers_companies_house.csv"),
    ("companies", "registers/companies_house_basic_sample_2020-05-01.csv"),
    *(("companies", f"registers/gender_pay_gap/uk_gpg_{y}_{y + 1}.csv") for y in (2017, 2019, 2021, 2023)),
    ("coops", "registers/coops_uk/co-operatives_uk_2023_q2.csv"),
    ("coops", "registers/coops_uk/2017-06__co-ops-uk-csv-data__open_data_organisations.csv"),
    ("charities", "registers/charity_lookups/relationships__charity-company-numbers.csv"),
    ("schools", "registers/charity_lookups/academy-trusts-company-number.csv"),
    ("housing", "registers/registered_providers_social_housing.json"),
    ("public-bodies", "registers/gov.uk_api_organisations-augmented.csv"),
    ("public-bodies", "registers/gov_registers/government-organisation.csv"),
)
CALDERDALE = """
[place]
name = "Calderdale"
country = "uk"

[[ring]]
name = "Calderdale"
areas = ["E08000033"]

[[ring]]
name = "West Yorkshire"
areas = ["E11000006"]

[[anchor]]
id = "calderdale"
name = "Calderdale Council"
kind = "council"
area = "E08000033"
body = ["http://statistics.data.gov.uk/doc/local-authority-district/00CY"]
spend = ["spend/odileeds/calderdale/clean/*.csv"]

[[register]]
kind = "premises"
path = "registers/business_rates/calderdale.csv"
"""


@dataclass(frozen=True, slots=True)
class Placed:
    """Money of a run: all that is analysed, and what of it is placed by how the supplier was found."""

    total: Decimal
    by: dict[str, Decimal]

    def share(self, *ways: str) -> str:
        some = sum((v for k, v in self.by.items() if not ways or k in ways), Decimal(0))
        return f"{100 * some / self.total:.1f} %"


def settings(place: str) -> str:
    return CALDERDALE if place == "calderdale" else (PLACES / place / "place.toml").read_text()


def with_all(text: str) -> str:
    """The settings with every register of the shared data."""
    added = [(kind, path) for kind, path in REGISTERS if path not in text]
    return text + "".join(f'\n[[register]]\nkind = "{kind}"\npath = "{path}"\n' for kind, path in added)


def ran(folder: Path, text: str) -> Path:
    """A project of these settings, run; gives the folder of the run."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "place.toml").write_text(text)
    # some parts lie unpacked in a cache, others are links into the shared folder
    return run(folder, data=[laid_out("spend").parent, shared_folder() / "data"]).folder


def placed(facts: Path) -> Placed:
    engine = Engine()
    try:
        rows = engine.rows(
            "SELECT CASE WHEN placed_by IN ('own area', 'decision') THEN placed_by ELSE matched_by END AS by, "
            "sum(amount) AS money, sum(amount) FILTER (ring IS NOT NULL) AS placed FROM facts "
            "WHERE scope = 'third-party purchases' AND kind NOT IN ('commitment', 'duplicate') GROUP BY ALL",
            facts=facts,
        )
    finally:
        engine.close()
    return Placed(sum((r["money"] for r in rows), Decimal(0)), {r["by"]: r["placed"] or Decimal(0) for r in rows})


def top(facts: Path, years: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Of each year's 300 largest organisations: all money, what is in the innermost ring, what is not placed."""
    engine = Engine()
    try:
        rows = engine.rows(
            f"""
            WITH paid AS (
                SELECT year, supplier_key, min(ring) AS ring, sum(amount) AS amount FROM facts
                WHERE scope = 'third-party purchases' AND kind NOT IN ('commitment', 'duplicate')
                    AND supplier_kind NOT IN ('person', 'not disclosed')
                GROUP BY year, supplier_key
            ), ranked AS (
                SELECT *, row_number() OVER (PARTITION BY year ORDER BY amount DESC, supplier_key) AS place FROM paid
            )
            SELECT year, sum(amount) AS total, coalesce(sum(amount) FILTER (ring = 0), 0) AS local,
                coalesce(sum(amount) FILTER (ring IS NULL), 0) AS unplaced
            FROM ranked WHERE place <= {TOP} GROUP BY year ORDER BY year
            """,
            facts=facts,
        )
    finally:
        engine.close()
    yield from (r for r in rows if r["year"] in years)


def published() -> dict[str, Decimal]:
    """Manchester's own figures by year, in per cent."""
    path = shared_folder() / "reference" / "acceptance.json"
    told = json.loads(path.read_text(), parse_float=Decimal)["manchester_top300"]
    return {t["year"]: Decimal(t["mcr_pct"]) for t in told if "mcr_pct" in t}


def main() -> int:
    runs: dict[str, Path] = {}
    with tempfile.TemporaryDirectory() as temp:
        print("| place | all money | one register: exact | matched | own area | placed | all registers: exact | "
              "matched | own area | placed |")  # fmt: skip
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
        for place in ("manchester", "east_lancashire", "calderdale", "sheffield"):
            text = settings(place)
            cells = []
            for which, said in (("one", text), ("all", with_all(text))):
                runs[place] = ran(Path(temp) / which / place, said)
                found = placed(runs[place] / "facts.parquet")
                exact = [k for k in found.by if k not in ("matched name", "own area")]
                cells += [found.share(*exact), found.share("matched name"), found.share("own area"), found.share()]
            print(f"| {place} | £{found.total / 1_000_000:.0f}m | {' | '.join(cells)} |", flush=True)
        print()
        print("| year | money of the 300 | placed | our range | published | contained |")
        print("| --- | ---: | ---: | ---: | ---: | --- |")
        told = published()
        for row in top(runs["manchester"] / "facts.parquet", ("2015/16", "2016/17", "2017/18", "2018/19")):
            low = 100 * row["local"] / row["total"]
            high = 100 * (row["local"] + row["unplaced"]) / row["total"]
            known = 100 * (row["total"] - row["unplaced"]) / row["total"]
            said = told[row["year"]]
            print(f"| {row['year']} | £{row['total'] / 1_000_000:.0f}m | {known:.1f} % | {low:.1f} to {high:.1f} % | "
                  f"{said} % | {'yes' if low <= said <= high else 'no'} |")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
