"""Stacked bars: each is all the money of one payer, cut by where it goes. What a phone shows instead of a Sankey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from holdfast.report.svg.chart import Chart
from holdfast.report.svg.draw import BODY, QUIET, SMALL, Drawing, fit, width_of, wrap
from holdfast.report.svg.palette import Tone
from holdfast.report.words import percent

BAR, BOLDER = 22.0, 1.06


@dataclass(frozen=True, slots=True)
class Stack:
    """``parts``: amount by state. Amounts below zero cannot be drawn and are left out of the picture."""

    label: str
    detail: str
    parts: Mapping[str, Decimal]


def stacked(
    stacks: Sequence[Stack], tones: Mapping[str, Tone], *, title: str, description: str, id: str = "stacked",
    width: float = 288,
) -> Chart:  # fmt: skip
    """Bars of equal length, parts in the order of ``tones``; the key comes first."""
    draw = Drawing(id, width)
    top = _key(draw, tones)
    for stack in stacks:
        top = _stack(draw, top, stack, tones)
    draw.height = top
    return Chart(draw.finish(title, description), title, description)


def _key(draw: Drawing, tones: Mapping[str, Tone]) -> float:
    """Swatches with names, as many to a line as fit; gives the y below them."""
    x, y = 0.0, 2.0
    for name, tone in tones.items():
        shown = fit(name, draw.width - 24, SMALL)
        wide = 19 + width_of(shown, SMALL) + 12
        if x and x + wide - 12 > draw.width:
            x, y = 0.0, y + 21
        draw.rect(x, y, 13, 13, tone.paint(draw.hatch), rounded=2)
        draw.text(x + 19, y + 11, shown, size=SMALL)
        x += wide
    return y + 26


def _stack(draw: Drawing, top: float, stack: Stack, tones: Mapping[str, Tone]) -> float:
    """One bar under its label; gives the y where the next begins."""
    room = draw.width - width_of(stack.detail, SMALL) - 12
    draw.text(draw.width, top + 15, stack.detail, size=SMALL, ink=QUIET, anchor="end")
    for line in wrap(stack.label, room / BOLDER, BODY, 2):
        draw.text(0, top + 15, line, bold=True)
        top += 16
    positive = {name: stack.parts[name] for name in tones if stack.parts.get(name, Decimal(0)) > 0}
    whole = sum(positive.values(), Decimal(0))
    x = 0.0
    for name, amount in positive.items():
        wide = float(amount / whole) * draw.width
        draw.rect(x, top + 6, max(wide - 1, 0.5), BAR, tones[name].paint(draw.hatch))
        label = percent(amount / whole)
        if not tones[name].unknown and width_of(label, SMALL, bold=True) + 6 <= wide:
            draw.text(x + wide / 2, top + 21.5, label, size=SMALL, ink=tones[name].ink, anchor="middle", bold=True)
        x += wide
    return top + 42
