"""One page for a leader: the answer, three figures with ranges, where the money goes, what to do next."""

from __future__ import annotations

from decimal import Decimal

from holdfast.core.figures import Results
from holdfast.report import story
from holdfast.report.blocks import Card, Cell, Grid
from holdfast.report.definitions import rules
from holdfast.report.documents import Document
from holdfast.report.findings import Findings
from holdfast.report.headline import cards
from holdfast.report.page import environment, style, title_of
from holdfast.report.pictures import NARROW, flow_rows, flow_tones
from holdfast.report.svg import Chart, Stack, stacked
from holdfast.report.svg.fold import totals
from holdfast.report.words import money_in_words, money_short, percent, sentence_start

FIGURES = 3


def brief_html(results: Results) -> bytes:
    f = Findings(results)
    grid = where_grid(f)
    text = (
        environment()
        .get_template("brief.html.j2")
        .render(
            r=results,
            title=title_of(results),
            css=style(results, "sheet.css"),
            scope=story.scope_line(f),
            answer=story.answer(f),
            answer_range=story.answer_range(f),
            cards=cards(f, FIGURES),
            where=story.where_heading(f),
            head=[c.text for c in grid.head],
            rows=[[c.text for c in row] for row in grid.rows],
            wide=one_bar(f, "brief-wide", 640),
            narrow=one_bar(f, "brief-phone", NARROW),
            steps=story.next_steps(f),
            small=small_print(f),
        )
    )
    return text.encode("utf-8", "replace")


def one_bar(f: Findings, id: str, width: float) -> Chart | None:
    """All the money as one bar, cut by where it goes."""
    flows = [x for x in flow_rows(f) if x.amount > 0]
    if not flows:
        return None
    parts = totals([(x.target, x.amount) for x in flows])
    whole = sum(parts.values(), Decimal(0))
    tones = flow_tones(f, flows)
    said = ", ".join(f"{name} {percent(parts[name] / whole)}" for name in tones if name in parts)
    stack = Stack("All the money", money_short(whole, f.results.currency), parts)
    return stacked([stack], tones, title="Where the money goes", description=f"{said}.", id=id, width=width)


def where_grid(f: Findings) -> Grid:
    """Where the money goes, in words short enough for one page."""
    head = (Cell("Where"), Cell("Money", True), Cell("Part of all", True))
    rows = []
    for r in f.rows("where"):
        amount = "not known" if r["amount"] is None else money_in_words(r["amount"], f.results.currency)
        share = "not known" if r["share"] is None else percent(r["share"])
        state = str(r["state"])
        rows.append((Cell(f.state_names.get(state, state)), Cell(amount, True), Cell(share, True)))
    return Grid("where", "Where the money goes", head, tuple(rows))


def small_print(f: Findings) -> str:
    """The definition of the first figure in a few sentences, and the run."""
    inner = f.local(f.inner) or f.coverage
    said = rules(inner.definition, many_anchors=len(f.results.anchors) > 1) if inner else []
    return " ".join([*said, f"Run {f.results.run}. The whole report is in report.html."])


def figure_line(card: Card) -> tuple[Cell, ...]:
    """A card as a row of a table."""
    said = " ".join(part for part in (card.moved, card.meaning) if part)
    return (Cell(card.value), Cell(card.label), Cell(card.range), Cell(said))


def brief_docx(results: Results) -> bytes:
    f = Findings(results)
    made = Document(title_of(results), "One page")
    made.title(title_of(results))
    if results.fictional:
        made.paragraph("Fictional example: the place, its institutions, suppliers and amounts are made up.", size=9)
    made.paragraph(story.scope_line(f), quiet=True)
    made.paragraph(story.answer(f), size=16, bold=True)
    if story.answer_range(f):
        made.paragraph(story.answer_range(f))
    shown = cards(f, FIGURES)
    if shown:
        head = (Cell("Figure"), Cell("What"), Cell("Range"), Cell("Direction"))
        made.table(Grid("figures", sentence_start("headline figures"), head, tuple(figure_line(c) for c in shown)))
    grid = where_grid(f)
    if grid.rows:
        made.heading(story.where_heading(f))
        made.table(grid)
    made.heading("What to do next")
    made.numbered(story.next_steps(f))
    made.paragraph(small_print(f), size=8.5, quiet=True)
    return made.bytes()
