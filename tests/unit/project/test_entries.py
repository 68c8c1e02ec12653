"""Numbered, written and added up, payments stay what they were: the fast way agrees with the obvious one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.core.period import FiscalYear
from holdfast.core.problem import HoldfastError
from holdfast.engine.duck import Engine
from holdfast.project import batches
from holdfast.project.batches import Source, plan
from holdfast.project.entries import PAYEE_KINDS, PAYEE_TEXT, distinct, enter
from holdfast.project.facts import FROM_PAYEE, FROM_PAYMENT, Scopes, money_of, spend_tables, write_facts
from holdfast.tables.contract import contract, schema, violations

Record = dict[str, Any]
words = st.sampled_from(["A", "a", "", "Ä", "b c"])
maybe = st.none() | words
records = st.fixed_dictionaries(
    {
        "row": st.integers(1, 1_048_576),
        "date": st.none() | st.dates(date(1990, 1, 1), date(2040, 12, 31)),
        "amount": st.decimals(Decimal("-9999999999999.99"), Decimal("9999999999999.99"), places=2),
        "currency": st.sampled_from(["GBP", "EUR"]),
        "kind": st.sampled_from(["payment", "credit", "redacted", "personal", "card", "commitment"]),
        **dict.fromkeys((*PAYEE_TEXT, "department", "description", "reference"), maybe),
        "category": maybe | st.sampled_from(["Roads & Paths", "ROADS AND PATHS"]),
    }
)
tables = st.lists(st.lists(records, min_size=1, max_size=8), min_size=1, max_size=5)


def table_of(rows: list[Record]) -> pa.Table:
    wanted = schema("payments")
    rows = [{**dict.fromkeys(wanted.names), **r, "file": "f"} for r in rows]
    return pa.Table.from_pylist(rows, schema=wanted)


def sources_of(listed: list[list[Record]], folder: Path | None = None) -> list[Source]:
    """Every other source is a file, if there is a folder for them; its text is kept as dictionaries now and then."""
    found = []
    for i, rows in enumerate(listed):
        table: pa.Table | Path = table_of(rows)
        if folder is not None and i % 2:
            path = folder / f"{i}.parquet"
            kept = (
                table.set_column(6, "supplier", table.column("supplier").dictionary_encode()) if i % 4 == 1 else table
            )
            pq.write_table(kept, path, row_group_size=3)
            table = path
        total = sum((r["amount"] for r in rows), Decimal("0.00"))
        found.append(Source(f"anchor {i % 2}", f"file {i}", rows[0].get("sheet"), len(rows), total, table))
    return found


def described(payees: pa.Table) -> pa.Table:
    """Payees with what other rooms add; made up from their numbers, so that any mistaken one shows."""
    n = payees.num_rows
    text = {
        c: pa.array([f"{c} {i % 3}" if i % 4 else None for i in range(n)], pa.string()) for c in FROM_PAYEE.values()
    }
    whole = pa.array([i % 3 if i % 5 else None for i in range(n)], pa.int64())
    columns = {**text, "ring": whole, "branch_ring": whole, "deprived": pa.array([i % 2 == 0 for i in range(n)])}
    needed = [c.column for c in contract("facts") if c.required and c.type == "text" and c.column in FROM_PAYEE]
    for name in (n for n in needed if n != "anchor"):
        columns[name] = pa.array([f"{name} {i % 3}" for i in range(n)], pa.string())
    return pa.table({**columns, **{c: payees.column(c) for c in payees.column_names}})


def flat(listed: list[list[Record]]) -> list[Record]:
    return [{**r, "anchor": f"anchor {i % 2}", "file": f"file {i}"} for i, rows in enumerate(listed) for r in rows]


def payee_key(record: Record) -> tuple[Any, ...]:
    kind = record["kind"] if record["kind"] in PAYEE_KINDS else "payment"
    return (record["anchor"], *(record[c] for c in PAYEE_TEXT), kind)


def paid(plain: list[Record], key: tuple[Any, ...]) -> tuple[Any, Any]:
    """The first and the last day on which a payee was paid."""
    days = [r["date"] for r in plain if payee_key(r) == key and r["date"]]
    return min(days, default=None), max(days, default=None)


def sorts_as(key: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple((k is not None, k or "") for k in key)


def usual_spellings(categories: list[str | None]) -> dict[str | None, str | None]:
    """Each spelling -> the one that most payments have of those alike but for case, accents and signs."""
    like = {"A": "a", "a": "a", "Ä": "a", "Roads & Paths": "r", "ROADS AND PATHS": "r"}
    found: dict[str | None, str | None] = {}
    for category in {c for c in categories if c is not None}:
        alike = [c for c in categories if c is not None and like.get(c, c) == like.get(category, category)]
        found[category] = min(alike, key=lambda c: (-alike.count(c), c))
    return found


@given(tables)
@settings(max_examples=40)
def test_facts_and_spend_are_those_of_the_plain_way(listed: list[list[Record]]) -> None:
    plain = flat(listed)
    engine = Engine()
    entries = enter(engine, sources_of(listed))
    keys = sorted({payee_key(r) for r in plain}, key=sorts_as)
    number = {key: i for i, key in enumerate(keys)}
    assert [tuple(p.values())[1:] for p in entries.payees.to_pylist()] == [(*key, *paid(plain, key)) for key in keys]
    assert entries.payee.tolist() == [number[payee_key(r)] for r in plain]

    payees = described(entries.payees)
    by_number = payees.to_pylist()
    scopes = Scopes(np.arange(len(plain)) % 2, ("grants", "third-party purchases"))
    spend, ledger = spend_tables(engine, entries, payees, scopes, 4)
    engine.close()
    assert violations(spend, "spend") == []

    usual = usual_spellings([r["category"] for r in plain])
    whole = []
    for i, r in enumerate(plain):
        year, month = (FiscalYear.of(r["date"], 4).label, f"{r['date']:%Y-%m}") if r["date"] else (None, None)
        who = by_number[number[payee_key(r)]]
        payment = {c: r[c] for c in ("anchor", "category", "kind", "currency", "amount")}
        payment["category"] = usual.get(r["category"])
        whole.append({**who, **payment, "year": year, "month": month, "scope": scopes.words[i % 2], "payments": 1})
    without_month = [{**r, "month": None} for r in whole]
    assert summed(spend.to_pylist(), spend.column_names) == summed(without_month, spend.column_names)
    assert summed(ledger.to_pylist(), ledger.column_names) == summed(whole, ledger.column_names)
    assert len(summed(ledger.to_pylist(), ledger.column_names)) == ledger.num_rows


def summed(rows: list[Record], names: list[str]) -> dict[tuple[Any, ...], tuple[Decimal, int]]:
    """Money and number of payments by all other columns."""
    found: dict[tuple[Any, ...], tuple[Decimal, int]] = {}
    for row in rows:
        key = tuple(row[n] for n in names if n not in ("amount", "payments"))
        amount, count = found.get(key, (Decimal(0), 0))
        found[key] = (amount + row["amount"], count + row["payments"])
    return found


@pytest.mark.parametrize("rows_per_batch", [1, 3, 7, 1000])
def test_batches_do_not_show_in_the_facts(tmp_path: Path, rows_per_batch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = [
        [
            {
                **dict.fromkeys(schema("payments").names),
                "row": r + 2,
                "date": date(2020, 1 + (i + r) % 12, 1) if (i + r) % 5 else None,
                "amount": Decimal(i * 100 + r) / 100 - 1,
                "currency": "GBP",
                "kind": "credit" if r == 0 else "payment",
                "supplier": f"Supplier {(i + r) % 4}" if r else None,
                "reference": f"{i}-{r}",
                "category": ["X", "Y", None][r % 3],
                "sheet": "S" if i == 2 else None,
            }
            for r in range(5 + i)
        ]
        for i in range(4)
    ]
    sources = sources_of(listed, tmp_path)
    monkeypatch.setattr(plan, "__defaults__", (rows_per_batch,))
    assert batches.plan(sources) == plan(sources, rows_per_batch)
    engine = Engine()
    entries = enter(engine, sources, FROM_PAYMENT if rows_per_batch == 1000 else ())
    engine.close()
    payees = described(entries.payees)
    scopes = Scopes(np.zeros(len(entries), dtype=np.int8), ("third-party purchases",))
    write_facts(entries, payees, scopes, 4, tmp_path / "facts.parquet")
    facts = pq.read_table(tmp_path / "facts.parquet")
    assert violations(facts, "facts") == []
    by_number = payees.to_pylist()
    plain = flat(listed)
    assert facts.num_rows == len(plain)
    for fact, record in zip(facts.to_pylist(), plain, strict=True):
        same = (
            "file",
            "sheet",
            "row",
            "date",
            "amount",
            "currency",
            "kind",
            "supplier",
            "category",
            "reference",
            "anchor",
        )
        assert {c: fact[c] for c in same} == {c: record[c] for c in same}
        who = by_number[fact["payee"]]
        assert payee_key(record) == tuple(who[c] for c in ("anchor", *PAYEE_TEXT, "kind"))
        assert {c: fact[c] for c in FROM_PAYEE} == {c: who[there] for c, there in FROM_PAYEE.items()}


@pytest.mark.parametrize("wrong", ["total", "rows"])
def test_payments_that_are_not_those_that_were_read_stop_the_run(tmp_path: Path, wrong: str) -> None:
    record = {**dict.fromkeys(schema("payments").names), "row": 2, "currency": "GBP", "kind": "payment"}
    (source,) = sources_of([[{**record, "amount": Decimal("1.00")}, {**record, "amount": Decimal("2.00")}]])
    total = Decimal("3.01") if wrong == "total" else source.total
    rows = 3 if wrong == "rows" else 2
    engine = Engine()
    with pytest.raises(HoldfastError) as caught:
        enter(engine, [Source("a", "file", None, rows, total, source.payments)])
    engine.close()
    assert caught.value.problems[0].code == "HF320"


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 1)), max_size=30), st.booleans())
def test_combinations_are_numbered_in_order_of_appearance(rows: list[tuple[int, int, int]], huge: bool) -> None:
    sizes = (4, 3, 2) if not huge else (1 << 40, 1 << 40, 1 << 40)
    columns = [np.array([r[i] for r in rows], dtype=np.int64) for i in range(3)]
    number, first = distinct(list(zip(columns, sizes, strict=True)))
    seen = list(dict.fromkeys(rows))
    assert number.tolist() == [seen.index(r) for r in rows]
    assert [rows[i] for i in first] == seen


@given(st.lists(st.integers(-(10**17), 10**17)))
def test_pennies_become_exact_money(pennies: list[int]) -> None:
    assert money_of(np.array(pennies, dtype=np.int64)).to_pylist() == [Decimal(p).scaleb(-2) for p in pennies]
