"""Names made comparable: taken apart, abbreviations made one word, each word given the weight of what it tells."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from holdfast.engine.primitives import Steps, name_parts_sql
from holdfast.suppliers.shaping import FORM

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Ints = npt.NDArray[np.int32]
    Longs = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float32]

#: In a register of fewer names than this a word is not thought more common than it would be in one of so many.
SMALL = 20_000
#: What words tell that nearly every name might have (GROUP, UK, SERVICES), against what they would by their rarity.
WEAK = 0.35


@cache
def _told() -> tuple[Mapping[str, str], Mapping[str, float]]:
    """Word -> the word it stands for; word -> share of its weight."""
    text = files("holdfast.suppliers.matching").joinpath("words.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    shares = {"weak": WEAK, "none": 0.0}
    return (
        {r["word"]: r["stands_for"] for r in rows},
        {r["stands_for"]: shares[r["weight"]] for r in rows if r["weight"]},
    )


@cache
def _phrases() -> Steps:
    """Words that together stand for something shorter."""
    text = files("holdfast.suppliers.matching").joinpath("phrases.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    return Steps("|".join(r["pattern"] for r in rows), tuple((r["pattern"], r["stands_for"]) for r in rows))


#: What names need before they are taken apart, on both sides: a register's "LODGE COMPANY LIMITED(THE)" and a ledger's
#: "HOSPICE THE" lose the article; "LTD ANTHONY NOLAN" had its form carried to the front; "PAINTINGLTD" lost a space;
#: a community interest company has its form written in many ways, often cut short.
_BEFORE = Steps(
    r"(?i)the\)?$|^ *(?:ltd|limited)\b|[a-z]{3}(?:ltd|limited)[. ]*$|community inte",
    (
        (r"(?i)[ ,]*(?:\(the\)| the)$", ""),
        (r"(?i)^ *(?:ltd|limited)\b[. ]+(.*)$", r"\1 LTD"),
        (r"(?i)\bcommunity interest company\b|\bcommunity inte[a-z]*(?: c[a-z]*)?$", "CIC"),
        (r"(?i)([a-z]{3})ltd[. ]*$", r"\1 LTD"),
        (r"(?i)([a-z]{2}[a-mo-z])limited[. ]*$", r"\1 LTD"),  # UNLIMITED is a word
    ),
)


@dataclass(frozen=True, slots=True)
class _Words:
    """What is asked of words again and again; see :class:`Vocabulary`."""

    lengths: Longs
    first: Ints
    last: Ints
    digits: npt.NDArray[np.bool_]
    kinds: npt.NDArray[np.int8]

    @classmethod
    def of(cls, words: list[str], places: Set[str]) -> _Words:
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        size, shares = len(words), _told()[1]
        digits = pc.match_substring_regex(pa.array(words, pa.string()), "[0-9]").to_numpy(zero_copy_only=False)
        kinds = (0 if w in shares else 1 if w in places else 2 for w in words)
        return cls(
            np.fromiter(map(len, words), np.int64, size),
            np.fromiter((ord(w[0]) if w else 0 for w in words), np.int32, size),
            np.fromiter((ord(w[-1]) if w else 0 for w in words), np.int32, size),
            np.asarray(digits, dtype=bool),
            np.fromiter(kinds, dtype=np.int8, count=size),
        )


class Vocabulary:
    """Numbers for words, shared by both sides of a match. ``places``: words that say where, in capitals."""

    def __init__(self, places: Set[str] = frozenset()) -> None:
        self.words: list[str] = []
        self.places = places
        self._number: dict[str, int] = {}
        self._words: _Words | None = None

    def digits(self) -> npt.NDArray[np.bool_]:
        """Whether each word has a digit in it."""
        return self._told().digits

    def shapes(self) -> tuple[Longs, Ints, Ints]:
        """Of each word its length, and its first and last letter as numbers."""
        told = self._told()
        return told.lengths, told.first, told.last

    def kinds(self) -> npt.NDArray[np.int8]:
        """Of each word what it tells: 0 nothing or little, 1 a place, 2 anything else."""
        return self._told().kinds

    def _told(self) -> _Words:
        """Worked out again only where words have come."""
        if self._words is None or len(self._words.lengths) != len(self.words):
            self._words = _Words.of(self.words, self.places)
        return self._words

    def numbers(self, words: list[str]) -> Ints:
        import numpy as np

        stands_for = _told()[0]
        found = np.empty(len(words), dtype=np.int32)
        for i, word in enumerate(words):
            word = stands_for.get(word, word)
            number = self._number.get(word)
            if number is None:
                number = self._number[word] = len(self.words)
                self.words.append(word)
            found[i] = number
        return found

    def weights(self, counts: Longs, names: int) -> Floats:
        """What each word tells: the logarithm of how rare it is among ``names`` names, less where it is weak."""
        import numpy as np

        rarity = np.log((max(names, SMALL) + 1) / (np.asarray(counts, dtype=np.float64) + 1)) + 0.1
        shares = _told()[1]
        share = np.fromiter((shares.get(w, 1.0) for w in self.words), dtype=np.float64, count=len(self.words))
        return (rarity * share).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Names:
    """A list of names made comparable; row i is name i.

    ``core`` see ``engine.primitives.NameParts`` · ``canon`` its words with abbreviations made one · ``squash`` the same
    without spaces and without words that tell nothing · ``form`` the legal form at its end, blank for none ·
    ``trading`` · ``cut`` whether a system may have cut it · ``words``, ``start``: the numbers of the words of name i
    are ``words[start[i]:start[i + 1]]``.
    """

    core: pa.Array
    canon: pa.Array
    squash: pa.Array
    form: pa.Array
    trading: pa.Array
    cut: npt.NDArray[np.bool_]
    words: Ints
    start: Longs

    def __len__(self) -> int:
        return len(self.core)


#: Names taken apart at a time: more costs memory and saves nothing.
_SLICE = 500_000


def prepare(names: pa.Array, vocabulary: Vocabulary) -> Names:
    """Take names apart. ``names``: text; null and blank give an empty core, which nothing equals."""
    import numpy as np
    import pyarrow as pa

    parts = [_parts(names.slice(i, _SLICE)) for i in range(0, max(len(names), 1), _SLICE)]
    table = pa.concat_tables(parts).combine_chunks()
    words, start = _words(_column(table, "short"), vocabulary)
    silent = np.array([_told()[1].get(w) == 0.0 for w in vocabulary.words], dtype=bool)
    return Names(
        core=_column(table, "core"),
        canon=_joined(words, start, vocabulary, " "),
        squash=_squash(words, start, vocabulary, silent),
        form=_column(table, "form"),
        trading=_column(table, "trading"),
        cut=_column(table, "cut").to_numpy(zero_copy_only=False).astype(bool),
        words=words,
        start=start,
    )


def _column(table: pa.Table, name: str) -> pa.Array:
    import pyarrow as pa

    column = table.column(name)
    return column.chunk(0) if column.num_chunks else pa.array([], column.type)


def _parts(names: pa.Array) -> pa.Table:
    import numpy as np
    import pyarrow as pa

    from holdfast.engine.duck import Engine

    engine = Engine(threads=1)
    try:
        engine.register("given", pa.table({"row": pa.array(np.arange(len(names))), "name": names}))
        engine.execute(f"CREATE TEMP VIEW tidy AS SELECT row, {_BEFORE.sql('name')} AS name FROM given")
        parts = f"SELECT *, {FORM.format(plain='plain')} AS form FROM ({name_parts_sql('tidy', 'name')})"
        columns = f"row, core, {_phrases().sql('core')} AS short, trading, cut, form"
        return engine.arrow(f"SELECT {columns} FROM ({parts}) ORDER BY row")
    finally:
        engine.close()


def _words(core: pa.Array, vocabulary: Vocabulary) -> tuple[Ints, Longs]:
    import numpy as np
    import pyarrow.compute as pc

    lists = pc.split_pattern(core, " ")
    counts = pc.list_value_length(lists).to_numpy(zero_copy_only=False)
    coded = lists.flatten().dictionary_encode()
    if not len(coded):
        return np.empty(0, np.int32), np.zeros(len(core) + 1, np.int64)
    spelt = coded.dictionary.to_pylist()
    codes = coded.indices.to_numpy(zero_copy_only=False)
    start = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    kept = _telling(spelt, codes, start)
    return vocabulary.numbers(spelt)[codes[kept]], np.concatenate(([0], np.cumsum(kept)))[start]


#: LTD with a letter wrong, at the end of a name.
_NEARLY_LTD = frozenset({"TD", "LD", "TLD", "LDT", "LTDD", "LLTD", "LTTD", "LYD", "LRD", "LTS", "LTF", "LTX"})
#: A ledger's own number in a name.
_LONG_NUMBER = re.compile(r"[0-9]{5,}")


def _telling(spelt: list[str], codes: Ints, start: Longs) -> npt.NDArray[np.bool_]:
    """Which words to keep: not a ledger's number nor a misspelt LIMITED at the end, unless nothing else is there."""
    import numpy as np
    from rapidfuzz.distance import OSA

    number = np.fromiter((bool(_LONG_NUMBER.fullmatch(w)) for w in spelt), bool, len(spelt))
    nearly = np.fromiter(
        (
            w in _NEARLY_LTD
            or (
                5 <= len(w) <= 9
                and w not in ("LIMITED", "UNLIMITED")
                and OSA.distance(w, "LIMITED", score_cutoff=2) <= 2
            )
            for w in spelt
        ),
        bool,
        len(spelt),
    )
    drop = number[codes]
    counts = np.diff(start)
    last = (start[1:] - 1)[counts > 1]
    drop[last] |= nearly[codes[last]]
    left = np.bincount(np.repeat(np.arange(len(counts)), counts), ~drop, len(counts))
    blank = np.fromiter((w == "" for w in spelt), bool, len(spelt))
    kept: npt.NDArray[np.bool_] = (~drop | np.repeat(left == 0, counts)) & ~blank[codes]
    return kept


def _joined(words: Ints, start: Longs, vocabulary: Vocabulary, mark: str) -> pa.Array:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    spelt = pa.array(vocabulary.words, pa.string()).take(pa.array(words))
    return pc.binary_join(pa.ListArray.from_arrays(pa.array(start.astype(np.int32)), spelt), mark)


def _squash(words: Ints, start: Longs, vocabulary: Vocabulary, silent: npt.NDArray[np.bool_]) -> pa.Array:
    import numpy as np

    kept = ~silent[words] if len(words) else np.empty(0, bool)
    before = np.concatenate(([0], np.cumsum(kept)))
    return _joined(words[kept], before[start], vocabulary, "")
