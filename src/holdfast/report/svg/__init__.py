"""Our own charts: pure Python, no script, the same string everywhere. Each function gives a :class:`Chart`.

One meaning per colour (see :mod:`.palette`), words and values on the marks, one accessible name that says it all.
"""

from holdfast.report.svg.bars import Bar, bars, share_ticks
from holdfast.report.svg.chart import Chart
from holdfast.report.svg.heat import heat_step
from holdfast.report.svg.palette import LEAVING, NOT_KNOWN, Tone, ring_tones, state_tones
from holdfast.report.svg.range import range_strip
from holdfast.report.svg.sankey import Flow, sankey
from holdfast.report.svg.stacked import Stack, stacked
from holdfast.report.svg.waterfall import Step, waterfall
from holdfast.report.svg.years import Point, Series, bands_meet, years

__all__ = [
    "LEAVING",
    "NOT_KNOWN",
    "Bar",
    "Chart",
    "Flow",
    "Point",
    "Series",
    "Stack",
    "Step",
    "Tone",
    "bands_meet",
    "bars",
    "heat_step",
    "range_strip",
    "ring_tones",
    "sankey",
    "share_ticks",
    "stacked",
    "state_tones",
    "waterfall",
    "years",
]
