"""``manifest.json``: what a run was made from and what it made, by hash. Written last; a run without it is none."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from holdfast.core.disk import sha256
from holdfast.core.figures import Results
from holdfast.core.problem import Problem
from holdfast.project.identity import _plain
from holdfast.project.reading import AnchorReading

if TYPE_CHECKING:
    from holdfast.spend.reading import TableRead

FILE = "manifest.json"
SCHEMA = "holdfast.manifest/1"


def write(
    folder: Path, run: str, facts: Mapping[str, Any], results: Results, readings: Sequence[AnchorReading]
) -> None:
    """Write the manifest of a run whose other files all stand in ``folder``."""
    outputs = {p.relative_to(folder).as_posix(): sha256(p) for p in sorted(folder.rglob("*")) if p.is_file()}
    document = {
        "schema": SCHEMA,
        "run": run,
        "place": results.place,
        "as_of": results.as_of,
        "made_from": facts,
        "parameters": dict(results.parameters),
        "tables": [_table(r.anchor.id, t) for r in readings for t in r.tables],
        "outputs": outputs,
    }
    text = json.dumps(document, ensure_ascii=False, indent=1, default=_plain) + "\n"
    (folder / FILE).write_text(text, encoding="utf-8", newline="\n")


def _table(anchor: str, table: TableRead) -> dict[str, Any]:
    """How one table was read. Why each column was chosen depends on what was read before, so it stands elsewhere."""
    return {
        "anchor": anchor,
        "path": table.path,
        "sha256": table.sha256,
        "sheet": table.sheet,
        "encoding": table.encoding,
        "header_row": table.header_row,
        "mapping": table.mapping,
        "vat_basis": table.vat_basis,
        "rows_staged": table.rows_staged,
        "rows_typed": table.rows_typed,
        "rows_quarantined": table.rows_quarantined,
        "rows_excluded": table.rows_excluded,
        "total": f"{table.total:.2f}",
        "currency": table.currency,
        "others": {name: f"{amount:.2f}" for name, amount in sorted(table.others.items())},
        "first_date": table.first_date,
        "last_date": table.last_date,
        "kinds": table.kinds,
    }


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
