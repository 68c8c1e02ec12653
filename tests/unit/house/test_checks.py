"""The tools that `make check` runs find nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

# in one worker, one after the other: mypy alone keeps a core busy
COMMANDS = [
    ("-m", "ruff", "format", "--check"),
    ("-m", "ruff", "check"),
    ("-m", "mypy"),
    ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=["format", "lint", "types", "import rules"])
def test_the_check_passes(root: Path, command: tuple[str, ...]) -> None:
    done = subprocess.run([sys.executable, *command], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
