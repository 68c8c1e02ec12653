"""Made-up words, and the trades of the made-up firms that carry them.

No word made from these syllables stood in any register or payment file at hand when they were chosen.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files

_FIRST = (
    *("Brem", "Corv", "Dunt", "Esk", "Farr", "Gant", "Hask", "Ivel", "Jorr", "Kest"),
    *("Lomb", "Marr", "Nesk", "Orv", "Pell", "Quell", "Rusk", "Sarn", "Thrall", "Ulv"),
    *("Venn", "Wisk", "Yarr", "Zell", "Tavv", "Ombr", "Skerr", "Drav", "Chell", "Fenn"),
)
_SECOND = (
    *("aby", "imere", "owick", "anor", "othal", "ock", "avel", "unna", "ith"),
    *("eldra", "orsy", "uddle", "antry", "ivane", "osk", "embry", "aldine", "ewith"),
)

WORDS = tuple(a + b for b in _SECOND for a in _FIRST)

#: Kept for people, so that no firm shares a word with one of them.
SURNAMES, FIRM_WORDS = WORDS[:12], WORDS[12:]


@dataclass(frozen=True, slots=True)
class Trade:
    """What a firm does.

    ``bands`` says how often, in thousandths, a buyer in the first year turns to a firm in the city, the county, the
    region or elsewhere; ``shift`` moves that many from elsewhere each year, two thirds of them to the city and the rest
    to the county. ``scale`` is the size of a payment in per cent of the usual, ``firms`` the number of firms by band.
    """

    key: str
    sic: str
    industry: str
    words: tuple[str, ...]
    categories: tuple[str, ...]
    bands: tuple[int, ...]
    shift: int
    scale: int
    firms: tuple[int, ...]


def _trades() -> tuple[Trade, ...]:
    text = files("holdfast.example").joinpath("trades.csv").read_text(encoding="utf-8")
    return tuple(
        Trade(
            row["key"],
            row["sic"],
            row["industry"],
            tuple(row["words"].split("|")),
            tuple(row["categories"].split("|")),
            tuple(int(b) for b in row["bands"].split()),
            int(row["shift"]),
            int(row["scale"]),
            tuple(int(n) for n in row["firms"].split()),
        )
        for row in csv.DictReader(text.splitlines())
    )


TRADES = _trades()
