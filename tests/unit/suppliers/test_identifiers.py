"""Numbers become identifiers as org-id.guide writes them, or nothing."""

from __future__ import annotations

import pytest

from holdfast import packs
from holdfast.engine.duck import Engine
from holdfast.suppliers import identifiers
from holdfast.suppliers.identifiers import Schemes

UK = Schemes.of(packs.load("uk"))


def value(sql: str) -> str | None:
    engine = Engine(threads=1)
    found: str | None = engine.rows(f"SELECT {sql} AS x")[0]["x"]
    engine.close()
    return found


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("123456", "GB-COH-00123456"),
        (" 01234567 ", "GB-COH-01234567"),
        ("1234567.0", "GB-COH-01234567"),
        ("SC1234", "GB-COH-SC001234"),
        ("oc 300125", "GB-COH-OC300125"),
        ("IP525R", "GB-COH-IP00525R"),
        ("IP00525R", "GB-COH-IP00525R"),
        ("R0000012", "GB-COH-R0000012"),
        ("00000000", None),
        ("123456789", None),
        ("N/A", None),
        ("see note", None),
        ("", None),
    ],
)
def test_company_number(number: str, found: str | None) -> None:
    assert value(identifiers.company_sql(f"'{number}'", UK)) == found


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("1234567", "GB-CHC-1234567"),
        ("234567-3", "GB-CHC-234567"),
        ("SC012345", "GB-SC-SC012345"),
        ("SC12345", "GB-SC-SC012345"),
        ("NIC 101234", "GB-NIC-101234"),
        ("12", None),
        ("Exempt", None),
    ],
)
def test_charity_number(number: str, found: str | None) -> None:
    assert value(identifiers.charity_sql(f"'{number}'", UK)) == found


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("GB 812 3456 78", "812345678"),
        ("812345678001", "812345678"),
        ("IE1234567T", "IE1234567T"),
        ("000000000", None),
        ("NOT KNOWN", None),
        ("8123", None),
    ],
)
def test_vat_number(number: str, found: str | None) -> None:
    assert value(identifiers.vat_sql(f"'{number}'", UK)) == found


@pytest.mark.parametrize(
    ("text", "section"),
    [("01110 - Cereals", "A"), ("62012;62020", "J"), ("86900,\n88100", "Q"), ("99999 - Dormant", None), ("none", None)],
)
def test_section_of_the_first_industry_code(text: str, section: str | None) -> None:
    assert value(identifiers.sic_section_sql(f"'{text}'")) == section


def test_numbers_of_the_made_up_country_are_marked_as_not_real() -> None:
    made_up = Schemes.of(packs.load("fictional"))
    assert value(identifiers.company_sql("'RM000137'", made_up)) == "ZZ-COMPANY-RM000137"
