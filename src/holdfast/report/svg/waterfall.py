"""Waterfall: from one total to another, step by step, read from the top down so that long labels have room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from holdfast.report.svg.chart import Chart
from holdfast.report.svg.draw import BODY, QUIET, Drawing, fit, width_of, wrap
from holdfast.report.svg.palette import LEAVES, STAYS

NARROW = 480
TOTAL = "#3b4a50"


@dataclass(frozen=True, slots=True)
class Step:
    """``total`` steps stand on the ground line; the others hang from where the one before ended (below zero: minus)."""

    label: str
    amount: Decimal
    total: bool = False
    fill: str | None = None


def waterfall(
    steps: Sequence[Step], *, title: str, description: str, money: Callable[[Decimal], str], id: str = "waterfall",
    width: float = 720,
) -> Chart:  # fmt: skip
    """Amounts are written beside each bar, signed for the steps between totals.

    A narrow chart has its words between the bars, so no line runs from one bar to the next.
    """
    narrow = width < NARROW
    left, span = (0.0, width) if narrow else (250.0, width - 250 - 104)
    pitch, bar = (50.0, 14.0) if narrow else (34.0, 20.0)
    draw = Drawing(id, width, pitch * len(steps) + 6)
    ends = _ends(steps)
    lowest = min(min(a, b) for a, b in ends) if ends else Decimal(0)
    highest = max(max(a, b) for a, b in ends) if ends else Decimal(1)
    reach = (highest - lowest) or Decimal(1)

    def x(value: Decimal) -> float:
        return left + float((value - lowest) / reach) * span

    for n, (step, (a, b)) in enumerate(zip(steps, ends, strict=True)):
        top = n * pitch + (26 if narrow else 7)
        fill = step.fill or (TOTAL if step.total else STAYS if step.amount > 0 else LEAVES)
        draw.rect(min(x(a), x(b)), top, max(abs(x(b) - x(a)), 1.5), bar, fill)
        if n + 1 < len(steps) and not narrow:
            draw.line(x(b), top + bar, x(b), top + pitch, QUIET, 1, "2 2")
        _words(draw, step, n * pitch, narrow, left, money)
    return Chart(draw.finish(title, description), title, description)


def _ends(steps: Sequence[Step]) -> list[tuple[Decimal, Decimal]]:
    """Where each bar begins and ends."""
    out, level = [], Decimal(0)
    for step in steps:
        start = Decimal(0) if step.total else level
        level = step.amount if step.total else level + step.amount
        out.append((start, level))
    return out


def _words(draw: Drawing, step: Step, top: float, narrow: bool, left: float, money: Callable[[Decimal], str]) -> None:
    sign = "+" if step.amount > 0 and not step.total else ""
    shown = sign + money(step.amount)
    if narrow:
        draw.text(0, top + 19, fit(step.label, draw.width - width_of(shown, bold=True) - 10), bold=step.total)
        draw.text(draw.width, top + 19, shown, bold=True, anchor="end")
        return
    lines = wrap(step.label, left - 16, BODY, 2)
    for n, line in enumerate(lines):
        draw.text(0, top + 21.5 - 8 * (len(lines) - 1) + 16 * n, line, bold=step.total)
    draw.text(draw.width, top + 21.5, shown, bold=True, anchor="end")
