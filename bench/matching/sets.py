"""Labelled names beside the register they are sought in, weighed once, so that models can be tried on them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from bench.matching.labels import Entry, Label
from holdfast.suppliers.matching import evidence, matcher, places


@dataclass(slots=True)
class Set:
    """``right``: whether each pair is the true one · ``inside``: whether the true number is in the register ·
    ``open``: whether a label can decide (an identical name without a number in the register cannot be told wrong) ·
    ``exact``: whether the true one bears just this core name · ``contradicted``: whether another number bears it, legal
    form and all, and the true one does not · ``numbered``: whether the pair's organisation has a number."""

    labels: list[Label]
    pairs: matcher.Pairs
    right: np.ndarray
    inside: np.ndarray
    open: np.ndarray
    exact: np.ndarray
    contradicted: np.ndarray
    numbered: np.ndarray


def listed(entries: list[Entry]) -> matcher.Listed:
    """A register for the matcher."""
    how = {word: i for i, word in enumerate(evidence.HOW)}
    names = [(i, n, how[h]) for i, e in enumerate(entries) for n, h in _names(e)]
    return matcher.listed(
        pa.array([n[1] for n in names]),
        np.array([n[0] for n in names], np.int64),
        np.array([n[2] for n in names], np.int64),
        pa.array([e.postcode for e in entries]),
        places.words("uk"),
    )


def _names(e: Entry) -> list[tuple[str, str]]:
    return [(e.name, "current"), *((p, "previous") for p in e.previous), *((a, "alias") for a in e.aliases)]


def build(labels: list[Label], entries: list[Entry], register: matcher.Listed | None = None) -> Set:
    register = register or listed(entries)
    pairs = matcher.weighed(register, pa.array([x.name for x in labels]), pa.array([x.postcode for x in labels]))
    number = np.array([e.number for e in entries], dtype=object)
    true = np.array([x.number for x in labels], dtype=object)
    right = number[pairs.org] == true[pairs.of]
    numbered = np.array([e.numbered for e in entries])
    known = set(number)
    inside = np.array([t in known for t in true])
    same = pairs.found["same"] == 3
    true_is_same = _any(pairs.of[same & right], len(labels))
    nameless = _any(pairs.of[same & ~right & ~numbered[pairs.org]], len(labels)) & ~true_is_same
    reviewed = np.array([x.reviewed for x in labels])
    open_ = ~nameless & ~(reviewed & _any(pairs.of[same], len(labels)))
    with_form = same & (pairs.found["form"] == 1) & ~right & numbered[pairs.org]
    contradicted = _any(pairs.of[with_form], len(labels)) & ~true_is_same
    return Set(labels, pairs, right, inside, open_, true_is_same, contradicted, numbered[pairs.org])


def _any(which: np.ndarray, size: int) -> np.ndarray:
    found = np.zeros(size, bool)
    found[which] = True
    return found
