"""SQL that engines may not answer alike is refused, with the reason."""

from __future__ import annotations

import pytest

from holdfast.engine.spark_text import UnknownPattern, java_pattern, java_replacement
from holdfast.engine.translate import NotPortable, check, spark_sql


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("SELECT a / b FROM t", "Div"),
        ("SELECT a // b FROM t", "IntDiv"),
        ("SELECT CAST(a AS VARCHAR) FROM t", "only decimals and whole numbers"),
        ("SELECT CAST(a AS DOUBLE) FROM t", "only decimals and whole numbers"),
        ("SELECT hash(a) FROM t", "HASH"),
        ("SELECT string_agg(a, ',') FROM t", "GroupConcat"),
        ("SELECT list(a ORDER BY b) FROM t", "Array"),
        ("SELECT quantile_cont(a, 0.5) FROM t", "Percentile"),
        ("SELECT arg_max(a, b) FROM t", "ArgMax"),
        ("SELECT lower(a) FROM t", "Lower"),
        ("SELECT a FROM t LIMIT 3", "without an order"),
        ("SELECT ROW_NUMBER() OVER (PARTITION BY a) FROM t", "no order"),
        ("SELECT a FROM t UNION SELECT a FROM u", "without ALL"),
        ("SELECT regexp_replace(a, 'x', 'y') FROM t", "'g'"),
        ("SELECT regexp_matches(a, b) FROM t", "must stand in the query"),
        ("SELECT a FROM t ORDER BY ALL", "is not in the list"),
        ("SELECT 1; SELECT 2", "not one statement"),
        ("SELECT FROM WHERE", "not one statement"),
    ],
)
def test_what_is_not_in_the_list_is_refused(query: str, reason: str) -> None:
    with pytest.raises(NotPortable, match=reason):
        check(query)


def test_order_and_text_are_written_out_for_spark() -> None:
    assert spark_sql("SELECT a FROM t ORDER BY a") == "SELECT a FROM t ORDER BY a NULLS LAST"
    assert spark_sql(r"SELECT 'it''s \d' AS a") == r"SELECT 'it\'s \\d' AS a"


@pytest.mark.parametrize("pattern", [r"a(?=b)", r"(?<!a)b", r"(a)\1", r"\s", r"\w+", r"(?i)a", r"(?P<n>a)", r"\pL"])
def test_patterns_that_engines_read_differently_are_refused(pattern: str) -> None:
    with pytest.raises(UnknownPattern):
        java_pattern(pattern)


def test_a_pattern_is_spelt_out_for_java() -> None:
    assert java_pattern(r"[[&$]x$") == r"(?d)[\[\&$]x\z"
    assert java_pattern(r"\\b") == r"(?d)\\b"
    assert java_replacement(r"$\1") == r"\$$1"
