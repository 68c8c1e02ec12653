"""place.toml is strict: what is wrong is named with its line, all of it at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.core.problem import HoldfastError, Problem
from holdfast.project.keylines import key_lines, line_of
from holdfast.project.placefile import load, parse

GOOD = """\
[place]
name = "East Lancashire"
country = "uk"
as_of = 2024-03-31

[[ring]]
name = "East Lancashire"
areas = [
    "E07000120",  # Hyndburn
    "E07000117",
]

[[ring]]
name = "Around"
radius_km = 12.5
centre = [53.75, -2.37]

[[anchor]]
id = "hyndburn"
name = "Hyndburn Borough Council"
kind = "council"
spend = ["spend/hyndburn/*.csv"]
body = "HBC"

[[register]]
kind = "companies"
path = "registers/companies.csv"
date = 2024

[[published]]
label = "Share"
value = "71.3%"
formula = "local / spend"
parts = { local = "307.3", spend = "431.0" }
"""


def problems(text: str) -> list[Problem]:
    with pytest.raises(HoldfastError) as caught:
        parse(text)
    assert caught.value.exit_code == 2
    return list(caught.value.problems)


def test_every_value_of_a_good_file_is_kept() -> None:
    settings = parse(GOOD)
    assert settings.place.name == "East Lancashire"
    assert settings.place.as_of == date(2024, 3, 31)
    assert settings.place.top_n == 300
    assert [r.name for r in settings.rings] == ["East Lancashire", "Around"]
    assert settings.rings[1].radius_km == Decimal("12.5")
    assert settings.rings[1].centre == (53.75, -2.37)
    assert settings.anchors[0].body == ("HBC",)
    assert settings.registers[0].date == "2024"
    assert settings.published[0].parts == {"local": "307.3", "spend": "431.0"}


def test_a_misspelt_key_is_refused_with_its_line_and_a_suggestion() -> None:
    found = problems(GOOD.replace("areas = [", "aeras = ["))
    misspelt = next(p for p in found if p.code == "HF403")
    assert (misspelt.row, misspelt.what_to_do) == (8, "Did you mean areas?")


def test_a_misspelt_table_is_refused_with_its_line() -> None:
    found = problems(GOOD.replace("[[register]]", "[[registers]]"))
    assert [(p.code, p.row, p.what_to_do) for p in found] == [("HF403", 25, "Did you mean register?")]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    text = GOOD.replace('"uk"', '"atlantis"').replace("12.5", "-1").replace('kind = "companies"', 'kind = "firms"')
    assert [(p.code, p.row) for p in problems(text)] == [("HF404", 3), ("HF404", 15), ("HF404", 26)]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[[ring]]", "[ring2]", "ring2"),
        ('name = "East Lancashire"\ncountry', "country", "needs name"),
        ('id = "hyndburn"', 'id = "Hyndburn BC"', "small letters"),
        ("radius_km = 12.5\n", "", "radius_km"),
        ("radius_km = 12.5", 'radius_km = 12.5\ntowns = ["Colne"]', "radius_km and towns"),
        ('name = "Around"', 'name = "Elsewhere"', "cannot be called Elsewhere"),
        ('name = "Around"', 'name = "east lancashire"', "Two [[ring]]"),
        ('value = "71.3%"', "value = 71.3", "quotation marks"),
        ("as_of = 2024-03-31", 'as_of = "soon"', "a date like"),
        ("spend = [", "spend = [1, ", "quotation marks"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused(old: str, new: str, said: str) -> None:
    assert any(said in p.message for p in problems(GOOD.replace(old, new, 1)))


def test_a_single_bracket_where_two_are_needed_is_explained() -> None:
    text = '[place]\nname = "A"\ncountry = "uk"\n[ring]\nname = "B"\nareas = ["E1"]\n'
    assert "ring must be written as [[ring]]." in [p.message for p in problems(text)]


def test_an_empty_file_says_what_a_place_needs() -> None:
    assert {p.message for p in problems("")} == {
        "place.toml has no [place].",
        "place.toml has no [[ring]].",
        "place.toml has no [[anchor]].",
    }


def test_broken_toml_is_refused_with_its_line() -> None:
    (problem,) = problems('[place]\nname = "A\n')
    assert (problem.code, problem.row) == ("HF402", 2)


@pytest.mark.parametrize("content", [b"\xff\xfe[place]", b'name = "\xa3"'])
def test_a_file_in_another_encoding_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "place.toml").write_bytes(content)
    with pytest.raises(HoldfastError) as caught:
        load(tmp_path)
    assert caught.value.problems[0].code == "HF402"


def test_a_folder_without_settings_says_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(HoldfastError) as caught:
        load(tmp_path)
    assert caught.value.problems[0].code == "HF401"


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "place.toml").write_text("\ufeff" + GOOD, encoding="utf-8")
    assert load(tmp_path).place.country == "uk"


def test_lines_are_found_past_strings_that_look_like_keys() -> None:
    text = 'a = """\nb = 1\n[c]\n"""\n# d = 1\n"e f".g = 2\n[[h]]\ni = [\n  "j = 1", # ]\n]\n[[h]]\nk = {l = 1}\n'
    lines = key_lines(text)
    assert lines == {
        ("a",): 1,
        ("e f", "g"): 6,
        ("h",): 7,
        ("h", 0): 7,
        ("h", 0, "i"): 8,
        ("h", 1): 11,
        ("h", 1, "k"): 12,
    }
    assert line_of(lines, ("h", 1, "k", "l")) == 12
    assert line_of(lines, ("nowhere",)) is None


@given(st.text(alphabet="ab\"'[]{}#=.\\\n ,1", max_size=60))
def test_finding_lines_never_fails_whatever_the_text(text: str) -> None:
    key_lines(text)


@given(st.text(max_size=80))
def test_any_text_is_settings_or_refused_with_a_code(text: str) -> None:
    with pytest.raises(HoldfastError) as caught:
        parse(text)
    assert {p.code for p in caught.value.problems} <= {"HF402", "HF403", "HF404"}
