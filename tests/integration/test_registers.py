"""Registers added once serve a project without a path: the nearest is used, and the run says which."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from holdfast import packs
from holdfast.core.problem import HoldfastError
from holdfast.project import check, load_results, run
from holdfast.suppliers import snapshots
from support.project import SETTINGS, make_project

HEAD = "name,id,postcode,ownership,founded\n"
#: Payments of the project are of April to June 2023.
EARLIER = HEAD + "Farland Systems plc,7,FA9 9ZZ,Employee owned,1999-01-01\n"
NEARER = (
    HEAD + "Farland Systems plc,7,FA9 9ZZ,Worker co-operative,1999-01-01\nQuayside Joinery Ltd,8,,Private,2023-05-20\n"
)
CACHED = SETTINGS.replace('kind = "own"\npath = "registers/own.csv"', 'kind = "companies"')


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOLDFAST_CACHE", str(tmp_path / "user-cache"))
    return tmp_path / "user-cache"


def add(cache: Path, name: str, text: str) -> str:
    path = cache.parent / name
    path.write_text(text, encoding="utf-8")
    return snapshots.add(path, "companies", cache, packs.load("fictional")).id


def project(tmp_path: Path, settings: str = CACHED) -> Path:
    return make_project(tmp_path / "littleport", {"place.toml": settings})


def test_the_nearest_snapshot_is_used_and_the_run_says_which(tmp_path: Path, cache: Path) -> None:
    add(cache, "firms-2019.csv", EARLIER)
    near = add(cache, "firms-2022-12.csv", NEARER)
    add(cache, "firms-2025-06.csv", EARLIER + "Another,9,,,\n")
    outcome = run(project(tmp_path))
    manifest = json.loads((outcome.folder / "manifest.json").read_text(encoding="utf-8"))
    assert [(r["id"], r["date"]) for r in manifest["made_from"]["registers"]] == [(near, "2022-12")]
    results = load_results(outcome.folder)
    [source] = [s for s in results.sources if near in s.note]
    assert (source.date, source.sha256[:12]) == ("2022-12", near.split("-")[-1])
    assert "HF506" not in {p.code for p in outcome.problems}
    facts = pq.read_table(outcome.folder / "facts.parquet").to_pylist()
    farland = {f["ownership_form"] for f in facts if f["supplier"] == "Farland Systems plc"}
    assert farland == {"worker co-operative"}
    # founded on 20 May 2023, paid since April
    assert {f["org_id"] for f in facts if f["supplier"] == "Quayside Joinery Ltd"} == {None}
    suppliers = {s["supplier_name"]: s for s in pq.read_table(outcome.folder / "suppliers.parquet").to_pylist()}
    told = suppliers["Farland Systems plc"]
    assert told["form_by"].startswith("Own list, 2022-12")
    assert (told["form_confidence"], told["alive"]) == ("medium", "unknown")
    assert all((s["ownership_form"] == "unknown") == (s["form_by"] is None) for s in suppliers.values())
    assert "descriptions" in results.tables
    assert results.tables["ownership_form"].records()[0]["amount"] > 0


def test_another_snapshot_makes_another_run_and_the_same_the_same(tmp_path: Path, cache: Path) -> None:
    add(cache, "firms-2019.csv", EARLIER)
    folder = project(tmp_path)
    first = run(folder)
    assert run(folder).repeated
    near = add(cache, "firms-2023-05.csv", NEARER)
    second = run(folder)
    assert (second.run != first.run, second.repeated) == (True, False)
    snapshots.remove(cache, packs.load("fictional"), near)
    assert run(folder).run == first.run


def test_one_that_is_named_is_used_though_another_is_nearer(tmp_path: Path, cache: Path) -> None:
    far = add(cache, "firms-2019.csv", EARLIER)
    add(cache, "firms-2023-05.csv", NEARER)
    outcome = run(project(tmp_path, CACHED.replace('kind = "companies"', f'kind = "companies"\nsnapshot = "{far}"')))
    assert far in (outcome.folder / "manifest.json").read_text(encoding="utf-8")


def test_a_register_newer_than_the_payments_is_said_to_prove_nothing(tmp_path: Path, cache: Path) -> None:
    add(cache, "firms-2025-06.csv", NEARER)
    outcome = run(project(tmp_path))
    [said] = [p for p in outcome.problems if p.code == "HF506"]
    assert "proves nothing" in said.message


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (CACHED, "registers add companies"),
        (CACHED.replace('kind = "companies"', 'kind = "companies"\nsnapshot = "companies-1"'), "registers list"),
    ],
)
def test_a_register_that_was_not_added_is_refused_at_its_line(
    tmp_path: Path, cache: Path, settings: str, words: str
) -> None:
    folder = project(tmp_path, settings)
    with pytest.raises(HoldfastError) as caught:
        run(folder)
    assert caught.value.exit_code == 2
    for problems in (caught.value.problems, check(folder).problems):
        said = next(p for p in problems if p.code == "HF507")
        assert (said.file, said.row is not None) == ("place.toml", True)
        assert words in said.what_to_do


def test_a_project_without_registers_writes_none_of_it(tmp_path: Path, cache: Path) -> None:
    settings = SETTINGS.split("[[register]]")[0]
    outcome = run(project(tmp_path, settings))
    assert not (outcome.folder / "suppliers.parquet").exists()
    assert "descriptions" not in load_results(outcome.folder).tables
    assert "controlling_owners" not in load_results(outcome.folder).tables
