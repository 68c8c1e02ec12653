"""Registers of who controls whom. Names of owners are looked at here, to tell what kind of owner it is, and go no
further."""

from __future__ import annotations

from collections.abc import Set

from holdfast.suppliers.adapters.base import Adapter, Layout, Owner, Words
from holdfast.suppliers.adapters.companies import UK
from holdfast.suppliers.identifiers import Schemes, company_sql

_KIND = "coalesce(data_kind, kind)"
_NAME = "upper(coalesce(data_name, ''))"
_EMPLOYEES = "EMPLOYEE.{0,3}(OWNERSHIP|BENEFIT|OWNED)?.{0,3}TRUST|EMPLOYEE OWNERSHIP|\\bEOT\\b"
_PUBLIC = (
    "\\bCOUNCIL$|BOROUGH COUNCIL|COUNTY COUNCIL|CITY COUNCIL|SECRETARY OF STATE|MINISTER|NHS .*TRUST|"
    "COMBINED AUTHORITY|HM TREASURY|HER MAJESTY|HIS MAJESTY"
)
_CONTROL = (("75-TO-100", 75), ("50-TO-75", 50), ("RIGHT-TO-APPOINT", 50), ("25-TO-50", 25), ("INFLUENCE", 10))


class SignificantControl(Adapter):
    """Companies House, persons with significant control: the daily snapshot, a JSON record on each line.

    The name, address, birth and nationality of a person are not read; where a person lives is, as the country. Of a
    company that controls another its number in the United Kingdom is kept, so that the owner behind it can be found.
    """

    title = "Persons with significant control"
    licence = "Open Government Licence v3.0"
    kinds = frozenset({"owners"})
    needs = frozenset({"company_number", "data_kind"})
    uses = frozenset(
        {"kind", "data_name", "data_country_of_residence", "data_identification_country_registered",
         "data_identification_registration_number", "data_identification_legal_form", "data_natures_of_control",
         "data_notified_on", "data_ceased_on", "data_statement"}
    )  # fmt: skip
    # a small snapshot may hold no record of the kinds that have these
    rare = uses

    def layout(self, schemes: Schemes, columns: Set[str], kind: str) -> Layout:
        corporate = f"{_KIND} LIKE 'corporate-entity%'"
        registered = "upper(trim(coalesce(data_identification_country_registered, '')))"
        number = company_sql("data_identification_registration_number", schemes)
        controls = " ".join(
            f"WHEN contains(upper(coalesce(data_natures_of_control, '')), '{said}') THEN {part}"
            for said, part in _CONTROL
        )
        return Layout(
            name="company_number",
            owner=Owner(
                of=company_sql("company_number", schemes),
                id=f"CASE WHEN {corporate} AND regexp_matches({registered}, '{UK}') THEN {number} END",
                kind=_owner_kind(),
                country=f"CASE WHEN {_KIND} LIKE 'individual%' THEN data_country_of_residence "
                "ELSE data_identification_country_registered END",
                control=f"CASE {controls} ELSE 0 END",
                since="data_notified_on",
                until="data_ceased_on",
            ),
        )


def _owner_kind() -> str:
    trust = f"regexp_matches({_NAME}, '{_EMPLOYEES}')"
    public = f"regexp_matches({_NAME}, '{_PUBLIC}')"
    nobody = "data_statement LIKE 'no-individual-or-entity%'"
    return f"""CASE
        WHEN {_KIND} LIKE 'individual%' OR {_KIND} LIKE 'super-secure%' THEN 'person'
        WHEN {_KIND} LIKE '%statement' THEN CASE WHEN {nobody} THEN 'nobody registered' END
        WHEN {_KIND} = 'exemptions' THEN 'nobody registered'
        WHEN {trust} THEN 'employee ownership trust' WHEN {public} THEN 'public body'
        WHEN {_KIND} LIKE 'corporate-entity%' THEN 'company' WHEN {_KIND} LIKE 'legal-person%' THEN 'other body' END"""


class OverseasProprietors(Adapter):
    """HM Land Registry, overseas companies that own property (OCOD): up to four owners of each title, with the country
    each is incorporated in. It shows that a firm is a foreign one, and from where."""

    title = "Overseas companies that own property"
    licence = "HM Land Registry: its own terms"
    kinds = frozenset({"owners"})
    needs = frozenset({"title_number", "proprietor_name_1", "country_incorporated_1"})
    uses = frozenset(
        f"{what}_{i}" for what in ("proprietor_name", "country_incorporated", "company_registration_no")
        for i in range(1, 5)
    )  # fmt: skip
    rare = uses

    def layout(self, schemes: Schemes, columns: Set[str], kind: str) -> Layout:
        # the form of their numbers differs from country to country and is often wrong: they are met by name
        each = " UNION ALL ".join(
            f"SELECT org * 4 + {i - 1} AS org, proprietor_name_{i} AS name, country_incorporated_{i} AS country "
            "FROM source"
            for i in range(1, 5)
        )
        return Layout(
            name="name",
            kind="'company'",
            form="'foreign company'",
            country="country",
            why="'owns property as an overseas company incorporated in ' || country",
            keep="country IS NOT NULL",
            rows=f"SELECT min(org) AS org, name, country FROM ({each}) GROUP BY name, country",
        )


class OwnerList(Adapter):
    """A plain list of who controls which company: its number, the owner's country, and what kind of owner it is."""

    title = "List of owners"
    kinds = frozenset({"owners"})
    needs = frozenset({"company_number", "owner_country"})
    uses = frozenset({"owner_kind", "owner_company_number", "control", "since", "until"})
    rare = uses
    own = True

    def layout(self, schemes: Schemes, columns: Set[str], kind: str) -> Layout:
        kinds = (
            ("PERSON|INDIVIDUAL|FAMILY", "person"),
            ("EMPLOYEE", "employee ownership trust"),
            ("PUBLIC|STATE|GOVERNMENT|COUNCIL|MUNICIPAL", "public body"),
            ("COMPANY|CORPORATE|FIRM", "company"),
        )
        return Layout(
            name="company_number",
            owner=Owner(
                of=company_sql("company_number", schemes),
                id=company_sql("owner_company_number", schemes),
                kind=str(Words("owner_kind", kinds, "'other body'")),
                country="owner_country",
                control="coalesce(TRY_CAST(regexp_extract(control, '[0-9]+') AS SMALLINT), 0)",
                since="since",
                until="until",
            ),
        )
