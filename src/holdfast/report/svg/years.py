"""Lines by year, with the range of each point as a band, and a gap where a year is not complete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from holdfast.report.svg.chart import Chart
from holdfast.report.svg.draw import BODY, QUIET, SMALL, Drawing, number, tag, width_of, wrap
from holdfast.report.svg.palette import Tone

TOP, BOTTOM = 16.0, 34.0
#: Room for names beside the lines.
BESIDE = 176.0
#: How far apart two values at one year must be to be read, and how far a value must be from another line's dot.
LABEL, DOT = 16.0, 11.0
#: How much of the smaller range another may cover before only the first is drawn.
OVERLAP = 0.5


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

    def __init__(self, dots: dict[int, list[float]]) -> None:
        self.dots = dots
        self.places: dict[int, list[float]] = {}

    def free(self, n: int, dot: float, baselines: Sequence[float]) -> float | None:
        """The first baseline for the value of a dot that is free; ``None`` where none is. What is given is taken.

        Free is what is far enough from other values and other dots, with no other dot between it and its own.
        """
        taken = self.places.setdefault(n, [])
        others = [y for y in self.dots.get(n, []) if y != dot]
        for y in baselines:
            middle = y - 4.5
            near, far = min(dot, middle), max(dot, middle)
            apart = all(abs(middle - other) >= DOT and not near < other < far for other in others)
            if apart and all(abs(y - other) >= LABEL for other in taken):
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
    """Every series has the same years in the same order. Each line is named at its end, on a narrow chart under it.

    Where ranges lie over one another only that of the first series is drawn.
    """
    draw = Drawing(id, width, height)
    narrow = width < 480
    labels = [p.year for p in series[0].points] if series else []
    frame = _Frame(38, width - (4 if narrow else BESIDE), height - BOTTOM, _ceiling(series), max(len(labels), 1))
    _axes(draw, frame, labels, narrow)
    ranged = series[:1] if bands_meet(series) else series
    for s in ranged:
        _band(draw, frame, s)
    written = _Written(_dot_places(frame, series))
    apart = len(series) == 2 and len(labels) <= 3 and not narrow
    for n, s in enumerate(series):
        _line(draw, frame, s)
        aside = (n * 2 - 1) * 6.0 if apart and not _runs(s) else 0.0
        _dots(draw, frame, s, narrow, written, aside, ranged=s in ranged or bool(aside))
    (_names_above if narrow else _names_beside)(draw, frame, series)
    return Chart(draw.finish(title, description), title, description)


def bands_meet(series: Sequence[Series]) -> bool:
    """Whether the ranges of two series cover each other so far that neither could be read."""
    for points in zip(*(s.points for s in series), strict=True):
        known = [(p.low, p.high) for p in points if p.low is not None and p.high is not None and p.high > p.low]
        for n, (low, high) in enumerate(known):
            for other_low, other_high in known[n + 1 :]:
                both = min(high, other_high) - max(low, other_low)
                if both > OVERLAP * min(high - low, other_high - other_low):
                    return True
    return False


def _dot_places(frame: _Frame, series: Sequence[Series]) -> dict[int, list[float]]:
    """Year -> the heights of its dots."""
    places: dict[int, list[float]] = {}
    for s in series:
        for n, p in enumerate(s.points):
            if p.value is not None:
                places.setdefault(n, []).append(frame.y(p.value))
    return places


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


def _dots(
    draw: Drawing, frame: _Frame, series: Series, narrow: bool, written: _Written, aside: float, *, ranged: bool
) -> None:
    """``aside``: how far from its year a dot is drawn, its value beside it, where two ranges would lie on another.

    A dot with a range of its own, which is no part of a line, has its value beside it, off that range. On a wide chart
    the last value stands with the name.
    """
    known = [n for n, p in enumerate(series.points) if p.value is not None]
    # of many years the ends are written, where there is a line those of the line
    joined = [n for run in _runs(series) if len(run) > 1 for n, _ in run]
    ends = joined or known
    labelled = set(known) if not narrow and len(known) <= 8 else {ends[0], ends[-1]} if ends else set()
    if not narrow and not aside and known:
        labelled -= {known[-1]}
    for n, p in enumerate(series.points):
        if p.value is None:
            continue
        x, y = frame.x(n) + aside, frame.y(p.value)
        lone = p.low is not None and p.high is not None and p.low < p.high and n not in joined
        if lone and ranged:
            draw.line(x, frame.y(p.low or 0), x, frame.y(p.high or 0), series.tone.fill, 1.6)
        draw.add(
            tag("circle", cx=x, cy=y, r=4.5, fill=series.tone.fill if p.complete else "#ffffff",
                stroke=series.tone.fill if not p.complete else "#ffffff", stroke_width=2.0 if not p.complete else 1.2)
        )  # fmt: skip
        if aside:
            draw.text(x + aside * 2, y + 4, p.shown, anchor="start" if aside > 0 else "end", bold=True)
        elif n in labelled and lone:
            at_end = x + 9 + width_of(p.shown, bold=True) > (frame.x(n + 1) - 8 if n + 1 < frame.count else draw.width)
            _value(draw, x + (-9 if at_end else 9), written.free(n, y, [y + 4.5]), p.shown, "end" if at_end else None)
        elif n in labelled:
            low = [y + 20] if y + 22 < frame.base else []
            _value(draw, x, written.free(n, y, [y - 11, *low]), p.shown, "middle")


def _value(draw: Drawing, x: float, y: float | None, shown: str, anchor: str | None) -> None:
    """Left out where it would stand on another; the table has it."""
    if y is not None:
        draw.text(x, y, shown, anchor=anchor, bold=True)


def _names_beside(draw: Drawing, frame: _Frame, series: Sequence[Series]) -> None:
    """Last value and name at the right, each at the height of its last point and moved where two would meet."""
    placed = []
    for s in series:
        last = [p for p in s.points if p.value is not None]
        if last:
            placed.append((frame.y(last[-1].value or 0), s, last[-1].shown))
    placed.sort(key=lambda known: (known[0], known[1].name))
    room = draw.width - frame.right - 22
    widest = max((width_of(shown, bold=True) for _, _, shown in placed), default=0) + 6
    blocks = [(y, s, shown, wrap(s.name, room - widest, BODY, 3)) for y, s, shown in placed]
    starts, lowest = [], TOP - 20
    for y, _, _, lines in blocks:
        starts.append(max(y - 8 * (len(lines) - 1) + 4.5, lowest + 22))
        lowest = starts[-1] + 16 * (len(lines) - 1)
    floor = draw.height - 6
    for n in range(len(blocks) - 1, -1, -1):
        # what was pushed under the picture goes up again, and what stands above it too
        starts[n] = min(starts[n], floor - 16 * (len(blocks[n][3]) - 1))
        floor = starts[n] - 22
    for start, (_, s, shown, lines) in zip(starts, blocks, strict=True):
        draw.rect(frame.right + 4, start - 9, 10, 10, s.tone.fill, rounded=2)
        draw.text(frame.right + 22, start, shown, bold=True)
        for n, text in enumerate(lines):
            draw.text(frame.right + 22 + widest, start + 16 * n, text)


def _names_above(draw: Drawing, frame: _Frame, series: Sequence[Series]) -> None:
    """The key under the years; the picture grows by a line for each."""
    for s in series:
        draw.rect(0, draw.height + 2, 11, 11, s.tone.fill, rounded=2)
        draw.text(18, draw.height + 12, wrap(s.name, draw.width - 20, BODY, 1)[0])
        draw.height += 22
