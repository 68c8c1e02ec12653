"""Little ``spend`` tables, made by hand or by hypothesis, as rows and as Arrow."""

from __future__ import annotations

import atexit
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

import pyarrow as pa
from hypothesis import settings
from hypothesis import strategies as st

from holdfast.engine.duck import Engine
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


@cache
def engine() -> Engine:
    """One engine for all tests of a worker: it keeps nothing that the next table does not replace."""
    made = Engine()
    atexit.register(_end)
    return made


def _end() -> None:
    engine().close()
    engine.cache_clear()


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

#: Any small ``spend`` table: few suppliers, so that they meet themselves; credits, blanks, other scopes and currencies.
any_rows = st.lists(_row(["A", "B", "C", "D", "é", "a"]), max_size=10)
