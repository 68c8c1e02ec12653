"""What the publishers pay, drawn a file at a time in whole numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from holdfast.example.firms import Firm
from holdfast.example.large.suppliers import CATEGORIES, Suppliers
from holdfast.example.ledger import PEOPLE, REDACTED
from holdfast.example.spelling import WAYS, written

MONTHS = 36
FIRST = date(2022, 4, 1)
#: Rows that are drawn at a time, whatever the size of the file.
AT_ONCE = 20_000
_DAYS, _STEPS = 28, 280
_SHARED = 300
_REFUNDS, _REDACTED, _PERSONS = 30, 10, 5
DEPARTMENTS = ("Adult Services", "Estates", "Chief Executive", "Highways", "Leisure", "Corporate Resources")


def _sizes() -> tuple[int, ...]:
    """Payments in pence, each three and a half per cent above the one before: £260 to about £4 million."""
    sizes = [26_000]
    while len(sizes) < _STEPS:
        sizes.append(sizes[-1] * 1035 // 1000)
    return tuple(sizes)


SIZES = _sizes()


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment as its publisher knows it. ``pence`` is net of VAT."""

    day: date
    name: str
    postcode: str
    category: str
    department: str
    pence: int
    reference: int


def month(n: int) -> date:
    """The first day of the ``n``-th month."""
    year, m = divmod(FIRST.year * 12 + FIRST.month - 1 + n, 12)
    return date(year, m + 1, 1)


def weight(n: int) -> int:
    """How many rows a month has beside the others."""
    return 2 if month(n).month == 3 else 1


def payments(seed: int, publisher: int, n: int, rows: int, suppliers: Suppliers) -> Iterator[Paid]:
    """The ``rows`` payments of a publisher in its ``n``-th month; the same whatever else is drawn."""
    draw = _Draw(f"{seed}:{publisher}:{n}")
    reference = 1_000_000 * (n + 1)
    for start in range(0, rows, AT_ONCE):
        count = min(AT_ONCE, rows - start)
        for row in _rows(draw, publisher, count, suppliers.count):
            reference += 1 + row[-1]
            yield _paid(month(n), row, reference, suppliers)


class _Draw:
    """Even draws in columns. Only the bits of the generator are used, which no version of numpy changes."""

    def __init__(self, purpose: str) -> None:
        import numpy as np

        digest = hashlib.sha256(purpose.encode()).digest()
        self._bits = np.random.PCG64(int.from_bytes(digest[:16], "big"))

    def half(self, rows: int) -> Any:
        """Numbers of 32 bits."""
        return self._bits.random_raw(rows) >> 32

    def below(self, n: int, rows: int) -> Any:
        return self.half(rows) * n >> 32


def _rows(draw: _Draw, publisher: int, rows: int, suppliers: int) -> Iterator[tuple[int, ...]]:
    """Supplier, size, pennies, day, fate, way of writing, category, department, step of the reference."""
    import numpy as np

    u = draw.half(rows)
    rank = ((u * u >> 32) * u >> 32) * suppliers >> 32  # the cube: early ranks come up oftener
    own = (rank * (1 + 2 * (publisher % 4)) + publisher * 7919) % suppliers
    supplier = np.where(draw.below(1000, rows) < _SHARED, rank, own)
    size = (draw.half(rows) * draw.half(rows) >> 32) * _STEPS >> 32
    columns = [supplier, size, *(draw.below(n, rows) for n in (997, _DAYS, 1000, WAYS, 3, len(DEPARTMENTS), 3))]
    return zip(*(column.tolist() for column in columns), strict=True)


def _paid(first: date, row: tuple[int, ...], reference: int, suppliers: Suppliers) -> Paid:
    who, size, pennies, day, fate, way, category, department, _ = row
    firm = suppliers.firm(who)
    pence = SIZES[size] + pennies
    if fate < _REFUNDS:
        pence = -(pence // 9)
    payee = _payee(firm, fate, who)
    name = written(firm, way) if payee is firm else payee.name
    return Paid(
        first.replace(day=1 + day),
        name,
        firm.place.postcode if firm.place and payee is firm else "",
        _category(firm, category),
        DEPARTMENTS[department],
        pence,
        reference,
    )


def _payee(firm: Firm, fate: int, who: int) -> Firm:
    if fate >= 1000 - _REDACTED:
        return REDACTED
    return PEOPLE[who % len(PEOPLE)] if fate >= 1000 - _REDACTED - _PERSONS else firm


def _category(firm: Firm, drawn: int) -> str:
    some = CATEGORIES[firm.trade]
    return some[0] if drawn < 2 else some[-1]
