"""Every number in a sentence comes from the same results as the tables, and no sentence blames or hides."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from holdfast.core.figures import Results
from holdfast.report import story, words
from holdfast.report.blocks import (
    Cell,
    Grid,
    Listing,
    Section,
    Subhead,
    TableBlock,
    TableMaker,
    Terms,
    Words,
    without_empty,
)
from holdfast.report.brief import small_print
from holdfast.report.findings import Findings
from holdfast.report.headline import card as card_of
from holdfast.report.headline import cards
from holdfast.report.sections import all_sections
from report_example import make_results

#: Numbers that belong to the words: £1, sizes of firms, the ten largest, four fifths, a digit of a hash.
OF_THE_WORDS = {"1", "£1", "250", "10", "49", "50", "12", "80%", "300"}
NUMBER = re.compile(r"-?£?\d[\d,.]*\d(?:\u00a0(?:million|billion))?%?p?|-?£?\d(?:\u00a0(?:million|billion))?%?p?")


@pytest.fixture(scope="module")
def results() -> Results:
    return make_results()


def prose(f: Findings) -> list[str]:
    """Everything the report says outside its tables and pictures."""
    said = [story.answer(f), story.answer_range(f), story.scope_line(f), small_print(f), *story.next_steps(f)]
    for card in cards(f):
        said += [card.label, card.value, card.range, card.moved, card.meaning]
    for section in all_sections(f, TableMaker(f.results.currency)):
        said += [section.topic, section.heading, *_of(section)]
    return said


def _of(section: Section) -> list[str]:
    out: list[str] = []
    for block in section.blocks:
        if isinstance(block, Words):
            out += block.paragraphs
        elif isinstance(block, Listing):
            out += block.items
        elif isinstance(block, Subhead):
            out.append(block.text)
        elif isinstance(block, Terms):
            out += [part for t in block.terms for part in (t.value, *t.text)]
    return out


def known_numbers(results: Results) -> set[str]:
    """How each number of the figures and tables may be written."""
    values: list[Decimal] = []
    for f in results.figures:
        values += [v for v in (f.value, f.low, f.high, f.numerator, f.denominator, f.coverage) if v is not None]
    texts = [results.run, results.as_of, *results.years, *(a.name for a in results.anchors), *results.rings]
    for table in results.tables.values():
        for row in table.rows:
            values += [Decimal(v) for v in row if isinstance(v, Decimal | int) and not isinstance(v, bool)]
            texts += [v for v in row if isinstance(v, str)]
    coverage = results.figure("coverage")
    if coverage.numerator is not None and coverage.denominator is not None:
        values.append(coverage.denominator - coverage.numerator)
    out: set[str] = set(OF_THE_WORDS)
    for v in values:
        out |= {words.percent(v), words.of_each_unit(v, "GBP"), words.points(v), f"{v:,}"}
        out |= {words.money_in_words(v, "GBP"), words.money_in_words(abs(v), "GBP")}
    sizes = [len(results.anchors), len(results.inputs), sum(i.rows_staged for i in results.inputs)]
    sizes += [len(t.rows) for t in results.tables.values()]
    rows = [r for r in results.tables["concentration"].records() if r["top10_share"] is not None]
    sizes += [len(rows), sum(r["top10_share"] >= Decimal("0.8") for r in rows)]  # type: ignore[operator]
    sizes += [sum(bool(r["reconciles"]) for r in results.tables["published"].records())]
    return out | {f"{s:,}" for s in sizes} | {n for t in [*texts, words.day(results.as_of)] for n in NUMBER.findall(t)}


def test_every_number_in_the_prose_is_a_number_of_the_results(results: Results) -> None:
    allowed = {n for text in known_numbers(results) for n in [text, *NUMBER.findall(text)]}
    for sentence in prose(Findings(results)):
        for number in NUMBER.findall(sentence):
            assert number.rstrip(".,") in allowed, f"{number!r} in {sentence!r}"


def test_the_answer_moves_with_the_figure(results: Results) -> None:
    id = "local-share.rivermouth.all.based.pooled"
    moved = tuple(
        replace(f, value=Decimal("0.77"), low=Decimal("0.71"), high=Decimal("0.83")) if f.id == id else f
        for f in results.figures
    )
    f = Findings(replace(results, figures=moved))
    assert "about 77p" in story.answer(f)
    assert "between 71p and 83p" in story.answer_range(f)
    assert cards(f)[0].value == "77%"


def test_leaving_and_staying_move_in_opposite_directions(results: Results) -> None:
    f = Findings(results)
    row = f.overall_change(f.outer)
    assert row is not None
    stays, leaves = f.local(f.outer), f.leaving(f.outer)
    assert stays is not None
    assert leaves is not None
    up, down = story.direction(f, stays, f.outer), story.direction(f, leaves, f.outer)
    assert {up.split()[0], down.split()[0]} == {"Up", "Down"}


def test_an_incomplete_year_is_named_and_not_compared(results: Results) -> None:
    f = Findings(results)
    assert "2023/24" in story.incomplete_sentence(f)
    row = f.overall_change(f.inner)
    assert row is not None
    assert (row["from_year"], row["to_year"]) == ("2018/19", "2022/23")


def test_the_parts_of_a_change_are_said_with_their_direction(results: Results) -> None:
    f = Findings(results)
    row = dict(f.overall_change(f.inner) or {})
    row |= {
        "money_change": Decimal(-10),
        "from_share": Decimal(5),
        "from_volume": Decimal(-20),
        "from_both": Decimal(5),
    }
    said = story.change_sentences(f, row)[0]
    assert "£10 less" in said
    assert "£5 more because the share changed" in said
    assert "£20 less because the total spent changed" in said


def test_nothing_placed_is_said_first() -> None:
    f = Findings(make_results(placed=False))
    assert "none of it could be placed" in story.answer(f)
    assert story.where_heading(f) == "We cannot show yet where the money goes"
    assert story.coverage_heading(f).startswith("We could place none of the £")
    said = " ".join(prose(f))
    assert "between 0p and 100p" not in said
    assert "£0 stayed" not in said
    assert "A change needs two complete years" not in said


def test_without_rings_the_page_says_what_to_set() -> None:
    f = Findings(make_results(rings=()))
    said = " ".join(prose(f))
    assert "no area has been set as local" in said
    assert "Add rings to place.toml" in said
    assert story.next_steps(f)[0].startswith("Say in place.toml which areas count as local")
    assert "based elsewhere" not in said


@pytest.mark.parametrize("options", [{}, {"placed": False}, {"rings": ()}, {"years": 0}, {"anchors": 1, "years": 1}])
def test_words_do_not_blame_and_do_not_point(options: dict[str, object]) -> None:
    said = " ".join(prose(Findings(make_results(**options)))).lower()  # type: ignore[arg-type]
    for banned in ("worst", "please", "click here", "below", "confidence interval", "none none", " nan"):
        assert banned not in said


@pytest.mark.parametrize("options", [{}, {"placed": False}, {"rings": ()}, {"anchors": 1, "years": 1}])
def test_sentences_end_and_are_short(options: dict[str, object]) -> None:
    f = Findings(make_results(**options))  # type: ignore[arg-type]
    for sentence in [story.answer(f), *story.next_steps(f)]:
        assert sentence.endswith((".", "?"))
    for part in re.split(r"(?<=[.?:;]) ", story.answer(f) + " " + story.answer_range(f)):
        assert len(part.split()) <= 30, part


def test_the_headline_holds_four_figures_each_with_its_range(results: Results) -> None:
    made = cards(Findings(results))
    assert len(made) == 4
    assert all(re.match(r".*low .+%, high .+%\.", card.range) for card in made)
    assert all(card.strip is not None for card in made)


def _with_fixed_panel(results: Results, points: Decimal) -> Results:
    """The same results, where fewer anchors paid in both years and their share moved by ``points``."""
    change = results.tables["change"]
    at = {c.name: n for n, c in enumerate(change.columns)}
    fixed = []
    for row in change.rows:
        cells = list(row)
        cells[at["panel"]], cells[at["share_points"]], cells[at["money_change"]] = "fixed", points, Decimal("-1.00")
        fixed.append(tuple(cells))
    return replace(results, tables={**results.tables, "change": replace(change, rows=(*change.rows, *fixed))})


def test_where_anchors_joined_the_change_is_that_of_the_anchors_that_paid_in_both_years(results: Results) -> None:
    assert "paid in both" not in story.years_heading(Findings(results))
    heading = story.years_heading(Findings(_with_fixed_panel(results, Decimal("-0.089"))))
    assert "fell by 8.9 percentage points" in heading
    assert heading.endswith("at the anchors that paid in both years")


def test_heading_gives_a_range_where_little_is_known(results: Results) -> None:
    heading = story.ownership_heading(Findings(_little_known(results, "sme-share")))
    assert heading.startswith("Between 8% and 70% went to small and medium-sized firms")


def _little_known(results: Results, *starts: str, known: str = "0.38") -> Results:
    """The same results, where only a part of the money is known of the figures whose ids begin so."""
    parts = {"value": Decimal("0.44"), "low": Decimal("0.08"), "high": Decimal("0.7"), "coverage": Decimal(known)}
    figures = tuple(replace(f, **parts) if f.id.startswith(starts) else f for f in results.figures)
    if "coverage" in starts:
        figures = tuple(replace(f, value=Decimal(known)) if f.id == "coverage" else f for f in figures)
    return replace(results, figures=figures)


@pytest.mark.parametrize("start", ["sme-share", "local-share", "leakage"])
def test_a_card_leads_with_the_range_where_little_is_known(results: Results, start: str) -> None:
    changed = cards(Findings(_little_known(results, start)))
    (card,) = [c for c in changed if c.value == "Between 8% and 70%"]
    assert "only 38% of the money; of that, 44%." in card.range
    assert [c.value for c in changed if c is not card] == [
        c.value for c, new in zip(cards(Findings(results)), changed, strict=True) if new is not card
    ]


def test_the_card_of_co_operatives_leads_with_the_range_where_little_is_known(results: Results) -> None:
    f = Findings(_little_known(results, "coop-share"))
    figure = f.figure("coop-share")
    assert figure is not None
    assert card_of(f, figure).value == "Between 8% and 70%"


def test_the_answer_leads_with_the_range_where_little_is_placed(results: Results) -> None:
    f = Findings(_little_known(results, "local-share", "coverage"))
    assert story.answer(f).startswith(
        "Of every £1, between 8p and 70p went to suppliers based in Rivermouth, and between"
    )
    assert "44" not in story.answer(f)
    said = story.answer_range(f)
    assert "We could place only 38% of the money." in said
    assert "Of each £1 of that, 44p went to Rivermouth." in said


def test_half_known_is_enough_for_a_value(results: Results) -> None:
    figure = replace(results.figure("sme-share"), coverage=Decimal("0.5"))
    assert not story.little_known(figure)
    assert story.little_known(replace(figure, coverage=Decimal("0.499999")))
    assert not story.little_known(replace(figure, coverage=Decimal(0), value=None))


def test_headings_speak_of_what_was_placed_where_that_is_little(results: Results) -> None:
    f = Findings(_little_known(results, "coverage"))
    assert story.where_heading(f).startswith("Of what could be placed, £")
    assert story.anchors_heading(f).startswith("Of what could be placed, anchors’ shares")
    one = Findings(_little_known(make_results(anchors=1), "coverage"))
    assert re.search(r" spends between \d+% and \d+% with suppliers in Rivermouth$", story.anchors_heading(one))


def test_a_card_of_which_nothing_is_known_says_so(results: Results) -> None:
    figure = replace(results.figure("sme-share"), value=None, low=Decimal(0), high=Decimal(1), coverage=Decimal(0))
    card = card_of(Findings(results), figure)
    assert (card.value, card.range) == ("Not known", "This is not known for any of the money.")


def test_where_less_than_a_fifth_is_placed_the_page_says_that_it_cannot_say(results: Results) -> None:
    f = Findings(_little_known(results, "local-share", "leakage", "coverage", known="0.03"))
    assert story.answer(f).startswith("We cannot say yet how much of the £")
    assert story.answer(f).endswith("because only 3% of it could be placed.")
    assert "44p went to Rivermouth; that says little about the rest" in story.answer_range(f)
    first = cards(f)[0]
    assert (first.value, first.moved) == ("Not known", "")
    assert first.range.endswith("Counting the rest: low 8%, high 70%.")
    assert story.years_heading(f) == "Too little is placed to say how Rivermouth’s share has changed"


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        ("8%", "70%", "between 8% and 70%"), ("less than 1p", "97p", "at most 97p"), ("0%", "91%", "at most 91%"),
        ("10%", "100%", "at least 10%"), ("5%", "more than 99%", "at least 5%"), ("2%", "2%", "about 2%"),
    ],
)  # fmt: skip
def test_a_range_is_said_as_people_say_it(low: str, high: str, said: str) -> None:
    assert story.between(low, high) == said


def test_a_range_too_narrow_to_see_is_not_given_as_two_numbers(results: Results) -> None:
    figure = replace(results.figure("coop-share"), value=Decimal("0.02"), low=Decimal("0.018"), high=Decimal("0.021"))
    assert card_of(Findings(results), replace(figure, coverage=Decimal("0.9"))).range.endswith("hardly changes it.")


def test_a_change_comes_with_what_could_undo_it(results: Results) -> None:
    f = Findings(results)
    row = f.overall_change(f.inner) or {}
    assert not [s for s in story.change_caveats(f, row) if "every anchor" in s]
    fixed = Findings(_with_fixed_panel(results, Decimal("-0.089")))
    said = story.change_caveats(fixed, fixed.overall_change(fixed.inner) or {})
    assert said[0].startswith("The chart counts every anchor that paid in a year.")
    by_year = results.tables["by_year"]
    at = {c.name: n for n, c in enumerate(by_year.columns)}
    wide = []
    for year in by_year.rows:
        cells = list(year)
        cells[at["low"]], cells[at["high"]] = Decimal("0.1"), Decimal("0.9")
        wide.append(tuple(cells))
    over = Findings(replace(results, tables={**results.tables, "by_year": replace(by_year, rows=tuple(wide))}))
    assert any("overlap" in s for s in story.change_caveats(over, row))


def test_no_rise_or_fall_is_claimed_where_the_ranges_of_the_years_overlap(results: Results) -> None:
    change = {"from_year": "2018/19", "to_year": "2022/23"}
    for low, high, other_low, meet in (("0.1", "0.5", "0.4", True), ("0.1", "0.3", "0.4", False)):
        by_year = results.tables["by_year"]
        at = {c.name: n for n, c in enumerate(by_year.columns)}
        rows = []
        for year in by_year.rows:
            cells = list(year)
            first = cells[at["year"]] == change["from_year"]
            cells[at["low"]], cells[at["high"]] = (Decimal(low), Decimal(high)) if first else (Decimal(other_low),) * 2
            rows.append(tuple(cells))
        f = Findings(replace(results, tables={**results.tables, "by_year": replace(by_year, rows=tuple(rows))}))
        heading = story.years_heading(f)
        assert ("rose" in heading or "fell" in heading, "cannot be told" in heading) == (not meet, meet)
        figure = f.local(f.inner)
        assert figure is not None
        assert ("within ranges that overlap" in story.direction(f, figure, f.inner)) == meet


def test_the_first_step_names_whom_to_ask_with_the_money_behind_it(results: Results) -> None:
    f = Findings(results)
    unplaced = {r["anchor"]: r["amount"] for r in f.rows("flows", to="Not known") if r["amount"]}
    most = max(unplaced, key=lambda name: unplaced[name])
    step = story.next_steps(f)[0]
    assert step.startswith(f"Ask {most} ({words.money_in_words(unplaced[most], 'GBP')})")
    assert step.endswith("could not be placed.")


def test_money_of_no_stated_category_is_never_called_a_category(results: Results) -> None:
    table = results.tables["by_category"]
    at = [c.name for c in table.columns].index("category")
    rows = tuple((*r[:at], "Not stated", *r[at + 1 :]) for r in table.rows)
    f = Findings(replace(results, tables={**results.tables, "by_category": replace(table, rows=rows)}))
    assert story.categories_heading(f) == "The files do not say what was bought"
    assert not [s for s in story.next_steps(f) if "Not stated" in s]


def test_the_list_of_suppliers_adds_up(results: Results) -> None:
    (section,) = [s for s in all_sections(Findings(results), TableMaker("GBP")) if s.id == "suppliers"]
    grid = next(b.grid for b in section.blocks if isinstance(b, TableBlock))
    amounts = [int(row[1].text.strip("£").replace(",", "")) for row in grid.rows]
    listed = sum((r["amount"] or 0 for r in Findings(results).rows("top_suppliers")), Decimal(0))
    assert abs(sum(amounts) - listed) <= len(amounts)


def test_sections_that_could_only_be_empty_are_left_out() -> None:
    ids = [s.id for s in all_sections(Findings(make_results(anchors=1)), TableMaker("GBP"))]
    assert "matrix" not in ids
    results = make_results()
    without = replace(results, tables={k: t for k, t in results.tables.items() if k != "published"})
    assert "published" not in [s.id for s in all_sections(Findings(without), TableMaker("GBP"))]


def test_the_heading_of_the_matrix_speaks_of_a_column_that_is_there(results: Results) -> None:
    f = Findings(results)
    (section,) = [s for s in all_sections(f, TableMaker("GBP")) if s.id == "matrix"]
    grid = next(b.grid for b in section.blocks if isinstance(b, TableBlock))
    assert section.heading.split(":")[0] in [c.text for c in grid.head]


def test_a_column_without_a_word_is_left_out() -> None:
    head = (Cell("A"), Cell("B"), Cell("C"))
    made = without_empty(Grid("t", "T", head, ((Cell("1"), Cell(""), Cell("2")), (Cell(""), Cell(""), Cell("")))))
    assert [c.text for c in made.head] == ["A", "C"]
    assert [[c.text for c in row] for row in made.rows] == [["1", "2"], ["", ""]]


def test_anchors_that_share_no_name_of_a_category_are_not_said_to_buy_nothing(results: Results) -> None:
    table = results.tables["anchor_category"]
    at = {c.name: n for n, c in enumerate(table.columns)}
    assert story.share_names(Findings(results))
    rows = []
    for row in table.rows:
        cells = list(row)
        if not story.is_rest(str(cells[at["category"]])):
            cells[at["category"]] = f"{cells[at['category']]} of {cells[at['anchor']]}"
        rows.append(tuple(cells))
    own = replace(results, tables={**results.tables, "anchor_category": replace(table, rows=tuple(rows))})
    assert story.matrix_heading(Findings(own)) == "Anchors name what they buy in words of their own"
    said = "names of categories do not match between anchors"
    assert any(said in text for text in prose(Findings(own)))
    assert not any(said in text for text in prose(Findings(results)))
