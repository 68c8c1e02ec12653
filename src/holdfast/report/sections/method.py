"""How far the report can be trusted: checks, gaps, what was set apart, definitions, sources and inputs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from holdfast.core.codes import CODES
from holdfast.core.figures import Figure
from holdfast.core.money import money
from holdfast.core.problem import Problem
from holdfast.report import pictures, story
from holdfast.report.blocks import (
    Block,
    Cell,
    Grid,
    Listing,
    Section,
    Subhead,
    TableBlock,
    TableMaker,
    Term,
    Terms,
    Words,
    without_empty,
)
from holdfast.report.definitions import UNKNOWN, anchors_line, rules, same_rules, what_it_counts
from holdfast.report.findings import Findings
from holdfast.report.headline import headline_figures
from holdfast.report.sections.money import empty, picture
from holdfast.report.words import count, day, money_in_words, percent

MOST_INPUTS = 200
PUBLISHED = ("label", "published", "recomputed", "tolerance", "reconciles", "difference", "note", "source")
OTHER_DEFINITIONS = ("ring", "basis", "suppliers", "pooling", "share", "low", "high", "coverage")


def published(f: Findings, make: TableMaker) -> Section | None:
    """Only where a figure was entered to be checked."""
    found = f.table("published")
    if not found:
        return None
    said = "A figure agrees when the payments give it within the rounding of the digits it was printed with."
    blocks = (Words((said,)), TableBlock(make.grid(found, columns=PUBLISHED)))
    return Section("published", "Published figures checked", story.published_heading(f), blocks)


def gaps(f: Findings, make: TableMaker) -> Section:
    """What to do first, then all that is not known, most money first."""
    blocks: list[Block] = [Subhead("What to do next"), Listing(tuple(story.next_steps(f)), numbered=True)]
    found = f.table("gaps")
    if found:
        said = (
            "Each line says how much money is behind it, the largest first. Lines overlap: of one payment both the "
            "place and the size of its supplier may be unknown."
        )
        names = [c.name for c in found.columns]
        ordered = replace(found, rows=tuple(tuple(r[n] for n in names) for r in f.gaps()))
        grid = make.grid(ordered, columns=("what", "amount", "share", "what_to_do", "payments"))
        blocks += [Subhead("All that is not known"), Words((said,)), TableBlock(grid)]
    return Section("gaps", "What we do not know", story.gaps_heading(f), tuple(blocks))


def bridge(f: Findings, make: TableMaker) -> Section:
    said = (
        "The files hold more than purchases: taxes, pensions, grants, transfers between public bodies and the like. "
        "Each is set apart by a rule that can be seen and corrected, and nothing is dropped unseen."
    )
    pair = pictures.bridge_steps(f)
    columns = ("label", "amount", "payments", "note")
    drawn = picture(f, make, "bridge", "From the files’ total to the analysed total", pair, columns=columns)
    blocks = drawn or [empty("The steps are not known.", "Run the analysis again: holdfast run")]
    return Section("bridge", "From the files to this report", story.bridge_heading(f), (Words((said,)), *blocks))


def definitions(f: Findings, make: TableMaker) -> Section:
    figures = [g for g in (f.figure("total"), f.coverage, *headline_figures(f)) if g]
    blocks: list[Block] = []
    shared = bool(figures) and same_rules(figures)
    if shared:
        first = figures[0].definition
        blocks.append(Words(("These rules hold for every headline figure.",)))
        blocks.append(Listing((*rules(first, many_anchors=len(first.anchors) > 1), UNKNOWN, anchors_line(first))))
    blocks.append(Terms(tuple(_term(f, figure, shared) for figure in figures)))
    other = f.table("local_share")
    if other:
        said = "Another definition gives another number. Compare places and years on one definition only."
        grid = make.grid(other, columns=OTHER_DEFINITIONS)
        blocks += [Subhead("The same share by other definitions"), Words((said,)), TableBlock(grid)]
    return Section(
        "definitions", "What the figures mean", "What each headline figure counts, and by which rules", tuple(blocks)
    )


def _term(f: Findings, figure: Figure, shared: bool) -> Term:
    d = figure.definition
    text = [what_it_counts(figure)]
    if not shared:
        text += [*rules(d, many_anchors=len(d.anchors) > 1), anchors_line(d)]
    if figure.note:
        text.append(figure.note)
    return Term(figure.label, figure_value(f, figure), tuple(text), figure.id)


def figure_value(f: Findings, figure: Figure) -> str:
    """The figure with its range, as the page writes it."""
    if figure.value is None:
        return "not known"
    if figure.unit == "money":
        return money_in_words(figure.value, f.results.currency)
    if figure.unit != "share":
        return f"{figure.value:,f}"
    ranged = f" ({story.range_line(figure)})" if figure.low is not None and figure.low != figure.high else ""
    return percent(figure.value) + ranged


def method(f: Findings, make: TableMaker) -> Section:
    r = f.results
    said = [
        "Payment files were read as they were published. Every row was kept, set apart with a reason, or listed as not "
        "readable; the totals of each file agree to the penny.",
        "Suppliers were recognised by their numbers and names, and placed by postcode or town. Nothing was guessed.",
        f"Run {r.run}. “Now” means {day(r.as_of)}, the last day the data speak of." if r.as_of else f"Run {r.run}.",
    ]
    blocks: list[Block] = [Words(tuple(said)), Subhead("Sources", "sources"), *_sources(f)]
    blocks += [Subhead("Parameters", "parameters"), *_parameters(f)]
    blocks += [Subhead("Problems met while reading", "problems"), *_problems(f, make)]
    blocks += [Subhead("Files read", "inputs"), *_inputs(f)]
    return Section("method", "Method and sources", "How this was worked out", tuple(blocks))


def _table(
    id: str, caption: str, head: Iterable[tuple[str, bool]], rows: Iterable[Iterable[str]], **more: object
) -> Grid:
    cells = tuple(Cell(text, numeric) for text, numeric in head)
    made = tuple(tuple(Cell(t, h.numeric) for t, h in zip(row, cells, strict=True)) for row in rows)
    return without_empty(Grid(id, caption, cells, made, **more))  # type: ignore[arg-type]


def _sources(f: Findings) -> list[Block]:
    rows = [[s.name, s.date, s.licence, s.note, s.status or "", s.sha256[:12]] for s in f.results.sources]
    head = [("Source", False), ("Date", False), ("Licence", False), ("Note", False), ("Status", False), ("Hash", False)]
    return [TableBlock(_table("sources", "Registers and other sources used", head, rows))] if rows else [
        Words(("No register or other source was used.",))
    ]  # fmt: skip


def _parameters(f: Findings) -> list[Block]:
    rows = [[name, value] for name, value in sorted(f.results.parameters.items())]
    unverified = [s.name for s in f.results.sources if s.status == "unverified"]
    blocks: list[Block] = []
    if unverified or any("unverified" in v for _, v in rows):
        blocks.append(
            Words(("A value marked unverified has not been checked at its source. Check it before relying on it.",))
        )
    table = _table("parameters-table", "Choices and values of this run", [("Parameter", False), ("Value", False)], rows)
    return [*blocks, TableBlock(table)] if rows else [Words(("Every choice is the default.",))]


def _problems(f: Findings, make: TableMaker) -> list[Block]:
    """By code. What stood in the cells is in problems.csv: it can name people, and a page is passed on."""
    ordered = sorted(f.results.problems, key=lambda p: p.code)
    if not ordered:
        return [Words(("No problem was met.",))]
    rows = []
    for code, group in groupby(ordered, key=lambda p: p.code):
        same: list[Problem] = list(group)
        files = len({p.file for p in same if p.file})
        entry = CODES[code]
        rows.append(
            [code, entry.title, entry.severity, f"{sum(p.count for p in same):,}", f"{files:,}", entry.what_to_do]
        )
    head = [
        ("Code", False),
        ("Problem", False),
        ("Severity", False),
        ("Places", True),
        ("Files", True),
        ("What to do", False),
    ]
    grid = _table(
        "problems-table", "Problems by code", head, rows, csv="problems.csv" if "problems.csv" in make.sizes else ""
    )
    return [TableBlock(grid)]


def _inputs(f: Findings) -> list[Block]:
    files = f.results.inputs
    names = {a.id: a.name for a in f.results.anchors}
    currency = f.results.currency
    rows = [
        [
            i.path + (f" ({i.sheet})" if i.sheet else ""), names.get(i.anchor, i.anchor), f"{i.rows_staged:,}",
            f"{i.rows_typed:,}", f"{i.rows_quarantined:,}", f"{i.rows_excluded:,}", money(i.total, currency),
            i.first_date or "", i.last_date or "", i.sha256[:12],
        ]
        for i in files[:MOST_INPUTS]
    ]  # fmt: skip
    if not rows:
        return [Words(("No file was read.",))]
    staged = sum(i.rows_staged for i in files)
    head = [("File", False), ("Anchor", False), ("Rows", True), ("Read", True), ("Not readable", True),
            ("Set apart", True), ("Total", True), ("First date", False), ("Last date", False),
            ("Hash", False)]  # fmt: skip
    grid = _table(
        "inputs-table", "Files read, with the first 12 characters of each hash", head, rows,
        left_out=max(0, len(files) - MOST_INPUTS),
    )  # fmt: skip
    said = f"{count(len(files), 'table was', 'tables were')} read, with {count(staged, 'row')} in all."
    paper = "Every file, with its rows, total and hash, is listed in report.xlsx."
    return [Words((said,)), TableBlock(grid, "Every file, with its rows, total and hash", paper)]
