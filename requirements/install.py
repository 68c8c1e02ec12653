"""Make an environment from a lock file: ``python requirements/install.py FOLDER LOCK [--editable]``.

Installs with uv, which is itself taken from the lock by pip, because it is several times faster; where uv cannot reach
the packages (it reads none of pip's settings but those handed on below), pip installs the same lock. Standard library
only: this runs before anything is installed.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

OLDEST = (3, 11)
#: Packages that a run imports.
RUNTIME = (
    *("holdfast", "duckdb", "pyarrow", "numpy", "jinja2", "typer", "rich", "pygments"),
    *("xlsxwriter", "docx", "yaml"),
)
PIP = ("-m", "pip", "--disable-pip-version-check", "install", "-q", "--no-deps")


def main(folder: Path, lock: Path, editable: bool) -> int:
    """Make or refresh ``folder``. 0 when it holds what ``lock`` names."""
    if sys.version_info < OLDEST:
        return complain(f"Holdfast needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is {sys.version.split()[0]}.")
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        try:
            venv.create(folder, with_pip=True, clear=True)
        except (subprocess.CalledProcessError, OSError) as error:
            return complain(
                f"No environment could be made ({error}).\nOn Debian or Ubuntu: apt-get install python3-venv"
            )
    uv = install_uv(python)
    if uv is None or not run([*uv, "install", "-q", "--require-hashes", "-r", str(lock)], uv_settings(python)):
        print("uv could not fetch the packages; installing with pip instead, which takes longer.", flush=True)
        uv = None
        if not run([str(python), *PIP, "--require-hashes", "-r", str(lock)]):
            return complain("The packages could not be installed; the lines above say why.")
    if editable:
        installer = [*uv, "install", "-q", "--no-deps"] if uv else [str(python), *PIP]
        if not run([*installer, "--no-build-isolation", "-e", "."], uv_settings(python) if uv else {}):
            return complain("Holdfast itself could not be installed; the lines above say why.")
        compile_what_runs(python)
    return 0


def compile_what_runs(python: Path) -> None:
    """Compile Holdfast and what a run loads, once: where Python may not keep compiled modules, every start of
    ``holdfast`` would otherwise compile them again, which takes longer than most runs."""
    find = (
        "import importlib.util as u, sys\n"
        "for name in sys.argv[1:]:\n"
        "    if found := u.find_spec(name):\n"
        "        print(found.submodule_search_locations[0])"
    )
    found = subprocess.run([str(python), "-c", find, *RUNTIME], capture_output=True, text=True).stdout.split("\n")
    run([str(python), "-m", "compileall", "-q", "-j", "0", *filter(None, found)])


def install_uv(python: Path) -> list[str] | None:
    """The command ``uv pip`` for this environment, or ``None``. uv is pinned and hashed in dev.lock like the rest."""
    entry = re.search(r"^uv==.*?(?=^\S|\Z)", (Path(__file__).parent / "dev.lock").read_text(), re.DOTALL | re.MULTILINE)
    if entry is None:
        return None
    program = python.with_name("uv.exe" if os.name == "nt" else "uv")
    wanted = entry.group().split()[0].removeprefix("uv==")
    if program.exists() and subprocess.run([program, "--version"], capture_output=True, text=True).stdout.split()[
        1:2
    ] == [wanted]:
        return [str(program), "pip"]
    with tempfile.TemporaryDirectory() as scratch:
        alone = Path(scratch) / "uv.lock"
        alone.write_text(entry.group())
        installed = run([str(python), *PIP, "--require-hashes", "-r", str(alone)])
    return [str(program), "pip"] if installed else None


def uv_settings(python: Path) -> dict[str, str]:
    """What uv needs to know: which environment, and pip's index, mirror and certificate settings under uv's names."""
    told = {"VIRTUAL_ENV": str(python.parents[1].resolve())}
    pip = pip_settings(python)
    names = {
        "index-url": "UV_DEFAULT_INDEX",
        "extra-index-url": "UV_EXTRA_INDEX_URL",
        "find-links": "UV_FIND_LINKS",
        "trusted-host": "UV_INSECURE_HOST",
        "cert": "SSL_CERT_FILE",
    }
    for key, name in names.items():
        values = [v for v in pip.get(key, "").split() if not (key == "extra-index-url" and v.startswith("file:"))]
        if values and name not in os.environ:
            told[name] = (",".join if key == "find-links" else " ".join)(values)
    if "UV_EXTRA_INDEX_URL" in told:
        # safe because every file is checked against the lock's hashes
        told["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return told


def pip_settings(python: Path) -> dict[str, str]:
    """pip's settings from its files and the environment, the environment winning."""
    listed = subprocess.run([str(python), "-m", "pip", "config", "list"], capture_output=True, text=True).stdout
    found: dict[str, tuple[int, str]] = {}
    for line in listed.splitlines():
        level, _, rest = line.partition(".")
        key, _, value = rest.partition("=")
        rank = {"global": 0, "user": 1, "site": 2, "install": 3, ":env:": 4}.get(level, 0)
        if rank >= found.get(key, (-1, ""))[0]:
            found[key] = (rank, str(ast.literal_eval(value)))
    return {key: value for key, (_, value) in found.items()}


def run(command: list[str], settings: dict[str, str] | None = None) -> bool:
    """Whether ``command`` ended well; what it printed is shown."""
    return subprocess.run(command, env=os.environ | (settings or {}), check=False).returncode == 0


def complain(message: str) -> int:
    """Say what went wrong and what to do."""
    print(message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    sys.exit(main(Path(arguments[0]), Path(arguments[1]), "--editable" in sys.argv))
