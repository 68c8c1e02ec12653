"""From a figure's selection to a condition on the facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from holdfast.engine.duck import quote_name, quote_text


def condition(chosen: Mapping[str, Sequence[Any]], table: str = "") -> str:
    """SQL that holds where every column has one of its allowed values; ``None`` among them stands for unknown."""
    parts = [_one(f"{table}{quote_name(column)}", values) for column, values in sorted(chosen.items())]
    return " AND ".join(parts) or "TRUE"


def _one(column: str, values: Sequence[Any]) -> str:
    known = [_literal(v) for v in values if v is not None]
    ways = [f"{column} IN ({', '.join(known)})"] if known else []
    if len(known) < len(values):
        ways.append(f"{column} IS NULL")
    return f"({' OR '.join(ways)})" if ways else "FALSE"


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return str(value) if isinstance(value, int) else quote_text(str(value))
