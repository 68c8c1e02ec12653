"""A layout: a file and what must be read from it; and the list of all, which the modules beside this one fill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from unit.spend.tables import PAYMENTS, Column, Payment, csv_bytes

Row = tuple[date | None, str | None, Decimal]


@dataclass(frozen=True)
class Layout:
    """A file and the payments in it, in order: (day, supplier, amount). ``headers`` says which column some fields must
    be taken from."""

    id: str
    name: str
    data: bytes
    rows: Sequence[Row]
    pack: str = "uk"
    headers: dict[str, str] | None = None
    kind: str | None = None
    currency: str | None = None


LAYOUTS: list[Layout] = []


def rows_of(
    paid: Sequence[Payment] = PAYMENTS, *, days: Any = True, names: bool = True, gross: bool = False
) -> list[Row]:
    """What must be read: ``days`` may be a day that stands for all, or ``None`` where the file gives none."""
    return [(p.day if days is True else days, p.supplier if names else None, p.gross if gross else p.net) for p in paid]


def add(
    id: str, data: bytes | Sequence[Column], rows: Sequence[Row] | None = None, *, name: str = "", **more: Any
) -> None:
    made = data if isinstance(data, bytes) else csv_bytes(data)
    LAYOUTS.append(Layout(id, name or "payments.csv", made, rows if rows is not None else rows_of(), **more))


JUNE = date(2023, 6, 30)
