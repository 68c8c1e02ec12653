"""Lines by year, with the range of each point as a band, and a gap where a year is not complete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from holdfast.report.svg.chart import Chart
from holdfast.report.svg.draw import BODY, QUIET, SMALL, Drawing, number, tag, width_of, wrap
from holdfast.report.svg.palette import Tone

TOP, BOTTOM = 16.0, 34.0
#: How far apart two values at one year must be to be read.
LABEL = 16.0


@dataclass(frozen=True, slots=True)
class Point:
    """A year's value, 0 to 1, and what is written at it.

    ``None`` or ``complete=False`` breaks the line; an incomplete year is a hollow dot.
    """

    year: str
    value: float | None
    low: float | None = None
    high: float | None = None
    complete: bool = True
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    name: str
    tone: Tone
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class _Frame:
    left: float
    right: float
    base: float
    ceiling: float
    count: int

    def x(self, n: int) -> float:
        return self.left + (self.right - self.left) * ((n + 0.5) / self.count)

    def y(self, value: float) -> float:
        return self.base - (self.base - TOP) * value / self.ceiling


class _Written:
    """Where values have been written, so that none is written over another."""

    def __init__(self) -> None:
        self.places: dict[int, list[float]] = {}

    def free(self, n: int, above: float, below: float) -> float | None:
        """The first of two heights at a year that is free; ``None`` where neither is. What is given is taken."""
        taken = self.places.setdefault(n, [])
        for y in (above, below):
            if all(abs(y - other) >= LABEL for other in taken):
                taken.append(y)
                return y
        return None


def years(
    series: Sequence[Series],
    *,
    title: str,
    description: str,
    id: str = "years",
    width: float = 720,
    height: float = 300,
) -> Chart:
    """Every series has the same years in the same order. Each line is named at its end, on a narrow chart above it."""
    draw = Drawing(id, width, height)
    narrow = width < 480
    labels = [p.year for p in series[0].points] if series else []
    frame = _Frame(38, width - (4 if narrow else 150), height - BOTTOM, _ceiling(series), max(len(labels), 1))
    _axes(draw, frame, labels, narrow)
    for s in series:
        _band(draw, frame, s)
    written = _Written()
    apart = len(series) == 2 and len(labels) <= 3 and not narrow
    for n, s in enumerate(series):
        _line(draw, frame, s)
        _dots(draw, frame, s, narrow, written, (n * 2 - 1) * 6.0 if apart and not _runs(s) else 0.0)
    (_names_above if narrow else _names_beside)(draw, frame, series)
    return Chart(draw.finish(title, description), title, description)


def _ceiling(series: Sequence[Series]) -> float:
    """The top of the axis: the next tenth above everything, with room for a label."""
    seen = [v for s in series for p in s.points for v in (p.value, p.high) if v is not None]
    tenths = int(max(seen, default=0.5) * 10 + 0.7) + 1
    return min(max(tenths, 2), 10) / 10


def _axes(draw: Drawing, frame: _Frame, labels: Sequence[str], narrow: bool) -> None:
    step = 0.2 if frame.ceiling > 0.5 else 0.1
    for n in range(int(frame.ceiling / step + 1e-9) + 1):
        y = frame.y(n * step)
        draw.line(frame.left, y, frame.right, y)
        draw.text(frame.left - 7, y + 4, f"{n * step * 100:.0f}%", size=SMALL, ink=QUIET, anchor="end")
    room = (frame.right - frame.left) / frame.count
    widest = max((width_of(text, SMALL) for text in labels), default=0) + 8
    every = max(1, -(-int(widest) // max(int(room), 1)))
    for n, text in enumerate(labels):
        # counted from the last year, which is always named
        if (len(labels) - 1 - n) % every == 0:
            middle = min(frame.x(n), draw.width - width_of(text, SMALL) / 2 - 2)
            draw.text(middle, frame.base + 20, text, size=SMALL, ink=QUIET, anchor="middle")


def _runs(series: Series) -> list[list[tuple[int, Point]]]:
    """Stretches of neighbouring complete years with a value."""
    keyed = groupby(enumerate(series.points), key=lambda pair: pair[1].complete and pair[1].value is not None)
    return [list(group) for whole, group in keyed if whole]


def _band(draw: Drawing, frame: _Frame, series: Series) -> None:
    for run in _runs(series):
        known = [(n, p.low, p.high) for n, p in run if p.low is not None and p.high is not None]
        if len(known) > 1:
            over = [f"{number(frame.x(n))} {number(frame.y(high))}" for n, _, high in known]
            under = [f"{number(frame.x(n))} {number(frame.y(low))}" for n, low, _ in reversed(known)]
            draw.add(tag("path", d="M" + "L".join(over + under) + "Z", fill=series.tone.fill, fill_opacity=0.16))


def _line(draw: Drawing, frame: _Frame, series: Series) -> None:
    for run in _runs(series):
        if len(run) > 1:
            at = "L".join(f"{number(frame.x(n))} {number(frame.y(p.value or 0))}" for n, p in run)
            draw.add(tag("path", d="M" + at, fill="none", stroke=series.tone.fill, stroke_width=2.5))


def _dots(draw: Drawing, frame: _Frame, series: Series, narrow: bool, written: _Written, aside: float) -> None:
    """``aside``: how far from its year a dot is drawn, its value beside it, where two ranges would lie on another."""
    known = [n for n, p in enumerate(series.points) if p.value is not None]
    # of many years the ends are written, where there is a line those of the line
    ends = [n for run in _runs(series) for n, _ in run] or known
    labelled = set(known) if not narrow and len(known) <= 8 else {ends[0], ends[-1]} if ends else set()
    for n, p in enumerate(series.points):
        if p.value is None:
            continue
        x, y = frame.x(n) + aside, frame.y(p.value)
        top = y
        if p.low is not None and p.high is not None and not (p.complete and len(known) > 1):
            top = frame.y(p.high)
            draw.line(x, frame.y(p.low), x, top, series.tone.fill, 1.6)
        draw.add(
            tag("circle", cx=x, cy=y, r=4.5, fill=series.tone.fill if p.complete else "#ffffff",
                stroke=series.tone.fill if not p.complete else "#ffffff", stroke_width=2.0 if not p.complete else 1.2)
        )  # fmt: skip
        if aside:
            draw.text(x + aside * 2, y + 4, p.shown, anchor="start" if aside > 0 else "end", bold=True)
        elif n in labelled:
            _value(draw, x, written.free(n, min(y, top + 4) - 11, y + 20), p.shown)


def _value(draw: Drawing, x: float, y: float | None, shown: str) -> None:
    """Left out where it would stand on another; the table has it."""
    if y is not None:
        draw.text(x, y, shown, anchor="middle", bold=True)


def _names_beside(draw: Drawing, frame: _Frame, series: Sequence[Series]) -> None:
    """Names at the right, each at the height of its last point and pushed down where two would meet."""
    placed = []
    for s in series:
        last = [p.value for p in s.points if p.value is not None]
        if last:
            placed.append((frame.y(last[-1]), s))
    lowest = -100.0
    for y, s in sorted(placed, key=lambda pair: (pair[0], pair[1].name)):
        lines = wrap(s.name, draw.width - frame.right - 20, BODY, 3)
        start = max(y - 8 * (len(lines) - 1) + 4.5, lowest + 24)
        draw.rect(frame.right + 4, start - 9, 10, 10, s.tone.fill, rounded=2)
        for n, text in enumerate(lines):
            draw.text(frame.right + 20, start + 16 * n, text)
        lowest = start + 16 * (len(lines) - 1)


def _names_above(draw: Drawing, frame: _Frame, series: Sequence[Series]) -> None:
    """The key under the years; the picture grows by a line for each."""
    for s in series:
        draw.rect(0, draw.height + 2, 11, 11, s.tone.fill, rounded=2)
        draw.text(18, draw.height + 12, wrap(s.name, draw.width - 20, BODY, 1)[0])
        draw.height += 22
