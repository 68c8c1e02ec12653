"""Invented registers and invented ways of writing their names, from a seed; used for speed, scale and rare mistakes.

Names are put together from words of real company names at the rate they stand first, between or last there, and from
invented words and pairs of surnames. What finance systems and people do to a name is done to it here without asking how
the matcher undoes it: the form is dropped or written another way, the name is cut at 25, 30, 32 or 35 letters, one or
two letters are wrong, a branch, a code, an account or a trading name is added, words change places, an ampersand is
written out. Three in ten of the names asked for are in no register: they are made the same way and left out of it.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

from bench.matching.labels import Entry, Label, rows

FORMS = (("LIMITED", 62), ("LTD", 28), ("LLP", 3), ("PLC", 2), ("CIC", 2), ("LTD.", 2), ("", 1))
SWAPS = {
    "LIMITED": ("LTD", "Ltd", "Limited", "LTD.", ""),
    "LTD": ("Limited", "Ltd", "LIMITED", ""),
    "PLC": ("P.L.C.", "plc", ""),
    "LLP": ("llp", ""),
    "CIC": ("C.I.C.", "Community Interest Company", ""),
    "LTD.": ("Ltd", ""),
}
SHORT = {
    "SERVICES": "SERV",
    "MANAGEMENT": "MGMT",
    "INTERNATIONAL": "INTL",
    "ENGINEERING": "ENG",
    "CONSTRUCTION": "CONST",
    "ASSOCIATES": "ASSOC",
    "COMPANY": "CO",
    "BROTHERS": "BROS",
    "DEVELOPMENTS": "DEV",
    "TECHNOLOGIES": "TECH",
    "SOLUTIONS": "SOLS",
    "PROPERTIES": "PROPS",
    "UNIVERSITY": "UNIV",
}
TOWNS = (
    "LEEDS",
    "PRESTON",
    "BURNLEY",
    "BOLTON",
    "SHEFFIELD",
    "DERBY",
    "HULL",
    "YORK",
    "BATH",
    "LONDON",
    "NORTH WEST",
    "SOUTHERN",
    "WIGAN",
    "CHESTER",
)
_SYLLABLES = (
    "ba be bo ca ce co da de do fa fi fo ga go ha he jo ka ke ko la le li lo ma me mi mo na ne no pa pe po ra re ri ro "
    "sa se so ta te ti to va ve vi vo wa we xa yo za ze zo al an ar el en er il in on or un tron tech ix ex ly"
)
SYLLABLES = _SYLLABLES.split()


class Words:
    """Words of real names by place, and how often each stands there."""

    def __init__(self, data: Path) -> None:
        first, between, last = Counter[str](), Counter[str](), Counter[str]()
        for row in rows(data / "registers" / "companies_house_south_yorkshire.csv"):
            words = re.sub(r"[^A-Z& ]", "", row["CompanyName"].upper()).split()
            words = [w for w in words if w not in {"LIMITED", "LTD", "LLP", "PLC", "CIC", "CYF", "UK"}]
            if not words:
                continue
            first[words[0]] += 1
            between.update(words[1:-1])
            if len(words) > 1:
                last[words[-1]] += 1
        self.first, self.between, self.last = (
            list(zip(*sorted(c.items()), strict=True)) for c in (first, between, last)
        )


def invented(rng: random.Random) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.choice((2, 3, 3, 4)))).upper()


def names(words: Words, count: int, rng: random.Random) -> list[str]:
    """Distinct names with their form."""
    import itertools

    cumulative = {
        k: list(itertools.accumulate(v[1])) for k, v in (("f", words.first), ("b", words.between), ("l", words.last))
    }

    def draw(which: str, source) -> str:
        return rng.choices(source[0], cum_weights=cumulative[which])[0]

    forms, shares = zip(*FORMS, strict=True)
    form_shares = list(itertools.accumulate(shares))
    seen: set[str] = set()
    found: list[str] = []
    while len(found) < count:
        kind = rng.random()
        head = invented(rng) if kind < 0.3 else draw("f", words.first)
        parts = [head]
        if kind > 0.75:
            parts += [rng.choice(("AND", "&")), draw("f", words.first)]
        if rng.random() < 0.45:
            parts.append(draw("b", words.between))
        if rng.random() < 0.9 or len(parts) == 1:
            parts.append(draw("l", words.last))
        if rng.random() < 0.06:
            parts.append("(UK)" if rng.random() < 0.5 else f"({rng.choice(TOWNS)})")
        bare = " ".join(parts)
        if bare in seen:
            continue
        seen.add(bare)
        found.append(f"{bare} {rng.choices(forms, cum_weights=form_shares)[0]}".strip())
    return found


def written(name: str, rng: random.Random, other: str) -> str:
    """A name as a payment file might have it."""
    words = name.split()
    if words[-1] in SWAPS and rng.random() < 0.6:
        words[-1] = rng.choice(SWAPS[words[-1]])
        words = [w for w in words if w]
    if rng.random() < 0.15:
        words = [SHORT.get(w, w) for w in words]
    if rng.random() < 0.4:
        words = ["&" if w == "AND" else "AND" if w == "&" else w for w in words]
    if rng.random() < 0.06 and len(words) > 2:
        i = rng.randrange(len(words) - (1 if words[-1] not in SWAPS and words[-1].upper() not in SWAPS else 2) or 1)
        words[i], words[i + 1] = words[i + 1], words[i]
    text = " ".join(words)
    for _ in range(rng.choices((0, 1, 2), (84, 14, 2))[0]):
        text = misspelt(text, rng)
    done = rng.random()
    if done < 0.06:
        text += rng.choice((" - {}", " ({})", " {} BRANCH", ", {}")).format(rng.choice(TOWNS))
    elif done < 0.10:
        text += f" T/A {other.split()[0]} {rng.choice(('SERVICES', 'GROUP', 'HIRE', 'CARE'))}"
    elif done < 0.13:
        text = (
            f"{rng.randrange(10**5, 10**6)} {text}" if rng.random() < 0.5 else f"{text} {rng.randrange(10**5, 10**6)}"
        )
    elif done < 0.15:
        text += rng.choice((" DIRECT DEBIT", " A/C 2", " (BACS)", " DD"))
    if rng.random() < 0.12:
        text = text[: rng.choice((25, 30, 30, 32, 35))].rstrip()
    return text.title() if rng.random() < 0.4 else text


def misspelt(text: str, rng: random.Random) -> str:
    if len(text) < 4:
        return text
    i = rng.randrange(1, len(text) - 1)
    how = rng.randrange(4)
    letter = rng.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if how == 0:
        return text[:i] + text[i + 1 :]
    if how == 1:
        return text[:i] + letter + text[i:]
    if how == 2:
        return text[:i] + letter + text[i + 1 :]
    return text[:i] + text[i + 1] + text[i] + text[i + 2 :]


def labelled(data: Path, register: int, asked: int, seed: int) -> tuple[list[Label], list[Entry]]:
    """Names asked for, three in ten of them in no register, and the register."""
    rng = random.Random(seed)
    missing = asked * 3 // 10
    every = names(Words(data), register + missing, rng)
    rng.shuffle(every)
    inside, outside = every[:register], every[register:]
    entries = [Entry(f"{i + 1:08d}", name) for i, name in enumerate(inside)]
    labels = [
        Label("invented", written(inside[i], rng, rng.choice(inside)), entries[i].number)
        for i in rng.sample(range(register), asked - missing)
    ]
    labels += [Label("invented", written(name, rng, rng.choice(inside)), None) for name in outside]
    return labels, entries
