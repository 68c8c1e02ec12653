"""Which organisation each payee is, and which payees are one supplier where no register knows it.

Works on the tables that :mod:`holdfast.suppliers.combine` and :mod:`holdfast.suppliers.prepare` make, and leaves
``linked``: one row per payee with ``key, by, evidence``. A later matcher adds its answers to ``links`` after
:func:`_by_exact_name`; whatever stands there first is not replaced.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from holdfast.core.problem import Problem
from holdfast.suppliers.clusters import united

if TYPE_CHECKING:
    import pyarrow as pa

    from holdfast.engine.duck import Engine

#: More unlike names than this under one VAT number: a number of convenience, which shows nothing.
UNLIKE = 6
#: A name as short as this, without legal form, is an abbreviation that many share.
SHORT = 4


def link(engine: Engine) -> None:
    """Fill ``linked``. Each step adds only payees that no earlier step has answered for."""
    engine.execute("CREATE TEMP TABLE links (row BIGINT, key VARCHAR, how VARCHAR, evidence VARCHAR)")
    _by_decision(engine)
    _by_number(engine)
    _by_exact_name(engine)
    _by_namesake(engine)
    for column, words in (("own_vat", "its VAT number"), ("supplier_id", "the anchor''s number for it")):
        _by_shared_number(engine, column, words)
    _clusters(engine)
    engine.execute(
        "CREATE TEMP TABLE linked AS SELECT p.row, "
        "CASE WHEN p.hidden THEN 'name:NOT DISCLOSED' "
        "WHEN l.key IS NOT NULL THEN l.key "
        "WHEN p.person THEN 'person:' || left(sha256(p.core), 12) "
        "ELSE 'name:' || coalesce(c.core_of_cluster, p.core) END AS key, "
        "coalesce(CASE WHEN NOT p.hidden THEN l.how END, 'none') AS how, "
        "CASE WHEN p.hidden THEN 'no name to go by' ELSE coalesce(l.evidence, a.why, 'no number published and no register given "
        "has this name') END || CASE WHEN p.cut AND l.key IS NULL AND NOT p.hidden THEN '; the name may have been cut off' "
        "ELSE '' END AS evidence FROM p LEFT JOIN links l USING (row) LEFT JOIN clusters c ON c.core = p.core "
        "LEFT JOIN unsettled a ON a.core = p.core AND l.row IS NULL"
    )


def _answer(engine: Engine, select: str) -> None:
    """Add answers ``row, key, how, evidence`` for payees that have none yet and may have one."""
    engine.execute(
        f"INSERT INTO links SELECT a.row, coalesce(c.key, a.key), a.how, a.evidence FROM ({select}) a "
        "JOIN p USING (row) LEFT JOIN canonical c ON c.id = a.key "
        "WHERE NOT p.hidden AND a.row NOT IN (SELECT row FROM links) ORDER BY a.row"
    )


def _by_decision(engine: Engine) -> None:
    """A person's word."""
    _answer(engine, "SELECT p.row, d.key, 'decision' AS how, d.evidence FROM p JOIN decided d USING (core)")


def _by_number(engine: Engine) -> None:
    _answer(engine, "SELECT row, own_id AS key, 'identifier' AS how, 'number published with the payment (' || own_id || ')' AS evidence FROM p WHERE own_id IS NOT NULL")
    _answer(engine, "SELECT row, creditor_id AS key, 'creditor list' AS how, 'number in the creditor list (' || creditor_id || ')' AS evidence FROM p WHERE creditor_id IS NOT NULL")


def _by_exact_name(engine: Engine) -> None:
    """One organisation bears the core name, or the postcode or the full name settles which.

    Held back: abbreviations and single words without a legal form (unless a register lists them as an alias or the
    postcode agrees), and public bodies and schools whose namesake is a company.
    """
    engine.execute(
        "CREATE TEMP TABLE asked AS SELECT DISTINCT core AS asked, core, form, replace(upper(coalesce(postcode, creditor_postcode, '')), ' ', '') AS code, "
        "coalesce(rule_kind IN ('public body', 'school') AND form = '', false) AS public FROM p "
        "WHERE NOT hidden AND NOT person AND row NOT IN (SELECT row FROM links) "
        "UNION SELECT DISTINCT core, trading, '', replace(upper(coalesce(postcode, creditor_postcode, '')), ' ', ''), false FROM p "
        "WHERE NOT hidden AND trading LIKE '% %' AND row NOT IN (SELECT row FROM links)"
    )
    engine.execute(
        "CREATE TEMP TABLE settled AS "
        "WITH candidates AS (SELECT a.*, l.key, l.how, "
        "a.code <> '' AND a.code = replace(coalesce(l.postcode, ''), ' ', '') AS here, a.asked <> a.core AS trading, l.dissolved, "
        "CASE WHEN a.code <> '' AND a.code = replace(coalesce(l.postcode, ''), ' ', '') THEN 0 "
        "WHEN a.form = l.form AND l.how <> 'previous' THEN 1 WHEN l.how <> 'previous' THEN 2 ELSE 3 END "
        "+ CASE WHEN a.asked <> a.core THEN 4 ELSE 0 END AS tier "
        "FROM asked a JOIN listed l USING (core) "
        "WHERE NOT (a.public AND l.company) AND (a.form <> '' OR l.how = 'alias' "
        "OR (a.code <> '' AND a.code = replace(coalesce(l.postcode, ''), ' ', '')) "
        f"OR (contains(a.core, ' ') AND length(replace(a.core, ' ', '')) > {SHORT}))), "
        "best AS (SELECT *, min(tier) OVER (PARTITION BY asked, form, code) AS first FROM candidates) "
        "SELECT asked, b.form, b.code, min(key) AS key, count(DISTINCT key) AS keys, min(tier) AS tier, min(how) AS how, bool_and(dissolved) AS dissolved "
        "FROM best b WHERE tier = first GROUP BY ALL"
    )
    engine.execute(
        "CREATE TEMP TABLE unsettled AS SELECT asked AS core, "
        "'the same name but for legal form is borne by ' || max(keys) || ' organisations in the registers' AS why "
        "FROM settled WHERE keys > 1 GROUP BY asked"
    )
    _answer(
        engine,
        "SELECT p.row, s.key, 'exact name' AS how, concat_ws('; ', "
        "CASE WHEN s.tier >= 4 THEN 'same name as the one after trading as' "
        "WHEN s.how = 'previous' THEN 'a previous name in the register' WHEN s.how = 'alias' THEN 'a spelling the register lists' "
        "WHEN s.tier = 1 AND p.form <> '' THEN 'same name with its legal form' ELSE 'same name but for legal form' END, "
        "CASE WHEN s.tier % 4 = 0 THEN 'same postcode' END, CASE WHEN s.dissolved THEN 'the organisation has been dissolved' END, "
        "CASE WHEN p.cut THEN 'the name may have been cut off' END) AS evidence "
        "FROM p JOIN settled s ON s.asked = p.core AND s.form = p.form AND s.keys = 1 "
        "AND s.code = replace(upper(coalesce(p.postcode, p.creditor_postcode, '')), ' ', '') WHERE NOT p.person OR s.tier >= 4",
    )
    _answer(
        engine,
        "SELECT p.row, s.key, 'exact name' AS how, 'same name as the one after trading as' AS evidence "
        "FROM p JOIN settled s ON s.asked = p.core AND s.form = '' AND s.keys = 1 AND s.tier >= 4 "
        "AND s.code = replace(upper(coalesce(p.postcode, p.creditor_postcode, '')), ' ', '') WHERE p.trading <> ''",
    )


def _by_namesake(engine: Engine) -> None:
    """The same core name as a payee whose number is published; where registers know several, only the same anchor's."""
    for scope, where in (("anchor, core", "true"), ("core", "p.core NOT IN (SELECT core FROM unsettled)")):
        _answer(
            engine,
            f"SELECT p.row, k.key, 'exact name' AS how, 'same name but for legal form as a payee whose number is published' AS evidence "
            f"FROM p JOIN (SELECT {scope}, min(key) AS key FROM p JOIN links USING (row) "
            f"WHERE how <> 'exact name' AND core <> '' GROUP BY {scope} HAVING count(DISTINCT key) = 1) k USING ({scope}) "
            f"WHERE NOT p.person AND {where}",
        )


def _by_shared_number(engine: Engine, column: str, words: str) -> None:
    """Payees under one number are one supplier, if one of them is linked and the names are not too unlike.

    The anchor's own number counts only for names that begin with the same word: sundry accounts carry many suppliers.
    """
    alike = "anchor, supplier_id, word" if column == "supplier_id" else "own_vat"
    few = "" if column == "supplier_id" else f" AND count(DISTINCT word) <= {UNLIKE}"
    numbered = f"SELECT *, split_part(core, ' ', 1) AS word FROM p WHERE {column} IS NOT NULL AND NOT hidden AND NOT person"
    _answer(
        engine,
        f"SELECT n.row, k.key, 'identifier' AS how, 'shares {words} with a payee that is linked' AS evidence FROM ({numbered}) n "
        f"JOIN (SELECT {alike}, min(key) AS key FROM ({numbered}) LEFT JOIN links USING (row) "
        f"GROUP BY {alike} HAVING count(DISTINCT key) = 1{few}) k USING ({alike}) WHERE k.key IS NOT NULL",
    )


def _clusters(engine: Engine) -> None:
    """``clusters``: core names of unlinked payees that share a number -> the one most payees bear."""
    import pyarrow as pa

    free = "p.row NOT IN (SELECT row FROM links) AND NOT hidden AND NOT person"
    numbered = f"SELECT *, split_part(core, ' ', 1) AS word FROM p WHERE {free}"
    pairs = engine.rows(
        "WITH n AS (" + numbered + "), groups AS ("
        f"SELECT min(core) AS one, list_distinct(list(core)) AS cores FROM n WHERE own_vat IS NOT NULL GROUP BY own_vat HAVING count(DISTINCT word) <= {UNLIKE} AND count(DISTINCT core) > 1 "
        "UNION ALL SELECT min(core), list_distinct(list(core)) FROM n WHERE supplier_id IS NOT NULL GROUP BY anchor, supplier_id, word HAVING count(DISTINCT core) > 1) "
        "SELECT DISTINCT one, unnest(cores) AS other FROM groups ORDER BY ALL"
    )
    named = sorted({p["one"] for p in pairs} | {p["other"] for p in pairs})
    engine.register("clustered", pa.table({"core": pa.array(named, pa.string())}))
    borne = {r["core"]: r["n"] for r in engine.rows("SELECT core, count(*) AS n FROM p JOIN clustered USING (core) GROUP BY core")}
    best = united([(p["one"], p["other"]) for p in pairs], lambda core: (-borne.get(core, 0), core))
    rows = sorted(best.items())
    table = pa.table(
        {
            "core": pa.array([r[0] for r in rows], pa.string()),
            "core_of_cluster": pa.array([r[1] for r in rows], pa.string()),
        }
    )
    engine.register("clusters", table)


def problems(engine: Engine, creditors: Mapping[str, pa.Table]) -> list[Problem]:
    """What a person should know about the linking."""
    found: list[Problem] = []
    names = engine.rows("SELECT count(*) AS n, min(core) AS first FROM unsettled WHERE core IN (SELECT core FROM p JOIN linked USING (row) WHERE how = 'none')")[0]
    if names["n"]:
        said = f"{names['n']} names on payments are borne by several organisations in the registers and were left unlinked."
        found.append(Problem("HF503", said, count=names["n"], value=names["first"]))
    for column, words in (("bad_company", "company"), ("bad_charity", "charity"), ("bad_vat", "VAT")):
        bad = engine.rows(f"SELECT count(*) AS n FROM numbered WHERE {column}")[0]["n"]
        if bad:
            found.append(Problem("HF504", f"{bad} payees carry a {words} number that cannot be one.", count=bad, column=words))
    for anchor in sorted(creditors):
        if creditors[anchor].num_rows and not _met(engine, anchor):
            found.append(Problem("HF502", f"Nothing in the creditor list of {anchor} occurs in its payments.", value=anchor))
    return found


def _met(engine: Engine, anchor: str) -> bool:
    rows = engine.rows("SELECT anchor FROM p WHERE in_creditors GROUP BY anchor")
    return anchor in {r["anchor"] for r in rows}
