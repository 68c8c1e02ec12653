"""Where there is no room, every command says so, with HF901, and leaves nothing half-written."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from holdfast.core.disk import disk_problem, is_full
from holdfast.project import run
from support.project import make_project

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits are those of POSIX")


def holdfast(*arguments: object, largest: int) -> subprocess.CompletedProcess[str]:
    """Run a command that may write no file larger than that."""
    import resource
    import signal

    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    command = [sys.executable, "-m", "holdfast", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=little_room)


def said(done: subprocess.CompletedProcess[str]) -> tuple[int, bool, bool, bool]:
    """Exit code, whether it says that there is no room, that writing is refused, and that it fell over."""
    return done.returncode, "HF901" in done.stderr, "HF903" in done.stderr, "Traceback" in done.stderr


NO_ROOM = (1, True, False, False)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_every_way_of_having_no_room_is_one(number: int) -> None:
    first = OSError(number, os.strerror(number))
    second = ValueError("I/O operation on closed file")
    second.__context__ = first
    for error in (first, second, OSError(f"Error writing bytes to file. Detail: {os.strerror(number)}")):
        assert disk_problem(error, "x").code == "HF901"
    assert not is_full(OSError(errno.EACCES, "Permission denied"))
    assert disk_problem(PermissionError(errno.EACCES, "Permission denied", "/a/b"), "x").message.startswith("b: ")


@pytest.mark.parametrize("largest", [2_000, 20_000, 60_000])
def test_a_run_without_room(tmp_path: Path, largest: int) -> None:
    project = make_project(tmp_path / "littleport")
    assert said(holdfast("run", project, largest=largest)) == NO_ROOM


def test_a_brief_without_room(tmp_path: Path) -> None:
    project = make_project(tmp_path / "littleport")
    run(project)
    assert said(holdfast("brief", project, largest=500)) == NO_ROOM
    assert [p for p in (project / "brief").rglob("*") if p.is_file()] == []


def test_payments_kept_without_room(tmp_path: Path) -> None:
    project = make_project(tmp_path / "littleport")
    out = tmp_path / "payments.parquet"
    done = holdfast("read", project / "spend", "--out", out, largest=500)
    assert said(done) == NO_ROOM
    assert [p.name for p in tmp_path.iterdir()] == ["littleport"]


@pytest.mark.parametrize("command", ["new", "demo"])
@pytest.mark.parametrize("there", [False, True])
def test_a_new_project_without_room_leaves_nothing(tmp_path: Path, command: str, there: bool) -> None:
    folder = tmp_path / "towns" / "littleport"
    if there:
        folder.mkdir(parents=True)
    assert said(holdfast(command, folder, largest=50 if command == "new" else 20_000)) == NO_ROOM
    assert list(tmp_path.rglob("*")) == ([folder.parent, folder] if there else [])


def test_a_new_project_fills_the_folder_one_is_in(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "holdfast", "new", "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    made = {p.name for p in tmp_path.iterdir()}
    assert made == {"place.toml", "README.md", ".gitignore", "spend", "registers", "mappings"}
