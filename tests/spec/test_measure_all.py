"""All measures together: what comes out of the summed-up tables is what the definitions make of the raw rows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from holdfast.core.figures import Anchor
from holdfast.measures import (
    Deflator,
    MeasureSettings,
    MeasureTables,
    Published,
    anchor_category,
    bridge,
    by_anchor,
    by_category,
    by_year,
    change,
    change_results,
    concentration,
    coverage,
    deprivation,
    flows,
    flows_by_area,
    gaps,
    leakage,
    local_share,
    measure_all,
    months,
    ownership,
    shared_suppliers,
    size,
    top_suppliers,
    where,
)
from holdfast.measures.naming import Frame
from holdfast.measures.selection import Selection
from spec.spend_rows import OUTSIDE, a_few, a_quarter, any_rows, arrow, engine, first_engine, many_rows, spend

# every measure runs on every engine in its own tests; all of them together take seconds on Spark
pytestmark = pytest.mark.engines("duckdb")

ANCHORS = (Anchor("nhs", "The NHS", area="E08000003"), Anchor("council", "The Council", area="E07000120"))
SETTINGS = MeasureSettings(
    ("The Town", "The County"),
    ANCHORS,
    top_n=2,
    top_categories=1,
    incomplete_years="compare",
    deflator=Deflator("prices", {"2021/22": Decimal(95), "2022/23": Decimal(100)}, "a source", base="2022/23"),
    areas={"E07000120": "Hyndburn"},
)
ROWS = [
    spend(anchor="council", supplier_name="Baker", ring=0, amount=60, deprived=True),
    spend(anchor="nhs", supplier_name="Baker", ring=0, amount=20),
    spend(anchor="nhs", supplier_name="Far", ring=OUTSIDE, branch_ring=0, amount=15, category="Roads"),
    spend(anchor="nhs", supplier_name="Ann Example", supplier_kind="person", ring=None, amount=5, category=None),
]


def defined(rows):
    """Every table, from the plain definitions alone."""
    calendar = months.reference(rows, months.Spec(4))
    frame = Frame.of(SETTINGS, Selection(), months.period(calendar))
    homes = tuple((a.id, a.area) for a in ANCHORS)
    years = by_year.reference(rows, by_year.Spec(2))
    how = change.Spec(2, 4, "compare", SETTINGS.deflator)
    hoods = deprivation.reference(rows, deprivation.Spec(2))
    return [
        bridge.table(bridge.reference(rows, bridge.Spec())),
        coverage.table(coverage.reference(rows, coverage.Spec())),
        gaps.table(gaps.reference(rows, gaps.Spec()), calendar),
        where.table(where.reference(rows, where.Spec(2)), frame),
        by_anchor.table(by_anchor.reference(rows, by_anchor.Spec(2)), frame),
        flows.table(flows.reference(rows, flows.Spec(2)), frame),
        flows_by_area.table(flows_by_area.reference(rows, flows_by_area.Spec(homes)), frame),
        deprivation.table(hoods),
        deprivation.ring_table(hoods, frame),
        by_category.table(by_category.reference(rows, by_category.Spec(2, 1)), frame),
        anchor_category.table(anchor_category.reference(rows, anchor_category.Spec(1, 1)), frame),
        concentration.table(concentration.reference(rows, concentration.Spec(1))),
        by_year.table(years, calendar, frame),
        change_results.table(change.reference(rows, how), years, frame),
        top_suppliers.table(top_suppliers.reference(rows, top_suppliers.Spec(2)), frame),
        shared_suppliers.table(shared_suppliers.reference(rows, shared_suppliers.Spec(2)), frame),
        ownership.table(ownership.reference(rows, ownership.Spec())),
        size.table(size.reference(rows, size.Spec())),
    ]


def found(rows, settings=SETTINGS, **tables):
    return measure_all(engine(), MeasureTables(arrow(rows), **tables), settings)


@a_quarter
@given(any_rows)
def test_all_tables_are_those_of_the_definitions(rows):
    are_those_of_the_definitions(rows)


@pytest.mark.engines("duckdb", "spark")
@a_few
@given(many_rows)
def test_all_tables_are_those_of_the_definitions_with_many_rows(rows):
    are_those_of_the_definitions(rows)


def are_those_of_the_definitions(rows):
    figures, tables, _ = found(rows)
    for table in defined(rows):
        assert tables[table.id] == table
    shares = {f.id: f for f in figures if f.measure == "local-share" and f.definition.pooling == "pooled"}
    for basis, top in (("based", None), ("based", 2), ("based or branched", None), ("based or branched", 2)):
        spec = local_share.Spec(2, basis, top)
        for record in local_share.reference(rows, spec):
            words = spec.suppliers.replace(" ", "-"), basis.replace(" ", "-")
            figure = shares.get(".".join(["local-share", ("the-town", "the-county")[record["ring"]], *words, "pooled"]))
            if figure and record["pooling"] == "pooled":
                assert (figure.value, figure.low, figure.high) == (record["share"], record["low"], record["high"])
            assert figure or basis != "based"
    for record in leakage.reference(rows, leakage.Spec(2)):
        figure = next(f for f in figures if f.id == "leakage." + ("the-town", "the-county")[record["ring"]])
        assert (figure.value, figure.low, figure.high) == (record["share"], record["low"], record["high"])


@a_quarter
@given(any_rows)
def test_figures_agree_with_their_parts_and_with_the_payments_they_point_at(rows):
    figures, _, _ = found(rows)
    assert len({f.id for f in figures}) == len(figures)
    for f in figures:
        if f.value is not None and f.low is not None and f.high is not None:
            assert f.low <= f.value <= f.high, f.id
        assert f.unit != "share" or f.coverage is None or 0 <= f.coverage <= 1
        if f.numerator is None or f.denominator is None:
            continue
        assert money(rows, f.where) == f.denominator, f.id
        assert money(rows, {**f.where, **f.counted}) == f.numerator, f.id
        if f.value is not None and f.denominator and f.id != "coverage":
            assert abs(f.value - f.numerator / f.denominator) <= Decimal("0.000001"), f.id


def money(rows, where):
    """The money of the rows that a figure's selection allows."""
    allowed = [row for row in rows if all(row[column] in values for column, values in where.items())]
    return sum((row["amount"] for row in allowed), Decimal(0))


def test_rows_in_another_order_give_the_same_results():
    assert found(ROWS) == found(ROWS[::-1])


def test_the_second_basis_is_left_out_where_no_premises_are_known():
    plain = [{**row, "branch_ring": row["ring"]} for row in ROWS]
    assert {row["basis"] for row in found(plain)[1]["local_share"].records()} == {"based"}
    assert {row["basis"] for row in found(ROWS)[1]["local_share"].records()} == {"based", "based or branched"}


def test_the_largest_suppliers_come_with_the_part_of_all_money_they_stand_for():
    rows = found(ROWS)[1]["local_share"].records()
    assert {(r["suppliers"], r["of_all"]) for r in rows} == {("all", 1), ("top 2", Decimal("0.95"))}


def test_one_anchor_has_no_mean():
    figures, _, _ = found([row for row in ROWS if row["anchor"] == "nhs"])
    assert not [f.id for f in figures if f.definition.pooling != "pooled"]


def test_no_person_is_named_in_any_table_or_figure():
    figures, tables, _ = found(ROWS)
    assert "ann example" not in str((figures, tables)).lower()


def test_little_money_placed_is_said():
    rows = [spend(supplier_name="A", ring=None, amount=51), spend(supplier_name="B", amount=49)]
    assert "HF704" in {p.code for p in found(rows)[2]}
    assert "HF704" not in {p.code for p in found(ROWS)[2]}


def test_missing_months_and_years_not_compared_are_said():
    rows = [spend(year="2021/22", month="2021-04"), spend(year="2022/23", month="2022-04")]
    codes = [p.code for p in found(rows, MeasureSettings(("The Town",), ANCHORS))[2]]
    assert codes.count("HF410") == 2
    assert codes.count("HF706") == 1


def test_an_unverified_deflator_is_said():
    rows = [spend(year="2021/22", month="2021-04"), spend(year="2022/23", month="2022-04")]
    index = {"2021/22": Decimal(95), "2022/23": Decimal(100)}
    settings = MeasureSettings(
        ("The Town",), ANCHORS, incomplete_years="compare", deflator=Deflator("x", index, "y", status="unverified")
    )
    assert "HF705" in {p.code for p in found(rows, settings)[2]}


def test_published_figures_are_checked():
    entry = Published("Local share", "50%", "local / total", {"local": "10", "total": "30"})
    _, tables, problems = found(ROWS, MeasureSettings(("The Town",), ANCHORS, published=(entry,)))
    assert not tables["published"].records()[0]["reconciles"]
    assert "HF702" in {p.code for p in problems}


@pytest.mark.parametrize("how", ["table", "path", "name"])
def test_spend_may_be_a_table_a_file_or_a_name(how, tmp_path):
    import pyarrow.parquet as pq

    spend_table = arrow(ROWS)
    pq.write_table(spend_table, tmp_path / "spend.parquet")
    engine().register("own_spend", spend_table)
    given_as = {"table": spend_table, "path": tmp_path / "spend.parquet", "name": "own_spend"}[how]
    assert measure_all(engine(), MeasureTables(given_as), SETTINGS) == found(ROWS)


@pytest.mark.engines("spark")
def test_a_file_gives_the_same_on_every_engine(tmp_path):
    import pyarrow.parquet as pq

    path = tmp_path / "it's [spend] {1}*.parquet"
    pq.write_table(arrow(ROWS), path)
    given = MeasureTables(path)
    assert measure_all(engine(), given, SETTINGS) == measure_all(first_engine(), given, SETTINGS)


@pytest.mark.engines("duckdb", "spark")
def test_no_rows_at_all_give_no_shares_and_no_failure():
    figures, tables, _ = found([])
    assert {f.value for f in figures if f.unit == "share"} == {None}
    assert tables["bridge"].records()[-1]["amount"] == 0


def test_a_place_without_rings_still_has_its_totals():
    figures, tables, _ = found(ROWS, MeasureSettings((), ANCHORS))
    assert next(f.value for f in figures if f.id == "total") == 100
    assert tables["local_share"].rows == ()
