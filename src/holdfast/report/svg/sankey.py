"""Sankey: who pays on the left, where it goes on the right, in a fixed order from here to far away to not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from holdfast.report.svg.chart import Chart
from holdfast.report.svg.draw import BODY, QUIET, SMALL, Drawing, number, tag, wrap
from holdfast.report.svg.fold import fold, in_order, totals
from holdfast.report.svg.palette import Tone

WIDTH, NODE, GAP = 720.0, 11.0, 8.0
LEFT, RIGHT = 200.0, 188.0
#: Height of all the money, without the gaps.
MONEY_HEIGHT = 330.0


@dataclass(frozen=True, slots=True)
class Flow:
    source: str
    target: str
    amount: Decimal


@dataclass(slots=True)
class _Node:
    """A bar and the slot it stands in; ``used`` grows as bands are attached from the top."""

    name: str
    amount: Decimal
    height: float
    lines: list[str]
    top: float = 0
    used: float = 0

    @property
    def slot(self) -> float:
        """The room it needs: for itself, or for its label where that is taller."""
        return max(self.height, 18.0 + 16 * len(self.lines))


def sankey(
    flows: Sequence[Flow],
    targets: Mapping[str, Tone],
    *,
    title: str,
    description: str,
    money: Callable[[Decimal], str],
    id: str = "sankey",
    heads: tuple[str, str] = ("Who pays", "Where it goes"),
) -> Chart:
    """``targets`` gives the right-hand column in its order, each with its tone; every target of a flow must be in it.

    Bands cannot show less than nothing: flows of zero or below are left out of the picture (and stay in the table).
    """
    drawn = _folded([f for f in flows if f.amount > 0])
    by_source = totals([(f.source, f.amount) for f in drawn])
    by_target = totals([(f.target, f.amount) for f in drawn])
    whole = sum(by_source.values(), Decimal(0))
    left = _column([(n, by_source[n]) for n in in_order(by_source)], whole, LEFT)
    right = _column([(n, by_target[n]) for n in targets if n in by_target], whole, RIGHT)
    draw = Drawing(id, WIDTH, max(_bottom(left), _bottom(right), 60) + 6)
    _centre(left, draw.height)
    _centre(right, draw.height)
    _bands(draw, drawn, left, right, targets)
    _bars(draw, left, right, targets)
    _labels(draw, left, LEFT - 10, "end", money)
    _labels(draw, right, WIDTH - RIGHT + 10, None, money)
    for x, anchor, head in ((LEFT - 10, "end", heads[0]), (WIDTH - RIGHT + 10, None, heads[1])):
        draw.text(x, 14, head, size=SMALL, ink=QUIET, anchor=anchor)
    return Chart(draw.finish(title, description), title, description)


def _folded(flows: Sequence[Flow]) -> list[Flow]:
    shown = fold(totals([(f.source, f.amount) for f in flows]))
    merged: dict[tuple[str, str], Decimal] = {}
    for f in flows:
        pair = (shown[f.source], f.target)
        merged[pair] = merged.get(pair, Decimal(0)) + f.amount
    return [Flow(source, target, amount) for (source, target), amount in merged.items()]


def _column(named: Sequence[tuple[str, Decimal]], whole: Decimal, room: float) -> list[_Node]:
    """Bars down a column. Each has a slot at least as tall as its label, so labels never meet."""
    nodes, y = [], 28.0
    for name, amount in named:
        node = _Node(name, amount, max(float(amount / whole) * MONEY_HEIGHT, 1.0), wrap(name, room - 12, BODY, 3))
        node.top = y + (node.slot - node.height) / 2
        nodes.append(node)
        y += node.slot + GAP
    return nodes


def _bottom(nodes: Sequence[_Node]) -> float:
    return max((n.top + (n.slot + n.height) / 2 for n in nodes), default=0)


def _centre(nodes: Sequence[_Node], height: float) -> None:
    shift = (height - 6 - _bottom(nodes)) / 2
    for node in nodes:
        node.top += shift


def _bands(
    draw: Drawing, flows: Sequence[Flow], left: list[_Node], right: list[_Node], tones: Mapping[str, Tone]
) -> None:
    sources, targets = {n.name: n for n in left}, {n.name: n for n in right}
    amount = {(f.source, f.target): f.amount for f in flows}
    x0, x1 = LEFT + NODE, WIDTH - RIGHT - NODE
    middle = (x0 + x1) / 2
    for s in sources.values():
        for t in targets.values():
            if (s.name, t.name) not in amount:
                continue
            # a node too thin to see is drawn one pixel high, and its bands share that pixel
            share_s = float(amount[s.name, t.name] / s.amount) * s.height
            share_t = float(amount[s.name, t.name] / t.amount) * t.height
            a, b = s.top + s.used, t.top + t.used
            s.used, t.used = s.used + share_s, t.used + share_t
            points = [number(v) for v in (x0, a, middle, a, middle, b, x1, b)]
            back = [number(v) for v in (x1, b + share_t, middle, b + share_t, middle, a + share_s, x0, a + share_s)]
            path = "M{} {}C{} {} {} {} {} {}".format(*points) + "L{} {}C{} {} {} {} {} {}Z".format(*back)
            tone = tones[t.name]
            draw.add(tag("path", d=path, fill=tone.paint(draw.hatch), fill_opacity=0.42 if not tone.unknown else 0.5))


def _bars(draw: Drawing, left: list[_Node], right: list[_Node], tones: Mapping[str, Tone]) -> None:
    for node in left:
        draw.rect(LEFT, node.top, NODE, node.height, "#3b4a50")
    for node in right:
        draw.rect(WIDTH - RIGHT - NODE, node.top, NODE, node.height, tones[node.name].paint(draw.hatch))


def _labels(draw: Drawing, nodes: list[_Node], x: float, anchor: str | None, money: Callable[[Decimal], str]) -> None:
    for node in nodes:
        y = node.top + node.height / 2 - 8 * len(node.lines) + 4
        for line in node.lines:
            draw.text(x, y, line, anchor=anchor)
            y += 16
        draw.text(x, y, money(node.amount), size=SMALL, ink=QUIET, anchor=anchor)
