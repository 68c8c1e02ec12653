"""Which entries of a register a name may be: those the same in some way, and those that share rare runs of letters.

Runs of five letters stand for a name well: one wrong letter breaks five of them and leaves the rest, and most occur in
few names. Only the rarest runs of each name asked for are looked up, so the work grows with the names asked for and not
with the square of the register.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from holdfast.suppliers.matching.names import Names

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Ints = npt.NDArray[np.int64]
    Postings = tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]

RUN = 5
#: Runs are told apart by a number of so many bits; two that share a number only propose more than they need. The room
#: they take grows with it, so a register of less than :data:`LARGE` names gets the smaller one.
BITS = (22, 24)
LARGE = 300_000
#: A run that more names than this share proposes nothing; nor does one that one name in thirty shares.
COMMON = 3000
SHARE = 30
#: Names that the runs of one name may propose before they are ranked (fewer for a small register, down to the least),
#: and runs looked up at most.
BUDGET, LEAST, RUNS = 1200, 300, 12
#: Of what the runs propose, this many share the rarest runs; of those are kept the first, and the most alike.
RANKED, FIRST, ALIKE = 40, 5, 7
#: Likeness of the letters, in hundredths, under which nothing is kept but what shares the rarest runs of all.
UNLIKE = 45
#: Names in a register that are the same and are looked at, for one name.
SAME = 40
_SLICE = 200_000
#: Names asked for whose proposals are ranked at a time.
AT_ONCE = 10_000


def propose(asked: Names, listed: Names) -> tuple[Ints, Ints]:
    """Pairs (row of ``asked``, row of ``listed``), sorted, each once."""
    import numpy as np
    import pyarrow as pa

    same = equal(asked.canon, listed.canon)
    pairs = [same, equal(asked.squash, listed.squash), equal(_bag(asked), _bag(listed))]
    open_ = np.setdiff1d(np.arange(len(asked)), same[0])  # a name that is there letter for letter needs no likeness
    of, found = by_runs(asked.canon.take(pa.array(open_)), listed.canon)
    pairs.append((open_[of], found))
    size = max(len(listed), 1)
    keys = distinct(np.concatenate([q.astype(np.int64) * size + r for q, r in pairs]))
    return keys // size, keys % size


def equal(asked: pa.Array | Ints, listed: pa.Array | Ints) -> tuple[Ints, Ints]:
    """Pairs whose values are the same and not empty, at most :data:`SAME` for one asked."""
    import numpy as np

    a, b = (asked, listed) if isinstance(asked, np.ndarray) else _coded(asked, listed)
    order = np.argsort(b, kind="stable")
    return _within(a, b[order], order, SAME)


def _coded(asked: pa.Array, listed: pa.Array) -> tuple[Ints, Ints]:
    """Numbers that are the same where the texts are; blanks are -1 and -2."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    both = pa.concat_arrays([asked, listed])
    codes = both.dictionary_encode().indices.to_numpy().astype(np.int64)
    blank = pc.equal(both, "").to_numpy(zero_copy_only=False)
    codes[blank] = -2
    a, b = codes[: len(asked)], codes[len(asked) :]
    a[a == -2] = -1
    return a, b


def _bag(names: Names) -> Ints:
    """A number for the words of each name whatever their order; those of no words differ on no account."""
    import numpy as np

    counts = np.diff(names.start)
    row = np.repeat(np.arange(len(names)), counts)
    mixed = names.words.astype(np.uint64) + np.uint64(1)
    for factor, shift in ((0xFF51AFD7ED558CCD, 33), (0xC4CEB9FE1A85EC53, 29)):
        mixed = mixed * np.uint64(factor)
        mixed ^= mixed >> np.uint64(shift)
    bags = np.zeros(len(names), dtype=np.uint64)
    np.add.at(bags, row, mixed)
    return bags.view(np.int64)


def _within(a: Ints, sorted_b: Ints, order: Ints, most: int | None = None) -> tuple[Ints, Ints]:
    import numpy as np

    low, high = np.searchsorted(sorted_b, a, "left"), np.searchsorted(sorted_b, a, "right")
    counts = high - low if most is None else np.minimum(high - low, most)
    return np.repeat(np.arange(len(a)), counts), order[ranges(low, counts)]


def ranges(first: Ints, counts: Ints) -> Ints:
    """``first[i], first[i] + 1, …`` of ``counts[i]`` numbers each, one after the other."""
    import numpy as np

    before = np.cumsum(counts) - counts
    return np.repeat(first - before, counts) + np.arange(int(counts.sum()))


def distinct(values: Ints) -> Ints:
    """Each value once, sorted: quicker than numpy's own where most values differ."""
    import numpy as np

    ordered = np.sort(values)
    once: Ints = ordered[np.concatenate((np.ones(min(len(ordered), 1), bool), ordered[1:] != ordered[:-1]))]
    return once


def within(values: Ints, ordered: Ints) -> npt.NDArray[np.bool_]:
    """Whether each value is among those of a sorted list."""
    import numpy as np

    if not len(ordered):
        return np.zeros(len(values), bool)
    found: npt.NDArray[np.bool_] = ordered[np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)] == values
    return found


def rank_within(sorted_groups: Ints) -> Ints:
    """0, 1, 2 … within each run of equal numbers."""
    import numpy as np

    if not len(sorted_groups):
        return np.empty(0, dtype=np.int64)
    first = np.flatnonzero(np.concatenate(([True], sorted_groups[1:] != sorted_groups[:-1])))
    return np.arange(len(sorted_groups)) - np.repeat(first, np.diff(np.append(first, len(sorted_groups))))


def by_runs(asked: pa.Array, listed: pa.Array) -> tuple[Ints, Ints]:
    """Pairs that share rare runs of letters, the best of each name asked for."""
    import numpy as np

    bits = BITS[len(listed) >= LARGE]
    runs, of = _runs(asked, bits)
    wanted = np.zeros(1 << bits, dtype=bool)
    wanted[runs] = True
    counts = _counts(listed, wanted, bits)
    common = min(COMMON, max(len(listed) // SHARE, 100))
    budget = min(BUDGET, max(len(listed) // 100, LEAST))
    of, runs, shared_by = _rarest(of, runs, counts, bits, (common, budget))
    del counts
    wanted[:] = False
    wanted[runs] = True
    postings = _postings(listed, wanted, bits)
    del wanted
    pairs = [(np.empty(0, np.int64), np.empty(0, np.int64))]
    for start in range(0, len(asked), AT_ONCE):
        these = slice(*np.searchsorted(of, (start, start + AT_ONCE)))
        pairs.append(_looked_up(asked, listed, of[these], runs[these], shared_by[these], postings))
    return np.concatenate([p[0] for p in pairs]), np.concatenate([p[1] for p in pairs])


def _looked_up(
    asked: pa.Array, listed: pa.Array, of: Ints, runs: Ints, shared_by: Ints, postings: Postings
) -> tuple[Ints, Ints]:
    """The pairs of some of the names asked for."""
    import numpy as np

    low, high = (np.searchsorted(postings[0], runs.astype(np.int32), side) for side in ("left", "right"))
    each = high - low
    found = postings[1][ranges(low, each)].astype(np.int64)
    tells = np.repeat(np.log((len(listed) + 1) / shared_by), each)
    of, found, rank = _best(np.repeat(of, each), found, tells, len(listed))
    return _most_alike(asked, listed, of, found, rank)


def _most_alike(asked: pa.Array, listed: pa.Array, of: Ints, found: Ints, rank: Ints) -> tuple[Ints, Ints]:
    """Those that share the rarest runs, and those whose letters are the most alike in whatever order of words."""
    import numpy as np
    import pyarrow as pa
    from rapidfuzz import fuzz
    from rapidfuzz.process import cpdist

    x, y = asked.take(pa.array(of)).to_pylist(), listed.take(pa.array(found)).to_pylist()
    straight = cpdist(x, y, scorer=fuzz.ratio, dtype=np.float32)
    sorted_ = cpdist(x, y, scorer=fuzz.token_sort_ratio, dtype=np.float32)
    alike = np.maximum(straight, sorted_)
    order = np.lexsort((found, -alike, of))
    kept = rank < FIRST
    kept[order] |= rank_within(of[order]) < ALIKE
    kept &= (alike >= UNLIKE) | (rank == 0)
    return of[kept], found[kept]


def _best(of: Ints, found: Ints, tells: npt.NDArray[np.float64], size: int) -> tuple[Ints, Ints, Ints]:
    """The :data:`RANKED` best of each, with their rank."""
    import numpy as np

    keys = of * max(size, 1) + found
    order = np.argsort(keys, kind="stable")
    keys, tells = keys[order], tells[order]
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.empty(0, np.int64)
    score = np.add.reduceat(tells, first) if len(first) else tells
    of, found = keys[first] // max(size, 1), keys[first] % max(size, 1)
    order = np.lexsort((found, -score, of))
    of, found = of[order], found[order]
    rank = rank_within(of)
    kept = rank < RANKED
    return of[kept], found[kept], rank[kept]


def _rarest(of: Ints, runs: Ints, counts: Ints, bits: int, most: tuple[int, int]) -> tuple[Ints, Ints, Ints]:
    """Of each name the rarest runs that occur in the register, two at least. ``most``: names that may share one run,
    and names that all runs of a name together may propose."""
    import numpy as np

    keys = distinct((of << bits) | runs)
    of, runs = keys >> bits, keys & ((1 << bits) - 1)
    shared_by = counts[runs]
    usable = (shared_by > 0) & (shared_by <= most[0])
    of, runs, shared_by = of[usable], runs[usable], shared_by[usable]
    order = np.lexsort((runs, shared_by, of))
    of, runs, shared_by = of[order], runs[order], shared_by[order]
    rank = rank_within(of)
    so_far = np.cumsum(shared_by)
    first = np.flatnonzero(rank == 0)
    before = np.repeat((so_far - shared_by)[first], np.diff(np.append(first, len(of)))) if len(of) else so_far
    kept = (((so_far - before) <= most[1]) | (rank < 2)) & (rank < RUNS)
    return of[kept], runs[kept], shared_by[kept]


def _counts(listed: pa.Array, wanted: npt.NDArray[np.bool_], bits: int) -> Ints:
    import numpy as np

    counts = np.zeros(1 << bits, dtype=np.int64)
    for _, piece in _slices(listed):
        runs, _ = _runs(piece, bits)
        counts += np.bincount(runs[wanted[runs]], minlength=1 << bits)
    return counts


def _postings(listed: pa.Array, wanted: npt.NDArray[np.bool_], bits: int) -> Postings:
    """Runs and the names that have them, sorted by run and name."""
    import numpy as np

    runs, names = [np.empty(0, np.int32)], [np.empty(0, np.int32)]
    for offset, piece in _slices(listed):
        r, n = _runs(piece, bits)
        kept = wanted[r]
        runs.append(r[kept].astype(np.int32))
        names.append((n[kept] + offset).astype(np.int32))
    all_runs, all_names = np.concatenate(runs), np.concatenate(names)
    order = np.argsort(all_runs, kind="stable")
    return all_runs[order], all_names[order]


def _slices(names: pa.Array) -> Iterator[tuple[int, pa.Array]]:
    for i in range(0, len(names), _SLICE):
        yield i, names.slice(i, _SLICE)


def _runs(names: pa.Array, bits: int) -> tuple[Ints, Ints]:
    """Numbers of the runs of letters of each name, with the name's row. A space stands before and after each name."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    padded = pc.binary_join_element_wise("", names, "", " ").cast(pa.large_string())
    if not len(padded):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    offsets = np.frombuffer(padded.buffers()[1], dtype=np.int64)[padded.offset : padded.offset + len(padded) + 1]
    letters = np.frombuffer(padded.buffers()[2], dtype=np.uint8)[offsets[0] : offsets[-1]].astype(np.uint64)
    n = len(letters) - RUN + 1
    if n <= 0:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    mixed = letters[:n].copy()
    for k in range(1, RUN):
        mixed = (mixed << np.uint64(8)) | letters[k : n + k]
    row = np.repeat(np.arange(len(padded), dtype=np.int64), np.diff(offsets))
    inside = row[:n] == row[RUN - 1 :]
    mixed = (mixed * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(64 - bits)
    return mixed[inside].astype(np.int64), row[:n][inside]
