"""Places as they are: each runs over real files, agrees with an independent count and can defend its figures."""

from __future__ import annotations

import csv
import html
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from acceptance.place_runs import (
    BY_NAME,
    PLACES,
    Made,
    SharedData,
    contracts,
    lay_out,
    make,
    roots,
    tally,
    titled_names,
)
from holdfast.project import explain

#: Places whose files name people, or mark where they did.
WITH_PERSONS = ("east_lancashire", "sheffield", "trafford", "devon", "oxford")

Runs = Callable[[str], Made]


@pytest.fixture(scope="module")
def runs(shared_data: SharedData, tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """``runs("oxford")``: the run of that place, made once."""
    made: dict[str, Made] = {}

    def get(name: str) -> Made:
        if name not in made:
            made[name] = make(BY_NAME[name], tmp_path_factory.mktemp("places") / name, shared_data)
        return made[name]

    return get


@pytest.fixture(params=[p.name for p in PLACES])
def made(request: pytest.FixtureRequest, runs: Runs) -> Made:
    return runs(request.param)


def money(text: str) -> Decimal:
    return Decimal(text)


# --- the payments: all of them, and to the penny


def test_rows_and_total_equal_an_independent_count(made: Made, shared_data: SharedData) -> None:
    counted = tally(made.place, shared_data)
    total = made.step("total")
    assert total["payments"] == counted.rows
    assert abs(money(total["amount"]) - counted.total) <= counted.doubt
    inputs = [i for i in made.report["inputs"] if i["rows_staged"]]
    assert len(inputs) == len(counted.totals)
    assert sum(i["rows_quarantined"] for i in inputs) == counted.set_aside
    assert sum(i["rows_excluded"] for i in inputs) == counted.left_out
    assert len(made.report["inputs"]) - len(inputs) == made.place.others


def test_no_row_is_lost(made: Made) -> None:
    for i in made.report["inputs"]:
        assert i["rows_staged"] == i["rows_typed"] + i["rows_quarantined"] + i["rows_excluded"], i["path"]


def test_bridge_leads_from_the_files_to_what_is_analysed(made: Made) -> None:
    steps = made.table("bridge")
    assert (steps[0]["kind"], steps[-1]["kind"]) == ("total", "analysed")
    assert sum(money(s["amount"]) for s in steps[:-1]) == money(steps[-1]["amount"])
    assert sum(s["payments"] for s in steps[1:]) == steps[0]["payments"]
    assert money(made.figures["total"]["value"]) == money(steps[-1]["amount"])


# --- what is said about them


def test_coverage_comes_before_every_other_finding(made: Made) -> None:
    sections = re.findall(r'<section id="([^"]+)"', (made.folder / "report.html").read_text(encoding="utf-8"))
    assert sections[0] == "coverage"
    placed = sum(money(r["amount"]) for r in made.table("coverage") if r["placed_by"] != "none")
    coverage = made.figures["coverage"]
    assert money(coverage["numerator"]) == placed
    assert money(coverage["denominator"]) == money(made.step("analysed")["amount"])


DECIMAL = re.compile(r"-?\d+(\.\d+)?")
FIGURE = {"id", "measure", "value", "low", "high", "numerator", "denominator", "unit", "coverage", "definition"}
DEFINITION = {"area", "basis", "suppliers", "period", "vat", "anchors", "pooling"}


def faults_of(figure: dict[str, Any]) -> Iterator[str]:
    """Where a figure of the report departs from its schema, or from what a range may be."""
    if missing := FIGURE - set(figure) | DEFINITION - set(figure["definition"]):
        yield f"lacks {sorted(missing)}"
    numbers = {k: figure[k] for k in ("value", "low", "high", "numerator", "denominator", "coverage")}
    for name, said in numbers.items():
        if said is not None and not (isinstance(said, str) and DECIMAL.fullmatch(said)):
            yield f"{name} is {said!r}"
    low, value, high = (None if numbers[k] is None else Decimal(numbers[k]) for k in ("low", "value", "high"))
    if low is not None and high is not None and not low <= (low if value is None else value) <= high:
        yield f"{low} <= {value} <= {high} does not hold"
    # where credits outweigh payments elsewhere the value itself is above one, and the range holds it
    least, most = min(Decimal(0), value or Decimal(0)), max(Decimal(1), value or Decimal(1))
    if figure["unit"] == "share" and not all(least <= s <= most for s in (low, high) if s is not None):
        yield f"range {low} to {high}"


def test_report_keeps_to_its_schema_and_every_value_lies_in_its_range(made: Made) -> None:
    report = made.report
    assert report["schema"] == "holdfast.report/1"
    assert {"place", "run", "inputs", "figures"} <= set(report)
    assert made.folder.name == report["run"]
    ids = [f["id"] for f in report["figures"]]
    assert len(set(ids)) == len(ids)
    faults = [f"{f['id']}: {fault}" for f in report["figures"] for fault in faults_of(f)]
    assert not faults, "\n".join(faults)


def behind(made: Made, ids: list[str]) -> list[str]:
    """Those of the figures that the payments behind them do not add up to."""
    return [id for id in ids if not explain(made.project, id, limit=1).adds_up]


def test_figures_go_back_to_their_payments_to_the_penny(made: Made) -> None:
    rings = [i for i in made.figures if i.startswith("local-share.") and i.endswith(".all.based.pooled")]
    assert not behind(made, ["total", rings[0]])


def test_every_single_figure_of_a_place_goes_back_to_its_payments(runs: Runs) -> None:
    made = runs("gjakova")
    sums = [f["id"] for f in made.report["figures"] if f["selection"]["where"]]
    assert len(sums) > 15
    assert not behind(made, sums)


def test_share_of_shared_suppliers_goes_back_to_its_payments(runs: Runs) -> None:
    made = runs("east_lancashire")
    assert not behind(made, ["shared-share"])
    keys = made.figures["shared-share"]["selection"]["counted"]["supplier_key"]
    assert len(keys) == money(made.figures["shared-suppliers"]["value"])
    assert not [k for k in keys if k.startswith("person:")]


# --- people


@pytest.mark.parametrize("name", WITH_PERSONS)
def test_no_person_is_named_in_the_report(name: str, runs: Runs, shared_data: SharedData) -> None:
    made = runs(name)
    written = [made.folder / "report.html", made.folder / "report.json", *sorted((made.folder / "tables").glob("*"))]
    text = " ".join(html.unescape(p.read_text(encoding="utf-8-sig")).upper() for p in written)
    shown = sum(n in text for n in titled_names(made.place, shared_data))
    assert shown == 0  # and not which: a failing test must not name them either


def test_there_were_people_to_leave_out(shared_data: SharedData) -> None:
    assert len(titled_names(BY_NAME["east_lancashire"], shared_data)) > 20


# --- the same again


def files_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_another_run_elsewhere_gives_the_same_bytes(runs: Runs, shared_data: SharedData, tmp_path: Path) -> None:
    first = runs("trafford")
    again = make(BY_NAME["trafford"], tmp_path / "moved", shared_data)
    one, two = files_of(first.folder), files_of(again.folder)
    assert again.folder.name == first.folder.name
    assert sorted(one) == sorted(two)
    assert [name for name in one if one[name] != two[name]] == []


def holdfast(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "holdfast", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"})


def test_command_ends_with_the_report_and_its_exit_code_tells_of_problems(
    runs: Runs, shared_data: SharedData, tmp_path: Path
) -> None:
    made = runs("hmrc")
    data = [word for root in roots(made.place, shared_data) for word in ("--data", root)]
    done = holdfast("run", made.project, *data)
    assert done.returncode == 0, done.stderr
    report = Path(done.stdout.splitlines()[-1])
    assert report.is_file()
    assert report.resolve().is_relative_to(made.project.resolve() / "build")
    assert holdfast("run", made.project, "--strict", *data).returncode == 1  # eleven months of the year are missing
    refused = holdfast("run", lay_out(made.place, tmp_path / "no-data"))
    assert (refused.returncode, "HF405" in refused.stderr, "Traceback" in refused.stderr) == (2, True, False)


# --- what each place is known for


def test_east_lancashire_has_a_share_with_coverage_and_a_range(runs: Runs) -> None:
    """About a third of the money can be placed by the register of the county's suppliers."""
    made = runs("east_lancashire")
    inner, outer = made.share("east-lancashire"), made.share("lancashire")
    for f in (inner, outer):
        assert money(f["low"]) < money(f["value"]) < money(f["high"])
        assert Decimal("0.3") < money(f["coverage"]) < Decimal("0.5")
    assert money(inner["value"]) < money(outer["value"])
    shares = {r["anchor"]: r["share"] for r in made.table("by_anchor") if r["ring"] == "Lancashire"}
    assert set(shares) == {"hyndburn", "burnley", "pendle"}
    assert all(shares.values())


def test_change_in_east_lancashire_is_told_like_for_like(runs: Runs) -> None:
    """Two of three councils publish from 2021 only: over all three the share seems to rise, but Hyndburn's fell,
    as far as it could be placed."""
    made = runs("east_lancashire")
    ends = {"ring": "East Lancashire", "from_year": "2017/18", "to_year": "2024/25"}
    rows = {r["panel"]: r for r in made.table("change") if ends.items() <= r.items()}
    assert money(rows["all"]["share_points"]) > 0 > money(rows["fixed"]["share_points"])
    report = (made.folder / "report.html").read_text(encoding="utf-8")
    heading = re.search(r'id="h-years">([^<]+)<', report)
    assert heading is not None
    # what could not be placed may undo the fall, so the heading claims neither
    assert "rose by" not in heading[1]
    assert "fell by" not in heading[1]
    assert "at the anchors that paid in both years: the ranges overlap" in heading[1]


def test_contracts_among_burnleys_payments_are_left_out(runs: Runs, shared_data: SharedData) -> None:
    text = (shared_data("spend/lancashire") / "burnley_bc_third_party_normalised.csv").read_text(encoding="utf-8-sig")
    listed = [Decimal(r["amount"]) for r in csv.DictReader(io.StringIO(text)) if r["type"] == "contracts"]
    step = runs("east_lancashire").step("commitment")
    assert (step["payments"], -money(step["amount"])) == (len(listed), sum(listed).quantize(Decimal("0.01")))


def test_sheffields_money_is_told_by_category(runs: Runs) -> None:
    made = runs("sheffield")
    rows = [r for r in made.table("by_category") if r["ring"] == "South Yorkshire"]
    assert sum(money(r["total"]) for r in rows) == money(made.step("analysed")["amount"])
    named = [r for r in rows if r["category"] != "Not stated" and not r["category"].startswith("Other (")]
    assert len(named) == 25
    assert sum(r["share"] is not None for r in named) > 15
    assert all(money(r["low"]) <= money(r["share"]) <= money(r["high"]) for r in rows if r["share"] is not None)


def test_nearly_all_of_hmrcs_money_is_placed_by_the_postcodes_in_its_file(runs: Runs) -> None:
    made = runs("hmrc")
    assert {r["placed_by"] for r in made.table("coverage")} == {"postcode in payment", "none"}
    london, south, england = (made.share(r) for r in ("london", "london-south-east-and-east", "england"))
    for f in (london, south, england):
        assert money(f["coverage"]) > Decimal("0.98")
        assert money(f["high"]) - money(f["low"]) < Decimal("0.02")
    assert Decimal("0.2") < money(london["value"]) < money(south["value"]) < money(england["value"]) < 1


@pytest.mark.parametrize("name", ["scottsdale", "san_francisco"])
def test_where_nothing_can_be_placed_no_share_is_made_up(name: str, runs: Runs) -> None:
    made = runs(name)
    assert made.report["currency"] == "USD"
    for f in (f for id, f in made.figures.items() if id.startswith("local-share.")):
        assert (f["value"], money(f["low"]), money(f["high"]), money(f["coverage"])) == (None, 0, 1, 0)


def test_claims_on_san_franciscos_health_fund_are_no_purchases(runs: Runs) -> None:
    """They and debt service are 98 % of what the sample holds."""
    made = runs("san_francisco")
    assert money(made.step("analysed")["amount"]) < money(made.step("total")["amount"]) / 50
    assert -money(made.step("benefits")["amount"]) > 15 * 10**9


def test_san_franciscos_files_give_years_and_no_month_of_them_is_missing(runs: Runs) -> None:
    made = runs("san_francisco")
    codes = [p["code"] for p in made.report["problems"]]
    assert codes.count("HF414") == 1
    assert not {"HF410", "HF706"} & set(codes)
    assert {r["complete"] for r in made.table("by_year")} == {True}
    assert "give years, not months" in (made.folder / "report.html").read_text(encoding="utf-8")


def test_purchase_cards_count_and_the_council_s_own_taxes_do_not(runs: Runs) -> None:
    made = runs("trafford")
    steps = {s["step"] for s in made.table("bridge")}
    assert {"tax", "pensions", "payments to persons"} <= steps
    cards = [i for i in made.report["inputs"] if "card_transactions" in i["path"]]
    assert sum(i["rows_typed"] for i in cards) == 22_184
    assert sum(p["count"] for p in made.report["problems"] if p["code"] == "HF317") == 22_184


@pytest.mark.parametrize(("name", "least"), [("trafford", 555), ("devon", 2_700)])
def test_lists_of_grants_are_no_purchases(name: str, least: int, runs: Runs) -> None:
    import duckdb

    facts = (runs(name).folder / "facts.parquet").as_posix()
    query = f"SELECT count(*) FROM '{facts}' WHERE file LIKE '%rants%' AND scope <> 'third-party purchases'"
    assert duckdb.sql(query).fetchall()[0][0] >= least


#: Seats that say the town itself or a village of it, with the slips of the keys.
TOWN = {
    "gjakova": r".*\bg?jakov[eë].*",
    "gjilan": r"(gjilan|gjian|gjilna|gjialan|gjilanb|.*-gjilan)",
    "prishtina": r"prishtin[aeë]|prishrinë|prishtië|prshtinë|prsihtine",
}
#: Of money with a stated seat, and of all money, by the count below.
KOSOVO = [("gjakova", "0.51", "0.36"), ("gjilan", "0.74", "0.34"), ("prishtina", "0.58", "0.43")]


@pytest.mark.parametrize(("name", "of_stated", "of_all"), KOSOVO)
def test_kosovos_contracts_by_the_seat_of_the_supplier(
    name: str, of_stated: str, of_all: str, runs: Runs, shared_data: SharedData
) -> None:
    """Local money equals a count of the seats as written, to the penny.

    Rough counts known before had 0.51, 0.71 and 0.57 of money with a stated seat, and 0.36, 0.33 and 0.41 of all money.
    Gjilan has more because ``Gjian``, ``Gjilna``, ``Gjialan`` and ``Gjilanb`` (€609,000) are read as Gjilan; without
    them it has 0.71 and 0.33. Prishtina has more because ``Prishrinë``, ``Prishtië`` and the like (€1.6 million) are
    read too; without them it has 0.57 and 0.42. Holdfast's share is of money *placed*, which leaves out the few seats
    that nobody can tell (``PR``, ``TEB``, ``Miresh``), so it is a little higher: Gjilan 0.76.
    """
    made = runs(name)
    listed = contracts(shared_data(made.place.spend[0][0]))
    local = sum(p for p, seat in listed if re.fullmatch(TOWN[name], seat))
    stated, every = sum(p for p, seat in listed if seat), sum(p for p, _ in listed)
    figure = made.share(name)
    cents = Decimal("0.01")
    assert abs(money(figure["numerator"]) - local) <= cents
    assert money(figure["denominator"]) <= stated + cents
    assert (round(local / stated, 2), round(local / every, 2)) == (Decimal(of_stated), Decimal(of_all))
    assert round(money(figure["value"]), 2) in (Decimal(of_stated), Decimal(of_stated) + Decimal("0.02"))
    assert made.report["currency"] == "EUR"
