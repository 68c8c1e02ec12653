"""``manifest.json``: what a run was made from and what it made, by hash. Written last; a run without it is none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from holdfast.core.figures import Results
from holdfast.core.problem import Problem
from holdfast.project.identity import _plain
from holdfast.project.inputs import sha256

FILE = "manifest.json"
SCHEMA = "holdfast.manifest/1"


def write(folder: Path, run: str, facts: Mapping[str, Any], results: Results) -> None:
    """Write the manifest of a run whose other files all stand in ``folder``."""
    outputs = {p.relative_to(folder).as_posix(): sha256(p) for p in sorted(folder.rglob("*")) if p.is_file()}
    document = {
        "schema": SCHEMA,
        "run": run,
        "place": results.place,
        "as_of": results.as_of,
        "made_from": facts,
        "parameters": dict(results.parameters),
        "outputs": outputs,
    }
    text = json.dumps(document, ensure_ascii=False, indent=1, default=_plain) + "\n"
    (folder / FILE).write_text(text, encoding="utf-8", newline="\n")


def read(folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((folder / FILE).read_text(encoding="utf-8"))
    return document


def is_whole(folder: Path) -> bool:
    """Whether a run stands there with every file as it was written."""
    try:
        outputs = read(folder)["outputs"]
        return all(sha256(folder / name) == digest for name, digest in outputs.items())
    except (OSError, ValueError, KeyError):
        return False


def problems(folder: Path) -> list[Problem]:
    """The problems that a finished run listed."""
    from holdfast.project.results import load_results

    return list(load_results(folder).problems)
