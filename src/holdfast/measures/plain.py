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


def placed(row: Row) -> bool:
    """Whether it is known where the supplier is based."""
    return row["ring"] is not None


def inside(ring: int) -> Question:
    """Whether the supplier is based in a ring or one inside it."""
    return lambda row: bool(row["ring"] <= ring)


def outside(ring: int) -> Question:
    """Whether the supplier is based outside a ring."""
    return lambda row: bool(row["ring"] > ring)


def unit_of_doubt(row: Row) -> tuple[Any, ...]:
    """What lies in one place as a whole: a supplier of an anchor. Undisclosed credits and payments stay apart."""
    side = (row["amount"] < 0) if row["supplier_kind"] == "not disclosed" else None
    return row["anchor"], row["supplier_key"], side


def exact_share(rows: Iterable[Row], known: Question, counted: Question) -> dict[str, Fraction | None]:
    """Share, low, high and coverage as fractions; ``None`` where there is no such thing."""
    rows = list(rows)
    total, certain = money(rows), [row for row in rows if known(row)]
    if total <= 0:
        return {"share": None, "low": None, "high": None, "coverage": None}
    inside = money(row for row in certain if counted(row))
    unknown = doubts(row for row in rows if not known(row))
    least = Fraction(inside + sum(d for d in unknown if d < 0)) / Fraction(total)
    most = Fraction(inside + sum(d for d in unknown if d > 0)) / Fraction(total)
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


def part(amount: Decimal, total: Decimal) -> Decimal | None:
    """``amount`` as a part of ``total``; none of a total that is not above zero."""
    return rounded(Fraction(amount) / Fraction(total)) if total > 0 else None


def share(rows: Iterable[Row], known: Question, counted: Question) -> dict[str, Any]:
    """The columns that every table of shares has, from raw rows."""
    rows = list(rows)
    cells: dict[str, Any] = {name: rounded(value) for name, value in exact_share(rows, known, counted).items()}
    cells["local_amount"] = money(row for row in rows if known(row) and counted(row))
    cells["total"] = money(rows)
    cells["placed"] = money(row for row in rows if known(row))
    return cells


def mean_share(members: Iterable[Iterable[Row]], known: Question, counted: Question) -> dict[str, Any]:
    """The mean of members' shares; members without a share do not count."""
    shares = [exact_share(list(rows), known, counted) for rows in members]
    having = [s for s in shares if s["share"] is not None]
    means = {
        name: rounded(sum((s[name] or Fraction(0) for s in having), Fraction(0)) / len(having)) if having else None
        for name in ("share", "low", "high", "coverage")
    }
    return {**means, "local_amount": None, "total": None, "placed": None}


def doubts(rows: Iterable[Row]) -> list[Decimal]:
    """The money of each unit of doubt among rows of which nothing is known."""
    sums: dict[tuple[Any, ...], Decimal] = {}
    for row in rows:
        sums[unit_of_doubt(row)] = sums.get(unit_of_doubt(row), Decimal(0)) + row["amount"]
    return list(sums.values())


def parts_of_all(rows: Iterable[Row], states: Iterable[Any], state: Callable[[Row], Any]) -> list[dict[str, Any]]:
    """Each state's money as a part of all money, with the range if none or all of the unknown were in it."""
    rows = list(rows)
    total, unknown = money(rows), doubts(row for row in rows if state(row) is None)
    records = []
    for one in states:
        amount = money(row for row in rows if state(row) == one)
        cells = {"state": one, "amount": amount, "share": None, "low": None, "high": None}
        if total > 0:
            part = Fraction(amount) / Fraction(total)
            least = Fraction(amount + sum(d for d in unknown if d < 0)) / Fraction(total)
            most = Fraction(amount + sum(d for d in unknown if d > 0)) / Fraction(total)
            cells["share"] = rounded(part)
            if one is not None:
                cells["low"] = rounded(min(max(least, Fraction(0)), part))
                cells["high"] = rounded(max(min(most, Fraction(1)), part))
        records.append(cells)
    return records


def mostly(rows: Iterable[Row], name: str) -> Any:
    """The value with most of the money; where sums are equal a known value before ``None``, the smaller one first."""
    rows = list(rows)
    values = sorted({row[name] for row in rows}, key=lambda value: (value is None, "" if value is None else value))
    sums = [money(row for row in rows if row[name] == value) for value in values]
    return values[sums.index(max(sums))]
