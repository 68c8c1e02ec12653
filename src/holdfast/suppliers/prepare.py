"""Payees made ready to be linked: names taken apart, numbers in one form, creditor lists joined on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from holdfast.engine.primitives import name_parts_sql
from holdfast.packs import Pack
from holdfast.suppliers.combine import FORM
from holdfast.suppliers.identifiers import Schemes, bare_sql, charity_sql, company_sql, vat_sql
from holdfast.suppliers.kinds import authority_names, extended, first_rule_sql, rules_of

if TYPE_CHECKING:
    import pyarrow as pa

    from holdfast.engine.duck import Engine

PAYEE = ("payee", "anchor", "supplier", "supplier_id", "postcode", "town", "company_number", "charity_number", "vat_number", "kind")


def prepare(engine: Engine, payees: pa.Table, creditors: Mapping[str, pa.Table], pack: Pack) -> None:
    """Make the tables ``names`` (one row per published name) and ``p`` (one row per payee, ``row`` giving its place)."""
    engine.register("payees_given", _numbered(payees))
    _names(engine, pack)
    _creditors(engine, creditors, pack)
    _payees(engine, pack)


def _numbered(payees: pa.Table) -> pa.Table:
    import pyarrow as pa

    columns = {c: payees.column(c) if c in payees.column_names else pa.nulls(payees.num_rows, pa.string()) for c in PAYEE}
    return pa.table({"row": pa.array(range(payees.num_rows), pa.int64())} | columns)


def _names(engine: Engine, pack: Pack) -> None:
    """``names``: supplier (blank for none), ``plain, core, form, trading, cut`` and what the rules make of it."""
    import pyarrow as pa

    rules = rules_of(pack)
    listed = "(SELECT DISTINCT coalesce(supplier, '') AS supplier FROM payees_given)"
    engine.execute(f"CREATE TEMP TABLE parted AS {name_parts_sql(listed, 'supplier')}")
    engine.execute(
        f"CREATE TEMP TABLE ruled AS SELECT plain, {first_rule_sql('plain', rules)} AS rule "
        "FROM (SELECT DISTINCT plain FROM parted)"
    )
    told = extended(pack.kinds, "kinds").get("authorities", {})
    engine.register("authority_names", pa.table({"name": pa.array(authority_names(pack), pa.string())}))
    engine.register(
        "rules",
        pa.table(
            {
                "rule": pa.array([-1, *range(len(rules))], pa.int32()),
                "rule_kind": pa.array(["public body", *(r.kind for r in rules)], pa.string()),
                "rule_ownership": pa.array(["public", *(r.ownership for r in rules)], pa.string()),
                "rule_why": pa.array([told.get("why", ""), *(r.why for r in rules)], pa.string()),
            }
        ),
    )
    # an abbreviated council counts only where no rule has an answer, also when an office follows its name
    words = "string_split(t.core, ' ')"
    council = (
        f"t.core IN (SELECT name FROM authority_names) OR array_to_string({words}[1:2], ' ') IN (SELECT name FROM authority_names) "
        f"OR array_to_string({words}[1:3], ' ') IN (SELECT name FROM authority_names)"
    )
    engine.execute(
        f"CREATE TEMP TABLE names AS SELECT t.*, {FORM.format(plain='t.plain')} AS form, "
        f"u.rule_kind, u.rule_ownership, u.rule_why FROM parted t JOIN ruled r USING (plain) "
        f"LEFT JOIN rules u ON u.rule = coalesce(r.rule, CASE WHEN {council} THEN -1 END)"
    )


def _creditors(engine: Engine, creditors: Mapping[str, pa.Table], pack: Pack) -> None:
    """``creditors``: of each anchor one row per supplier id, and one per core name that only one supplier bears."""
    import pyarrow as pa

    fields = ("anchor", "supplier_id", "name", "postcode", "town", "company_number", "charity_number", "vat_number")
    stacked = [
        pa.table({"anchor": pa.array([anchor] * table.num_rows, pa.string())} | {c: table.column(c) for c in fields[1:]})
        for anchor, table in sorted(creditors.items())
    ]
    empty = pa.table({c: pa.array([], pa.string()) for c in fields})
    listed = pa.concat_tables([empty, *stacked])
    engine.register("creditors_given", listed.append_column("line", pa.array(range(listed.num_rows), pa.int64())))
    schemes = Schemes.of(pack)
    engine.execute(
        f"CREATE TEMP TABLE creditor_lines AS SELECT line, anchor, supplier_id, postcode, town, core, "
        f"coalesce({company_sql('company_number', schemes)}, {charity_sql('charity_number', schemes)}) AS org_id, "
        f"{vat_sql('vat_number', schemes)} AS vat FROM ({name_parts_sql('creditors_given', 'name')})"
    )
    engine.execute(
        "CREATE TEMP TABLE creditors_by_id AS SELECT anchor, supplier_id, arg_min(postcode, line) AS postcode, "
        "arg_min(town, line) AS town, arg_min(org_id, line) AS org_id, arg_min(vat, line) AS vat "
        "FROM creditor_lines WHERE supplier_id IS NOT NULL GROUP BY ALL"
    )
    engine.execute(
        "CREATE TEMP TABLE creditors_by_name AS SELECT anchor, core, min(postcode) AS postcode, min(town) AS town, "
        "min(org_id) AS org_id, min(vat) AS vat FROM creditor_lines WHERE core <> '' GROUP BY ALL "
        "HAVING count(DISTINCT coalesce(supplier_id, '')) = 1 AND count(DISTINCT coalesce(postcode, '')) = 1"
    )


def _payees(engine: Engine, pack: Pack) -> None:
    schemes = Schemes.of(pack)
    company, charity = company_sql("g.company_number", schemes), charity_sql("g.charity_number", schemes)
    vat = vat_sql("g.vat_number", schemes)
    engine.execute(
        f"CREATE TEMP TABLE numbered AS SELECT g.row, {company} AS company_id, {charity} AS charity_id, {vat} AS vat, "
        f"{bare_sql('g.company_number')} IS NOT NULL AND {company} IS NULL AS bad_company, "
        f"{bare_sql('g.charity_number')} IS NOT NULL AND {charity} IS NULL AS bad_charity, "
        f"{bare_sql('g.vat_number')} IS NOT NULL AND {vat} IS NULL AS bad_vat FROM payees_given g "
        "WHERE coalesce(g.company_number, g.charity_number, g.vat_number) IS NOT NULL"
    )
    hidden = "n.rule_kind = 'not disclosed' OR g.kind = 'redacted' OR n.core = ''"
    engine.execute(
        f"CREATE TEMP TABLE p AS SELECT g.row, g.anchor, coalesce(g.supplier, '') AS supplier, g.supplier_id, "
        "nullif(trim(g.postcode), '') AS postcode, nullif(trim(g.town), '') AS town, g.kind, n.core, n.form, n.trading, n.cut, "
        f"n.plain, n.rule_kind, n.rule_ownership, n.rule_why, coalesce({hidden}, false) AS hidden, "
        "coalesce(n.rule_kind = 'person' OR g.kind = 'personal', false) AS person, "
        f"coalesce(k.company_id, k.charity_id) AS own_id, k.vat AS own_vat, "
        "i.anchor IS NOT NULL OR m.anchor IS NOT NULL AS in_creditors, "
        "CASE WHEN i.anchor IS NULL THEN m.postcode ELSE i.postcode END AS creditor_postcode, "
        "CASE WHEN i.anchor IS NULL THEN m.town ELSE i.town END AS creditor_town, "
        "CASE WHEN i.anchor IS NULL THEN m.org_id ELSE i.org_id END AS creditor_id, "
        "CASE WHEN i.anchor IS NULL THEN m.vat ELSE i.vat END AS creditor_vat "
        "FROM payees_given g JOIN names n ON n.supplier = coalesce(g.supplier, '') "
        "LEFT JOIN numbered k ON k.row = g.row "
        "LEFT JOIN creditors_by_id i ON i.anchor = g.anchor AND i.supplier_id = g.supplier_id "
        "LEFT JOIN creditors_by_name m ON m.anchor = g.anchor AND m.core = n.core AND i.anchor IS NULL ORDER BY g.row"
    )
