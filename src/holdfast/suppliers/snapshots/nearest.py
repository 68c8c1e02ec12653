"""Which snapshot of each register a run uses: the one nearest to the time of its payments."""

from __future__ import annotations

from collections.abc import Sequence

from holdfast.core.figures import Source
from holdfast.core.problem import Problem
from holdfast.suppliers.published import day_of
from holdfast.suppliers.snapshots.store import Snapshot

#: A register that is so much newer or older than a payment may lack who was paid.
DAYS = 366


def nearest(found: Sequence[Snapshot], kind: str, first: str, last: str) -> list[Snapshot]:
    """Of each series of that kind the snapshot nearest to the days from ``first`` to ``last``.

    Of several within that time, or equally far, the latest. One without a date serves where there is no other.
    """
    series: dict[str, list[Snapshot]] = {}
    for snapshot in found:
        if snapshot.kind == kind:
            series.setdefault(snapshot.series, []).append(snapshot)
    return [min(some, key=lambda s: _distance(s, first, last)) for _, some in sorted(series.items())]


def _distance(snapshot: Snapshot, first: str, last: str) -> tuple[bool, int, int, str]:
    day = day_of(snapshot.date)
    if day is None:
        return True, 0, 0, snapshot.id
    begin, end = day_of(first), day_of(last)
    away = max((begin - day).days if begin else 0, (day - end).days if end else 0, 0)
    return False, away, -day.toordinal(), snapshot.id


def out_of_time(source: Source, first: str, last: str) -> list[Problem]:
    """HF506 where a register is more than a year newer than the first payments, or older than the last."""
    day, begin, end = day_of(source.date), day_of(first), day_of(last)
    if day is None or begin is None or end is None:
        return []
    if (day - begin).days > DAYS:
        said = (
            f"{source.name} is of {source.date}, the payments begin on {first}: who has left the register since is not "
            "in it, so that not to be found there proves nothing."
        )
    elif (end - day).days > DAYS:
        said = f"{source.name} is of {source.date}, the payments go on to {last}: who was founded since is not in it."
    else:
        return []
    return [Problem("HF506", said, file=source.note or None, value=source.date)]
