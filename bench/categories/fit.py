"""The fit: one vocabulary for all fields, a linear support vector machine, a confidence from unseen suppliers."""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np
import scipy.sparse as sp

from bench.categories.lines import Line
from holdfast.categories.model import FIELDS, STEPS, ZERO, features_of

#: What a text counts beside the others, of each field.
WEIGHTS = {"category": 1.2, "description": 1.0, "department": 0.5, "supplier": 1.0, "sector": 0.8}
#: The strength of the fit, and how many words a shipped model may hold.
STRENGTH, WORDS = 0.2, 16_000
#: Parts of the scale of confidence.
KNOTS = 10


@cache
def given_names() -> frozenset[str]:
    text = files("holdfast.packs").joinpath("common", "given_names.csv").read_text(encoding="utf-8")
    return frozenset(row["name"].upper() for row in csv.DictReader(text.splitlines()))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    number: dict[str, int]
    rarity: np.ndarray

    @classmethod
    def of(cls, lines: Sequence[Line], most: int | None = None) -> Vocabulary:
        """Words that two distinct texts have or more; of ``most``, those that most texts have.

        No pairs of words from suppliers' names, nor with a given name in them: they would name private persons.
        """
        texts = sorted({(f, getattr(line, f)) for line in lines for f in FIELDS if getattr(line, f)})
        seen: Counter[str] = Counter()
        names = given_names()
        for field, text in texts:
            found = set(features_of(field, text))
            seen.update(w for w in found if " " not in w or not (field == "supplier" or names & set(w.split())))
        kept = sorted((w for w, n in seen.items() if n > 1), key=lambda w: (-seen[w], w))[:most]
        rarity = np.array([np.log((1 + len(texts)) / (1 + seen[w])) + 1 for w in sorted(kept)])
        return cls({w: i for i, w in enumerate(sorted(kept))}, np.round(rarity, 2))

    def matrix(self, lines: Sequence[Line]) -> sp.csr_matrix:
        total = sp.csr_matrix((len(lines), len(self.number)))
        for field, weight in WEIGHTS.items():
            texts = sorted({getattr(line, field) for line in lines})
            at = {t: i for i, t in enumerate(texts)}
            pick = np.array([at[getattr(line, field)] for line in lines])
            total = total + weight * self._texts(field, texts)[pick]
        return total.tocsr()

    def _texts(self, field: str, texts: Sequence[str]) -> sp.csr_matrix:
        starts, words, sizes = [0], [], []
        for text in texts:
            found = Counter(i for i in map(self.number.get, features_of(field, text)) if i is not None)
            many = np.array(list(found.values()), dtype=float)
            size = (1 + np.log(many)) * self.rarity[list(found)] if found else many
            words += list(found)
            sizes += list(size / np.linalg.norm(size)) if found else []
            starts.append(len(words))
        return sp.csr_matrix((sizes, words, starts), shape=(len(texts), len(self.number)))


@dataclass(frozen=True, slots=True)
class Fitted:
    vocabulary: Vocabulary
    categories: tuple[str, ...]
    weight: np.ndarray
    bias: np.ndarray

    def scores(self, lines: Sequence[Line]) -> np.ndarray:
        return self.vocabulary.matrix(lines) @ self.weight + self.bias


def fit(lines: Sequence[Line], taxonomy: str, most: int | None = WORDS) -> Fitted:
    """A model of the lines that have a category of the taxonomy (a field of :class:`Line`)."""
    from sklearn.svm import LinearSVC

    known = [line for line in lines if getattr(line, taxonomy)]
    vocabulary = Vocabulary.of(known, most)
    model = LinearSVC(C=STRENGTH, tol=1e-2, random_state=1)
    model.fit(vocabulary.matrix(known), [getattr(k, taxonomy) for k in known], sample_weight=[k.weight for k in known])
    return Fitted(vocabulary, tuple(model.classes_), model.coef_.T, model.intercept_)


@dataclass(frozen=True, slots=True)
class Confidence:
    """How often an answer is right, by the largest share of ``softmax(sharpness * scores)``."""

    sharpness: float
    knots: tuple[tuple[float, float], ...]

    def of(self, scores: np.ndarray) -> np.ndarray:
        x, y = zip(*self.knots, strict=True)
        return np.interp(share(scores, self.sharpness), x, y)

    @classmethod
    def learned(cls, scores: np.ndarray, right: np.ndarray, true: np.ndarray, weight: np.ndarray) -> Confidence:
        """From scores on unseen suppliers. ``true``: the column of the right category, -1 where there is none."""
        from sklearn.isotonic import IsotonicRegression

        tried = np.linspace(1, 12, 23)
        known = true >= 0
        losses = []
        for sharpness in tried:
            e = np.exp(sharpness * (scores[known] - scores[known].max(axis=1, keepdims=True)))
            p = e[np.arange(len(e)), true[known]] / e.sum(axis=1)
            losses.append(-(weight[known] * np.log(np.maximum(p, 1e-9))).sum())
        sharpness = float(tried[int(np.argmin(losses))])
        x = share(scores, sharpness)
        smooth = IsotonicRegression(out_of_bounds="clip").fit(x, right, sample_weight=weight)
        edges = np.unique(np.quantile(x, np.linspace(0, 1, KNOTS + 1)))
        inside = [(x >= a) & (x <= b) for a, b in pairwise(edges)]
        middle = [float(np.average(x[i], weights=weight[i])) for i in inside]
        level = [float(np.average(smooth.predict(x[i]), weights=weight[i])) for i in inside]
        return cls(sharpness, tuple((round(a, 3), round(b, 3)) for a, b in zip(middle, level, strict=True)))


def share(scores: np.ndarray, sharpness: float) -> np.ndarray:
    return 1 / np.exp(sharpness * (scores - scores.max(axis=1, keepdims=True))).sum(axis=1)


def packed(name: str, model: Fitted, confidence: Confidence, threshold: float, figures: dict[str, Any]) -> bytes:
    """The file that ships: readable text, compressed, the same bytes each time."""
    step = float(f"{np.abs(model.weight).max() / STEPS:.4g}")
    letters = np.rint(model.weight / step).astype(int) + ZERO
    head = {
        "name": name, "figures": figures, "categories": model.categories, "step": step,
        "bias": [round(float(b), 3) for b in model.bias], "fields": WEIGHTS, "sharpness": confidence.sharpness,
        "knots": confidence.knots, "threshold": threshold,
    }  # fmt: skip
    kept = [(w, i) for w, i in model.vocabulary.number.items() if (letters[i] != ZERO).any()]
    body = (f"{w}\t{model.vocabulary.rarity[i]:.2f}\t{''.join(map(chr, letters[i]))}\n" for w, i in kept)
    text = json.dumps(head, indent=1, ensure_ascii=False) + "\n---\n" + "".join(body)
    return gzip.compress(text.encode("utf-8"), 9, mtime=0)
