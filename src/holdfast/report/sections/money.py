"""Where the money goes: how much could be placed, where it went, by anchor, by category, by year."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal

from holdfast.report import pictures, story
from holdfast.report.blocks import Block, Cell, Grid, Listing, Picture, Section, Subhead, TableBlock, TableMaker, Words
from holdfast.report.findings import NOT_KNOWN, Findings, Row, is_rest
from holdfast.report.story import range_line
from holdfast.report.svg import heat_step
from holdfast.report.words import and_list, money_in_words, money_short, percent, percent_short

RANGES = (
    "The thin line on each bar runs from low to high: where the figure would lie if the money we could not place is "
    "counted too."
)
WHERE_COLUMNS = ("state", "amount", "share", "low", "high")


def empty(what: str, todo: str) -> Words:
    """An empty state: what would stand here, and the one thing to do."""
    return Words((what, todo), "empty")


def not_yet(f: Findings, what: str, todo: str) -> Words:
    """An empty state; without rings nothing can be local, and that is then the thing to mend."""
    if f.inner is None:
        return empty(
            f"{what} No area is set as local.", "Add rings to place.toml, from the innermost to the outermost."
        )
    return empty(what, todo)


def picture(
    f: Findings, make: TableMaker, table: str, title: str, pair: pictures.Pair | None, *, id: str = "", key: str = "",
    columns: tuple[str, ...] = (), limit: int | None = None, words: dict[str, str] | None = None,
    ring: str | None = None, caption: str = "",
) -> list[Block]:  # fmt: skip
    """A chart with its table, or only the table where there is nothing to draw.

    ``ring``: the area drawn, where the chart shows one; the other areas of the table are in its file.
    """
    found = f.table(table)
    if found and ring is not None:
        at = [c.name for c in found.columns].index("ring")
        found = replace(found, rows=tuple(r for r in found.rows if r[at] == ring))
    grid = make.grid(found, columns=columns, limit=limit, words=words, caption=caption) if found else None
    if pair is None:
        return [TableBlock(grid)] if grid else []
    return [Picture(id or table, title, pair[0], pair[1], grid, key=key)]


def coverage(f: Findings, make: TableMaker) -> Section:
    said = ["A payment is placed when we know where its supplier is based, from a postcode or a town."]
    missing = f.unplaced()
    if missing:
        said.append(
            f"We could not place {money_in_words(missing, f.results.currency)}. It is shown as “not known” on every "
            "chart, and each figure’s low and high say how far it could move the result."
        )
    elif missing is not None:
        said.append("All the money could be placed, so no figure by area has a range.")
    blocks: list[Block] = [Words(tuple(said))]
    found = picture(
        f, make, "coverage", "How the money was placed", pictures.coverage_bars(f), words=pictures.PLACED_BY
    )
    missing_data = empty("No payment could be placed yet.", "Ask the anchors for their creditor lists: holdfast ask")
    return Section("coverage", "How much we know", story.coverage_heading(f), (*blocks, *(found or [missing_data])))


def where(f: Findings, make: TableMaker) -> Section:
    blocks: list[Block] = []
    rows = f.rows("where")
    currency = f.results.currency
    unknown = next((r for r in rows if r["state"] == NOT_KNOWN), None)
    stays = [r for r in rows if r["state"] in f.results.rings and r["amount"] is not None]
    if stays and any(r["amount"] for r in stays):
        each = [f"{money_in_words(r['amount'], currency)} {_ring_place(f, r)}" for r in stays]
        blocks.append(Words((f"{and_list(each)}. {_unknown_sentence(unknown, currency)}".strip(),)))
    wide, narrow, found = pictures.where_sankey(f), pictures.where_stacked(f), f.table("where")
    if wide and narrow and found:
        grid = make.grid(found, columns=WHERE_COLUMNS, words=f.state_names)
        blocks.append(Picture("where", "From each anchor to each place", wide, narrow, grid, full=wide))
    else:
        blocks += [TableBlock(make.grid(found, columns=WHERE_COLUMNS, words=f.state_names))] if found else []
        blocks.append(not_yet(f, "There are no flows to draw yet.", "Ask the anchors for creditor lists: holdfast ask"))
    flows = f.table("flows")
    if flows:
        blocks.append(
            TableBlock(
                make.grid(flows, columns=("anchor", "to", "amount"), limit=100, words=f.state_names),
                "Every flow as a table",
            )
        )
    areas = f.table("flows_by_area")
    if areas:
        columns = ("anchor_area", "supplier_area", "amount")
        paper = "The flows from authority to authority are in report.xlsx."
        blocks.append(TableBlock(make.grid(areas, columns=columns, limit=40), "From authority to authority", paper))
    return Section("where", "Where it goes", story.where_heading(f), tuple(blocks))


def _ring_place(f: Findings, row: Row) -> str:
    first = row["state"] == f.results.rings[0]
    return f"stayed in {row['state']}" if first else f"went to the rest of {row['state']}"


def _unknown_sentence(row: Row | None, currency: str) -> str:
    if row is None or not row["amount"]:
        return ""
    return f"We do not know where {money_in_words(row['amount'], currency)} went."


def anchors(f: Findings, make: TableMaker) -> Section:
    columns = ("name", "ring", "total", "share", "low", "high", "coverage", "local_amount")
    pair = pictures.anchor_bars(f, f.inner) if f.inner else None
    blocks: list[Block] = [Words((RANGES,))] if pair else []
    title = f"Part of each anchor’s money that goes to suppliers in {f.inner}"
    blocks += picture(f, make, "by_anchor", title, pair, columns=columns, key="range")
    outer = pictures.anchor_bars(f, f.outer) if f.outer and f.outer != f.inner else None
    if outer:
        blocks.append(
            Picture("by_anchor_outer", f"The same for {f.outer} as a whole", outer[0], outer[1], None, key="range")
        )
    if not pair:
        blocks.append(
            not_yet(
                f,
                "No anchor’s money could be placed yet.",
                "Write the letters that ask for what is missing: holdfast ask",
            )
        )
    return Section("anchors", "By anchor", story.anchors_heading(f), tuple(blocks))


def categories(f: Findings, make: TableMaker) -> Section:
    if f.inner is not None and not f.categories_stated():
        nothing = not_yet(f, "No category is known.", "Payment files with a category column would fill this.")
        return Section("categories", "By category", story.categories_heading(f), (nothing,))
    rows = f.categories_by_leaving()
    pair = pictures.leaving_bars(f)
    blocks: list[Block] = []
    named = [str(r["category"]) for r in rows if not is_rest(str(r["category"]))][1:3]
    if named:
        blocks.append(Words((f"{and_list(named)} {'come' if len(named) > 1 else 'comes'} next.",)))
    title = f"Money that leaves {f.outer}, as a part of all spending in the category"
    columns = ("category", "total", "leaving", "share", "low", "high", "coverage")
    caption = f"Money that leaves and share that stays in {f.outer}, by category"
    blocks += picture(
        f, make, "by_category", title, pair, columns=columns, limit=90, key="whole", ring=f.outer, caption=caption
    )
    if not pair:
        why = f"No money in any category is known to leave{f' {f.outer}' if f.outer else ''}."
        blocks.append(not_yet(f, why, "Placing more of the money would fill this."))
    return Section("categories", "By category", story.categories_heading(f), tuple(blocks))


def matrix(f: Findings, make: TableMaker, most: int = 7) -> Section | None:
    """Only where there are anchors to set side by side."""
    if len(f.results.anchors) == 1:
        return None
    rows = f.rows("anchor_category")
    if rows and f.categories_stated() and not story.can_set_side_by_side(f):
        why = "Of nothing that an anchor buys could half the money be placed."
        blocks: tuple[Block, ...] = (not_yet(f, why, "Placing more of the money would fill this."),)
    elif not story.can_set_side_by_side(f):
        blocks = (
            not_yet(
                f,
                "Anchors and categories cannot be set side by side yet.",
                "Payment files with a category column would fill this.",
            ),
        )
    else:
        said = (
            "Where two anchors buy the same thing and one of them buys more of it nearby, the other can ask how. "
            "Each cell gives the share that stays, and the money spent; “none” means that nothing was bought, "
            "“not known” that less than half of the money could be placed."
        )
        if not story.share_names(f):
            said = (
                "The names of categories do not match between anchors: none stands in the files of two of them, so "
                "what they buy cannot be set side by side. Each cell gives the share that stays, and the money spent; "
                "“none” means only that the anchor’s files do not use that name, “not known” that less than half of "
                "the money could be placed."
            )
        blocks = (Words((said,)), TableBlock(_heat(f, make, rows, most)))
    return Section("matrix", "Anchor by category", story.matrix_heading(f), blocks)


def _heat(f: Findings, make: TableMaker, rows: list[Row], most: int) -> Grid:
    """Anchors down, categories across: first what several anchors buy, by money."""
    spent: dict[str, Decimal] = {}
    for r in rows:
        spent[str(r["category"])] = spent.get(str(r["category"]), Decimal(0)) + (r["total"] or 0)
    shared = {c for c, buyers in Counter(str(r["category"]) for r in rows if r["total"]).items() if buyers > 1}
    shown = sorted(spent, key=lambda c: (is_rest(c), c not in shared, -spent[c], c))[:most]
    told = [category for category, _, _ in story.wide_gaps(rows)[:1] if category not in shown]
    if told:
        # what the heading speaks of has to be there
        shown = [*shown[:-1], *told]
    names = list(dict.fromkeys(str(r["anchor"]) for r in rows))
    by = {(str(r["anchor"]), str(r["category"])): r for r in rows}
    lines = tuple((Cell(name), *(_heat_cell(f, by.get((name, c))) for c in shown)) for name in names)
    rest = len(spent) - len(shown)
    note = f"What several anchors buy comes first; {rest} more categories are in the file." if rest > 1 else ""
    caption = f"Share that stays in {f.outer}, by anchor and category"
    head = (Cell("Anchor"), *(Cell(c) for c in shown))
    return Grid("anchor_category", caption, head, lines, note, make.link("anchor_category"), kind="heat")


def _heat_cell(f: Findings, row: Row | None) -> Cell:
    if row is None or not row["total"]:
        return Cell("none", True)
    money = money_short(row["total"], f.results.currency)
    if not story.half_placed(row):
        return Cell("not known", True, None, money)
    return Cell(percent_short(row["share"]), True, heat_step(row["share"]), money)


def years(f: Findings, make: TableMaker) -> Section:
    pair = pictures.year_lines(f)
    row = f.overall_change(f.inner)
    said = [s for s in (story.incomplete_sentence(f),) if s]
    if pair:
        whose = f" for {f.inner}; the other ranges are in the table" if pictures.year_bands_meet(f) else ""
        hollow = " A hollow dot is a year that is not complete." if f.incomplete_years() else ""
        said.insert(
            0, f"The shaded band, or the thin line at a year that stands alone, runs from low to high{whose}.{hollow}"
        )
    blocks: list[Block] = [Words(tuple(said))] if said else []
    columns = ("year", "ring", "total", "share", "low", "high", "coverage", "months", "complete")
    blocks += picture(f, make, "by_year", "Part of the money that stays, by year", pair, columns=columns, limit=90)
    if not f.rows("by_year"):
        why = "Years cannot be shown." if f.results.years else "The payments carry no dates, so years cannot be shown."
        blocks.append(not_yet(f, why, "Ask the anchors for the payment dates."))
    elif row is None:
        blocks += _refused(f, make)
    elif story.too_little_placed(f):
        blocks.append(empty("The years are not compared.", "Placing more of the money comes first."))
    else:
        blocks += _split(f, make, row)
    return Section("years", "Over the years", story.years_heading(f), tuple(blocks))


def _refused(f: Findings, make: TableMaker) -> list[Block]:
    """Why no years are compared."""
    if not any(r["share"] is not None for r in f.rows("by_year", ring=f.inner)):
        return [not_yet(f, "No money could be placed in any year.", "Placing more of the money comes first.")]
    said = empty("A change needs two complete years.", "Add the files of another year, or of the missing months.")
    found = f.table("change")
    if not found:
        return [said]
    grid = make.grid(found, columns=("ring", "from_year", "to_year", "panel", "note"))
    return [said, TableBlock(grid, "Which years were not compared, and why")]


def _split(f: Findings, make: TableMaker, row: Row) -> list[Block]:
    sentences = [*story.change_sentences(f, row), *story.change_caveats(f, row)]
    pair = pictures.change_steps(f, row)
    columns = ("from_year", "to_year", "share_points", "money_change", "from_share", "from_volume", "from_both",
               "real_money_change", "panel")  # fmt: skip
    blocks: list[Block] = [Subhead("Share, volume, or both?")]
    if sentences:
        blocks.append(Words(tuple(sentences)))
    title = f"What changed between {row['from_year']} and {row['to_year']}, in money"
    caption = f"Change between years in {f.inner}"
    drawn = picture(f, make, "change", title, pair, columns=columns, ring=f.inner, caption=caption)
    notes = _notes(f)
    quoted: list[Block] = [Subhead("Before you quote a change"), Listing(notes)] if notes else []
    return [*blocks, *drawn, *quoted]


def _notes(f: Findings) -> tuple[str, ...]:
    """Each warning once, with the years it is about."""
    by_note: dict[str, list[str]] = {}
    for r in _noted(f):
        by_note.setdefault(str(r["note"]), []).append(f"{r['from_year']} to {r['to_year']}")
    return tuple(f"{and_list(years)}: {note}" for note, years in by_note.items())


def _noted(f: Findings) -> list[Row]:
    """Changes of the innermost ring, over all anchors, that come with a warning or were not worked out."""
    return [r for r in f.rows("change", ring=f.inner) if r["note"] and r["panel"] == "all"]


def key_line(f: Findings, id: str) -> str:
    """``about 64% (low 51%, high 71%)`` of a figure; empty where it is not known."""
    figure = f.figure(id)
    if figure is None or figure.value is None:
        return ""
    return f"about {percent(figure.value)} ({range_line(figure)})"
