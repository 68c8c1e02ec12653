"""``categories.csv``: a place's own taxonomy, or its word on single labels and suppliers. It outranks everything."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from holdfast.categories.lists import lists
from holdfast.categories.words import plain
from holdfast.core.problem import HoldfastError, Problem
from holdfast.engine.primitives import name_parts

FILE = "categories.csv"
COLUMNS = ("match", "category")


@dataclass(frozen=True, slots=True)
class Entry:
    """``match`` a publisher's label or code, ``supplier`` a name as published; one of them may be blank."""

    match: str
    category: str
    supplier: str
    row: int

    @property
    def key(self) -> tuple[str, str]:
        """What it is compared by: supplier's core name and label in plain words."""
        return name_parts(self.supplier).core, plain(self.match)


@dataclass(frozen=True, slots=True)
class Own:
    """The entries that count, by supplier and label; a later one outranks an earlier one."""

    entries: Mapping[tuple[str, str], Entry]

    def of(self, core: str, label: str | None, code: str | None) -> Entry | None:
        """The entry for a payment: one for supplier and label before one for the supplier, then the label, the code."""
        texts = [t for t in (plain(label), plain(code)) if t]
        keys = [*((core, t) for t in texts if core), *([(core, "")] if core else []), *(("", t) for t in texts)]
        return next((self.entries[k] for k in keys if k in self.entries), None)


def load_own(path: Path) -> list[Entry]:
    """The lines of ``categories.csv`` (match, category and, if wanted, supplier), in order.

    Raises :class:`HoldfastError` HF520 for a file that is none, and HF521 for every line that says nothing.
    """
    entries, wrong = list[Entry](), list[Problem]()
    for row, line in _lines(path):
        entry = Entry(line.get("match", ""), line.get("category", ""), line.get("supplier", ""), row)
        if not entry.category:
            wrong.append(_silent(path, row, "category", "it gives no category"))
        elif not any(entry.key):
            wrong.append(_silent(path, row, "match", "it names no label, code or supplier"))
        else:
            entries.append(entry)
    if wrong:
        raise HoldfastError(*wrong, exit_code=2)
    return entries


def _silent(path: Path, row: int, column: str, why: str) -> Problem:
    return Problem("HF521", f"A line of {path.name} says nothing: {why}.", file=path.name, row=row, column=column)


def _lines(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(_text(path).splitlines())
    heading = [h.strip().lower() for h in next(reader, [])]
    missing = [c for c in COLUMNS if c not in heading]
    if missing:
        message = f"{path.name} lacks the column {' and '.join(missing)}."
        raise HoldfastError(Problem("HF520", message, file=path.name, row=1), exit_code=2)
    for line in reader:
        cells = [c.strip() for c in line]
        if any(cells):
            yield reader.line_num, dict(zip(heading, cells, strict=False))


def _text(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def in_taxonomy(entries: Iterable[Entry], taxonomy: str, file: str) -> Own:
    """The entries with their categories as the taxonomy has them.

    Any text is a category of a place's ``own`` taxonomy; of CPV and ProClass a code or a name is. Raises
    :class:`HoldfastError` HF522 for every other.
    """
    found: dict[tuple[str, str], Entry] = {}
    wrong = []
    for e in entries:
        category = e.category if taxonomy == "own" else _known(e.category, taxonomy)
        if category is None:
            message = f"{e.category} is no category of {'CPV divisions' if taxonomy == 'cpv' else 'ProClass'}."
            wrong.append(Problem("HF522", message, file=file, row=e.row, column="category", value=e.category))
        else:
            found[e.key] = Entry(e.match, category, e.supplier, e.row)
    if wrong:
        raise HoldfastError(*wrong, exit_code=2)
    return Own(found)


def _known(said: str, taxonomy: str) -> str | None:
    """The code of a category that is given by its code, its name or both."""
    names = lists().proclass if taxonomy == "proclass" else lists().cpv
    if said[:2] in names and (len(said) == 2 or plain(said[2:]) == plain(names[said[:2]])):
        return said[:2]
    meaning = lists().label(said)
    return (meaning.of(taxonomy) or None) if meaning else None


def doubts(entries: Iterable[Entry], used: Collection[tuple[str, str]], file: str) -> Iterator[Problem]:
    """HF523 for entries that no payment meets; HF524 for those that a later one contradicts."""
    latest: dict[tuple[str, str], Entry] = {}
    for e in entries:
        before = latest.get(e.key)
        if before is not None and before.category != e.category:
            message = f"{e.match or e.supplier} is {e.category} here and {before.category} in line {before.row}."
            yield Problem("HF524", message, file=file, row=e.row, value=e.category)
        latest[e.key] = e
    for e in latest.values():
        if e.key not in used:
            message = f"No payment is {' to '.join(t for t in (e.match, e.supplier) if t)}."
            yield Problem("HF523", message, file=file, row=e.row, column="match", value=e.match or None)
