"""Names on payments -> organisations: registers, exact names, people's decisions, kind, owners, size, sector, scope."""

from holdfast.suppliers.creditors import load_creditors
from holdfast.suppliers.decisions import Decision, ScopeDecision, contradictions, load_decisions, load_scope_decisions
from holdfast.suppliers.names import core_name
from holdfast.suppliers.near import Cache
from holdfast.suppliers.register import Register, load_register
from holdfast.suppliers.resolve import resolve
from holdfast.suppliers.scope import classify_scope

__all__ = [
    "Cache",
    "Decision",
    "Register",
    "ScopeDecision",
    "classify_scope",
    "contradictions",
    "core_name",
    "load_creditors",
    "load_decisions",
    "load_register",
    "load_scope_decisions",
    "resolve",
]
