"""A register's rows, as read, made into the tables that every register has: the queries that a layout stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from holdfast.engine.primitives import name_parts_sql
from holdfast.suppliers.adapters.base import Layout, Owner
from holdfast.suppliers.identifiers import sic_section_sql

if TYPE_CHECKING:
    import pyarrow as pa

    from holdfast.engine.duck import Engine

#: Legal form at the end of a plain name, with the ways of writing LIMITED made one.
_ENDS = "LTD|LIMITED|PLC|LLP|CIC|CIO|COMMUNITY INTEREST COMPANY|INC|LLC"
FORM = (
    f"replace(replace(regexp_extract({{plain}}, ' ({_ENDS})$', 1), "
    "'LIMITED', 'LTD'), 'COMMUNITY INTEREST COMPANY', 'CIC')"
)
#: The tables of a register, each with its columns and their types.
TABLES: dict[str, dict[str, str]] = {
    "organisations": {
        "org": "BIGINT",
        **dict.fromkeys(
            ("org_id", "name", "postcode", "town", "sector", "sic", "country", "living_wage", "parent"), "VARCHAR"
        ),
        "founded": "DATE",
        "dissolved": "DATE",
        **dict.fromkeys(("status", "kind", "ownership", "form", "size", "size_basis", "why"), "VARCHAR"),
    },
    "names": {"org": "BIGINT", "name": "VARCHAR", "how": "VARCHAR", "until": "DATE"},
    "same": {"one": "VARCHAR", "other": "VARCHAR", "derived": "BOOLEAN"},
    "premises": {"name": "VARCHAR", "postcode": "VARCHAR"},
    "owners": {
        **dict.fromkeys(("of", "id", "kind", "country"), "VARCHAR"),
        "control": "SMALLINT",
        "since": "DATE",
        "until": "DATE",
    },
}
_DATES = ["%d/%m/%Y", "%Y-%m-%d", "%Y%m%d", "%d-%m-%Y", "%d %B %Y", "%d-%b-%Y", "%d/%m/%y", "%Y/%m/%d"]


def shaped(engine: Engine, layout: Layout, source: pa.Table, premises: bool) -> dict[str, pa.Table]:
    """The tables of :data:`TABLES` made of some rows of a register, whose row number is ``org``."""
    engine.register("source", source)
    kept = f"({layout.keep}) AND {clean(layout.name)} IS NOT NULL"
    queries = {name: empty(name) for name in TABLES}
    if layout.owner:
        queries["owners"] = _owners(layout.owner, layout.rows)
    elif premises:
        queries["premises"] = _premises(layout, kept)
    else:
        queries |= {
            "organisations": _organisations(layout, kept),
            "names": f"SELECT DISTINCT org, name, how, until FROM ({_names(layout, kept)}) ORDER BY ALL",
            "same": _same(layout.same, layout.rows),
        }
    return {name: engine.arrow(query) for name, query in queries.items()}


def with_parts(engine: Engine, names: pa.Table) -> pa.Table:
    """Names with ``core`` and ``form``, as matching compares them."""
    return engine.arrow(parts_sql("names_given"), names_given=names)


def parts_sql(names: str) -> str:
    return (
        f"SELECT org, name, how, until, core, {FORM.format(plain='plain')} AS form "
        f"FROM ({name_parts_sql(names, 'name')})"
    )


def empty(table: str) -> str:
    """A query for no rows of that table."""
    columns = ", ".join(f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in TABLES[table].items())
    return f"SELECT {columns} WHERE false"


def clean(expression: str) -> str:
    """Outer spaces off; blanks and the marks for *nothing* are null."""
    tidy = f"trim(CAST({expression} AS VARCHAR))"
    return f"CASE WHEN {tidy} IN ('', 'NA', 'N/A', 'null', '-') THEN NULL ELSE {tidy} END"


def date_sql(expression: str) -> str:
    """A published date as a date; null where it is none or before the year 1000."""
    if expression == "NULL":
        return "CAST(NULL AS DATE)"
    day = f"split_part(trim(CAST({expression} AS VARCHAR)), 'T', 1)"
    bare = f"regexp_replace({day}, ' +[0-9]{{1,2}}:.*$', '')"
    # tried only where there is something: most dates of dissolution are blank
    return f"CASE WHEN {expression} IS NOT NULL THEN CAST(try_strptime({bare}, {_DATES!r}) AS DATE) END"


def _organisations(layout: Layout, kept: str) -> str:
    """What a few columns say is worked out once for each of their combinations, and joined on."""
    said = {
        "status": layout.status,
        "kind": layout.kind,
        "ownership": layout.ownership,
        "form": layout.form,
        "size": layout.size,
        "size_basis": f"CASE WHEN {layout.size} IS NOT NULL THEN {layout.size_basis} END",
        "why": layout.why,
    }
    own = {
        "org_id": layout.org_id,
        "name": clean(layout.name),
        "postcode": f"upper({clean(layout.postcode)})",
        "town": clean(layout.town),
        "sector": sic_section_sql(layout.sic),
        "sic": _codes(layout.sic_codes or (layout.sic,)),
        "country": clean(layout.country),
        "living_wage": layout.living_wage,
        "parent": clean(layout.parent),
        "founded": date_sql(layout.founded),
        "dissolved": date_sql(layout.dissolved),
    }
    if not layout.said_by:
        return f"SELECT org, {_listed(own | said)} FROM ({_rows(layout)}) WHERE {kept} ORDER BY org"
    keys = ", ".join(layout.said_by)
    alike = " AND ".join(f"s.{key} IS NOT DISTINCT FROM f.{key}" for key in layout.said_by)
    worked_out = _listed({f"said_{name}": sql for name, sql in said.items()})
    few = f"SELECT {keys}, {worked_out} FROM (SELECT DISTINCT {keys} FROM source)"
    picked = ", ".join(f"f.said_{name} AS {name}" for name in said)
    mine_there = _listed({f"own_{name}": sql for name, sql in own.items()})
    many = f"SELECT org, {keys}, {mine_there} FROM source WHERE {kept}"
    mine = ", ".join(f"s.own_{name} AS {name}" for name in own)
    return f"SELECT s.org, {mine}, {picked} FROM ({many}) s LEFT JOIN ({few}) f ON {alike} ORDER BY s.org"


def _rows(layout: Layout) -> str:
    return layout.rows if layout.rows != "source" else "SELECT * FROM source"


def _listed(columns: Mapping[str, str]) -> str:
    types = TABLES["organisations"]
    return ", ".join(
        f"CAST({sql} AS {types[name.removeprefix('said_').removeprefix('own_')]}) AS {name}"
        for name, sql in columns.items()
    )


def _codes(columns: Sequence[str]) -> str:
    """Codes of industries with spaces between: all in the one column there is, or the first in each of several."""
    if len(columns) == 1:
        codes = f"list_distinct(regexp_extract_all({columns[0]}, '\\b[0-9]{{4,5}}\\b'))"
        return f"CASE WHEN {columns[0]} IS NOT NULL THEN nullif(array_to_string(list_sort({codes}), ' '), '') END"
    first = (f"nullif(regexp_extract({column}, '([0-9]{{4,5}})', 1), '')" for column in columns)
    return f"nullif(concat_ws(' ', {', '.join(first)}), '')"


def _names(layout: Layout, kept: str) -> str:
    rows = f"({_rows(layout)})"
    none = "CAST(NULL AS DATE)"
    parts = [f"SELECT org, {clean(layout.name)} AS name, 'current' AS how, {none} AS until FROM {rows} WHERE {kept}"]
    name = clean("name")
    for how, listed in (("previous", layout.previous), ("alias", layout.aliases)):
        if not listed:
            continue
        until = layout.previous_until if how == "previous" else ()
        dates = [date_sql(u) for u in until] or [none] * len(listed)
        some = f"unnest([{', '.join(listed)}]) AS one, unnest([{', '.join(dates)}]) AS until"
        each = f"SELECT org, {some} FROM {rows} WHERE {kept} AND coalesce({', '.join(listed)}) IS NOT NULL"
        split = f"SELECT org, unnest(string_split(one, '|')) AS name, until FROM ({each})"
        parts.append(f"SELECT org, {name} AS name, '{how}' AS how, until FROM ({split}) WHERE {name} IS NOT NULL")
    return " UNION ALL ".join(parts)


def _same(pairs: Sequence[tuple[str, str, bool]], rows: str) -> str:
    if not pairs:
        return empty("same")
    source = f"({rows})" if rows != "source" else rows
    parts: Iterable[str] = (
        f"SELECT {one} AS one, {other} AS other, {derived} AS derived FROM {source}" for one, other, derived in pairs
    )
    union = " UNION ALL ".join(parts)
    return f"SELECT DISTINCT * FROM ({union}) WHERE one IS NOT NULL AND other IS NOT NULL AND one <> other ORDER BY ALL"


def _premises(layout: Layout, kept: str) -> str:
    return (
        f"SELECT DISTINCT {clean(layout.name)} AS name, upper({clean(layout.postcode)}) AS postcode FROM source "
        f"WHERE {kept} AND {clean(layout.postcode)} IS NOT NULL ORDER BY ALL"
    )


def _owners(owner: Owner, rows: str) -> str:
    source = f"({rows})" if rows != "source" else rows
    return f"""
        SELECT {owner.of} AS "of", {owner.id} AS id, {owner.kind} AS kind, {clean(owner.country)} AS country,
            CAST({owner.control} AS SMALLINT) AS control, {date_sql(owner.since)} AS since,
            {date_sql(owner.until)} AS until
        FROM {source} WHERE {owner.of} IS NOT NULL AND {owner.kind} IS NOT NULL ORDER BY ALL
    """
