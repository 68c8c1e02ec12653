"""Header wording: which field a column's name speaks of, and which row is the header."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from holdfast.spend.encoding import undo_double_encoding

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_TRAILING_T = re.compile(r"\((?:t|T)\)\s*$")
_NOT_WORDS = re.compile(r"[^0-9a-zA-ZÀ-ɏ]+")
_CURRENCY_WORDS = re.compile(r"\b(?:gbp|usd|eur|sterling|inr)\b")

#: Fields that a table of payments can have, in the order in which they are settled.
FIELDS = (
    "amount", "supplier", "date", "gross", "vat", "irrecoverable_vat", "credit", "supplier_id", "postcode", "town",
    "company_number", "charity_number", "vat_number", "category", "category_code", "department", "description",
    "reference", "body", "currency", "card", "row_type",
)  # fmt: skip


def normalise(header: str) -> str:
    """``Net Amount (£)`` -> ``net amount``; ``PaymentDate`` -> ``payment date``; marks of double encoding undone."""
    text = undo_double_encoding(header).replace("\ufeff", "").replace("\ufffd", " ").replace("&", " and ")
    text = _TRAILING_T.sub(" ", text)
    text = _CAMEL.sub(" ", text)
    words = _NOT_WORDS.sub(" ", text).strip().lower()
    short = _CURRENCY_WORDS.sub(" ", words).strip()
    return " ".join((short or words).split())


@dataclass(frozen=True)
class HeaderWords:
    """Known header phrases: phrase -> (field, rank). A phrase of rank 100 leaves no doubt."""

    phrases: Mapping[str, tuple[tuple[str, int], ...]]
    _known: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict, compare=False, repr=False)

    def fields(self, header: str) -> tuple[tuple[str, int], ...]:
        """The fields a header may name, with how surely, best first. Unknown wording is tried word by word."""
        found = self._known.get(header)
        if found is None:
            found = self._look_up(header)
            if len(self._known) < 20_000:  # data cells are asked about too; the memory of them stays small
                self._known[header] = found
        return found

    def _look_up(self, header: str) -> tuple[tuple[str, int], ...]:
        phrase = normalise(header)
        if not phrase and any(c in header for c in "£$€"):
            return (("amount", 80),)
        bare = _without_noise(phrase)
        return (
            self.phrases.get(phrase) or self.phrases.get(bare) or self.phrases.get(_summed(bare)) or _by_words(phrase)
        )

    def extended(self, more: Mapping[str, Iterable[str]]) -> HeaderWords:
        """With a country pack's own phrases, which come first."""
        merged = dict(self.phrases)
        for name, phrases in more.items():
            for phrase in phrases:
                merged[normalise(phrase)] = ((name, 100),)
        return HeaderWords(merged)


@cache
def known_headers() -> HeaderWords:
    """The phrases in ``headers.csv``."""
    text = files("holdfast.spend").joinpath("headers.csv").read_text(encoding="utf-8")
    phrases: dict[str, list[tuple[str, int]]] = {}
    for row in csv.DictReader(text.splitlines()):
        phrases.setdefault(row["phrase"], []).append((row["field"], int(row["rank"])))
    return HeaderWords({p: tuple(sorted(f, key=lambda x: -x[1])) for p, f in phrases.items()})


_NOISE = re.compile(r"\b(?:the|of|in|for|a|an|our|full|s|col|column|field|t|no 1|1)\b")


def _without_noise(phrase: str) -> str:
    return " ".join(_NOISE.sub(" ", phrase).split())


def _summed(phrase: str) -> str:
    """What a pivot table adds up: ``sum net`` -> ``net``."""
    return phrase.removeprefix("sum ")


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str, int], ...]:
    """For unknown wording, ``header_rules.csv``: the first rule that fits. Never as sure as a known phrase."""
    text = files("holdfast.spend").joinpath("header_rules.csv").read_text(encoding="utf-8")
    return tuple((re.compile(r["pattern"]), r["field"], int(r["rank"])) for r in csv.DictReader(text.splitlines()))


def _by_words(phrase: str) -> tuple[tuple[str, int], ...]:
    return next((((name, rank),) for pattern, name, rank in _rules() if pattern.search(phrase)), ())


#: A header score that no later row need be asked to beat: amount, supplier and date named, and more.
_SURE = 6.0
_DATA_CELL = re.compile(r"[£$€(\-]*\s*[\d.,]*\d[\d.,]*\s*[£$€]?\)?-?|\d{1,4}[/.\-]\d{1,2}[/.\-]\d{2,4}.*")


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """Position of the header among the first rows (``None``: there is none), how many rows it spans, and its cells."""

    index: int | None
    span: int
    cells: tuple[str, ...]


def find_header(top: Sequence[tuple[int, Sequence[str]]], words: HeaderWords) -> HeaderRow:
    """The row that reads most like a header of payments; two rows where the second completes the first."""
    best, best_score = None, 0.0
    for i, (_, cells) in enumerate(top[:60]):
        score = header_score(cells, words)
        if score > best_score:
            best, best_score = i, score
        if best_score >= _SURE:
            break
    if best is None or best_score < 2:
        return HeaderRow(None, 0, ())
    best = _nearest_to_data(top, best, best_score, words)
    cells = [c.strip() for c in top[best][1]]
    if best and (joined := _under_headings(top[best - 1][1], cells, words)):
        return HeaderRow(best, 1, tuple(joined))
    if best + 1 < len(top) and _counts_columns(top[best + 1][1]):
        return HeaderRow(best, 2, tuple(cells))
    if best + 1 < len(top) and _completes(cells, top[best + 1][1], words):
        return HeaderRow(best, 2, tuple(_merged(cells, top[best + 1][1])))
    return HeaderRow(best, 1, tuple(cells))


#: How many rows may stand between a row of technical names and the header proper.
_NEAR = 6


def _nearest_to_data(top: Sequence[tuple[int, Sequence[str]]], best: int, best_score: float, words: HeaderWords) -> int:
    """Of rows that read alike like a header the last one above the data: exports put their query's own names on top."""
    found = best
    for i in range(best + 1, min(best + 1 + _NEAR, len(top))):
        filled = [c.strip() for c in top[i][1] if c.strip()]
        if any(_DATA_CELL.fullmatch(c) for c in filled):
            break
        if header_score(top[i][1], words) >= 0.7 * best_score:
            found = i
    return found


def _under_headings(above: Sequence[str], cells: Sequence[str], words: HeaderWords) -> list[str] | None:
    """Header cells that only together with the row above them say what they are: ``Supplier`` over ``Name``.

    Merged cells keep their text in the first: a blank above belongs to what stands left of it. ``None`` where the row
    above is no part of the header: together the two must name more than the lower one alone.
    """
    high = [c.strip() for c in above]
    filled = [c for c in high if c]
    if len(filled) < 2 or any(_DATA_CELL.fullmatch(c) or len(c) > 40 for c in filled):
        return None
    joined, heading = [], ""
    for k, low in enumerate(cells):
        own = high[k] if k < len(high) else ""
        heading = own or heading
        joined.append(own if not low else low if low == heading else f"{heading} {low}".strip())
    return joined if header_score(joined, words) > header_score(cells, words) else None


def _counts_columns(cells: Sequence[str]) -> bool:
    """A row of 1, 2, 3 … or a, b, c … under the header numbers the columns."""
    filled = [c.strip().strip("()").lower() for c in cells if c.strip()]
    numbers = [str(i) for i in range(1, len(filled) + 1)]
    letters = [chr(96 + i) for i in range(1, min(len(filled), 26) + 1)]
    return len(filled) >= 3 and filled in (numbers, letters)


def find_unknown_header(top: Sequence[tuple[int, Sequence[str]]]) -> HeaderRow:
    """A header in words nobody foresaw: a row of words over rows that hold numbers or dates."""
    for i, (_, cells) in enumerate(top[:15]):
        filled = [c.strip() for c in cells if c.strip()]
        below = [[c.strip() for c in row] for _, row in top[i + 1 : i + 5] if any(c.strip() for c in row)]
        if len(filled) < 3 or len(below) < 2 or len(set(filled)) < len(filled):
            continue
        wordy = all(not _DATA_CELL.fullmatch(c) and any(ch.isalpha() for ch in c) and len(c) < 50 for c in filled)
        data = [[k for k, c in enumerate(row) if c and _DATA_CELL.fullmatch(c)] for row in below]
        same = set(data[0]).intersection(*data[1:]) if data else set()
        if wordy and len(same) >= 2 and all(k < len(cells) and cells[k].strip() for k in same):
            return HeaderRow(i, 1, tuple(c.strip() for c in cells))
    return HeaderRow(None, 0, ())


def header_score(cells: Sequence[str], words: HeaderWords) -> float:
    """Distinct fields named, less a penalty for cells that are data. Zero unless two core fields or an amount show."""
    filled = [c for c in (x.strip() for x in cells) if c]
    if len(filled) < 2 or any(len(c) > 120 for c in filled):
        return 0.0
    named: dict[str, int] = {}
    data = 0
    for c in filled:
        if _DATA_CELL.fullmatch(c):
            data += 1
            continue
        for name, rank in words.fields(c)[:1]:
            # loose wording counts for little: a data row is full of words like SERVICES
            weight = rank if rank >= 75 else rank // 4
            named[name] = max(named.get(name, 0), weight)
    core = sum(1 for f in ("amount", "gross", "supplier", "date") if named.get(f, 0) >= 75)
    if core < 1 or data * 3 > len(filled):
        return 0.0
    score = sum(named.values()) / 100 + core
    return score - 1.5 * data if core >= 2 or len(named) >= 3 else 0.0


def _completes(first: Sequence[str], second: Sequence[str], words: HeaderWords) -> bool:
    """Whether a second row holds more header words, under cells that are blank above or that it makes precise."""
    filled = [(i, c.strip()) for i, c in enumerate(second) if c.strip()]
    if not filled or len(filled) > max(3, len([c for c in first if c]) // 2):
        return False
    return all(not _DATA_CELL.fullmatch(c) and any(r >= 75 for _, r in words.fields(c)) for _, c in filled) and any(
        i >= len(first) or not first[i] for i, _ in filled
    )


def _merged(first: Sequence[str], second: Sequence[str]) -> list[str]:
    width = max(len(first), len(second))
    a = [*first, *[""] * (width - len(first))]
    b = [*[c.strip() for c in second], *[""] * (width - len(second))]
    return [low or high for high, low in zip(a, b, strict=True)]
