"""JSON records as a grid: a list of objects, wherever in the document the longest one stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from holdfast.spend.grid import Grid, from_cells


def parse_records(text: str, encoding: str | None) -> Grid | None:
    """Rows from JSON (or JSON lines); ``None`` where the document holds no list of objects.

    Numbers keep their digits. Nested objects give columns like ``supplier.name``. Row 1 is the header, as it would be
    in a spreadsheet.
    """
    records = _records(text)
    if not records:
        return None
    flat = [dict(_flatten(r)) for r in records]
    header = list(dict.fromkeys(k for r in flat for k in r))
    cells = [header, *[[r.get(k, "") for k in header] for r in flat]]
    columns, rows = from_cells(cells, list(range(1, len(cells) + 1)), len(header))
    return Grid(list(enumerate(cells[:60], 1)), columns, rows, encoding)


def _records(text: str) -> list[dict[str, Any]]:
    try:
        return _longest(json.loads(text, parse_float=Decimal))
    except (ValueError, RecursionError):
        pass
    try:
        lines = [json.loads(line, parse_float=Decimal) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return []
    return [r for r in lines if isinstance(r, dict)] if all(isinstance(r, dict) for r in lines) else []


def _longest(value: Any, depth: int = 0) -> list[dict[str, Any]]:
    """The longest list of objects within a document."""
    if isinstance(value, list):
        if value and all(isinstance(v, dict) for v in value):
            return value
        return []
    if isinstance(value, dict) and depth < 4:
        found = [_longest(v, depth + 1) for v in value.values()]
        return max(found, key=len, default=[])
    return []


def _flatten(record: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in record.items():
        if isinstance(value, dict):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield prefix + str(key), _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        # 1e999999999 written out would fill the memory
        return format(value, "f") if abs(value.adjusted()) < 40 else str(value)
    if isinstance(value, list):
        return json.dumps(value, default=str, ensure_ascii=False)
    return str(value)
