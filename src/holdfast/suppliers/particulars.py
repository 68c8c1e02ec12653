"""What kind of organisation each supplier is in full: form of ownership, size, group, seat, life, owners.

Each comes with where it was told, and how surely (:data:`holdfast.suppliers.forms.CONFIDENCES`). What nothing tells
stays unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from holdfast.engine.duck import quote_text
from holdfast.engine.primitives import matches_sql
from holdfast.packs import Pack
from holdfast.suppliers.controllers import controllers
from holdfast.suppliers.forms import FORMS, SIZE_BASES, form_owner_sql, plain_form_sql
from holdfast.suppliers.kinds import any_of
from holdfast.suppliers.register import Register

if TYPE_CHECKING:
    from holdfast.engine.duck import Engine

#: In words, with the date of the register.
_SAID = "told || coalesce(': ' || why, '')"
_PLACE = "CAST(reg AS BIGINT) * 1000000000 + org"


def particulars(engine: Engine, registers: Sequence[Register], pack: Pack) -> None:
    """``particulars``: one row per row of ``described``, with the columns that follow ``branch_postcodes``."""
    engine.execute("""
        CREATE TEMP TABLE orgs_paid AS
        SELECT l.key, max(p.last_paid) AS last_paid FROM linked l JOIN p USING (row) GROUP BY l.key
    """)
    controllers(engine, registers)
    engine.execute(_stated())
    engine.execute(_PARENTS)
    _groups(engine, pack)
    engine.execute(_more(pack))


def _stated() -> str:
    """``told_of``: what registers say of each organisation, the more telling first, and who says it."""
    forms = " ".join(f"WHEN '{name}' THEN {i}" for i, name in enumerate(FORMS))
    form = f"CASE form {forms} END"
    bases = " ".join(f"WHEN '{basis}' THEN {i}" for i, basis in enumerate(SIZE_BASES))
    basis = f"CASE coalesce(size_basis, 'stated') {bases} ELSE 9 END * 1000000000000000 + {_PLACE}"
    owners = "CASE ownership WHEN 'co-operative' THEN 0 WHEN 'public' THEN 1 WHEN 'private' THEN 3 ELSE 2 END"
    return f"""
        CREATE TEMP TABLE told_of AS
        SELECT key, {_best("form", form)}, {_best("form", form, _SAID, "form_said")},
            {_best("ownership", owners, _SAID, "owner_said")},
            {_best("size", basis, "told", "size_told")},
            {_best("size", basis, "coalesce(size_basis, 'stated')", "size_basis")},
            {_best("sic", _PLACE)}, {_best("founded", _PLACE)}, {_best("dissolved", _PLACE)},
            max(day) FILTER (status = 'live') AS live_on, {_best("country", _PLACE)},
            {_best("country", _PLACE, "told", "country_told")}, max(living_wage) AS living_wage,
            {_best("parent", _PLACE)}, {_best("parent", _PLACE, "told", "parent_told")}
        FROM known GROUP BY key
    """


def _best(column: str, order: str, said: str = "", name: str = "") -> str:
    """Of the entries that state a column the first: its value, or something else it says."""
    return f"arg_min({said or column}, {order}) FILTER ({column} IS NOT NULL) AS {name or column}"


#: The names of companies that control others, where a register holds them.
_PARENTS = """
CREATE TEMP TABLE parents AS
SELECT e.org_id AS id, min(e.name) AS name FROM raw_entries e
WHERE e.org_id IN (SELECT parent FROM controllers WHERE parent IS NOT NULL) GROUP BY e.org_id
"""


def _groups(engine: Engine, pack: Pack) -> None:
    """``grouped``: plain name -> the group it tells of."""
    listed: list[dict[str, Any]] = pack.groups.get("group", [])
    cases = " ".join(f"WHEN {_begins(group)} THEN {quote_text(group['name'])}" for group in listed)
    # one look at every name, and a second at the few that begin as some group does
    some = f"^(?:{'|'.join(word for group in listed for word in group['begins'])})\\b"
    found = f"CASE WHEN {matches_sql('plain', some)} THEN CASE {cases} END END" if cases else "CAST(NULL AS VARCHAR)"
    engine.execute(f"CREATE TEMP TABLE grouped AS SELECT plain, {found} AS name FROM (SELECT DISTINCT plain FROM p)")


def _begins(group: dict[str, Any]) -> str:
    wanted = f"^(?:{'|'.join(group['begins'])})\\b"
    unless = any_of(group.get("unless", ()))
    return matches_sql("plain", wanted) + (f" AND NOT {matches_sql('plain', unless)}" if unless else "")


def _bare(code: str) -> str:
    return f"regexp_replace(upper({code}), '[^A-Z0-9]', '', 'g')"


_SURE = "CASE WHEN how IN ('identifier', 'creditor list', 'decision') THEN 'high' ELSE 'medium' END"
_SIZE_BY = """CASE size_basis WHEN 'staff' THEN 'count of staff' WHEN 'accounts' THEN 'kind of accounts, a proxy'
    ELSE 'stated' END || ' (' || size_told || ')'"""
_ALIVE = """CASE WHEN first_paid IS NULL THEN 'unknown'
    WHEN dissolved < first_paid OR founded > last_paid THEN 'no'
    WHEN dissolved < last_paid OR founded > first_paid THEN 'partly'
    WHEN founded <= first_paid AND (dissolved >= last_paid OR live_on >= last_paid) THEN 'yes' ELSE 'unknown' END"""
_SEAT = f"""CASE WHEN based_by = 'register' THEN 'head office'
    WHEN {_bare("based_postcode")} = {_bare("org_postcode")} THEN 'head office'
    WHEN based_postcode IS NOT NULL AND org_postcode IS NOT NULL THEN 'branch' ELSE 'unknown' END"""
_CONTROLLED = "owners_told || ': controls at least ' || control || ' %'"


def _more(pack: Pack) -> str:
    """``form_from``: 0 an employees' trust, 1 the register's form, 2 the name's, 3 what follows from the owner."""
    abroad = f"country_named IS NOT NULL AND country_named <> {quote_text(pack.name)}"
    return f"""
        CREATE TEMP TABLE particulars AS
        WITH joined AS (
            SELECT d.row, d.supplier_kind, d.ownership, d.size AS final_size, d.matched_by AS how, d.based_by,
                d.based_postcode, d.supplier_kind IN ('person', 'not disclosed') AS nobody,
                p.first_paid, p.last_paid, x.* EXCLUDE (key), o.postcode AS org_postcode,
                coalesce(CASE WHEN p.rule_kind <> 'person' THEN p.rule_form END, o.rule_form) AS rule_form,
                coalesce(CASE WHEN p.rule_kind <> 'person' THEN p.rule_why END, o.rule_why) AS rule_why,
                c.kind AS owner_kind, c.country AS owner_country, c.control, c.parent AS owner_id,
                t.told AS owners_told, n.country AS country_named, g.name AS group_name, r.name AS parent_name
            FROM described d JOIN p USING (row) JOIN linked l USING (row)
            LEFT JOIN told_of x ON x.key = l.key LEFT JOIN orgs o ON o.key = l.key
            LEFT JOIN controllers c ON c.key = l.key LEFT JOIN titles t ON t.reg = c.reg
            LEFT JOIN countries n ON n.spelling = upper(trim(x.country))
            LEFT JOIN grouped g ON g.plain = p.plain LEFT JOIN parents r ON r.id = c.parent
        ), chosen AS (
            SELECT *, CASE WHEN nobody THEN NULL
                WHEN owner_kind = 'employee ownership trust' AND ownership = 'private' THEN 0
                WHEN coalesce({form_owner_sql("form")}, ownership) = ownership AND form IS NOT NULL THEN 1
                WHEN {form_owner_sql("rule_form")} = ownership THEN 2
                WHEN ownership <> 'unknown' THEN 3 END AS form_from
            FROM joined
        )
        SELECT row,
            coalesce(CASE form_from WHEN 0 THEN 'employee-owned company' WHEN 1 THEN form WHEN 2 THEN rule_form
                WHEN 3 THEN {plain_form_sql("ownership", "supplier_kind")} END, 'unknown') AS ownership_form,
            CASE form_from WHEN 0 THEN {_CONTROLLED} WHEN 1 THEN form_said WHEN 2 THEN rule_why
                WHEN 3 THEN coalesce(owner_said, rule_why, 'the list its number belongs to') END AS form_by,
            CASE form_from WHEN 0 THEN 'medium' WHEN 1 THEN {_SURE} WHEN 2 THEN 'low'
                WHEN 3 THEN CASE WHEN owner_said IS NOT NULL THEN {_SURE} WHEN rule_why IS NOT NULL THEN 'low'
                ELSE 'medium' END END AS form_confidence,
            CASE WHEN final_size <> 'unknown' THEN {_SIZE_BY} END AS size_by,
            CASE WHEN final_size <> 'unknown' THEN CASE size_basis WHEN 'staff' THEN 'high' WHEN 'accounts' THEN 'low'
                ELSE 'medium' END END AS size_confidence,
            CASE WHEN NOT nobody THEN coalesce(parent, parent_name, owner_id, {_GROUP}) END AS parent,
            CASE WHEN NOT nobody THEN CASE WHEN parent IS NOT NULL THEN parent_told
                WHEN owner_id IS NOT NULL THEN {_CONTROLLED} WHEN {_GROUP} IS NOT NULL THEN 'its name' END
                END AS parent_by,
            CASE WHEN nobody THEN NULL WHEN parent IS NOT NULL OR owner_id IS NOT NULL THEN {_SURE}
                WHEN {_GROUP} IS NOT NULL THEN 'low' END AS parent_confidence,
            CASE WHEN NOT nobody THEN sic END AS sic,
            CASE WHEN nobody THEN 'unknown' ELSE {_SEAT} END AS seat,
            CASE WHEN NOT nobody THEN founded END AS founded, CASE WHEN NOT nobody THEN dissolved END AS dissolved,
            CASE WHEN nobody THEN 'unknown' ELSE {_ALIVE} END AS alive,
            CASE WHEN nobody THEN 'unknown' ELSE coalesce(owner_kind, CASE WHEN {abroad} THEN 'company' END, 'unknown')
                END AS owner_kind,
            CASE WHEN nobody THEN 'unknown' WHEN owner_kind IS NOT NULL THEN coalesce(owner_country, 'unknown')
                WHEN {abroad} THEN country_named ELSE 'unknown' END AS owner_country,
            CASE WHEN nobody THEN NULL WHEN owner_kind IS NOT NULL THEN {_CONTROLLED}
                WHEN {abroad} THEN 'incorporated there (' || country_told || ')' END AS owner_by,
            CASE WHEN nobody THEN 'unknown' ELSE coalesce(living_wage, 'unknown') END AS living_wage
        FROM chosen
    """


_GROUP = "CASE WHEN supplier_kind IN ('company', 'unknown') THEN group_name END"
