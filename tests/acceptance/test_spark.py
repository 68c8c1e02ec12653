"""A run on Spark writes the same bytes as one on DuckDB: figures, tables, pages, facts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from acceptance.place_runs import BY_NAME, SharedData, lay_out, roots
from holdfast.example import generate
from holdfast.project import run
from support.project import make_project

if TYPE_CHECKING:
    from holdfast.engine.spark import Engine


def files_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def assert_same(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    assert sorted(one) == sorted(other)
    assert [name for name in one if one[name] != other[name]] == []
    assert "report.json" in one


def test_a_real_place_comes_out_the_same(spark: Engine, shared_data: SharedData, tmp_path: Path) -> None:
    place = BY_NAME["trafford"]
    folder, data = lay_out(place, tmp_path / "trafford"), roots(place, shared_data)
    first = files_of(run(folder, data=data).folder)
    again = run(folder, data=data, engine="spark", force=True)
    assert not again.repeated
    assert_same(files_of(again.folder), first)


def test_the_made_up_place_comes_out_the_same(spark: Engine, tmp_path: Path) -> None:
    place = generate(tmp_path / "rivermouth")
    run(place)
    first = files_of(run(place).folder)  # the first run has put mappings beside it, which are part of the second
    assert_same(files_of(run(place, engine="spark", force=True).folder), first)


def test_the_command_gives_the_same_and_spark_says_nothing(spark: Engine, tmp_path: Path) -> None:
    """In a process of its own, as a person starts it, without the settings of the tests."""
    project = make_project(tmp_path / "littleport")
    run(project)
    first = files_of(run(project).folder)
    command = [sys.executable, "-m", "holdfast", "run", str(project), "--engine", "spark", "--force"]
    env = {k: v for k, v in os.environ.items() if k != "PYSPARK_SUBMIT_ARGS"} | {"NO_COLOR": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 0, done.stderr
    said = done.stdout + done.stderr
    assert [word for word in ("WARN", "log4j", "Spark", "Traceback") if word in said] == []
    assert_same(files_of((project / "build" / "latest").resolve()), first)
