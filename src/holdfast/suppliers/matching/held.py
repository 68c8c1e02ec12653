"""Names not to be matched, or only with their own kind: persons, what is withheld, schools, practices, councils."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from holdfast.packs import Pack

#: Kinds of body by name that no company of the same name is.
BODIES = frozenset({"public body", "school", "doctors' practice"})


@dataclass(frozen=True, slots=True)
class Told:
    """What a name tells by itself. ``never``: why it should not be matched at all, blank for no reason · ``person``:
    whether it has the form of a private person's · ``kind``: blank for unknown · ``company``: whether a legal form of
    companies is in it."""

    never: str = ""
    person: bool = False
    kind: str = ""
    company: bool = False


def told_by(names: Sequence[str], pack: Pack) -> list[Told]:
    """What each name tells, by the pack's rules and by its form."""
    if not names:
        return []
    import pyarrow as pa

    from holdfast.engine.duck import Engine
    from holdfast.suppliers import persons
    from holdfast.suppliers.prepare import rule_tables, ruled

    engine = Engine(threads=1)
    try:
        rule_tables(engine, pack)
        distinct = sorted(set(names))
        engine.register("given", pa.table({"supplier": pa.array(distinct, pa.string())}))
        ruled(engine, "names", "given", "supplier", pack)
        persons.find(engine, pack)
        rows = engine.rows("""
            SELECT n.supplier, n.plain, n.core, n.form, n.rule_kind, n.rule_why, l.supplier IS NOT NULL AS likely
            FROM names n LEFT JOIN likely l USING (supplier)
        """)
    finally:
        engine.close()
    found = {row["supplier"]: _told(row) for row in rows}
    return [found[name] for name in names]


def _told(row: dict[str, str]) -> Told:
    plain = row["plain"]
    if not any(c.isalpha() for c in row["core"]):
        return Told(never="no name to go by")
    if row["rule_kind"] == "not disclosed":
        return Told(never=row["rule_why"])
    if row["rule_kind"] == "person":
        return Told(never=row["rule_why"], person=True)
    for which, words, unless, why in _held():
        if words.search(plain) and not (unless and unless.search(plain)):
            if which == "generic":
                return Told(never=why)
            return Told(kind="doctors' practice")
    return Told(person=bool(row["likely"]), kind=row["rule_kind"] or "", company=row["form"] != "")


@cache
def _held() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None, str], ...]:
    text = files("holdfast.suppliers.matching").joinpath("held.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple((r["hold"], _whole(r["words"]), _whole(r["unless"]) if r["unless"] else None, r["why"]) for r in rows)


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(words if words.startswith("^") else rf"\b(?:{words})\b", re.ASCII)


def against(asked: Told, listed: Told, same_postcode: bool) -> str:
    """Why a name should not be matched with another one; blank where it may."""
    if asked.never:
        return asked.never
    if asked.person and not same_postcode:
        return "the name has the form of a private person's"
    if asked.kind in BODIES and not asked.company and listed.kind != asked.kind and listed.company:
        return f"by its name a {asked.kind}, and no company"
    if listed.kind in BODIES - {asked.kind} and asked.company and not listed.company:
        return f"the register's is by its name a {listed.kind}"
    return ""
