"""The strip under a headline figure: the whole, the part, and the range in which it could lie."""

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
        fill = (tone or Tone(STAYS)).fill
        draw.rect(0, 4, _clamp(value) * width, 8, fill, rounded=4)
        if low is not None and high is not None and high - low >= 0.005:
            for ink, thick in (("#ffffff", 5.0), (INK, 2.0)):
                draw.line(a, 8, b, 8, ink, thick)
                for x in (a, b):
                    draw.add(tag("line", x1=x, y1=1.5, x2=x, y2=14.5, stroke=ink, stroke_width=thick - 0.4))
    return Chart(draw.finish(title, description), title, description)


def _clamp(value: float) -> float:
    return min(max(value, 0.0), 1.0)
