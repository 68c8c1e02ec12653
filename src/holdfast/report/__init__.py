"""Results -> HTML, JSON, XLSX and CSV; a page for leaders; letters that ask for what is missing.

Everything is written from one :class:`~holdfast.core.figures.Results`, so the files cannot disagree. No clock, no network.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from holdfast.report.asking import AskRequest, AskRow, AskSupplier, Need

if TYPE_CHECKING:
    from holdfast.core.figures import Results

__all__ = ["AskRequest", "AskRow", "AskSupplier", "Need", "write_ask", "write_brief", "write_report"]


def write_report(results: Results, folder: Path) -> list[Path]:
    """Write report.html, report.json, report.xlsx, tables/*.csv and problems.csv; give their paths in that order.

    Every file is finished before it takes its place. Raises :class:`~holdfast.core.problem.HoldfastError` (HF901, HF903).
    """
    raise NotImplementedError


def write_brief(results: Results, folder: Path) -> list[Path]:
    """Write brief.html and brief.docx: one page for a leader."""
    raise NotImplementedError


def write_ask(results: Results, requests: Sequence[AskRequest], folder: Path) -> list[Path]:
    """Write ask/<anchor>.html, .docx and .csv for each request: the letter and the table that goes with it."""
    raise NotImplementedError
