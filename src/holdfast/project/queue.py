"""Who a person should look at next: what is not known of the money, by what settling it would change.

A finished run is read; nothing is worked out again. What an hour of work buys is told from the headline share: every
supplier whose place becomes known takes its money out of the range.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from holdfast.core.figures import Figure, Results
from holdfast.core.problem import HoldfastError, Problem
from holdfast.engine.duck import Engine
from holdfast.engine.primitives import name_parts
from holdfast.measures.selection import WITHHELD_KINDS
from holdfast.project.results import facts_of, load_results
from holdfast.project.selecting import condition
from holdfast.project.store import Store

#: Seconds that a name is taken to cost: one that a register may know, and one that has to be looked up elsewhere.
#: Nobody measured them; they only decide the order in which names pay off.
WITH_CANDIDATE, WITHOUT = 30, 120
#: A range narrower than this says the same whoever the rest are.
ENOUGH = Decimal("0.01")
#: How many names each line of the plan settles.
STEPS = (5, 10, 20, 50, 100, 200, 500)
#: Spellings, anchors and categories shown of one supplier.
SHOWN = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation that a supplier may be: its identifier or key, its name, how probable, and why."""

    key: str
    name: str
    score: Decimal
    evidence: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A supplier whose place is not known: its most usual spelling first, and what its payments tell."""

    key: str
    names: tuple[str, ...]
    amount: Decimal
    payments: int
    anchors: tuple[str, ...]
    categories: tuple[str, ...]
    years: tuple[str, ...]
    org_id: str | None
    candidates: tuple[Candidate, ...] = ()

    @property
    def core(self) -> str:
        return name_parts(self.names[0]).core

    @property
    def cores(self) -> frozenset[str]:
        return frozenset(name_parts(name).core for name in self.names)

    @property
    def seconds(self) -> int:
        return WITH_CANDIDATE if self.candidates else WITHOUT


@dataclass(frozen=True, slots=True)
class Range:
    """A share between two bounds, and where it would be if what was settled is like what was placed before."""

    low: Decimal
    high: Decimal

    @property
    def width(self) -> Decimal:
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Step:
    """What settling so many names buys. ``likely``: if they turn out like the money that is placed already."""

    names: int
    minutes: int
    amount: Decimal
    width: Decimal
    likely: Range


@dataclass(frozen=True, slots=True)
class Queue:
    """``unknowns`` by money; ``total`` all analysed money; ``withheld`` what no one can settle, as no name is given;
    ``answered`` names about which there is an answer, but none that says where they are."""

    results: Results
    figure: Figure
    unknowns: tuple[Unknown, ...]
    total: Decimal
    withheld: Decimal
    answered: tuple[Unknown, ...] = ()

    @property
    def range(self) -> Range:
        return Range(self.figure.low or Decimal(0), self.figure.high or Decimal(1))

    def by_minute(self) -> list[Unknown]:
        """Those first that narrow the range most for the time they take."""
        return sorted(self.unknowns, key=lambda u: (-abs(u.amount) / u.seconds, u.key))

    def after(self, settled: Sequence[Unknown]) -> tuple[Decimal, Range]:
        """How wide the range is once these are settled, and where it lies if they are like the rest."""
        part = sum((abs(u.amount) for u in settled), Decimal(0)) / self.total if self.total else Decimal(0)
        part = min(part, self.range.width)
        value = self.figure.value if self.figure.value is not None else Decimal(0)
        low = self.range.low + part * value
        return self.range.width - part, Range(low, low + self.range.width - part)

    def plan(self) -> Iterator[Step]:
        """What the first 5, 10, 20 … names buy, the best first."""
        best = self.by_minute()
        for count in [n for n in STEPS if n < len(best)] + [len(best)] * bool(best):
            some = best[:count]
            width, likely = self.after(some)
            minutes = -(-sum(u.seconds for u in some) // 60)
            yield Step(count, minutes, sum((abs(u.amount) for u in some), Decimal(0)), width, likely)

    def enough(self) -> int | None:
        """After how many names, the best first, all the rest together move the answer by less than a point; ``None``
        where what is withheld alone is more than that."""
        best = self.by_minute()
        width = self.range.width
        for count, unknown in enumerate(best):
            if width < ENOUGH:
                return count
            width -= abs(unknown.amount) / self.total
        return len(best) if width < ENOUGH else None


def queue_of(project: Path, run: str = "latest", decided: Collection[str] = ()) -> Queue:
    """What is not known in a run, without the core names in ``decided``. Raises HF407, and HF408 without a share."""
    folder = Store(project).find(run)
    results = load_results(folder)
    figure = _headline(results)
    where = {**figure.where, "ring": [None]}
    engine = Engine()
    try:
        engine.register("facts", facts_of(folder))
        unplaced = f"FROM facts WHERE {condition(where)}"
        held = condition({"supplier_kind": WITHHELD_KINDS})
        sums = engine.rows(
            f"SELECT coalesce(sum(amount), 0) AS total FROM facts "
            f"WHERE {condition({k: v for k, v in figure.where.items() if k != 'ring'})}"
        )[0]
        withheld = engine.rows(f"SELECT coalesce(sum(abs(amount)), 0) AS held {unplaced} AND {held}")[0]["held"]
        rows = engine.rows(_SUPPLIERS.format(unplaced=f"{unplaced} AND NOT {held}"))
    finally:
        engine.close()
    offered = _offered(results)
    told = frozenset(decided)
    found = [_unknown(row, offered, results) for row in rows]
    open_, answered = (tuple(u for u in found if bool(u.cores & told) is done) for done in (False, True))
    return Queue(results, figure, open_, sums["total"], withheld, answered)


_SUPPLIERS = """
WITH spelt AS (
    SELECT supplier_key, supplier, sum(abs(amount)) AS money {unplaced} AND supplier IS NOT NULL
    GROUP BY supplier_key, supplier
), sold AS (
    SELECT supplier_key, category, sum(abs(amount)) AS money {unplaced} AND category IS NOT NULL
    GROUP BY supplier_key, category
), paid AS (
    SELECT supplier_key, sum(amount) AS amount, count(*) AS payments, min(org_id) AS org_id,
        list_sort(list_distinct(list(anchor))) AS anchors,
        list_sort(list_distinct(list(year) FILTER (year IS NOT NULL))) AS years
    {unplaced} GROUP BY supplier_key
)
SELECT p.*, s.names, c.categories FROM paid p
JOIN (SELECT supplier_key, list(supplier ORDER BY money DESC, supplier) AS names FROM spelt GROUP BY ALL) s
    USING (supplier_key)
LEFT JOIN (SELECT supplier_key, list(category ORDER BY money DESC, category) AS categories FROM sold GROUP BY ALL) c
    USING (supplier_key)
ORDER BY abs(p.amount) DESC, supplier_key
"""


def _headline(results: Results) -> Figure:
    ring = results.rings[0] if results.rings else ""
    for figure in results.figures:
        if (
            figure.measure == "local-share"
            and figure.id.endswith(".all.based.pooled")
            and figure.definition.area == ring
        ):
            return figure
    message = "The run has no local share of its innermost ring, so there is nothing that an answer would change."
    raise HoldfastError(Problem("HF408", message))


def _offered(results: Results) -> dict[str, list[Candidate]]:
    """What the matcher left to a person, by the name it was asked about."""
    table = results.tables.get("review")
    found: dict[str, list[Candidate]] = {}
    for row in table.records() if table else ():
        candidate = Candidate(
            str(row["candidate_id"]), str(row["candidate"]), Decimal(str(row["score"] or 0)), str(row["evidence"])
        )
        found.setdefault(str(row["supplier"]), []).append(candidate)
    return found


def _unknown(row: dict[str, Any], offered: dict[str, list[Candidate]], results: Results) -> Unknown:
    names = {a.id: a.name for a in results.anchors}
    candidates = {c.key: c for name in row["names"] for c in offered.get(name, ())}
    return Unknown(
        key=row["supplier_key"],
        names=tuple(row["names"]),
        amount=row["amount"],
        payments=row["payments"],
        anchors=tuple(names.get(a, a) for a in row["anchors"]),
        categories=tuple((row["categories"] or [])[:SHOWN]),
        years=tuple(row["years"] or ()),
        org_id=row["org_id"],
        candidates=tuple(sorted(candidates.values(), key=lambda c: (-c.score, c.key))),
    )
