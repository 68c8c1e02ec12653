"""Lists that a place or another country makes itself, with plain headings; and local business premises."""

from __future__ import annotations

from collections.abc import Mapping, Set

from holdfast.suppliers.adapters.base import Adapter, Layout, Words
from holdfast.suppliers.identifiers import Schemes, charity_sql, company_sql

#: Our column -> headings it is known by, folded; the first that is there is used.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "company_name", "organisation_name", "organization_name", "organisation", "supplier",
             "supplier_name", "vendor_name", "vendor", "legal_name", "business_name", "charity_name",
             "entity_name", "emri"),
    "id": ("id", "org_id", "identifier", "organisation_id", "registration_number", "registered_number", "number"),
    "company_number": ("company_number", "companynumber", "companies_house_number", "company_no", "crn",
                       "business_number"),
    "charity_number": ("charity_number", "registered_charity_number", "charity_no"),
    "postcode": ("postcode", "post_code", "postal_code", "zip", "zip_code", "zipcode", "registered_postcode"),
    "town": ("town", "city", "locality", "post_town", "municipality", "komuna", "seat"),
    "previous": ("previous_names", "previous_name", "former_names", "former_name", "old_name"),
    "aliases": ("aliases", "alias", "also_known_as", "trading_name", "trading_names", "trading_as", "other_names"),
    "status": ("status", "company_status", "state_of_registration"),
    "kind": ("supplier_kind", "kind", "organisation_kind", "organisation_type", "type"),
    "ownership": ("ownership", "ownership_type", "owned_by"),
    "size": ("size", "size_band", "company_size", "employer_size"),
    "founded": ("founded", "incorporated", "incorporation_date", "date_of_incorporation", "date_of_creation",
                "start_date"),
    "dissolved": ("dissolved", "dissolution_date", "date_of_cessation", "ceased", "closed", "end_date"),
    "country": ("country", "country_of_incorporation", "country_of_origin"),
    "parent": ("parent", "group", "parent_company", "group_name", "owner_group"),
    "sic": ("sic", "sic_code", "sic_codes", "siccode", "industry_code"),
}  # fmt: skip
TELLING = ("id", "company_number", "charity_number", "postcode", "town", "kind", "ownership", "size")
KIND_OF = {
    "companies": "company",
    "charities": "charity",
    "coops": "co-operative",
    "public-bodies": "public body",
    "nhs": "public body",
    "schools": "school",
}
OWNER_OF = {
    "charities": "social enterprise or charity",
    "coops": "co-operative",
    "public-bodies": "public",
    "nhs": "public",
}
KINDS = (
    ("CHARIT", "charity"),
    ("CO.?OP", "co-operative"),
    ("SCHOOL|COLLEGE|ACADEM", "school"),
    ("PUBLIC BOD|COUNCIL|GOVERNMENT|AUTHORITY|NHS", "public body"),
    ("COMPANY|LTD|PLC|LLP|SOCIAL ENTERPRISE|CIC|PRIVATE", "company"),
)
OWNERS = (
    ("CO.?OP|MUTUAL", "co-operative"),
    ("SOCIAL|CHARIT|COMMUNITY|CIC|NON.?PROFIT|VOLUNTARY", "social enterprise or charity"),
    ("PUBLIC SECTOR|^PUBLIC$|STATE|MUNICIPAL|GOVERNMENT", "public"),
    ("PRIVATE|SOLE TRADER|EMPLOYEE", "private"),
)
FORMS = (
    ("WORKER", "worker co-operative"),
    ("CONSUMER|CREDIT UNION", "consumer co-operative"),
    ("MULTI.?STAKEHOLDER", "multi-stakeholder co-operative"),
    ("CO.?OP|MUTUAL", "other co-operative"),
    ("EMPLOYEE", "employee-owned company"),
    ("COMMUNITY BENEFIT", "community benefit society"),
    ("CIC|COMMUNITY INTEREST", "community interest company"),
    ("CHARIT", "charity"),
    ("SOCIAL ENTERPRISE", "other social enterprise"),
    ("SOLE TRADER|SELF.?EMPLOYED", "sole trader"),
    ("FOREIGN|OVERSEAS", "foreign company"),
)
SIZES = (("MICRO", "micro"), ("SMALL", "small"), ("MEDIUM", "medium"), ("LARGE", "large"))


def found(columns: Set[str]) -> dict[str, str]:
    """Our column -> the file's, for those it has."""
    return {
        ours: next(h for h in headings if h in columns)
        for ours, headings in HEADINGS.items()
        if set(headings) & columns
    }


class OwnList(Adapter):
    """A list with plain headings: ``name`` and at least one of an identifier, postcode, town, kind, ownership or size.

    ``id`` is taken as it stands where it is an org-id.guide identifier (``GB-COH-01234567``), as a company or charity
    number where the list is of companies or charities, and else as the list's own number. The kind of the register says
    what its entries are where no column does.
    """

    title = "Own list"
    kinds = frozenset(
        {"companies", "charities", "mutuals", "coops", "public-bodies", "nhs", "schools", "housing", "own"}
    )
    own = True
    needs = frozenset({"name"})
    uses = frozenset(h for headings in HEADINGS.values() for h in headings)

    def fits(self, columns: Set[str]) -> bool:
        have = found(columns)
        return "name" in have and any(t in have for t in TELLING)

    def layout(self, schemes: Schemes, columns: Set[str], kind: str) -> Layout:
        have = found(columns)

        def own(column: str) -> str:
            return f'"{have[column]}"' if column in have else "NULL"

        company = company_sql(own("company_number"), schemes) if "company_number" in have else "NULL"
        charity = charity_sql(own("charity_number"), schemes) if "charity_number" in have else "NULL"
        numbers = [company, charity, _plain_id(own("id"), kind, schemes)]
        if kind == "charities":
            numbers = [charity, numbers[2], company]
        default_kind, default_owner = KIND_OF.get(kind), OWNER_OF.get(kind)
        told_kind, told_owner = str(Words(own("kind"), KINDS)), str(Words(own("ownership"), OWNERS))
        said = str(Words(own("kind"), (("SOCIAL ENTERPRISE|CIC|COMMUNITY INTEREST", "social enterprise or charity"),)))
        return Layout(
            name=own("name"),
            org_id=f"coalesce({', '.join(numbers)})",
            postcode=own("postcode"),
            town=own("town"),
            status=str(Words(own("status"), (("DISSOL|CLOSED|DEAD|INACTIVE|REMOVED|SHUAR", "dissolved"),), "'live'")),
            kind=f"coalesce({told_kind}, {_text(default_kind)})",
            ownership=f"coalesce({told_owner}, {said}, {_text(default_owner)})",
            size=str(Words(own("size"), SIZES)),
            why="'stated in the list'",
            sic=own("sic"),
            form=f"coalesce({Words(own('ownership'), FORMS)}, {Words(own('kind'), FORMS)})",
            size_basis="'stated'",
            founded=own("founded"),
            dissolved=own("dissolved"),
            country=own("country"),
            parent=own("parent"),
            previous=(own("previous"),) if "previous" in have else (),
            aliases=(own("aliases"),) if "aliases" in have else (),
            same=((company, charity, False),) if {"company_number", "charity_number"} <= set(have) else (),
        )


def _plain_id(column: str, kind: str, schemes: Schemes) -> str:
    if column == "NULL":
        return "NULL"
    number = {"companies": company_sql(column, schemes), "charities": charity_sql(column, schemes)}.get(kind, "NULL")
    return (
        f"CASE WHEN regexp_matches({column}, '^[A-Z]{{2}}-[A-Z0-9]+-') THEN {column} "
        f"ELSE coalesce({number}, 'own:' || {column}) END"
    )


def _text(value: str | None) -> str:
    return "NULL" if value is None else f"'{value}'"


class Premises(Adapter):
    """Who pays business rates on which premises: shows that a firm registered elsewhere has a branch here."""

    title = "Business rates premises"
    kinds = frozenset({"premises"})
    needs = frozenset({"ratepayer", "postcode"})
    uses = frozenset({"occupied"})
    rare = uses
    premises = True
    own = True

    def fits(self, columns: Set[str]) -> bool:
        return {"name", "postcode"} <= columns or self.needs <= columns

    def layout(self, schemes: Schemes, columns: Set[str], kind: str) -> Layout:
        return Layout(
            name="ratepayer" if "ratepayer" in columns else "name",
            postcode="postcode",
            keep="coalesce(upper(occupied), 'Y') <> 'N'",
        )


class LivingWageEmployers(Adapter):
    """Employers that are accredited as paying a real living wage: a list of names, as the accrediting body gives it."""

    title = "Living-wage employers"
    telling = False
    kinds = frozenset({"living-wage"})
    needs = frozenset({"name"})
    names = ("name", "employer", "employer_name", "organisation", "organisation_name", "company_name", "business_name")
    uses = frozenset({*names, "postcode", "town", "city", "company_number"})
    rare = uses

    def fits(self, columns: Set[str]) -> bool:
        return bool(set(self.names) & columns)

    def layout(self, schemes: Schemes, columns: Set[str], kind: str) -> Layout:
        return Layout(
            name=next(name for name in self.names if name in columns),
            org_id=company_sql("company_number", schemes),
            postcode="postcode",
            town="coalesce(town, city)",
            living_wage="'yes'",
            why="'accredited as a living-wage employer'",
        )
