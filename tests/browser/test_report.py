"""The pages in a real browser with no network: nothing wrong, cut off, too small, or lost in print."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from holdfast.report import write_ask, write_brief, write_report
from report_example import make_request, make_results

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTHS = (1280, 768, 360, 320)
STATES: dict[str, dict[str, object]] = {
    "default": {},
    "one": {"anchors": 1, "years": 1, "rings": ("Rivermouth",)},
    "no-rings": {"rings": ()},
    "unplaced": {"placed": False},
}
PAGES = [("default", "report.html"), ("default", "brief.html"), ("default", "ask/council.html")]
PAGES += [(state, "report.html") for state in STATES if state != "default"] + [("unplaced", "brief.html")]

SMALL_TEXT = """() => [...document.querySelectorAll('svg text')].filter(t => t.getClientRects().length)
  .map(t => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a).filter(size => size < 12)"""
OUTSIDE = """() => [...document.querySelectorAll('a, summary, input, button')].filter(e => {
  const r = e.getBoundingClientRect(); const inner = e.closest('.scroll, .skip');
  return !inner && r.width && (r.left < -1 || r.right > innerWidth + 1) }).map(e => e.textContent)"""
SMALL_TARGETS = """() => [...document.querySelectorAll('summary, nav a')].map(e => e.getBoundingClientRect())
  .filter(r => r.width && r.height < 24)"""
LABELS_OUTSIDE = """() => [...document.querySelectorAll('svg')].filter(s => s.getClientRects().length).flatMap(s => {
  const box = s.getBoundingClientRect();
  return [...s.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()])
    .filter(([, r]) => r.left < box.left - 1 || r.right > box.right + 1 || r.bottom > box.bottom + 1)
    .map(([t]) => t) })"""
LABELS_MEET = """() => [...document.querySelectorAll('svg')].filter(s => s.getClientRects().length).flatMap(s => {
  const all = [...s.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]); const met = [];
  all.forEach(([a, p], n) => all.slice(n + 1).forEach(([b, q]) => {
    const beside = p.left >= q.right - 1 || q.left >= p.right - 1;
    if (!beside && p.top < q.bottom - 4 && q.top < p.bottom - 4) met.push([a, b]) }));
  return met })"""
CUT_OFF = "() => [document.documentElement.scrollWidth, innerWidth]"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pages")
    for state, options in STATES.items():
        results = make_results(**options)  # type: ignore[arg-type]
        write_report(results, made / state)
        write_brief(results, made / state)
        write_ask(results, [make_request(results)], made / state / "ask")
    return made


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page without a network, which fails the test on any error, message or request."""
    context = chromium.new_context(offline=True)
    opened = context.new_page()
    opened.set_default_timeout(90_000)
    trouble: list[str] = []
    opened.on("console", lambda message: trouble.append(message.text))
    opened.on("pageerror", lambda error: trouble.append(str(error)))
    opened.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else trouble.append(r.url))
    yield opened
    context.close()
    assert trouble == []


def open_page(page: Page, folder: Path, state: str, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto((folder / state / name).as_uri())


@pytest.mark.parametrize(("state", "name"), PAGES)
def test_nothing_is_cut_off_or_too_small(page: Page, folder: Path, state: str, name: str) -> None:
    open_page(page, folder, state, name, WIDTHS[0])
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide, window = page.evaluate(CUT_OFF)
        assert wide <= window, width
        for check in (OUTSIDE, SMALL_TEXT, SMALL_TARGETS, LABELS_OUTSIDE, LABELS_MEET):
            assert page.evaluate(check) == [], (width, check)


@pytest.mark.parametrize(("state", "name"), PAGES)
def test_the_accessibility_checker_finds_nothing(
    page: Page, axe: Callable[[Page], list[str]], folder: Path, state: str, name: str
) -> None:
    open_page(page, folder, state, name, 1280)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert axe(page) == [], width


def test_the_page_has_one_main_heading_and_its_headings_step_by_one(page: Page, folder: Path) -> None:
    open_page(page, folder, "default", "report.html", 1280)
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])")
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert page.evaluate("document.documentElement.lang") == "en-GB"


def test_a_phone_gets_bars_first_and_the_full_diagram_on_demand(page: Page, folder: Path) -> None:
    open_page(page, folder, "default", "report.html", 360)
    figure = page.locator("#chart-where")
    assert figure.locator(".wide").is_hidden()
    assert figure.locator("div.phone svg").first.is_visible()
    figure.get_by_text("Show the full diagram").click()
    assert figure.locator(".full svg").is_visible()
    assert page.evaluate(SMALL_TEXT) == []
    wide, window = page.evaluate(CUT_OFF)
    assert wide <= window


def test_every_chart_has_its_table_with_headings(page: Page, folder: Path) -> None:
    open_page(page, folder, "default", "report.html", 1280)
    figures = page.locator(".figure")
    assert figures.count() >= 8
    without = page.evaluate(
        "[...document.querySelectorAll('.figure')].filter(f => !f.querySelector('table')).map(f => f.id)"
    )
    # one table holds all rings, so the second picture of the anchors leads back to the first
    assert without == ["chart-by_anchor_outer"]
    assert page.evaluate("document.querySelectorAll('table:not(:has(caption))').length") == 0
    assert (
        page.evaluate("document.querySelectorAll('thead th:not([scope=col]), tbody th:not([scope=row])').length") == 0
    )


def test_the_keyboard_reaches_the_findings_first(page: Page, folder: Path) -> None:
    open_page(page, folder, "default", "report.html", 1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the findings"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_charts_can_be_read_where_the_reader_forces_colours(page: Page, folder: Path) -> None:
    page.emulate_media(forced_colors="active", color_scheme="dark")
    open_page(page, folder, "default", "report.html", 1280)
    grounds = page.evaluate("[...document.querySelectorAll('svg')].map(s => getComputedStyle(s).backgroundColor)")
    assert set(grounds) == {"rgb(255, 255, 255)"}


def test_print_opens_every_table_and_splits_no_chart(page: Page, folder: Path) -> None:
    open_page(page, folder, "default", "report.html", 720)
    page.emulate_media(media="print")
    tables = "[...document.querySelectorAll('main details:not(.full):not(.tocbox):not(.screen) table')]"
    closed = f"{tables}.filter(t => !t.offsetHeight).length"
    assert page.evaluate("document.querySelectorAll('details table').length") > 5
    assert page.evaluate(closed) == 0
    # long lists are not printed: a line says where they are
    assert page.evaluate("document.querySelectorAll('details.screen').length") >= 1
    instead = "[...document.querySelectorAll('details.screen')].map(d => d.nextElementSibling)"
    assert page.evaluate(f"{instead}.every(p => p.className === 'paper' && p.offsetHeight > 0)")
    parts = "[...document.querySelectorAll('.shot, .figure svg')]"
    broken = f"{parts}.filter(s => getComputedStyle(s).breakInside !== 'avoid').length"
    assert page.evaluate(broken) == 0


def test_the_printed_page_is_tagged_with_language_and_title(page: Page, folder: Path) -> None:
    open_page(page, folder, "default", "report.html", 1280)
    content = page.pdf(prefer_css_page_size=True, print_background=True, tagged=True)
    assert b"/Lang (en-GB)" in content
    assert b"/StructTreeRoot" in content
    assert b"/Title" in content


@pytest.mark.parametrize("state", STATES)
def test_the_brief_is_one_printed_page(page: Page, folder: Path, state: str) -> None:
    open_page(page, folder, state, "brief.html", 1280)
    content = page.pdf(prefer_css_page_size=True, print_background=True)
    assert content.count(b"/Type /Page\n") == 1
