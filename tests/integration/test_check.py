"""A check says what a run would say, at the line where it is to be mended, and ends as the run would."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from holdfast.core.problem import HoldfastError, Problem
from holdfast.project import check, run
from support.project import SETTINGS, make_project

PUBLISHED = """
[[published]]
label = "Share"
value = "12.3%"
formula = "local / nothing"
parts = { local = "1" }
"""


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOLDFAST_CACHE", str(tmp_path / "user-cache"))
        yield


def refused(folder: Path) -> tuple[list[Problem], int]:
    with pytest.raises(HoldfastError) as caught:
        run(folder)
    return list(caught.value.problems), caught.value.exit_code


def line(text: str, wanted: str) -> int:
    return next(i for i, said in enumerate(text.splitlines(), start=1) if wanted in said)


@pytest.mark.parametrize(
    ("settings", "code", "at"),
    [
        (SETTINGS.replace('"RM900001"]', '"RM90000"]', 1), "HF601", 'RM90000"]'),
        (SETTINGS.replace('["RM900001", "RM900002"]', '["RM900002"]'), "HF602", 'name = "Shire"'),
        (
            SETTINGS.replace('areas = ["RM900001"]', 'radius_km = 5\ncentre = "ZZ9 9ZZ"'),
            "HF605",
            "centre =",
        ),
        (SETTINGS.replace('areas = ["RM900001"]', 'polygon = "ring.json"'), "HF404", "polygon ="),
        (SETTINGS + PUBLISHED, "HF404", "formula ="),
    ],
)
def test_wrong_settings_are_told_at_their_line_by_both(tmp_path: Path, settings: str, code: str, at: str) -> None:
    project = make_project(tmp_path / "littleport", {"place.toml": settings, "ring.json": "{}"})
    problems, exit_code = refused(project)
    checked = check(project)
    assert (exit_code, checked.exit_code) == (2, 2)
    assert problems[0] in checked.problems
    found = problems[0]
    # a ring as a whole is told at its heading, just above its name
    expected = line(settings, at) - (code == "HF602")
    assert (found.code, found.file, found.row) == (code, "place.toml", expected)
    if code == "HF601":
        assert "RM900001" in found.what_to_do


def test_missing_files_are_told_with_the_key_and_its_line(tmp_path: Path) -> None:
    project = make_project(tmp_path / "littleport")
    (project / "creditors.csv").unlink()
    (project / "spend" / "college" / "2023.csv").unlink()
    problems, exit_code = refused(project)
    told = [(p.message.split()[0], p.row) for p in problems]
    assert (exit_code, {p.code for p in problems}) == (2, {"HF405"})
    assert told == [("spend", line(SETTINGS, "spend/college")), ("creditors:", line(SETTINGS, "creditors ="))]


def test_a_pattern_with_backslashes_is_answered_with_the_one_that_is_meant(tmp_path: Path) -> None:
    project = make_project(tmp_path / "littleport")
    settings = (project / "place.toml").read_text()
    (project / "place.toml").write_text(settings.replace("spend/college/*.csv", "spend\\\\college\\\\*.csv"))
    problems, _ = refused(project)
    assert ["spend/college/*.csv" in p.what_to_do for p in problems] == [True]


def test_a_folder_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = make_project(tmp_path / "littleport")
    (project / "spend" / "college" / "2023.csv").unlink()
    # the user who runs the tests may be one who is let in everywhere
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "college" and allowed(path, mode))
    problems, _ = refused(project)
    assert any("spend/college may not be read" in p.what_to_do for p in problems)


def test_a_check_tells_of_missing_months_as_the_run_does(tmp_path: Path) -> None:
    project = make_project(tmp_path / "littleport")
    checked = [p for p in check(project).problems if p.code == "HF410"]
    assert len(checked) == 2
    assert checked == [p for p in run(project).problems if p.code == "HF410"]


@pytest.mark.parametrize(("name", "text"), [("scope.csv", "supplier\nX\n"), ("decisions.csv", "who\nX\n")])
def test_decisions_that_cannot_be_read_are_refused_by_both(tmp_path: Path, name: str, text: str) -> None:
    project = make_project(tmp_path / "littleport", {name: text})
    problems, exit_code = refused(project)
    checked = check(project)
    assert ([(p.code, p.file) for p in problems], exit_code, checked.exit_code) == ([("HF501", name)], 2, 2)
    assert problems[0] in checked.problems


def test_decisions_without_effect_are_pointed_out_by_both(tmp_path: Path) -> None:
    scope = (
        "supplier,category,scope,when\n"
        "Quayside Joinery Limited,,tax,2025-01-31\n"
        "Nobody Ltd,,tax,\n"
        ",,tax,\n"
        ",Catering,tax,last week\n"
        "Hillham Foods Co-operative,Gravel,tax,\n"
    )
    decisions = "supplier,org_id,when\nFarland Systems plc,name:FARLAND,\nNobody Ltd,name:NOBODY,\n,name:X,\n"
    project = make_project(tmp_path / "littleport", {"scope.csv": scope, "decisions.csv": decisions})
    for problems in (check(project).problems, run(project).problems):
        found = [(p.file, p.row) for p in problems if p.code == "HF505"]
        assert found == [
            *(("decisions.csv", row) for row in (3, 4)),
            *(("scope.csv", row) for row in (3, 4, 5, 6)),
        ]


def test_figures_cannot_refer_to_a_day_before_the_first_payment(tmp_path: Path) -> None:
    settings = SETTINGS.replace('country = "fictional"', 'country = "fictional"\nas_of = 2020-01-01')
    project = make_project(tmp_path / "littleport", {"place.toml": settings})
    problems, exit_code = refused(project)
    assert (problems[0].code, problems[0].row, exit_code) == ("HF404", line(settings, "as_of"), 2)
    with pytest.raises(HoldfastError):
        check(project)
