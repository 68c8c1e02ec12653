"""What people decided: who a name is, and which payments are no purchases. Append-only records that outrank every rule."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


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


@dataclass(frozen=True, slots=True)
class ScopeDecision:
    """A person's word on what payments are. ``category`` blank means every category of the supplier, and vice versa."""

    supplier: str
    category: str
    scope: str
    by: str = ""
    when: str = ""
    why: str = ""


def load_decisions(path: Path) -> list[Decision]:
    """``decisions.csv`` (supplier, org_id, by, when, why), in order; later lines outrank earlier ones."""
    raise NotImplementedError


def load_scope_decisions(path: Path) -> list[ScopeDecision]:
    """``scope.csv`` (supplier, category, scope, by, when, why), in order; later lines outrank earlier ones."""
    raise NotImplementedError
