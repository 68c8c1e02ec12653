from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SUITE = """
import pytest

def test_passes():
    assert True

def test_skips():
    pytest.skip("no browser here")

@pytest.mark.xfail(reason="known")
def test_is_expected_to_fail():
    assert False
"""


def outcome(root: Path, folder: Path, suite: str, require: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """Run a little suite under the hooks of ours, as its own process."""
    (folder / "conftest.py").write_text(
        "from support.strict import pytest_make_collect_report, pytest_runtest_makereport\n"
    )
    (folder / "test_suite.py").write_text(suite)
    monkeypatch.setenv("HOLDFAST_REQUIRE", require)
    monkeypatch.setenv("PYTHONPATH", str(root / "tests"))
    command = [sys.executable, "-m", "pytest", "-rs", "-p", "no:cacheprovider", "-c", "/dev/null", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    return done.returncode, done.stdout


def test_a_skip_is_a_skip_with_its_reason_when_nothing_is_required(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, text = outcome(root, tmp_path, SUITE, "", monkeypatch)
    assert code == 0
    assert "no browser here" in text
    assert "1 passed, 1 skipped, 1 xfailed" in text


def test_a_skip_fails_the_run_when_everything_is_required(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, text = outcome(root, tmp_path, SUITE, "all", monkeypatch)
    assert code == 1
    assert "HOLDFAST_REQUIRE=all allows no skip" in text
    assert "no browser here" in text
    assert "1 failed, 1 passed, 1 xfailed" in text


def test_a_whole_module_that_skips_itself_fails_too(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    suite = 'import pytest\npytest.importorskip("a_module_that_is_nowhere")\n'
    code, text = outcome(root, tmp_path, suite, "all", monkeypatch)
    assert code != 0
    assert "HOLDFAST_REQUIRE=all allows no skip" in text
