"""Payments x suppliers x places -> figures: one file per measure, each with the definition it is held to."""

from holdfast.measures.assemble import measure_all
from holdfast.measures.published import Published
from holdfast.measures.settings import BridgeStep, Deflator, IncompleteYears, MeasureSettings, MeasureTables

__all__ = ["BridgeStep", "Deflator", "IncompleteYears", "MeasureSettings", "MeasureTables", "Published", "measure_all"]
