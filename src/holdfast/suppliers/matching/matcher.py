"""Match names against a register: proposals, evidence, points, and for each name one answer with its runner-up."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from holdfast.suppliers.matching import evidence, scorecard
from holdfast.suppliers.matching.evidence import Side
from holdfast.suppliers.matching.names import Vocabulary, prepare
from holdfast.suppliers.matching.pieces import asked_for
from holdfast.suppliers.matching.proposals import propose, rank_within

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]

#: Names weighed at a time: what they are beside at most a dozen entries each has to fit in memory.
SLICE = 25_000
#: Points by which the best must be ahead of the next for the evidence to tell them apart.
TIE = 0.05


@dataclass(frozen=True, slots=True)
class Listed:
    """A register ready to be matched against. Rows are names; ``org`` numbers the organisation of each."""

    side: Side
    org: Ints
    vocabulary: Vocabulary
    weights: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Answers:
    """One answer per name asked for, in order: the number of the best organisation and of the ``next`` (-1 for none),
    the probability that the best is right, that the next is, whether the evidence for both is the same, and the
    measures of the best pair (not a number for none)."""

    best: Ints
    score: Floats
    next: Ints
    next_score: Floats
    tied: npt.NDArray[np.bool_]
    found: dict[str, Floats]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Names asked for (``of``) beside names of organisations (``org``; ``row`` in the register), and the evidence."""

    of: Ints
    org: Ints
    row: Ints
    found: dict[str, Floats]


def listed(names: pa.Array, org: Ints, how: Ints, postcodes: pa.Array, places: Set[str] = frozenset()) -> Listed:
    """Prepare a register. ``names``, ``org``, ``how`` (place in ``evidence.HOW``) per name; ``postcodes`` per
    organisation; ``places``: words that say where, see :func:`holdfast.suppliers.matching.places.words`."""
    import numpy as np
    import pyarrow as pa

    vocabulary = Vocabulary(places)
    prepared = prepare(names, vocabulary)
    side = Side(prepared, bare(postcodes).take(pa.array(org)), how)
    counts = np.bincount(prepared.words, minlength=len(vocabulary.words))
    return Listed(side, org, vocabulary, vocabulary.weights(counts, len(names)))


def bare(postcodes: pa.Array) -> pa.Array:
    """Postcodes in capitals without spaces; blank for none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.replace_substring(pc.utf8_upper(pc.fill_null(postcodes.cast(pa.string()), "")), " ", "")


def match(
    register: Listed, names: pa.Array, postcodes: pa.Array, done: Callable[[int, int], None] | None = None
) -> Answers:
    """The answers to ``names``. ``done`` is told how many of how many names are answered."""
    import numpy as np

    card = scorecard.load()
    proposed = _proposed(register, names, postcodes)
    parts = []
    for i in range(0, max(len(names), 1), SLICE):
        pairs = _weighed(register, proposed, i, i + SLICE)
        parts.append(decide(card, pairs, card.score(pairs.found), len(names.slice(i, SLICE))))
        if done:
            done(min(i + SLICE, len(names)), len(names))
    return Answers(
        best=np.concatenate([p.best for p in parts]),
        score=np.concatenate([p.score for p in parts]),
        next=np.concatenate([p.next for p in parts]),
        next_score=np.concatenate([p.next_score for p in parts]),
        tied=np.concatenate([p.tied for p in parts]),
        found={name: np.concatenate([p.found[name] for p in parts]) for name in parts[0].found},
    )


@dataclass(frozen=True, slots=True)
class _Proposed:
    """What was asked for, ``of`` which name each part is, and pairs (row of it, row of the register) by name."""

    asked: Side
    of: Ints
    q: Ints
    r: Ints


def weighed(register: Listed, names: pa.Array, postcodes: pa.Array) -> Pairs:
    """Proposals for each name, with the evidence for each. The register's vocabulary grows by the names' words."""
    return _weighed(register, _proposed(register, names, postcodes), 0, len(names))


def _proposed(register: Listed, names: pa.Array, postcodes: pa.Array) -> _Proposed:
    import numpy as np
    import pyarrow as pa

    of, texts, part = asked_for(names)
    prepared = prepare(texts, register.vocabulary)
    asked = Side(prepared, bare(postcodes).take(pa.array(of)), part)
    q, r = propose(prepared, register.side.names)
    order = np.argsort(of[q], kind="stable")
    return _Proposed(asked, of, q[order], r[order])


def _weighed(register: Listed, proposed: _Proposed, first: int, end: int) -> Pairs:
    """The evidence for the names from ``first`` up to ``end``, which are numbered from 0 again."""
    import numpy as np

    names = proposed.of[proposed.q]
    these = slice(*np.searchsorted(names, (first, end)))
    q, r, of = proposed.q[these], proposed.r[these], names[these] - first
    found = evidence.weigh(proposed.asked, register.side, q, r, _weights(register), register.vocabulary)
    found |= evidence.rivals(found, of, register.org[r])
    return Pairs(of, register.org[r], r, found)


def _weights(register: Listed) -> npt.NDArray[np.float32]:
    """Weights of the register's words, and the greatest for words that it does not know."""
    import numpy as np

    more = len(register.vocabulary.words) - len(register.weights)
    new = register.vocabulary.weights(np.zeros(len(register.vocabulary.words), np.int64), len(register.org))
    return np.concatenate((register.weights, new[len(register.weights) :])) if more else register.weights


def decide(card: scorecard.Scorecard, pairs: Pairs, points: Floats, asked: int) -> Answers:
    """Of each name the best organisation and the next, and the probability of each."""
    import numpy as np

    one, two = _first_two(pairs, points)
    best, high = _spread(pairs, points, one, asked)
    following, second = _spread(pairs, points, two, asked)
    some, more = best >= 0, following >= 0
    lead = np.full(asked, card.lead_most)
    lead[more] = high[more] - second[more]
    score = np.where(some, card.probability(np.where(some, high, 0.0), lead), 0.0)
    tied = more & (lead < TIE)
    score = np.where(tied, np.minimum(score, 0.5), score)  # of two that fit alike each is as likely as the other
    other = np.where(more, card.probability(np.where(more, second, 0.0), -lead), 0.0)
    found = {}
    for name, values in pairs.found.items():
        found[name] = np.full(asked, np.nan)
        found[name][pairs.of[one]] = values[one]
    return Answers(best, score, following, np.minimum(other, 1 - score), tied, found)


def _first_two(pairs: Pairs, points: Floats) -> tuple[Ints, Ints]:
    """Places of the best pair of each name's best organisation, and of its next one."""
    import numpy as np

    order = np.lexsort((pairs.row, pairs.org, -points, pairs.of))
    size = int(pairs.org.max()) + 1 if len(pairs.org) else 1
    _, first = np.unique(pairs.of[order] * size + pairs.org[order], return_index=True)
    order = order[np.sort(first)]  # the best pair of each organisation, still by name and points
    rank = rank_within(pairs.of[order])
    return order[rank == 0], order[rank == 1]


def _spread(pairs: Pairs, points: Floats, which: Ints, asked: int) -> tuple[Ints, Floats]:
    """Organisation and points of a pair for each name asked for; -1 and minus infinity where it has none."""
    import numpy as np

    org, score = np.full(asked, -1, np.int64), np.full(asked, -np.inf)
    org[pairs.of[which]], score[pairs.of[which]] = pairs.org[which], points[which]
    return org, score
