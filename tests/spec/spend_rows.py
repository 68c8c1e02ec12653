"""Little ``spend`` tables, made by hand or by hypothesis, as rows and as Arrow."""

from __future__ import annotations

import atexit
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import cache
from typing import Any

import pyarrow as pa
from hypothesis import settings
from hypothesis import strategies as st

from holdfast.engine import translate
from holdfast.engine.duck import Engine as Duck
from holdfast.engine.interface import Engine
from holdfast.measures import MeasureTables
from holdfast.measures.selection import fetch
from holdfast.tables.contract import schema

RINGS = 2
OUTSIDE = RINGS
PLAIN: dict[str, Any] = {
    "anchor": "council",
    "year": "2022/23",
    "month": "2022-06",
    "supplier_key": "name:A",
    "supplier_name": "A",
    "supplier_kind": "company",
    "ownership": "private",
    "ownership_form": "private firm",
    "owner_kind": "unknown",
    "owner_country": "unknown",
    "size": "small",
    "area": "E07000120",
    "ring": 0,
    "branch_ring": 0,
    "placed_by": "creditor list",
    "deprived": False,
    "category": "Food",
    "kind": "payment",
    "scope": "third-party purchases",
    "currency": "GBP",
    "amount": Decimal("1.00"),
    "payments": 1,
}


def spend(**cells: Any) -> dict[str, Any]:
    """A row of ``spend``: a plain one, changed where the test says. A name alone also makes the key."""
    row = {**PLAIN, **cells, "amount": Decimal(str(cells.get("amount", "1.00"))).quantize(Decimal("0.01"))}
    if "supplier_name" in cells and "supplier_key" not in cells:
        row["supplier_key"] = f"name:{cells['supplier_name'].upper()}"
    if "ring" in cells and "branch_ring" not in cells:
        row["branch_ring"] = cells["ring"]
    if row["ring"] is None and "placed_by" not in cells:
        row |= {"placed_by": "none", "area": None, "deprived": None}
    return row


def arrow(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows as the ``spend`` table of the contract."""
    return pa.Table.from_pylist([dict(row) for row in rows], schema=schema("spend"))


_used: list[Engine] = []


def engine() -> Engine:
    """The engine that is tested, the same in all tests: it keeps nothing that the next table does not replace."""
    return _used[-1] if _used else first_engine()


NUMBER = re.compile(r"[0-9]+")
_portable = cache(translate.check)  # the numbers in a query do not matter, and there are many


class Held(Duck):
    """DuckDB that takes nothing but what every engine answers alike, whether the others are on this machine or not."""

    def sql(self, query: str, **tables: Any) -> Any:
        _portable(NUMBER.sub("1", query))
        return super().sql(query, **tables)

    def execute(self, statement: str) -> None:
        _portable(NUMBER.sub("1", statement))
        super().execute(statement)


@cache
def first_engine() -> Engine:
    """DuckDB, to which other engines are held where there is no plain definition."""
    made = Held()
    atexit.register(made.close)
    return made


@contextmanager
def instead(other: Engine) -> Iterator[None]:
    """Another engine for a while."""
    _used.append(other)
    try:
        yield
    finally:
        _used.pop()


def computed(measure: Any, rows: Sequence[Mapping[str, Any]], spec: Any) -> Any:
    """What the engine makes of the rows."""
    return measure.finish(fetch(measure.compute(engine(), MeasureTables(arrow(rows)), spec)), spec)


def agrees(measure: Any, rows: Sequence[Mapping[str, Any]], spec: Any) -> Any:
    """The engine and the plain definition give the same records, which are returned."""
    found = computed(measure, rows, spec)
    assert found == measure.reference(rows, spec)
    return found


def _row(names: Sequence[str]) -> st.SearchStrategy[dict[str, Any]]:
    pennies = st.one_of(st.integers(-300, 900), st.sampled_from([0, 1, -1, 100, 10**12, -(10**11)]))
    ring = st.sampled_from([0, 1, OUTSIDE, None])
    return st.fixed_dictionaries(
        {
            "anchor": st.sampled_from(["council", "college", "nhs"]),
            "when": st.sampled_from([None, "2021/22 2022-02", "2021/22 2022-03", "2022/23 2022-04", "2022/23 2023-03"]),
            "supplier_name": st.sampled_from(list(names)),
            "supplier_kind": st.sampled_from(["company", "company", "charity", "person", "not disclosed", "unknown"]),
            "ownership": st.sampled_from(["private", "public", "co-operative", "unknown"]),
            "ownership_form": st.sampled_from(["private firm", "public body", "worker co-operative", "unknown"]),
            "owner_kind": st.sampled_from(["person", "company", "unknown"]),
            "owner_country": st.sampled_from(["United Kingdom", "France", "unknown"]),
            "size": st.sampled_from(["micro", "small", "medium", "large", "unknown"]),
            "area": st.sampled_from(["E07000120", "E08000003", None]),
            "ring": ring,
            "branch_ring": ring,
            "placed_by": st.sampled_from(["creditor list", "postcode in payment"]),
            "deprived": st.sampled_from([True, False, None]),
            "category": st.sampled_from(["Food", "Roads", "IT & comms", None]),
            "kind": st.sampled_from(["payment", "payment", "credit", "redacted", "commitment", "duplicate"]),
            "scope": st.sampled_from(["third-party purchases", "third-party purchases", "grants"]),
            "currency": st.sampled_from(["GBP", "GBP", "GBP", "EUR"]),
            "amount": pennies.map(lambda p: Decimal(p) / 100),
            "payments": st.integers(1, 5),
        }
    ).map(_dated)


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    when = row.pop("when")
    year, month = when.split() if when else (None, None)
    return spend(**row, year=year, month=month)


#: For tests that take all measures through every example: a quarter of the examples of the profile.
a_quarter = settings(max_examples=settings().max_examples // 4)

#: For the same on every engine: few examples, each with many rows.
a_few = settings(max_examples=2)

#: Any small ``spend`` table: few suppliers, so that they meet themselves; credits, blanks, other scopes and currencies.
any_rows = st.lists(_row(["A", "B", "C", "D", "é", "a"]), max_size=10)

#: The same with many rows.
many_rows = st.lists(_row(["A", "B", "C", "D", "é", "a", "it's", "\\"]), min_size=30, max_size=90)
