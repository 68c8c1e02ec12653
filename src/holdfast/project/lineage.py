"""From a figure back to the payments behind it, with file and row."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from holdfast.core.disk import whole_or_nothing
from holdfast.core.figures import Figure, Results
from holdfast.core.problem import HoldfastError, Problem
from holdfast.engine.duck import Engine
from holdfast.measures.selection import WITHHELD_KINDS
from holdfast.project.results import facts_of, load_results
from holdfast.project.selecting import condition
from holdfast.project.store import Store
from holdfast.report.cells import neutral

COLUMNS = (
    *("counted", "anchor", "file", "sheet", "row", "date", "amount", "currency", "supplier", "supplier_name", "org_id"),
    *("category", "department", "supplier_kind", "area", "ring", "matched_by", "placed_by", "scope"),
)


@dataclass(frozen=True, slots=True)
class Explanation:
    """The payments behind a figure.

    ``counted`` and ``all`` are their sums: the numerator and the denominator, to the penny, where ``adds_up``.
    ``payments`` are the largest, as records of :data:`COLUMNS`.
    """

    results: Results
    figure: Figure
    folder: Path
    counted: Decimal
    counted_payments: int
    all: Decimal
    all_payments: int
    payments: tuple[Mapping[str, Any], ...]

    @property
    def tells_counted(self) -> bool:
        """Whether each payment says if it is in the numerator; some figures only show in all payments together."""
        return bool(self.figure.counted) or self.figure.numerator in (None, self.figure.denominator)

    @property
    def adds_up(self) -> bool:
        f = self.figure
        numerator = f.numerator is None or not self.tells_counted or f.numerator == self.counted
        return numerator and (f.denominator is None or f.denominator == self.all)


def figures(project: Path, run: str = "latest") -> Results:
    """The results of a run, for its list of figures."""
    return load_results(Store(project).find(run))


def explain(project: Path, figure: str, *, run: str = "latest", limit: int = 50) -> Explanation:
    """The payments behind a figure, those in its numerator first, the largest of each first.

    Raises :class:`HoldfastError` HF407 or HF408.
    """
    folder = Store(project).find(run)
    results = load_results(folder)
    found = _figure(results, figure)
    engine = Engine()
    try:
        engine.register("facts", facts_of(folder))
        sums = engine.rows(
            f"""SELECT COALESCE(SUM(CASE WHEN counted THEN amount END), 0) AS counted,
                COALESCE(SUM(CASE WHEN counted THEN 1 END), 0) AS counted_payments,
                COALESCE(SUM(amount), 0) AS all_money, COUNT(*) AS all_payments FROM ({_query(found)}) AS behind"""
        )[0]
        order = "ORDER BY counted DESC, ABS(amount) DESC, anchor, file, sheet NULLS FIRST, row"
        largest = engine.rows(f"{_query(found)} {order} LIMIT {limit}")
    finally:
        engine.close()
    return Explanation(
        results=results,
        figure=found,
        folder=folder,
        counted=sums["counted"],
        counted_payments=int(sums["counted_payments"]),
        all=sums["all_money"],
        all_payments=int(sums["all_payments"]),
        payments=tuple(_named(row, results.rings) for row in largest),
    )


def write_payments(explanation: Explanation, path: Path) -> int:
    """Write every payment behind the figure as CSV or, by its suffix, Parquet; gives how many."""
    engine = Engine()
    try:
        engine.register("facts", facts_of(explanation.folder))
        query = f"{_query(explanation.figure)} ORDER BY anchor, file, sheet NULLS FIRST, row"
        with whole_or_nothing(path) as beside:
            if path.suffix.lower() == ".parquet":
                engine.write_parquet(query, beside)
            else:
                _write_csv(_fetched(engine, query), beside, explanation.results.rings)
    finally:
        engine.close()
    return explanation.all_payments


def _figure(results: Results, id: str) -> Figure:
    from difflib import get_close_matches

    try:
        return results.figure(id)
    except KeyError:
        near = get_close_matches(id, [f.id for f in results.figures], n=3, cutoff=0.5)
        help = f"Did you mean {', '.join(near)}?" if near else None
        raise HoldfastError(Problem("HF408", f"There is no figure {id}.", value=id, help=help)) from None


def _query(figure: Figure) -> str:
    """The payments of the denominator; ``counted`` says which of them are in the numerator too."""
    if not figure.where:
        message = f"The figure {figure.id} is not a sum of payments, so it has none behind it."
        raise HoldfastError(Problem("HF408", message, value=figure.id))
    counted = condition(figure.counted) if figure.counted else "TRUE"
    columns = ", ".join(_column(c, counted) for c in COLUMNS)
    return f"SELECT {columns} FROM facts WHERE {condition(figure.where)}"


def _column(name: str, counted: str) -> str:
    if name == "counted":
        return f"({counted}) AS counted"
    if name in ("supplier", "supplier_name", "org_id"):
        persons = ", ".join(f"'{p}'" for p in WITHHELD_KINDS)
        return f"CASE WHEN supplier_kind IN ({persons}) THEN NULL ELSE {name} END AS {name}"
    return name


def _named(row: Mapping[str, Any], rings: Sequence[str]) -> dict[str, Any]:
    ring = row["ring"]
    name = "Not known" if ring is None else rings[ring] if ring < len(rings) else "Elsewhere"
    return {**row, "ring": name}


def _fetched(engine: Engine, query: str) -> Iterator[Mapping[str, Any]]:
    for batch in engine.sql(query).to_arrow_reader(10_000):
        yield from batch.to_pylist()


def _write_csv(rows: Iterator[Mapping[str, Any]], path: Path, rings: Sequence[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for row in rows:
            named = _named(row, rings)
            writer.writerow([neutral(_plain(named[c])) for c in COLUMNS])


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if hasattr(value, "isoformat") else value
