"""Which payments are third-party purchases, and why the others are not: rules as data, each visible and correctable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import THIRD_PARTY
from holdfast.core.problem import HoldfastError, Problem
from holdfast.engine.primitives import matches_sql, name_parts, name_parts_sql
from holdfast.suppliers.decisions import SCOPES, ScopeDecision
from holdfast.suppliers.kinds import any_of, extended

if TYPE_CHECKING:
    import pyarrow as pa

    from holdfast.engine.duck import Engine

PURCHASE = "no rule sets it apart"


@dataclass(frozen=True, slots=True)
class ScopeRule:
    """One ``[[rule]]`` of ``scope.toml``; see the UK pack's file for what its conditions mean."""

    scope: str
    reason: str
    names: str = ""
    categories: str = ""
    unless_names: str = ""
    unless_categories: str = ""
    kinds: tuple[str, ...] = ()
    supplier_kinds: tuple[str, ...] = ()
    unless_purchase: bool = False

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> ScopeRule:
        """Raises ``HoldfastError`` for a scope that does not exist or a rule without a condition."""
        patterns = ("names", "categories", "unless_names", "unless_categories")
        rule = cls(
            scope=raw.get("scope", ""),
            reason=raw.get("reason", ""),
            kinds=tuple(raw.get("kinds", ())),
            supplier_kinds=tuple(raw.get("supplier_kinds", ())),
            unless_purchase=bool(raw.get("unless_purchase", False)),
            **{p: any_of(raw.get(p, ())) for p in patterns},
        )
        if rule.scope not in SCOPES or not (rule.names or rule.categories or rule.kinds or rule.supplier_kinds):
            raise HoldfastError(Problem("HF999", f"A rule of scope.toml cannot be used: {dict(raw)!r}."))
        return rule

    def of_name(self, column: str) -> str:
        """What the rule asks of a supplier's plain name, as SQL."""
        return _both(self.names, self.unless_names, column)

    def of_category(self, column: str, purchase: str) -> str:
        """What the rule asks of a category in plain words, as SQL."""
        asked = _both(self.categories, self.unless_categories, column)
        return f"{asked} AND NOT ({purchase})" if self.unless_purchase else asked

    def of_row(self) -> str:
        """What the rule asks of the kinds of row and supplier, as SQL."""
        tests = [f"{column} IN {_listed(values)}" for column, values in
                 (("c.kind", self.kinds), ("c.supplier_kind", self.supplier_kinds)) if values]  # fmt: skip
        return " AND ".join(tests) or "true"


def _both(wanted: str, unwanted: str, column: str) -> str:
    tests = [matches_sql(column, wanted)] if wanted else []
    tests += [f"NOT {matches_sql(column, unwanted)}"] if unwanted else []
    return " AND ".join(tests) or "true"


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _listed(values: Sequence[str]) -> str:
    return f"({', '.join(_quoted(v) for v in values)})"


def scope_rules(rules: Mapping[str, Any]) -> tuple[ScopeRule, ...]:
    """The rules of a pack (its ``scope``), in the order in which they are tried."""
    return tuple(ScopeRule.of(raw) for raw in extended(rules, "scope").get("rule", ()))


def classify_scope(
    combos: pa.Table,
    rules: Mapping[str, Any],
    corrections: Sequence[ScopeDecision] = (),
    anchors: Mapping[str, str] | None = None,
) -> pa.Table:
    """``combos`` with ``scope`` and ``scope_reason``, in the same order.

    ``combos``: distinct ``payee, supplier, supplier_kind, category, department, kind, anchor`` of the payments ·
    ``rules``: the pack's ``scope`` · ``corrections``: a person's words, which outrank every rule; the one that names
    both supplier and category outranks one that names either, and a later one an earlier · ``anchors``: name by id,
    to find what an anchor pays to itself.
    """
    from holdfast.engine.duck import Engine

    engine = Engine()
    try:
        told = scope_rules(rules)
        words = any_of(extended(rules, "scope").get("purchases", {}).get("words", ()))
        _distinct(engine, combos, told, words)
        _corrections(engine, corrections)
        _bodies(engine, anchors or {})
        added = engine.arrow(_decided(told))
    finally:
        engine.close()
    for name in added.column_names:
        combos = combos.append_column(added.schema.field(name), added.column(name))
    return combos


def _distinct(engine: Engine, combos: pa.Table, rules: Sequence[ScopeRule], purchases: str) -> None:
    """Rules look at each distinct name and category once: ``scope_names``, ``scope_categories``, a column per rule."""
    import pyarrow as pa

    numbered = {"row": pa.array(range(combos.num_rows), pa.int64())}
    for column in ("supplier", "supplier_kind", "category", "kind", "anchor"):
        numbered[column] = combos.column(column).cast(pa.string())
    engine.register("combos", pa.table(numbered))
    for of, column in (("names", "supplier"), ("categories", "category")):
        parts = name_parts_sql(f"(SELECT DISTINCT coalesce({column}, '') AS said FROM combos)", "said")
        engine.execute(f"CREATE TEMP TABLE plain_{of} AS SELECT said, plain, core FROM ({parts})")
    purchase = matches_sql("plain", purchases) if purchases else "false"
    by_name = ", ".join(f"{rule.of_name('plain')} AS n{i}" for i, rule in enumerate(rules))
    by_category = ", ".join(f"{rule.of_category('plain', 'purchase')} AS c{i}" for i, rule in enumerate(rules))
    engine.execute(f"CREATE TEMP TABLE scope_names AS SELECT said, core, {by_name or 'true AS n'} FROM plain_names")
    engine.execute(
        f"CREATE TEMP TABLE scope_categories AS SELECT said, plain, {by_category or 'true AS c'} "
        f"FROM (SELECT *, {purchase} AS purchase FROM plain_categories)"
    )


def _corrections(engine: Engine, corrections: Sequence[ScopeDecision]) -> None:
    """``corrected``: supplier core and category in plain words -> scope and reason; a blank stands for every one."""
    import pyarrow as pa

    # a line with neither supplier nor category would correct everything: it is reported (HF505) and corrects nothing
    named = [d for d in corrections if d.supplier.strip() or d.category.strip()]
    latest = {(name_parts(d.supplier).core, name_parts(d.category).plain): d for d in named}
    rows = sorted((core, category, d.scope, _said(d)) for (core, category), d in latest.items())
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    names = ("core", "category", "scope", "reason")
    engine.register("corrected", pa.table({n: pa.array(v, pa.string()) for n, v in zip(names, columns, strict=True)}))


def _said(d: ScopeDecision) -> str:
    who = f"decided by {d.by or 'a person'}" + (f" on {d.when}" if d.when else "")
    return who + (f": {d.why}" if d.why else "")


def _bodies(engine: Engine, anchors: Mapping[str, str]) -> None:
    import pyarrow as pa

    rows = sorted((anchor, name_parts(name).core) for anchor, name in anchors.items())
    ids, cores = [r[0] for r in rows], [r[1] for r in rows]
    engine.register("bodies", pa.table({"anchor": pa.array(ids, pa.string()), "core": pa.array(cores, pa.string())}))


def _decided(rules: Sequence[ScopeRule]) -> str:
    fits = [f"{rule.of_row()} AND n.n{i} AND g.c{i}" for i, rule in enumerate(rules)]
    scopes = " ".join(f"WHEN {f} THEN {_quoted(r.scope)}" for f, r in zip(fits, rules, strict=True))
    reasons = " ".join(f"WHEN {f} THEN {_quoted(r.reason)}" for f, r in zip(fits, rules, strict=True))
    return f"""
        SELECT coalesce(d2.scope, d1.scope, d3.scope,
                CASE WHEN b.core IS NOT NULL THEN 'within the body' {scopes} ELSE '{THIRD_PARTY}' END) AS scope,
            coalesce(d2.reason, d1.reason, d3.reason,
                CASE WHEN b.core IS NOT NULL THEN 'the anchor itself' {reasons} ELSE '{PURCHASE}' END) AS scope_reason
        FROM combos c
        JOIN scope_names n ON n.said = coalesce(c.supplier, '')
        JOIN scope_categories g ON g.said = coalesce(c.category, '')
        LEFT JOIN bodies b ON b.anchor = c.anchor AND b.core = n.core AND n.core <> ''
        LEFT JOIN corrected d2 ON d2.core = n.core AND d2.category = g.plain AND d2.core <> '' AND d2.category <> ''
        LEFT JOIN corrected d1 ON d1.core = n.core AND d1.category = '' AND d1.core <> ''
        LEFT JOIN corrected d3 ON d3.core = '' AND d3.category = g.plain AND d3.category <> ''
        ORDER BY c.row
    """
