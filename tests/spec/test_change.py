"""Change between years."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.measures import change, months
from holdfast.measures.change import Spec
from holdfast.measures.selection import fetch
from holdfast.measures.settings import Deflator, MeasureTables
from spec.spend_rows import OUTSIDE, a_few, arrow, engine, spend

INDEX = {"2021/22": Decimal("100"), "2022/23": Decimal("110"), "2023/24": Decimal("121")}
PRICES = Deflator("prices", INDEX, "a source", base="2023/24")


def months_of(start):
    return [f"{start}-{m:02d}" for m in range(4, 13)] + [f"{start + 1}-{m:02d}" for m in range(1, 4)]


def year(start, local, elsewhere, anchor="council", missing=()):
    """A year of payments: each month a twelfth of each, apart from months that are missing."""
    label = f"{start}/{(start + 1) % 100:02d}"
    return [
        spend(anchor=anchor, year=label, month=month, supplier_name=name, ring=ring, amount=Decimal(amount) / 12)
        for month in months_of(start)
        if month not in missing
        for name, ring, amount in (("Near", 0, local), ("Far", OUTSIDE, elsewhere))
    ]


def agreed(rows, spec):
    tables = MeasureTables(arrow(rows))
    calendar = months.finish(
        fetch(months.compute(engine(), tables, months.Spec(spec.first_month))), months.Spec(spec.first_month)
    )
    found = change.finish(fetch(change.compute(engine(), tables, spec)), spec, calendar)
    assert found == change.reference(rows, spec)
    return found


def one(rows, spec, panel="all", pair=("2021/22", "2022/23")):
    (found,) = [r for r in agreed(rows, spec) if (r["panel"], r["from_year"], r["to_year"]) == (panel, *pair)]
    return found


def test_change_is_split_into_share_volume_and_both():
    rows = year(2021, 1200, 1200) + year(2022, 2700, 900)
    found = one(rows, Spec(1))
    assert found["share_points"] == Decimal("0.25")  # 50 % to 75 %
    assert found["money_change"] == Decimal("1500.00")
    assert (found["from_share"], found["from_volume"], found["from_both"]) == (600, 600, 300)


def test_the_first_and_the_last_year_are_compared_too():
    rows = year(2021, 12, 12) + year(2022, 12, 12) + year(2023, 24, 0)
    pairs = {(r["from_year"], r["to_year"]) for r in agreed(rows, Spec(1))}
    assert pairs == {("2021/22", "2022/23"), ("2022/23", "2023/24"), ("2021/22", "2023/24")}


def test_real_money_is_in_the_prices_of_the_base_year():
    rows = year(2021, 1200, 0) + year(2022, 1320, 0)
    found = one(rows, Spec(1, deflator=PRICES))
    assert found["money_change"] == 120
    assert found["real_money_change"] == 0  # 10 % more money at 10 % higher prices


def test_the_base_year_is_the_last_one_with_payments_that_the_index_knows():
    index = Deflator("prices", INDEX, "a source")
    assert index.settled(["2020/21", "2021/22", "2022/23", "2024/25"]).base == "2022/23"
    assert PRICES.settled(["2021/22"]).base == "2023/24"
    assert index.settled([]).base == "2023/24"


def test_a_year_the_deflator_does_not_know_has_no_real_change():
    rows = year(2021, 1200, 0) + year(2022, 1320, 0)
    deflator = Deflator("prices", {"2022/23": Decimal(1)}, "a source", base="2022/23")
    assert one(rows, Spec(1, deflator=deflator))["real_money_change"] is None


def test_a_year_with_a_missing_month_is_not_compared_until_someone_says_how():
    rows = year(2021, 1200, 1200) + year(2022, 1200, 1200, missing=["2022-08"])
    found = one(rows, Spec(1))
    assert found["share_points"] is None
    assert found["money_change"] is None
    assert found["note"] == "Months are missing in 2022/23."


def test_compare_takes_the_year_as_it_stands():
    rows = year(2021, 1200, 1200) + year(2022, 1200, 1200, missing=["2022-08"])
    assert one(rows, Spec(1, incomplete="compare"))["money_change"] == -100


def test_same_months_leaves_the_month_out_of_both_years():
    rows = year(2021, 1200, 1200) + year(2022, 1200, 1200, missing=["2022-08"])
    assert one(rows, Spec(1, incomplete="same months"))["money_change"] == 0


def test_same_months_is_anchor_by_anchor():
    rows = year(2021, 1200, 1200) + year(2022, 1200, 1200, missing=["2022-08"])
    rows += year(2021, 1200, 1200, anchor="nhs") + year(2022, 2400, 1200, anchor="nhs")
    assert one(rows, Spec(1, incomplete="same months"))["money_change"] == 1200


def test_skip_compares_the_years_on_either_side():
    rows = year(2021, 12, 12) + year(2022, 12, 12, missing=["2022-08"]) + year(2023, 24, 12)
    pairs = {(r["from_year"], r["to_year"]) for r in agreed(rows, Spec(1, incomplete="skip"))}
    assert pairs == {("2021/22", "2023/24")}


def test_the_fixed_panel_holds_only_anchors_with_both_years_whole():
    rows = year(2021, 1200, 0) + year(2022, 1200, 0)
    rows += year(2022, 600, 600, anchor="joiner")
    rows += year(2021, 600, 600, anchor="gappy", missing=["2021-05"]) + year(2022, 600, 600, anchor="gappy")
    fixed = one(rows, Spec(1), panel="fixed")
    assert (fixed["anchors"], fixed["money_change"]) == (("council",), 0)
    assert one(rows, Spec(1))["note"] == "Months are missing in 2021/22."


def test_an_anchor_that_joins_is_in_the_panel_of_all():
    rows = year(2021, 1200, 0) + year(2022, 1200, 0) + year(2022, 600, 600, anchor="joiner")
    assert one(rows, Spec(1))["money_change"] == 600


def test_nothing_placed_gives_no_change_but_a_reason():
    rows = [{**row, "ring": None, "branch_ring": None} for row in year(2021, 12, 12) + year(2022, 12, 12)]
    assert one(rows, Spec(1))["note"] == "No money could be placed in one of the years."


#: Whole years at random, so that comparisons happen; a month or two may be missing.
some_years = st.lists(
    st.tuples(
        st.integers(2020, 2023),
        st.integers(-500, 5000),
        st.integers(-500, 5000),
        st.sampled_from(["council", "nhs"]),
        st.sampled_from([(), (), ("2021-05",), ("2022-07", "2022-08")]),
    ),
    max_size=4,
    unique_by=lambda made: (made[0], made[3]),
)


INCOMPLETE = ["", "compare", "skip", "same months"]


@pytest.mark.engines("duckdb")
@pytest.mark.parametrize("incomplete", INCOMPLETE)
@given(drawn=some_years)
def test_engine_and_definition_agree_and_the_parts_add_up_to_the_penny(incomplete, drawn):
    holds(incomplete, drawn)


@a_few
@given(drawn=some_years)
def test_every_engine_and_definition_agree(drawn):
    for incomplete in INCOMPLETE:
        holds(incomplete, drawn)


def holds(incomplete, drawn):
    rows = [row for start, local, far, anchor, lost in drawn for row in year(start, local, far, anchor, lost)]
    for record in agreed(rows, Spec(2, incomplete=incomplete, deflator=PRICES)):
        if record["money_change"] is not None:
            assert record["from_share"] + record["from_volume"] + record["from_both"] == record["money_change"]
            assert record["money_change"] == record["to_local"] - record["from_local"]
        if record["real_money_change"] is not None:
            parts = record["real_from_share"] + record["real_from_volume"] + record["real_from_both"]
            assert parts == record["real_money_change"]
