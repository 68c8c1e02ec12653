"""Which area lies in which: authorities, what they lie in, the codes they had before, and their names.

Made from three plain tables. ``areas.csv``: ``code, name, parents`` (codes separated by spaces; an area may lie in a
county and in a combined authority at once). ``former.csv``: ``code, name, successors, ended`` for codes no longer in
use. ``authority_names.csv``: ``name, code``, the names that councils go by, folded.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

#: Words of a council's name that say what it is, not where.
_COUNCIL_WORDS = re.compile(
    r"\b(the|council|borough|metropolitan|district|county|city|unitary|authority|combined|corporation|london|royal|"
    r"mayoral|of|mbc|cc|dc|bc|mdc|lb|rbc|bdc|cbc|cyngor)\b"
)


@dataclass(frozen=True, slots=True)
class Area:
    """An authority (nothing lies in it) or something that authorities lie in."""

    code: str
    name: str
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormerArea:
    """A code no longer in use, and those that took its place."""

    code: str
    name: str
    successors: tuple[str, ...]
    ended: str = ""


@dataclass(frozen=True)
class AreaTree:
    """Areas by code. Several parents are allowed; a circle among them is not."""

    areas: Mapping[str, Area] = field(default_factory=dict)
    former: Mapping[str, FormerArea] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(
        cls,
        areas: Iterable[Mapping[str, str]],
        former: Iterable[Mapping[str, str]] = (),
        names: Iterable[Mapping[str, str]] = (),
    ) -> AreaTree:
        """From rows of the three tables; ``parent`` is understood for ``parents``."""
        listed = [Area(r["code"], r["name"], tuple((r.get("parents") or r.get("parent") or "").split())) for r in areas]
        gone = [FormerArea(r["code"], r["name"], tuple(r["successors"].split()), r.get("ended") or "") for r in former]
        return cls({a.code: a for a in listed}, {f.code: f for f in gone}, {r["name"]: r["code"] for r in names})

    def with_areas(self, rows: Iterable[Mapping[str, str]]) -> AreaTree:
        """This tree and more areas; a code given again is replaced."""
        more = AreaTree.read(rows)
        named = {council_place(a.name): a.code for a in more.areas.values()}
        named |= {council_place(a.name): a.code for a in more.areas.values() if more.expand(a.code) == {a.code}}
        return AreaTree({**self.areas, **more.areas}, self.former, {**self.names, **named})

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        children: dict[str, list[str]] = defaultdict(list)
        for area in self.areas.values():
            for parent in area.parents:
                children[parent].append(area.code)
        return dict(children)

    def known(self, code: str) -> bool:
        return code in self.areas or code in self.former

    def name(self, code: str) -> str:
        """The area's name, or the code itself where it is not known."""
        found = self.areas.get(code) or self.former.get(code)
        return found.name if found else code

    def expand(self, code: str) -> frozenset[str]:
        """The authorities of today that an area consists of: itself, or those that lie in it or took its place.

        Raises ``KeyError`` for a code that is not known.
        """
        return self._expand(code, ())

    def _expand(self, code: str, above: tuple[str, ...]) -> frozenset[str]:
        if code in above:
            raise ValueError(f"area {code} lies in itself")
        if code in self.areas:
            below: Iterable[str] = self._children.get(code, ())
        else:
            below = self.former[code].successors
        parts = [self._expand(b, (*above, code)) for b in below]
        return frozenset().union(*parts) if parts else frozenset({code})

    @cached_property
    def today(self) -> dict[str, str]:
        """Former codes that one authority of today took over whole -> that authority's code."""
        one = {code: self.expand(code) for code in sorted(self.former)}
        return {code: next(iter(now)) for code, now in one.items() if len(now) == 1}

    def merged_from(self, code: str) -> frozenset[str]:
        """The former authorities (not counties) that an authority of today was made from."""
        return frozenset(f for f, now in self.today.items() if now == code)

    def find(self, name: str) -> str | None:
        """Code of the council of that name (``Hyndburn Borough Council``), or ``None``."""
        for folded in (fold_name(name), council_place(name)):
            if folded in self.names:
                return self.names[folded]
        return None

    def meant(self, text: str) -> str | None:
        """Today's area that a code or a council's name means, or ``None``: ``Hyndburn``, ``e07000120``."""
        code = text.strip().upper()
        found = code if self.known(code) else self.find(text)
        return self.today.get(found, found) if found else None


def fold_name(text: str) -> str:
    """Lower case, no accents, ``&`` written out, words separated by one space."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower().replace("&", " and ")
    return " ".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))


def council_place(text: str) -> str:
    """The place in a council's name: ``Hyndburn Borough Council`` -> ``hyndburn``."""
    return " ".join(_COUNCIL_WORDS.sub(" ", fold_name(text)).split())
