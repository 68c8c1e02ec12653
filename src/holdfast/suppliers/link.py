"""Which organisation each payee is, and which payees are one supplier where no register knows it.

Works on the tables that :mod:`holdfast.suppliers.prepare` and :mod:`holdfast.suppliers.combine` make, and leaves
``linked``: one row per payee with ``key, how, evidence``. Answers gather in ``links``; an earlier one stands. A later
matcher adds its answers after :func:`_by_exact_name`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from holdfast.core.problem import Problem
from holdfast.suppliers.clusters import united
from holdfast.suppliers.persons import WHY
from holdfast.suppliers.variants import variants

if TYPE_CHECKING:
    import pyarrow as pa

    from holdfast.engine.duck import Engine

#: More unlike names than this under one VAT number: a number of convenience, which shows nothing.
UNLIKE = 6
#: A name as short as this, without legal form, is an abbreviation that many share.
SHORT = 4
#: Days after its dissolution for which a firm may still be paid under its name.
LATE = 366

_LINKED = f"""
CREATE TEMP TABLE linked AS
SELECT p.row,
    CASE WHEN p.hidden THEN 'name:NOT DISCLOSED' WHEN l.key IS NOT NULL THEN l.key
        WHEN p.likely AND NOT p.person AND p.shown IS NOT NULL THEN 'name:' || p.trading
        WHEN p.person OR p.likely THEN 'person:' || left(sha256(p.core), 12)
        ELSE 'name:' || coalesce(c.core_of_cluster, p.core) END AS key,
    coalesce(CASE WHEN NOT p.hidden THEN l.how END, 'none') AS how,
    coalesce(l.score, CASE WHEN l.row IS NULL THEN n.score END) AS score,
    CASE WHEN l.row IS NULL THEN n.key END AS candidate, CASE WHEN l.row IS NULL THEN n.shown END AS candidate_name,
    CASE WHEN p.hidden THEN 'no name to go by'
        WHEN p.likely AND NOT p.person AND l.key IS NULL
            THEN CASE WHEN p.shown IS NULL THEN 'person or sole trader: name not shown, {WHY}'
                ELSE 'the name after trading as' END
        WHEN l.row IS NULL AND n.row IS NOT NULL
            THEN 'for a person to look at: ' || n.evidence
                || CASE WHEN n.next_shown IS NOT NULL THEN '; next: ' || n.next_shown ELSE '' END
        ELSE coalesce(l.evidence, u.why, y.why, 'no number published and no register given has this name') END
        || CASE WHEN l.key IS NULL AND c.core_of_cluster <> p.core AND NOT p.hidden
            THEN '; taken for one supplier with ' || c.core_of_cluster ELSE '' END
        || CASE WHEN p.cut AND l.key IS NULL AND NOT p.hidden THEN '; the name may have been cut off' ELSE '' END
        AS evidence
FROM p
LEFT JOIN links l USING (row)
LEFT JOIN offered n USING (row)
LEFT JOIN clusters c ON c.core = p.core
LEFT JOIN unsettled u ON u.core = p.core AND l.row IS NULL
LEFT JOIN untimely y ON y.core = p.core AND y.first_paid = p.first_paid AND l.row IS NULL
"""


def link(engine: Engine) -> None:
    """Fill ``linked``. Each step adds only payees that no earlier step has answered for."""
    engine.execute("CREATE TEMP TABLE links (row BIGINT, key VARCHAR, how VARCHAR, evidence VARCHAR, score DOUBLE)")
    engine.execute("CREATE TEMP TABLE born AS SELECT key, min(founded) AS founded FROM entries GROUP BY key")
    engine.execute(_OFFERED)
    _by_decision(engine)
    _by_number(engine)
    _by_exact_name(engine)
    _by_namesake(engine)
    _answer(engine, _MATCHED)
    _by_shared_number(engine, "own_vat", "its VAT number")
    _by_shared_number(engine, "supplier_id", "the anchor''s number for it")
    _clusters(engine)
    engine.execute(_LINKED)


def _answer(engine: Engine, select: str) -> None:
    """Add answers ``row, key, how, evidence`` for payees that have none yet and may have one.

    A firm that was founded after a payment is never the one that was paid, unless a person says so.
    """
    engine.execute(f"""
        INSERT INTO links
        SELECT a.row, coalesce(c.key, a.key), a.how, a.evidence, CASE WHEN a.how = 'matched name' THEN n.score END
        FROM ({select}) a JOIN p USING (row) LEFT JOIN canonical c ON c.id = a.key LEFT JOIN offered n USING (row)
        LEFT JOIN born b ON b.key = coalesce(c.key, a.key)
        WHERE NOT p.hidden AND a.row NOT IN (SELECT row FROM links) AND (
            a.how = 'decision'
            OR coalesce(b.founded <= CASE WHEN ends_with(a.how, 'name') THEN p.first_paid ELSE p.last_paid END, true)
        )
        ORDER BY a.row
    """)


def _by_decision(engine: Engine) -> None:
    """A person's word on the name as paid, else on the name the creditor list gives."""
    for name in ("paid_core", "core"):
        _answer(
            engine, f"SELECT p.row, d.key, 'decision' AS how, d.evidence FROM p JOIN decided d ON d.core = p.{name}"
        )


def _by_number(engine: Engine) -> None:
    """A company's or charity's number: in the payment, else in the anchor's creditor list."""
    for column, how, words in (
        ("own_id", "identifier", "number published with the payment"),
        ("creditor_id", "creditor list", "number in the creditor list"),
    ):
        _answer(
            engine,
            f"SELECT row, {column} AS key, '{how}' AS how, '{words} (' || {column} || ')' AS evidence "
            f"FROM p WHERE {column} IS NOT NULL",
        )


def _untimely(founded: str, ended: str, paid: str) -> str:
    """SQL for whether an organisation was founded after a day, or had been dissolved so long before it that somebody
    else must be meant."""
    return f"coalesce({founded} > {paid} OR {ended} < {paid} - INTERVAL {LATE} DAY, false)"


#: ``offered``: what the matcher says of each payee it was asked about, but for organisations that did not exist then.
_OFFERED = f"""
CREATE TEMP TABLE offered AS
SELECT p.row, m.result, m.score, m.evidence, h.key, m.shown, m.next_shown, m.next_score
FROM p JOIN matched m ON m.name = coalesce(p.shown, p.supplier) AND m.code = p.code_of_payee
JOIN (SELECT DISTINCT reg, org, key FROM hits) h USING (reg, org)
JOIN raw_entries e USING (reg, org)
WHERE m.result <> 'none' AND NOT p.hidden AND NOT p.person
    AND NOT {_untimely("e.founded", "e.dissolved", "p.first_paid")}
"""
_MATCHED = "SELECT row, key, 'matched name' AS how, evidence FROM offered WHERE result = 'linked'"
#: What is asked of the registers, each once: a legal name, or the name after *trading as* on behalf of a legal name.
_ASKED = """
CREATE TEMP TABLE asked AS
WITH open AS (
    SELECT *, code_of_payee AS code, coalesce(rule_kind IN ('public body', 'school') AND form = '', false) AS public
    FROM p WHERE NOT hidden AND row NOT IN (SELECT row FROM links)
)
SELECT DISTINCT core AS asked, core, form, code, public, likely, first_paid FROM open WHERE NOT person
UNION
SELECT DISTINCT core AS asked, trading AS core, '' AS form, code, false AS public, false AS likely, first_paid
FROM open WHERE trading LIKE '% %'
"""
#: The best candidates of each. Tier 0: same postcode; 1: same legal form too; 2: another form; 3: a previous name; from
#: 4 on the same for a trading name.
_SETTLED = f"""
CREATE TEMP TABLE settled AS
WITH pairs AS (
    SELECT a.*, l.key, l.how, l.dissolved, l.company, a.form = l.form AS same_form,
        {_untimely("l.founded", "l.ended", "a.first_paid")} AS untimely,
        a.code <> '' AND a.code = replace(coalesce(l.postcode, ''), ' ', '') AS here
    FROM asked a JOIN listed l USING (core)
), candidates AS (
    SELECT *, CASE WHEN here THEN 0 WHEN how = 'previous' THEN 3 WHEN same_form THEN 1 ELSE 2 END
        + CASE WHEN asked <> core THEN 4 ELSE 0 END AS tier
    FROM pairs
    WHERE NOT untimely AND NOT (public AND company) AND NOT (likely AND NOT here AND (company OR how = 'previous'))
    AND (
        form <> '' OR how = 'alias' OR here OR (contains(core, ' ') AND length(replace(core, ' ', '')) > {SHORT})
    )
), best AS (
    SELECT *, min(tier) OVER (PARTITION BY asked, form, code, first_paid) AS first FROM candidates
)
SELECT asked, form, code, first_paid, min(key) AS key, count(DISTINCT key) AS keys, min(tier) AS tier, min(how) AS how,
    bool_and(dissolved) AS dissolved
FROM best WHERE tier = first GROUP BY asked, form, code, first_paid
"""
_UNSETTLED = """
CREATE TEMP TABLE unsettled AS
SELECT asked AS core,
    'the same name but for legal form is borne by ' || max(keys) || ' organisations in the registers' AS why
FROM settled WHERE keys > 1 GROUP BY asked
"""
_TOO_LATE = f"""
CREATE TEMP TABLE untimely AS
SELECT a.asked AS core, a.first_paid,
    'the organisation of that name in the registers ' || CASE WHEN bool_or(l.founded > a.first_paid)
        THEN 'was founded after the first payment' ELSE 'had been dissolved more than a year before' END AS why
FROM (SELECT * FROM asked ANTI JOIN settled USING (asked, form, code, first_paid)) a
JOIN listed l ON l.core = a.core
WHERE {_untimely("l.founded", "l.ended", "a.first_paid")} GROUP BY a.asked, a.first_paid
"""
_EXACT = """
SELECT p.row, s.key, 'exact name' AS how, concat_ws('; ',
    CASE WHEN s.tier >= 4 THEN 'same name as the one after trading as'
        WHEN s.how = 'previous' THEN 'a previous name in the register'
        WHEN s.how = 'alias' THEN 'a spelling the register lists'
        WHEN s.tier = 1 AND p.form <> '' THEN 'same name with its legal form'
        ELSE 'same name but for legal form' END,
    CASE WHEN p.core <> p.paid_core THEN 'by its name in the creditor list' END,
    CASE WHEN s.tier % 4 = 0 THEN 'same postcode' END,
    CASE WHEN s.dissolved THEN 'the organisation has been dissolved' END,
    CASE WHEN p.cut THEN 'the name may have been cut off' END) AS evidence
FROM p JOIN settled s ON s.asked = p.core AND s.code = p.code_of_payee AND s.keys = 1
    AND s.first_paid IS NOT DISTINCT FROM p.first_paid
WHERE {}
"""


def _by_exact_name(engine: Engine) -> None:
    """One organisation bears the core name, or the postcode or the full name settles which.

    Held back: abbreviations and single words without a legal form (unless a register lists them as a spelling or the
    postcode agrees), and public bodies and schools whose namesake is a company. A person's name leads nowhere, the name
    a person trades under may; a name that has the form of a person's does not lead to a company without its postcode.
    """
    for statement in (_ASKED, _SETTLED, _UNSETTLED, _TOO_LATE):
        engine.execute(statement)
    _answer(engine, _EXACT.format("s.form = p.form AND s.tier < 4 AND NOT p.person"))
    _answer(engine, _EXACT.format("s.form = '' AND s.tier >= 4 AND p.trading <> ''"))


def _by_namesake(engine: Engine) -> None:
    """The same core name as a payee whose number is published; where registers know several, only the same anchor's."""
    for alike, where in (("anchor, core", "true"), ("core", "p.core NOT IN (SELECT core FROM unsettled)")):
        numbered = f"""
            SELECT {alike}, min(key) AS key FROM p JOIN links USING (row)
            WHERE how <> 'exact name' AND core <> '' GROUP BY {alike} HAVING count(DISTINCT key) = 1
        """
        words = "same name but for legal form as a payee whose number is published"
        _answer(
            engine,
            f"SELECT p.row, k.key, 'exact name' AS how, '{words}' AS evidence "
            f"FROM p JOIN ({numbered}) k USING ({alike}) WHERE NOT p.person AND NOT p.likely AND {where}",
        )


def _by_shared_number(engine: Engine, column: str, words: str) -> None:
    """Payees under one number are one supplier, if one of them is linked and the names are not too unlike.

    The anchor's own number counts only for names that begin with the same word: sundry accounts carry many suppliers.
    """
    alike, few = ("anchor, supplier_id, word", "") if column == "supplier_id" else ("own_vat", f" AND {_FEW}")
    numbered = f"{_WORDED} AND {column} IS NOT NULL"
    _answer(
        engine,
        f"""
        SELECT n.row, k.key, 'identifier' AS how, 'shares {words} with a payee that is linked' AS evidence
        FROM ({numbered}) n JOIN (
            SELECT {alike}, min(key) AS key FROM ({numbered}) LEFT JOIN links USING (row)
            GROUP BY {alike} HAVING count(DISTINCT key) = 1{few}
        ) k USING ({alike})
        """,
    )


_WORDED = "SELECT *, split_part(core, ' ', 1) AS word FROM p WHERE NOT hidden AND NOT person AND NOT likely"
_FEW = f"count(DISTINCT word) <= {UNLIKE}"


def _clusters(engine: Engine) -> None:
    """``clusters``: core names of unlinked payees that share a number or are spellings of one name -> the one most
    payees bear."""
    import pyarrow as pa

    engine.execute(f"CREATE TEMP TABLE free AS {_WORDED} AND row NOT IN (SELECT row FROM links)")
    pairs = engine.rows(f"""
        WITH shared AS (
            SELECT min(core) AS one, list_distinct(list(core)) AS cores FROM free WHERE own_vat IS NOT NULL
            GROUP BY own_vat HAVING {_FEW} AND count(DISTINCT core) > 1
            UNION ALL
            SELECT min(core), list_distinct(list(core)) FROM free WHERE supplier_id IS NOT NULL
            GROUP BY anchor, supplier_id, word HAVING count(DISTINCT core) > 1
        )
        SELECT DISTINCT one, unnest(cores) AS other FROM shared ORDER BY ALL
    """)
    free = engine.rows("SELECT core, min(supplier) AS name FROM free WHERE core <> '' GROUP BY core ORDER BY core")
    spelt = variants({r["core"]: r["name"] for r in free})
    pairs += [{"one": one, "other": other} for one, other in sorted(set(spelt))]
    named = sorted({p["one"] for p in pairs} | {p["other"] for p in pairs})
    engine.register("clustered", pa.table({"core": pa.array(named, pa.string())}))
    counted = engine.rows("SELECT core, count(*) AS n FROM free JOIN clustered USING (core) GROUP BY core")
    borne = {r["core"]: r["n"] for r in counted}
    found = sorted(united([(p["one"], p["other"]) for p in pairs], lambda core: (-borne[core], core)).items())
    names, bests = [f[0] for f in found], [f[1] for f in found]
    table = {"core": pa.array(names, pa.string()), "core_of_cluster": pa.array(bests, pa.string())}
    engine.register("clusters", pa.table(table))


def problems(engine: Engine, creditors: Mapping[str, pa.Table]) -> list[Problem]:
    """What a person should know about the linking: names left open, numbers that cannot be, lists that met nothing."""
    return [*_open_names(engine), *_bad_numbers(engine), *_born_later(engine), *_unmet(engine, creditors)]


def _open_names(engine: Engine) -> list[Problem]:
    told = engine.rows("""
        SELECT count(*) AS n, min(core) AS first FROM unsettled
        WHERE core IN (SELECT core FROM p JOIN linked USING (row) WHERE how = 'none' AND NOT person AND NOT likely)
    """)[0]
    said = f"Names on payments that several organisations in the registers bear, left unlinked: {told['n']}."
    return [Problem("HF503", said, count=told["n"], value=told["first"])] if told["n"] else []


def _bad_numbers(engine: Engine) -> list[Problem]:
    counts = engine.rows("""
        SELECT count(*) FILTER (bad_company) AS company, count(*) FILTER (bad_charity) AS charity,
            count(*) FILTER (bad_vat) AS vat
        FROM numbered
    """)[0]
    words = {"company": "company", "charity": "charity", "vat": "VAT"}
    return [
        Problem(
            "HF504", f"Payees with a {words[which]} number that cannot be one: {n}.", count=n, column=f"{which}_number"
        )
        for which, n in counts.items()
        if n
    ]


def _born_later(engine: Engine) -> list[Problem]:
    told = engine.rows("""
        SELECT count(*) AS n, min(p.own_id) AS first
        FROM p LEFT JOIN canonical c ON c.id = p.own_id JOIN born b ON b.key = coalesce(c.key, p.own_id)
        WHERE b.founded > p.last_paid
    """)[0]
    said = f"Payees with the number of an organisation that was founded after all their payments: {told['n']}."
    return [Problem("HF513", said, count=told["n"], value=told["first"])] if told["n"] else []


def _unmet(engine: Engine, creditors: Mapping[str, pa.Table]) -> list[Problem]:
    met = {r["anchor"] for r in engine.rows("SELECT DISTINCT anchor FROM p WHERE in_creditors")}
    return [
        Problem("HF502", f"Nothing in the creditor list of {anchor} occurs in its payments.", value=anchor)
        for anchor in sorted(creditors)
        if creditors[anchor].num_rows and anchor not in met
    ]
