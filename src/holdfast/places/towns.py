"""Towns by name, where files give no postcode. Spelling is folded; what a value names, its country's pack decides."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from holdfast.packs import Pack

#: Letters that accents cannot be taken off.
_PLAIN = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th"})
#: What stands for "no town", folded: so letters are not doubled.
_NOTHING = frozenset(
    ("na", "n a", "none", "nil", "nul", "unknown", "not known", "not stated", "various", "tbc", "tba", "other")
) | {"redacted", "not aplicable", "x"}

Standing = Literal["known", "stated", "abroad", "unknown"]


def fold_town(text: str) -> str:
    """One spelling for all: no accents, no capitals, no doubled letters, words parted by one space.

    ``Prishtinë`` -> ``prishtine``, ``V i t i`` -> ``viti``, ``GJILAN`` -> ``gjilan``, ``Prishttine`` -> ``prishtine``.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    words = re.findall(r"[^\W_]+", bare.replace("'", "").replace("’", ""))
    joined = "".join(words) if words and all(len(w) == 1 for w in words) else " ".join(words)
    return re.sub(r"([^\W\d_])\1+", r"\1", joined)


@dataclass(frozen=True, slots=True)
class Town:
    """What a value says. ``known``: listed in the pack or a ring · ``stated``: a town, but not a listed one ·
    ``abroad``: for certain in no part of the country · ``unknown``: blank or not understood."""

    standing: Standing
    key: str = ""
    area: str | None = None


class TownNames:
    """The towns of a pack, of added files and of the rings, and how to recognise them."""

    def __init__(self, pack: Pack, *, towns: Mapping[str, str] | None = None, ring_towns: Iterable[str] = ()) -> None:
        rules = pack.town_rules
        self.complete: bool = rules.get("complete", False)
        self._endings: list[str] = sorted(rules.get("endings", []), key=len, reverse=True)
        self._split = re.compile("[" + re.escape("".join(rules.get("separators", ",;"))) + "]")
        self._abroad = {fold_town(t) for t in rules.get("abroad", [])}
        self._containers = {fold_town(t) for t in rules.get("containers", [])} | _area_names(pack)
        self._known: dict[str, Town] = {}
        for name, area in {**pack.towns, **(towns or {})}.items():
            self._known[self.key(name)] = Town("known", self.key(name), area)
        for alias, name in pack.town_aliases.items():
            key = self.key(name)
            self._known.setdefault(self.key(alias), self._known.get(key, Town("known", key)))
        #: Towns that only the rings name, by their key: no list says that there is such a place.
        self.only_in_rings: dict[str, str] = {}
        for name in ring_towns:
            if self.key(name) not in self._known:
                self.only_in_rings[self.key(name)] = name
        for name in ring_towns:
            self._known.setdefault(self.key(name), Town("known", self.key(name)))

    def key(self, text: str) -> str:
        """The folded name without the endings that the pack's language puts on names."""
        folded = fold_town(text)
        for ending in self._endings:
            if folded.endswith(ending) and len(folded) - len(ending) >= 3:
                return folded[: -len(ending)]
        return folded

    def ring_key(self, name: str) -> str:
        """The key under which a ring's town is recognised: aliases lead to the town they stand for."""
        return self._known[self.key(name)].key

    def area(self, key: str) -> str | None:
        """The area that a known town lies in."""
        found = self._known.get(key)
        return found.area if found else None

    def read(self, value: str | None) -> Town:
        """What a value of a town column says."""
        if not value or not fold_town(value) or fold_town(value) in _NOTHING:
            return Town("unknown")
        if whole := self._known.get(self.key(value)):
            return whole
        for part in reversed(self._split.split(value)):
            folded = fold_town(part)
            if not folded or folded.replace(" ", "").isdigit():
                continue
            if found := self._known.get(self.key(part)):
                return found
            if folded in self._abroad:
                return Town("abroad")
            if folded not in self._containers:
                return self._unlisted(part)
        return Town("unknown")

    def _unlisted(self, part: str) -> Town:
        """A town that is not listed. Where all towns are, it is misspelled or unknown; else it is another one."""
        key = self.key(part)
        if not self.complete:
            return Town("stated", key) if len(key) >= 3 else Town("unknown")
        near = {t.key: t for k, t in self._known.items() if len(k) >= 5 and one_slip(key, k)}
        return next(iter(near.values())) if len(near) == 1 else Town("unknown", key)


def _area_names(pack: Pack) -> set[str]:
    """Names and codes that say in which wider area a town lies: ``Phoenix, AZ``; ``Preston, Lancashire``."""
    tree = pack.areas
    all_areas = pack.town_rules.get("area_names_are_containers", False)
    wide = [a for a in tree.areas.values() if all_areas or tree.expand(a.code) != {a.code}]
    return {fold_town(a.name) for a in wide} | ({fold_town(a.code) for a in wide} if all_areas else set())


def one_slip(a: str, b: str) -> bool:
    """Whether one letter added, lost, changed, or swapped with its neighbour, makes ``a`` into ``b``."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    x, y = a[start:], b[start:]
    return x[1:] == y[1:] or x[1:] == y or x == y[1:] or (x[:2] == y[1::-1] and x[2:] == y[2:])
