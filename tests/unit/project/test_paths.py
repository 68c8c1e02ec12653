"""A project reads what lies in its folder, and in folders that somebody named. Nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from holdfast.core.problem import HoldfastError
from holdfast.project.paths import Roots


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    for name in ("spend/a/1.csv", "spend/a/2.csv", "spend/b/1.csv", "spend/.hidden.csv", "spend/~$open.xlsx"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    (folder / "build" / "x").mkdir(parents=True)
    (folder / "build" / "x" / "facts.csv").touch()
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.csv").touch()
    return folder


def names(roots: Roots, pattern: str) -> list[str]:
    return [f.name for f in roots.find(pattern)]


def refused(roots: Roots, pattern: str) -> bool:
    with pytest.raises(HoldfastError) as caught:
        roots.find(pattern)
    return [p.code for p in caught.value.problems] == ["HF115"]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("spend/a/*.csv", ["spend/a/1.csv", "spend/a/2.csv"]),
        ("spend/a/1.csv", ["spend/a/1.csv"]),
        ("spend", ["spend/a/1.csv", "spend/a/2.csv", "spend/b/1.csv"]),
        ("spend/**", ["spend/a/1.csv", "spend/a/2.csv", "spend/b/1.csv"]),
        ("spend/**/1.csv", ["spend/a/1.csv", "spend/b/1.csv"]),
        ("spend/[ab]/2.csv", ["spend/a/2.csv"]),
        ("spend/a/../b/1.csv", ["spend/b/1.csv"]),
        (".", ["spend/a/1.csv", "spend/a/2.csv", "spend/b/1.csv"]),
        ("nothing/*.csv", []),
    ],
)
def test_files_are_found_by_name_in_order_without_litter(project: Path, pattern: str, found: list[str]) -> None:
    assert names(Roots.of(project), pattern) == found


def test_a_file_may_have_a_wildcard_character_in_its_name(project: Path) -> None:
    (project / "spend" / "april [1].csv").touch()
    assert names(Roots.of(project), "spend/april*") == ["spend/april [1].csv"]


@pytest.mark.parametrize(
    "pattern", ["../outside/secret.csv", "../outside/*", "spend/../../outside/*.csv", "/etc/passwd"]
)
def test_a_path_that_leads_out_is_refused(project: Path, pattern: str) -> None:
    assert refused(Roots.of(project), pattern)


def test_a_link_that_leads_out_is_refused(project: Path) -> None:
    (project / "spend" / "link.csv").symlink_to("../../outside/secret.csv")
    (project / "linked").symlink_to("../outside")
    roots = Roots.of(project)
    assert refused(roots, "spend/*.csv")
    assert refused(roots, "linked/*.csv")


def test_a_link_to_nothing_is_no_file(project: Path) -> None:
    (project / "spend" / "gone.csv").symlink_to("nowhere.csv")
    assert names(Roots.of(project), "spend/gone.csv") == []


def test_a_named_data_folder_may_be_read_and_lends_its_names(project: Path, tmp_path: Path) -> None:
    roots = Roots.of(project, ["../outside"])
    assert names(roots, "*.csv") == ["secret.csv"]
    assert names(roots, "../outside/secret.csv") == ["secret.csv"]
    assert refused(roots, "../other/*.csv")
    extra = Roots.of(project, extra=[tmp_path / "outside"])
    assert names(extra, "secret.csv") == ["secret.csv"]


def test_the_project_comes_before_its_data_folders(project: Path, tmp_path: Path) -> None:
    (tmp_path / "outside" / "spend" / "a").mkdir(parents=True)
    (tmp_path / "outside" / "spend" / "a" / "9.csv").touch()
    assert names(Roots.of(project, ["../outside"]), "spend/a/*") == ["spend/a/1.csv", "spend/a/2.csv"]


def test_a_data_folder_that_is_not_there_is_refused(project: Path) -> None:
    with pytest.raises(HoldfastError) as caught:
        Roots.of(project, ["../absent"])
    assert caught.value.exit_code == 2


def test_a_pattern_is_not_one_file(project: Path) -> None:
    roots = Roots.of(project)
    assert roots.one("spend/a/1.csv").name == "spend/a/1.csv"
    for said in ("spend/a/*.csv", "spend/a/9.csv"):
        with pytest.raises(HoldfastError) as caught:
            roots.one(said)
        assert caught.value.problems[0].code == "HF405"
