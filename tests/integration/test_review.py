"""A person settles names: what is asked first, what an answer changes, what is handed on to another place."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from holdfast.core.figures import Figure
from holdfast.engine.duck import Engine
from holdfast.project import load_results, run
from holdfast.project.deciding import Desk
from holdfast.project.queue import ENOUGH, queue_of
from holdfast.suppliers.decisions import load_decisions
from support.project import make_project

HEADLINE = "local-share.littleport.all.based.pooled"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOLDFAST_CACHE", str(tmp_path / "user-cache"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Without its creditor list two of the four suppliers are placed by nothing but a register."""
    folder = make_project(tmp_path / "littleport")
    settings = (folder / "place.toml").read_text().replace('creditors = "creditors.csv"\n', "")
    (folder / "place.toml").write_text(settings)
    run(folder)
    return folder


def review(project: Path, *args: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "holdfast", "review", str(project), *args]
    return subprocess.run(
        command, input=typed, capture_output=True, text=True, encoding="utf-8", env=dict(os.environ), check=False
    )


def test_the_queue_holds_all_unplaced_money_and_the_most_comes_first(project: Path) -> None:
    queue = queue_of(project)
    engine = Engine()
    try:
        (row,) = engine.rows(
            "SELECT sum(abs(amount)) AS money FROM facts WHERE ring IS NULL AND scope = 'third-party purchases'",
            facts=project / "build" / "latest" / "facts.parquet",
        )
    finally:
        engine.close()
    amounts = [u.amount for u in queue.unknowns]
    assert sum(amounts) == row["money"]
    assert amounts == sorted(amounts, reverse=True)
    assert {u.names[0] for u in queue.unknowns} == {
        "Quayside Joinery Ltd",
        "Hillham Foods Co-operative",
        "Nowhere Consulting Ltd",
    }


def test_all_names_settled_leave_no_range(project: Path) -> None:
    queue = queue_of(project)
    last = list(queue.plan())[-1]
    # shares are written with six digits
    assert (last.names, last.width < Decimal("0.000002")) == (3, True)
    assert last.likely.low <= (queue.figure.value or 0) + Decimal("0.000002")
    assert queue.enough() == 3
    widths = [queue.after(queue.by_minute()[:n])[0] for n in range(4)]
    assert widths == sorted(widths, reverse=True)
    assert widths[2] >= ENOUGH


def test_answers_are_asked_for_written_and_counted_by_the_next_run(project: Path) -> None:
    first = queue_of(project)
    typed = "w LP1 1AA\nits van\n" * 1 + "n\n\n" + "s\n"
    done = review(project, "--by", "Jo", typed=typed)
    assert (done.returncode, done.stderr) == (0, "")
    told = load_decisions(project / "decisions.csv")
    assert [(d.supplier, d.org_id, d.place, d.by, d.why) for d in told] == [
        (first.unknowns[0].names[0], "", "LP1 1AA", "Jo", "its van"),
        (first.unknowns[1].names[0], "", "", "Jo", ""),
    ]
    assert [u.names[0] for u in queue_of(project, decided=Desk(project).decided()).unknowns] == [
        first.unknowns[2].names[0]
    ]
    before = load_results(project / "build" / "latest").figure(HEADLINE)
    run(project)
    after = load_results(project / "build" / "latest").figure(HEADLINE)
    narrower = _width(before) - _width(after) - first.unknowns[0].amount / first.total
    assert abs(narrower) <= Decimal("0.000002")


def _width(figure: Figure) -> Decimal:
    assert figure.low is not None
    assert figure.high is not None
    return figure.high - figure.low


def test_an_answer_taken_back_is_another_line(project: Path) -> None:
    review(project, "--by", "Jo", typed="w LP1 1AA\n\nu\nq\n")
    told = load_decisions(project / "decisions.csv")
    assert [d.org_id for d in told] == ["", "undo"]
    assert len(queue_of(project, decided=Desk(project).decided()).unknowns) == 3


def test_what_is_no_place_and_no_number_is_said_and_nothing_is_written(project: Path) -> None:
    done = review(project, "--by", "Jo", typed="w Atlantis\ni ABC!\nx\n7\n?\nq\n")
    assert done.returncode == 0
    assert "Atlantis is no postcode" in done.stdout
    assert "ABC! is no number" in done.stdout
    assert done.stdout.count("is no answer here") == 2
    assert not (project / "decisions.csv").exists()


def test_the_end_of_input_keeps_what_was_answered(project: Path) -> None:
    done = review(project, "--by", "Jo", typed="w LP1 1AA\nyes\n")
    assert done.returncode == 0
    assert len(load_decisions(project / "decisions.csv")) == 1


def test_a_register_can_be_looked_in(project: Path) -> None:
    done = review(project, "--by", "Jo", typed="f farland\n1\nsame people\nq\n")
    assert "Farland Systems plc" in done.stdout
    (told,) = load_decisions(project / "decisions.csv")
    assert told.org_id.startswith(("own:", "name:"))


def test_the_list_can_be_read_by_machines(project: Path) -> None:
    done = review(project, "--json")
    made = json.loads(done.stdout)
    assert (made["schema"], made["figure"], len(made["queue"])) == ("holdfast.review/1", HEADLINE, 3)
    assert [row["names"] for row in made["plan"]] == [3]


def test_another_place_trusts_the_answers_unless_it_says_otherwise(project: Path, tmp_path: Path) -> None:
    review(project, "--by", "Jo Smith", typed="w LP1 1AA\n\nq\n")
    handed = tmp_path / "twin" / "trusted" / "littleport.csv"
    make_project(tmp_path / "twin")
    handed.parent.mkdir()
    assert review(project, "--export", str(handed)).returncode == 0
    assert "Jo Smith" not in handed.read_text()
    twin = tmp_path / "twin"
    settings = (twin / "place.toml").read_text().replace('creditors = "creditors.csv"\n', "")
    (twin / "place.toml").write_text(
        settings.replace("[[ring]]", 'trusted_decisions = ["trusted/*.csv"]\n\n[[ring]]', 1)
    )
    run(twin)
    name = load_decisions(handed)[0].supplier
    assert name not in {u.names[0] for u in queue_of(twin).unknowns}
    (twin / "decisions.csv").write_text(f"supplier,org_id,place,by\n{name},undo,,Kim\n")
    run(twin)
    assert name in {u.names[0] for u in queue_of(twin).unknowns}


def test_lines_that_contradict_are_told_by_the_run(project: Path) -> None:
    lines = "supplier,org_id,place,by\nQuayside Joinery,,LP1 1AA,Jo\nQuayside Joinery Ltd,,LP2 2BB,Kim\n"
    (project / "decisions.csv").write_text(lines)
    (said,) = [p for p in run(project).problems if p.code == "HF516"]
    assert (said.file, said.row) == ("decisions.csv", 3)


def test_without_a_run_there_is_nothing_to_ask(tmp_path: Path) -> None:
    done = review(make_project(tmp_path / "new"), "--list")
    assert done.returncode == 1
    assert "HF407" in done.stderr


def test_a_place_that_nobody_can_be_placed_by_is_told_with_its_row(project: Path) -> None:
    lines = "supplier,org_id,place\nQuayside Joinery,,LP1 1AA\nHillham Foods Co-operative,,Atlantis\n"
    (project / "decisions.csv").write_text(lines)
    (said,) = [p for p in run(project).problems if p.code == "HF505" and p.column == "place"]
    assert (said.file, said.row, said.value) == ("decisions.csv", 3, "Atlantis")


def test_lost_facts_are_told_as_a_damaged_run(project: Path) -> None:
    (project / "build" / "latest" / "facts.parquet").unlink()
    done = review(project, "--list")
    assert (done.returncode, "HF407" in done.stderr) == (1, True)
