"""What people's corrections in ``scope.csv`` moved, told beside each step of the bridge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from holdfast.core.figures import ResultTable
from holdfast.core.money import money
from holdfast.project.entries import Numbers

if TYPE_CHECKING:
    pass

#: How the reason of a person's correction begins; see :mod:`holdfast.suppliers.scope`.
BY_HAND = "decided by"


@dataclass(frozen=True, slots=True)
class Corrected:
    """Payments that people put into one scope: money, how many, and each reason in words."""

    amount: Decimal
    payments: int
    reasons: tuple[str, ...]


def corrected(scopes: Sequence[str], reasons: Sequence[str], number: Numbers, pennies: Numbers) -> dict[str, Corrected]:
    """By scope. ``scopes, reasons`` of each combination; ``number, pennies``: combination and money of each payment."""
    import numpy as np

    by_hand = [i for i, reason in enumerate(reasons) if reason.startswith(BY_HAND)]
    found: dict[str, Corrected] = {}
    for scope in sorted({scopes[i] for i in by_hand}):
        own = [i for i in by_hand if scopes[i] == scope]
        mask = np.isin(number, np.array(own))
        told = tuple(sorted({reasons[i] for i in own}))
        found[scope] = Corrected(Decimal(int(pennies[mask].sum())).scaleb(-2), int(mask.sum()), told)
    return found


def noted(bridge: ResultTable, by_hand: Mapping[str, Corrected], analysed: str, currency: str) -> ResultTable:
    """The bridge with people's corrections in the notes of the steps that they changed."""
    if not by_hand:
        return bridge
    place = {c.name: i for i, c in enumerate(bridge.columns)}
    rows = []
    for row in bridge.rows:
        scope = analysed if row[place["step"]] == "analysed" else str(row[place["step"]])
        if scope in by_hand:
            note = " ".join(s for s in (str(row[place["note"]] or ""), _said(by_hand[scope], currency)) if s)
            row = (*row[: place["note"]], note, *row[place["note"] + 1 :])
        rows.append(row)
    return replace(bridge, rows=tuple(rows))


def _said(c: Corrected, currency: str) -> str:
    reasons = "; ".join(c.reasons[:3]) + (f"; and {len(c.reasons) - 3} more" if len(c.reasons) > 3 else "")
    many = "payment" if c.payments == 1 else "payments"
    return f"{money(c.amount, currency)} in {c.payments:,} {many} by your correction ({reasons})."
