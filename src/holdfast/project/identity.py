"""What makes a run this run: inputs, settings, parameters, versions. Its id is their hash: equal work has one name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

#: Files of the package whose contents can change a result.
_COUNTED = (".py", ".csv", ".toml", ".yaml", ".html", ".css", ".j2", ".json", ".parquet")
_LIBRARIES = ("duckdb", "pyarrow")


def run_id(facts: Mapping[str, Any]) -> str:
    """Twelve hexadecimal digits of the hash of everything that a run depends on."""
    return hashlib.sha256(canonical(facts).encode()).hexdigest()[:12]


def canonical(value: Any) -> str:
    """JSON with one way of writing everything."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


@cache
def versions() -> dict[str, str]:
    """Holdfast with a hash of its own files, and the libraries that compute."""
    import holdfast

    found = {"holdfast": holdfast.__version__, "code": code_hash()}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # pragma: no cover - vendored without metadata
            found[name] = "unknown"
    return found


@cache
def code_hash() -> str:
    """A hash of the package's own files: a changed rule or parameter is another run, even under one version number."""
    digest = hashlib.sha256()
    for name, file in sorted(_package_files(files("holdfast"), "")):
        digest.update(name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _package_files(folder: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in folder.iterdir():
        name = f"{prefix}{entry.name}"
        if entry.is_dir():
            found += _package_files(entry, name + "/") if entry.name != "__pycache__" else []
        elif entry.name.endswith(_COUNTED):
            found.append((name, entry))
    return found
