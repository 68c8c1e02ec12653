"""Every problem code, with its meaning and what to do. ``holdfast codes HF301`` prints an entry.

1xx the file, 2xx its columns, 3xx its values, 4xx settings and projects, 5xx registers and suppliers, 6xx places,
7xx figures and comparisons, 9xx the machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import Literal


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of the code list."""

    code: str
    severity: Literal["error", "warning", "note"]
    title: str
    meaning: str
    what_to_do: str


def _load() -> dict[str, Code]:
    import csv

    text = files("holdfast.core").joinpath("codes.csv").read_text(encoding="utf-8")
    return {row["code"]: Code(**row) for row in csv.DictReader(text.splitlines())}  # type: ignore[arg-type]


CODES: dict[str, Code] = _load()
