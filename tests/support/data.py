"""The real data: found beside the project, unpacked once into an ignored cache, never part of the repository.

``HOLDFAST_SHARED`` says where the shared folder is (default: ``../shared``); ``HOLDFAST_DATA_CACHE`` names a folder in
which the data already lies unpacked (default: ``.cache/shared-data``, filled as tests ask for parts of it).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

from support.lock import locked

ROOT = Path(__file__).resolve().parents[2]


class Absent(Exception):
    """The data is not on this machine."""


def shared_folder() -> Path:
    """The folder of shared reference material. Raises :class:`Absent`."""
    folder = Path(os.environ.get("HOLDFAST_SHARED") or ROOT.parent / "shared")
    if not (folder / "data" / "unpack.py").is_file():
        raise Absent(f"no shared data at {folder} (set HOLDFAST_SHARED to the folder that holds data/unpack.py)")
    return folder.resolve()


@cache
def laid_out(name: str) -> Path:
    """The file or folder ``name`` of the data, such as ``spend/oxford_cc``, unpacked. Raises :class:`Absent`."""
    name = name.strip("/")
    given = os.environ.get("HOLDFAST_DATA_CACHE")
    if given and (Path(given) / name).exists():
        return Path(given) / name
    shared = shared_folder()
    folder = Path(given) if given else ROOT / ".cache" / "shared-data"
    mark = folder / ".laid-out" / name.replace("/", "~")
    if not mark.exists():
        with locked(folder / ".lock"):
            if not mark.exists():  # another worker may have done it while this one waited
                _unpack(shared, folder, name)
                mark.parent.mkdir(parents=True, exist_ok=True)
                mark.touch()
    return folder / name


def _unpack(shared: Path, folder: Path, name: str) -> None:
    subprocess.run([sys.executable, str(shared / "data" / "unpack.py"), str(folder), _packed(shared, name)], check=True)
    if not (folder / name).exists():
        raise LookupError(f"the shared data has no {name}; see its CATALOG.md")


def _packed(shared: Path, name: str) -> str:
    """``name``, or the folder above it that is packed as a whole: ``spend/nhs`` for ``spend/nhs/GUYS``."""
    above = [name, *(p.as_posix() for p in Path(name).parents)]
    return next((n for n in above if (shared / "data" / f"{n}.zip").is_file()), name)


@cache
def acceptance_figures() -> dict[str, Any]:
    """The published figures to reproduce. Raises :class:`Absent`."""
    figures: dict[str, Any] = json.loads((shared_folder() / "reference" / "acceptance.json").read_bytes())
    return figures
