"""What every engine answers alike: each construct of the closed list, each primitive, and how tables come and go."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlglot
from hypothesis import given
from hypothesis import strategies as st

from holdfast.engine import primitives, translate
from holdfast.packs import load
from holdfast.suppliers.kinds import first_rule, first_rule_sql, rules_of
from spec.spend_rows import a_few, engine

D = Decimal
MONEY = pa.table(
    {
        "who": pa.array(["b", "a", None, "a", "é", "Z"]),
        "n": pa.array([2, 1, None, 3, -4, 0], pa.int64()),
        "amount": pa.array(
            [D("2.50"), D("-0.01"), D("7.00"), None, D("9999999999999999.99"), D("0.00")], pa.decimal128(18, 2)
        ),
    }
)
#: Query over ``t`` -> its rows. Between them they hold everything that the closed list allows.
ANSWERS: dict[str, list[tuple[Any, ...]]] = {
    "SELECT who FROM t ORDER BY who": [("Z",), ("a",), ("a",), ("b",), ("é",), (None,)],
    "SELECT who FROM t ORDER BY who DESC, n": [("é",), ("b",), ("a",), ("a",), ("Z",), (None,)],
    "SELECT n FROM t ORDER BY n NULLS FIRST LIMIT 2": [(None,), (-4,)],
    "SELECT who AS w, SUM(amount) AS s, COUNT(*) AS c, COUNT(amount) AS k, MIN(n) AS low, MAX(n) AS high FROM t "
    "GROUP BY who HAVING COUNT(*) > 1 ORDER BY who": [("a", D("-0.01"), 2, 1, 1, 3)],
    "SELECT SUM(amount) AS s FROM t WHERE n > 100": [(None,)],
    "WITH p AS (SELECT DISTINCT who FROM t), q AS (SELECT who, n FROM t WHERE n IS NOT NULL) "
    "SELECT p.who, q.n FROM p JOIN q ON p.who = q.who AND q.n <> 1 ORDER BY q.n": [
        ("é", -4),
        ("Z", 0),
        ("b", 2),
        ("a", 3),
    ],
    "SELECT n FROM t WHERE n IN (1, 2) AND NOT n = 1 OR n <= -1 AND who >= 'z' ORDER BY n": [(-4,), (2,)],
    "SELECT 1 AS n, NULL AS x UNION ALL SELECT n, who FROM t WHERE n < 0 ORDER BY n": [(-4, "é"), (1, None)],
    "SELECT CASE WHEN amount > 0 THEN amount ELSE 0 END AS up, amount * 2 AS twice, amount - 1 AS less, "
    "amount + n AS m FROM t WHERE n = 2": [(D("2.50"), D("5.00"), D("1.50"), D("4.50"))],
    "SELECT CAST(amount AS DECIMAL(38, 2)) * CAST(amount AS DECIMAL(38, 2)) AS square FROM t WHERE n = -4": [
        (D("99999999999999999800000000000000.0001"),)
    ],
    "SELECT CAST(SUM(n) AS BIGINT) AS s, CAST(n AS INTEGER) AS i FROM t WHERE n >= 1 GROUP BY n ORDER BY s": [
        (1, 1),
        (2, 2),
        (3, 3),
    ],
    "SELECT CAST(a AS BIGINT) AS w, CAST(b AS INTEGER) AS x, CAST(a AS DECIMAL(18, 1)) AS y, "
    "CAST(b AS DECIMAL(18, 1)) AS z, CAST(NULL AS INTEGER) AS nothing "
    "FROM (SELECT CAST(2.50 AS DECIMAL(18, 2)) AS a, CAST(-0.55 AS DECIMAL(18, 2)) AS b) AS t": [
        (3, -1, D("2.5"), D("-0.6"), None)
    ],
    "SELECT n, ROW_NUMBER() OVER (PARTITION BY who ORDER BY n DESC) AS place, COUNT(*) OVER () AS all_of_them, "
    "SUM(amount) OVER (PARTITION BY who) AS s FROM t WHERE who = 'a' ORDER BY n": [
        (1, 2, 2, D("-0.01")),
        (3, 1, 2, D("-0.01")),
    ],
    "SELECT (n + 1) * 2 AS x, TRUE AS yes, COALESCE(who, 'none') AS w FROM t WHERE n IS NULL": [(None, True, "none")],
    "SELECT 'it''s \\d' AS quoted, replace('a\\b', '\\', '/') AS slash, length('é€😀') AS letters, "
    "split_part('a|b', '|', 2) AS second, split_part('a|b', '|', 3) AS third": [("it's \\d", "a/b", 3, "b", "")],
    "SELECT 'x' || ' / ' || who AS both FROM t WHERE n IS NULL OR n = 3 ORDER BY n": [("x / a",), (None,)],
    "SELECT * EXCLUDE (amount) FROM (SELECT * FROM t) AS u WHERE n = 0": [("Z", 0)],
    r"SELECT regexp_matches('a\d', '\bX|a\\d$') AS yes, "
    r"regexp_replace('a1b22', '([a-z])([0-9])', '\2$\1', 'g') AS swapped, "
    "upper(strip_accents('Ångström ﬁ')) AS plain": [(True, "1$a2$b2", "ANGSTROM ﬁ")],
}


@pytest.mark.parametrize("query", ANSWERS, ids=range(len(ANSWERS)))
def test_every_construct_of_the_list_gives_the_same(query: str) -> None:
    engine().register("t", MONEY)
    assert engine().sql(query).fetchall() == ANSWERS[query]


def test_every_construct_of_the_list_is_tried() -> None:
    view = "CREATE OR REPLACE TEMPORARY VIEW v AS SELECT 1 AS n"  # see the views below
    trees = [sqlglot.parse_one(query, read="duckdb") for query in (*ANSWERS, view)]
    tried = {translate.construct(node) for tree in trees for node in tree.walk()}
    assert sorted(translate.ALLOWED - tried) == []


def test_a_sum_too_large_is_an_error_not_a_blank() -> None:
    table = pa.table({"n": pa.array([D(9) * 10**35] * 2, pa.decimal128(38, 0))})
    with pytest.raises(Exception, match=r"(?i)overflow|out of range|cannot be represented"):
        engine().rows("SELECT SUM(CAST(n AS DECIMAL(38, 2))) * 1000 AS s FROM t", t=table)


def test_tables_of_any_make_are_taken_and_given_back() -> None:
    table = pa.table(
        {
            "word": pa.array(["x", None, "x"]).dictionary_encode(),
            "large": pa.array(["1", "2", "3"], pa.large_string()),
            "small": pa.array([1, None, 3], pa.int8()),
            "unsigned": pa.array([65535, None, 3], pa.uint16()),
            "yes": pa.array([True, None, False]),
            "nothing": pa.nulls(3),
            "money": pa.array([D("1.10"), None, D("-3.00")], pa.decimal128(18, 2)),
        }
    )
    found = engine().arrow("SELECT * FROM made ORDER BY large", made=table)
    assert found.to_pylist() == table.to_pylist()
    assert found.column_names == table.column_names
    assert engine().sql("SELECT * FROM made").columns == table.column_names
    assert engine().rows("SELECT * FROM made WHERE small > 5", made=table) == []
    assert engine().rows("SELECT COUNT(*) AS n FROM made", made=table.slice(0, 0)) == [{"n": 0}]


def test_a_name_stands_for_the_last_table_given() -> None:
    one, other = pa.table({"n": [1]}), pa.table({"n": [2]})
    for table, n in ((one, 1), (other, 2), (one, 1), (one, 1)):
        assert engine().rows("SELECT n FROM same", same=table) == [{"n": n}]
    engine().execute("CREATE OR REPLACE TEMPORARY VIEW on_it AS SELECT n + 1 AS n FROM same")
    assert engine().rows("SELECT n FROM on_it") == [{"n": 2}]


def test_files_are_read_and_written(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a [1] {x}*.parquet", "it's.parquet")]
    for i, path in enumerate(paths):
        pq.write_table(pa.table({"n": [i]}), path)
    engine().register("filed", paths)
    engine().write_parquet("SELECT n FROM filed ORDER BY n DESC", tmp_path / "out.parquet")
    assert pq.read_table(tmp_path / "out.parquet").to_pylist() == [{"n": 1}, {"n": 0}]
    engine().register("filed", paths[0])
    assert engine().rows("SELECT n FROM filed") == [{"n": 0}]


def test_many_rows_are_added_up_alike() -> None:
    n = 120_000
    table = pa.table(
        {"key": pa.array([i % 7 for i in range(n)], pa.int16()), "pennies": pa.array(range(n), pa.int64())}
    )
    found = engine().rows(
        "SELECT key, CAST(SUM(pennies) AS BIGINT) AS s FROM many GROUP BY key ORDER BY key", many=table
    )
    assert [(r["key"], r["s"]) for r in found] == [(k, sum(range(k, n, 7))) for k in range(7)]


# --- primitives -----------------------------------------------------------------------------------------------------

PIECES = ["THE", "ltd", "P.L.C.", "&", "t/a", "trading as", "A", "b", "C.", "|", ":", "(", ")", "-", "1234", "é", "ß",
          "Ø", "Co", "company", "BRANCH", "(DD)", "ǆ", "ŉ", "ﬁ", "Αθήνα", "шко́ла", "शाला", "각", "’", "do not use",
          "M.R.", "x", "$1", "\\1", "[a]", "\u2028", "\x85", "e\u0301", "😀", "\U0001d15e", "\U0002f800"]  # fmt: skip
#: Texts as names of suppliers, without control characters and without Korean letters written apart (see fold_sql).
texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=9).map("".join),
    st.text(st.characters(max_codepoint=0x24F, exclude_categories=("Cc",)), max_size=40),
    st.text(st.characters(max_codepoint=0x10FF, exclude_categories=("Cc", "Cn", "Co", "Cs")), max_size=20),
)
many_texts = st.lists(texts, min_size=300, max_size=300)


def asked(sql: str, listed: Sequence[str]) -> list[Any]:
    """The answer to an expression over ``x`` for each text, in order."""
    table = pa.table({"n": pa.array(range(len(listed))), "x": pa.array(listed, pa.string())})
    return [r["found"] for r in engine().rows(f"SELECT {sql} AS found FROM texts ORDER BY n", texts=table)]


@a_few
@given(many_texts)
def test_letters_are_folded_alike(listed: list[str]) -> None:
    assert asked(primitives.fold_sql("x"), listed) == [primitives.fold(text) for text in listed]


def test_every_letter_is_folded_alike() -> None:
    import unicodedata

    every = [chr(n) for n in range(0x20, 0x1100) if unicodedata.category(chr(n)) not in ("Cc", "Cn", "Co", "Cs")]
    every += [chr(n) for n in range(0x1E00, 0x2C00) if unicodedata.category(chr(n)) not in ("Cc", "Cn", "Co", "Cs")]
    assert asked(primitives.fold_sql("x"), every) == [primitives.fold(letter) for letter in every]


PATTERNS = [r"\bCO\b", r"^THE |LTD$", r"[^A-Z0-9 ]", r"[&\[\]^-]", r"(?:A|B)+\.?", r"[0-9]{2,3}", r"\x41|\\", r"a.b"]


@a_few
@given(many_texts)
def test_patterns_are_found_alike(listed: list[str]) -> None:
    for pattern in PATTERNS:
        found = asked(primitives.matches_sql("x", pattern), listed)
        assert found == [primitives.matches(text, pattern) for text in listed], pattern


@a_few
@given(many_texts)
def test_steps_are_taken_alike(listed: list[str]) -> None:
    steps = primitives.Steps("[a-z]", ((r"\b([a-z])([a-z0-9]*)\b", r"\2$\1"), ("&", " AND "), (" $", "")))
    assert asked(steps.sql("x"), listed) == [steps(text) for text in listed]


@a_few
@given(many_texts)
def test_names_are_taken_apart_alike(listed: list[str]) -> None:
    table = pa.table({"n": pa.array(range(len(listed))), "name": pa.array(listed, pa.string())})
    query = f"SELECT plain, core, trading, cut FROM ({primitives.name_parts_sql('names', 'name')}) AS p ORDER BY n"
    found = [primitives.NameParts(**row) for row in engine().rows(query, names=table)]
    assert found == [primitives.name_parts(name) for name in listed]


def test_rules_of_the_pack_fit_alike() -> None:
    rules = rules_of(load("uk"))
    names = [f"{a} {b}" for a in ("ST MARYS", "HOLCOMBE", "REDACTED", "MR", "THE") for b in WORDS]
    plain = [primitives.name_parts(name).plain for name in names]
    assert asked(first_rule_sql("x", rules), plain) == [first_rule(name, rules) for name in plain]


WORDS = (
    "SCHOOL",
    "PRIMARY ACADEMY",
    "CO-OP",
    "COUNCIL",
    "NHS TRUST",
    "LTD",
    "CHARITY",
    "J SMITH",
    "COLLEGE",
    "ÉCOLE",
    "",
)
