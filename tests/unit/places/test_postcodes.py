"""A postcode is read however it is typed, and what is none is not made into one."""

import pyarrow as pa
import pytest

from holdfast import packs
from holdfast.places.postcodes import canonical

UK, US = packs.load("uk"), packs.load("us")


def one(text: str | None, pack: packs.Pack = UK) -> str | None:
    result: str | None = canonical(pa.array([text], pa.string()), pack)[0].as_py()
    return result


@pytest.mark.parametrize(
    "text",
    ["BB5 1AA", "bb51aa", " BB5  1AA ", "BB5\u00a01AA", "BB5-1AA", "BB5 IAA", "Accrington, BB5 1AA", "LANCS BB5 1AA."],
)
def test_one_postcode_however_it_is_typed(text: str) -> None:
    assert one(text) == "BB5 1AA"


@pytest.mark.parametrize(
    "text", ["M1 1AA", "M60 1NW", "CR2 6XH", "DN55 1PT", "W1A 1HQ", "EC1A 1BB", "GIR 0AA", "BT1 5GS", "JE2 3AB"]
)
def test_every_form_of_uk_postcode(text: str) -> None:
    assert one(text) == text
    assert one(text.replace(" ", "").lower()) == text


def test_a_letter_o_where_only_a_digit_can_stand_is_a_zero() -> None:
    assert one("M60 OAA") == "M60 0AA"
    assert one("OX1 1AA") == "OX1 1AA"


@pytest.mark.parametrize(
    "text", [None, "", "  ", "BB5", "1AA", "REDACTED", "D02 X285", "90210", "BB5 1AAA", "12 High St"]
)
def test_what_is_no_postcode_stays_none(text: str | None) -> None:
    assert one(text) is None


def test_a_zip_code_is_cut_to_its_five_figures() -> None:
    assert one("85251-1234", US) == "85251"
    assert one("852511234", US) == "85251"
    assert one("85251", US) == "85251"
    assert one("8525", US) is None


def test_a_column_keeps_its_order_and_length() -> None:
    column = pa.array(["m1 1aa", None, "x", "BB5 1AA"])
    assert canonical(column, UK).to_pylist() == ["M1 1AA", None, None, "BB5 1AA"]
    assert len(canonical(pa.array([], pa.string()), UK)) == 0
