"""Answers of a person about suppliers: checked, written as lines of ``decisions.csv``, taken back, handed on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from holdfast.core.problem import HoldfastError, Problem
from holdfast.engine.duck import Engine, quote_text
from holdfast.packs import Pack
from holdfast.packs import load as load_pack
from holdfast.places import says_where
from holdfast.project.inputs import Inputs, gather
from holdfast.project.placefile import load
from holdfast.project.registers import load_registers
from holdfast.project.settings import Settings
from holdfast.project.validating import decisions_of, ring_towns
from holdfast.suppliers import Decision, Register
from holdfast.suppliers.decisions import UNDO, append_decision, in_force, trusted, write_decisions
from holdfast.suppliers.identifiers import Schemes, company_sql

FILE = "decisions.csv"
_ORG_ID = re.compile(r"[A-Z]{2}-[A-Z0-9]+-[A-Za-z0-9/.]+")
#: Organisations shown for a search.
MOST = 9


@dataclass(frozen=True, slots=True)
class Found:
    """An organisation in a register of the project."""

    key: str
    name: str
    where: str
    status: str


class Desk:
    """Where a person's answers are written. Registers are read when something is looked up in them."""

    def __init__(self, project: Path, data: Sequence[Path] = ()) -> None:
        self.project = project
        self.settings: Settings = load(project)
        self.pack: Pack = load_pack(self.settings.place.country)
        self.inputs: Inputs = gather(project, self.settings, data)
        self.path = project / FILE
        self._registers: tuple[Register, ...] | None = None

    def decided(self) -> set[str]:
        """Core names about which there is an answer in force."""
        answers = in_force(decisions_of(gather(self.project, self.settings, self._data()))[0])
        return {*answers.who, *answers.where}

    def _data(self) -> Sequence[Path]:
        return self.inputs.roots.folders[1:]

    def write(self, supplier: str, *, org_id: str = "", place: str = "", by: str, why: str = "") -> Decision:
        """Add an answer. Raises HF501 for a file that cannot be added to, HF903 where it cannot be written."""
        decision = Decision(supplier, org_id, by, date.today().isoformat(), why, place)
        try:
            append_decision(self.path, decision)
        except OSError as error:
            said = f"{FILE} cannot be written: {error.strerror or error}."
            raise HoldfastError(Problem("HF903", said, file=FILE), exit_code=1) from error
        return decision

    def undo(self, supplier: str, by: str) -> Decision:
        """Take back what was said about a supplier, by another line."""
        return self.write(supplier, org_id=UNDO, by=by)

    def export(self, path: Path, name: str) -> int:
        """Write the answers in force for other places, as said by this one; persons are not named."""
        own = [d for d in decisions_of(self.inputs)[0] if not d.file]
        return write_decisions(path, trusted(own, name))

    def identifier(self, text: str) -> str:
        """An identifier as typed, in full; a bare number is a company's. Raises HF504."""
        typed = text.strip()
        if _ORG_ID.fullmatch(typed) or typed.startswith("name:"):
            return typed
        engine = Engine(threads=1)
        try:
            sql = company_sql(quote_text(typed), Schemes.of(self.pack))
            known = engine.rows(f"SELECT {sql} AS id")[0]["id"]
        finally:
            engine.close()
        if not known or not any(c.isdigit() for c in typed):
            help = "Write a company number such as 01234567, or an identifier such as GB-CHC-1234567."
            raise HoldfastError(Problem("HF504", f"{typed} is no number of an organisation.", value=typed, help=help))
        return str(known)

    def place(self, text: str) -> str:
        """Where a supplier is, as typed. Raises HF606 for what would place it nowhere."""
        if says_where(text, self.pack, ring_towns(self.settings)):
            return text
        said = f"{text} is no postcode, and no council's area of that name is known."
        raise HoldfastError(Problem("HF606", said, value=text, help="Give the postcode, or the council district."))

    def find(self, words: str) -> list[Found]:
        """Organisations in the registers whose name has all the words, those whose name begins with them first."""
        wanted = [w for w in re.split(r"\W+", words.upper()) if w]
        if not wanted:
            return []
        if self._registers is None:
            self._registers = load_registers(self.settings, self.inputs.registers, self.pack, ("", ""))
        engine = Engine()
        try:
            parts = [_search(engine, i, r, wanted) for i, r in enumerate(self._registers) if r.kind not in _NAMELESS]
            if not parts:
                return []
            rows = engine.rows(
                f"SELECT key, min(name) AS name, min(place) AS place, min(status) AS status FROM "
                f"({' UNION ALL '.join(parts)}) GROUP BY key "
                f"ORDER BY NOT starts_with(upper(min(name)), {quote_text(wanted[0])}), length(min(name)), key "
                f"LIMIT {MOST}"
            )
        finally:
            engine.close()
        return [_found(row) for row in rows]


_NAMELESS = ("premises", "owners")


def _search(engine: Engine, number: int, register: Register, wanted: Sequence[str]) -> str:
    engine.register(f"names_{number}", register.names)
    engine.register(f"organisations_{number}", register.organisations)
    tests = " AND ".join(f"contains(upper(n.name), {quote_text(word)})" for word in wanted)
    return (
        f"SELECT coalesce(o.org_id, 'name:' || upper(o.name)) AS key, o.name, "
        f"concat_ws(', ', o.town, o.postcode) AS place, o.status "
        f"FROM names_{number} n JOIN organisations_{number} o USING (org) WHERE {tests}"
    )


def _found(row: dict[str, Any]) -> Found:
    key = row["key"]
    if key.startswith("name:"):
        from holdfast.engine.primitives import name_parts

        key = f"name:{name_parts(row['name']).core}"
    return Found(key, row["name"], row["place"] or "", row["status"] or "")
