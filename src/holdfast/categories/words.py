"""Text to the words that rules and the model look at. The same steps are used in training and in a run."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

_WORD = re.compile(r"[A-Z]{2,}")
#: Letters of a word's beginning that count as a word of their own: ledgers cut words short, and forms differ.
BEGINNING = 5


def words(text: str | None) -> list[str]:
    """``Children's homes (ext.) 2024`` -> ``CHILDRENS, HOMES, EXT``: capitals without accents; no figures."""
    if not text:
        return []
    upper = text.upper()
    if not upper.isascii():
        upper = "".join(c for c in unicodedata.normalize("NFKD", upper) if not unicodedata.combining(c))
    return _WORD.findall(upper.replace("'", "").replace("’", ""))


def features(found: Sequence[str]) -> list[str]:
    """The words, their neighbours in pairs, and beginnings of the longer ones (``NURSE*``)."""
    pairs = [f"{a} {b}" for a, b in pairwise(found)]
    return [*found, *pairs, *(f"{w[:BEGINNING]}*" for w in found if len(w) > BEGINNING)]


def plain(text: str | None) -> str:
    """Words and figures in capitals with single spaces, to compare names of categories."""
    return " ".join(re.findall(r"[A-Z0-9]+", (text or "").upper().replace("&", " AND ").replace("'", "")))
