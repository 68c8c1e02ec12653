"""The commands, as a shell sees them: exit codes, what goes to stdout, and nothing half-written."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from shutil import copytree

import pyarrow.parquet as pq
import pytest

from holdfast.core.problem import HoldfastError
from support.project import csv_text, make_project, payments

PAYMENTS = csv_text(payments(["2023-04"]))


def holdfast(*args: str | Path, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own."""
    command = [sys.executable, "-m", "holdfast", *map(str, args)]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", cwd=cwd, env={**os.environ, **env}, check=False
    )


def in_words(done: subprocess.CompletedProcess[str]) -> str:
    """What was said on stderr, which is never a traceback."""
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "april.csv"
    path.write_text(PAYMENTS, encoding="utf-8", newline="")
    return path


def test_read_says_what_is_in_a_file(file: Path) -> None:
    done = holdfast("read", file)
    assert (done.returncode, in_words(done)) == (0, "")
    assert "header in row 1" in done.stdout
    assert "12 rows: 12 read, 0 set aside, 0 left out" in done.stdout


def test_read_as_json_is_json_and_nothing_else(file: Path) -> None:
    done = holdfast("read", file, "--json")
    document = json.loads(done.stdout)
    assert document["schema"] == "holdfast.read/1"
    assert document["files"][0]["rows_typed"] == 12
    assert document["files"][0]["total"] == f"{sum(float(r[5]) for r in payments(['2023-04'])[1:]):.2f}"


def test_read_keeps_payments_as_parquet(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "payments.parquet"
    assert holdfast("read", file, "--out", out).returncode == 0
    assert pq.read_metadata(out).num_rows == 12
    assert holdfast("read", file, "--out", tmp_path / "payments.csv").returncode == 2
    assert holdfast("read", file, "--out", tmp_path / "no" / "payments.parquet").returncode == 2


def test_strict_reading_stops_at_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(PAYMENTS.replace("05/04/2023", "05/04/2099"), encoding="utf-8", newline="")
    assert holdfast("read", path).returncode == 0
    assert holdfast("read", path, "--strict").returncode == 1


def test_a_mapping_is_saved_once_and_used_again(file: Path, tmp_path: Path) -> None:
    mappings = tmp_path / "mappings"
    assert "kept in" in in_words(holdfast("read", file, "--mappings", mappings))
    (saved,) = mappings.glob("*.toml")
    saved.write_text(saved.read_text(encoding="utf-8").replace("department", "description"), encoding="utf-8")
    again = holdfast("read", file, "--mappings", mappings, "--json")
    assert "description" in json.loads(again.stdout)["files"][0]["mapping"]


BAD: dict[str, bytes] = {
    "empty.csv": b"",
    "letter.csv": b"%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF\n",
    "picture.csv": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "note.txt": b"Nothing to see here.\n",
    "no_amount.csv": b"Date,Supplier\n2023-04-01,A Ltd\n2023-04-02,B Ltd\n",
    "unreadable.csv": b"Date,Supplier,Amount\n" + b"2023-04-01,A Ltd,n/a\n" * 20,
    "wide.csv": (
        ",".join(f"c{i}" for i in range(10_000)) + "\n" + ",".join("x" for _ in range(10_000)) + "\n"
    ).encode(),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_words(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(BAD[name])
    done = holdfast("read", tmp_path / name)
    assert done.returncode == 1
    assert "HF" in done.stdout + in_words(done)


def test_a_folder_without_files_is_refused_without_pointing_to_what_was_said_of_them(tmp_path: Path) -> None:
    done = holdfast("read", tmp_path)
    assert done.returncode == 1
    assert "There is no file there" in in_words(done)
    assert "above" not in in_words(done)


def test_an_archive_that_explodes_or_climbs_out_is_refused(tmp_path: Path) -> None:
    bomb, climber = tmp_path / "bomb.zip", tmp_path / "climber.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.csv", bytes(80_000_000))
    with zipfile.ZipFile(climber, "w") as archive:
        archive.writestr("../../escaped.csv", PAYMENTS)
    for path in (bomb, climber):
        done = holdfast("read", path)
        assert done.returncode == 1
        assert "HF1" in done.stdout + in_words(done)
    assert not (tmp_path.parent / "escaped.csv").exists()


@pytest.mark.parametrize(
    "args",
    [
        ("frob",),
        ("read",),
        ("read", "nothing-here.csv"),
        ("run",),
        ("run", "nothing-here"),
        ("run", ".", "--engine", "abacus"),
        ("explain", ".", "x", "--out", "x.txt"),
        ("diff", "one"),
        ("compare", "one"),
        ("codes", "HF30"),
        ("read", "x", "--country", "atlantis"),
    ],
)
def test_wrong_use_is_exit_code_2(tmp_path: Path, args: tuple[str, ...]) -> None:
    done = holdfast(*args, cwd=tmp_path)
    assert done.returncode == 2
    assert in_words(done)
    assert done.stdout == ""


def test_a_whole_walk_through_the_commands(tmp_path: Path) -> None:
    project, env = make_project(tmp_path / "littleport"), {"HOLDFAST_CACHE": str(tmp_path / "cache")}
    check = holdfast("check", project, **env)
    # months are missing, as the run says too
    told = (check.returncode, "Littleport Town Council" in check.stdout, "HF410" in in_words(check))
    assert told == (1, True, True)
    ran = holdfast("run", project, **env)
    assert (ran.returncode, in_words(ran) != "") == (0, True)
    report = Path(ran.stdout.splitlines()[-1])
    assert report == project / "build" / "latest" / "report.html"
    assert report.is_file()
    assert "HF412" in in_words(holdfast("run", project, **env))
    assert holdfast("run", project, "--strict", **env).returncode == 1  # months are missing

    ids = [line.split()[0] for line in holdfast("explain", project).stdout.splitlines()]
    figure = "local-share.littleport.all.based.pooled"
    assert figure in ids
    out = tmp_path / "payments.csv"
    explained = holdfast("explain", project, figure, "--limit", "2", "--out", out)
    assert (explained.returncode, "spend/" in explained.stdout) == (0, True)
    assert len(out.read_text(encoding="utf-8").splitlines()) > 50
    assert holdfast("explain", project, "no-such-figure").returncode == 1

    assert holdfast("brief", project).stdout.splitlines() == [
        str(project / "brief" / n) for n in ("brief.html", "brief.docx")
    ]
    assert (project / "ask" / "college.html") in map(Path, holdfast("ask", project).stdout.splitlines())
    run_id = (project / "build" / "latest").resolve().name
    same = holdfast("diff", project, run_id[:6], "latest")
    assert (same.returncode, "agree in everything" in same.stdout) == (0, True)
    twin = copytree(project, project.with_name("twin"), symlinks=True)
    beside = holdfast("compare", project, twin)
    assert (beside.returncode, "Littleport" in beside.stdout) == (0, True)
    itself = holdfast("compare", project, project)
    assert (itself.returncode, "each once" in in_words(itself)) == (2, True)


def test_new_makes_a_project_that_explains_itself(tmp_path: Path) -> None:
    assert holdfast("new", tmp_path / "place").returncode == 0
    names = sorted(p.name for p in (tmp_path / "place").iterdir())
    assert names == [".gitignore", "README.md", "mappings", "place.toml", "registers", "spend"]
    done = holdfast("check", tmp_path / "place")
    assert (done.returncode, "HF405" in in_words(done)) == (2, True)
    again = holdfast("new", tmp_path / "place")
    assert (again.returncode, "HF406" in in_words(again)) == (2, True)


def test_the_template_holds_every_setting_there_is(tmp_path: Path) -> None:
    """Commented lines and all, the settings of a new project are valid and complete."""
    from holdfast.project.placefile import parse
    from holdfast.project.scaffold import new
    from holdfast.project.shapes import tables

    new(tmp_path / "place")
    text = (tmp_path / "place" / "place.toml").read_text(encoding="utf-8")
    parse(text)
    for table, keys in tables().items():
        assert f"[{table}]" in text
        assert not [key for key in keys if key != "fictional" and f"{key} = " not in text]
    every_line = re.sub(r"(?m)^# (?=\w+ = |\[\[)", "", text)
    assert every_line != text
    with pytest.raises(HoldfastError) as caught:
        parse(every_line)  # several ways to draw one ring
    assert {p.code for p in caught.value.problems} == {"HF404"}
    assert all("ring" in p.message for p in caught.value.problems)


def test_a_path_out_of_the_project_is_refused(tmp_path: Path) -> None:
    project = make_project(tmp_path / "littleport")
    (tmp_path / "secret.csv").write_text(PAYMENTS, encoding="utf-8")
    settings = project / "place.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("spend/college", ".."), encoding="utf-8")
    done = holdfast("run", project)
    assert (done.returncode, "HF115" in in_words(done)) == (2, True)


def test_codes_are_explained(tmp_path: Path) -> None:
    assert "What to do:" in holdfast("codes", "hf301").stdout
    assert len(holdfast("codes").stdout.splitlines()) > 60


def test_output_that_nobody_reads_on_is_no_failure() -> None:
    command = f'"{sys.executable}" -m holdfast codes'
    done = subprocess.run(f"{command} | true", shell=True, capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_something_unforeseen_is_said_with_a_reference(tmp_path: Path) -> None:
    broken = (
        "import holdfast.cli.codes as c\n"
        "def fail(_): raise RuntimeError('secret of a supplier')\n"
        "c.show_codes = fail\n"
        "from holdfast.cli.main import run; import sys; sys.argv = ['holdfast', 'codes']; run()"
    )
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", broken], capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 1
    assert "HF999" in in_words(done)
    assert "secret of a supplier" not in done.stderr
    (log,) = tmp_path.glob("holdfast-*.log")
    assert "RuntimeError" in log.read_text(encoding="utf-8")
    assert log.stem.removeprefix("holdfast-") in done.stderr


def test_help_comes_at_once_and_loads_nothing_heavy() -> None:
    heavy = ("duckdb", "pyarrow", "numpy", "jinja2", "docx", "xlsxwriter", "rich.console")
    code = (
        "import sys; sys.argv = ['holdfast', '--help']\n"
        "from holdfast.cli.main import run\n"
        "try: run()\n"
        f"finally: print([m for m in {heavy!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.strip()) == (0, "[]")
    assert "explain" in done.stdout


def test_help_takes_less_than_a_third_of_a_second() -> None:
    def once() -> float:
        before = os.times()
        holdfast("--help")
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    start = time.monotonic()
    best = min(once() for _ in range(5))
    assert best < 0.3, f"{best:.2f} CPU seconds; {time.monotonic() - start:.1f} s for five"
