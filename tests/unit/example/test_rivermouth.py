"""The made-up place: the same on every machine, clearly fictional, and telling the story it is meant to tell."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from holdfast.core.problem import HoldfastError
from holdfast.example import SEED, generate

#: Of every file but the workbooks, whose bytes depend on the version of the library that writes them.
DIGEST = "1fbfbde8bb3dc784e5f4dae14ad42aa7b22c6f4ec54ecdd029b3734684569ebd"
YEARS = ["2019/20", "2020/21", "2021/22", "2022/23", "2023/24", "2024/25"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("rivermouth") / "place")


@pytest.fixture(scope="module")
def truth(folder: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return data


def files_of(folder: Path) -> dict[str, bytes]:
    found = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    return dict(sorted(found.items()))


def test_the_same_seed_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    assert files_of(generate(tmp_path / "again", seed=SEED)) == files_of(folder)


def test_the_bytes_are_those_of_every_other_machine(folder: Path) -> None:
    digest = hashlib.sha256()
    for path, data in files_of(folder).items():
        if not path.endswith(".xlsx"):
            digest.update(path.encode() + b"\0" + data)
    assert digest.hexdigest() == DIGEST


def test_another_seed_gives_other_payments(folder: Path, tmp_path: Path) -> None:
    other = files_of(generate(tmp_path / "other", seed=SEED + 1))
    assert (
        other["spend/homes/Harbour Homes spend 2019.csv"]
        != files_of(folder)["spend/homes/Harbour Homes spend 2019.csv"]
    )


def test_a_folder_with_files_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(HoldfastError) as refused:
        generate(tmp_path)
    assert refused.value.problems[0].code == "HF406"
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_a_path_that_cannot_be_a_folder_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(HoldfastError) as refused:
        generate(tmp_path / "file" / "place")
    assert refused.value.problems[0].code == "HF903"


def test_it_stays_small(folder: Path, truth: dict[str, Any]) -> None:
    assert sum(len(data) for data in files_of(folder).values()) < 8_000_000
    assert 25_000 < sum(f["rows_typed"] for f in truth["files"]) < 40_000


def test_it_says_that_it_is_fictional(folder: Path) -> None:
    assert "does not exist" in (folder / "README.md").read_text(encoding="utf-8")
    assert tomllib.loads((folder / "place.toml").read_text(encoding="utf-8"))["place"]["country"] == "fictional"


def test_postcodes_are_of_no_country_and_company_numbers_of_no_register(folder: Path) -> None:
    rows = [line.split(",") for line in (folder / "places/postcodes.csv").read_text(encoding="utf-8").splitlines()[1:]]
    assert all(re.fullmatch(r"R[VWXY]\d{1,2} \d[A-Z]{2}", row[0]) and row[3].startswith("RM") for row in rows)
    assert len({row[0] for row in rows}) == len(rows)
    companies = (folder / "registers/companies.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert all(re.search(r",RM\d{6},", line) for line in companies)


def local_share(year: dict[str, Any]) -> Decimal:
    return Decimal(year["rings"][0]["really_local"]) / Decimal(year["total"])


def test_the_share_rises_every_year_but_that_of_the_scheme(truth: dict[str, Any]) -> None:
    shares = {year: local_share(truth["by_year"][year]) for year in YEARS}
    rises = [year for before, year in pairwise(YEARS) if shares[year] > shares[before]]
    assert rises == [year for year in YEARS[1:] if year != "2023/24"]


def test_volume_explains_the_dip(truth: dict[str, Any]) -> None:
    before, dip = (Decimal(truth["by_year"][y]["rings"][0]["really_local"]) for y in ("2022/23", "2023/24"))
    assert dip > before


def test_money_left_unplaced_stays_visible(truth: dict[str, Any]) -> None:
    share = Decimal(truth["pooled"]["unplaced"]) / Decimal(truth["pooled"]["total"])
    assert Decimal("0.10") < share < Decimal("0.15")


def test_money_with_co_operatives_grows_every_year(truth: dict[str, Any]) -> None:
    spent = [Decimal(truth["co-operatives"][y]) for y in YEARS]
    assert spent == sorted(spent)
    assert spent[-1] > 20 * spent[0]


def test_scope_matters(truth: dict[str, Any]) -> None:
    bridge = {step: Decimal(found["amount"]) for step, found in truth["bridge"].items()}
    assert bridge["third-party purchases"] == Decimal(truth["pooled"]["total"])
    assert bridge["third-party purchases"] < sum(bridge.values()) / 2


def test_anchors_add_up_to_the_pool_and_years_to_all_but_the_undated(truth: dict[str, Any]) -> None:
    assert sum(Decimal(p["total"]) for p in truth["by_anchor"].values()) == Decimal(truth["pooled"]["total"])
    undated = Decimal(truth["pooled"]["total"]) - sum(Decimal(p["total"]) for p in truth["by_year"].values())
    assert 0 < undated < 100_000
