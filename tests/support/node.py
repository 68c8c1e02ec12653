"""axe-core from npm, with the machine's Node or, where it has none, the one that comes as a Python package."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from support.lock import locked

NPM_CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund")


class Absent(Exception):
    """The checker could not be installed."""


def axe_source(root: Path) -> str:
    """The text of ``axe.min.js``, installed once per lock file. Raises :class:`Absent`."""
    frontend = root / "frontend"
    script = frontend / "node_modules" / "axe-core" / "axe.min.js"
    stamp = frontend / "node_modules" / ".installed"
    want = hashlib.sha256((frontend / "package-lock.json").read_bytes()).hexdigest()
    with locked(root / ".cache" / "npm.lock"):
        if not (stamp.is_file() and stamp.read_text() == want and script.is_file()):
            _install(root, frontend)
            stamp.write_text(want)
    return script.read_text(encoding="utf-8")


def _install(root: Path, frontend: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        binaries = _node_from_pip(root)
        npm, path = str(binaries / "npm"), f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}"
    else:
        path = os.environ.get("PATH", "")
    env = os.environ | {"PATH": path, "npm_config_cache": str(root / ".cache" / "npm")}
    done = subprocess.run([npm, *NPM_CI], cwd=frontend, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Absent(f"npm could not install axe-core: {done.stderr.strip()[-400:]}")


def _node_from_pip(root: Path) -> Path:
    """A private environment with Node in it, as the lock names it; 200 MB, made only where npm is missing."""
    home = root / ".cache" / "node"
    binaries = home / ("Scripts" if os.name == "nt" else "bin")
    python = binaries / "python"
    steps = (
        [sys.executable, "-m", "venv", str(home)],
        [str(python), "-m", "pip", "install", "-q", "--no-deps", "--require-hashes", "-r", "requirements/node.lock"],
    )
    for step in steps:
        done = subprocess.run(step, cwd=root, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Absent(f"no npm on this machine, and Node could not be installed: {done.stderr.strip()[-400:]}")
    return binaries
