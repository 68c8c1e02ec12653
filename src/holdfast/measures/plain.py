"""The definition of a share with a range, in plain Python: what every measure's ``reference`` is built on.

Slow and obviously right. Nothing here is used when figures are worked out; it is what they are held to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from holdfast.measures.selection import Row

Question = Callable[[Row], bool]


def money(rows: Iterable[Row]) -> Decimal:
    """The sum of the rows' amounts."""
    return sum((row["amount"] for row in rows), Decimal("0.00"))


def unit_of_doubt(row: Row) -> tuple[Any, ...]:
    """What lies in one place as a whole: a supplier of an anchor. Undisclosed credits and payments stay apart."""
    side = (row["amount"] < 0) if row["supplier_kind"] == "not disclosed" else None
    return row["anchor"], row["supplier_key"], side


def exact_share(rows: Iterable[Row], known: Question, part: Question) -> dict[str, Fraction | None]:
    """Share, low, high and coverage as fractions; ``None`` where there is no such thing."""
    rows = list(rows)
    total, certain = money(rows), [row for row in rows if known(row)]
    if total <= 0:
        return {"share": None, "low": None, "high": None, "coverage": None}
    inside = money(row for row in certain if part(row))
    doubts: dict[tuple[Any, ...], Decimal] = {}
    for row in rows:
        if not known(row):
            unit = unit_of_doubt(row)
            doubts[unit] = doubts.get(unit, Decimal(0)) + row["amount"]
    least = Fraction(inside + sum(d for d in doubts.values() if d < 0)) / Fraction(total)
    most = Fraction(inside + sum(d for d in doubts.values() if d > 0)) / Fraction(total)
    share = Fraction(inside) / Fraction(money(certain)) if money(certain) > 0 else None
    limits = [Fraction(0), Fraction(1)] + ([share] if share is not None else [])
    least, most = (min(max(bound, min(limits)), max(limits)) for bound in (least, most))
    if share is not None:
        least, most = min(least, share), max(most, share)
    coverage = min(max(Fraction(money(certain)) / Fraction(total), Fraction(0)), Fraction(1))
    return {"share": share, "low": least, "high": most, "coverage": coverage}


def rounded(value: Fraction | None) -> Decimal | None:
    """To six places, half to even."""
    return None if value is None else Decimal(round(value * 1_000_000)) / Decimal(1_000_000)


def share(rows: Iterable[Row], known: Question, part: Question) -> dict[str, Any]:
    """The columns that every table of shares has, from raw rows."""
    rows = list(rows)
    cells: dict[str, Any] = {name: rounded(value) for name, value in exact_share(rows, known, part).items()}
    cells["local_amount"] = money(row for row in rows if known(row) and part(row))
    cells["total"] = money(rows)
    cells["placed"] = money(row for row in rows if known(row))
    return cells


def mean_share(members: Iterable[Iterable[Row]], known: Question, part: Question) -> dict[str, Any]:
    """The mean of members' shares; members without a share do not count."""
    shares = [exact_share(list(rows), known, part) for rows in members]
    counted = [s for s in shares if s["share"] is not None]
    means = {
        name: rounded(sum((s[name] or Fraction(0) for s in counted), Fraction(0)) / len(counted)) if counted else None
        for name in ("share", "low", "high", "coverage")
    }
    return {**means, "local_amount": None, "total": None, "placed": None}
