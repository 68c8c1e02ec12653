"""Lines -> categories: a person's word, the publisher's codes and labels, rules, the supplier's other payments, words.

A person's word and the publisher's own are taken as said. Of the others the surest counts; each confidence says how
often such an answer was right where that is known. Below the model's threshold the category stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from holdfast.categories.lists import Meaning, lists
from holdfast.categories.memory import Remembered, remember
from holdfast.categories.own import Own
from holdfast.categories.rules import Rule, rules, speaking
from holdfast.engine.primitives import name_parts

if TYPE_CHECKING:
    from holdfast.categories.model import Model

#: What told a category, in the order in which they are asked.
HOW = ("categories.csv", "publisher", "rule", "supplier", "words", "unknown")
#: A category that a rule tells is remembered of its supplier where the rule is right so often.
SURE = 0.8
#: With nothing shipped to say otherwise, an answer counts from here.
THRESHOLD = 0.5
#: A label that begins with a code, as ``45233141-9 Road works``.
_CODE = re.compile(r"\d{8}-\d\b|\d{8}\b|\d{6}\b")


@dataclass(frozen=True, slots=True)
class Line:
    """What payments have in common: supplier and what the publisher says of them.

    ``publisher`` the anchor · ``category``, ``code``, ``department`` as published · ``description`` only where there
    is no category · ``key`` of the supplier, blank where it is not disclosed · ``sector`` section and division,
    ``F 42`` · ``pennies`` and ``payments`` of all of them.
    """

    publisher: str
    supplier: str | None = None
    key: str = ""
    category: str | None = None
    code: str | None = None
    department: str | None = None
    description: str | None = None
    sector: str | None = None
    by_card: bool = False
    pennies: int = 0
    payments: int = 1

    def texts(self) -> dict[str, str | None]:
        """The texts that the model looks at, by field."""
        return {
            "category": self.category,
            "description": self.description,
            "department": self.department,
            "supplier": self.supplier,
            "sector": self.sector,
        }


@dataclass(frozen=True, slots=True)
class Told:
    """``category`` its code, or the text of a place's own taxonomy; blank where unknown · ``how`` one of :data:`HOW` ·
    ``confidence`` 0 to 1, of the best answer also where it does not suffice · ``why`` in words."""

    category: str
    how: str
    confidence: float
    why: str
    guess: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """The categories of lines, in their order; ``used`` the entries of ``categories.csv`` that a line met."""

    told: tuple[Told, ...]
    used: frozenset[tuple[str, str]] = field(default_factory=frozenset)


def tell(lines: Sequence[Line], taxonomy: str, own: Own | None = None) -> Telling:
    """What each line was bought as. ``taxonomy``: ``cpv`` | ``proclass`` | ``own``, which only people's words tell."""
    found: list[Told | None] = [None] * len(lines)
    used = set[tuple[str, str]]()
    if own is not None and own.entries:
        cores = {supplier: name_parts(supplier).core for supplier in {line.supplier for line in lines}}
        for i, line in enumerate(lines):
            entry = own.of(cores[line.supplier], line.category, line.code)
            if entry is not None:
                used.add(entry.key)
                found[i] = Told(entry.category, HOW[0], 1.0, f"line {entry.row} of categories.csv")
    model = None
    if taxonomy != "own":
        from holdfast.categories.model import load

        model = load(taxonomy)
        _published(lines, taxonomy, found)
    by_rule = _by_rules(lines, taxonomy, found) if model else {}
    itself = [found[i] or by_rule.get(i) for i in range(len(lines))]
    remembered = remember(
        (line.key, told.category if told and told.confidence >= SURE else "", line.pennies, line.payments)
        for line, told in zip(lines, itself, strict=True)
        if line.key
    )
    open_ = [i for i, told in enumerate(found) if told is None]
    by_words = _by_words([lines[i] for i in open_], model) if model else [None] * len(open_)
    threshold = model.threshold if model else THRESHOLD
    for i, told in zip(open_, by_words, strict=True):
        offers = [by_rule.get(i), _by_supplier(lines[i], remembered.get(lines[i].key)), told]
        found[i] = _best([o for o in offers if o is not None], threshold)
    return Telling(tuple(t for t in found if t is not None), frozenset(used))


def _best(offers: Sequence[Told], threshold: float) -> Told:
    """The surest of several answers; unknown below the threshold, with the answer as a guess for a person."""
    if not offers:
        return Told("", HOW[-1], 0.0, "nothing tells")
    best = max(offers, key=lambda o: o.confidence)
    if best.confidence >= threshold:
        return best
    return Told("", HOW[-1], best.confidence, f"not sure enough; {best.why}", best.category)


def _published(lines: Sequence[Line], taxonomy: str, found: list[Told | None]) -> None:
    """The publisher's own codes and labels."""
    schemes = _schemes(lines)
    seen: dict[tuple[str, str | None, str | None], Told | None] = {}
    for i, line in enumerate(lines):
        if found[i] is None:
            key = (line.publisher, line.category, line.code)
            if key not in seen:
                seen[key] = _own_word(line, taxonomy, schemes[line.publisher])
            found[i] = seen[key]


def _schemes(lines: Sequence[Line]) -> dict[str, Mapping[str, str | None]]:
    """Of each publisher the list that its codes are from, and the list of the codes that its labels begin with."""
    codes: dict[str, dict[str, set[str]]] = {}
    card: dict[str, bool] = {}
    for line in lines:
        of = codes.setdefault(line.publisher, {"code": set(), "category": set()})
        if line.code:
            of["code"].add(line.code)
            card[line.publisher] = card.get(line.publisher, True) and line.by_card
        if line.category and (begins := _CODE.match(line.category.strip())):
            of["category"].add(begins[0])
    return {
        publisher: {
            "code": lists().scheme_of(of["code"], by_card=card.get(publisher, False)),
            "category": lists().scheme_of(of["category"]),
        }
        for publisher, of in codes.items()
    }


def _own_word(line: Line, taxonomy: str, schemes: Mapping[str, str | None]) -> Told | None:
    meanings: list[Meaning | None] = []
    if line.code and (scheme := schemes["code"]):
        meanings.append(lists().code(scheme, line.code))
    label = (line.category or "").strip()
    if (begins := _CODE.match(label)) and (scheme := schemes["category"]):
        meanings.append(lists().code(scheme, begins[0]))
        label = label[begins.end() :]
    meanings.append(lists().label(label))
    told = next((m for m in meanings if m is not None and m.of(taxonomy)), None)
    return Told(told.of(taxonomy), HOW[1], 1.0, told.said) if told else None


def _by_rules(lines: Sequence[Line], taxonomy: str, found: Sequence[Told | None]) -> dict[int, Told]:
    """What rules tell of the lines that are still open. Each distinct text is looked at once."""
    asked = [r for r in rules() if all(r.of(taxonomy))]
    labels: dict[str | None, list[Rule]] = {}
    names: dict[str | None, list[Rule]] = {}
    told = {}
    for i, line in enumerate(lines):
        if found[i] is None:
            text = line.category or line.description
            if text not in labels:
                labels[text] = speaking(asked, ("category", "any"), text)
            if line.supplier not in names:
                names[line.supplier] = speaking(asked, ("supplier", "any"), line.supplier)
            told_by = [*labels[text], *names[line.supplier]]
            if told_by:
                best = max(told_by, key=lambda r: r.of(taxonomy)[1])
                category, right = best.of(taxonomy)
                told[i] = Told(category, HOW[2], right, f"rule: {best.says}")
    return told


def _by_supplier(line: Line, remembered: Remembered | None) -> Told | None:
    if remembered is None:
        return None
    confidence = remembered.confidence(line.pennies, line.payments)
    return Told(remembered.category, HOW[3], confidence, remembered.why(line.payments))


def _by_words(lines: Sequence[Line], model: Model) -> list[Told | None]:
    """What the model tells; nothing of a line none of whose words it knows."""
    import numpy as np

    if not lines:
        return []
    total = np.zeros((len(lines), len(model.categories)), dtype=np.float32) + model.bias
    known = np.zeros(len(lines), dtype=bool)
    for name in model.fields:
        texts = [line.texts()[name] for line in lines]
        number = {t: i for i, t in enumerate(dict.fromkeys(texts))}
        at = np.array([number[t] for t in texts])
        looked = model.texts(name, list(number))
        total += model.scores(looked)[at]
        if name not in ("department", "sector"):
            known |= (np.diff(looked.first) > 0)[at]
    best, confidence = model.confidence(total)
    why = _Words(model)
    return [
        Told(model.categories[b], HOW[4], round(float(c), 3), why.of(line, model.categories[b])) if k else None
        for line, b, c, k in zip(lines, best.tolist(), confidence.tolist(), known.tolist(), strict=True)
    ]


@dataclass(slots=True)
class _Words:
    """The words that told, as a reason. Lines that say the same are explained once."""

    model: Model
    seen: dict[tuple[str | None, ...], str] = field(default_factory=dict)

    def of(self, line: Line, category: str) -> str:
        key = (*line.texts().values(), category)
        if key not in self.seen:
            # a supplier's name or a description may name a person: the reason gives only labels and departments
            texts = {k: v for k, v in line.texts().items() if k in ("category", "department")}
            words = self.model.telling(texts, category)
            said = (
                "words: " + ", ".join(f"'{w.lower()}'" for w in words) if words else "words of the name or description"
            )
            self.seen[key] = f"{said}; sector {line.sector}" if line.sector else said
        return self.seen[key]
