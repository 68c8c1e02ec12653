"""From tallied money to splits: the arithmetic after the query, on a handful of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from holdfast.core.figures import Column
from holdfast.measures.bounds import Share, Split
from holdfast.measures.selection import Row

#: What every table has that splits all money.
PART_OF_ALL = (
    Column("amount", "Money", "money"),
    Column("share", "Part of all money", "share"),
    Column("low", "Low", "share"),
    Column("high", "High", "share"),
)
#: What every table has of local shares.
LOCAL_SHARE = (
    Column("total", "All money", "money"),
    Column("share", "Local share", "share"),
    Column("low", "Low", "share"),
    Column("high", "High", "share"),
    Column("coverage", "Part placed", "share"),
)


def mostly(rows: Iterable[Row], name: str) -> Any:
    """The value of ``name`` with most of the money; the smaller where two have the same, and unknown last of all."""
    sums: dict[Any, Decimal] = {}
    for row in rows:
        sums[row[name]] = sums.get(row[name], Decimal(0)) + row["amount"]
    known = [value for value in sums if value is not None]
    if not known:
        return None
    best = min(known, key=lambda value: (-sums[value], value))
    return None if None in sums and sums[None] > sums[best] else best


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


def up_to(ring: int) -> Callable[[Any], bool]:
    """In a ring or one inside it."""
    return lambda state: bool(state <= ring)


def beyond(ring: int) -> Callable[[Any], bool]:
    """Outside a ring."""
    return lambda state: bool(state > ring)


def amounts(rows: Iterable[Row]) -> Decimal:
    """The sum of the rows' amounts."""
    return sum((row["amount"] for row in rows), Decimal("0.00"))


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


def parts_of_all(rows: Iterable[Row], states: Sequence[Any]) -> list[dict[str, Any]]:
    """Tallied rows as parts of all the money, in the order of ``states``, of which the last is unknown (``None``).

    Each state's part lies between what is known of it and that with all the unknown money added.
    """
    rows = list(rows)
    whole = split(rows, lambda state: True)
    return [_part_of_all(state, _money(rows, state), whole) for state in states]


def _part_of_all(state: Any, amount: Decimal, whole: Split) -> dict[str, Any]:
    record = {"state": state, "amount": amount, "share": None, "low": None, "high": None}
    if whole.total <= 0:
        return record
    # as if the unknown were one more answer, so that the parts add up to one
    share = Split(whole.total, whole.total, amount, whole.up, whole.down).share()
    return record | {"share": share.value} | ({} if state is None else {"low": share.low, "high": share.high})


def _money(rows: Iterable[Row], state: Any) -> Decimal:
    return amounts(row for row in rows if row["state"] == state)


def _range(share: Share) -> dict[str, Any]:
    return {"share": share.value, "low": share.low, "high": share.high, "coverage": share.coverage}
