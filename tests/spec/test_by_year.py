"""Local share by year, and the months that are there."""

from __future__ import annotations

import pytest

from holdfast.measures import by_year, months
from holdfast.measures.by_year import Spec
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
