"""Who was paid: identifiers first, then people's decisions' names, then exact core names; what is unknown stays unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from holdfast.core.problem import Problem
from holdfast.suppliers.decisions import Decision
from holdfast.suppliers.register import Register

if TYPE_CHECKING:
    import pyarrow as pa

    from holdfast.packs import Pack


def resolve(
    payees: pa.Table,
    registers: Sequence[Register],
    creditors: Mapping[str, pa.Table],
    decisions: Sequence[Decision],
    pack: Pack,
) -> tuple[pa.Table, list[Problem]]:
    """``payees`` with the columns that ``tables/payees.csv`` marks *added by suppliers*, in the same order of rows.

    ``creditors`` by anchor id.
    """
    raise NotImplementedError
