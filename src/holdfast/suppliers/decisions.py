"""What people decided: who a name is, which payments are no purchases. Append-only records that outrank every rule."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from holdfast.core.problem import HoldfastError, Problem
from holdfast.suppliers.files import read_columns, shape

#: The answers of scope: what third-party purchases are not.
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


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on who a supplier is.

    ``supplier`` the name as published (compared by core name, so its spellings follow) · ``org_id`` an org-id.guide
    identifier (``GB-COH-00123456``), a plain ``name:CORE NAME`` key, or blank for *none of those offered*.
    """

    supplier: str
    org_id: str
    by: str = ""
    when: str = ""
    why: str = ""
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class ScopeDecision:
    """A person's word on what payments are. ``category`` blank means every category of the supplier, and vice versa."""

    supplier: str
    category: str
    scope: str
    by: str = ""
    when: str = ""
    why: str = ""
    row: int = field(default=0, compare=False)


def load_decisions(path: Path) -> list[Decision]:
    """``decisions.csv`` (supplier, org_id, by, when, why), in order; later lines outrank earlier ones. Raises HF501."""
    return [
        Decision(r["supplier"], r["org_id"], r["by"], r["when"], r["why"], n)
        for n, r in enumerate(_records(path, ("supplier", "org_id"), ("by", "when", "why")), start=2)
    ]


def load_scope_decisions(path: Path) -> list[ScopeDecision]:
    """``scope.csv`` (supplier, category, scope, by, when, why), in order; later lines outrank earlier ones.

    Raises ``HoldfastError`` HF501 for missing columns and for a scope that does not exist.
    """
    found = []
    for n, r in enumerate(_records(path, ("scope",), ("supplier", "category", "by", "when", "why")), start=2):
        if r["scope"] not in SCOPES:
            said = f"{path.name}, line {n}: there is no scope {r['scope']!r}. There are: {', '.join(SCOPES)}."
            raise HoldfastError(Problem("HF501", said, file=str(path), row=n), exit_code=2)
        found.append(ScopeDecision(r["supplier"], r["category"], r["scope"], r["by"], r["when"], r["why"], n))
    return found


def _records(path: Path, needed: tuple[str, ...], more: tuple[str, ...]) -> list[dict[str, str]]:
    seen = shape(path)
    missing = [c for c in needed if c not in seen.columns]
    if missing:
        have = ", ".join(seen.columns) or "none"
        said = f"{path.name} lacks the column {', '.join(missing)}. Columns found: {have}."
        raise HoldfastError(Problem("HF501", said, file=str(path)), exit_code=2)
    table = read_columns(seen, {*needed, *more})
    return [{c: (r[c] or "").strip() for c in (*needed, *more)} for r in table.to_pylist()]
