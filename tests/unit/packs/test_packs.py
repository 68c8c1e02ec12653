"""A pack loads whole, or says which packs there are."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from holdfast import packs
from holdfast.core.problem import HoldfastError


@pytest.mark.parametrize("code", packs.available())
def test_every_pack_loads_and_says_who_it_is(code: str) -> None:
    pack = packs.load(code)
    assert pack.code == code
    assert len(pack.currency) == 3
    assert 1 <= pack.fiscal_first_month <= 12
    assert pack.words["postcode"]


@pytest.mark.parametrize("code", packs.available())
def test_every_parameter_names_its_source_and_says_whether_it_was_verified(code: str) -> None:
    for name, values in packs.load(code).parameters.items():
        for p in values:
            assert p.name == name
            assert p.source
            assert p.unit
            assert p.status in ("verified", "unverified")
            assert p.value > 0


@pytest.mark.parametrize("code", packs.available())
def test_values_of_a_parameter_follow_one_another_without_overlap(code: str) -> None:
    for values in packs.load(code).parameters.values():
        for earlier, later in pairwise(values):
            assert earlier.valid_to is None or earlier.valid_to < later.valid_from


def test_a_country_without_a_pack_is_refused_with_the_packs_there_are() -> None:
    with pytest.raises(HoldfastError, match="fictional, uk, us, xk") as caught:
        packs.load("atlantis")
    assert caught.value.exit_code == 2
    assert caught.value.problems[0].code == "HF404"


def test_a_parameter_is_that_of_the_day_and_there_is_none_before_or_after() -> None:
    uk = packs.load("uk")
    last_day, first_day = (
        uk.parameter("gdp_deflator", date(2024, 3, 31)),
        uk.parameter("gdp_deflator", date(2024, 4, 1)),
    )
    assert last_day is not None
    assert first_day is not None
    assert first_day.value == Decimal("100.0")
    assert last_day.value < first_day.value
    assert uk.parameter("gdp_deflator", date(1990, 1, 1)) is None
    assert uk.parameter("gdp_deflator", date(2090, 1, 1)) is None
    assert uk.parameter("no such thing", date(2024, 1, 1)) is None


def test_values_from_memory_are_marked_unverified() -> None:
    assert {p.status for c in ("uk", "us") for p in packs.load(c).parameters["gdp_deflator"]} == {"unverified"}


@pytest.mark.parametrize(
    ("code", "month", "currency"), [("uk", 4, "GBP"), ("us", 7, "USD"), ("xk", 1, "EUR"), ("fictional", 4, "GBP")]
)
def test_fiscal_years_and_currencies(code: str, month: int, currency: str) -> None:
    pack = packs.load(code)
    assert (pack.fiscal_first_month, pack.currency) == (month, currency)
