"""What is in the repository, as git sees it."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that is committed or about to be, as absolute paths in order."""
    # a checkout may belong to another user than the one who runs the tests
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(sorted(path for name in listed.split("\0") if name and (path := ROOT / name).is_file()))


def texts(*suffixes: str, under: str = "") -> dict[Path, str]:
    """The text of the tracked files with one of ``suffixes`` (all text files without), below ``under``."""
    found = {}
    for path in tracked():
        if (suffixes and path.suffix not in suffixes) or not path.is_relative_to(ROOT / under):
            continue
        try:
            found[path] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found
