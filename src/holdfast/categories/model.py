"""A linear model of few thousand words: the score of a category is a sum over the words of a line.

Each text of a line is turned into weighted words on its own (term frequency times rarity, length 1) and multiplied by
the weight of its field. So the scores of a line are the sum of its texts' scores, and each distinct text is looked at
once, however many payments bear it. The file is compressed text: a head with the figures that the model reached, then
one word in a row with its rarity and one letter for each category, which is its weight in steps of ``step``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeAlias

from holdfast.categories.words import features, words

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats: TypeAlias = npt.NDArray[np.float32]
    Whole: TypeAlias = npt.NDArray[np.intp]

#: The texts of a line that the model looks at, in the order of the table of lines.
FIELDS = ("category", "description", "department", "supplier", "sector")
#: The letter that stands for a weight of nothing; 45 steps fit on each side of it.
ZERO, STEPS = ord("P"), 45
#: Texts that are looked at in one go.
AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Model:
    """``weight`` (words by categories), ``rarity`` (words), ``bias`` by category; ``fields`` the weight of each text.

    A score becomes a confidence in two steps learned on suppliers that the model had not seen: the largest share of
    ``softmax(sharpness * scores)``, read off the line through ``knots`` (share, part that was right). Below
    ``threshold`` the answer is unknown. ``figures`` are those in the file's head.
    """

    name: str
    categories: tuple[str, ...]
    words: Mapping[str, int]
    rarity: Floats
    weight: Floats
    bias: Floats
    fields: Mapping[str, float]
    sharpness: float
    knots: tuple[tuple[float, float], ...]
    threshold: float
    figures: Mapping[str, Any]

    def texts(self, field: str, distinct: Sequence[str | None]) -> Texts:
        """The distinct texts of a field as weighted words of the model."""
        import numpy as np

        starts, position, value = [0], list[int](), list[float]()
        for text in distinct:
            found = Counter(i for i in map(self.words.get, features_of(field, text)) if i is not None)
            position += found.keys()
            value += (float(n) for n in found.values())
            starts.append(len(position))
        at = np.array(position, dtype=np.intp)
        size = (1 + np.log(np.array(value, dtype=np.float32))) * self.rarity[at]
        first = np.array(starts, dtype=np.intp)
        length = np.sqrt(_sums(size * size, first))
        size = size / np.repeat(np.where(length > 0, length, 1), np.diff(first)) * np.float32(self.fields[field])
        return Texts(first, at, size.astype(np.float32))

    def scores(self, texts: Texts) -> Floats:
        """Scores of each text (texts by categories), without the bias."""
        import numpy as np

        many = len(texts.first) - 1
        found = np.zeros((many, len(self.categories)), dtype=np.float32)
        # a row for each word of each text is large, so not all texts are looked at in one go
        for start in range(0, many, AT_ONCE):
            first = texts.first[start : start + AT_ONCE + 1]
            inside = slice(first[0], first[-1])
            parts = self.weight[texts.word[inside]] * texts.size[inside, None]
            found[start : start + AT_ONCE] = _sums(parts, first - first[0])
        return found

    def telling(self, texts: Mapping[str, str | None], category: str, most: int = 3) -> list[str]:
        """The words of a line that speak most for a category, those that speak loudest first."""
        at = self.categories.index(category)
        said: dict[str, float] = {}
        for field, text in texts.items():
            for word in features_of(field, text):
                # beginnings of words say nothing to a person that the words do not
                if not word.startswith("~") and not word.endswith("*") and word in self.words:
                    i = self.words[word]
                    weight = float(self.weight[i, at] * self.rarity[i]) * self.fields[field]
                    said[word] = said.get(word, 0.0) + weight
        return sorted((w for w, v in said.items() if v > 0), key=lambda w: (-said[w], w))[:most]

    def confidence(self, scores: Floats) -> tuple[Whole, Floats]:
        """The best category of each line (the first where several are equal) and how often such an answer is right."""
        import numpy as np

        best = scores.argmax(axis=1)
        top = scores[np.arange(len(scores)), best]
        share = 1 / np.exp(self.sharpness * (scores - top[:, None])).sum(axis=1)
        x, y = zip(*self.knots, strict=True)
        return best, np.interp(share, x, y).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Texts:
    """Distinct texts: text ``i`` holds the words ``word[first[i]:first[i + 1]]``, each of the ``size`` there."""

    first: Whole
    word: Whole
    size: Floats


def features_of(field: str, text: str | None) -> list[str]:
    """What the model looks at in a text. Sectors (``F 42``) are marked, so that no word of a text is one."""
    return [f"~{part}" for part in (text or "").split()] if field == "sector" else features(words(text))


def _sums(values: Floats, first: Whole) -> Floats:
    """Sums of the stretches of ``values`` that begin at ``first``; an empty stretch is zero."""
    import numpy as np

    total = np.zeros((len(first) - 1, *values.shape[1:]), dtype=values.dtype)
    filled = np.diff(first) > 0
    if filled.any():
        total[filled] = np.add.reduceat(values, first[:-1][filled], axis=0)
    return total


@cache
def load(name: str) -> Model:
    """The model for a taxonomy, as it came with this version."""
    import gzip

    packed = files("holdfast.categories").joinpath(f"model_{name}.txt.gz").read_bytes()
    return parse(name, gzip.decompress(packed).decode("utf-8"))


def parse(name: str, text: str) -> Model:
    """A model from its file. Raises ``ValueError`` where the file is not one."""
    import json

    import numpy as np

    head, _, body = text.partition("\n---\n")
    said = json.loads(head)
    lines = [line.split("\t") for line in body.splitlines()]
    letters = np.frombuffer("".join(line[2] for line in lines).encode("ascii"), dtype=np.uint8)
    many = len(said["categories"])
    if len(letters) != len(lines) * many:
        raise ValueError(f"the model {name} has {len(letters)} weights for {len(lines)} words")
    weight = (letters.astype(np.float32) - ZERO).reshape(-1, many) * np.float32(said["step"])
    return Model(
        name=said["name"],
        categories=tuple(said["categories"]),
        words={line[0]: i for i, line in enumerate(lines)},
        rarity=np.array([float(line[1]) for line in lines], dtype=np.float32),
        weight=weight,
        bias=np.array(said["bias"], dtype=np.float32),
        fields=said["fields"],
        sharpness=said["sharpness"],
        knots=tuple((x, y) for x, y in said["knots"]),
        threshold=said["threshold"],
        figures=said["figures"],
    )
