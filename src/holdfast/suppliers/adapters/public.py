"""Registers of public bodies, schools and providers of social housing."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

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
            form=f"CASE WHEN {public} THEN 'public body' END",
            why=f"CASE WHEN {public} THEN 'on GOV.UK as ' || lower(type) END",
        )


class GovUkRegister(Adapter):
    """The former GOV.UK registers: government organisations and local authorities, with start and end dates."""

    title = "GOV.UK registers"
    licence = "Open Government Licence v3.0"
    kinds = frozenset({"public-bodies"})
    needs = frozenset({"index_entry_number", "key", "name", "end_date"})
    uses = frozenset({"official_name", "start_date", *KEYS})
    rare = frozenset({"official_name", *KEYS})
    own = True

    def layout(self, schemes: Schemes, columns: Set[str], kind: str) -> Layout:
        prefix = next((code for column, code in KEYS.items() if column in columns), "GB-GOR")
        return Layout(
            name="coalesce(official_name, name)",
            org_id=f"'{prefix}-' || key",
            status="CASE WHEN end_date IS NULL THEN 'live' ELSE 'dissolved' END",
            founded="start_date",
            dissolved="end_date",
            kind="'public body'",
            ownership="'public'",
            form="'public body'",
            why="'in the GOV.UK registers of public bodies'",
        )


class AcademyTrusts(Adapter):
    """Trusts that run academies. The Office for National Statistics counts academies as public sector (since 2004)."""

    title = "Academy trusts"
    kinds = frozenset({"schools", "public-bodies", "companies", "charities"})
    needs = frozenset({"type", "entity", "company_number"})

    def layout(self, schemes: Schemes, columns: Set[str], kind: str) -> Layout:
        return Layout(
            name="entity",
            org_id=company_sql("company_number", schemes),
            kind="'school'",
            ownership="'public'",
            form="'public body'",
            why="'listed as ' || lower(type)",
        )


class SocialHousingProviders(Adapter):
    """Registered providers of social housing in England. A non-profit society is counted with charities."""

    title = "Registered providers of social housing"
    licence = "Open Government Licence v3.0"
    kinds = frozenset({"housing", "public-bodies", "charities", "mutuals"})
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
        # a registered society that makes no profit may be a charity or a community benefit society: which, is not told
        forms = (
            ("^LOCAL AUTHORITY", "public body"),
            ("^PROFIT", "private firm"),
            ("COMMUNITY BENEFIT", "community benefit society"),
            ("CHARIT", "charity"),
            ("^NON-PROFIT", "other social enterprise"),
        )
        return Layout(
            name="organisation_name",
            org_id="'GB-SHPE-' || registration_number",
            status="'live'",
            kind=f"CASE WHEN {coop} THEN 'co-operative' ELSE {Words(form, kinds)} END",
            ownership=f"CASE WHEN {coop} THEN 'co-operative' ELSE {Words(form, owners)} END",
            form=f"CASE WHEN {coop} THEN 'consumer co-operative' ELSE {Words(form, forms)} END",
            why="'registered provider of social housing, ' || lower(designation) || ', ' || lower(corporate_form)",
        )


class NhsOrganisations(Adapter):
    """The Organisation Data Service's files of 27 columns without headings: trusts (``etr``), practices (``epraccur``).

    A code of three characters is that of a trust, an integrated care board or what came before it; a longer one that
    begins with a trust's is one of its sites. General practices are contractors of the NHS, mostly partnerships:
    whose they are is not told. So it is with pharmacies and care homes.
    """

    title = "NHS organisations (ODS)"
    licence = "Open Government Licence v3.0"
    kinds = frozenset({"nhs", "public-bodies"})
    needs = frozenset({"code", "name", "postcode"})
    uses = frozenset({"town", "open_date", "close_date"})
    own = True
    headings = ("code", "name", "national_grouping", "health_geography", "address_1", "address_2", "address_3", "town",
                "county", "postcode", "open_date", "close_date")  # fmt: skip

    def fits_first_row(self, cells: Sequence[str]) -> bool:
        return (
            len(cells) >= 12
            and re.fullmatch(r"[A-Z0-9]{3,10}", cells[0]) is not None
            and re.fullmatch(r"|[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}", cells[9].strip()) is not None
            and re.fullmatch(r"[0-9]{8}", cells[10].strip()) is not None
        )

    def fits(self, columns: Set[str]) -> bool:
        return False

    def layout(self, schemes: Schemes, columns: Set[str], kind: str) -> Layout:
        body = "regexp_matches(code, '^[A-Z0-9]{3}$|^R[A-Z0-9]{4}$')"
        practice = "regexp_matches(code, '^[A-Z][0-9]{5}$')"
        return Layout(
            name="name",
            org_id="'GB-NHS-' || code",
            postcode="postcode",
            town="town",
            status="CASE WHEN close_date IS NULL THEN 'live' ELSE 'dissolved' END",
            founded="open_date",
            dissolved="close_date",
            kind=f"CASE WHEN {body} THEN 'public body' END",
            ownership=f"CASE WHEN {body} THEN 'public' END",
            form=f"CASE WHEN {body} THEN 'public body' END",
            why=f"CASE WHEN {body} THEN 'an NHS body' "
            f"WHEN {practice} THEN 'a general practice, a contractor of the NHS' END",
        )


class Schools(Adapter):
    """Get Information about Schools (GIAS), all establishments. Names of head teachers are not read.

    Of an independent or a non-maintained special school it is not told whether a charity or a firm owns it.
    """

    title = "Schools in England (GIAS)"
    licence = "Open Government Licence v3.0"
    kinds = frozenset({"schools", "public-bodies"})
    needs = frozenset({"urn", "establishmentname", "typeofestablishment_name"})
    uses = frozenset(
        {"establishmenttypegroup_name", "establishmentstatus_name", "opendate", "closedate", "town", "postcode",
         "trusts_name"}
    )  # fmt: skip

    def layout(self, schemes: Schemes, columns: Set[str], kind: str) -> Layout:
        what = "coalesce(establishmenttypegroup_name, '') || ': ' || typeofestablishment_name"
        kinds = (("UNIVERSIT|HIGHER EDUCATION", "charity"), ("CHILDREN.?S CENTRE|SERVICE CHILDREN|OFFSHORE", None))
        state = "INDEPENDENT|NON-MAINTAINED|OTHER TYPES|ONLINE|MISCELLANEOUS|CHILDREN.?S CENTRE|OFFSHORE"
        public = (
            "ACADEM|FREE SCHOOL|MAINTAINED|COMMUNITY|FOUNDATION|VOLUNTARY|COLLEGE|PUPIL REFERRAL|WELSH|SPECIAL|NURSERY"
        )
        owners = (("UNIVERSIT|HIGHER EDUCATION", "social enterprise or charity"), (state, None), (public, "public"))
        forms = (("UNIVERSIT|HIGHER EDUCATION", "charity"), (state, None), (public, "public body"))
        return Layout(
            name="establishmentname",
            org_id="'GB-EDU-' || urn",
            postcode="postcode",
            town="town",
            status=str(Words("establishmentstatus_name", (("^CLOSED", "dissolved"),), "'live'")),
            founded="opendate",
            dissolved="closedate",
            kind=str(Words(what, kinds, "'school'")),
            ownership=str(Words(what, owners)),
            form=str(Words(what, forms)),
            why="'in the register of schools as ' || lower(typeofestablishment_name)",
            parent="trusts_name",
        )
