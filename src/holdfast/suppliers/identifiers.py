"""Identifiers of organisations as org-id.guide writes them: ``GB-COH-00123456``, ``GB-CHC-1234567``, ``GB-SC-SC012345``.

Each function gives the SQL for one kind of number as published; the answer is null where the number cannot be one. What
a number looks like, and which list it belongs to, is in the pack's ``kinds.toml`` under ``[identifiers]``.
"""

from __future__ import annotations

from dataclasses import dataclass

from holdfast.packs import Pack

#: How identifiers of one organisation are ranked when several are known: the first is the one it goes by.
RANKED = ("GB-COH", "GB-CHC", "GB-SC", "GB-NIC", "GB-MPR")


@dataclass(frozen=True, slots=True)
class Schemes:
    """``company`` and ``charity``: prefix of the list the country's numbers belong to; ``form``: ``uk`` or ``plain``."""

    company: str
    charity: str
    form: str

    @classmethod
    def of(cls, pack: Pack) -> Schemes:
        told = pack.kinds.get("identifiers", {})
        code = pack.code.upper()
        return cls(told.get("company", f"{code}-COMPANY"), told.get("charity", f"{code}-CHARITY"), told.get("form", "plain"))


def bare_sql(number: str) -> str:
    """Letters and digits of a number in capitals; a spreadsheet's ``.0`` is taken off; null where nothing is left."""
    tidy = f"regexp_replace(upper(CAST({number} AS VARCHAR)), '\\.0$|[^0-9A-Z]', '', 'g')"
    return f"CASE WHEN {tidy} IN ('', 'NA', 'NONE', 'NULL', 'NAN', 'UNKNOWN') THEN NULL ELSE {tidy} END"


def company_sql(number: str, schemes: Schemes) -> str:
    """Identifier of a company or society from its Companies House number, padded to eight (``SC1234`` -> ``SC001234``)."""
    bare = bare_sql(number)
    if schemes.form != "uk":
        return f"'{schemes.company}-' || {bare}"
    inner = f"regexp_extract({bare}, '^[A-Z]{{2}}([0-9]+)', 1)"
    tail = f"regexp_extract({bare}, '^[A-Z]{{2}}[0-9]+([A-Z]*)$', 1)"
    return (
        f"'{schemes.company}-' || CASE "
        f"WHEN regexp_matches({bare}, '^0*$') THEN NULL "
        f"WHEN regexp_matches({bare}, '^[0-9]{{1,8}}$') THEN lpad({bare}, 8, '0') "
        f"WHEN regexp_matches({bare}, '^R[0-9]{{7}}$') THEN {bare} "
        f"WHEN regexp_matches({bare}, '^[A-Z]{{2}}[0-9]{{1,6}}$|^(IP|SP|NP|RS|NO)[0-9]{{1,5}}[A-Z]{{1,3}}$') "
        f"AND length({bare}) <= 8 "
        f"THEN left({bare}, 2) || lpad({inner}, CAST(greatest(6 - length({tail}), length({inner})) AS INTEGER), '0') || {tail} END"
    )


def charity_sql(number: str, schemes: Schemes) -> str:
    """Identifier of a charity from its number; a linked charity (``1234567-1``) goes by its main one."""
    main = f"split_part(trim(CAST({number} AS VARCHAR)), '-', 1)"
    bare = bare_sql(main)
    if schemes.form != "uk":
        return f"'{schemes.charity}-' || {bare}"
    digits = f"regexp_extract({bare}, '([0-9]+)$', 1)"
    return (
        f"CASE WHEN regexp_matches({bare}, '^[1-9][0-9]{{5,6}}$') THEN '{schemes.charity}-' || {bare} "
        f"WHEN regexp_matches({bare}, '^SC0?[0-9]{{5,6}}$') "
        f"THEN 'GB-SC-SC' || lpad(right({digits}, 6), 6, '0') "
        f"WHEN regexp_matches({bare}, '^NIC?[0-9]{{6}}$') THEN 'GB-NIC-' || {digits} END"
    )


def society_sql(number: str) -> str:
    """Identifier of a society in the FCA's mutuals register: ``525R`` -> ``GB-MPR-525R``."""
    bare = bare_sql(number)
    return f"CASE WHEN regexp_matches({bare}, '^[0-9]{{1,6}}[A-Z]{{0,4}}$') THEN 'GB-MPR-' || {bare} END"


def society_company_sql(number: str) -> str:
    """The number Companies House keeps for the same society: ``525R`` -> ``GB-COH-IP00525R``; null where none follows."""
    bare = bare_sql(number)
    digits = f"regexp_extract({bare}, '^([0-9]+)', 1)"
    return (
        f"CASE WHEN regexp_matches({bare}, '^[0-9]{{1,5}}R$') THEN 'GB-COH-IP' || lpad({digits}, 5, '0') || 'R' "
        f"WHEN regexp_matches({bare}, '^[0-9]{{1,4}}RS$') THEN 'GB-COH-SP' || lpad({digits}, 4, '0') || 'RS' "
        f"WHEN regexp_matches({bare}, '^[0-9]{{1,5}}C$') THEN 'GB-COH-IP' || lpad({digits}, 5, '0') || 'C' "
        f"WHEN regexp_matches({bare}, '^[47]000[0-9]?$|^[1-9][0-9]{{3,5}}$') THEN 'GB-COH-RS' || lpad({digits}, 6, '0') END"
    )


def vat_sql(number: str, schemes: Schemes) -> str:
    """A VAT number without spaces and country; null where it has not the form of one. A branch number is left off."""
    bare = bare_sql(number)
    if schemes.form != "uk":
        return f"CASE WHEN length({bare}) >= 7 THEN {bare} END"
    national = f"regexp_replace({bare}, '^GB', '')"
    return (
        f"CASE WHEN regexp_matches({national}, '^[0-9]{{9}}([0-9]{{3}})?$') "
        f"AND NOT regexp_matches({national}, '^(0{{9}}|1{{9}}|9{{9}}|123456789)') THEN left({national}, 9) "
        f"WHEN regexp_matches({national}, '^[A-FH-Z][A-Z][0-9A-Z]{{7,12}}$') THEN {national} END"
    )


def rank_sql(org_id: str) -> str:
    """How well an identifier serves as the one an organisation goes by: 0 is best."""
    cases = " ".join(f"WHEN starts_with({org_id}, '{prefix}-') THEN {i}" for i, prefix in enumerate(RANKED))
    return f"CASE {cases} ELSE {len(RANKED)} END"


def sic_section_sql(text: str) -> str:
    """Section letter of the first SIC 2007 code in a text; null where there is none, or only *dormant*."""
    code = f"regexp_extract(coalesce({text}, ''), '([0-9]{{4,5}})', 1)"
    division = f"CAST(nullif(left({code}, 2), '') AS INTEGER)"
    bounds = (
        (1, 3, "A"), (5, 9, "B"), (10, 33, "C"), (35, 35, "D"), (36, 39, "E"), (41, 43, "F"), (45, 47, "G"),
        (49, 53, "H"), (55, 56, "I"), (58, 63, "J"), (64, 66, "K"), (68, 68, "L"), (69, 75, "M"), (77, 82, "N"),
        (84, 84, "O"), (85, 85, "P"), (86, 88, "Q"), (90, 93, "R"), (94, 96, "S"), (97, 98, "T"),
    )  # fmt: skip
    cases = " ".join(f"WHEN {division} BETWEEN {low} AND {high} THEN '{letter}'" for low, high, letter in bounds)
    return f"CASE {cases} END"
