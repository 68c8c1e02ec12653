"""A run over the made-up place finds what its generator knows to be true, to the penny."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from holdfast.core.money import ratio
from holdfast.example import generate
from holdfast.project import run
from holdfast.spend.reader import read

if TYPE_CHECKING:
    from holdfast.spend.reading import Reading, TableRead


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("rivermouth") / "place")


@pytest.fixture(scope="module")
def truth(place: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((place / "expected.json").read_text(encoding="utf-8"))
    return data


@pytest.fixture(scope="module")
def reading(place: Path) -> Reading:
    return read([place / "spend"], pack="fictional", root=place)


@pytest.fixture(scope="module")
def report(place: Path) -> dict[str, Any]:
    run(place)
    folder = next((place / "build").glob("[0-9a-f]*/report.json"))
    data: dict[str, Any] = json.loads(folder.read_text(encoding="utf-8"))
    return data


@pytest.fixture(scope="module")
def figures(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {f["id"]: f for f in report["figures"]}


def rows(place: Path, table: str) -> list[dict[str, str]]:
    """A table of the run, as written to CSV."""
    path = next((place / "build").glob(f"[0-9a-f]*/tables/{table}.csv"))
    with path.open(encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))


def counts(table: TableRead) -> tuple[int, int, int, str]:
    return table.rows_typed, table.rows_quarantined, table.rows_excluded, f"{table.total:.2f}"


def test_every_table_is_read_without_a_mapping_to_the_penny(reading: Reading, truth: dict[str, Any]) -> None:
    found = {(t.path, t.sheet): counts(t) for t in reading.files if t.rows_staged}
    wanted = {
        (f["path"], f["sheet"]): (f["rows_typed"], f["rows_quarantined"], f["rows_excluded"], f["total"])
        for f in truth["files"]
    }
    assert found == wanted


def test_what_is_no_payment_table_says_so(reading: Reading) -> None:
    others = [t for t in reading.files if not t.rows_staged]
    assert {t.path.rsplit("/", 1)[-1].split("!")[-1] for t in others} >= {"README.txt", "covering note.pdf"}
    assert all({"HF102", "HF103"} & {p.code for p in t.problems} for t in others)


def test_every_payment_has_the_year_of_the_truth(reading: Reading, truth: dict[str, Any]) -> None:
    """Apart from days that do not exist, nothing is left without a date."""
    undated = sum(t.table()["date"].null_count for t in reading.files if t.rows_typed)  # type: ignore[index]
    total = Decimal(truth["pooled"]["total"]) - sum(Decimal(y["total"]) for y in truth["by_year"].values())
    assert 0 < undated < 10
    assert total > 0


def test_duplicates_commitments_and_cards_are_marked(reading: Reading) -> None:
    by_path = {t.path: t.kinds for t in reading.files}
    assert set(by_path["spend/city/payments_july21_resupplied.csv"]) == {"duplicate"}
    twins = [by_path["spend/college/payments-2022.json"], by_path["spend/college/payments-2022 (copy).json"]]
    assert sum(set(kinds) == {"duplicate"} for kinds in twins) == 1
    seen = {kind for kinds in by_path.values() for kind in kinds}
    assert seen >= {"payment", "credit", "redacted", "personal", "payroll", "internal", "card", "commitment"}
    police = [kinds for path, kinds in by_path.items() if path.startswith("spend/police/transparency")]
    assert sum(kinds.get("card", 0) for kinds in police) > 0


def test_no_supplier_name_is_garbled_by_its_encoding(reading: Reading) -> None:
    names = {n for t in reading.files if t.rows_typed for n in t.table()["supplier"].to_pylist() if n}  # type: ignore[index]
    assert any("Café" in n for n in names)
    assert {n for n in names if not n.replace("é", "").replace("É", "").isascii()} == set()


def parts(figure: dict[str, Any]) -> tuple[str, str]:
    return figure["numerator"], figure["denominator"]


def wanted(tally: dict[str, Any], ring: int) -> tuple[str, str]:
    """Money with suppliers in the ring, and all money that can be placed."""
    return tally["rings"][ring]["local"], f"{Decimal(tally['total']) - Decimal(tally['unplaced']):.2f}"


RINGS = ("rivermouth", "tidelands", "northern-shore")


def test_the_local_share_of_every_ring_is_right_to_the_penny(
    figures: dict[str, dict[str, Any]], truth: dict[str, Any]
) -> None:
    for n, ring in enumerate(RINGS):
        assert parts(figures[f"local-share.{ring}.all.based.pooled"]) == wanted(truth["pooled"], n)


def test_the_local_share_of_every_year_is_right_to_the_penny(
    figures: dict[str, dict[str, Any]], truth: dict[str, Any]
) -> None:
    found = {
        (year, ring): parts(figures[f"by-year.{year.replace('/', '-')}.{ring}"])
        for year in truth["by_year"]
        for ring in RINGS
    }
    assert found == {
        (year, ring): wanted(tally, n) for year, tally in truth["by_year"].items() for n, ring in enumerate(RINGS)
    }


def test_the_local_share_of_every_anchor_is_right_to_the_penny(
    figures: dict[str, dict[str, Any]], truth: dict[str, Any]
) -> None:
    found = {(id, ring): parts(figures[f"by-anchor.{id}.{ring}"]) for id in truth["by_anchor"] for ring in RINGS}
    assert found == {
        (id, ring): wanted(tally, n) for id, tally in truth["by_anchor"].items() for n, ring in enumerate(RINGS)
    }


def test_branches_count_where_they_are_asked_for(figures: dict[str, dict[str, Any]], truth: dict[str, Any]) -> None:
    figure = figures["local-share.rivermouth.all.based-or-branched.pooled"]
    assert figure["numerator"] == truth["pooled"]["based_or_branched_in_city"]


def test_the_range_holds_the_truth_that_no_file_tells(
    figures: dict[str, dict[str, Any]], truth: dict[str, Any]
) -> None:
    total = Decimal(truth["pooled"]["total"])
    for n, ring in enumerate(RINGS):
        figure = figures[f"local-share.{ring}.all.based.pooled"]
        told, really = (Decimal(truth["pooled"]["rings"][n][key]) for key in ("local", "really_local"))
        assert Decimal(figure["low"]) == ratio(told, total)
        assert Decimal(figure["high"]) == ratio(told + Decimal(truth["pooled"]["unplaced"]), total)
        assert Decimal(figure["low"]) < really / total < Decimal(figure["high"])


def test_every_step_of_the_bridge_is_right_to_the_penny(
    place: Path, report: dict[str, Any], truth: dict[str, Any]
) -> None:
    found = {row["step"]: (row["amount"], int(row["payments"])) for row in rows(place, "bridge")}
    steps = {step: (f"-{told['amount']}", told["payments"]) for step, told in truth["bridge"].items()}
    steps["commitment"] = steps.pop("commitments")
    purchases = steps.pop("third-party purchases")
    assert found.pop("analysed") == (purchases[0].removeprefix("-"), purchases[1])
    duplicates, total = found.pop("duplicate"), found.pop("total")
    assert found == steps
    assert Decimal(total[0]) == sum(Decimal(f["total"]) for f in truth["files"])
    assert Decimal(total[0]) + Decimal(duplicates[0]) == sum(Decimal(s["amount"]) for s in truth["bridge"].values())


def test_money_with_co_operatives_and_charities_is_found_under_every_spelling(
    figures: dict[str, dict[str, Any]], truth: dict[str, Any]
) -> None:
    assert figures["coop-share"]["numerator"] == truth["owners"]["co-operative"]
    assert figures["vcse-share"]["numerator"] == truth["owners"]["charity"]


def test_of_two_printed_figures_the_wrong_one_is_found(place: Path, report: dict[str, Any]) -> None:
    assert [row["reconciles"] for row in rows(place, "published")] == ["yes", "no"]


def test_a_year_that_lacks_a_month_is_not_compared(place: Path, report: dict[str, Any]) -> None:
    pairs = {
        (row["from_year"], row["to_year"]): row["share_points"]
        for row in rows(place, "change")
        if row["ring"] == "Rivermouth" and row["panel"] == "all"
    }
    assert pairs["2019/20", "2020/21"] == pairs["2020/21", "2021/22"] == ""
    assert Decimal(pairs["2022/23", "2023/24"]) < 0 < Decimal(pairs["2019/20", "2024/25"])


def test_the_dip_comes_from_volume_not_from_less_money(place: Path, report: dict[str, Any]) -> None:
    row = next(
        r
        for r in rows(place, "change")
        if (r["ring"], r["to_year"], r["panel"]) == ("Rivermouth", "2023/24", "all") and r["from_year"] == "2022/23"
    )
    assert Decimal(row["share_points"]) < 0 < Decimal(row["money_change"])
    assert Decimal(row["from_volume"]) > Decimal(row["money_change"])


def test_the_report_stays_small(place: Path, report: dict[str, Any]) -> None:
    page = next((place / "build").glob("[0-9a-f]*/report.html"))
    assert page.stat().st_size <= 300_000
    assert "fictional" in page.read_text(encoding="utf-8").lower()
