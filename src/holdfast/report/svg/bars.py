"""Horizontal bars: shares with the range in which the unknown could fall, and parts of a whole in money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from holdfast.report.svg.chart import Chart
from holdfast.report.svg.draw import BODY, INK, QUIET, SMALL, Drawing, fit, wrap
from holdfast.report.svg.palette import GROUND, STAYS, Tone

#: Below this width a label stands above its bar instead of beside it.
NARROW = 480


@dataclass(frozen=True, slots=True)
class Bar:
    """``value`` (with ``low`` and ``high``) is a part of the axis, 0 to 1; ``None`` is drawn as not known, never as 0.

    ``whole``: the lighter bar behind, where the bar is a part of something. ``shown`` is written beside the bar,
    ``range`` under it and ``detail`` under the label, all ready to read.
    """

    label: str
    value: float | None
    shown: str
    detail: str = ""
    low: float | None = None
    high: float | None = None
    range: str = ""
    whole: float | None = None
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where things stand: the bar area from ``x`` for ``span`` pixels."""

    x: float
    span: float
    bar: float
    narrow: bool

    def lines(self, row: Bar) -> list[str]:
        """The label on one line or two."""
        return wrap(row.label, self.span - 92 if self.narrow else self.x - 16, BODY, 2)

    def height(self, row: Bar) -> float:
        """The room a row needs."""
        extra = 16 * (len(self.lines(row)) - 1)
        if self.narrow:
            return 62.0 + extra
        return 44.0 + (14 if extra and row.detail else 0)


def bars(
    rows: Sequence[Bar],
    *,
    title: str,
    description: str,
    id: str = "bars",
    width: float = 720,
    ticks: Sequence[tuple[float, str]] = (),
    tone: Tone | None = None,
) -> Chart:
    """One bar per row, in the order given. ``ticks``: place on the axis (0 to 1) and its label."""
    narrow = width < NARROW
    frame = _Frame(0, width - 2, 14, True) if narrow else _Frame(236, width - 236 - 104, 18, False)
    top = 24.0 if ticks else 6.0
    draw = Drawing(id, width, top + sum(frame.height(row) for row in rows) + 4)
    for place, label in ticks:
        x = frame.x + place * frame.span
        draw.line(x, top - 4, x, draw.height - 4)
        anchor = {0.0: None, 1.0: "end"}.get(place, "middle") if narrow else "middle"
        draw.text(x, top - 9, label, size=SMALL, ink=QUIET, anchor=anchor)
    for row in rows:
        _row(draw, frame, top, row, row.tone or tone or Tone(STAYS))
        top += frame.height(row)
    return Chart(draw.finish(title, description), title, description)


def _row(draw: Drawing, frame: _Frame, top: float, row: Bar, tone: Tone) -> None:
    height = frame.height(row)
    y = top + (height - 23 if frame.narrow else (height - frame.bar) / 2)
    if row.whole is not None:
        draw.rect(frame.x, y, _length(row.whole, frame), frame.bar, GROUND, stroke="#c3cecb")
    if row.value is None:
        _unknown(draw, frame, y, row)
    else:
        draw.rect(frame.x, y, _length(row.value, frame), frame.bar, tone.paint(draw.hatch))
        _whisker(draw, frame, y + frame.bar / 2, row)
    (_words_above if frame.narrow else _words_beside)(draw, frame, top, row)


def _length(value: float, frame: _Frame) -> float:
    return min(max(value, 0.0), 1.0) * frame.span


def _unknown(draw: Drawing, frame: _Frame, y: float, row: Bar) -> None:
    low, high = _length(row.low or 0, frame), _length(1 if row.high is None else row.high, frame)
    draw.rect(frame.x + low, y, high - low, frame.bar, f"url(#{draw.hatch})")


def _whisker(draw: Drawing, frame: _Frame, y: float, row: Bar) -> None:
    if row.low is None or row.high is None or row.high - row.low < 0.002:
        return
    a, b = frame.x + _length(row.low, frame), frame.x + _length(row.high, frame)
    # white below black keeps the line readable on a dark bar and on the page
    for ink, thick in (("#ffffff", 3.4), (INK, 1.6)):
        draw.line(a, y, b, y, ink, thick)
        for x in (a, b):
            draw.line(x, y - 5, x, y + 5, ink, thick)


def _words_beside(draw: Drawing, frame: _Frame, top: float, row: Bar) -> None:
    lines, middle = frame.lines(row), top + frame.height(row) / 2 + 4.5
    y = middle - 8 * (len(lines) - 1 + bool(row.detail))
    for line in lines:
        draw.text(0, y, line)
        y += 16
    if row.detail:
        draw.text(0, y, fit(row.detail, frame.x - 16, SMALL), size=SMALL, ink=QUIET)
    right = frame.x + frame.span + 12
    draw.text(right, middle - (8 if row.range else 0), fit(row.shown, 92, bold=True), bold=True)
    if row.range:
        draw.text(right, middle + 8, fit(row.range, 92, SMALL), size=SMALL, ink=QUIET)


def _words_above(draw: Drawing, frame: _Frame, top: float, row: Bar) -> None:
    draw.text(frame.span, top + 16, fit(row.shown, 88, bold=True), bold=True, anchor="end")
    if row.range:
        draw.text(frame.span, top + 32, row.range, size=SMALL, ink=QUIET, anchor="end")
    y = top + 16
    for line in frame.lines(row):
        draw.text(frame.x, y, line)
        y += 16
    if row.detail:
        draw.text(frame.x, y, fit(row.detail, frame.span - 100, SMALL), size=SMALL, ink=QUIET)


def share_ticks() -> list[tuple[float, str]]:
    """The axis of a share: 0 to 100 per cent."""
    return [(n / 4, f"{n * 25}%") for n in range(5)]
