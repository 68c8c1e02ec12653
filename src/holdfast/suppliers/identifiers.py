"""Identifiers of organisations as org-id.guide writes them: ``GB-COH-00123456``, ``GB-CHC-1234567``.

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
    """``company``, ``charity``: prefix of the list the country's numbers belong to; ``form``: ``uk`` or ``plain``."""

    company: str
    charity: str
    form: str

    @classmethod
    def of(cls, pack: Pack) -> Schemes:
        told = pack.kinds.get("identifiers", {})
        code = pack.code.upper()
        return cls(
            told.get("company", f"{code}-COMPANY"), told.get("charity", f"{code}-CHARITY"), told.get("form", "plain")
        )


def bare_sql(number: str) -> str:
    """Letters and digits of a number in capitals; a spreadsheet's ``.0`` is taken off; null where nothing is left."""
    tidy = f"regexp_replace(upper(CAST({number} AS VARCHAR)), '\\.0$|[^0-9A-Z]', '', 'g')"
    return f"CASE WHEN {tidy} IN ('', 'NA', 'NONE', 'NULL', 'NAN', 'UNKNOWN') THEN NULL ELSE {tidy} END"


def _with(number: str, then: str) -> str:
    """``then`` with the bare number as ``n``, worked out once: repeating it makes the query costly to plan."""
    return f"list_transform([{bare_sql(number)}], lambda n: {then})[1]"


def company_sql(number: str, schemes: Schemes) -> str:
    """Identifier of a company or society from its Companies House number, padded: ``SC1234`` -> ``SC001234``."""
    if schemes.form != "uk":
        return f"'{schemes.company}-' || {bare_sql(number)}"
    inner = "regexp_extract(n, '^[A-Z]{2}([0-9]+)', 1)"
    tail = "regexp_extract(n, '^[A-Z]{2}[0-9]+([A-Z]*)$', 1)"
    return _with(
        number,
        f"'{schemes.company}-' || CASE WHEN regexp_matches(n, '^0*$') THEN NULL "
        "WHEN regexp_matches(n, '^[0-9]{1,8}$') THEN lpad(n, 8, '0') "
        "WHEN regexp_matches(n, '^R[0-9]{7}$') THEN n "
        "WHEN length(n) <= 8 AND regexp_matches(n, '^[A-Z]{2}[0-9]{1,6}$|^(IP|SP|NP|RS|NO)[0-9]{1,5}[A-Z]{1,3}$') "
        f"THEN left(n, 2) || lpad({inner}, CAST(greatest(6 - length({tail}), length({inner})) AS INTEGER), '0') "
        f"|| {tail} END",
    )


def charity_sql(number: str, schemes: Schemes) -> str:
    """Identifier of a charity from its number; a linked charity (``1234567-1``) goes by its main one."""
    main = f"split_part(trim(CAST({number} AS VARCHAR)), '-', 1)"
    if schemes.form != "uk":
        return f"'{schemes.charity}-' || {bare_sql(main)}"
    return _with(
        main,
        f"CASE WHEN regexp_matches(n, '^[1-9][0-9]{{5,6}}$') THEN '{schemes.charity}-' || n "
        "WHEN regexp_matches(n, '^SC0?[0-9]{5,6}$') THEN 'GB-SC-SC' || lpad(right(substr(n, 3), 6), 6, '0') "
        "WHEN regexp_matches(n, '^NIC?[0-9]{6}$') THEN 'GB-NIC-' || right(n, 6) END",
    )


def society_sql(number: str) -> str:
    """Identifier of a society in the FCA's mutuals register: ``525R`` -> ``GB-MPR-525R``."""
    return _with(number, "CASE WHEN regexp_matches(n, '^[0-9]{1,6}[A-Z]{0,4}$') THEN 'GB-MPR-' || n END")


def society_company_sql(number: str) -> str:
    """The number Companies House keeps for the same society: ``525R`` -> ``IP00525R``; null where none follows."""
    digits = "regexp_extract(n, '^([0-9]+)', 1)"
    return _with(
        number,
        f"CASE WHEN regexp_matches(n, '^[0-9]{{1,5}}R$') THEN 'GB-COH-IP' || lpad({digits}, 5, '0') || 'R' "
        f"WHEN regexp_matches(n, '^[0-9]{{1,4}}RS$') THEN 'GB-COH-SP' || lpad({digits}, 4, '0') || 'RS' "
        f"WHEN regexp_matches(n, '^[0-9]{{1,5}}C$') THEN 'GB-COH-IP' || lpad({digits}, 5, '0') || 'C' "
        f"WHEN regexp_matches(n, '^[1-9][0-9]{{3,5}}$') THEN 'GB-COH-RS' || lpad({digits}, 6, '0') END",
    )


def vat_sql(number: str, schemes: Schemes) -> str:
    """A VAT number without spaces and country; null where it has not the form of one. A branch number is left off."""
    if schemes.form != "uk":
        return _with(number, "CASE WHEN length(n) >= 7 THEN n END")
    return _with(
        f"regexp_replace(upper(CAST({number} AS VARCHAR)), '^ *GB', '')",
        "CASE WHEN regexp_matches(n, '^[0-9]{9}([0-9]{3})?$') "
        "AND NOT regexp_matches(n, '^(0{9}|1{9}|9{9}|123456789)') THEN left(n, 9) "
        "WHEN regexp_matches(n, '^[A-Z]{2}[0-9A-Z]{3,12}$') AND regexp_matches(n, '[0-9]{3}') THEN n END",
    )


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
