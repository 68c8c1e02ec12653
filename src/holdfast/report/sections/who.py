"""Who supplies: organisations by name, who owns them, how large they are, and how much rests on a few."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from holdfast.core.figures import Cell as Value
from holdfast.core.figures import ResultTable
from holdfast.report import pictures, story
from holdfast.report.blocks import Block, Grid, Section, Subhead, TableBlock, TableMaker, Words
from holdfast.report.findings import Findings, may_be_named
from holdfast.report.sections.money import empty, key_line, picture

HIDDEN = "Private persons and suppliers not disclosed"
OWNERSHIP = {
    "co-operative": "Co-operatives",
    "social enterprise or charity": "Social enterprises and charities",
    "public": "Public bodies",
    "private": "Private firms",
    "unknown": "Owner not known",
}
SIZES = {
    "micro": "Micro (fewer than 10 people)",
    "small": "Small (10 to 49 people)",
    "medium": "Medium (50 to 249 people)",
    "large": "Large (250 people or more)",
    "unknown": "Size not known",
}


def suppliers(f: Findings, make: TableMaker) -> Section:
    blocks: list[Block] = []
    many = len(f.results.anchors) > 1
    found = f.table("top_suppliers")
    if found:
        columns = (
            "supplier",
            "amount",
            "share",
            "cumulative_share",
            "state",
            "ownership",
            *(["anchors"] if many else []),
        )
        said = (
            "Only organisations are named. Private persons, and suppliers whose names were withheld, stand on one line."
        )
        grid = _named(make, found, columns)
        blocks += [Words((said,)), TableBlock(grid)]
    else:
        blocks.append(
            empty("No supplier can be listed.", "Check that the payment files have a supplier column: holdfast check")
        )
    if many:
        blocks += _shared(f, make)
    return Section("suppliers", "Who supplies", story.suppliers_heading(f), tuple(blocks))


def _shared(f: Findings, make: TableMaker) -> list[Block]:
    blocks: list[Block] = [Subhead("Suppliers that several anchors share"), Words((story.shared_sentence(f),))]
    shared = f.table("shared_suppliers")
    if shared:
        everyone = len(f.results.anchors)
        words = {str(r["names"]): f"All {everyone} anchors" for r in f.rows("shared_suppliers", anchors=everyone)}
        columns = ("supplier", "anchors", "state", "amount", "names")
        blocks.append(TableBlock(make.grid(shared, columns=columns, limit=10, words=words)))
    return blocks


def _named(make: TableMaker, found: ResultTable, columns: tuple[str, ...], most: int = 20) -> Grid:
    """The largest organisations, then all the others in lines of many, so that the column adds up."""
    names = [c.name for c in found.columns]
    rows = [_without_person(names, row) for row in found.rows]
    rank = names.index("rank")
    named = [r for r in rows if r[rank] is not None]
    # what a line of many cannot have is blank: it is not unknown
    hidden = [tuple("" if cell is None else cell for cell in r) for r in rows if r[rank] is None]
    if len(named) <= most + 1:
        return make.grid(replace(found, rows=(*named, *hidden)), columns=columns)
    rest = named[most:]
    line: dict[str, Value] = {"supplier": f"The next {len(rest):,} organisations, named in report.xlsx"}
    for name in ("amount", "share"):
        line[name] = sum((r[names.index(name)] or Decimal(0) for r in rest), Decimal(0))
    line["cumulative_share"] = rest[-1][names.index("cumulative_share")]
    others = tuple(line.get(name, "") for name in names)
    return make.grid(replace(found, rows=(*named[:most], others, *hidden)), columns=columns)


def _without_person(names: list[str], row: tuple) -> tuple:  # type: ignore[type-arg]
    """The row, with a general name where its supplier is a person or not disclosed."""
    if may_be_named(dict(zip(names, row, strict=True))):
        return row
    return tuple(HIDDEN if name == "supplier" else cell for name, cell in zip(names, row, strict=True))


def ownership(f: Findings, make: TableMaker) -> Section:
    blocks: list[Block] = []
    social = key_line(f, "vcse-share")
    if social:
        blocks.append(Words((f"Social enterprises and charities received {social}.",)))
    pair = pictures.attribute_bars(f, "ownership", "Who owns the suppliers", OWNERSHIP)
    title = "Who owns the suppliers, as a part of all the money"
    blocks += picture(f, make, "ownership", title, pair, words=OWNERSHIP, key="known")
    pair = pictures.attribute_bars(f, "size", "How large the suppliers are", SIZES)
    title = "How large the suppliers are, as a part of all the money"
    blocks += picture(f, make, "size", title, pair, words=SIZES, key="known")
    for id in ("ownership_form", "controlling_owners"):
        # what nobody was paid says nothing
        if (table := f.table(id)) and any(row[0] != "unknown" and row[-4] for row in table.rows):
            kept = tuple(row for row in table.rows if row[-4])
            blocks.append(TableBlock(make.grid(replace(table, rows=kept))))
    if not blocks:
        blocks.append(
            empty("Owners and sizes are not known.", "Add registers of companies, charities and co-ops to place.toml.")
        )
    blocks += _neighbourhoods(f, make)
    return Section("ownership", "Owners, sizes and neighbourhoods", story.ownership_heading(f), tuple(blocks))


def _neighbourhoods(f: Findings, make: TableMaker) -> list[Block]:
    figure = f.figure("deprived-share")
    if figure is None or figure.value is None:
        todo = "Add the deprivation of neighbourhoods: holdfast places add FILE"
        return [Subhead("Neighbourhoods"), empty(story.deprived_sentence(f), todo)]
    blocks: list[Block] = [Subhead("Neighbourhoods"), Words((story.deprived_sentence(f),))]
    found, by_ring = f.table("deprivation"), f.table("deprivation_in_area")
    if found:
        blocks.append(TableBlock(make.grid(found)))
    if by_ring:
        blocks.append(TableBlock(make.grid(by_ring), "The same for the suppliers of each area"))
    return blocks


def concentration(f: Findings, make: TableMaker) -> Section:
    found = f.table("concentration")
    if not found:
        blocks: tuple[Block, ...] = (
            empty("Concentration cannot be shown yet.", "Payment files with a category column would fill this."),
        )
    else:
        said = (
            "When a few suppliers hold most of a category, the place depends on them, and smaller firms may find it "
            "hard to get in. The concentration index (HHI) puts this into one number: the higher, the fewer suppliers "
            "share the money."
        )
        blocks = (Words((said,)), TableBlock(make.grid(found, limit=30)))
    return Section("concentration", "How much rests on a few", story.concentration_heading(f), blocks)
