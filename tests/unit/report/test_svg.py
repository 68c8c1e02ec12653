"""Charts: well-formed, readable without colour or sight, nothing smaller than 12 px, the same bytes every time."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.report.svg import (
    Bar,
    Chart,
    Flow,
    Point,
    Series,
    Stack,
    Step,
    Tone,
    bars,
    heat_step,
    range_strip,
    ring_tones,
    sankey,
    stacked,
    state_tones,
    waterfall,
    years,
)
from holdfast.report.svg.draw import SMALL, clean, fit, number, width_of, wrap
from holdfast.report.svg.fold import fold, in_order

NS = "{http://www.w3.org/2000/svg}"
NASTY = '<script>alert(1)</script> \x1b[31m & "Łódź" \''
TARGETS = dict(zip(["Inner", "Outer", "Elsewhere", "Not known"], state_tones(2), strict=True))


def pounds(value: Decimal) -> str:
    return f"£{value}"


def charts() -> list[Chart]:
    said = {"title": f"Title {NASTY}", "description": f"What it shows {NASTY}"}
    flows = [Flow(f"Anchor {n} {NASTY}", t, Decimal(n * 10 + 1)) for n in range(15) for t in TARGETS]
    shares = [Bar(f"{NASTY} {n}", n / 4, f"{n}", "detail", n / 5, n / 4 + 0.1, "a to b") for n in range(4)]
    unknown = Bar("No value", None, "not known", "£0")
    points = [Point(str(2018 + n), 0.2 + n / 20, 0.1, 0.6, n != 5) for n in range(6)]
    steps = [Step("All", Decimal(100), True), Step(NASTY, Decimal(-130)), Step("Left", Decimal(-30), True)]
    return [
        sankey(flows, TARGETS, money=pounds, **said),
        bars([*shares, unknown], **said),
        bars([*shares, unknown], width=340, **said),
        stacked([Stack(NASTY, "£1", {"Inner": Decimal(3), "Not known": Decimal(1)})], TARGETS, **said),
        years([Series(NASTY, Tone("#0b5d54"), points)], **said),
        years([Series(NASTY, Tone("#0b5d54"), points)], width=340, **said),
        waterfall(steps, money=pounds, **said),
        waterfall(steps, money=pounds, width=340, **said),
        range_strip(0.4, 0.3, 0.6, **said),
        range_strip(None, 0.0, 1.0, **said),
    ]


@pytest.mark.parametrize("n", range(10))
def test_a_chart_is_one_picture_with_one_title_and_all_else_hidden(n: int) -> None:
    root = ElementTree.fromstring(charts()[n].svg)
    assert root.get("role") == "img"
    titles = root.findall(f".//{NS}title")
    assert len(titles) == 1
    assert titles[0].text is not None
    assert "Title" in titles[0].text
    assert "What it shows" in titles[0].text
    assert not root.findall(f".//{NS}script")
    drawn = [child for child in root if child.tag not in (f"{NS}title", f"{NS}defs")]
    assert [child.get("aria-hidden") for child in drawn] == ["true"]


@pytest.mark.parametrize("n", range(10))
def test_no_text_is_smaller_than_twelve_pixels(n: int) -> None:
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', charts()[n].svg)]
    assert sizes
    assert min(sizes) >= 12
    assert SMALL >= 12


@pytest.mark.parametrize("n", range(10))
def test_coordinates_have_two_decimals_and_the_same_input_gives_the_same_bytes(n: int) -> None:
    assert charts()[n] == charts()[n]
    assert not re.findall(r'="[^"#]*\d\.\d{3,}', charts()[n].svg)
    assert charts()[n]._repr_svg_() == charts()[n].svg


def label_order(chart: Chart, names: list[str]) -> list[str]:
    root = ElementTree.fromstring(chart.svg)
    placed = [(float(t.get("y", "0")), t.text) for t in root.iter(f"{NS}text") if t.text in names]
    return [text for _, text in sorted(placed)]


@given(st.lists(st.integers(1, 10**9), min_size=4, max_size=4))
def test_the_last_column_keeps_its_order_whatever_the_amounts(amounts: list[int]) -> None:
    flows = [Flow("A", name, Decimal(a)) for name, a in zip(reversed(TARGETS), amounts, strict=True)]
    chart = sankey(flows, TARGETS, title="t", description="d", money=pounds)
    assert label_order(chart, list(TARGETS)) == list(TARGETS)


@given(st.dictionaries(st.sampled_from([f"Anchor {n}" for n in range(9)]), st.integers(1, 10**9), min_size=1))
def test_sankey_labels_never_meet(amounts: dict[str, int]) -> None:
    flows = [Flow(name, "Inner", Decimal(a)) for name, a in amounts.items()]
    root = ElementTree.fromstring(sankey(flows, TARGETS, title="t", description="d", money=pounds).svg)
    left = sorted(float(t.get("y", "0")) for t in root.iter(f"{NS}text") if t.get("text-anchor") == "end")
    assert all(b - a >= 12 for a, b in itertools.pairwise(left))


def test_more_than_twelve_payers_become_ten_and_other() -> None:
    flows = [Flow(f"A{n:02d}", "Inner", Decimal(n + 1)) for n in range(13)]
    svg = sankey(flows, TARGETS, title="t", description="d", money=pounds).svg
    assert "Other (3)" in svg
    assert "A12" in svg
    assert "A00" not in svg
    assert "£6" in svg


def test_a_flow_below_zero_is_not_drawn_and_none_at_all_is_still_a_picture() -> None:
    svg = sankey([Flow("A", "Inner", Decimal(-5))], TARGETS, title="t", description="d", money=pounds).svg
    assert "<path" not in svg
    ElementTree.fromstring(svg)


def test_what_is_not_known_is_hatched_and_not_a_zero() -> None:
    svg = bars([Bar("A", None, "not known", low=0.0, high=0.5)], title="t", description="d").svg
    assert "url(#bars-unknown)" in svg
    assert "<pattern" in svg
    assert "url(" not in bars([Bar("A", 0.0, "0%")], title="t", description="d").svg


def test_an_incomplete_year_breaks_the_line() -> None:
    def line(complete: bool) -> int:
        points = [Point(str(n), 0.5, complete=complete or n != 2) for n in range(5)]
        svg = years([Series("S", Tone("#000000"), points)], title="t", description="d").svg
        return len(re.findall(r'<path d="[^"]*" fill="none"', svg))

    assert line(True) == 1
    assert line(False) == 2


@pytest.mark.parametrize(("complete", "count"), [(False, 3), (True, 5)])
def test_values_of_two_lines_do_not_stand_on_one_another(complete: bool, count: int) -> None:
    def line(name: str, value: float, shown: str) -> Series:
        points = [Point(str(n), value, 0.1, 1.0, complete, shown) for n in range(count)]
        return Series(name, Tone("#000000"), points)

    svg = years([line("A", 0.98, "98%"), line("B", 0.99, "99%")], title="t", description="d").svg
    found = re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>9[89]%<', svg)
    assert len(found) >= count
    places = [(float(x), float(y)) for x, y in found]
    assert not [
        (a, b) for i, a in enumerate(places) for b in places[:i] if abs(a[0] - b[0]) < 24 > 2 * abs(a[1] - b[1])
    ]


def test_a_value_stands_nearer_to_its_own_dot_than_to_any_other() -> None:
    tops = {"A": 0.05, "B": 0.08, "C": 0.12}
    lines = [
        Series(n, Tone("#000000"), [Point(str(y), v, v - 0.02, 0.98, shown=f"{v:.0%}") for y in range(4)])
        for n, v in tops.items()
    ]
    svg = years(lines, title="t", description="d").svg
    dots = {
        y: v for v, y in zip(tops.values(), re.findall(r'<circle cx="[\d.]+" cy="([\d.]+)"', svg)[::4], strict=True)
    }
    for y, shown in re.findall(r'<text x="[\d.]+" y="([\d.]+)"[^>]*middle"[^>]*>(\d+%)<', svg):
        nearest = min(dots, key=lambda dot: abs(float(dot) - (float(y) - 4.5)))
        assert f"{dots[nearest]:.0%}" == shown


def test_ranges_that_would_hide_one_another_are_drawn_for_the_first_line_alone() -> None:
    def bands(low: float) -> int:
        first = Series("A", Tone("#000000"), [Point(str(n), 0.2, 0.1, 0.3) for n in range(3)])
        other = Series("B", Tone("#111111"), [Point(str(n), 0.5, low, 0.6) for n in range(3)])
        return years([first, other], title="t", description="d").svg.count("fill-opacity")

    assert bands(0.4) == 2
    assert bands(0.15) == 1


def test_words_beside_a_bar_are_cut_off_nowhere() -> None:
    shown = [Bar("A", 0.5, "<1%", low=0.0, high=1.0, range="<1 to >99%")]
    assert "<1 to >99%".replace("<", "&lt;").replace(">", "&gt;") in bars(shown, title="t", description="d").svg


def test_a_waterfall_begins_each_step_where_the_last_one_ended() -> None:
    steps = [Step("All", Decimal(100), True), Step("Off", Decimal(-40)), Step("Rest", Decimal(60), True)]
    svg = waterfall(steps, title="t", description="d", money=pounds).svg
    rects = [(float(x), float(w)) for x, w in re.findall(r'<rect x="([\d.]+)"[^>]*? width="([\d.]+)"', svg)]
    (a, wide), (b, off), (c, rest) = rects
    assert a == c
    assert b + off == pytest.approx(a + wide, abs=0.02)
    assert c + rest == pytest.approx(b, abs=0.02)
    assert "£-40" in svg


def test_colour_means_the_same_for_any_number_of_rings() -> None:
    for rings in range(1, 9):
        tones = state_tones(rings)
        assert tones[0].fill == "#0b5d54"
        assert [t.fill for t in tones[-2:]] == ["#b3541e", "#767676"]
        assert tones[-1].unknown
        assert len({t.fill for t in tones}) == rings + 2
    assert ring_tones(0) == []


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_text_on_every_tone_can_be_read() -> None:
    for tone in [t for rings in range(1, 9) for t in state_tones(rings) if not t.unknown]:
        light, dark = sorted((luminance(tone.fill), luminance(tone.ink)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, tone


@pytest.mark.parametrize(
    ("share", "step"), [(None, None), ("0", 0), ("0.19", 0), ("0.2", 1), ("1", 4), ("-2", 0), ("7", 4)]
)
def test_heat_has_five_steps(share: str | None, step: int | None) -> None:
    assert heat_step(None if share is None else Decimal(share)) == step


@given(st.text(), st.floats(20, 400))
def test_text_that_is_cut_fits_and_holds_no_control_character(text: str, width: float) -> None:
    cut = fit(text, width)
    assert width_of(cut) <= width or cut == "…"
    assert cut == clean(cut)
    assert all(c.isprintable() or c == "\u00a0" for c in cut)


@given(st.text(alphabet="ab cdefgh", max_size=60))
def test_wrapping_loses_no_word_unless_it_says_so(text: str) -> None:
    lines = wrap(text, 90, lines=3)
    joined = " ".join(lines)
    assert len(lines) <= 3
    assert "…" in joined or joined == clean(text)


@given(st.dictionaries(st.text(min_size=1, max_size=4), st.decimals(0, 10**6, places=2), min_size=1, max_size=30))
def test_folding_keeps_every_name_under_one_heading(amounts: dict[str, Decimal]) -> None:
    shown = fold(amounts)
    assert set(shown) == set(amounts)
    assert len(set(shown.values())) <= 12
    if len(amounts) > 12:
        rest = [n for n, s in shown.items() if s == f"Other ({len(amounts) - 10})"]
        assert max(amounts[n] for n in rest) <= min(v for n, v in amounts.items() if n not in rest)


def test_other_always_comes_last() -> None:
    assert in_order({"Other (3)": Decimal(99), "A": Decimal(1), "B": Decimal(2)}) == ["B", "A", "Other (3)"]


@pytest.mark.parametrize(("value", "text"), [(1.0, "1"), (1.256, "1.26"), (-0.001, "0"), (12.5, "12.5")])
def test_numbers_are_short(value: float, text: str) -> None:
    assert number(value) == text
