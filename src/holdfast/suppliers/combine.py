"""Several registers as one: every identifier of an organisation leads to the same key, every name it goes by is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from holdfast.engine.primitives import name_parts_sql
from holdfast.suppliers.clusters import united
from holdfast.suppliers.identifiers import RANKED
from holdfast.suppliers.register import Register

if TYPE_CHECKING:
    from holdfast.engine.duck import Engine

#: Legal form at the end of a plain name, with the ways of writing LIMITED made one.
FORM = (
    "replace(replace(regexp_extract({plain}, ' (LTD|LIMITED|PLC|LLP|CIC|CIO|COMMUNITY INTEREST COMPANY|INC|LLC)$', 1), "
    "'LIMITED', 'LTD'), 'COMMUNITY INTEREST COMPANY', 'CIC')"
)


#: When entries of different registers with one full name are taken for one organisation: a legal form is in the name (a
#: charity and a company may share a bare one), or one of the two registers has no number of its own. Never two charity
#: registers, which cover different countries.
_NAMESAKES = (
    "(form <> '' OR (count(*) = 2 AND bool_or(scheme IN ('name:', 'own:', 'HF-CUK-', 'GB-SHPE-')))) "
    "AND count(*) FILTER (scheme IN ('GB-CHC-', 'GB-SC-', 'GB-NIC-')) < 2"
)


def combine(engine: Engine, registers: Sequence[Register]) -> None:
    """Make these tables from the registers, in their order:

    ``entries``: one row per register entry with ``key`` (the identifier the organisation goes by, or ``name:CORE``) ·
    ``listed``: ``core, form, key, how, rank`` of every name · ``canonical``: ``id, key`` for identifiers that lead to
    another · ``premises``: ``core, postcode``.
    """
    _stack(engine, registers)
    parts = name_parts_sql("(SELECT DISTINCT name FROM raw_names)", "name")
    engine.execute(f"CREATE TEMP TABLE parts AS SELECT name, core, {FORM.format(plain='plain')} AS form FROM ({parts})")
    engine.execute(
        "CREATE TEMP TABLE raw_keys AS SELECT e.*, p.core, p.form, coalesce(e.org_id, 'name:' || p.core) AS raw_key "
        "FROM raw_entries e JOIN parts p USING (name)"
    )
    _canonical(engine)
    engine.execute(
        "CREATE TEMP TABLE entries AS SELECT r.* EXCLUDE (raw_key), coalesce(c.key, r.raw_key) AS key "
        "FROM raw_keys r LEFT JOIN canonical c ON c.id = r.raw_key"
    )
    engine.execute(
        "CREATE TEMP TABLE listed AS SELECT p.core, p.form, e.key, n.how, min(e.reg) AS reg, min(e.postcode) AS postcode, "
        "bool_or(coalesce(e.kind, '') = 'company') AS company, bool_or(e.status = 'dissolved') AS dissolved "
        "FROM raw_names n JOIN parts p USING (name) JOIN entries e ON e.reg = n.reg AND e.org = n.org "
        "WHERE p.core <> '' GROUP BY p.core, p.form, e.key, n.how"
    )
    premises = name_parts_sql("raw_premises", "name")
    engine.execute(f"CREATE TEMP TABLE premises AS SELECT DISTINCT core, postcode FROM ({premises}) WHERE core <> ''")


def _stack(engine: Engine, registers: Sequence[Register]) -> None:
    """All registers under one another, ``reg`` saying which."""
    empty = {
        "raw_entries": "SELECT 0 AS reg, 0::BIGINT AS org, '' AS org_id, '' AS name, '' AS postcode, '' AS town, '' AS sector, "
        "'' AS status, '' AS kind, '' AS ownership, '' AS size, '' AS why WHERE false",
        "raw_names": "SELECT 0 AS reg, 0::BIGINT AS org, '' AS name, '' AS how WHERE false",
        "raw_same": "SELECT '' AS one, '' AS other, false AS derived WHERE false",
        "raw_premises": "SELECT '' AS name, '' AS postcode WHERE false",
    }
    parts = {name: [sql] for name, sql in empty.items()}
    for i, register in enumerate(registers):
        for name, table in (("organisations", register.organisations), ("names", register.names), ("same", register.same),
                            ("premises", register.premises)):  # fmt: skip
            engine.register(f"r{i}_{name}", table)
        parts["raw_entries"].append(
            f"SELECT {i}, org, org_id, name, postcode, town, sector, status, kind, ownership, size, why FROM r{i}_organisations"
        )
        parts["raw_names"].append(f"SELECT {i}, org, name, how FROM r{i}_names")
        parts["raw_same"].append(f"SELECT one, other, derived FROM r{i}_same")
        parts["raw_premises"].append(f"SELECT name, postcode FROM r{i}_premises")
    for name, listed in parts.items():
        engine.execute(f"CREATE TEMP TABLE {name} AS {' UNION ALL '.join(listed)}")


def _canonical(engine: Engine) -> None:
    """Identifiers known to be of one organisation, and entries of different registers with one full name, become one."""
    import pyarrow as pa

    pairs = engine.rows("SELECT one, other, derived FROM raw_same ORDER BY ALL")
    derived = {p["other"] for p in pairs if p["derived"]} - {p["one"] for p in pairs} - {
        p["other"] for p in pairs if not p["derived"]
    }  # fmt: skip
    namesakes = engine.rows(
        "WITH keys AS (SELECT DISTINCT core, form, raw_key, regexp_extract(raw_key, '^(name:|own:|[A-Z]+-[A-Z]+-)', 1) AS scheme "
        "FROM raw_keys WHERE core <> ''), "
        "one_each AS (SELECT core, form FROM keys GROUP BY core, form "
        f"HAVING count(*) > 1 AND count(*) = count(DISTINCT scheme) AND {_NAMESAKES}) "
        "SELECT min(raw_key) OVER (PARTITION BY core, form) AS one, raw_key AS other FROM keys "
        "JOIN one_each USING (core, form) ORDER BY ALL"
    )

    def best(key: str) -> tuple[int, str]:
        if key in derived or key.startswith(("name:", "HF-")):
            return len(RANKED) + 2, key
        ranks = (i for i, prefix in enumerate(RANKED) if key.startswith(prefix + "-"))
        return next(ranks, len(RANKED) + key.startswith("own:")), key

    found = united([(p["one"], p["other"]) for p in (*pairs, *namesakes)], best)
    moved = sorted((one, key) for one, key in found.items() if one != key)
    table = pa.table({"id": pa.array([m[0] for m in moved], pa.string()), "key": pa.array([m[1] for m in moved], pa.string())})
    engine.register("canonical", table)
