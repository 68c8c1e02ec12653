"""Whether a name has the form of a private person's. Where in doubt it does: such names are not shown."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from holdfast.engine.primitives import fold, name_parts

if TYPE_CHECKING:
    from holdfast.engine.duck import Engine
    from holdfast.packs import Pack

#: Why such a name counts as a person's.
WHY = "by the form of the name"
#: What joins two persons.
_AND = "AND"
#: Particles of surnames, and titles, as whole words.
_PARTICLES = {*"VAN VON DE DEN DER DI DA DOS LA LE EL AL MC MAC ST O UR BIN BINT".split()}  # noqa: SIM905
_TITLES = {*"MR MRS MISS MS MX DR PROF REV REVD SIR DAME CLLR JNR SNR JR SR DECD DECEASED ESQ".split()}  # noqa: SIM905
_MOST = 4
#: Where *trading as* stands in a name as published.
TRADING_AS = r"(?i)(?:\bt ?[/\\] ?as?\b|\btrading as\b|\|)[ .:]*"
#: Names that may be a person's: letters only, but for the marks of a name.
_LETTERS = re.compile(r"[^\W\d_]+(?:[ ,.'’`&-]+[^\W\d_]+)*[ .,]*")


@cache
def given_names() -> frozenset[str]:
    """Well-known given names, in capitals."""
    text = files("holdfast.packs").joinpath("common", "given_names.csv").read_text(encoding="utf-8")
    return frozenset(row["name"] for row in csv.DictReader(text.splitlines()))


@cache
def _told() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Words of organisations, firms that bear a person's name, and letters that stand for an organisation."""
    text = files("holdfast.packs").joinpath("common", "persons.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(text)
    firms = (" ".join(firm.split()) for firm in raw["firms"].split(";"))
    return (
        frozenset(raw["business"].split()),
        frozenset(firm for firm in firms if firm),
        frozenset(raw["abbreviations"].split()),
    )


def looks_like_person(text: str, places: frozenset[str] = frozenset()) -> bool:
    """``Poulterx, Jane`` and ``Jane Poulterx`` do; ``Laura Ashley`` and ``Jane Poulterx Ltd`` do not.

    After a comma a given name need not be known; without one the name must begin with a known given name, or end with
    one after a surname (``POULTERX JANE``, as ledgers sort them), or be a surname with initials. ``places``: names of
    places in capitals, which after a comma say where a branch is.
    """
    text = " ".join(text.split())
    if not _LETTERS.fullmatch(text) or (text.islower() and "," not in text):
        return False
    words = _words(text)
    business, firms, _ = _told()
    if business & set(words) or " ".join(w for w in words if w != _AND) in firms or _firm(words, firms):
        return False
    if text.rstrip(" ,").count(",") == 1:
        before, after = text.split(",", 1)
        return _surname_first(before, after, places)
    if "," in text.rstrip(" ,"):
        return False
    return (
        _given_first(words, hyphens=text.count("-"))
        or _given_last(words)
        or _with_initials(words, text)
        or _double_surname(text)
        or (_AND in words[1:] and bool(_TITLES & set(words)))
    )


def _words(text: str) -> list[str]:
    spaced = re.sub(r"[ ,.&-]+", " ", fold(text).replace("&", " AND "))
    return re.sub("['’`´]", "", spaced).split()


def _firm(words: Sequence[str], firms: frozenset[str]) -> bool:
    return len(words) > 2 and " ".join(words[:2]) in firms


def _surname_first(before: str, after: str, places: frozenset[str]) -> bool:
    surname = [w for w in _words(before) if w not in _PARTICLES]
    rest = [w for w in _words(after) if w not in _TITLES]
    if not _words(before) or not _words(after) or " ".join(_words(after)) in places:
        return False
    known = bool(given_names() & set(rest))
    if _AND in surname or (_AND in rest and not known):
        return False
    return len(surname) <= 2 + known + before.count("-") and len(rest) <= (3 if known else 2) + after.count("-")


def _given_first(words: Sequence[str], hyphens: int) -> bool:
    given = given_names()
    if len(words) < 2 or words[0] not in given or len(words[-1]) < 2:
        return False
    if _AND in words:  # "John and Jane Poulterx"
        return words.count(_AND) == 1 and words[1] == _AND and 4 <= len(words) <= _MOST + 1 and words[2] in given
    bare = [w for w in words if w not in _PARTICLES and w not in _TITLES]
    middle = sum(w in given or len(w) == 1 for w in bare[1:-1])
    return len(bare) <= min(3 + hyphens + max(middle - 1, 0), _MOST + 2)


def _given_last(words: Sequence[str]) -> bool:
    """A surname and then a given name, which another given name or an initial may follow."""
    given = given_names()
    bare = [w for w in words if w not in _PARTICLES and w not in _TITLES]
    if not 2 <= len(bare) <= 3 or _AND in bare or len(bare[0]) < 2 or bare[-1] in _told()[2]:
        return False
    return bare[1] in given and all(w in given or len(w) == 1 for w in bare[2:])


def _with_initials(words: Sequence[str], text: str) -> bool:
    """One surname and initials, before it or after: ``J A POULTERX``, ``POULTERX J``. ``BURY M B C`` is a council."""
    bare = [w for w in words if w not in _TITLES]
    initials = [w for w in bare if len(w) == 1]
    surname = [w for w in bare if len(w) > 1 and w not in _PARTICLES]
    if len(surname) != 1 or not 1 <= len(initials) <= 3 or _AND in words or "-" in text:
        return False
    apart = bare[0] in initials or bare[-1] in initials
    return apart and len(surname[0]) > 2 and "".join(initials) not in _told()[2]


_DOUBLE = re.compile(r"[^\W\d_]+ [^\W\d_]{3,}-[^\W\d_]{3,}")


def _double_surname(text: str) -> bool:
    """A name and a surname of two parts: ``Zorbina Poulterx-Quill``."""
    return _DOUBLE.fullmatch(text) is not None


def find(engine: Engine, pack: Pack) -> None:
    """``likely``: names among those of ``names`` that no rule knows, and that have the form of a person's.

    ``shown`` is the name they trade under, which is a business's; null for none.
    """
    import pyarrow as pa

    rows = engine.rows("""
        SELECT supplier, plain, core, trading FROM names WHERE rule_kind IS NULL AND form = '' AND core <> ''
        AND (contains(core, ' ') OR contains(supplier, ',')) AND NOT regexp_matches(plain, '[0-9]') ORDER BY supplier
    """)
    places = frozenset(a.upper() for a in pack.areas.names) | {
        name_parts(a.name).plain for a in pack.areas.areas.values()
    }
    found = [(r["supplier"], _trading(r["supplier"], places)) for r in rows if _likely(r, places)]
    engine.register(
        "likely",
        pa.table(
            {
                "supplier": pa.array([f[0] for f in found], pa.string()),
                "shown": pa.array([f[1] for f in found], pa.string()),
            }
        ),
    )


def _likely(row: dict[str, str], places: frozenset[str]) -> bool:
    legal = re.split(TRADING_AS, row["supplier"])[0]
    return looks_like_person(legal, places) or ("," not in legal and looks_like_person(row["core"], places))


def _trading(name: str, places: frozenset[str]) -> str | None:
    told = re.split(TRADING_AS, name, maxsplit=1)
    shown = told[1].strip(" .,") if len(told) > 1 else ""
    return shown if shown and not looks_like_person(shown, places) else None
