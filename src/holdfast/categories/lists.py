"""The lists of categories that publishers use, and what an entry of each is in CPV and in ProClass.

Tables stand in ``packs/common/categories``; their sources and licences in ``SOURCES.md`` beside them. Where a list's
entry covers several divisions of CPV its ``cpv`` is blank there: it stays unknown rather than being guessed.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from holdfast.categories.words import plain

#: The lists whose codes are known, in the order in which a column is held to them.
SCHEMES = ("CPV", "ProClass", "UNSPSC", "MCC")
#: A column holds a list's codes where so many of its distinct codes, and so large a part of them, are in the list.
ENOUGH_CODES, ENOUGH_PART = 5, 0.9

#: How many digits a code has; merchant codes lose their leading nought in spreadsheets.
_DIGITS = {"ProClass": (6,), "UNSPSC": (8,), "MCC": (3, 4)}
_CPV = re.compile(r"(\d{8})-(\d)")
_SHORT = {"AND", "OF", "THE", "FOR", "OTHER", "RELATED", "NOT"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an entry of a list is: division of CPV and top level of ProClass, blank where it does not tell;
    ``said`` the entry in words, for the reason."""

    cpv: str
    proclass: str
    said: str

    def of(self, taxonomy: str) -> str:
        return self.proclass if taxonomy == "proclass" else self.cpv


@dataclass(frozen=True, slots=True)
class Lists:
    """``cpv`` and ``proclass``: name by code · ``groups``: the first digits that codes of a list begin with."""

    cpv: Mapping[str, str]
    proclass: Mapping[str, str]
    groups: Mapping[str, frozenset[str]]
    names: Mapping[str, Meaning]
    prefixes: Mapping[str, Mapping[str, tuple[str, str]]]
    merchants: tuple[tuple[str, str, str], ...]
    industries: Mapping[str, str]
    to_proclass: Mapping[str, str]

    def code(self, scheme: str, code: str) -> Meaning | None:
        """What a code of that list means; ``None`` where the list has no such code."""
        bare = code.strip()
        if scheme == "CPV":
            return self._cpv(bare)
        if not bare.isdecimal() or len(bare) not in _DIGITS[scheme]:
            return None
        if scheme == "MCC":
            found = next((c for first, last, c in self.merchants if first <= bare.zfill(4) <= last), None)
            return self._meaning(found, "merchant code", bare.zfill(4)) if found else None
        table = self.prefixes[scheme]
        length = next((n for n in range(min(len(bare), 6), 1, -1) if bare[:n] in table), 0)
        if not length:
            return None
        cpv, proclass = table[bare[:length]]
        said = f"publisher's {scheme} code {bare}"
        return Meaning(cpv, proclass, said) if scheme == "ProClass" else self._meaning(cpv, f"{scheme} code", bare)

    def _cpv(self, bare: str) -> Meaning | None:
        digits = bare[:8]
        if not re.fullmatch(r"\d{8}(-\d)?", bare) or digits[:2] not in self.cpv:
            return None
        return self._meaning(digits[:2], "CPV code", bare)

    def _meaning(self, cpv: str, kind: str, code: str) -> Meaning:
        return Meaning(cpv, self.to_proclass.get(cpv, ""), f"publisher's {kind} {code}")

    def label(self, text: str | None) -> Meaning | None:
        """What a publisher's label means that is a list's own name, or nearly; of ``A : B`` the part before the colon.

        Nearly: the same words but for order, plural, and words like *and* or *other*.
        """
        for said in dict.fromkeys(((text or ""), (text or "").split(":")[0])):
            found = self.names.get(_key(said))
            if found is not None:
                return found
        return None

    def sector(self, sic: str) -> str:
        """``42110`` -> ``F 42``: section and division of a code of industry; blank where it is none."""
        section = self.industries.get(sic[:2], "")
        return f"{section} {sic[:2]}" if section else ""

    def scheme_of(self, codes: Iterable[str], *, by_card: bool = False) -> str | None:
        """The list that the distinct codes of a publisher's column are from; ``None`` where that cannot be told.

        Codes of a ledger have as many digits as those of the lists, so few codes, or many that a list does not have,
        tell nothing. Merchant codes are believed only where payments are made ``by_card``.
        """
        distinct = {c.strip() for c in codes if c and c.strip()}
        if len(distinct) < ENOUGH_CODES:
            return "CPV" if distinct and all(self._checked(c) for c in distinct) else None
        fits = [s for s in SCHEMES if s != "MCC" or by_card]
        able = [s for s in fits if sum(self._looks(s, c) for c in distinct) >= ENOUGH_PART * len(distinct)]
        return able[0] if len(able) == 1 or (able[:1] == ["CPV"] and self._mostly_checked(distinct)) else None

    def _checked(self, code: str) -> bool:
        return _CPV.fullmatch(code) is not None and self._looks("CPV", code)

    def _mostly_checked(self, codes: set[str]) -> bool:
        return sum(map(self._checked, codes)) > len(codes) / 2

    def _looks(self, scheme: str, code: str) -> bool:
        if scheme == "CPV":
            return re.fullmatch(r"\d{8}(-\d)?", code) is not None and (
                code[:3] in self.groups["CPV"] or (code[2:8] == "000000" and code[:2] in self.cpv)
            )
        if scheme == "ProClass":
            return re.fullmatch(r"\d{6}", code) is not None and (
                code[:4] in self.groups["ProClass"] or (code[2:] == "0000" and code[:2] in self.proclass)
            )
        if scheme == "UNSPSC":
            # its pairs of digits begin at 10 and 15, those of CPV anywhere
            family, kind = code[2:4], code[4:6]
            known = re.fullmatch(r"\d{8}", code) is not None and self.code("UNSPSC", code) is not None
            return known and (family == "00" or family >= "10") and (kind == "00" or kind >= "15")
        return re.fullmatch(r"\d{3,4}", code) is not None and self.code("MCC", code) is not None


def _named(cpv: str, proclass: str, scheme: str, name: str) -> Meaning:
    return Meaning(cpv, proclass, f"publisher's label, in {scheme} {name}")


def _key(text: str) -> str:
    found = [w for w in plain(text).split() if w not in _SHORT]
    return " ".join(sorted(w[:-1] if len(w) > 3 and w.endswith("S") and not w.endswith("SS") else w for w in found))


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table of the packs."""
    text = files("holdfast.packs").joinpath("common", "categories", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def lists() -> Lists:
    """All lists, read once."""
    cpv = {r["code"]: r["name"] for r in table("cpv.csv")}
    proclass = {r["code"]: r["name"] for r in table("proclass.csv")}
    to_proclass = {r["code"]: r["proclass"] for r in table("cpv.csv")}
    names: dict[str, Meaning] = {}
    for r in table("names.csv"):
        names.setdefault(_key(r["name"]), _named(r["cpv"], r["proclass"], r["scheme"], r["name"]))
    for code, name in proclass.items():
        names.setdefault(_key(name), _named("", code, "ProClass", name))
    for code, name in [*cpv.items(), *((r["code"], r["name"]) for r in table("cpv_groups.csv"))]:
        names.setdefault(_key(name), _named(code[:2], to_proclass[code[:2]], "CPV", name))
    return Lists(
        cpv=cpv,
        proclass=proclass,
        groups={
            "CPV": frozenset(r["code"] for r in table("cpv_groups.csv")),
            "ProClass": frozenset(r["group"] for r in table("proclass_groups.csv")),
        },
        names=names,
        prefixes={
            "ProClass": {r["prefix"]: (r["cpv"], r["proclass"]) for r in table("proclass_codes.csv")},
            "UNSPSC": {r["prefix"]: (r["cpv"], "") for r in table("unspsc.csv")},
        },
        merchants=tuple((r["first"], r["last"], r["cpv"]) for r in table("mcc.csv")),
        industries={r["division"]: r["section"] for r in table("sic_sections.csv")},
        to_proclass=to_proclass,
    )
