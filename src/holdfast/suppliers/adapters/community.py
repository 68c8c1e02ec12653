"""Registers of co-operatives, mutuals and charities, and lists of which of their numbers mean one organisation."""

from __future__ import annotations

from collections.abc import Set

from holdfast.suppliers.adapters.base import Adapter, Layout, Words, stated
from holdfast.suppliers.identifiers import Schemes, charity_sql, company_sql, society_company_sql, society_sql

#: Co-operatives UK's own id serves only to join its files to each other.
OWN = "'HF-CUK-' || {}"


#: Who owns a co-operative, as Co-operatives UK writes it. An employee trust is counted with them, being listed there.
CLASSES = str(
    Words(
        "ownership_classification",
        (
            ("WORKER|EMPLOYEE", "worker co-operative"),
            ("CONSUMER|TENANT", "consumer co-operative"),
            ("MULTI", "multi-stakeholder co-operative"),
        ),
        "'other co-operative'",
    )
)


class CooperativesUk2017(Adapter):
    """Co-operatives UK open data, organisations (2017): registered numbers and class of ownership."""

    title = "Co-operatives UK, 2017"
    licence = "Co-operatives UK: CC BY-SA / ODbL"
    kinds = frozenset({"coops"})
    needs = frozenset({"cuk_organisation_id", "registered_number", "registrar", "registered_name"})
    uses = frozenset(
        {"trading_name", "legal_form", "registered_postcode", "registered_city", "sic_code", "ownership_classification",
         "registered_status", "incorporation_date", "dissolved_date"}
    )  # fmt: skip

    def layout(self, schemes: Schemes, columns: Set[str], kind: str) -> Layout:
        mutual = "registrar IN ('FCA', 'DETINI')"
        org_id = (
            f"CASE WHEN registrar = 'Companies House' THEN {company_sql('registered_number', schemes)} "
            f"WHEN {mutual} THEN {society_sql('registered_number')} "
            f"WHEN registrar IN ('OSCR', 'Charity Commission') THEN {charity_sql('registered_number', schemes)} END"
        )
        own = OWN.format("cuk_organisation_id")
        return Layout(
            name="registered_name",
            org_id=f"coalesce({org_id}, {own})",
            postcode="registered_postcode",
            town="registered_city",
            status=str(Words("registered_status", (("DEAD", "dissolved"),), "'live'")),
            kind="'co-operative'",
            ownership="'co-operative'",
            why="'listed by Co-operatives UK' || coalesce(', owned by ' || lower(ownership_classification), '')",
            sic="sic_code",
            form=CLASSES,
            dissolved="dissolved_date",
            aliases=("trading_name",),
            same=(
                (org_id, own, True),
                (
                    society_sql("registered_number"),
                    f"CASE WHEN {mutual} THEN {society_company_sql('registered_number')} END",
                    True,
                ),
            ),
        )


class CooperativesUk2023(Adapter):
    """Co-operatives UK open data, 2023: postcodes, industry and class of ownership; few registered numbers."""

    title = "Co-operatives UK, 2023"
    licence = "Co-operatives UK: CC BY-SA / ODbL"
    kinds = frozenset({"coops"})
    needs = frozenset({"identifier", "name", "companies_house_number", "ownership_classification"})
    uses = frozenset({"postcode", "locality", "sic_code", "legal_form"})

    def layout(self, schemes: Schemes, columns: Set[str], kind: str) -> Layout:
        company, own = company_sql("companies_house_number", schemes), OWN.format("identifier")
        return Layout(
            name="name",
            org_id=f"coalesce({company}, {own})",
            postcode="postcode",
            town="locality",
            status="'live'",
            kind="'co-operative'",
            ownership="'co-operative'",
            why="'listed by Co-operatives UK' || coalesce(', owned by ' || lower(ownership_classification), '')",
            sic="sic_code",
            form=CLASSES,
            same=((company, own, True),),
        )


class CooperativesUkEconomy(Adapter):
    """Co-operatives UK open data, economy: employees of each year, of which the most recent serves for size."""

    title = "Co-operatives UK, economy"
    licence = "Co-operatives UK: CC BY-SA / ODbL"
    kinds = frozenset({"coops"})
    needs = frozenset({"cuk_organisation_id", "registered_name", "turnover", "is_most_recent"})
    uses = frozenset({"employees", "economic_year"})

    def layout(self, schemes: Schemes, columns: Set[str], kind: str) -> Layout:
        heads = "TRY_CAST(employees AS INTEGER)"
        size = (
            f"CASE WHEN {heads} >= 250 THEN 'large' WHEN {heads} >= 50 THEN 'medium' "
            f"WHEN {heads} >= 10 THEN 'small' WHEN {heads} >= 0 THEN 'micro' END"
        )
        heads_said = stated(size, "employees || ' employees in ' || economic_year")
        return Layout(
            name="registered_name",
            org_id=OWN.format("cuk_organisation_id"),
            kind="'co-operative'",
            ownership="'co-operative'",
            form="'other co-operative'",
            size=size,
            size_basis="'staff'",
            why=f"concat_ws('; ', 'listed by Co-operatives UK', {heads_said})",
            keep="is_most_recent = '1'",
        )


#: A charity may be older than its registration, unless registration is what makes it (CIO, SCIO).
_MADE_BY_REGISTRATION = "CASE WHEN regexp_matches(upper(coalesce({0}, '')), '{1}') THEN {2} END"


class CharityExtract(Adapter):
    """The Charity Commission's daily public extract (JSON or text), and lists with its column names."""

    title = "Charity register"
    licence = "Open Government Licence v3.0"
    kinds = frozenset({"charities"})
    needs = frozenset({"registered_charity_number", "charity_name"})
    uses = frozenset(
        {
            "charity_company_registration_number",
            "charity_contact_postcode",
            "charity_registration_status",
            "linked_charity_number",
            "date_of_registration",
            "date_of_removal",
            "charity_type",
        }
    )

    def layout(self, schemes: Schemes, columns: Set[str], kind: str) -> Layout:
        charity = charity_sql("registered_charity_number", schemes)
        return Layout(
            name="charity_name",
            org_id=charity,
            postcode="charity_contact_postcode",
            status=str(Words("charity_registration_status", (("REMOVED", "dissolved"),), "'live'")),
            kind="'charity'",
            ownership="'social enterprise or charity'",
            form="'charity'",
            founded=_MADE_BY_REGISTRATION.format("charity_type", "^CIO$", "date_of_registration"),
            dissolved="date_of_removal",
            why="'registered charity'",
            same=((charity, company_sql("charity_company_registration_number", schemes), False),),
            keep="coalesce(linked_charity_number, '0') IN ('', '0')",
        )


class CharityExtractBefore2021(Adapter):
    """The Charity Commission's monthly extract as it was until 2021: one short line for each charity."""

    title = "Charity register (extract before 2021)"
    licence = "Open Government Licence v3.0"
    kinds = frozenset({"charities"})
    needs = frozenset({"regno", "subno", "name", "orgtype"})
    uses = frozenset({"postcode"})

    def layout(self, schemes: Schemes, columns: Set[str], kind: str) -> Layout:
        return Layout(
            name="name",
            org_id=charity_sql("regno", schemes),
            postcode="postcode",
            status=str(Words("orgtype", (("^RM$", "dissolved"),), "'live'")),
            kind="'charity'",
            ownership="'social enterprise or charity'",
            form="'charity'",
            why="'registered charity'",
            keep="coalesce(subno, '0') IN ('', '0')",
        )


class ScottishCharities(Adapter):
    """The Scottish Charity Register (OSCR), present and former charities."""

    title = "Scottish Charity Register"
    licence = "OSCR: Open Government Licence v3.0, on its own terms"
    kinds = frozenset({"charities"})
    needs = frozenset({"charity_number", "charity_name", "charity_status", "constitutional_form"})
    uses = frozenset({"known_as", "postcode", "registered_date", "ceased_date", "parent_charity_name"})
    rare = frozenset({"ceased_date"})
    own = True

    def layout(self, schemes: Schemes, columns: Set[str], kind: str) -> Layout:
        gone = Words("charity_status", (("CEASED|REMOVED", "dissolved"),), "'live'")
        return Layout(
            name="charity_name",
            org_id=charity_sql("charity_number", schemes),
            postcode="postcode",
            status=f"CASE WHEN ceased_date IS NOT NULL THEN 'dissolved' ELSE {gone} END",
            kind="'charity'",
            ownership="'social enterprise or charity'",
            form="'charity'",
            founded=_MADE_BY_REGISTRATION.format("constitutional_form", "^SCIO", "registered_date"),
            dissolved="ceased_date",
            why="'in the Scottish Charity Register as ' || lower(constitutional_form)",
            aliases=("known_as",),
            parent="parent_charity_name",
        )


class MutualsRegister(Adapter):
    """The Financial Conduct Authority's Mutuals Public Register: societies, credit unions, clubs, building societies.

    A society registered before August 2014 (``Registered Society``) may be either a co-operative or a community benefit
    society: no answer.
    """

    title = "Mutuals Public Register"
    licence = "Open Government Licence v3.0"
    kinds = frozenset({"mutuals"})
    needs = frozenset({"society_name", "registered_as", "society_status"})
    uses = frozenset(
        {"full_registation_number", "full_registration_number", "registration_number", "society_number",
         "society_address", "registration_date", "deregistration_date"}
    )  # fmt: skip
    rare = frozenset({"full_registation_number", "full_registration_number", "registration_number", "society_number"})

    def layout(self, schemes: Schemes, columns: Set[str], kind: str) -> Layout:
        number = "coalesce(full_registation_number, full_registration_number, registration_number)"
        society = society_sql(number)
        kinds = (
            ("CO-? ?OPERATIVE|CREDIT UNION", "co-operative"),
            ("COMMUNITY BENEFIT", "charity"),
        )
        owners = (
            ("CO-? ?OPERATIVE|CREDIT UNION|BUILDING SOCIETY|WORKING MEN", "co-operative"),
            ("COMMUNITY BENEFIT|BENEVOLENT", "social enterprise or charity"),
        )
        forms = (
            ("CO-? ?OPERATIVE", "other co-operative"),
            ("CREDIT UNION|BUILDING SOCIETY|WORKING MEN", "consumer co-operative"),
            ("COMMUNITY BENEFIT", "community benefit society"),
            ("BENEVOLENT", "other social enterprise"),
        )
        code = "([A-Za-z]{1,2}[0-9][0-9A-Za-z]? ?[0-9][A-Za-z]{2})[ ,.]*$"
        at_the_end = f"upper(regexp_extract(society_address, '{code}', 1))"
        return Layout(
            name="society_name",
            org_id=society,
            postcode=f"nullif({at_the_end}, '')",
            status=str(Words("society_status", (("DEREGISTERED|CANCELLED|CONVERTED", "dissolved"),), "'live'")),
            kind=str(Words("registered_as", kinds)),
            ownership=str(Words("registered_as", owners)),
            form=str(Words("registered_as", forms)),
            founded="registration_date",
            dissolved="deregistration_date",
            why="'in the mutuals register as ' || lower(registered_as)",
            same=((society, society_company_sql(number), True),),
        )


class SameOrganisations(Adapter):
    """Lists of two identifiers that mean one organisation: charity, society or school, and company.

    What kind of organisation it is follows from the register its first number is kept in. A society's number ends in a
    letter for its kind (FCA): ``C`` credit union, ``W`` working men's club, ``B`` building society; numbers from 4000
    are co-operative, from 7000 community benefit societies. A society registered before (``R``) may be either:
    no answer.
    """

    title = "Numbers of one organisation"
    licence = "Open Database License"
    kinds = frozenset({"charities", "mutuals", "coops", "companies", "public-bodies", "own"})
    needs = frozenset({"org_id_a", "org_id_b"})
    own = True
    uses = frozenset({"org_name", "source"})

    def layout(self, schemes: Schemes, columns: Set[str], kind: str) -> Layout:
        kinds = (
            ("^GB-(CHC|SC|NIC)-|-GB-(CHC|SC|NIC)-|GB-HESA-", "charity"),
            ("^GB-MPR-([0-9]+(C|CU|CUS)|4000[0-9]*)$", "co-operative"),
            ("^GB-(N|S|W)?I?EDU-", "school"),
            ("^GB-NHS-", "public body"),
        )
        owners = (
            ("^GB-(CHC|SC|NIC|HESA)-", "social enterprise or charity"),
            ("^GB-MPR-([0-9]+(C|CU|CUS|B|BS|BNI|W|WI|WS)|4000[0-9]*)$", "co-operative"),
            ("^GB-MPR-7000[0-9]*$", "social enterprise or charity"),
            ("^GB-NHS-", "public"),
        )
        forms = (
            ("^GB-(CHC|SC|NIC|HESA)-", "charity"),
            ("^GB-MPR-[0-9]+(C|CU|CUS|B|BS|BNI|W|WI|WS)$", "consumer co-operative"),
            ("^GB-MPR-4000[0-9]*$", "other co-operative"),
            ("^GB-MPR-7000[0-9]*$", "community benefit society"),
            ("^GB-NHS-", "public body"),
        )
        said = (
            ("^GB-CHC-", "in the charity register of England and Wales"),
            ("^GB-SC-", "in the Scottish charity register"),
            ("^GB-NIC-", "in the charity register of Northern Ireland"),
            ("^GB-MPR-", "in the mutuals register"),
            ("EDU-", "in the register of schools"),
            ("^GB-NHS-", "an NHS organisation"),
            ("^GB-HESA-", "a higher education provider"),
        )
        return Layout(
            name="org_name",
            org_id="org_id_a",
            kind=str(Words("org_id_a", kinds)),
            ownership=str(Words("org_id_a", owners)),
            form=str(Words("org_id_a", forms)),
            why=str(Words("org_id_a", said)),
            same=(("org_id_a", "org_id_b", False),),
        )
