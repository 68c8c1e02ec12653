"""What people decided: who a name is, which payments are no purchases. Append-only records that outrank every rule."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from holdfast.core.disk import whole_or_nothing
from holdfast.core.problem import HoldfastError, Problem
from holdfast.engine.primitives import name_parts
from holdfast.suppliers.files import Shape, read_columns, shape

#: What stands for an identifier in a line that takes the earlier answers about a supplier back.
UNDO = "undo"
#: The columns of ``decisions.csv``, in the order in which a new file has them.
COLUMNS = ("supplier", "org_id", "place", "by", "when", "why")

#: The answers of scope: what third-party purchases are not.
SCOPES = (
    "third-party purchases",
    "tax",
    "precepts",
    "treasury and loans",
    "pensions",
    "payroll",
    "benefits",
    "grants",
    "transfers between public bodies",
    "payments to persons",
    "within the body",
)


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on who a supplier is.

    ``supplier`` the name as published (compared by core name, so its spellings follow) · ``org_id`` an org-id.guide
    identifier (``GB-COH-00123456``), a plain ``name:CORE NAME`` key, :data:`UNDO`, or blank for *none of those offered*
    · ``place`` a postcode or town where it is; with it a blank ``org_id`` says nothing about who it is · ``file`` the
    file it stands in, blank for the project's own.
    """

    supplier: str
    org_id: str
    by: str = ""
    when: str = ""
    why: str = ""
    place: str = ""
    row: int = field(default=0, compare=False)
    file: str = field(default="", compare=False)

    @property
    def core(self) -> str:
        """What its supplier is compared by."""
        return name_parts(self.supplier).core

    @property
    def undoes(self) -> bool:
        return self.org_id.lower() == UNDO

    @property
    def identifies(self) -> bool:
        """Whether it says who the supplier is, be it none of those offered."""
        return not self.undoes and bool(self.org_id or not self.place)


@dataclass(frozen=True, slots=True)
class ScopeDecision:
    """A person's word on what payments are. ``category`` blank means every category of the supplier, and vice versa."""

    supplier: str
    category: str
    scope: str
    by: str = ""
    when: str = ""
    why: str = ""
    row: int = field(default=0, compare=False)


def load_decisions(path: Path, file: str = "") -> list[Decision]:
    """``decisions.csv`` (supplier, org_id, place, by, when, why), in order. Raises HF501.

    ``file``: what it is called, where it is not the project's own.
    """
    return [
        Decision(r["supplier"], r["org_id"], r["by"], r["when"], r["why"], r["place"], n, file)
        for n, r in enumerate(_records(path, ("supplier", "org_id"), ("place", "by", "when", "why")), start=2)
    ]


@dataclass(frozen=True, slots=True)
class Answers:
    """What counts in the end, by core name: who suppliers are and where they are."""

    who: dict[str, Decision]
    where: dict[str, Decision]


def in_force(decisions: Iterable[Decision]) -> Answers:
    """The latest answer about each supplier; those before an undoing line are gone."""
    who: dict[str, Decision] = {}
    where: dict[str, Decision] = {}
    for d in decisions:
        core = d.core
        if d.undoes:
            who.pop(core, None)
            where.pop(core, None)
            continue
        if d.identifies:
            who[core] = d
        if d.place:
            where[core] = d
    for answers in (who, where):
        answers.pop("", None)
    return Answers(who, where)


def contradictions(decisions: Iterable[Decision]) -> Iterator[Problem]:
    """HF516 for each answer that differs from one still in force about the same supplier; the later one counts."""
    told: dict[tuple[str, str], Decision] = {}
    for d in decisions:
        core = d.core
        if d.undoes:
            told.pop((core, "who"), None)
            told.pop((core, "where"), None)
            continue
        for what, said, speaks in (("who", d.org_id, d.identifies), ("where", d.place, bool(d.place))):
            before = told.get((core, what)) if speaks else None
            if before is not None and (other := before.org_id if what == "who" else before.place) != said:
                yield _contradiction(before, other, d, said)
            if speaks:
                told[core, what] = d


def _contradiction(before: Decision, other: str, d: Decision, said: str) -> Problem:
    stands = f"{before.file}, row {before.row}" if before.file else f"row {before.row}"
    who = f", by {before.by}" if before.by else ""
    message = f"{d.supplier} is {said or 'none of those offered'} here and {other or 'none'} in {stands}{who}."
    help = f"The later counts. Add a line with org_id {UNDO} after the one that is wrong, and the right one again."
    return Problem("HF516", message, file=d.file or "decisions.csv", row=d.row, value=said or None, help=help)


def append_decision(path: Path, decision: Decision) -> None:
    """Add a line to ``decisions.csv``, which is made where there is none; other lines are left as they are.

    The line is written at once, so that two people or a crash cannot leave half of one. A file of an earlier layout is
    first given the columns it lacks. Raises ``OSError``, and HF501 for a file that is none of decisions.
    """
    if not path.exists() or not path.stat().st_size:
        _write_at_once(path, _line(COLUMNS))
    seen = shape(path)
    folded = [c.strip().lower() for c in seen.headings]
    if missing := [c for c in COLUMNS if c not in folded]:
        if {"supplier", "org_id"} & set(missing):
            load_decisions(path)  # says what is missing
        _with_columns(seen, missing)
        folded += missing
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        ended = file.read(1) == b"\n"
    cells = [getattr(decision, c) if c in COLUMNS else "" for c in folded]
    _write_at_once(path, ("" if ended else "\n") + _line(cells, seen.delimiter), _coding(seen))


def write_decisions(path: Path, decisions: Iterable[Decision]) -> int:
    """Write decisions to a file of their own, whole or not at all; gives how many."""
    listed = [[getattr(d, c) for c in COLUMNS] for d in decisions]
    with whole_or_nothing(path) as beside:
        beside.write_bytes((_line(COLUMNS) + "".join(map(_line, listed))).encode())
    return len(listed)


def _line(cells: Sequence[str], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerow([" ".join(cell.split()) for cell in cells])
    return out.getvalue()


def _coding(seen: Shape) -> str:
    return "utf-8" if seen.encoding.startswith("utf") else "cp1252"


def _write_at_once(path: Path, text: str, encoding: str = "utf-8") -> None:
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, 0o644)
    try:
        os.write(handle, text.encode(encoding, errors="replace"))
        os.fsync(handle)
    finally:
        os.close(handle)


def _with_columns(seen: Shape, missing: Sequence[str]) -> None:
    """The same lines with further columns, which are blank so far."""
    text = seen.path.read_text(encoding="utf-8-sig" if _coding(seen) == "utf-8" else "cp1252")
    head, *lines = [row for row in csv.reader(io.StringIO(text), delimiter=seen.delimiter) if row]
    width = len(head)
    wide = [[*line[:width], *[""] * (width - len(line) + len(missing))] for line in lines]
    rows = [[*head, *missing], *wide]
    text = "".join(_line(row, seen.delimiter) for row in rows)
    with whole_or_nothing(seen.path) as beside:
        beside.write_bytes(text.encode(_coding(seen), errors="replace"))


def trusted(decisions: Iterable[Decision], by: str) -> list[Decision]:
    """What others may trust: the answers in force, said by a body instead of a person."""
    answers = in_force(decisions)
    found = []
    for core in sorted({*answers.who, *answers.where}):
        who, where = answers.who.get(core), answers.where.get(core)
        if who is not None and where is not None and who.org_id:
            found.append(replace(who, place=where.place, by=by))
        else:  # with a place a blank identifier would no longer say that it is none of those offered
            found += [replace(d, place=d.place if d is where else "", by=by) for d in (who, where) if d is not None]
    return found


def load_scope_decisions(path: Path) -> list[ScopeDecision]:
    """``scope.csv`` (supplier, category, scope, by, when, why), in order; later lines outrank earlier ones.

    Raises ``HoldfastError`` HF501 for missing columns and for a scope that does not exist.
    """
    found = []
    for n, r in enumerate(_records(path, ("scope",), ("supplier", "category", "by", "when", "why")), start=2):
        if r["scope"] not in SCOPES:
            said = f"{path.name}, line {n}: there is no scope {r['scope']!r}. There are: {', '.join(SCOPES)}."
            raise HoldfastError(Problem("HF501", said, file=str(path), row=n), exit_code=2)
        found.append(ScopeDecision(r["supplier"], r["category"], r["scope"], r["by"], r["when"], r["why"], n))
    return found


def _records(path: Path, needed: tuple[str, ...], more: tuple[str, ...]) -> list[dict[str, str]]:
    seen = shape(path)
    missing = [c for c in needed if c not in seen.columns]
    if missing:
        have = ", ".join(seen.columns) or "none"
        said = f"{path.name} lacks the column {', '.join(missing)}. Columns found: {have}."
        raise HoldfastError(Problem("HF501", said, file=str(path)), exit_code=2)
    table = read_columns(seen, {*needed, *more})
    return [{c: (r[c] or "").strip() for c in (*needed, *more)} for r in table.to_pylist()]
