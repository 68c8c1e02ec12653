"""Spellings of one supplier where no register knows it and no number is shared: told by the names alone.

Only what is the same but for remarks, order, spaces, the end of the last word or a slip of the pen is taken for one:
two suppliers put together would hide each other, while two spellings apart only count as one supplier more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from holdfast.engine.primitives import name_parts
from holdfast.suppliers.matching.pieces import pieces

#: Parts of a name of which the first is the supplier's and the rest a remark, a branch or an account.
_MAIN = ("up to its form", "without brackets", "before a dash")
_NOTE = re.compile(r"\s*[*_]{1,}.*$|\s*\([^()]*$")
#: What a remark begins with; most names have none.
_MARKED = re.compile(r"(?i)[-–(\[*_/|,;]|\b(?:ltd|limited|plc|llp|cic)\b.*\w|\bt/?a\b")
#: A shorter name is an abbreviation that many may share.
SHORTEST = 4
#: Words that may follow a name without making it another's.
LOOSE = frozenset({"UK", "GB", "GROUP", "SERVICES", "SERVICE", "CO", "COMPANY", "INTERNATIONAL", "HOLDINGS"})
#: Of names that begin alike no more than so many are compared letter by letter.
MOST = 50


def variants(names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs of core names that are one supplier. ``names``: core name -> a name as published that has it."""
    words = {core: _joined_initials(core.split()) for core in names}
    main = {core: _main(name, words[core]) for core, name in names.items()}
    alike: dict[str, list[str]] = defaultdict(list)
    for core in names:
        for form in {core: words[core], "": main[core]}.values():
            if len("".join(form)) >= SHORTEST:
                alike["".join(form)].append(core)
                alike[" ".join(sorted(form))].append(core)
    for same in alike.values():
        yield from ((same[0], other) for other in same[1:] if other != same[0])
    begin: dict[str, list[str]] = defaultdict(list)
    for core in names:
        if len("".join(main[core])) >= 2 * SHORTEST:
            begin[main[core][0]].append(core)
    for near in begin.values():
        if len(near) <= MOST:
            yield from _near(near, main)


def _joined_initials(words: Sequence[str]) -> tuple[str, ...]:
    """``B S I SYSTEMS`` as ``BSI SYSTEMS``."""
    found: list[str] = []
    initial = False
    for word in words:
        if len(word) == 1 and initial:
            found[-1] += word
        else:
            found.append(word)
        initial = len(word) == 1
    return tuple(found)


def _main(name: str, whole: tuple[str, ...]) -> tuple[str, ...]:
    """The words of the name without remarks; the whole where little would be left."""
    if not _MARKED.search(name):
        return whole
    bare = _NOTE.sub("", name) or name
    parts = dict(pieces(bare))
    kept = next((parts[which] for which in _MAIN if which in parts), bare)
    words = _joined_initials(name_parts(kept).core.split())
    return words if len("".join(words)) >= SHORTEST else whole


def _near(cores: Sequence[str], main: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    ordered = sorted(cores, key=lambda core: (main[core], core))
    for i, one in enumerate(ordered):
        for other in ordered[i + 1 :]:
            if _same(main[one], main[other]):
                yield one, other


def _same(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether one is cut off where the other goes on, one has loose words more, or a letter is wrong."""
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) < len(long):
        return len(short) > 1 and tuple(long[: len(short)]) == tuple(short) and set(long[len(short) :]) <= LOOSE
    if len(short) > 1 and tuple(a[:-1]) == tuple(b[:-1]) and min(len(a[-1]), len(b[-1])) >= 3:
        return a[-1].startswith(b[-1]) or b[-1].startswith(a[-1]) or _slip(a[-1], b[-1])
    return all(one == other or _slip(one, other) for one, other in zip(a, b, strict=True))


def _slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter, or two where they are long; numbers never do."""
    from rapidfuzz.distance import OSA

    shorter = min(len(one), len(other))
    if shorter < 5 or not (one.isalpha() and other.isalpha()):
        return False
    return OSA.distance(one, other, score_cutoff=2) <= (2 if shorter > 9 else 1)
