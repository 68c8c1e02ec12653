"""An anchor's own list of its suppliers: the surest source of where they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from holdfast.core.problem import HoldfastError, Problem
from holdfast.suppliers.files import read_columns, shape

if TYPE_CHECKING:
    import pyarrow as pa

#: Our column -> headings it is known by, folded; the first that is there is used.
HEADINGS: dict[str, tuple[str, ...]] = {
    "supplier_id": (
        "supplier_id", "supplier_no", "supplier_number", "supplier_code", "supplier_ref", "supplier_reference",
        "supplierid", "creditor_id", "creditor_no", "creditor_number", "creditor_ref", "creditor", "vendor_id",
        "vendor_no", "vendor_number", "vendor_code", "account_no", "account_number", "address_book_no", "id", "ref",
        "number", "code",
    ),
    "name": (
        "supplier_name", "supplier", "name", "creditor_name", "vendor_name", "vendor", "company_name", "payee",
        "payee_name", "beneficiary", "beneficiary_name", "trading_name", "organisation", "organisation_name",
    ),
    "postcode": (
        "postcode", "post_code", "postal_code", "supplier_postcode", "supplier_post_code", "creditor_postcode",
        "address_postcode", "zip", "zip_code", "zipcode", "pcode",
    ),
    "town": ("town", "city", "supplier_town", "post_town", "address_town", "municipality", "seat"),
    "company_number": (
        "company_number", "company_no", "company_registration_number", "company_reg_no", "companies_house_number",
        "company_registration_no", "crn", "registered_number", "registration_number", "business_number",
    ),
    "charity_number": ("charity_number", "charity_no", "charity_registration_number", "registered_charity_number"),
    "vat_number": (
        "vat_number", "vat_no", "vat_registration_number", "vat_reg_no", "vat_reg_number", "vat_registration_no", "vat",
    ),
}  # fmt: skip


def load_creditors(path: Path) -> pa.Table:
    """The creditor list as ``supplier_id, name, postcode, town, company_number, charity_number, vat_number``, all text.

    Blank lines are left out; order is kept. Raises ``HoldfastError`` HF501 where there is neither an id nor a name, or
    nothing to know about either; HF104 where the file cannot be opened.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    seen = shape(path)
    found = {ours: next((h for h in told if h in seen.columns), None) for ours, told in HEADINGS.items()}
    known = [ours for ours in HEADINGS if found[ours]]
    if not {"supplier_id", "name"} & set(known) or len(known) < 2:
        raise HoldfastError(
            Problem(
                "HF501",
                f"{path.name} is not a creditor list. Columns found: {', '.join(seen.columns) or 'none'}. Needed: "
                "supplier id or name, and at least one of postcode, town, company number, charity number, VAT number.",
                file=str(path),
            )
        )
    raw = read_columns(seen, {h for h in found.values() if h})
    nothing = pa.nulls(raw.num_rows, pa.string())
    table = pa.table({ours: _tidy(raw.column(h)) if (h := found[ours]) else nothing for ours in HEADINGS})
    named = pc.or_(pc.is_valid(table.column("supplier_id")), pc.is_valid(table.column("name")))
    return table.filter(named)


def _tidy(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Outer spaces off, blanks to null."""
    import pyarrow.compute as pc

    trimmed = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(trimmed, ""), None, trimmed)
