"""What Spark needs and is not there is said before any work is done, with how to get it on each system."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from holdfast.core.problem import HoldfastError
from holdfast.engine import choice, spark
from support.project import make_project

SYSTEMS = ("Debian", "Ubuntu", "macOS", "Windows")


def refusal(name: str = "spark") -> HoldfastError:
    with pytest.raises(HoldfastError) as refused:
        choice.require(name)
    assert refused.value.exit_code == 2
    return refused.value


def java(folder: Path, prints: str, code: int = 0) -> Path:
    """A Java home that says of itself what is asked for."""
    program = folder / "bin" / "java"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\necho '{prints}' >&2\nexit {code}\n")
    program.chmod(0o755)
    return folder


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if pyspark were there, and no session of another test."""
    monkeypatch.setattr(spark, "find_spec", lambda name: name)
    monkeypatch.setattr(spark, "_running", lambda: None)


@pytest.mark.parametrize(("typed", "meant"), [("sparc", "spark"), ("Spark", "spark"), ("duckbd", "duckdb")])
def test_a_name_that_is_nearly_right_gets_a_suggestion(typed: str, meant: str) -> None:
    (problem,) = refusal(typed).problems
    assert (problem.code, problem.message) == ("HF904", f"There is no engine {typed!r}.")
    assert problem.what_to_do == f"Did you mean {meant}? Engines: duckdb, spark."


def test_another_name_gets_the_list() -> None:
    assert refusal("postgres").problems[0].what_to_do == "Engines: duckdb, spark."


def test_without_the_package_the_way_to_install_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark, "find_spec", lambda name: None)
    (problem,) = refusal().problems
    assert problem.code == "HF905"
    assert [word for word in (*SYSTEMS, "holdfast[spark]", "duckdb") if word not in problem.what_to_do] == []


@pytest.mark.usefixtures("installed")
class TestJava:
    def test_missing(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.delenv("JAVA_HOME", raising=False)
        monkeypatch.setenv("PATH", str(tmp_path))
        (problem,) = refusal().problems
        assert (problem.code, problem.message) == ("HF905", "Spark needs Java, and none was found.")
        assert [word for word in (*SYSTEMS, "JAVA_HOME", "duckdb") if word not in problem.what_to_do] == []

    def test_too_old(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("JAVA_HOME", str(java(tmp_path, 'openjdk version "1.8.0_402"')))
        assert "this is Java 8" in refusal().problems[0].message

    def test_a_stand_in_that_does_not_start(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("JAVA_HOME", str(java(tmp_path, "Unable to locate a Java Runtime.", code=1)))
        assert "does not start" in refusal().problems[0].message

    def test_new_enough(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("JAVA_HOME", str(java(tmp_path, 'openjdk version "21.0.4" 2024-07-16')))
        choice.require("spark")


def test_the_command_says_it_without_a_traceback_and_writes_nothing(tmp_path: Path) -> None:
    project = make_project(tmp_path / "littleport")
    env = {k: v for k, v in os.environ.items() if k != "JAVA_HOME"} | {"PATH": str(tmp_path), "NO_COLOR": "1"}
    command = [sys.executable, "-m", "holdfast", "run", str(project), "--engine", "spark"]
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    said = "Java, and none was found" if find_spec("pyspark") else "Spark is not installed"
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert not (project / "build").exists()


def test_wildcards_in_a_path_are_letters_to_spark(tmp_path: Path) -> None:
    assert spark._literal(tmp_path / "a*[1]").endswith(r"/a\*\[1\]")
