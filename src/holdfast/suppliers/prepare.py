"""Payees made ready to be linked: names taken apart, numbers in one form, creditor lists joined on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from holdfast.engine.primitives import name_parts_sql
from holdfast.packs import Pack
from holdfast.suppliers import persons
from holdfast.suppliers.decisions import Decision, in_force
from holdfast.suppliers.identifiers import Schemes, bare_sql, charity_sql, company_sql, vat_sql
from holdfast.suppliers.kinds import authority_names, extended, first_rule_sql, rules_of
from holdfast.suppliers.shaping import FORM

if TYPE_CHECKING:
    import pyarrow as pa

    from holdfast.engine.duck import Engine

PAYEE = (
    "payee",
    "anchor",
    "supplier",
    "supplier_id",
    "postcode",
    "town",
    "company_number",
    "charity_number",
    "vat_number",
    "kind",
)
#: Days of the first and the last payment, where they are known.
PAID = ("first_paid", "last_paid")


def prepare(
    engine: Engine, payees: pa.Table, creditors: Mapping[str, pa.Table], decisions: Sequence[Decision], pack: Pack
) -> None:
    """Make these tables: ``names``, one row per published name · ``p``, one row per payee, ``row`` giving its place ·
    ``decided``: ``core, key, evidence``, the latest decision of a person on each core name · ``decided_places``:
    ``core, place, area, evidence``, where people said it is · ``wanted_cores`` and ``wanted_ids``, what to look for in
    the registers."""
    engine.register("payees_given", _numbered(payees))
    _creditors(engine, creditors, pack)
    _names(engine, pack)
    _payees(engine, pack)
    _decisions(engine, decisions, pack)
    engine.execute("""
        CREATE TEMP TABLE wanted_cores AS
        SELECT core FROM p WHERE NOT hidden UNION SELECT trading FROM p WHERE trading <> ''
    """)
    engine.execute("""
        CREATE TEMP TABLE wanted_ids AS
        SELECT own_id AS id FROM p WHERE own_id IS NOT NULL
        UNION SELECT creditor_id FROM p WHERE creditor_id IS NOT NULL
        UNION SELECT key FROM decided
    """)


def _numbered(payees: pa.Table) -> pa.Table:
    import pyarrow as pa

    columns = {
        c: payees.column(c) if c in payees.column_names else pa.nulls(payees.num_rows, pa.string()) for c in PAYEE
    }
    columns |= {
        c: payees.column(c) if c in payees.column_names else pa.nulls(payees.num_rows, pa.date32()) for c in PAID
    }
    return pa.table({"row": pa.array(range(payees.num_rows), pa.int64())} | columns)


def _names(engine: Engine, pack: Pack) -> None:
    """``names``: supplier (blank for none), ``plain, core, form, trading, cut`` and what the rules make of it."""
    rule_tables(engine, pack)
    listed = "(SELECT coalesce(supplier, '') AS supplier FROM payees_given UNION SELECT name FROM creditors_by_id)"
    ruled(engine, "names", f"(SELECT supplier FROM {listed} WHERE supplier IS NOT NULL)", "supplier", pack)
    persons.find(engine, pack)


def rule_tables(engine: Engine, pack: Pack) -> None:
    """``rules`` and ``authority_names``, which :func:`ruled` looks in."""
    import pyarrow as pa

    rules = rules_of(pack)
    told = extended(pack.kinds, "kinds").get("authorities", {})
    engine.register("authority_names", pa.table({"name": pa.array(authority_names(pack), pa.string())}))
    engine.register(
        "rules",
        pa.table(
            {
                "rule": pa.array([-1, *range(len(rules))], pa.int32()),
                "rule_kind": pa.array(["public body", *(r.kind for r in rules)], pa.string()),
                "rule_ownership": pa.array(["public", *(r.ownership for r in rules)], pa.string()),
                "rule_form": pa.array(["public body", *(r.form for r in rules)], pa.string()),
                "rule_why": pa.array([told.get("why", ""), *(r.why for r in rules)], pa.string()),
            }
        ),
    )


def ruled(engine: Engine, table: str, source: str, column: str, pack: Pack) -> None:
    """Make a table of a source of distinct names, with name parts, ``form``, what the rules make of each, and the
    ``rule_area`` of those that are a council's.

    A council known by the pack's authorities counts where no rule has an answer, also when an office follows its name.
    """
    engine.execute(f"CREATE TEMP TABLE {table}_parts AS {name_parts_sql(source, column)}")
    engine.execute(f"""
        CREATE TEMP TABLE {table}_rule AS
        SELECT plain, {first_rule_sql("plain", rules_of(pack))} AS rule FROM (SELECT DISTINCT plain FROM {table}_parts)
    """)
    starts = ("t.core", *(f"array_to_string(string_split(t.core, ' ')[1:{n}], ' ')" for n in (2, 3, 4)))
    begins = " UNION ALL ".join(f"SELECT core, {start} AS name FROM {table}_parts t" for start in starts)
    engine.execute(f"""
        CREATE TEMP TABLE {table}_named AS
        SELECT core, arg_max(name, length(name)) AS name FROM ({begins}) SEMI JOIN authority_names USING (name)
        GROUP BY core
    """)
    met = [r["name"] for r in engine.rows(f"SELECT DISTINCT name FROM {table}_named ORDER BY name")]
    areas = _text_table(("name", "area"), [(name, pack.areas.meant(name)) for name in met])
    engine.register(f"{table}_areas", areas)
    engine.execute(f"CREATE TEMP TABLE {table}_council AS SELECT * FROM {table}_named JOIN {table}_areas USING (name)")
    engine.execute(f"""
        CREATE TEMP TABLE {table} AS
        SELECT t.*, {FORM.format(plain="t.plain")} AS form, u.rule_kind, u.rule_ownership, u.rule_form,
            u.rule_why, CASE WHEN u.rule_kind = 'public body' THEN c.area END AS rule_area
        FROM {table}_parts t JOIN {table}_rule r USING (plain) LEFT JOIN {table}_council c USING (core)
        LEFT JOIN rules u ON u.rule = coalesce(r.rule, CASE WHEN c.core IS NOT NULL THEN -1 END)
    """)


def _creditors(engine: Engine, creditors: Mapping[str, pa.Table], pack: Pack) -> None:
    """``creditors``: of each anchor one row per supplier id, and one per core name that only one supplier bears."""
    import pyarrow as pa

    fields = ("anchor", "supplier_id", "name", "postcode", "town", "company_number", "charity_number", "vat_number")
    stacked = [
        pa.table(
            {"anchor": pa.array([anchor] * table.num_rows, pa.string())} | {c: table.column(c) for c in fields[1:]}
        )
        for anchor, table in sorted(creditors.items())
    ]
    empty = pa.table({c: pa.array([], pa.string()) for c in fields})
    listed = pa.concat_tables([empty, *stacked])
    engine.register("creditors_given", listed.append_column("line", pa.array(range(listed.num_rows), pa.int64())))
    schemes = Schemes.of(pack)
    company, charity = company_sql("company_number", schemes), charity_sql("charity_number", schemes)
    engine.execute(f"""
        CREATE TEMP TABLE creditor_lines AS
        SELECT line, anchor, supplier_id, name, postcode, town, core,
            coalesce({company}, {charity}) AS org_id,
            {vat_sql("vat_number", schemes)} AS vat
        FROM ({name_parts_sql("creditors_given", "name")})
    """)
    engine.execute("""
        CREATE TEMP TABLE creditors_by_id AS
        SELECT anchor, supplier_id, arg_min(name, line) AS name,
            arg_min(postcode, line) AS postcode, arg_min(town, line) AS town,
            arg_min(org_id, line) AS org_id, arg_min(vat, line) AS vat
        FROM creditor_lines WHERE supplier_id IS NOT NULL GROUP BY anchor, supplier_id
    """)
    engine.execute("""
        CREATE TEMP TABLE creditors_by_name AS
        SELECT anchor, core, min(postcode) AS postcode, min(town) AS town, min(org_id) AS org_id, min(vat) AS vat
        FROM creditor_lines WHERE core <> '' GROUP BY anchor, core
        HAVING count(DISTINCT coalesce(supplier_id, '')) = 1 AND count(DISTINCT coalesce(postcode, '')) = 1
    """)


def _payees(engine: Engine, pack: Pack) -> None:
    schemes = Schemes.of(pack)
    numbers = {
        "company": company_sql("company_number", schemes),
        "charity": charity_sql("charity_number", schemes),
        "vat": vat_sql("vat_number", schemes),
    }
    good = ", ".join(f"{sql} AS {name}_id" for name, sql in numbers.items())
    bad = ", ".join(f"{bare_sql(f'{name}_number')} IS NOT NULL AND {name}_id IS NULL AS bad_{name}" for name in numbers)
    engine.execute(f"""
        CREATE TEMP TABLE numbered AS SELECT *, {bad} FROM (
            SELECT row, company_number, charity_number, vat_number, {good} FROM payees_given
            WHERE coalesce(company_number, charity_number, vat_number) IS NOT NULL
        )
    """)
    engine.execute(_P)


#: A creditor list's name stands for the payment's, which may be cut off or misspelt; for a withheld one it does not,
#: nor does an account that stands for many. ``code_of_payee``: the postcode by which a namesake in a register may be
#: told, without spaces; blank for none. ``likely``: the name has the form of a private person's, who may yet be known
#: to a register; ``shown``, the name without the person's where that is followed by *trading as*.
_P = """
CREATE TEMP TABLE p AS
WITH met AS (
    SELECT g.*, i.anchor IS NOT NULL AS by_id, i.name AS list_name, i.postcode AS list_postcode, i.town AS list_town,
        i.org_id AS list_org_id, i.vat AS list_vat, n.core AS paid_core, n.rule_kind AS paid_kind
    FROM payees_given g
    JOIN names n ON n.supplier = coalesce(g.supplier, '')
    LEFT JOIN creditors_by_id i ON i.anchor = g.anchor AND i.supplier_id = g.supplier_id
), goes_by AS (
    SELECT t.*, paid_kind IS NOT DISTINCT FROM 'not disclosed' OR kind = 'redacted' OR paid_core = '' AS hidden,
        CASE WHEN coalesce(n.core, '') <> '' AND n.rule_kind IS DISTINCT FROM 'not disclosed' THEN list_name
            ELSE coalesce(t.supplier, '') END AS name
    FROM met t LEFT JOIN names n ON n.supplier = t.list_name
)
SELECT g.row, g.anchor, g.name AS supplier, g.supplier_id, nullif(trim(g.postcode), '') AS postcode,
    nullif(trim(g.town), '') AS town, g.kind, g.first_paid, g.last_paid, n.core, n.form, n.trading, n.cut, n.plain,
    n.rule_kind, n.rule_ownership, n.rule_form, n.rule_why, n.rule_area, g.paid_core, g.hidden,
    coalesce(g.paid_kind = 'person' OR n.rule_kind = 'person' OR g.kind = 'personal', false) AS person,
    f.supplier IS NOT NULL AS likely, CASE WHEN n.trading <> '' THEN f.shown END AS shown,
    coalesce(k.company_id, k.charity_id) AS own_id, g.by_id OR m.anchor IS NOT NULL AS in_creditors,
    CASE WHEN g.by_id THEN g.list_postcode ELSE m.postcode END AS creditor_postcode,
    CASE WHEN g.by_id THEN g.list_town ELSE m.town END AS creditor_town,
    CASE WHEN g.by_id THEN g.list_org_id ELSE m.org_id END AS creditor_id,
    coalesce(k.vat_id, CASE WHEN g.by_id THEN g.list_vat ELSE m.vat END) AS own_vat,
    replace(upper(coalesce(
        nullif(trim(g.postcode), ''), CASE WHEN g.by_id THEN g.list_postcode ELSE m.postcode END, ''
    )), ' ', '') AS code_of_payee
FROM goes_by g
JOIN names n ON n.supplier = g.name
LEFT JOIN likely f ON f.supplier = n.supplier
LEFT JOIN numbered k ON k.row = g.row
LEFT JOIN creditors_by_name m ON m.anchor = g.anchor AND m.core = n.core AND NOT g.by_id
ORDER BY g.row
"""


def _decisions(engine: Engine, decisions: Sequence[Decision], pack: Pack) -> None:
    """The latest decision on a core name counts; *none of those offered* keeps the name to itself."""
    answers = in_force(decisions)
    who = sorted((core, d.org_id or f"name:{core}", _said(d)) for core, d in answers.who.items())
    engine.register("decided", _text_table(("core", "key", "evidence"), who))
    where = sorted((core, d.place, pack.areas.meant(d.place), _said(d)) for core, d in answers.where.items())
    engine.register("decided_places", _text_table(("core", "place", "area", "evidence"), where))


def _text_table(names: Sequence[str], rows: Sequence[tuple[str | None, ...]]) -> pa.Table:
    import pyarrow as pa

    columns = list(zip(*rows, strict=True)) or [() for _ in names]
    return pa.table({name: pa.array(values, pa.string()) for name, values in zip(names, columns, strict=True)})


def _said(d: Decision) -> str:
    who = f"decided by {d.by or 'a person'}" + (f" on {d.when}" if d.when else "")
    none = d.identifies and not d.org_id
    return who + (f": {d.why}" if d.why else "") + (" (none of the organisations offered)" if none else "")
