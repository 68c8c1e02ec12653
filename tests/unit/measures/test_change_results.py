"""How change between years is shown."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from holdfast.core.figures import Anchor
from holdfast.measures import Deflator, MeasureSettings, change_results
from holdfast.measures.naming import Frame
from holdfast.measures.selection import Selection

DEFLATOR = Deflator(
    "GDP deflator", {"2021/22": Decimal(95), "2022/23": Decimal(100)}, "the Treasury", "2023-06-30", base="2022/23"
)
SETTINGS = MeasureSettings(
    ("The Town",), (Anchor("nhs", "The NHS"), Anchor("council", "The Council")), deflator=DEFLATOR
)
FRAME = Frame.of(SETTINGS, Selection(), "2021-04-01 to 2023-03-31")


def record(**cells: Any) -> dict[str, Any]:
    money = ("money_change", "from_share", "from_volume", "from_both", "real_money_change")
    return {
        "ring": 0,
        "from_year": "2021/22",
        "to_year": "2022/23",
        "panel": "all",
        "anchors": ("council", "nhs"),
        "share_points": Decimal("0.1"),
        **dict.fromkeys([*money, "real_from_share", "real_from_volume", "real_from_both"], Decimal("1.00")),
        "note": "",
        **cells,
    }


def years(before: str, after: str) -> list[dict[str, Any]]:
    return [
        {"year": year, "ring": 0, "coverage": Decimal(coverage)}
        for year, coverage in (("2021/22", before), ("2022/23", after))
    ]


def line(*records: dict[str, Any], coverage: tuple[str, str] = ("0.8", "0.8")) -> dict[str, Any]:
    return change_results.table(records, years(*coverage), FRAME).records()[0]


def test_real_money_says_its_prices_and_their_source():
    assert line(record())["deflator"] == "2022/23 prices (GDP deflator, 2023-06-30)"
    assert line(record(real_money_change=None))["deflator"] == ""


def test_a_jump_in_what_could_be_placed_is_said_beside_the_change():
    assert line(record(), coverage=("0.80", "0.84"))["note"] == ""
    assert "could be placed changed too" in line(record(), coverage=("0.80", "0.85"))["note"]


def test_the_fixed_panel_says_who_is_in_it():
    assert line(record(panel="fixed", anchors=("nhs",)))["note"] == "Only The NHS."


def test_figures_of_the_fixed_panel_have_ids_and_anchors_of_their_own():
    figures = change_results.figures([record(), record(panel="fixed", anchors=("nhs",))], FRAME)
    assert [f.id for f in figures] == [
        f"change.the-town.2021-22.2022-23.{word}"
        for word in ("points", "money", "real-money", "fixed.points", "fixed.money", "fixed.real-money")
    ]
    assert figures[0].definition.anchors == ("The NHS", "The Council")
    assert figures[3].definition.anchors == ("The NHS",)
    assert figures[2].definition.prices == "real, 2022/23 prices"


def test_years_that_were_not_compared_give_no_figure_and_one_problem_for_the_pair():
    nothing = record(share_points=None, real_money_change=None, note="Months are missing in 2022/23.")
    assert change_results.figures([nothing], FRAME) == []
    (problem,) = change_results.problems([nothing, {**nothing, "ring": 1}], FRAME)
    assert problem.code == "HF706"
    assert problem.message == "2021/22 and 2022/23 were not compared: months are missing in 2022/23."
