"""Registers of companies: who they are, where, in which industry, and how large by their accounts or headcount."""

from __future__ import annotations

from collections.abc import Set

from holdfast.suppliers.adapters.base import Adapter, Layout, Words, stated
from holdfast.suppliers.identifiers import Schemes, company_sql

#: What the form of a company says about its owners. A company limited by guarantee may be anything: no answer.
OWNERSHIP = (
    ("COMMUNITY.INTEREST", "social enterprise or charity"),
    ("CHARITABLE", "social enterprise or charity"),
    # exempt from the word "limited": pays no dividend and has public objects (Companies Act 2006 s 60)
    ("PRI.LBG.NSC", "social enterprise or charity"),
    ("GUAR|REGISTERED.SOCIETY|INDUSTRIAL AND PROVIDENT|ROYAL CHARTER|OTHER|CONVERTED|OVERSEAS", None),
    ("^LTD$|^LLP$|^PLC$|PRIVATE.LIMITED.COMPANY|PUBLIC.LIMITED.COMPANY|PARTNERSHIP|PRIVATE.UNLIMITED", "private"),
)
KIND = (("CHARITABLE", "charity"), ("REGISTERED.SOCIETY|INDUSTRIAL AND PROVIDENT", None))
#: Thresholds of the Companies Act 2006 (s 382 to 467) decide which accounts a company may file. Full accounts may be
#: filed by any company, and a subsidiary's or a dormant one's say nothing about size.
ACCOUNTS = (
    ("MICRO", "micro"),
    ("SUBSIDIARY|DORMANT|NO ACCOUNTS", None),
    ("SMALL|TOTAL.EXEMPTION|ABRIDGED|PARTIAL.EXEMPTION", "small"),
    ("MEDIUM", "medium"),
)
#: The same in full. Where the form leaves the owners open, so does this.
FORMS = (
    ("COMMUNITY.INTEREST", "community interest company"),
    ("CHARITABLE", "charity"),
    ("PRI.LBG.NSC", "other social enterprise"),
    ("GUAR|REGISTERED.SOCIETY|INDUSTRIAL AND PROVIDENT|ROYAL CHARTER|OTHER|CONVERTED", None),
    ("OVERSEAS", "foreign company"),
    ("^LTD$|^LLP$|^PLC$|PRIVATE.LIMITED.COMPANY|PUBLIC.LIMITED.COMPANY|PARTNERSHIP|PRIVATE.UNLIMITED", "private firm"),
)
UK = (
    "^(UNITED KINGDOM|UK|U\\.K\\.?|GB|GREAT BRITAIN|BRITAIN|ENGLAND.*|SCOTLAND|WALES|NORTHERN IRELAND|"
    "UNITED KINGDOM .*)$"
)
DISSOLVED = (("DISSOLVED|CLOSED|CONVERTED|REMOVED", "dissolved"),)


def _status(column: str) -> str:
    return str(Words(column, DISSOLVED, "'live'"))


class CompaniesHouse(Adapter):
    """Companies House basic company data (55 columns, previous names) and extracts of it with fewer columns."""

    title = "Companies House"
    licence = "Companies House: free of restrictions"
    kinds = frozenset({"companies"})
    needs = frozenset({"companyname", "companynumber", "companycategory"})
    uses = frozenset(
        {
            "postcode",
            "regaddress_postcode",
            "regaddress_posttown",
            "companystatus",
            "incorporationdate",
            "dissolutiondate",
            "siccode_sictext_1",
            "accounts_accountcategory",
            "countryoforigin",
            *(f"siccode_sictext_{i}" for i in range(2, 5)),
            *(f"previousname_{i}_{what}" for i in range(1, 11) for what in ("companyname", "condate")),
        }
    )
    keeps_all = True
    rare = frozenset({"postcode", *(f"previousname_{i}_{w}" for i in range(2, 11) for w in ("companyname", "condate"))})

    def layout(self, schemes: Schemes, columns: Set[str], kind: str) -> Layout:
        size = str(Words("accounts_accountcategory", ACCOUNTS))
        had = [i for i in range(1, 11) if f"previousname_{i}_companyname" in columns]
        return Layout(
            name="companyname",
            org_id=company_sql("companynumber", schemes),
            postcode="coalesce(regaddress_postcode, postcode)",
            town="regaddress_posttown",
            status=_status("companystatus"),
            kind=str(Words("companycategory", KIND, "'company'")),
            ownership=str(Words("companycategory", OWNERSHIP)),
            size=size,
            why="concat_ws('; ', 'registered as ' || split_part(lower(companycategory), ' (', 1), "
            + stated(size, "'size by its own accounts (' || lower(accounts_accountcategory) || '), group not known'")
            + ")",
            sic="siccode_sictext_1",
            sic_codes=tuple(f"siccode_sictext_{i}" for i in range(1, 5)),
            previous=tuple(f"previousname_{i}_companyname" for i in had),
            previous_until=tuple(f"previousname_{i}_condate" for i in had),
            form=f"CASE WHEN {_abroad('countryoforigin')} THEN 'foreign company' "
            f"ELSE {Words('companycategory', FORMS)} END",
            size_basis="'accounts'",
            founded="incorporationdate",
            dissolved="dissolutiondate",
            country="countryoforigin",
            said_by=("companycategory", "companystatus", "accounts_accountcategory", "countryoforigin"),
        )


def _abroad(country: str) -> str:
    told = f"upper(trim(coalesce({country}, '')))"
    return f"({told} NOT IN ('', 'NA') AND NOT regexp_matches({told}, '{UK}'))"


class SponsorCompanies(Adapter):
    """Companies in the register of licensed sponsors, joined to Companies House by someone else."""

    title = "Companies House, licensed sponsors"
    kinds = frozenset({"companies"})
    needs = frozenset({"company_number", "company_name", "name_in_sponsor_register"})
    uses = frozenset({"status", "type", "sic_codes", "postcode", "locality", "date_of_creation"})

    def layout(self, schemes: Schemes, columns: Set[str], kind: str) -> Layout:
        return Layout(
            name="company_name",
            org_id=company_sql("company_number", schemes),
            postcode="postcode",
            town="locality",
            status=_status("status"),
            kind="'company'",
            ownership=str(Words("type", OWNERSHIP)),
            why="'registered as ' || replace(type, '-', ' ')",
            sic="sic_codes",
            aliases=("name_in_sponsor_register",),
            form=str(Words("type", FORMS)),
            founded="date_of_creation",
            said_by=("status", "type"),
        )


class GenderPayGap(Adapter):
    """Employers that report their gender pay gap: band of headcount; public bodies are in it without a number."""

    title = "Gender pay gap service"
    licence = "Open Government Licence v3.0"
    kinds = frozenset({"companies"})
    needs = frozenset({"employername", "companynumber", "employersize"})
    uses = frozenset({"postcode", "address", "siccodes", "currentname"})
    rare = frozenset({"postcode"})

    def layout(self, schemes: Schemes, columns: Set[str], kind: str) -> Layout:
        large = (("^(250|500|1000|5000|20,000) ", "large"),)  # "less than 250" may be micro, small or medium
        size = str(Words("employersize", large))
        # before 2021 there is no column of its own: the postcode ends the address
        in_address = (
            "nullif(upper(regexp_extract(address, '([A-Za-z]{1,2}[0-9][0-9A-Za-z]? ?[0-9][A-Za-z]{2})[ ,]*$', 1)), '')"
        )
        return Layout(
            name="employername",
            org_id=company_sql("companynumber", schemes),
            postcode=f"coalesce(postcode, {in_address})",
            size=size,
            why=stated(size, "'reported ' || employersize || ' employees'"),
            # a leading 1 stands for the public sector, not for an industry
            sic="regexp_replace(siccodes, '^1[, ]', '')",
            aliases=("currentname",),
            size_basis="'staff'",
        )


class NameSearchResults(Adapter):
    """Suppliers looked up at Companies House by name, with the spellings seen: silver, not gold.

    Those not looked up because they are public bodies serve for their spellings alone: which they are was judged by the
    name, and companies are among them.
    """

    title = "Suppliers looked up at Companies House"
    kinds = frozenset({"companies", "own"})
    needs = frozenset({"supplier_canonical", "aliases", "company_number", "company_name"})
    uses = frozenset(
        {"note", "status", "company_type", "sic_codes", "locality", "postal_code", "accounts_type", "date_of_creation",
         "date_of_cessation"}
    )  # fmt: skip

    def layout(self, schemes: Schemes, columns: Set[str], kind: str) -> Layout:
        public = "regexp_matches(lower(coalesce(note, '')), 'public body|government|local authority')"
        size = str(Words("accounts_type", ACCOUNTS))
        found = "company_number IS NOT NULL"
        return Layout(
            name="coalesce(company_name, supplier_canonical)",
            org_id=company_sql("company_number", schemes),
            postcode="postal_code",
            town="locality",
            status=_status("status"),
            kind=f"CASE WHEN {found} AND company_type NOT LIKE 'registered%' THEN 'company' END",
            ownership=str(Words("company_type", OWNERSHIP)),
            size=size,
            why=f"CASE WHEN {found} THEN concat_ws('; ', 'registered as ' || replace(company_type, '-', ' '), "
            + stated(size, "'size by its own accounts (' || accounts_type || '), group not known'")
            + ") END",
            sic="sic_codes",
            aliases=("supplier_canonical", "aliases"),
            form=str(Words("company_type", FORMS)),
            size_basis="'accounts'",
            founded="date_of_creation",
            dissolved="date_of_cessation",
            keep=f"{found} OR {public}",
        )
