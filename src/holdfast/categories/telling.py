"""Lines -> categories: a person's word, the publisher's codes and labels, rules, the supplier's other payments, words.

A person's word and the publisher's own are taken as said. Of the others the surest counts; each confidence says how
often such an answer was right where that is known. Below the model's threshold the category stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from holdfast.categories.lists import Meaning, lists
from holdfast.categories.memory import Paid, Remembered, remember
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
    ``confidence`` 0 to 1, of the best answer also where it does not suffice · ``reason`` in words, or what puts it so ·
    ``guess`` the answer that does not suffice."""

    category: str
    how: str
    confidence: float
    # to find the words that told takes longer than to tell, and few reasons are ever read
    reason: str | Callable[[], str]
    guess: str = ""

    @property
    def why(self) -> str:
        """The reason in words."""
        said = self.reason if isinstance(self.reason, str) else self.reason()
        return f"not sure enough; {said}" if self.guess else said


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
    paid = [_paid(line, found[i] or by_rule.get(i)) for i, line in enumerate(lines)]
    remembered = remember((line.key, said) for line, said in zip(lines, paid, strict=True) if line.key)
    open_ = [i for i, told in enumerate(found) if told is None]
    by_words = _by_words([lines[i] for i in open_], model) if model else [None] * len(open_)
    threshold = model.threshold if model else THRESHOLD
    for i, told in zip(open_, by_words, strict=True):
        memory = remembered.get(lines[i].key)
        offers = [by_rule.get(i), _by_supplier(memory.besides(paid[i])) if memory else None, told]
        found[i] = _best([o for o in offers if o is not None], threshold)
    return Telling(tuple(t for t in found if t is not None), frozenset(used))


def _best(offers: Sequence[Told], threshold: float) -> Told:
    """The surest of several answers; unknown below the threshold, with the answer as a guess for a person."""
    if not offers:
        return Told("", HOW[-1], 0.0, "nothing tells")
    best = max(offers, key=lambda o: o.confidence)
    if best.confidence >= threshold:
        return best
    return Told("", HOW[-1], best.confidence, best.reason, best.category)


def _published(lines: Sequence[Line], taxonomy: str, found: list[Told | None]) -> None:
    """The publisher's own codes and labels."""
    schemes = _schemes(lines)
    seen: dict[tuple[str, bool, str | None, str | None], Told | None] = {}
    for i, line in enumerate(lines):
        if found[i] is None:
            key = (line.publisher, line.by_card, line.category, line.code)
            if key not in seen:
                seen[key] = _own_word(line, taxonomy, schemes[line.publisher, line.by_card])
            found[i] = seen[key]


def _schemes(lines: Sequence[Line]) -> dict[tuple[str, bool], Mapping[str, str | None]]:
    """Of each publisher the list that its codes are from, and the list of the codes that its labels begin with.

    Payments by card are looked at apart: a council's ledger and its cards bear codes of different lists.
    """
    codes: dict[tuple[str, bool], dict[str, set[str]]] = {}
    for line in lines:
        of = codes.setdefault((line.publisher, line.by_card), {"code": set(), "category": set()})
        if line.code:
            of["code"].add(line.code)
        if line.category and (begins := _CODE.match(line.category.strip())):
            of["category"].add(begins[0])
    return {
        (publisher, by_card): {
            "code": lists().scheme_of(of["code"], by_card=by_card),
            "category": lists().scheme_of(of["category"]),
        }
        for (publisher, by_card), of in codes.items()
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


def _paid(line: Line, itself: Told | None) -> Paid:
    """What a line says of its supplier: nothing where it is told by a rule that is often wrong."""
    if itself is None or itself.confidence < SURE:
        return Paid("", line.pennies, line.payments)
    return Paid(itself.category, line.pennies, line.payments, round(itself.confidence * 1000))


def _by_supplier(others: Remembered | None) -> Told | None:
    return Told(others.category, HOW[3], others.confidence, others.why) if others else None


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
    return [
        Told(model.categories[b], HOW[4], round(float(c), 3), partial(_words, model, line, model.categories[b]))
        if k
        else None
        for line, b, c, k in zip(lines, best.tolist(), confidence.tolist(), known.tolist(), strict=True)
    ]


def _words(model: Model, line: Line, category: str) -> str:
    """The words that told, as a reason."""
    # a supplier's name or a description may name a person: the reason gives only labels and departments
    texts = {k: v for k, v in line.texts().items() if k in ("category", "department")}
    words = model.telling(texts, category)
    said = "words: " + ", ".join(f"'{w.lower()}'" for w in words) if words else "words of the name or description"
    return f"{said}; sector {line.sector}" if line.sector else said
