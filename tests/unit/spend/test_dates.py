# ruff: noqa: E501
"""Dates: every form, day or month first by evidence, years nobody can mean kept without a date, periods as their last day."""

from __future__ import annotations

from datetime import date

import pytest

from holdfast.spend.dates import Calendar, decide_order, in_month, parse_date, period_in_text
from unit.spend.reads import codes, days, lines, one, paid_on, problem

UK = Calendar()
DAY = date(2023, 4, 3)


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2023", "3/4/2023", "03.04.2023", "03-04-23", "3 / 4 / 2023", "3 Apr 2023", "3-Apr-23", "03 APRIL 2023", "3rd April, 2023",
        "Mon 3 April 2023", "April 3, 2023", "Apr 3 2023", "2023-04-03", "2023/04/03", "20230403", "2023-04-03T00:00:00Z",
        "2023-04-03 00:00:00.000", "03/04/2023 12:00 AM", "45019", "45019.0", "3/Apr/2023", "03_04_2023", "3 Apr '23",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    parsed = parse_date(text, "day", UK)
    assert parsed is not None
    assert (parsed.day, parsed.period) == (DAY, None)


@pytest.mark.parametrize(
    "text",
    ["", "-", "n/a", "TBC", "00/00/0000", "31/02/2023", "29 Feb 2023", "13/13/2023", "99999999", "12", "Febtember 2023", "2023-13-45"],
)  # fmt: skip
def test_what_is_no_day_is_not_made_one(text: str) -> None:
    assert parse_date(text, "day", UK) is None


@pytest.mark.parametrize(
    ("text", "last", "period"),
    [
        ("201106", date(2011, 6, 30), "month"), ("2011-06", date(2011, 6, 30), "month"), ("Jun-11", date(2011, 6, 30), "month"),
        ("June 2011", date(2011, 6, 30), "month"), ("06/2011", date(2011, 6, 30), "month"), ("Feb 2012", date(2012, 2, 29), "month"),
        ("2011 June", date(2011, 6, 30), "month"), ("Q2 2011", date(2011, 6, 30), "quarter"), ("Q1 2011/12", date(2011, 6, 30), "quarter"),
        ("01/2011-12", date(2011, 4, 30), "month"), ("P12 2011/12", date(2012, 3, 31), "month"), ("2011/12 Period 3", date(2011, 6, 30), "month"),
        ("2011/12 Q4", date(2012, 3, 31), "quarter"), ("Quarter 3 2011-12", date(2011, 12, 31), "quarter"),
        ("Apr-Jun 2011", date(2011, 6, 30), "quarter"), ("2011-2012", date(2012, 3, 31), "year"),
        ("2012", date(2012, 3, 31), "year"),
    ],
)  # fmt: skip
def test_a_period_is_its_last_day(text: str, last: date, period: str) -> None:
    parsed = parse_date(text, "day", UK)
    assert parsed is not None
    assert (parsed.day, parsed.period) == (last, period)


def test_a_calendar_year_country_s_quarters_and_years_are_the_calendar_s() -> None:
    calendar = Calendar(first_month=1)
    assert [parse_date(t, "day", calendar).day for t in ("Q4 2011", "2011")] == [date(2011, 12, 31)] * 2  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("cells", "order", "certain"),
    [
        (["13/04/2023", "04/05/2023"], "day", True),
        (["04/13/2023", "04/05/2023"], "month", True),
        (["04/01/2023", "04/02/2023", "04/03/2023"], "month", True),
        (["01/04/2023", "02/04/2023", "03/04/2023"], "day", True),
        (["05/05/2023"], "day", True),
        (["04/05/2023"], "day", False),
        (["13/04/2023", "04/13/2023", "20/04/2023"], "day", False),
        (["3 Apr 2023"], "day", True),
    ],
)  # fmt: skip
def test_day_or_month_first_is_settled_by_the_whole_column(cells: list[str], order: str, certain: bool) -> None:
    assert decide_order(cells, [1] * len(cells), UK)[:2] == (order, certain)


def test_dates_of_a_month_first_file_are_read_month_first() -> None:
    table = paid_on("4/1/2017", "4/2/2017", "4/25/2017")
    assert days(table) == [date(2017, 4, 1), date(2017, 4, 2), date(2017, 4, 25)]
    assert "HF304" not in codes(table)


def test_an_order_that_nothing_settles_is_said() -> None:
    table = paid_on("04/05/2017", "06/07/2017", "08/09/2017")
    assert days(table)[0] == date(2017, 5, 4)
    assert "day first" in problem(table, "HF304").message


@pytest.mark.parametrize("wrong", ["13/06/2099", "13/06/1900", "13/06/2203", "0203-06-13"])
def test_a_date_nobody_can_mean_keeps_its_payment_without_a_date(wrong: str) -> None:
    table = paid_on("13/06/2023", "14/06/2023", wrong, "15/06/2023")
    assert days(table) == [date(2023, 6, 13), date(2023, 6, 14), None, date(2023, 6, 15)]
    assert (problem(table, "HF303").row, problem(table, "HF303").value) == (4, wrong)
    assert (table.rows_typed, table.last_date) == (4, "2023-06-15")


@pytest.mark.parametrize("year", ["2099", "1900"])
def test_a_file_whose_every_date_is_wrong_keeps_its_payments_and_says_so(year: str) -> None:
    table = paid_on(*(f"{d}/06/{year}" for d in range(13, 20)))
    assert (table.rows_typed, set(days(table)), table.first_date) == (7, {None}, None)
    assert {"HF203", "HF302", "HF303"} & set(codes(table))


def test_a_slip_within_plausible_years_is_seen_by_the_rest_of_the_file() -> None:
    table = paid_on("13/06/2023", "14/06/2023", "15/06/2003", "16/06/2023")
    assert days(table)[2] is None
    assert "HF303" in codes(table)


def test_dates_that_are_blank_or_unreadable_keep_their_payments() -> None:
    table = paid_on("13/06/2023", "14/06/2023", "", "soon", "17/06/2023", "18/06/2023")
    assert (table.rows_typed, days(table)[2:4]) == (6, [None, None])
    assert [(problem(table, c).row, problem(table, c).count) for c in ("HF324", "HF302")] == [(4, 1), (5, 1)]


def test_two_ways_of_writing_dates_may_stand_in_one_column() -> None:
    table = paid_on("13/06/2023", "14 June 2023", "2023-06-15", "45093")
    assert days(table) == [date(2023, 6, d) for d in (13, 14, 15, 16)]


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("2014-06.csv", date(2014, 6, 30)), ("apr-jun-2014.csv", date(2014, 6, 30)), ("dec-2010.csv", date(2010, 12, 31)),
        ("Q1 2023-24.csv", date(2023, 6, 30)), ("06-2023.csv", date(2023, 6, 30)), ("Payments made in June 2023.csv", date(2023, 6, 30)),
        ("expenditure_jun23.csv", date(2023, 6, 30)), ("1491307420513.csv", None), ("payments over 500.csv", None), ("marketing 2023.csv", None),
    ],
)  # fmt: skip
def test_the_period_in_a_file_s_name_is_found(name: str, last: date | None) -> None:
    found = period_in_text(name, UK)
    assert (found.day if found else None) == last


def test_a_file_without_a_date_column_takes_the_period_of_its_name_and_says_so() -> None:
    rows = ["Umber Design Ltd,10.50,Roads", "Whinfell Farm Ltd,20.50,Parks", "Kestrel Ltd,30.50,Roads"]
    named, bare = (one(lines(rows, "Supplier,Amount,Department"), n) for n in ("2014-06.csv", "download.csv"))
    assert (set(days(named)), "HF318" in codes(named)) == ({date(2014, 6, 30)}, True)
    assert (set(days(bare)), "HF203" in codes(bare)) == ({None}, True)


@pytest.mark.parametrize(
    ("year", "month", "last"),
    [("2023", "June", date(2023, 6, 30)), ("2023/24", "May", date(2023, 5, 31)), ("2023/24", "1", date(2024, 1, 31)), ("2023", "13", None), ("x", "May", None)],
)  # fmt: skip
def test_a_year_and_a_month_in_two_columns_make_a_day(year: str, month: str, last: date | None) -> None:
    found = in_month(year, month, UK)
    assert (found.day if found else None) == last


@pytest.mark.parametrize(
    ("cells", "last"),
    [
        (["2010/11", "2010/11"], date(2011, 3, 31)),
        (["2009/10", "2012/13"], date(2010, 3, 31)),
        (["2010-11", "2012-13"], date(2011, 3, 31)),
        (["2010/11", "2010/05"], date(2010, 11, 30)),
        (["2010-11", "2010-05"], date(2010, 11, 30)),
    ],
)
def test_a_fiscal_year_is_told_from_a_month_by_the_rest_of_its_column(cells: list[str], last: date) -> None:
    assert days(paid_on(*cells))[0] == last
