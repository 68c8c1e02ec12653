"""Match a list of names against a register: proposals, evidence, points, and for each name one answer with its runner-up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from holdfast.suppliers.matching import evidence, scorecard
from holdfast.suppliers.matching.evidence import HOW, PART, Side
from holdfast.suppliers.matching.names import Names, Vocabulary, prepare
from holdfast.suppliers.matching.proposals import propose, rank_within

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]

#: Names matched at a time: what they are beside at most a dozen entries each has to fit in memory.
SLICE = 25_000
#: What stands between the parts of a name of which each may be the organisation's.
_BETWEEN = re.compile(
    r"(?i)(\s+(?:c/o|via|t/?a|trading as|a trading name of|trading name of|(?:trading as )?a division of|"
    r"in joint venture with|on behalf of|formerly(?: known as)?|f/?k/?a|previously|now)[.:]?\s+|\s*[()\[\]]\s*|\s+[-–/|]\s+)"
)
#: A later part after a mere sign is a branch's town as a rule; with a legal form it is an organisation.
_FORM = re.compile(r"(?i)\b(?:ltd|limited|plc|llp|cic|inc)\b")


@dataclass(frozen=True, slots=True)
class Listed:
    """A register ready to be matched against. Rows are names; ``org`` numbers the organisation of each, ``ids`` and
    ``shown`` give the identifier and the name of organisation i."""

    side: Side
    org: Ints
    ids: pa.Array
    shown: pa.Array
    vocabulary: Vocabulary
    weights: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Answers:
    """One answer per name asked for, in order: number of the best organisation and the next (-1 for none), the
    probability that the best is right, that the next is, and the measures of the best pair."""

    best: Ints
    score: Floats
    next: Ints
    next_score: Floats
    found: dict[str, Floats]


def listed(
    ids: pa.Array,
    shown: pa.Array,
    postcodes: pa.Array,
    org: Ints,
    names: pa.Array,
    how: Ints,
    kinds: npt.NDArray[np.object_] | None = None,
) -> Listed:
    """Prepare a register. ``ids, shown, postcodes`` per organisation; ``org, names, how, kinds`` per name."""
    import numpy as np
    import pyarrow as pa

    vocabulary = Vocabulary()
    prepared = prepare(names, vocabulary)
    told = np.full(len(names), "", dtype=object) if kinds is None else kinds
    side = Side(prepared, bare(postcodes).take(pa.array(org)), how, told)
    counts = np.bincount(prepared.words, minlength=len(vocabulary.words))
    return Listed(side, org, ids, shown, vocabulary, vocabulary.weights(counts, len(names)))


def bare(postcodes: pa.Array) -> pa.Array:
    """Postcodes in capitals without spaces; blank for none."""
    import pyarrow.compute as pc

    return pc.replace_substring(pc.utf8_upper(pc.fill_null(postcodes, "")), " ", "")


def match(
    register: Listed, names: pa.Array, postcodes: pa.Array, kinds: npt.NDArray[np.object_] | None = None
) -> Answers:
    """The answers to ``names``; the register's vocabulary grows by their words."""
    import numpy as np

    parts = [
        _match(
            register, names.slice(i, SLICE), postcodes.slice(i, SLICE), None if kinds is None else kinds[i : i + SLICE]
        )
        for i in range(0, max(len(names), 1), SLICE)
    ]
    return Answers(
        *(np.concatenate([getattr(p, f) for p in parts]) for f in ("best", "score", "next", "next_score")),
        {name: np.concatenate([p.found[name] for p in parts]) for name in parts[0].found},
    )


def _match(register: Listed, names: pa.Array, postcodes: pa.Array, kinds: npt.NDArray[np.object_] | None) -> Answers:
    card = scorecard.load()
    pairs = weighed(register, names, postcodes, kinds)
    return decide(card, pairs, card.score(pairs.found), len(names))


@dataclass(frozen=True, slots=True)
class Pairs:
    """Names asked for (``of``) beside names of organisations (``org``, and the register's ``row``), and the evidence."""

    of: Ints
    org: Ints
    row: Ints
    found: dict[str, Floats]


def weighed(register: Listed, names: pa.Array, postcodes: pa.Array, kinds: npt.NDArray[np.object_] | None) -> Pairs:
    """Proposals for each name, with the evidence for each."""
    import numpy as np
    import pyarrow as pa

    of, texts, part = parts_of(names)
    prepared = prepare(texts, register.vocabulary)
    told = np.full(len(names), "", dtype=object) if kinds is None else kinds
    asked = Side(prepared, bare(postcodes).take(pa.array(of)), part, told[of])
    q, r = propose(prepared, register.side.names)
    weights = _weights(register)
    found = evidence.weigh(asked, register.side, q, r, weights, register.vocabulary)
    found |= evidence.rivals(found, of[q], register.org[r])
    return Pairs(of[q], register.org[r], r, found)


def _weights(register: Listed) -> npt.NDArray[np.float32]:
    """Weights of the register's words, and the greatest for words that it does not know."""
    import numpy as np

    more = len(register.vocabulary.words) - len(register.weights)
    new = register.vocabulary.weights(np.zeros(len(register.vocabulary.words), np.int64), len(register.org))
    return np.concatenate((register.weights, new[len(register.weights) :])) if more else register.weights


def parts_of(names: pa.Array) -> tuple[Ints, pa.Array, Ints]:
    """What to ask for: each name, and the parts of those that hold several. (row of the name, text, place in PART)."""
    import numpy as np
    import pyarrow as pa

    of, texts, part = list(range(len(names))), [n or "" for n in names.to_pylist()], [0] * len(names)
    for i in range(len(names)):
        for n, piece in enumerate(_pieces(texts[i])):
            of.append(i)
            texts.append(piece)
            part.append(1 if n == 0 else 2)
    return np.array(of, np.int64), pa.array(texts, pa.string()), np.array(part, np.int64)


def _pieces(text: str) -> list[str]:
    """The parts of a name of which each may be an organisation's; none where the name is one piece."""
    split = _BETWEEN.split(text)
    if len(split) == 1:
        return []
    found = [split[0].strip(" .,;-")]
    for sign, piece in zip(split[1::2], split[2::2], strict=True):
        piece = piece.strip(" .,;-")
        if any(c.isalpha() for c in sign) or _FORM.search(piece):
            found.append(piece)
    return [p for p in dict.fromkeys(found) if len(p) >= 4]


def decide(card: scorecard.Scorecard, pairs: Pairs, points: Floats, asked: int) -> Answers:
    """Of each name the best organisation and the next, and the probability of each."""
    import numpy as np

    order = np.lexsort((pairs.row, pairs.org, -points, pairs.of))
    of, org = pairs.of[order], pairs.org[order]
    size = int(org.max()) + 1 if len(org) else 1
    _, first = np.unique(of * size + org, return_index=True)
    order = order[np.sort(first)]  # the best pair of each organisation, still by name and points
    rank = rank_within(pairs.of[order])
    one, two = order[rank == 0], order[rank == 1]
    best, nxt = np.full(asked, -1, np.int64), np.full(asked, -1, np.int64)
    high, second = np.full(asked, -np.inf), np.full(asked, -np.inf)
    best[pairs.of[one]], high[pairs.of[one]] = pairs.org[one], points[one]
    nxt[pairs.of[two]], second[pairs.of[two]] = pairs.org[two], points[two]
    lead = np.full(asked, card.lead_most)
    two_known = np.isfinite(second)
    lead[two_known] = high[two_known] - second[two_known]
    score = np.where(best >= 0, card.probability(np.where(best >= 0, high, 0.0), lead), 0.0)
    other = np.where(nxt >= 0, card.probability(np.where(nxt >= 0, second, 0.0), -lead), 0.0)
    found = {}
    for name, values in pairs.found.items():
        column = np.full(asked, np.nan)
        column[pairs.of[one]] = values[one]
        found[name] = column
    return Answers(best, score, nxt, np.minimum(other, 1 - score), found)


del HOW, PART
