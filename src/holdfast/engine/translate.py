"""One SQL text for every engine: read as DuckDB's, held to a closed list, written as Spark's.

The list is what engines do alike once written in their own words; everything else is refused, because engines that
accept the same text may still answer differently (the type of ``/`` of two decimals, the order inside
a list). What is added to the list needs a test on every engine.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from holdfast.engine.spark_text import capitals, java_pattern, java_replacement, without_accents

if TYPE_CHECKING:
    from sqlglot.expressions import Expr

#: What a query may be made of, as sqlglot names it.
ALLOWED = frozenset(
    {
        # the frame of a query
        *("Select", "From", "Table", "TableAlias", "Identifier", "Column", "Alias", "Star", "Subquery", "With", "CTE"),
        *("Where", "Group", "Having", "Order", "Ordered", "Limit", "Distinct", "Union", "Join"),
        *("Create", "Properties", "TemporaryProperty"),
        # values and conditions; no division: the engines' results have different types
        *("Literal", "Null", "Boolean", "Neg", "Mul", "Add", "Sub", "Paren", "And", "Or", "Not", "Is", "In"),
        *("EQ", "NEQ", "LT", "LTE", "GT", "GTE", "Case", "If", "Coalesce"),
        # casts of numbers, to decimals or whole numbers
        *("Cast", "DataType", "DataTypeParam"),
        # sums and counts, and windows with an order
        *("Sum", "Count", "Min", "Max", "Window", "RowNumber"),
        # text, by way of engine.primitives
        *("Replace", "RegexpReplace", "RegexpLike", "SplitPart", "Length", "Upper", "StripAccents", "DPipe"),
    }
)
#: Types that a cast may lead to.
TYPES = frozenset({"DECIMAL", "BIGINT", "INT"})


class NotPortable(ValueError):
    """SQL that engines may not answer alike. A mistake in the code that wrote it, never a person's."""


def check(query: str) -> None:
    """Hold DuckDB SQL to the closed list. Raises :class:`NotPortable`."""
    spark_sql(query)


@lru_cache(maxsize=256)
def spark_sql(query: str) -> str:
    """The same query for Spark. Raises :class:`NotPortable`."""
    import sqlglot
    from sqlglot.errors import SqlglotError

    try:
        (tree,) = sqlglot.parse(query, read="duckdb")
    except (SqlglotError, ValueError) as error:
        raise NotPortable(f"not one statement that can be read ({error}): {query}") from error
    if tree is None:
        raise NotPortable("no statement")
    nodes = list(tree.walk())
    for node in nodes:
        _hold(node)
    for node in reversed(nodes):  # what is inside first
        _put_in_spark(node)
    return str(tree.sql(dialect="spark"))


def construct(node: Expr) -> str:
    """The kind of a node; a function that sqlglot does not know goes by its own name."""
    name = type(node).__name__
    return "StripAccents" if name == "Anonymous" and str(node.this).lower() == "strip_accents" else name


def _hold(node: Expr) -> None:
    """Raises :class:`NotPortable` for what is not in the list, or not used in the way that is."""
    name = construct(node)
    if name not in ALLOWED:
        raise NotPortable(f"{name} is not in the list of engine.translate: {node.sql(dialect='duckdb')}")
    reason = _misused(name, node)
    if reason:
        raise NotPortable(f"{reason}: {node.sql(dialect='duckdb')}")


def _misused(name: str, node: Expr) -> str:
    if name == "DataType" and node.this.name not in TYPES:
        return "only decimals and whole numbers are cast to"
    if name == "Window" and type(node.this).__name__ == "RowNumber" and not node.args.get("order"):
        return "rows are numbered in no order"
    if name == "Union" and node.args.get("distinct"):
        return "UNION without ALL"
    if name == "Limit" and not (node.parent and node.parent.args.get("order")):
        return "a limit without an order"
    if name == "RegexpReplace" and not _replaces_all(node):
        return "a pattern is replaced everywhere ('g') or not at all"
    if name in ("RegexpReplace", "RegexpLike") and not node.expression.is_string:
        return "a pattern must stand in the query"
    return ""


def _replaces_all(node: Expr) -> bool:
    modifiers = node.args.get("modifiers")
    return modifiers is not None and modifiers.name == "g"


def _put_in_spark(node: Expr) -> None:
    """Put what Spark would answer differently into words that it answers alike."""
    from sqlglot import exp

    name = construct(node)
    if name in ("Upper", "StripAccents"):
        text = node.this if name == "Upper" else node.expressions[0]
        tables = capitals() if name == "Upper" else without_accents()
        node.replace(exp.Anonymous(this="translate", expressions=[text, *(exp.Literal.string(t) for t in tables)]))
    if name == "Cast" and node.args["to"].this.name != "DECIMAL":
        # Spark would cut the decimals off
        node.set("this", exp.Round(this=node.this, decimals=exp.Literal.number(0)))
    if name in ("RegexpReplace", "RegexpLike"):
        node.set("expression", exp.Literal.string(java_pattern(node.expression.name)))
    if name == "RegexpReplace":
        node.set("replacement", exp.Literal.string(java_replacement(node.args["replacement"].name)))
        node.set("modifiers", None)
