"""Results -> HTML, JSON, XLSX and CSV; a page for leaders; letters that ask for what is missing.

Everything is written from one :class:`~holdfast.core.figures.Results`, so the files cannot disagree. No clock, no
network.
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

    Every file is finished before any takes its place. Raises :class:`~holdfast.core.problem.HoldfastError` (HF901 where
    the disk is full, HF903 where writing is refused).
    """
    from holdfast.report.csvs import csv_files
    from holdfast.report.files import place
    from holdfast.report.machine import report_json
    from holdfast.report.page import report_html
    from holdfast.report.sheets import report_xlsx

    tables = csv_files(results)
    sizes = {name: len(content) for name, content in tables.items()}
    made = {
        "report.html": report_html(results, sizes),
        "report.json": report_json(results),
        "report.xlsx": report_xlsx(results),
    }
    return place(made | tables, folder)


def write_brief(results: Results, folder: Path) -> list[Path]:
    """Write brief.html and brief.docx: one page for a leader. Raises as :func:`write_report`."""
    from holdfast.report.brief import brief_docx, brief_html
    from holdfast.report.files import place

    return place({"brief.html": brief_html(results), "brief.docx": brief_docx(results)}, folder)


def write_ask(results: Results, requests: Sequence[AskRequest], folder: Path) -> list[Path]:
    """Write for each request the letter and what goes with it, into ``folder``.

    ``<anchor>.html`` and ``.docx`` are the letter, ``.csv`` the suppliers with empty columns to fill in, ``-rows.csv``
    the rows that could not be read, where there are any. Raises as :func:`write_report`.
    """
    from holdfast.report.files import place
    from holdfast.report.letters import letter_files

    files: dict[str, bytes] = {}
    for request in requests:
        files |= letter_files(results, request)
    return place(files, folder)
