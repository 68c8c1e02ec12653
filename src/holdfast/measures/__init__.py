"""Payments x suppliers x places -> figures: one file per measure, each with the definition it is held to.

A measure's file has a frozen ``Spec``; ``compute``, which gives a lazy relation of exact sums in portable SQL over the
``spend`` table; ``finish``, which makes records with shares and ranges of them; and ``reference``, the same records in
plain Python, slowly, which is the definition. ``table`` and ``figures`` show the records.
"""

from holdfast.measures.assemble import measure_all
from holdfast.measures.compare import Comparison, compare_figures
from holdfast.measures.published import Published
from holdfast.measures.settings import BridgeStep, Deflator, IncompleteYears, MeasureSettings, MeasureTables

__all__ = [
    "BridgeStep",
    "Comparison",
    "Deflator",
    "IncompleteYears",
    "MeasureSettings",
    "MeasureTables",
    "Published",
    "compare_figures",
    "measure_all",
]
