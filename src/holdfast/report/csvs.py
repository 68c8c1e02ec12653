"""tables/*.csv and problems.csv: UTF-8, RFC 4180, every table as it was measured, formulas neutralised."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from holdfast.core.codes import CODES
from holdfast.core.figures import Cell, Results, ResultTable
from holdfast.core.problem import Problem
from holdfast.report.cells import neutral

PROBLEM_COLUMNS = (
    "file", "sheet", "row", "column", "code", "severity", "problem", "message", "value", "count", "amount",
    "what_to_do",
)  # fmt: skip
#: What stood in the cell is left out for these: it can be a person's name.
PERSONAL = frozenset({"HF307", "HF308", "HF321"})


def written(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([neutral(h) for h in header])
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8")


def table_csv(table: ResultTable) -> bytes:
    """A table with its column names, not its labels: names are stable."""
    return written([c.name for c in table.columns], table.rows)


def problem_row(problem: Problem) -> tuple[Cell, ...]:
    """One problem in the order of :data:`PROBLEM_COLUMNS`."""
    p = problem
    value = None if p.code in PERSONAL else p.value
    return (
        p.file, p.sheet, p.row, p.column, p.code, p.severity, CODES[p.code].title, p.message, value, p.count, p.amount,
        p.what_to_do,
    )  # fmt: skip


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """By file, sheet, row, code: the order in which a person would mend them."""
    return sorted(
        problems,
        key=lambda p: (p.file or "", p.sheet or "", p.row or 0, p.code, p.column or "", p.message, p.value or ""),
    )


def problems_csv(results: Results) -> bytes:
    return written(PROBLEM_COLUMNS, [problem_row(p) for p in in_order(results.problems)])


def safe_name(id: str) -> str:
    """A table or anchor id as a file name: letters, digits, ``-`` and ``_`` only."""
    kept = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in id)
    return kept.strip("-") or "unnamed"


def csv_files(results: Results) -> dict[str, bytes]:
    """Path in the run's folder -> bytes, tables by id."""
    files = {f"tables/{safe_name(id)}.csv": table_csv(results.tables[id]) for id in sorted(results.tables)}
    files["problems.csv"] = problems_csv(results)
    return files
