"""Questions the report asks of the results, answered from figures and tables and from nothing else.

What is missing comes back as ``None`` or an empty list, so that every page can say so instead of failing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from holdfast.core.figures import Cell, Figure, Results, ResultTable

ELSEWHERE, NOT_KNOWN = "Elsewhere", "Not known"
Row = dict[str, Any]


@dataclass(frozen=True)
class Findings:
    """The results, with the questions."""

    results: Results

    @property
    def inner(self) -> str | None:
        """The innermost ring."""
        return self.results.rings[0] if self.results.rings else None

    @property
    def outer(self) -> str | None:
        """The outermost ring; the innermost where there is one."""
        return self.results.rings[-1] if self.results.rings else None

    @property
    def states(self) -> list[str]:
        return [*self.results.rings, ELSEWHERE, NOT_KNOWN]

    @property
    def state_names(self) -> dict[str, str]:
        """State -> what a reader is told. A ring of a flow is the part of it that no smaller ring holds."""
        return {ring: f"Rest of {ring}" for ring in self.results.rings[1:]}

    @cached_property
    def _figures(self) -> dict[str, Figure]:
        return {f.id: f for f in self.results.figures}

    def figure(self, id: str) -> Figure | None:
        return self._figures.get(id)

    def of_ring(self, measure: str, ring: str | None, **definition: str) -> Figure | None:
        """The figure whose id begins with ``measure`` and whose definition has that area and these parts."""
        for f in self.results.figures:
            wanted = f.id.split(".")[0] == measure and f.definition.area == ring
            if wanted and all(getattr(f.definition, key) == value for key, value in definition.items()):
                return f
        return None

    def local(self, ring: str | None) -> Figure | None:
        """The headline share of a ring: all suppliers, where they are based, all anchors' money together."""
        return self.of_ring("local-share", ring, suppliers="all", basis="based", pooling="pooled")

    def leaving(self, ring: str | None) -> Figure | None:
        return self.of_ring("leakage", ring)

    @property
    def total(self) -> Decimal | None:
        found = self.figure("total")
        return found.value if found else None

    @property
    def coverage(self) -> Figure | None:
        return self.figure("coverage")

    def unplaced(self) -> Decimal | None:
        """The money that could not be placed."""
        c = self.coverage
        return None if c is None or c.numerator is None or c.denominator is None else c.denominator - c.numerator

    @property
    def period(self) -> str:
        """The period of the headline figures."""
        found = self.local(self.inner) or self.figure("total") or self.coverage
        years = self.results.years
        if found and found.definition.period:
            return found.definition.period
        return f"{years[0]} to {years[-1]}" if len(years) > 1 else years[0] if years else ""

    def table(self, id: str) -> ResultTable | None:
        """The table, or ``None`` where there is none or it has no rows."""
        found = self.results.tables.get(id)
        return found if found and found.rows else None

    def rows(self, id: str, **equal: object) -> list[Row]:
        """The rows of a table as records, those whose columns have the given values."""
        found = self.table(id)
        records: list[Row] = list(found.records()) if found else []
        return [r for r in records if all(r.get(key) == value for key, value in equal.items())]

    def changes(self, ring: str | None) -> list[Row]:
        """The rows of ``change`` for a ring with a difference in points, like for like.

        Over all anchors; where some of them paid in one of the two years alone, over those that paid in both.
        """
        fixed = {(r["from_year"], r["to_year"]): r for r in self.rows("change", ring=ring, panel="fixed")}
        rows = [_like_for_like(r, fixed) for r in self.rows("change", ring=ring, panel="all")]
        return [r for r in rows if r["share_points"] is not None]

    def overall_change(self, ring: str | None) -> Row | None:
        """From the first year that can be compared to the last: the widest row of ``change``."""
        years = {year: n for n, year in enumerate(self.results.years)}
        rows = [r for r in self.changes(ring) if r["from_year"] in years and r["to_year"] in years]
        return max(rows, key=lambda r: (years[r["to_year"]] - years[r["from_year"]], years[r["to_year"]]), default=None)

    def incomplete_years(self) -> list[Row]:
        return [r for r in self.rows("by_year", ring=self.inner) if r.get("complete") is False]

    def organisations(self) -> list[Row]:
        """The largest suppliers that may be named, largest first."""
        return [r for r in self.rows("top_suppliers") if r["rank"] is not None and may_be_named(r)]

    def categories_by_leaving(self) -> list[Row]:
        """Named categories by the money that leaves the outermost ring, largest first."""
        rows = [r for r in self.rows("by_category", ring=self.outer) if (r.get("leaving") or 0) > 0]
        return sorted(rows, key=lambda r: (is_rest(str(r["category"])), -r["leaving"], str(r["category"])))

    def categories_stated(self) -> bool:
        """Whether the files say of any money what was bought."""
        return any(not is_rest(str(r["category"])) for r in self.rows("by_category"))

    def gaps(self) -> list[Row]:
        """What is not known, most money first, then what has no amount."""
        rows = self.rows("gaps")
        return sorted(rows, key=lambda r: (r["amount"] is None, -(r["amount"] or 0), str(r["what"])))


def _like_for_like(row: Row, fixed: Mapping[tuple[Cell, Cell], Row]) -> Row:
    """The row over all anchors, or that of the fixed panel where it says something else: then the anchors differ."""
    same = fixed.get((row["from_year"], row["to_year"]), row)
    return row if all(same[c] == row[c] for c in ("share_points", "money_change")) else same


def is_rest(category: str) -> bool:
    """Whether a line stands for many categories or for none."""
    return category == "Not stated" or category.startswith("Other (")


def may_be_named(row: Row) -> bool:
    """Only organisations are named. Persons, and suppliers whose names were withheld, never are."""
    return row.get("kind") not in ("person", "not disclosed")
