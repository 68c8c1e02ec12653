"""From tallied money to splits: the arithmetic after the query, on a handful of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from holdfast.measures.bounds import Share, Split
from holdfast.measures.selection import Row


def split(rows: Iterable[Row], inside: Callable[[Any], bool]) -> Split:
    """The split of tallied rows by a question about their state; a state of ``None`` is unknown."""
    total = known = part = up = down = Decimal("0.00")
    for row in rows:
        amount = row["amount"]
        total += amount
        if row["state"] is None:
            up, down = up + row["up"], down + row["down"]
            continue
        known += amount
        if inside(row["state"]):
            part += amount
    return Split(total, known, part, up, down)


def grouped(rows: Iterable[Row], keys: Sequence[str]) -> dict[tuple[Any, ...], list[Row]]:
    """Rows by the values of ``keys``, in the order in which these first occur."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    return groups


def share_cells(whole: Split) -> dict[str, Any]:
    """The cells that every record of a share has."""
    return {
        **_range(whole.share()),
        "local_amount": whole.part,
        "total": whole.total,
        "placed": whole.known,
    }


def mean_cells(share: Share) -> dict[str, Any]:
    """The same cells for a mean, which is no part of one sum and so has no money."""
    return {**_range(share), "local_amount": None, "total": None, "placed": None}


def share_of(record: Row) -> Share:
    """The share that a record holds."""
    return Share(record["share"], record["low"], record["high"], record["coverage"])


def _range(share: Share) -> dict[str, Any]:
    return {"share": share.value, "low": share.low, "high": share.high, "coverage": share.coverage}
