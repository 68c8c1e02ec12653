"""Local share by year, and the months that are there."""

from __future__ import annotations

import pytest

from holdfast.core.figures import Anchor
from holdfast.measures import MeasureSettings, by_year, change, months
from holdfast.measures.by_year import Spec
from holdfast.measures.naming import Frame
from holdfast.measures.selection import Selection
from spec.spend_rows import RINGS, agrees, spend

YEAR = [f"2022-{m:02d}" for m in range(4, 13)] + ["2023-01", "2023-02", "2023-03"]


def paid(present, **cells):
    return [spend(year="2022/23", month=month, **cells) for month in present]


def test_payments_without_a_date_are_in_no_year():
    rows = [spend(year="2022/23", ring=0, amount=3), spend(year=None, month=None, amount=100)]
    assert [(r["year"], r["total"]) for r in agrees(by_year, rows, Spec(RINGS))] == [("2022/23", 3), ("2022/23", 3)]


def test_a_year_is_complete_with_all_its_months_whatever_their_scope():
    rows = paid(YEAR[:11]) + paid(YEAR[11:], scope="grants")
    (record,) = agrees(months, rows, months.Spec(4))
    assert record["complete"]


def test_a_missing_month_is_named():
    (record,) = agrees(months, paid(m for m in YEAR if m != "2022-12"), months.Spec(4))
    assert (record["missing"], record["complete"]) == (("2022-12",), False)


@pytest.mark.parametrize("kind", ["commitment", "duplicate"])
def test_a_month_of_nothing_but_what_is_never_counted_is_missing(kind):
    (record,) = agrees(months, paid(YEAR[:11]) + paid(YEAR[11:], kind=kind), months.Spec(4))
    assert record["missing"] == ("2023-03",)


def test_an_anchor_that_publishes_by_quarter_has_a_whole_year_in_four_months():
    (record,) = agrees(months, paid(["2022-06", "2022-09", "2022-12", "2023-03"]), months.Spec(4))
    assert record["complete"]


def test_three_quarters_are_no_year_and_no_proof_of_quarters():
    (record,) = agrees(months, paid(["2022-06", "2022-09", "2022-12"]), months.Spec(4))
    assert len(record["missing"]) == 9


def yearly(*years):
    return [spend(year=year, month=f"20{year[-2:]}-03") for year in years]


def test_an_anchor_that_publishes_by_year_has_whole_years():
    records = agrees(months, yearly("2020/21", "2021/22", "2023/24"), months.Spec(4))
    assert [(r["complete"], r["gives"]) for r in records] == [(True, "years")] * 3
    assert months.period(records) == "2020-04-01 to 2024-03-31"


def test_one_last_month_is_no_proof_of_years():
    (record,) = agrees(months, yearly("2022/23"), months.Spec(4))
    assert (len(record["missing"]), record["gives"]) == (11, "months")


def test_one_payment_in_another_month_speaks_against_years():
    rows = [*yearly("2020/21", "2021/22"), spend(year="2021/22", month="2021-11")]
    assert {r["complete"] for r in agrees(months, rows, months.Spec(4))} == {False}


def test_it_is_said_whose_files_give_periods():
    settings = MeasureSettings(("Town",), (Anchor("council", "The Council"),))
    frame = Frame.of(settings, Selection(), "")
    records = months.reference(yearly("2020/21", "2021/22"), months.Spec(4))
    assert [(p.code, p.message) for p in months.problems(records, frame)] == [
        ("HF414", "The files of The Council give years, not months.")
    ]
    assert "The files of The Council give years" in by_year.table([], records, frame).note


def test_years_given_whole_are_compared():
    rows = yearly("2020/21", "2021/22")
    records = change.reference(rows, change.Spec(1))
    assert [(r["note"], r["share_points"]) for r in records] == [("", 0), ("", 0)]


def test_a_calendar_year_has_its_own_months():
    rows = [spend(year="2022", month=f"2022-{m:02d}") for m in range(1, 13)]
    (record,) = agrees(months, rows, months.Spec(1))
    assert record["complete"]


@pytest.mark.parametrize(
    ("present", "said"),
    [
        (YEAR, "2022/23"),
        (YEAR[2:5], "2022-06-01 to 2022-08-31"),
        ([*YEAR, "2023-04"], "2022-04-01 to 2023-04-30"),
        ([], ""),
    ],
)
def test_the_period_is_a_whole_year_by_its_name_or_from_day_to_day(present, said):
    rows = [spend(year="2022/23" if month <= "2023-03" else "2023/24", month=month) for month in present]
    assert months.period(months.reference(rows, months.Spec(4))) == said
