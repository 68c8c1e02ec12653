"""A run stands whole under its name or not at all, and the last good one stays reachable."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from holdfast.core.problem import HoldfastError
from holdfast.project.lock import only_one
from holdfast.project.store import Store

A, B = "aaaaaaaaaaaa", "bbbbbbbbbbbb"


def make(store: Store, run: str, text: str = "x") -> Path:
    with store.making(run) as folder:
        (folder / "report.html").write_text(text, encoding="utf-8")
        (folder / "manifest.json").write_text("{}", encoding="utf-8")
    return store.path(run)


def test_a_finished_run_is_the_latest(tmp_path: Path) -> None:
    store = Store(tmp_path)
    make(store, A)
    make(store, B)
    assert (store.runs(), store.latest()) == ([A, B], B)
    assert (tmp_path / "build" / "latest" / "report.html").read_text(encoding="utf-8") == "x"


def test_a_run_that_fails_leaves_nothing_and_the_last_good_one(tmp_path: Path) -> None:
    store = Store(tmp_path)
    make(store, A)

    def fail() -> None:
        with store.making(B) as folder:
            (folder / "report.html").touch()
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        fail()
    assert (store.runs(), store.latest()) == ([A], A)
    assert sorted(p.name for p in store.folder.iterdir()) == [A, "latest"]


def test_a_run_made_again_replaces_itself(tmp_path: Path) -> None:
    store = Store(tmp_path)
    make(store, A, "old")
    assert (make(store, A, "new") / "report.html").read_text(encoding="utf-8") == "new"
    assert sorted(p.name for p in store.folder.iterdir()) == [A, "latest"]


def test_what_a_dead_run_left_is_tidied_away(tmp_path: Path) -> None:
    store = Store(tmp_path)
    make(store, A)
    (store.folder / f".making-{B}").mkdir()
    store.tidy()
    assert sorted(p.name for p in store.folder.iterdir()) == [A, "latest"]


def test_a_run_that_died_while_replacing_itself_is_put_back(tmp_path: Path) -> None:
    store = Store(tmp_path)
    make(store, A).rename(store.folder / f".old-{A}")
    assert store.latest() is None
    store.tidy()
    assert store.latest() == A


def test_where_links_are_not_to_be_had_latest_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise OSError("links need a privilege")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    store = Store(tmp_path)
    make(store, A)
    assert (store.folder / "latest").read_text(encoding="utf-8") == A + "\n"
    assert store.find() == store.path(A)


def test_a_folder_without_a_manifest_is_no_run(tmp_path: Path) -> None:
    (tmp_path / "build" / A).mkdir(parents=True)
    assert Store(tmp_path).runs() == []


def test_a_run_is_found_by_the_beginning_of_its_id(tmp_path: Path) -> None:
    store = Store(tmp_path)
    make(store, A)
    assert store.find("aaaa") == store.path(A)
    for said in ("cccc", "aaa", "../..", ""):
        with pytest.raises(HoldfastError) as caught:
            store.find(said)
        assert caught.value.problems[0].code == "HF407"


def test_two_runs_at_once_are_refused(tmp_path: Path) -> None:
    with only_one(tmp_path), pytest.raises(HoldfastError) as caught, only_one(tmp_path):
        pytest.fail("the second run was let in")
    assert caught.value.problems[0].code == "HF411"


def test_a_dead_process_does_not_hold_the_lock(tmp_path: Path) -> None:
    hold = (
        "import os, sys; from pathlib import Path; from holdfast.project.lock import only_one\n"
        "held = only_one(Path(sys.argv[1])); held.__enter__(); print('held', flush=True); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", hold, str(tmp_path)], capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("held\n", -9)
    with only_one(tmp_path):
        assert os.path.exists(tmp_path / "lock")


def test_a_project_without_a_run_is_named(tmp_path: Path) -> None:
    (tmp_path / "bay").mkdir()
    with pytest.raises(HoldfastError) as without:
        Store(tmp_path / "bay").find()
    (problem,) = without.value.problems
    assert (problem.code, "bay" in problem.message, str(tmp_path / "bay") in (problem.help or "")) == (
        "HF407",
        True,
        True,
    )
    with pytest.raises(HoldfastError) as gone:
        Store(tmp_path / "byy").find()
    assert [p.code for p in gone.value.problems] == ["HF401"]
