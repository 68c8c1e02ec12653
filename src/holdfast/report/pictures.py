"""From findings to charts: which rows are drawn, in which order, and what a person who cannot see them is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TypeVar

from holdfast.report.findings import NOT_KNOWN, Findings, Row
from holdfast.report.story import range_line
from holdfast.report.svg import (
    LEAVING,
    Bar,
    Chart,
    Flow,
    Point,
    Series,
    Stack,
    Step,
    Tone,
    bands_meet,
    bars,
    range_strip,
    ring_tones,
    sankey,
    share_ticks,
    stacked,
    state_tones,
    waterfall,
    years,
)
from holdfast.report.svg import (
    NOT_KNOWN as UNKNOWN_TONE,
)
from holdfast.report.svg.fold import fold, in_order, totals
from holdfast.report.words import and_list, money_short, percent, percent_short, sentence_start

WIDE, NARROW = 720, 288
Pair = tuple[Chart, Chart]
T = TypeVar("T")


def both(draw: Callable[[str, float], T]) -> tuple[T, T]:
    """The same chart for a wide page and for a phone."""
    return draw("wide", WIDE), draw("phone", NARROW)


def number(value: Decimal | None) -> float | None:
    """A place on an axis. Only pictures turn figures into floats, and nothing is worked out from them."""
    return None if value is None else float(value)


def tones(f: Findings) -> dict[str, Tone]:
    """State -> tone, in the order of the states."""
    return dict(zip(f.states, state_tones(len(f.results.rings)), strict=True))


def strip(f: Findings, figure_id: str, tone: Tone | None = None) -> Chart | None:
    """The strip under a headline figure."""
    figure = f.figure(figure_id)
    if figure is None or (figure.value is None and figure.high is None):
        return None
    said = "not known" if figure.value is None else percent(figure.value)
    name = "strip-" + "".join(c if c.isalnum() and c.isascii() else "-" for c in figure.id)
    return range_strip(
        number(figure.value), number(figure.low), number(figure.high), title=figure.label,
        description=sentence_start(f"{said}, {range_line(figure)}."), id=name, tone=tone,
    )  # fmt: skip


def coverage_bars(f: Findings) -> Pair | None:
    """How the money was placed."""
    rows = [r for r in f.rows("coverage") if r["share"] is not None]
    if not rows:
        return None
    currency = f.results.currency
    made = [
        Bar(
            PLACED_BY.get(str(r["placed_by"]), sentence_start(str(r["placed_by"]))), number(r["share"]),
            percent_short(r["share"]), money_short(r["amount"], currency),
            tone=UNKNOWN_TONE if r["placed_by"] == "none" else None,
        )
        for r in rows
    ]  # fmt: skip
    said = ", ".join(f"{b.label}: {b.shown}" for b in made)
    title = "How the money was placed"
    return both(
        lambda kind, width: bars(
            made, title=title, description=said + ".", id=f"coverage-{kind}", width=width, ticks=share_ticks()
        )
    )


PLACED_BY = {
    "decision": "Decided by a person",
    "postcode in payment": "Postcode in the payment file",
    "creditor list": "Creditor list of the anchor",
    "town in payment": "Town in the payment file",
    "register": "Public register",
    "own area": "The council's own area",
    "none": "Could not be placed",
}


def flow_rows(f: Findings) -> list[Flow]:
    """Flows between anchors and states, areas folded so that the right-hand column stays readable."""
    rows = [r for r in f.rows("flows") if r["amount"] is not None]
    areas = totals([(str(r["to"]), r["amount"]) for r in rows if r["to_kind"] == "area"])
    shown = f.state_names | fold(areas, limit=12 - len(f.states), kept=11 - len(f.states))
    return [Flow(str(r["anchor"]), shown.get(str(r["to"]), str(r["to"])), r["amount"]) for r in rows]


def flow_tones(f: Findings, flows: Sequence[Flow]) -> dict[str, Tone]:
    """The right-hand column: rings, then any areas by money, then Elsewhere and Not known."""
    known = {f.state_names.get(name, name): tone for name, tone in tones(f).items()}
    areas = in_order(totals([(x.target, x.amount) for x in flows if x.target not in known]))
    rings, rest = list(known.items())[: len(f.results.rings)], list(known.items())[len(f.results.rings) :]
    return dict(rings) | {a: ring_tones(2)[1] for a in areas} | dict(rest)


def where_sankey(f: Findings) -> Chart | None:
    flows = flow_rows(f)
    if not any(x.amount > 0 for x in flows):
        return None
    currency = f.results.currency
    by_target = totals([(x.target, x.amount) for x in flows])
    said = [f"{money_short(by_target[name], currency)} to {name}" for name in flow_tones(f, flows) if name in by_target]
    anchors = len({x.source for x in flows})
    return sankey(
        flows, flow_tones(f, flows), title="Where the money goes",
        description=f"From {anchors} anchor{'' if anchors == 1 else 's'}: {and_list(said)}.",
        money=lambda v: money_short(v, currency), id="flows-wide",
    )  # fmt: skip


def where_stacked(f: Findings) -> Chart | None:
    """The phone's answer to the Sankey: all anchors together first, then each by its money."""
    flows = flow_rows(f)
    if not any(x.amount > 0 for x in flows):
        return None
    currency = f.results.currency
    by_anchor = totals([(x.source, x.amount) for x in flows])
    shown = fold(by_anchor)
    stacks = []
    if len(by_anchor) > 1:
        stacks.append(_stack("All anchors", flows, currency))
    for name in in_order(totals([(shown[n], a) for n, a in by_anchor.items()])):
        stacks.append(_stack(name, [x for x in flows if shown[x.source] == name], currency))
    described = []
    for stack in stacks:
        whole = sum((v for v in stack.parts.values() if v > 0), Decimal(0))
        parts = [f"{name} {percent(v / whole)}" for name, v in stack.parts.items() if v > 0 and whole]
        described.append(f"{stack.label}, {stack.detail}: {', '.join(parts)}")
    return stacked(
        stacks, flow_tones(f, flows), title="Where the money goes", description="; ".join(described) + ".",
        id="flows-phone", width=NARROW,
    )  # fmt: skip


def _stack(label: str, flows: Sequence[Flow], currency: str) -> Stack:
    parts = totals([(x.target, x.amount) for x in flows])
    return Stack(label, money_short(sum(parts.values(), Decimal(0)), currency), parts)


def anchor_bars(f: Findings, ring: str) -> Pair | None:
    rows = sorted(f.rows("by_anchor", ring=ring), key=lambda r: (-(r["total"] or 0), str(r["name"])))
    if not any(r["high"] is not None for r in rows):
        return None
    currency = f.results.currency
    tone = ring_tones(len(f.results.rings))[f.results.rings.index(ring)]
    made = [_share_bar(r, str(r["name"]), f"{money_short(r['total'], currency)} in all") for r in rows]
    title = f"Part of each anchor’s money that goes to {ring}"
    return both(
        lambda kind, width: bars(
            made, title=title, description=_said(made), id=f"anchors-{f.results.rings.index(ring)}-{kind}", width=width,
            ticks=share_ticks(), tone=tone,
        )
    )  # fmt: skip


def _share_bar(r: Row, label: str, detail: str) -> Bar:
    return Bar(label, number(r["share"]), _shown(r), detail, number(r["low"]), number(r["high"]), _range(r))


def _shown(r: Row) -> str:
    return "not known" if r["share"] is None else percent_short(r["share"])


def _range(r: Row) -> str:
    """``37 to 46%``; nothing where both ends read the same."""
    if r["low"] is None or r["high"] is None:
        return ""
    low, high = percent_short(r["low"]), percent_short(r["high"])
    return f"{low.removesuffix('%')} to {high}" if low != high else ""


def _said(rows: Sequence[Bar]) -> str:
    return "; ".join(f"{b.label}: {b.shown}" for b in rows) + "."


def leaving_bars(f: Findings, most: int = 12) -> Pair | None:
    """Categories by the money that leaves the outermost ring, each before its whole."""
    rows = f.categories_by_leaving()[:most]
    if not rows:
        return None
    currency = f.results.currency
    top = max(r["total"] for r in rows)
    made = [
        Bar(
            str(r["category"]), number(r["leaving"] / top), money_short(r["leaving"], currency),
            f"of {money_short(r['total'], currency)}", whole=number(r["total"] / top),
        )
        for r in rows
    ]  # fmt: skip
    said = "; ".join(f"{b.label}: {b.shown} {b.detail}" for b in made) + "."
    return both(
        lambda kind, width: bars(
            made, title=f"Money that leaves {f.outer}, by category", description=said, id=f"leaving-{kind}",
            width=width, tone=LEAVING,
        )
    )  # fmt: skip


def year_lines(f: Findings) -> Pair | None:
    """Only where two or more years have a share: one year is a number, not a line."""
    rings = f.results.rings
    rows = {ring: f.rows("by_year", ring=ring) for ring in rings}
    if not rings or sum(r["share"] is not None for r in rows[rings[0]]) < 2:
        return None
    made = _year_series(f)
    said = []
    for ring in rings:
        each = ", ".join(
            f"{r['year']} {'not known' if r['share'] is None else percent(r['share'])}" for r in rows[ring]
        )
        said.append(f"{ring}: {each}")
    return both(
        lambda kind, width: years(
            made, title="Part of the money that stays, by year", description="; ".join(said) + ".", id=f"years-{kind}",
            width=width, height=300 if kind == "wide" else 240,
        )
    )  # fmt: skip


def _year_series(f: Findings) -> list[Series]:
    tones = ring_tones(len(f.results.rings))
    return [
        Series(ring, tone, [_point(r) for r in f.rows("by_year", ring=ring)])
        for ring, tone in zip(f.results.rings, tones, strict=True)
    ]


def year_bands_meet(f: Findings) -> bool:
    """Whether only the range of the innermost ring is drawn, because the ranges lie over one another."""
    return bands_meet(_year_series(f))


def _point(r: Row) -> Point:
    low, high = number(r["low"]), number(r["high"])
    return Point(str(r["year"]), number(r["share"]), low, high, bool(r["complete"]), _shown(r))


def change_steps(f: Findings, row: Row) -> Pair | None:
    """The change in money, split into share, volume and both."""
    parts = [row["from_share"], row["from_volume"], row["from_both"]]
    if row["money_change"] is None or None in parts:
        return None
    labels = ("The share changed", "The total spent changed", "Both at once")
    steps = [Step(label, amount) for label, amount in zip(labels, parts, strict=True)]
    steps.append(Step("Change in money", row["money_change"], total=True))
    return _waterfall(f, steps, f"What changed between {row['from_year']} and {row['to_year']}", "change")


def bridge_steps(f: Findings) -> Pair | None:
    """From the files' total to the analysed total. Amounts come signed, so that the column adds up."""
    rows = f.rows("bridge")
    if not rows:
        return None
    grey = UNKNOWN_TONE.fill
    steps = [
        Step(
            sentence_start(str(r["label"])), r["amount"], r["kind"] != "left out",
            ring_tones(1)[0].fill if r["kind"] == "analysed" else None if r["kind"] == "total" else grey,
        )
        for r in rows
        if r["amount"] is not None
    ]  # fmt: skip
    return _waterfall(f, steps, "From the files’ total to the analysed total", "bridge")


def _waterfall(f: Findings, steps: Sequence[Step], title: str, id: str) -> Pair:
    currency = f.results.currency
    said = "; ".join(f"{s.label}: {money_short(s.amount, currency)}" for s in steps) + "."
    return both(
        lambda kind, width: waterfall(
            steps,
            title=title,
            description=said,
            money=lambda v: money_short(v, currency),
            id=f"{id}-{kind}",
            width=width,
        )
    )


def attribute_bars(f: Findings, id: str, title: str, names: dict[str, str]) -> Pair | None:
    """Ownership or size: every value with its share of all the money, what is not known last."""
    rows = [r for r in f.rows(id) if r["share"] is not None]
    if not rows:
        return None
    currency = f.results.currency
    made = []
    for r in rows:
        key = str(r[id])
        unknown = key in ("unknown", NOT_KNOWN)
        bar = _share_bar(r, names.get(key, sentence_start(key)), money_short(r["amount"], currency))
        made.append(Bar(bar.label, bar.value, bar.shown, bar.detail, tone=UNKNOWN_TONE) if unknown else bar)
    return both(
        lambda kind, width: bars(
            made, title=title, description=_said(made), id=f"{id}-{kind}", width=width, ticks=share_ticks()
        )
    )
