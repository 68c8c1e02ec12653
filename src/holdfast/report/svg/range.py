"""The strip under a headline figure: full colour up to low, pale from low to high, a mark at the figure itself."""

from __future__ import annotations

from holdfast.report.svg.chart import Chart
from holdfast.report.svg.draw import INK, Drawing, tag
from holdfast.report.svg.palette import GROUND, STAYS, Tone


def range_strip(
    value: float | None, low: float | None, high: float | None, *, title: str, description: str = "",
    id: str = "range", width: float = 220, tone: Tone | None = None,
) -> Chart:  # fmt: skip
    """All values 0 to 1. Without a value only the range is drawn, hatched."""
    draw = Drawing(id, width, 16)
    draw.rect(0, 4, width, 8, GROUND, rounded=4)
    if low is not None and high is not None:
        a, b = _clamp(low) * width, _clamp(high) * width
        if value is None:
            draw.rect(a, 4, max(b - a, 2), 8, f"url(#{draw.hatch})")
    if value is not None:
        fill, x = (tone or Tone(STAYS)).fill, _clamp(value) * width
        sure = x if low is None or high is None else a
        draw.rect(0, 4, sure, 8, fill, rounded=min(4.0, sure / 2))
        if low is not None and high is not None and b - a > 1:
            draw.add(tag("rect", x=a, y=4.0, width=b - a, height=8.0, fill=fill, fill_opacity=0.38))
        draw.rect(x - 1.5, 0, 3, 16, INK)
    return Chart(draw.finish(title, description), title, description)


def _clamp(value: float) -> float:
    return min(max(value, 0.0), 1.0)
