"""Numbers as people say them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.report import words
from holdfast.report.cells import neutral, plain, shown
from holdfast.report.page import unbroken

D = Decimal


@pytest.mark.parametrize(
    ("share", "text"),
    [
        ("0", "0%"), ("0.004", "less than 1%"), ("0.005", "1%"), ("0.456", "46%"), ("0.455", "46%"),
        ("0.995", "more than 99%"), ("1", "100%"), ("1.02", "102%"), ("-0.02", "-2%"),
    ],
)  # fmt: skip
def test_something_is_never_called_nothing_nor_everything(share: str, text: str) -> None:
    assert words.percent(D(share)) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "£0"), ("-0.2", "£0"), ("512.4", "£512"), ("830123", "£830k"), ("999949", "£1.0m"), ("4040000", "£4.0m"),
        ("-46500", "-£47k"), ("123456789", "£123m"), ("2000000000", "£2.0bn"),
    ],
)  # fmt: skip
def test_money_in_charts_is_short_and_puts_the_sign_first(amount: str, text: str) -> None:
    assert words.money_short(D(amount), "GBP") == text


@given(st.decimals(0, D("1e12"), places=2), st.decimals(0, D("1e12"), places=2))
def test_more_money_is_never_written_as_less(a: Decimal, b: Decimal) -> None:
    def size(text: str) -> Decimal:
        scale = {"k": 10**3, "m": 10**6, "bn": 10**9}
        digits = text.lstrip("£").rstrip("kmbn")
        return D(digits) * scale.get(text.lstrip("£")[len(digits) :], 1)

    small, large = sorted((a, b))
    assert size(words.money_short(small, "GBP")) <= size(words.money_short(large, "GBP"))


def test_money_in_a_sentence_stays_on_one_line() -> None:
    assert words.money_in_words(D(4_200_000), "GBP") == "£4.2\u00a0million"


@pytest.mark.parametrize(
    ("currency", "text"), [("GBP", "46p"), ("USD", "46\u00a0cents"), ("EUR", "46\u00a0cents"), ("XOF", "46%")]
)
def test_of_every_pound_is_said_in_its_hundredths(currency: str, text: str) -> None:
    assert words.of_each_unit(D("0.46"), currency) == text


@pytest.mark.parametrize(
    ("difference", "text"),
    [
        ("0.042", "up 4.2 percentage points"), ("-0.01", "down 1.0 percentage point"), ("0.0004", "no change"),
    ],
)  # fmt: skip
def test_change_is_in_points(difference: str, text: str) -> None:
    assert words.change_in_points(D(difference)) == text


def test_lists_dates_and_periods_are_written_out() -> None:
    assert words.and_list(["a"]) == "a"
    assert words.and_list(["a", "b", "c"]) == "a, b and c"
    assert words.and_list([]) == ""
    assert words.day("2026-03-31") == "31 March 2026"
    assert words.day("soon") == "soon"
    assert words.month("2026-03") == "March 2026"
    assert words.period_phrase("2019-04-01 to 2024-03-31") == "from 1 April 2019 to 31 March 2024"
    assert words.period_phrase("2023/24") == "in 2023/24"
    assert words.period_phrase("2021-04 to 2025-12") == "from April 2021 to December 2025"
    assert words.period_phrase("") == ""


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (None, "money", "not known"), (None, "text", ""), (D("1234567.50"), "money", "£1,234,568"),
        (D("-46.5"), "money", "-£46"), (D("0.4561"), "share", "45.6%"), (D("0.0421"), "points", "+4.2 points"),
        (1117, "count", "1,117"), (D("1.1140"), "index", "1.114"), (True, "text", "yes"),
        (D("0.0001"), "share", "<0.1%"), (D("0.9999"), "share", ">99.9%"), (D("0"), "share", "0.0%"),
        (D("1"), "share", "100.0%"), (D("-0.0001"), "points", "0.0 points"),
        ("unknown", "text", "not known"), (D(1200), "index", "1,200"),
    ],
)  # fmt: skip
def test_a_cell_is_written_by_its_unit(value: object, unit: str, text: str) -> None:
    assert shown(value, unit, "GBP") == text  # type: ignore[arg-type]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r", " =", "＝"])
def test_text_that_spreadsheets_take_for_a_formula_gets_an_apostrophe(start: str) -> None:
    assert neutral(f"{start}CMD()").startswith("'")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2))
def test_numbers_are_never_neutralised_and_never_lose_a_digit(value: Decimal) -> None:
    assert D(neutral(value)) == value
    assert "E" not in plain(value)
    assert not neutral(value).startswith("'")


@given(st.text())
def test_no_text_cell_can_start_a_formula(text: str) -> None:
    assert neutral(text)[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n")


def test_hyphened_words_of_a_heading_stay_whole_and_stay_text() -> None:
    assert unbroken("<b> went to co-operatives") == '&lt;b&gt; went to <span class="w">co-operatives</span>'
    assert "<span" not in unbroken("12 a-very-long-name-with-many-parts")
