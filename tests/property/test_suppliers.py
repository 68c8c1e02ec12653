"""Rules of who was paid that hold for any payees: order does not matter, SQL and Python agree, nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast import packs
from holdfast.engine.duck import Engine
from holdfast.engine.primitives import name_parts
from holdfast.suppliers.clusters import united
from holdfast.suppliers.kinds import KINDS, OWNERSHIPS, first_rule, first_rule_sql, rules_of
from holdfast.suppliers.resolve import resolve
from holdfast.suppliers.scope import classify_scope

UK = packs.load("uk")
RULES = rules_of(UK)
FIELDS = (
    "anchor",
    "supplier",
    "supplier_id",
    "postcode",
    "town",
    "company_number",
    "charity_number",
    "vat_number",
    "kind",
)

words = st.sampled_from(
    ["BAY", "Tide", "FOODS", "Ltd", "LIMITED", "plc", "CIC", "Council", "COUNTY", "NHS", "Trust", "School", "Primary",
     "Mr", "MRS", "J", "Doe", "REDACTED", "Co-op", "Bank", "T/A", "&", "of", "University", "Police",
     "Pension", "Fund", "123456"]
)  # fmt: skip
names = st.lists(words, max_size=5).map(" ".join)
rows = st.fixed_dictionaries(
    {
        "anchor": st.sampled_from(["a", "b"]),
        "supplier": st.one_of(st.none(), names),
        "supplier_id": st.sampled_from([None, "1", "2"]),
        "postcode": st.sampled_from([None, "RM1 1AA", "none"]),
        "town": st.sampled_from([None, "Bay"]),
        "company_number": st.sampled_from([None, None, "123", "124", "x"]),
        "charity_number": st.sampled_from([None, None, "1234567"]),
        "vat_number": st.sampled_from([None, None, "812345678", "812345679"]),
        "kind": st.sampled_from(["payment", "payment", "redacted", "personal"]),
    }
)


def table_of(listed: list[dict[str, str | None]]) -> pa.Table:
    columns = {"payee": pa.array(range(len(listed)), pa.int64())}
    return pa.table(columns | {f: pa.array([r[f] for r in listed], pa.string()) for f in FIELDS})


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    engine = Engine(threads=1)
    yield engine
    engine.close()


@settings(max_examples=12)
@given(data=st.data(), listed=st.lists(rows, min_size=1, max_size=25))
def test_answer_does_not_depend_on_the_order_of_payees(
    data: st.DataObject, listed: list[dict[str, str | None]]
) -> None:
    order = data.draw(st.permutations(range(len(listed))))
    found, problems = resolve(table_of(listed), [], {}, [], UK)
    again, others = resolve(table_of([listed[i] for i in order]), [], {}, [], UK)
    added = [c for c in found.column_names if c not in ("payee", *FIELDS)]
    assert [found.select(added).to_pylist()[i] for i in order] == again.select(added).to_pylist()
    assert problems == others


@settings(max_examples=12)
@given(listed=st.lists(rows, min_size=1, max_size=25))
def test_every_payee_gets_an_answer_of_the_allowed_words(listed: list[dict[str, str | None]]) -> None:
    table = table_of(listed)
    found, _ = resolve(table, [], {}, [], UK)
    assert found.select(table.column_names) == table
    for row in found.to_pylist():
        assert row["supplier_key"]
        assert row["evidence"]
        assert row["supplier_kind"] in KINDS
        assert row["ownership"] in OWNERSHIPS
        assert (row["matched_by"] == "none") == (row["org_id"] is None)
        assert (row["based_by"] == "none") == (row["based_postcode"] is None and row["based_town"] is None)


@settings(max_examples=20)
@given(listed=st.lists(names, min_size=40, max_size=40))
def test_rules_agree_in_sql_and_python(engine: Engine, listed: list[str]) -> None:
    plain = [name_parts(name).plain for name in listed]
    table = pa.table({"n": pa.array(range(len(plain))), "plain": pa.array(plain, pa.string())})
    found = engine.rows(f"SELECT {first_rule_sql('plain', RULES)} AS rule FROM t ORDER BY n", t=table)
    assert [r["rule"] for r in found] == [first_rule(p, RULES) for p in plain]


things = st.sampled_from("abcdefgh")


@given(st.lists(st.tuples(things, things), max_size=12).flatmap(lambda p: st.tuples(st.just(p), st.permutations(p))))
def test_groups_do_not_depend_on_the_order_of_pairs(pairs: tuple[list[tuple[str, str]], list[tuple[str, str]]]) -> None:
    one, other = pairs
    found = united(one, lambda x: (0, x))
    assert found == united([(b, a) for a, b in other], lambda x: (0, x))
    assert all(found[a] == found[b] for a, b in one)
    assert all(found[x] <= x for x in found)


@settings(max_examples=15)
@given(
    listed=st.lists(
        st.tuples(names, st.sampled_from(KINDS), st.one_of(st.none(), names), st.sampled_from(["payment", "internal"])),
        min_size=1,
        max_size=30,
    )
)
def test_scope_is_given_to_every_payment_in_its_place(listed: list[tuple[str, str, str | None, str]]) -> None:
    columns = dict(zip(("supplier", "supplier_kind", "category", "kind"), zip(*listed, strict=True), strict=True))
    table = pa.table(
        {"payee": pa.array(range(len(listed)), pa.int64())}
        | {c: pa.array(v, pa.string()) for c, v in columns.items()}
        | {c: pa.array(["a"] * len(listed), pa.string()) for c in ("department", "anchor")}
    )
    found = classify_scope(table, UK.scope)
    assert found.select(table.column_names) == table
    alone = [classify_scope(table.slice(i, 1), UK.scope).column("scope")[0].as_py() for i in range(min(3, len(listed)))]
    assert found.column("scope").to_pylist()[: len(alone)] == alone
