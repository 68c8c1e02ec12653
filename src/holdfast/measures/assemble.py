"""All figures and tables of a run, from the ``spend`` table and the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfast.core.figures import Figure, ResultTable
from holdfast.core.problem import Problem
from holdfast.measures import local_share
from holdfast.measures.naming import Frame
from holdfast.measures.selection import Selection, fetch
from holdfast.measures.settings import MeasureSettings, MeasureTables

if TYPE_CHECKING:
    from holdfast.engine.duck import Engine


def measure_all(
    engine: Engine, tables: MeasureTables, settings: MeasureSettings
) -> tuple[tuple[Figure, ...], dict[str, ResultTable], list[Problem]]:
    """Every figure, every result table by id, and what a person should know about them. Reads and writes no file."""
    frame = Frame.of(settings, Selection(settings.currency), settings.period)
    spec = local_share.Spec(len(settings.rings), selection=frame.selection)
    records = local_share.finish(fetch(local_share.compute(engine, tables, spec)), spec)
    found = local_share.figures(spec, records, frame)
    return tuple(found), {"local_share": local_share.table([(spec, records)], frame)}, []
