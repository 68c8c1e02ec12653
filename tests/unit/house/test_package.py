"""What is installed is whole and starts at once."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from support.repository import tracked


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network: the build tool stands in the lock."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    [path] = out.glob("holdfast-*.whl")
    return path


def test_the_wheel_holds_every_file_of_the_package(root: Path, wheel: Path) -> None:
    source = root / "src"
    wanted = {p.relative_to(source).as_posix() for p in tracked() if p.is_relative_to(source)}
    packed = set(zipfile.ZipFile(wheel).namelist())
    assert "holdfast/core/codes.csv" in wanted
    assert sorted(wanted - packed) == []
    assert any(name.endswith("licenses/LICENSE") for name in packed)
    assert any(name.endswith("licenses/NOTICE") for name in packed)


def test_the_packed_package_runs_away_from_its_source(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    start = "import holdfast, sys; from holdfast.cli.main import run; print(holdfast.__file__); run()"
    done = subprocess.run(
        [sys.executable, "-c", start, "--help"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "installed")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert str(tmp_path / "installed") in done.stdout
    assert "explain" in done.stdout


HEAVY = {
    "duckdb",
    "pyarrow",
    "numpy",
    "jinja2",
    "docx",
    "lxml",
    "xlsxwriter",
    "python_calamine",
    "pydantic",
    "requests",
}


def test_help_loads_nothing_heavy() -> None:
    start = (
        "import sys\n"
        "from holdfast.cli.main import run\n"
        "try:\n    run()\n"
        "except SystemExit:\n    pass\n"
        "print('LOADED', *sorted({m.split('.')[0] for m in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", start, "--help"], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert {"LOADED", "typer"} <= loaded
    assert loaded & HEAVY == set()
