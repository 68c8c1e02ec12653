"""A run that is killed, stopped or refused leaves the last good one in place and no half folder that counts."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from holdfast.project import Store, run
from support.project import csv_text, make_project, payments

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits are those of POSIX")
COMMAND = [sys.executable, "-m", "holdfast", "run"]


@pytest.fixture(scope="module", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOLDFAST_CACHE", str(tmp_path_factory.mktemp("user-cache")))
        yield


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one good run and something new to read."""
    folder = make_project(tmp_path / "littleport")
    run(folder)
    more = csv_text(payments(["2023-07", "2023-08"], rows=400, start=60))
    (folder / "spend" / "town" / "2023-07.csv").write_text(more, encoding="utf-8", newline="")
    return folder


def start(project: Path, limit: Callable[[], None] | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, str(project)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        preexec_fn=limit,
        start_new_session=True,
    )


def is_sound(project: Path, before: str) -> None:
    """The run that was good still is; whatever else counts as a run is whole."""
    store = Store(project)
    assert before in store.runs()
    assert store.latest() in store.runs()
    for name in store.runs():
        manifest = json.loads((store.path(name) / "manifest.json").read_text(encoding="utf-8"))
        assert all((store.path(name) / output).is_file() for output in manifest["outputs"])
    assert (project / "build" / "latest" / "report.html").is_file()


@pytest.mark.parametrize("seed", range(6))
def test_killed_at_any_moment_the_last_good_run_stands(project: Path, seed: int) -> None:
    before = Store(project).latest()
    assert before
    moment = random.Random(seed).uniform(0.1, 2.5)
    process = start(project)
    try:
        process.communicate(timeout=moment)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    is_sound(project, before)
    done = run(project)  # the next run is not hindered, and clears up
    is_sound(project, before)
    assert Store(project).latest() == done.run
    assert [p.name for p in (project / "build").iterdir() if p.name.startswith(".")] == []


@pytest.mark.parametrize("stage", ["facts.parquet", "report.html", "manifest.json"])
def test_killed_while_writing_the_last_good_run_stands(project: Path, stage: str) -> None:
    before = Store(project).latest()
    assert before
    die = (
        "import os, sys; from pathlib import Path; import holdfast.project.store as s\n"
        "real = s._reach_the_disk\n"
        f"def die(folder):\n    (folder / {stage!r}).write_bytes(b'half'); os.kill(os.getpid(), 9)\n"
        "s._reach_the_disk = die\n"
        "from holdfast.project import run; run(Path(sys.argv[1]))"
    )
    done = subprocess.run([sys.executable, "-c", die, str(project)], capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL
    assert [p.name for p in (project / "build").glob(".making-*")] != []
    is_sound(project, before)
    assert Store(project).latest() == before
    run(project)
    is_sound(project, before)
    assert [p.name for p in (project / "build").glob(".*")] == []


def test_stopped_by_the_keyboard_it_says_so_and_tidies_up(project: Path) -> None:
    before = Store(project).latest()
    assert before
    process = start(project)
    deadline = time.monotonic() + 60
    while not list((project / "build").glob(".making-*")) and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "HF902" in said
    assert "Traceback" not in said
    is_sound(project, before)
    assert list((project / "build").glob(".making-*")) == []


def stopped_at(place: int) -> subprocess.CompletedProcess[str]:
    """``holdfast codes HF101``, stopped before the module loaded at that place; at last it says how many were."""
    stop = (
        "import atexit, os, signal, sys\n"
        "place, loaded = int(sys.argv.pop()), [0]\n"
        "class Finder:\n"
        "    def find_spec(self, *_):\n"
        "        loaded[0] += 1\n"
        "        if loaded[0] == place: os.kill(os.getpid(), signal.SIGINT)\n"
        "from holdfast.cli.start import run\n"
        "sys.meta_path.insert(0, Finder())\n"
        "sys.argv = ['holdfast', 'codes', 'HF101']\n"
        "atexit.register(lambda: print(f'loaded {loaded[0]}', file=sys.stderr))\n"
        "run()"
    )
    return subprocess.run([sys.executable, "-c", stop, str(place)], capture_output=True, text=True, check=False)


def test_stopped_while_it_starts_it_says_so() -> None:
    undisturbed = stopped_at(0)
    loaded = int(undisturbed.stderr.rpartition("loaded ")[2])
    assert (undisturbed.returncode, loaded > 50) == (0, True)
    # the last few are loaded when all is said and done
    for place in range(1, loaded * 9 // 10, max(1, loaded // 9)):
        done = stopped_at(place)
        assert (done.returncode, "HF902" in done.stderr, "Traceback" in done.stderr) == (1, True, False), place


def says_there_is_no_room(process: subprocess.Popen[str]) -> None:
    _, said = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "HF901" in said
    assert "Traceback" not in said


def test_where_no_more_may_be_written_it_says_so_and_the_last_good_run_stands(project: Path) -> None:
    before = Store(project).latest()
    assert before

    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))

    says_there_is_no_room(start(project, little_room))
    is_sound(project, before)
    assert Store(project).latest() == before
    assert list((project / "build").glob(".making-*")) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder that is a disk of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip("only root may mount a small disk here; the limit on file sizes is tested without it")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.parametrize("kilobytes", [0, 20, 100, 200])
def test_on_a_full_disk_it_says_so_and_the_last_good_run_stands(small_disk: Path, kilobytes: int) -> None:
    project = make_project(small_disk / "littleport")
    before = run(project).run
    more = csv_text(payments(["2023-07", "2023-08"], rows=400, start=60))
    (project / "spend" / "town" / "2023-07.csv").write_text(more, encoding="utf-8", newline="")
    size = shutil.disk_usage(small_disk).used + kilobytes * 1024
    subprocess.run(["mount", "-o", f"remount,size={size}", str(small_disk)], check=True)
    says_there_is_no_room(start(project))
    is_sound(project, before)
    assert Store(project).latest() == before
    assert list((project / "build").glob(".making-*")) == []


def test_a_folder_that_may_not_be_written_to_is_refused_in_words(project: Path) -> None:
    if os.geteuid() == 0:
        command = ["setpriv", "--reuid=65534", "--clear-groups", *COMMAND]
        if not shutil.which("setpriv"):
            pytest.skip("as root every folder may be written to, and there is no setpriv to be somebody else")
        for folder in (project, *project.parents):
            folder.chmod(folder.stat().st_mode | 0o055)
    else:
        command = COMMAND
    for folder in (project, project / "build", project / ".holdfast"):
        folder.chmod(0o555)
    try:
        done = subprocess.run(
            [*command, str(project)],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "HOME": "/nonexistent"},
        )
    finally:
        for folder in (project, project / "build", project / ".holdfast"):
            folder.chmod(0o755)
    assert done.returncode == 1
    assert "HF903" in done.stderr
    assert "Traceback" not in done.stderr


def test_two_at_once_one_is_refused_and_the_other_finishes(project: Path) -> None:
    before = Store(project).latest()
    assert before
    processes = [start(project) for _ in range(2)]
    ended = [(*p.communicate(timeout=120), p.returncode) for p in processes]
    codes = sorted(code for _, _, code in ended)
    # the second may begin after the first has ended; then it finds the run made
    assert codes in ([0, 1], [0, 0])
    if codes == [0, 1]:
        assert any("HF411" in said for _, said, code in ended if code == 1)
    is_sound(project, before)
