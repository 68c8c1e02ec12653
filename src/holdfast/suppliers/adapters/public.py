"""Registers of public bodies, schools and providers of social housing."""

from __future__ import annotations

from collections.abc import Set

from holdfast.suppliers.adapters.base import Adapter, Layout, Words
from holdfast.suppliers.identifiers import Schemes, company_sql

#: GOV.UK register -> list of org-id.guide its keys belong to.
KEYS = {
    "government_organisation": "GB-GOR",
    "local_authority_eng": "GB-LAE",
    "local_authority_sct": "GB-LAS",
    "local_authority_nir": "GB-LANI",
    "principal_local_authority": "GB-PLA",
}


class GovUkOrganisations(Adapter):
    """Organisations of GOV.UK with the identifier of the old government-organisation register."""

    title = "GOV.UK organisations"
    licence = "Open Government Licence v3.0"
    kinds = frozenset({"public-bodies"})
    needs = frozenset({"gb_gor", "name", "type"})

    def layout(self, schemes: Schemes, columns: Set[str], kind: str) -> Layout:
        # "Other" holds campaigns, projects and bodies outside government as well
        public = "type <> 'Other'"
        return Layout(
            name="name",
            org_id="'GB-GOR-' || gb_gor",
            status="'live'",
            kind=f"CASE WHEN {public} THEN 'public body' END",
            ownership=f"CASE WHEN {public} THEN 'public' END",
            why=f"CASE WHEN {public} THEN 'on GOV.UK as ' || lower(type) END",
        )


class GovUkRegister(Adapter):
    """The former GOV.UK registers: government organisations and local authorities, with start and end dates."""

    title = "GOV.UK registers"
    licence = "Open Government Licence v3.0"
    kinds = frozenset({"public-bodies"})
    needs = frozenset({"index_entry_number", "key", "name", "end_date"})
    uses = frozenset({"official_name", *KEYS})

    def layout(self, schemes: Schemes, columns: Set[str], kind: str) -> Layout:
        prefix = next((code for column, code in KEYS.items() if column in columns), "GB-GOR")
        return Layout(
            name="coalesce(official_name, name)",
            org_id=f"'{prefix}-' || key",
            status="CASE WHEN end_date IS NULL THEN 'live' ELSE 'dissolved' END",
            kind="'public body'",
            ownership="'public'",
            why="'in the GOV.UK registers of public bodies'",
        )


class AcademyTrusts(Adapter):
    """Trusts that run academies. The Office for National Statistics counts academies as public sector (since 2004)."""

    title = "Academy trusts"
    kinds = frozenset({"public-bodies", "companies", "charities"})
    needs = frozenset({"type", "entity", "company_number"})

    def layout(self, schemes: Schemes, columns: Set[str], kind: str) -> Layout:
        return Layout(
            name="entity",
            org_id=company_sql("company_number", schemes),
            kind="'school'",
            ownership="'public'",
            why="'listed as ' || lower(type)",
        )


class SocialHousingProviders(Adapter):
    """Registered providers of social housing in England. A non-profit society is counted with charities."""

    title = "Registered providers of social housing"
    licence = "Open Government Licence v3.0"
    kinds = frozenset({"public-bodies", "charities", "mutuals"})
    needs = frozenset({"organisation_name", "registration_number", "designation", "corporate_form"})

    def layout(self, schemes: Schemes, columns: Set[str], kind: str) -> Layout:
        form = "designation || ' ' || corporate_form"
        coop = "regexp_matches(upper(organisation_name), 'CO-? ?OPERATIVE')"
        kinds = (
            ("^LOCAL AUTHORITY", "public body"),
            ("^PROFIT|PROFIT COMPANY", "company"),
            ("CHARIT|REGISTERED SOCIETY", "charity"),
        )
        owners = (
            ("^LOCAL AUTHORITY", "public"),
            ("^PROFIT", "private"),
            ("^NON-PROFIT", "social enterprise or charity"),
        )
        return Layout(
            name="organisation_name",
            org_id="'GB-SHPE-' || registration_number",
            status="'live'",
            kind=f"CASE WHEN {coop} THEN 'co-operative' ELSE {Words(form, kinds)} END",
            ownership=f"CASE WHEN {coop} THEN 'co-operative' ELSE {Words(form, owners)} END",
            why="'registered provider of social housing, ' || lower(designation) || ', ' || lower(corporate_form)",
        )
