"""What an anchor is asked for: filled by the project, written as letters by :func:`holdfast.report.write_ask`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from holdfast.core.figures import Anchor

#: What can be missing. Each has its own paragraph in the letter.
Need = Literal["creditor list", "contract register", "vat basis", "missing months", "rows"]


@dataclass(frozen=True, slots=True)
class AskSupplier:
    """A supplier whose address or number is missing. ``needs`` names what: ``postcode``, ``company number``.

    Private persons never stand here. ``file`` and ``row`` say where the supplier is first met.
    """

    supplier: str
    amount: Decimal
    payments: int
    needs: tuple[str, ...]
    supplier_id: str | None = None
    file: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class AskRow:
    """A row (or a group of ``count`` rows that starts there) that could not be read, and why."""

    file: str
    row: int | None
    reason: str
    sheet: str | None = None
    count: int = 1
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AskRequest:
    """What one anchor is asked for.

    ``total`` is the money analysed for that anchor and ``unplaced`` the part that could not be placed. ``suppliers``
    are sorted by money, largest first; ``rows`` by file and row. ``months`` are the missing ones, ``YYYY-MM``.
    """

    anchor: Anchor
    needs: tuple[Need, ...]
    total: Decimal
    unplaced: Decimal
    period: str
    suppliers: tuple[AskSupplier, ...] = ()
    rows: tuple[AskRow, ...] = ()
    months: tuple[str, ...] = ()
