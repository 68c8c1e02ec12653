"""What is known of each supplier: name, kind, owners, size, industry and where it is, each with its source in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from holdfast.engine.primitives import matches_sql
from holdfast.packs import Pack
from holdfast.suppliers.forms import SIZE_BASES
from holdfast.suppliers.particulars import particulars
from holdfast.suppliers.prepare import ruled
from holdfast.suppliers.published import day_of
from holdfast.suppliers.register import Register

if TYPE_CHECKING:
    import pyarrow as pa

    from holdfast.engine.duck import Engine

#: Of what several registers say of one organisation, the more telling counts: a company may be a charity as well.
KIND_ORDER = ("co-operative", "charity", "school", "public body", "company")
OWNER_ORDER = ("co-operative", "public", "social enterprise or charity", "private")


def describe(engine: Engine, registers: Sequence[Register], pack: Pack) -> pa.Table:
    """The columns *added by suppliers*, one row per payee in order."""
    _organisations(engine, registers, pack)
    engine.execute(_SUPPLIERS)
    _whereabouts(engine, pack)
    engine.execute(f"CREATE TEMP TABLE described AS {_ALL}")
    particulars(engine, registers, pack)
    return engine.arrow(
        "SELECT d.* EXCLUDE (row), m.* EXCLUDE (row) FROM described d JOIN particulars m USING (row) ORDER BY d.row"
    )


def _first(column: str, order: Sequence[str] = (), basis: bool = False) -> str:
    """The first value stated, by ``order`` where given, else by register and entry; a size first by what it was told
    by, as a count of staff says more than which accounts were filed."""
    place = "CAST(reg AS BIGINT) * 1000000000 + org"
    if basis:
        whens = " ".join(f"WHEN '{value}' THEN {i}" for i, value in enumerate(SIZE_BASES))
        place = f"CASE coalesce(size_basis, 'stated') {whens} ELSE 9 END * 1000000000000000 + {place}"
    if order:
        whens = " ".join(f"WHEN '{value}' THEN {i}" for i, value in enumerate(order))
        place = f"CASE {column} {whens} END"
    return f"arg_min({column}, {place}) FILTER ({column} IS NOT NULL) AS {column}"


def _organisations(engine: Engine, registers: Sequence[Register], pack: Pack) -> None:
    """``orgs``: one row per organisation that a payee is linked to and a register knows."""
    import pyarrow as pa

    titles = {
        "reg": pa.array(range(len(registers)), pa.int32()),
        "title": pa.array([r.title for r in registers], pa.string()),
        "told": pa.array([", ".join(filter(None, (r.title, r.source.date))) for r in registers], pa.string()),
        "day": pa.array([day_of(r.source.date) for r in registers], pa.date32()),
    }
    engine.register("titles", pa.table(titles))
    # a number that no register holds may belong to an entry without number, of the same name
    engine.execute("""
        CREATE TEMP TABLE known AS
        SELECT k.*, t.title || coalesce(': ' || k.why, '') AS source, t.told, t.day FROM (
            SELECT * FROM entries WHERE key IN (SELECT key FROM linked)
            UNION ALL
            SELECT e.* REPLACE (n.key AS key) FROM entries e JOIN (
                SELECT DISTINCT l.key, 'name:' || p.core AS bare FROM linked l JOIN p USING (row)
                WHERE l.how IN ('identifier', 'creditor list') AND l.key NOT IN (SELECT key FROM entries)
            ) n ON n.bare = e.key
        ) k JOIN titles t USING (reg)
    """)
    engine.execute(f"""
        CREATE TEMP TABLE stated AS
        SELECT key, {_first("name")}, {_first("kind", KIND_ORDER)}, {_first("ownership", OWNER_ORDER)},
            {_first("size", basis=True)}, {_first("sector")}, {_first("postcode")}, {_first("town")},
            string_agg(DISTINCT source, '; ' ORDER BY source) AS sources
        FROM known GROUP BY key
    """)
    # a spelling such as LCC tells nothing, but the name it stands for may
    ruled(engine, "org_names", "(SELECT DISTINCT name FROM stated WHERE kind IS NULL)", "name", pack)
    engine.execute("""
        CREATE TEMP TABLE orgs AS SELECT s.*, r.rule_kind, r.rule_ownership, r.rule_form, r.rule_why, r.rule_area
        FROM stated s
        LEFT JOIN org_names r ON r.name = s.name AND r.rule_kind NOT IN ('person', 'not disclosed')
    """)


#: One row per supplier key, with the name to show: the register's, else the one most payees bear.
_SUPPLIERS = """
CREATE TEMP TABLE suppliers AS
WITH spelt AS (
    SELECT l.key, coalesce(p.shown, p.supplier) AS supplier, count(*) AS n
    FROM p JOIN linked l USING (row) WHERE NOT p.hidden
    GROUP BY l.key, coalesce(p.shown, p.supplier)
), usual AS (
    SELECT key, arg_max(supplier, (n, -length(supplier), supplier)) AS supplier FROM spelt GROUP BY key
)
SELECT u.key, coalesce(o.name, u.supplier) AS name FROM usual u LEFT JOIN orgs o USING (key)
"""


def _whereabouts(engine: Engine, pack: Pack) -> None:
    """``places``: well-formed postcodes of each payee. ``told``: where people said a supplier is.
    ``councils``: the area of those that are a council.
    ``elsewhere``: what other payments to the same supplier or other anchors' lists say of it, if they agree.
    ``branches``: known local premises."""
    form = f"^(?:{pack.postcode_pattern})$"

    def good(code: str) -> str:
        return f"CASE WHEN {matches_sql(_bare(code), form)} THEN {code} END"

    engine.execute(f"""
        CREATE TEMP TABLE places AS
        SELECT p.row, l.key, {good("p.postcode")} AS paid, {good("p.creditor_postcode")} AS listed,
            p.town, p.creditor_town
        FROM p JOIN linked l USING (row)
    """)
    engine.execute(f"""
        CREATE TEMP TABLE elsewhere AS
        SELECT key, CASE WHEN count(DISTINCT {_bare("paid")}) = 1 THEN min(paid) END AS paid,
            CASE WHEN count(DISTINCT {_bare("listed")}) = 1 THEN min(listed) END AS listed
        FROM places
        WHERE key <> 'name:NOT DISCLOSED' AND NOT starts_with(key, 'person:') AND coalesce(paid, listed) IS NOT NULL
        GROUP BY key
    """)
    engine.execute(f"""
        CREATE TEMP TABLE told AS
        SELECT key, {good("place")} AS code, place, area, evidence FROM (
            SELECT l.key, max(d.place) AS place, max(d.area) AS area, max(d.evidence) AS evidence
            FROM p JOIN linked l USING (row) JOIN decided_places d ON d.core IN (p.core, p.paid_core)
            WHERE NOT p.hidden GROUP BY l.key HAVING count(DISTINCT d.place) = 1
        )
    """)
    engine.execute("""
        CREATE TEMP TABLE councils AS
        SELECT key, max(rule_area) AS area FROM (
            SELECT l.key, p.rule_area FROM p JOIN linked l USING (row) WHERE NOT p.hidden
            UNION SELECT o.key, o.rule_area FROM orgs o
        ) WHERE rule_area IS NOT NULL GROUP BY key HAVING count(DISTINCT rule_area) = 1
    """)
    engine.execute("""
        CREATE TEMP TABLE branches AS
        SELECT c.row, list_sort(list_distinct(list(b.postcode))) AS codes
        FROM (
            SELECT row, core FROM p WHERE NOT hidden AND NOT person AND NOT likely
            UNION SELECT l.row, e.core FROM linked l JOIN known e USING (key)
        ) c JOIN premises b USING (core) GROUP BY c.row
    """)


def _bare(code: str) -> str:
    return f"regexp_replace(upper({code}), '[^A-Z0-9]', '', 'g')"


#: What the supplier's name tells, as paid or as registered.
_RULE = "coalesce(CASE WHEN p.rule_kind <> 'person' THEN p.{0} END, o.{0})"
_RULE_KIND, _RULE_OWNER, _RULE_WHY = (_RULE.format(f"rule_{c}") for c in ("kind", "ownership", "why"))
#: What the list tells that the identifier belongs to.
_BY_ID = (
    "CASE WHEN regexp_matches(l.key, '^GB-COH-(IP|SP|RS|NP|NO)') THEN NULL "
    "WHEN regexp_matches(l.key, '^(GB-COH|[A-Z]{2}-(COMPANY|BUSINESS))-') THEN 'company' "
    "WHEN regexp_matches(l.key, '^(GB-CHC|GB-SC|GB-NIC|[A-Z]{2}-CHARITY)-') THEN 'charity' END"
)
#: Nobody and nothing says who it is: a decision that it is none of those offered does not.
_NAMELESS = "(l.how = 'none' OR (l.how = 'decision' AND contains(l.evidence, '(none of the organisations offered)')))"
_PERSON = f"(p.person OR (p.likely AND p.shown IS NULL)) AND {_NAMELESS}"
_KIND = f"""
CASE WHEN p.hidden THEN 'not disclosed' WHEN {_PERSON} THEN 'person'
    WHEN o.kind <> 'company' THEN o.kind WHEN {_RULE_KIND} IN ('co-operative', 'charity') THEN {_RULE_KIND}
    ELSE coalesce(o.kind, {_RULE_KIND}, {_BY_ID}, 'unknown') END
"""
_OWNERSHIP = f"""
CASE WHEN p.hidden OR ({_PERSON}) THEN 'unknown' WHEN o.ownership <> 'private' THEN o.ownership
    WHEN {_RULE_OWNER} IN ('co-operative', 'social enterprise or charity') THEN {_RULE_OWNER}
    ELSE coalesce(o.ownership, CASE WHEN o.kind IS NULL OR o.kind = {_RULE_KIND} THEN {_RULE_OWNER} END,
        CASE WHEN {_BY_ID} = 'charity' THEN 'social enterprise or charity' END, 'unknown') END
"""
_BASED_BY = """
CASE WHEN t.place IS NOT NULL THEN 'decision' WHEN w.paid IS NOT NULL THEN 'postcode in payment'
    WHEN coalesce(w.listed, w.creditor_town) IS NOT NULL THEN 'creditor list'
    WHEN w.town IS NOT NULL THEN 'town in payment' WHEN e.paid IS NOT NULL THEN 'postcode in payment'
    WHEN e.listed IS NOT NULL THEN 'creditor list' WHEN coalesce(o.postcode, o.town) IS NOT NULL THEN 'register'
    WHEN a.area IS NOT NULL THEN 'own area' ELSE 'none' END
"""
_ALL = f"""
WITH based AS (
    SELECT l.row, l.key, l.how, l.evidence, l.score, l.candidate, l.candidate_name,
        p.supplier, p.hidden, {_KIND} AS supplier_kind, {_OWNERSHIP} AS ownership,
        {_RULE_KIND} AS told_kind, {_RULE_WHY} AS told_why, o.size, o.sector, o.sources, {_BASED_BY} AS based_by,
        w.paid, w.listed, w.creditor_town AS list_town, w.town AS paid_town, e.paid AS other_paid,
        e.listed AS other_listed, o.postcode AS org_postcode, o.town AS org_town, b.codes,
        t.code AS told_code, CASE WHEN coalesce(t.code, t.area) IS NULL THEN t.place END AS told_town,
        t.area AS told_area, t.evidence AS told_by, a.area
    FROM linked l JOIN p USING (row) JOIN places w USING (row)
    LEFT JOIN orgs o ON o.key = l.key LEFT JOIN elsewhere e ON e.key = l.key LEFT JOIN branches b ON b.row = l.row
    LEFT JOIN told t ON t.key = l.key LEFT JOIN councils a ON a.key = l.key
)
SELECT b.row, b.key AS supplier_key,
    CASE WHEN b.hidden THEN 'Not disclosed' WHEN b.supplier_kind = 'person' THEN 'A person'
        ELSE coalesce(s.name, b.supplier) END AS supplier_name,
    CASE WHEN regexp_matches(b.key, '^[A-Z]{{2}}-[A-Z0-9]+-') AND NOT starts_with(b.key, 'HF-')
        THEN b.key END AS org_id,
    b.how AS matched_by,
    concat_ws('; ', b.evidence, b.sources,
        CASE WHEN b.told_kind = b.supplier_kind AND (b.sources IS NULL OR b.supplier_kind <> 'company')
            THEN b.told_why END,
        CASE WHEN b.based_by IN ('postcode in payment', 'creditor list')
            AND coalesce(b.paid, b.listed, b.list_town) IS NULL
            THEN 'postcode from another payment or list of the same supplier' END,
        CASE WHEN b.based_by = 'decision' AND NOT contains(b.evidence, b.told_by)
            THEN 'where it is: ' || b.told_by END) AS evidence,
    CAST(b.score AS DECIMAL(5, 4)) AS match_score, b.candidate AS candidate_key, b.candidate_name,
    b.supplier_kind, b.ownership,
    CASE WHEN b.supplier_kind IN ('not disclosed', 'person') THEN 'unknown'
        ELSE coalesce(b.size, 'unknown') END AS size,
    b.sector,
    CASE b.based_by WHEN 'decision' THEN b.told_code
        WHEN 'postcode in payment' THEN coalesce(b.paid, b.other_paid)
        WHEN 'creditor list' THEN coalesce(b.listed, CASE WHEN b.list_town IS NULL THEN b.other_listed END)
        WHEN 'register' THEN b.org_postcode END AS based_postcode,
    CASE b.based_by WHEN 'decision' THEN b.told_town WHEN 'creditor list' THEN b.list_town
        WHEN 'register' THEN b.org_town WHEN 'own area' THEN NULL WHEN 'none' THEN NULL
        ELSE b.paid_town END AS based_town,
    CASE b.based_by WHEN 'own area' THEN b.area WHEN 'decision' THEN b.told_area END AS based_area,
    b.based_by, b.codes AS branch_postcodes
FROM based b LEFT JOIN suppliers s USING (key) ORDER BY b.row
"""
