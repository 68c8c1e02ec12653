"""The report's sections, each made from the findings alone. One without data says what is missing and what to do."""

from __future__ import annotations

from holdfast.report.blocks import Section, TableMaker
from holdfast.report.findings import Findings
from holdfast.report.sections.method import bridge, definitions, gaps, method, published
from holdfast.report.sections.money import anchors, categories, coverage, matrix, where, years
from holdfast.report.sections.who import concentration, ownership, suppliers

ORDER = (
    coverage, where, anchors, categories, matrix, years, suppliers, ownership, concentration, published, gaps, bridge,
    definitions, method,
)  # fmt: skip


def all_sections(f: Findings, make: TableMaker) -> list[Section]:
    """Every section that has something to say of these results, in the order of the page."""
    made = (section(f, make) for section in ORDER)
    return [section for section in made if section]
