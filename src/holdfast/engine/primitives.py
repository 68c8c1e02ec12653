"""Text operations that must give the same answer in every engine and in plain Python: a closed list, each tested.

Each comes as a pair: ``x_sql(expression)`` gives the SQL, ``x(text)`` the same in Python. Patterns use only what RE2
and :mod:`re` (in ASCII mode) share: no look-around, no backreferences in patterns, ASCII word boundaries.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from holdfast.engine.duck import quote_text

#: Letters that have no accent to take off. Written out before upper-casing: engines disagree on the capital of ß.
_LETTERS = {"ß": "SS", "ẞ": "SS", "æ": "AE", "Æ": "AE", "œ": "OE", "Œ": "OE", "þ": "TH", "Þ": "TH"}
_CAPITALS = {"Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D", "Ħ": "H", "Ŋ": "N"}

Step = tuple[str, str]


def fold_sql(expression: str) -> str:
    """Capitals without accents: ``Ångström-Straße`` -> ``ANGSTROM-STRASSE``. Scripts without capitals pass unchanged.

    For text without control characters.
    """
    for letter, plain in _LETTERS.items():
        expression = f"replace({expression}, '{letter}', '{plain}')"
    expression = f"upper(strip_accents({expression}))"
    for letter, plain in _CAPITALS.items():
        expression = f"replace({expression}, '{letter}', '{plain}')"
    return expression


def fold(text: str) -> str:
    """The Python twin of :func:`fold_sql`."""
    if text.isascii():
        return text.upper()
    for letter, plain in _LETTERS.items():
        text = text.replace(letter, plain)
    bare = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.category(c).startswith("M"))
    # one letter for one, as engines do; Python alone would make two of some
    text = "".join(c.upper() if len(c.upper()) == 1 else c for c in unicodedata.normalize("NFC", "".join(bare)))
    for letter, plain in _CAPITALS.items():
        text = text.replace(letter, plain)
    return text


@dataclass(frozen=True, slots=True)
class Steps:
    """Replacements made one after the other, on those texts only in which ``when`` is found.

    Most names need few of the steps; asking first makes the work several times quicker. ``when`` must be found in every
    text that any of the steps would change; blank means every text.
    """

    when: str
    replace: tuple[Step, ...]

    def sql(self, column: str) -> str:
        """``column`` is repeated, so it should be the name of a column."""
        done = column
        for pattern, replacement in self.replace:
            if re.escape(pattern) == pattern:
                done = f"replace({done}, '{pattern}', '{replacement}')"
            else:
                done = f"regexp_replace({done}, {quote_text(pattern)}, {quote_text(replacement)}, 'g')"
        if not self.when:
            return done
        return f"CASE WHEN {matches_sql(column, self.when)} THEN {done} ELSE {column} END"

    def __call__(self, text: str) -> str:
        if matches(text, self.when):
            for pattern, replacement in self.replace:
                text = _compiled(pattern).sub(replacement, text)
        return text


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def matches_sql(expression: str, pattern: str) -> str:
    """Whether the pattern is found anywhere in the text."""
    return f"regexp_matches({expression}, {quote_text(pattern)})"


def matches(text: str, pattern: str) -> bool:
    """The Python twin of :func:`matches_sql`."""
    return _compiled(pattern).search(text) is not None


# --- names of suppliers ---------------------------------------------------------------------------------------------

#: Everything that separates words: ASCII (but for the bar, see below), Latin-1 and general punctuation, signs of money.
#: Letters of any script stay.
_PUNCTUATION = "\\x00-/:-@\\[-`{}~\\x7f-\u00bf\u00d7\u00f7\u2000-\u206f\u20a0-\u20cf\u2e00-\u2e7f\u3000-\u303f"

_CONTROLS = Steps(r"[\x00-\x1f|]|  |^ | $", ((r"[\x00-\x1f| ]+", " "), ("^ | $", "")))
#: A system's own code or remark before or after the name: "NHS0000RJ701 : ST GEORGES", "KINGS COLLEGE LONDON:03529700",
#: "(DD) HOME OFFICE"; and a bar in place of *trading as*.
_CODES = Steps(
    r":|^\(D|/|\\|TRADING",
    (
        (r"^[A-Z0-9]*[0-9]{4}[A-Z0-9]* ?: ?", ""),
        (r" ?: ?[A-Z0-9]*[0-9]{4}[A-Z0-9]*$", ""),
        (r"^\((?:DD|DD ONLY|DIRECT DEBIT)\) ?", ""),
        (r"\bT ?[/\\] ?AS?\b|\bTRADING AS\b", "|"),
    ),
)
_SIGNS = Steps(
    "[^A-Z0-9 ]",
    (
        ("&", " AND "),
        (r"(^|[^A-Z0-9.])M\.([RSX])\b\.?", r"\1M \2 "),  # without their dots these would read as titles
        (r"(^|[^A-Z0-9.])D\.R\b\.?", r"\1D R "),
        ("['’‘`´.]+", ""),
        (f"[{_PUNCTUATION}]+", " "),
        (r" ?\| ?", "|"),
        (r"^\|+", ""),
        ("^ | $", ""),
    ),
)
#: "B T GROUP" and "B.T. GROUP" are both "BT GROUP": single letters in a row are one word.
_INITIALS = Steps(r"\b[A-Z] [A-Z]\b", ((r"\b([A-Z]) ", r"\1~"), (r"~([A-Z])\b", r"\1"), ("~", " ")))
#: "M R SMITH" is not "MR SMITH": where two initials would read as a title, "=" joins them until the two are told apart.
_TITLES = Steps(
    r"\b(?:M [RSX]|D R)\b",
    (
        (r"(^|[A-Z0-9]{2} |\|)M ([RSX])( [A-Z0-9]{2}|\||$)", r"\1M=\2\3"),
        (r"(^|[A-Z0-9]{2} |\|)D R( [A-Z0-9]{2}|\||$)", r"\1D=R\2"),
    ),
)
_FORMS = (
    "LTD|LIMITED|LIMITE|LIMIT|LIMI|PLC|LLP|CIC|CIO|SCIO|LLC|INC|INCORPORATED|CORP|CORPORATION|CYF|CYFYNGEDIG|"
    "PUBLIC LTD CO|PUBLIC LIMITED CO|LIMITED LIABILITY PARTNERSHIP|COMMUNITY INTEREST CO|"
    "CHARITABLE INCORPORATED ORGANISATION|GMBH|SARL|BV|SHPK|SH PK|SHA|NPT|NTSH|NTP|DOO"
)
_NOISE = (
    "DIRECT DEBITS?(?: ONLY| PAYMENTS?)?|DD(?: ONLY| PAYMENTS?)|DO NOT USE|USE NEW|CHAPS(?: PAYMENTS?)?|"
    "BACS(?: PAYMENTS?)?|(?:BANK |GENERAL |MAIN |CURRENT |NO ?[0-9] )?(?:ACCOUNT|ACCT|AC)(?: NO)?(?: ?[0-9]+)?|"
    "REF ?[0-9]+|[0-9]{5,}|IN ADMINISTRATION|IN LIQUIDATION|IN RECEIVERSHIP"
)
#: What is left of "LIMITED" where a system cut the name.
_CUT = Steps("", ((r" (?:L|LI|LIM|LT)$", ""),))
_BRANCH = Steps(
    r"\bCOMPANY\b| (?:BRANCH|DEPOT|OFFICE|REGION|DIVISION)$",
    (
        (r"\bCOMPANY\b", "CO"),
        (r"( (?:LTD|LIMITED|PLC|LLP))(?: [A-Z0-9]+){1,3} (?:BRANCH|DEPOT|OFFICE|REGION|DIVISION)$", r"\1"),
    ),
)
_FORM = Steps("", ((rf"(?: (?:{_FORMS}|{_NOISE}))+$", ""),))
_THE = Steps("^THE ", (("^THE ", ""),))
#: The lengths at which finance systems have been seen to cut names.
CUT_LENGTHS = (30, 32, 35)


@dataclass(frozen=True, slots=True)
class NameParts:
    """A supplier's name taken apart.

    ``plain`` the legal name in capitals, legal form kept, and ``M R`` not joined to what would read as a title ·
    ``core`` the same, joined, without legal form, account and branch noise and a leading THE (never empty where
    ``plain`` is not) · ``trading`` the core of the name after *trading as*, or an empty string · ``cut`` whether a
    finance system may have cut the name.
    """

    plain: str
    core: str
    trading: str
    cut: bool


def name_parts_sql(source: str, column: str) -> str:
    """A query over ``source`` (a table name) that adds ``plain, core, trading, cut`` to its columns."""
    layers = (
        f"SELECT *, coalesce({column}, '') AS n0 FROM {source}",
        f"SELECT *, {_CONTROLS.sql('n0')} AS n1",
        f"SELECT *, length(n1) IN {CUT_LENGTHS} AS cut, {fold_sql('n1')} AS n2",
        f"SELECT *, {_CODES.sql('n2')} AS n3",
        f"SELECT *, {_SIGNS.sql('n3')} AS n4",
        f"SELECT *, {_TITLES.sql('n4')} AS n5",
        f"SELECT *, {_INITIALS.sql('n5')} AS n6",
        "SELECT *, replace(split_part(n6, '|', 1), '=', ' ') AS plain, "
        "replace(split_part(n6, '|', 1), '=', '') AS whole, replace(split_part(n6, '|', 2), '=', '') AS t1",
        f"SELECT *, CASE WHEN cut THEN {_CUT.sql('whole')} ELSE whole END AS n7, {_BRANCH.sql('t1')} AS t2",
        f"SELECT *, {_BRANCH.sql('n7')} AS n8, {_FORM.sql('t2')} AS t3",
        f"SELECT *, {_FORM.sql('n8')} AS n9",
        f"SELECT * EXCLUDE (n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, whole, t1, t2, t3), {_THE.sql('n9')} AS core, "
        f"{_THE.sql('t3')} AS trading",
    )
    query = layers[0]
    for layer in layers[1:]:
        query = f"{layer} FROM ({query})"
    return query


def name_parts(text: str | None) -> NameParts:
    """The Python twin of :func:`name_parts_sql`."""
    tidy = _CONTROLS(text or "")
    cut = len(tidy) in CUT_LENGTHS
    signs = _INITIALS(_TITLES(_SIGNS(_CODES(fold(tidy)))))
    plain = signs.split("|")[0].replace("=", " ")
    whole, trading = [*signs.replace("=", "").split("|"), ""][:2]
    core = _THE(_FORM(_BRANCH(_CUT(whole) if cut else whole)))
    return NameParts(plain, core, _THE(_FORM(_BRANCH(trading))), cut)
