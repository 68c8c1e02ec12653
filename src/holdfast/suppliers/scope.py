"""Which payments are third-party purchases, and why the others are not: rules as data, each visible and correctable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from holdfast.suppliers.decisions import ScopeDecision

if TYPE_CHECKING:
    import pyarrow as pa

SCOPES = (
    "third-party purchases",
    "tax",
    "precepts",
    "treasury and loans",
    "pensions",
    "payroll",
    "benefits",
    "grants",
    "transfers between public bodies",
    "payments to persons",
    "within the body",
)


def classify_scope(
    combos: pa.Table,
    rules: Mapping[str, Any],
    corrections: Sequence[ScopeDecision] = (),
    anchors: Mapping[str, str] | None = None,
) -> pa.Table:
    """``combos`` with ``scope`` and ``scope_reason``.

    ``combos``: distinct ``payee, supplier, supplier_kind, category, department, kind, anchor`` of the payments ·
    ``rules``: the pack's ``scope`` rules · ``anchors``: name by id, to find payments within the body.
    """
    raise NotImplementedError
