"""What speaks for and against a name being an organisation, pair by pair, as numbers a scorecard can weigh.

Each function takes columns and gives columns: row i of every array is about pair i.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from holdfast.suppliers.matching.names import Names, Vocabulary
from holdfast.suppliers.matching.proposals import distinct, ranges, rank_within, within

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float32]
    Mask = npt.NDArray[np.bool_]

#: How a name in a register is known.
HOW = ("current", "previous", "alias", "trading")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a match: names, and of each its postcode (capitals, no space, blank for none), how it is known (a
    place in :data:`HOW` for a register, in ``pieces.PART`` for what is asked)."""

    names: Names
    postcode: pa.Array
    how: Ints


def weigh(
    asked: Side, listed: Side, q: Ints, r: Ints, weights: Floats, vocabulary: Vocabulary
) -> dict[str, npt.NDArray[np.float64]]:
    """Every measure of every pair, by name. See ``scorecard.csv`` for what each means."""
    import numpy as np

    found: dict[str, npt.NDArray[np.float64]] = {}
    found |= _words(asked.names, listed.names, q, r, weights, vocabulary)
    found |= _letters(asked.names, listed.names, q, r)
    # the same words in another order are less than the same letters
    found["same"] = np.maximum(found["same"], found.pop("all words"))
    found["form"] = _form(asked.names, listed.names, q, r)
    found["postcode"] = _postcode(asked.postcode, listed.postcode, q, r)
    found["known as"] = listed.how[r].astype(float)
    found["part"] = asked.how[q].astype(float)
    return found


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one side of every pair: ``of`` which pair, ``word``, what each ``tells``, whether the other side has
    it as a ``whole``, and how ``like`` (0 to 1) the most alike of the other side is."""

    of: Ints
    word: Ints
    tells: Floats
    whole: Mask
    like: Floats

    def sum(self, values: Floats, pairs: int) -> npt.NDArray[np.float64]:
        import numpy as np

        return np.bincount(self.of, values, pairs).astype(float)

    def most(self, values: Floats, pairs: int) -> npt.NDArray[np.float64]:
        import numpy as np

        found = np.zeros(pairs, np.float32)
        np.maximum.at(found, self.of, values)
        return found.astype(float)


def _words(
    a: Names, b: Names, q: Ints, r: Ints, weights: Floats, vocabulary: Vocabulary
) -> dict[str, npt.NDArray[np.float64]]:
    """Words shared, whole or nearly so, and the most telling word that is not."""
    import numpy as np

    pairs = len(q)
    here, there = _both(a, b, q, r, weights, vocabulary)
    kinds, digits = vocabulary.kinds(), vocabulary.digits()
    found = here.sum(here.tells * here.like, pairs)
    missing, numbers = np.zeros(pairs), np.zeros(pairs)
    for side in (here, there):
        missing += side.sum((~side.whole).astype(np.float32), pairs)
        numbers += side.sum((digits[side.word] & ~side.whole).astype(np.float32), pairs)
    first_a = a.words[np.minimum(a.start[q], max(len(a.words) - 1, 0))]
    first_b = b.words[np.minimum(b.start[r], max(len(b.words) - 1, 0))]
    return {
        "words found": found / np.maximum(here.sum(here.tells, pairs), 1e-6),
        "words covered": there.sum(there.tells * there.like, pairs) / np.maximum(there.sum(there.tells, pairs), 1e-6),
        "missing word": here.most(here.tells * (1 - here.like), pairs),
        "extra word": there.most(there.tells * (1 - there.like), pairs),
        "shared weight": found,
        "best word": here.most(np.where(here.whole, here.tells, np.float32(0)), pairs),
        "first word": (first_a == first_b).astype(float),
        "numbers": (numbers > 0).astype(float),
        "words": np.minimum(np.diff(a.start)[q], 6).astype(float),
        "left over here": _left_over(here, kinds, pairs),
        "left over there": _left_over(there, kinds, pairs),
        "all words": (missing == 0).astype(float),
    }


def _both(a: Names, b: Names, q: Ints, r: Ints, weights: Floats, vocabulary: Vocabulary) -> tuple[_Words, _Words]:
    """The words of both sides of every pair, each beside the most alike of the other side."""
    import numpy as np

    size = max(len(vocabulary.words), 1)
    of_a, wa = _spread(a, q)
    of_b, wb = _spread(b, r)
    key_a, key_b = of_a * size + wa, of_b * size + wb
    whole_a, whole_b = within(key_a, np.sort(key_b)), within(key_b, np.sort(key_a))
    like_a, like_b = whole_a.astype(np.float32), whole_b.astype(np.float32)
    left, right = np.flatnonzero(~whole_a & (weights[wa] > 0)), np.flatnonzero(~whole_b & (weights[wb] > 0))
    i, j = _beside(left, right, of_a, of_b)
    may = _may_be_alike(wa[i], wb[j], vocabulary)
    i, j = i[may], j[may]
    like = _alike(wa[i], wb[j], vocabulary)
    np.maximum.at(like_a, i, like)
    np.maximum.at(like_b, j, like)
    like_a[_initials(a, b, q, r, of_a, wa, whole_a, vocabulary)] = 1.0
    return _Words(of_a, wa, weights[wa], whole_a, like_a), _Words(of_b, wb, weights[wb], whole_b, like_b)


#: Places of the answers of :func:`_left_over` in the scorecard.
LEFT_OVER = ("nothing", "words that tell little", "places", "words that tell")


def _left_over(side: _Words, kinds: npt.NDArray[np.int8], pairs: int) -> npt.NDArray[np.float64]:
    """What the words tell that the other name has nothing like: the most telling of them, see :data:`LEFT_OVER`."""
    import numpy as np

    most = np.zeros(pairs, np.int8)
    left = side.like < 0.5
    np.maximum.at(most, side.of[left], kinds[side.word[left]] + np.int8(1))
    return most.astype(float)


def _spread(names: Names, rows: Ints) -> tuple[Ints, Ints]:
    """Of each pair its words: (pair, word)."""
    import numpy as np

    counts = names.start[rows + 1] - names.start[rows]
    return np.repeat(np.arange(len(rows)), counts), names.words[ranges(names.start[rows], counts)].astype(np.int64)


def _beside(left: Ints, right: Ints, of_a: Ints, of_b: Ints) -> tuple[Ints, Ints]:
    """Every word left over on one side beside every word left over on the other side of the same pair."""
    import numpy as np

    low = np.searchsorted(of_b[right], of_a[left], "left")
    counts = np.searchsorted(of_b[right], of_a[left], "right") - low
    return np.repeat(left, counts), right[ranges(low, counts)]


def _may_be_alike(a: Ints, b: Ints, vocabulary: Vocabulary) -> Mask:
    """Words worth comparing: with one end in common, of lengths that two letters or an abbreviation account for, and
    without digits."""
    import numpy as np

    lengths, first, last = vocabulary.shapes()
    digits = vocabulary.digits()
    begin = first[a] == first[b]
    near = np.abs(lengths[a] - lengths[b]) <= 2
    may: Mask = (begin | ((last[a] == last[b]) & near)) & ~digits[a] & ~digits[b]
    return may


def _alike(a: Ints, b: Ints, vocabulary: Vocabulary) -> Floats:
    """How nearly two words are one, 0 to 1: a letter wrong, or one the beginning of the other."""
    import numpy as np
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import cpdist

    size = max(len(vocabulary.words), 1)
    keys = distinct(a * size + b)
    back = np.searchsorted(keys, a * size + b)
    if not len(keys):
        return np.empty(0, np.float32)
    x = [vocabulary.words[k] for k in (keys // size).tolist()]
    y = [vocabulary.words[k] for k in (keys % size).tolist()]
    wrong = cpdist(x, y, scorer=OSA.distance, score_cutoff=2, dtype=np.int32)
    lengths, _, _ = vocabulary.shapes()
    of_x, of_y = lengths[keys // size], lengths[keys % size]
    least, most = np.minimum(of_x, of_y), np.maximum(of_x, of_y)
    begins = np.fromiter((s.startswith(t) or t.startswith(s) for s, t in zip(x, y, strict=True)), bool, len(x))
    like = np.select(
        [(most >= 4) & (wrong <= 1), (most >= 7) & (wrong <= 2), begins & (least >= 4), begins & (least == 3), begins],
        [0.85, 0.75, 0.7, 0.5, 0.25],
        0.0,
    )
    found: Floats = like.astype(np.float32)[back]
    return found


def _initials(
    a: Names, b: Names, q: Ints, r: Ints, of_a: Ints, wa: Ints, whole_a: Mask, vocabulary: Vocabulary
) -> Ints:
    """Places of words that only repeat the initials of the other name: (BDP) beside BUILDING DESIGN PARTNERSHIP."""
    import numpy as np

    lengths, _, _ = vocabulary.shapes()
    may = np.flatnonzero(~whole_a & (lengths[wa] >= 2) & (lengths[wa] <= 6) & (np.diff(a.start)[q][of_a] >= 3))
    if not len(may):
        return may
    rows, back = np.unique(r[of_a[may]], return_inverse=True)
    first = [
        "".join(vocabulary.words[w][:1] for w in b.words[b.start[row] : b.start[row + 1]]) for row in rows.tolist()
    ]
    said = [vocabulary.words[w] for w in wa[may]]
    hits = np.fromiter((s in first[k] for s, k in zip(said, back, strict=True)), bool, len(said))
    short: Ints = may[hits]
    return short


def _letters(a: Names, b: Names, q: Ints, r: Ints) -> dict[str, npt.NDArray[np.float64]]:
    """How alike the names are letter by letter, spaces left out."""
    import numpy as np
    import pyarrow.compute as pc
    from rapidfuzz import fuzz
    from rapidfuzz.distance import JaroWinkler
    from rapidfuzz.process import cpdist

    x, y = a.squash.take(_rows(q)).to_pylist(), b.squash.take(_rows(r)).to_pylist()
    long_x, long_y = a.canon.take(_rows(q)).to_pylist(), b.canon.take(_rows(r)).to_pylist()
    cut = a.cut[q]
    begins = np.fromiter((t.startswith(s) and len(s) >= 8 for s, t in zip(x, y, strict=True)), bool, len(x))
    holds = np.fromiter(
        (len(t) >= 6 and f" {t} " in f" {s} " for s, t in zip(long_x, long_y, strict=True)), bool, len(x)
    )
    alike = np.fromiter((s == t for s, t in zip(x, y, strict=True)), bool, len(x))
    core = pc.equal(a.core.take(_rows(q)), b.core.take(_rows(r))).to_numpy(zero_copy_only=False)
    return {
        "letters": cpdist(x, y, scorer=fuzz.ratio, dtype=np.float32).astype(float) / 100,
        "beginning": cpdist(x, y, scorer=JaroWinkler.similarity, dtype=np.float32).astype(float),
        "within": cpdist(x, y, scorer=fuzz.partial_ratio, dtype=np.float32).astype(float) / 100,
        "any order": cpdist(long_x, long_y, scorer=fuzz.token_sort_ratio, dtype=np.float32).astype(float) / 100,
        "cut off": np.select([begins & cut, begins, holds], [3.0, 2.0, 1.0], 0.0),
        "same": np.where(core, 3.0, 2.0 * alike),
    }


def _rows(rows: Ints) -> pa.Array:
    import pyarrow as pa

    return pa.array(rows, pa.int64())


#: What the numbers of the measures of words mean: ``same``, ``cut off``, ``form``, ``postcode``.
SAME = ("no", "the same words in another order", "the same but for spelling", "the same")
CUT_OFF = ("no", "the register's is within it", "it begins so", "it begins so and may be cut off")
FORMS = ("neither has one", "same", "not on the payment", "not in the register", "another")
POSTCODES = ("not known", "another area", "same area", "same district", "same")


def _form(a: Names, b: Names, q: Ints, r: Ints) -> npt.NDArray[np.float64]:
    import numpy as np

    codes = {"": 0}
    x = np.array([codes.setdefault(f, len(codes)) for f in a.form.to_pylist()], np.int64)[q]
    y = np.array([codes.setdefault(f, len(codes)) for f in b.form.to_pylist()], np.int64)[r]
    return np.select([(x == 0) & (y == 0), x == y, x == 0, y == 0], [0.0, 1.0, 2.0, 3.0], 4.0)


def _postcode(a: pa.Array, b: pa.Array, q: Ints, r: Ints) -> npt.NDArray[np.float64]:
    """How near two postcodes are: unknown, another area (letters), the area, the district, the code."""
    import numpy as np
    import pyarrow.compute as pc

    def parts(codes: pa.Array, rows: Ints) -> tuple[pa.Array, pa.Array, pa.Array]:
        picked = codes.take(_rows(rows))
        district = pc.utf8_slice_codeunits(picked, 0, -3)
        return picked, district, pc.replace_substring_regex(picked, "[0-9].*$", "")

    full_a, district_a, area_a = parts(a, q)
    full_b, district_b, area_b = parts(b, r)

    def same(x: pa.Array, y: pa.Array) -> Mask:
        return pc.equal(x, y).to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]

    unknown = pc.or_(pc.equal(full_a, ""), pc.equal(full_b, "")).to_numpy(zero_copy_only=False)
    return np.select(
        [unknown, same(full_a, full_b), same(district_a, district_b), same(area_a, area_b)], [0.0, 4.0, 3.0, 2.0], 1.0
    )


def rivals(found: Mapping[str, npt.NDArray[np.float64]], q: Ints, org: Ints) -> dict[str, npt.NDArray[np.float64]]:
    """What the other organisations beside the same name say. ``q``: the name asked for (not its part) of each pair.

    ``bearers``: how many bear just this name, up to 3; 0 where this one does not · ``borne by another``: another one
    does while this one does not · ``ahead``: how much more alike this one is than the most alike of the others ·
    ``near``: how many of the others are at most a little less alike, up to 5.
    """
    import numpy as np

    names = int(q.max()) + 1 if len(q) else 1
    size = int(org.max()) + 1 if len(org) else 1
    top = np.zeros(names)
    np.maximum.at(top, q, found["same"])
    same = (found["same"] > 0) & (found["same"] == top[q])
    count = np.bincount(distinct(q[same] * size + org[same]) // size, minlength=names)[q]
    best, of, mine = _best_of_each(found, q * size + org)
    first, second, bearer = _two_most(best, of // size, names)
    ahead = np.where(bearer[q] == mine, first[q] - second[q], best[mine] - first[q])
    near = np.bincount(of // size, best > first[of // size] - 0.2, names)[q]
    return {
        "bearers": np.where(same, np.minimum(count, 3), 0).astype(float),
        "borne by another": (~same & (count > 0)).astype(float),
        "ahead": np.clip(ahead, -2.0, 2.0),
        "near": np.minimum(near, 5).astype(float),
    }


def _best_of_each(
    found: Mapping[str, npt.NDArray[np.float64]], key: Ints
) -> tuple[npt.NDArray[np.float64], Ints, Ints]:
    """How alike each organisation is to the name (at best), which that is, and its place for each pair."""
    import numpy as np

    alike = found["words found"] + found["words covered"] + np.maximum(found["letters"], found["any order"])
    of = distinct(key)
    mine = np.searchsorted(of, key)
    best = np.zeros(len(of))
    np.maximum.at(best, mine, alike)
    return best, of, mine


def _two_most(
    best: npt.NDArray[np.float64], name: Ints, names: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], Ints]:
    """Of each name how alike the first and the second are (0 for none), and the place of the first."""
    import numpy as np

    order = np.lexsort((-best, name))
    rank = rank_within(name[order])
    first, second, bearer = np.zeros(names), np.zeros(names), np.full(names, -1)
    one, two = order[rank == 0], order[rank == 1]
    first[name[one]], bearer[name[one]] = best[one], one
    second[name[two]] = best[two]
    return first, second, bearer
