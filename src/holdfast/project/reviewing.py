"""What a person should look at: payees whose name is like one in a register, but not enough to link it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import Cell, Column, ResultTable
from holdfast.project.entries import Entries, Numbers

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = (
    Column("supplier", "Supplier"),
    Column("amount", "Money", "money"),
    Column("payments", "Payments", "count"),
    Column("candidate", "It may be"),
    Column("candidate_id", "Its number or key"),
    Column("score", "How probable", "share"),
    Column("evidence", "Why"),
)
NOTE = (
    "Names that no register has exactly. None of these is linked: who it is stays unknown in every figure until a "
    "person says so in decisions.csv."
)


def review_table(entries: Entries, payees: pa.Table) -> ResultTable | None:
    """Unlinked names with the organisation each may be, the most money first; ``None`` where there is none."""
    import numpy as np

    wanted = np.flatnonzero(payees.column("candidate_key").is_valid().to_numpy(zero_copy_only=False))
    if not len(wanted):
        return None
    pennies = np.zeros(payees.num_rows, dtype=np.int64)
    np.add.at(pennies, entries.payee, entries.pennies)
    payments = np.bincount(entries.payee, minlength=payees.num_rows)
    rows = _rows(payees.take(wanted).to_pylist(), pennies[wanted], payments[wanted])
    return ResultTable("review", "Names for a person to look at", COLUMNS, tuple(rows), NOTE)


def _rows(payees: Sequence[dict[str, Any]], pennies: Numbers, payments: Numbers) -> list[tuple[Cell, ...]]:
    """One row for each name and organisation, whatever supplier ids and postcodes the name is paid under."""
    groups: dict[tuple[str, str], list[int]] = {}
    for place, payee in enumerate(payees):
        groups.setdefault((payee["supplier_name"], payee["candidate_key"]), []).append(place)
    money = {key: sum(int(pennies[p]) for p in places) for key, places in groups.items()}
    found: list[tuple[Cell, ...]] = []
    for key in sorted(groups, key=lambda k: (-money[k], k)):
        best = max((payees[p] for p in groups[key]), key=lambda p: (p["match_score"], p["evidence"]))
        amount, many = Decimal(money[key]).scaleb(-2), sum(int(payments[p]) for p in groups[key])
        found.append((key[0], amount, many, best["candidate_name"], key[1], best["match_score"], best["evidence"]))
    return found
