"""Registers of organisations, read into one shape whatever their columns are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from holdfast.core.figures import Source
from holdfast.core.problem import HoldfastError, Problem
from holdfast.packs import Pack
from holdfast.suppliers.adapters import ADAPTERS, Adapter
from holdfast.suppliers.adapters.base import Layout
from holdfast.suppliers.files import read_columns, shape
from holdfast.suppliers.identifiers import Schemes, sic_section_sql

if TYPE_CHECKING:
    import pyarrow as pa

RegisterKind = Literal["companies", "charities", "mutuals", "coops", "public-bodies", "premises", "own"]
KINDS: tuple[RegisterKind, ...] = ("companies", "charities", "mutuals", "coops", "public-bodies", "premises", "own")


@dataclass(frozen=True, slots=True)
class Register:
    """A register as every later step sees it.

    ``organisations``: one row per entry (``org`` number, ``org_id, name, postcode, town, status`` live or dissolved,
    ``kind, ownership, size, why, sector, founded, ended``), all but ``org`` and ``name`` null where not stated ·
    ``names``: ``org, name, how`` (``current``, ``previous``, ``alias``) · ``same``: ``one, other, derived``,
    identifiers of one organisation · ``premises``: ``name, postcode`` of local premises (then the others are empty).
    """

    kind: RegisterKind
    path: Path
    title: str
    organisations: pa.Table
    names: pa.Table
    same: pa.Table
    premises: pa.Table
    source: Source
    problems: tuple[Problem, ...] = ()


def load_register(kind: str, path: Path, pack: Pack) -> Register:
    """Recognise a register by its columns and read it (CSV in UTF-8 or cp1252, also gzipped; or a JSON list).

    Raises ``HoldfastError``: HF501 naming the columns found and those needed; HF104 where it cannot be opened.
    """
    told = _kind(kind, path)
    seen = shape(path)
    columns = frozenset(seen.columns)
    adapter = recognise(told, columns, path)
    source = read_columns(seen, adapter.needs | adapter.uses)
    layout = adapter.layout(Schemes.of(pack), columns, told)
    tables = _read(layout, source, adapter.premises)
    about = Source(name=adapter.title, licence=adapter.licence, sha256=_sha256(path), note=path.name)
    return Register(told, path, adapter.title, *tables, about)


def recognise(kind: RegisterKind, columns: frozenset[str], path: Path) -> Adapter:
    """The first adapter of that kind whose columns are all there. Raises HF501."""
    fitting = [a for a in ADAPTERS if a.fits(columns)]
    for adapter in fitting:
        if kind in adapter.kinds:
            return adapter
    needed = "; or ".join(f"{', '.join(sorted(a.needs))} ({a.title})" for a in ADAPTERS if kind in a.kinds)
    found = sorted(columns)[:30] + (["…"] if len(columns) > 30 else [])
    hint = None
    if fitting:
        hint = f'It looks like {fitting[0].title}: set kind = "{sorted(fitting[0].kinds)[0]}".'
    raise HoldfastError(
        Problem(
            "HF501",
            f"{path.name} is not a register of {kind}. Columns found: {', '.join(found) or 'none'}. Needed: {needed}.",
            file=str(path),
            help=hint,
        )
    )


def _kind(kind: str, path: Path) -> RegisterKind:
    for known in KINDS:
        if kind == known:
            return known
    raise HoldfastError(
        Problem("HF501", f"There is no kind of register {kind!r}. There are: {', '.join(KINDS)}.", file=str(path)),
        exit_code=2,
    )


def _read(layout: Layout, source: pa.Table, premises: bool) -> tuple[pa.Table, pa.Table, pa.Table, pa.Table]:
    from holdfast.engine.duck import Engine

    engine = Engine(threads=1)
    try:
        engine.register("source", source)
        kept = f"({layout.keep}) AND {_clean(layout.name)} IS NOT NULL"
        nothing = "AND false" if premises else ""
        organisations = engine.arrow(_organisations(layout, f"{kept} {nothing}"))
        names = engine.arrow(
            f"SELECT DISTINCT org, name, how FROM ({_names(layout, kept)}) WHERE true {nothing} ORDER BY ALL"
        )
        same = engine.arrow(_same(layout.same))
        places = (
            f"SELECT DISTINCT {_clean(layout.name)} AS name, upper({_clean(layout.postcode)}) AS postcode FROM source"
        )
        wanted = f"WHERE {kept} AND {_clean(layout.postcode)} IS NOT NULL" if premises else "WHERE false"
        return organisations, names, same, engine.arrow(f"{places} {wanted} ORDER BY ALL")
    finally:
        engine.close()


def _clean(expression: str) -> str:
    """Outer spaces off; blanks and the marks for *nothing* are null."""
    tidy = f"trim(CAST({expression} AS VARCHAR))"
    return f"CASE WHEN {tidy} IN ('', 'NA', 'N/A', 'null', '-') THEN NULL ELSE {tidy} END"


def _organisations(layout: Layout, kept: str) -> str:
    """What a few columns say is worked out once for each of their combinations, and joined on."""
    said = {
        "status": layout.status,
        "kind": layout.kind,
        "ownership": layout.ownership,
        "size": layout.size,
        "why": layout.why,
    }
    own = {
        "org_id": layout.org_id,
        "name": _clean(layout.name),
        "postcode": f"upper({_clean(layout.postcode)})",
        "town": _clean(layout.town),
        "sector": sic_section_sql(layout.sic),
        "founded": layout.founded,
        "ended": layout.ended,
    }
    if not layout.said_by:
        return f"SELECT org, {_listed(own | said)} FROM source WHERE {kept} ORDER BY org"
    keys = ", ".join(layout.said_by)
    alike = " AND ".join(f"s.{key} IS NOT DISTINCT FROM f.{key}" for key in layout.said_by)
    worked_out = _listed({f"said_{name}": sql for name, sql in said.items()})
    few = f"SELECT {keys}, {worked_out} FROM (SELECT DISTINCT {keys} FROM source)"
    picked = ", ".join(f"f.said_{name} AS {name}" for name in said)
    many = f"SELECT org, {keys}, {_listed({f'own_{name}': sql for name, sql in own.items()})} FROM source WHERE {kept}"
    mine = ", ".join(f"s.own_{name} AS {name}" for name in own)
    return f"SELECT s.org, {mine}, {picked} FROM ({many}) s LEFT JOIN ({few}) f ON {alike} ORDER BY s.org"


def _listed(columns: Mapping[str, str]) -> str:
    return ", ".join(f"CAST({sql} AS VARCHAR) AS {name}" for name, sql in columns.items())


def _names(layout: Layout, kept: str) -> str:
    parts = [f"SELECT org, {_clean(layout.name)} AS name, 'current' AS how FROM source WHERE {kept}"]
    name = _clean("name")
    for how, listed in (("previous", layout.previous), ("alias", layout.aliases)):
        if listed:
            each = f"unnest([{', '.join(listed)}])"
            each_row = f"SELECT org, {each} AS one FROM source WHERE {kept}"
            split = f"SELECT org, unnest(string_split(one, '|')) AS name FROM ({each_row})"
            parts.append(f"SELECT org, {name} AS name, '{how}' AS how FROM ({split}) WHERE {name} IS NOT NULL")
    return " UNION ALL ".join(parts)


def _same(pairs: Sequence[tuple[str, str, bool]]) -> str:
    parts: Iterable[str] = (
        f"SELECT {one} AS one, {other} AS other, {derived} AS derived FROM source" for one, other, derived in pairs
    )
    none = "SELECT CAST(NULL AS VARCHAR) AS one, CAST(NULL AS VARCHAR) AS other, false AS derived FROM source"
    union = " UNION ALL ".join(parts) or none
    return f"SELECT DISTINCT * FROM ({union}) WHERE one IS NOT NULL AND other IS NOT NULL AND one <> other ORDER BY ALL"


def _sha256(path: Path) -> str:
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
