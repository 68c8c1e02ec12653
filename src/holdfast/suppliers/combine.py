"""Several registers as one: all identifiers of an organisation lead to one key, all names it goes by are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from holdfast.engine.primitives import name_parts_sql
from holdfast.suppliers.clusters import united
from holdfast.suppliers.identifiers import RANKED
from holdfast.suppliers.register import Register
from holdfast.suppliers.shaping import FORM, TABLES, empty

if TYPE_CHECKING:
    from holdfast.engine.duck import Engine

#: When entries of different registers with one full name are taken for one organisation: a legal form is in the name
#: (a charity and a company may share a bare one), or one of the two registers has no number of its own. Never two
#: charity registers, which cover different countries.
_NAMESAKES = (
    "(form <> '' OR (count(*) = 2 AND bool_or(scheme IN ('name:', 'own:', 'HF-CUK-', 'GB-SHPE-')))) "
    "AND count(*) FILTER (scheme IN ('GB-CHC-', 'GB-SC-', 'GB-NIC-')) < 2"
)


def stack(engine: Engine, registers: Sequence[Register]) -> None:
    """``named``: the core and form of every name of every register · ``canonical``, as their identifiers tell it."""
    _stack(engine, registers)
    _set_canonical(engine, _united(_pairs(engine), []))


def _pairs(engine: Engine) -> list[dict[str, Any]]:
    return engine.rows("SELECT DISTINCT one, other, derived FROM raw_same ORDER BY ALL")


def combine(engine: Engine, registers: Sequence[Register]) -> None:
    """Make these tables from the registers :func:`stack` has laid out, for what is asked for and no more.

    Asked for are the core names in ``wanted_cores`` (``core``) and the identifiers in ``wanted_ids`` (``id``).
    ``canonical``: ``id, key``, identifiers that lead to another · ``entries``: register entries with ``key``, the
    identifier the organisation goes by, or ``name:CORE`` · ``listed``: ``core, form, key, how, postcode, company,
    dissolved, founded, ended`` of every name · ``premises``: ``core, postcode`` · ``raw_owners``: as registers say.
    """
    _hits(engine)
    namesakes = engine.rows(_NAMESAKE_PAIRS) + engine.rows(_SPELLING_PAIRS)
    if namesakes:
        _set_canonical(engine, _united(_pairs(engine), namesakes))
        _hits(engine)
    engine.execute(_ENTRIES)
    engine.execute(_LISTED)
    # taking names apart costs something to plan, also where there are none
    some = any(register.kind == "premises" for register in registers)
    premises = name_parts_sql("raw_premises", "name") if some else "SELECT name AS core, postcode FROM raw_premises"
    engine.execute(f"CREATE TEMP TABLE premises AS SELECT DISTINCT core, postcode FROM ({premises}) WHERE core <> ''")


_NAMESAKE_PAIRS = f"""
WITH keys AS (
    SELECT DISTINCT core, form, key, regexp_extract(key, '^(name:|own:|[A-Z]+-[A-Z]+-)', 1) AS scheme
    FROM hits WHERE core <> ''
), one_each AS (
    SELECT core, form FROM keys GROUP BY core, form
    HAVING count(*) > 1 AND count(*) = count(DISTINCT scheme) AND {_NAMESAKES}
)
SELECT min(key) OVER (PARTITION BY core, form) AS one, key AS other
FROM keys JOIN one_each USING (core, form) ORDER BY ALL
"""
#: An entry without number that lists the name of another such entry among its spellings.
_SPELLING_PAIRS = """
SELECT DISTINCT a.key AS one, b.key AS other
FROM named s JOIN hits a ON a.reg = s.reg AND a.org = s.org
JOIN hits b ON b.core = s.core AND b.key = 'name:' || b.core
WHERE s.how = 'alias' AND a.key = 'name:' || a.core AND a.core <> b.core ORDER BY ALL
"""
_ENTRIES = """
CREATE TEMP TABLE entries AS
SELECT e.*, h.core, h.key FROM hits h JOIN raw_entries e ON h.reg = e.reg AND h.org = e.org
"""
_LISTED = """
CREATE TEMP TABLE listed AS
SELECT n.core, n.form, e.key, n.how, min(e.postcode) AS postcode,
    bool_or(coalesce(e.kind, '') = 'company') AS company, bool_or(coalesce(e.status, '') = 'dissolved') AS dissolved,
    min(e.founded) AS founded, CASE WHEN count(e.dissolved) = count(*) THEN max(e.dissolved) END AS ended
FROM named n JOIN entries e ON e.reg = n.reg AND e.org = n.org
WHERE n.core IN (SELECT core FROM wanted_cores) GROUP BY n.core, n.form, e.key, n.how
"""
_RAW_KEY = "coalesce(e.org_id, 'name:' || n.core)"
#: Entries that bear a wanted name or identifier, also through another identifier of the same organisation.
_ASKED_ENTRIES = """
CREATE OR REPLACE TEMP TABLE asked_entries AS
SELECT reg, org FROM named WHERE core IN (SELECT core FROM wanted_cores)
UNION
SELECT reg, org FROM raw_entries WHERE org_id IN (
    SELECT id FROM wanted_ids
    UNION SELECT c.key FROM canonical c JOIN wanted_ids USING (id)
    UNION SELECT c.id FROM canonical c JOIN canonical d USING (key) JOIN wanted_ids w ON w.id IN (d.id, d.key)
)
"""
_NEAR = f"""
CREATE OR REPLACE TEMP TABLE near AS
SELECT DISTINCT n.core, n.form, coalesce(c.key, e.org_id) AS key
FROM (SELECT n.* FROM named n SEMI JOIN asked_entries a ON n.reg = a.reg AND n.org = a.org WHERE n.how = 'current') n
JOIN (SELECT e.* FROM raw_entries e SEMI JOIN asked_entries a ON e.reg = a.reg AND e.org = a.org) e
    ON e.reg = n.reg AND e.org = n.org
LEFT JOIN canonical c ON c.id = {_RAW_KEY}
"""
#: Each register is looked through from end to end, so that millions of entries need not be held at once.
_HIT_ENTRIES = """
CREATE OR REPLACE TEMP TABLE hit_entries AS
SELECT reg, org FROM named WHERE how = 'current' AND (core, form) IN (SELECT (core, form) FROM near)
UNION
SELECT e.reg, e.org FROM raw_entries e WHERE e.org_id IN (
    SELECT key FROM near UNION SELECT c.id FROM canonical c JOIN near USING (key)
)
UNION
SELECT n.reg, n.org FROM named n WHERE n.how = 'current' AND 'name:' || n.core IN (
    SELECT c.id FROM canonical c JOIN near USING (key) WHERE starts_with(c.id, 'name:')
)
"""
_HITS = f"""
CREATE OR REPLACE TEMP TABLE hits AS
SELECT e.reg, e.org, n.core, n.form, coalesce(c.key, {_RAW_KEY}) AS key
FROM (SELECT e.* FROM raw_entries e SEMI JOIN hit_entries h ON h.reg = e.reg AND h.org = e.org) e
JOIN (SELECT n.* FROM named n SEMI JOIN hit_entries h ON h.reg = n.reg AND h.org = n.org WHERE n.how = 'current') n
    ON n.reg = e.reg AND n.org = e.org
LEFT JOIN canonical c ON c.id = {_RAW_KEY}
WHERE (n.core, n.form) IN (SELECT (core, form) FROM near) OR coalesce(c.key, e.org_id) IN (SELECT key FROM near)
"""


def _hits(engine: Engine) -> None:
    """``hits``: entries that bear a wanted name or identifier, their namesakes, others of the same organisations."""
    for statement in (_ASKED_ENTRIES, _NEAR, _HIT_ENTRIES, _HITS):
        engine.execute(statement)


#: Name of everything stacked -> the table of each register that it stacks.
_STACKED = {"raw_entries": "organisations", "raw_same": "same", "raw_premises": "premises", "raw_owners": "owners"}


def _stack(engine: Engine, registers: Sequence[Register]) -> None:
    """All registers under one another, ``reg`` saying which; nothing is copied."""
    for name, table in _STACKED.items():
        columns = ", ".join(f'"{column}"' for column in TABLES[table])
        parts = [f"SELECT 0 AS reg, {columns} FROM ({empty(table)})"]
        for i, register in enumerate(registers):
            engine.register(f"{name}_{i}", register.tables()[table])
            parts.append(f"SELECT {i} AS reg, {columns} FROM {name}_{i}")
        engine.execute(f"CREATE TEMP VIEW {name} AS {' UNION ALL '.join(parts)}")
    _named(engine, registers)


def _named(engine: Engine, registers: Sequence[Register]) -> None:
    """``raw_names``: ``reg, org, name, how`` of every name · ``named``: the same with ``core, form`` instead of the
    name; those of snapshots were taken apart when added."""
    every = [f"SELECT 0 AS reg, org, name, how FROM ({empty('names')})"]
    every += [f"SELECT {i} AS reg, org, name, how FROM raw_names_{i}" for i in range(len(registers))]
    given = [f"SELECT 0 AS reg, org, name, how FROM ({empty('names')})"]
    ready = []
    for i, register in enumerate(registers):
        engine.register(f"raw_names_{i}", register.names)
        if register.parted:
            ready.append(f"SELECT {i} AS reg, org, how, core, form FROM raw_names_{i}")
        else:
            given.append(f"SELECT {i} AS reg, org, name, how FROM raw_names_{i}")
    engine.execute(f"CREATE TEMP VIEW raw_names AS {' UNION ALL '.join(every)}")
    parts = name_parts_sql(f"({' UNION ALL '.join(given)})", "name")
    form = FORM.format(plain="plain")
    engine.execute(f"CREATE TEMP TABLE named_now AS SELECT reg, org, how, core, {form} AS form FROM ({parts})")
    views = ["SELECT reg, org, how, core, form FROM named_now", *ready]
    engine.execute(f"CREATE TEMP VIEW named AS {' UNION ALL '.join(views)}")


def _united(pairs: Sequence[Mapping[str, Any]], namesakes: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Each identifier known to be one of several -> the one its organisation goes by.

    A number derived by rule, or a name, is shown only where there is nothing else.
    """
    shown = {p["one"] for p in pairs} | {p["other"] for p in pairs if not p["derived"]}
    derived = {p["other"] for p in pairs if p["derived"]} - shown

    def best(key: str) -> tuple[int, str]:
        if key in derived or key.startswith(("name:", "HF-")):
            return len(RANKED) + 2, key
        ranks = (i for i, prefix in enumerate(RANKED) if key.startswith(prefix + "-"))
        return next(ranks, len(RANKED) + key.startswith("own:")), key

    return united([(p["one"], p["other"]) for p in (*pairs, *namesakes)], best)


def _set_canonical(engine: Engine, found: Mapping[str, str]) -> None:
    import pyarrow as pa

    moved = sorted((one, key) for one, key in found.items() if one != key)
    ids, keys = [m[0] for m in moved], [m[1] for m in moved]
    engine.register("canonical", pa.table({"id": pa.array(ids, pa.string()), "key": pa.array(keys, pa.string())}))
