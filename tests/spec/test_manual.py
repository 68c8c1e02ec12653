"""The manual: a page for every measure, all with the same headings, and every example in it is true."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import holdfast.measures as room
from holdfast.measures import (
    anchor_category,
    bridge,
    by_anchor,
    by_category,
    by_year,
    change,
    concentration,
    controlling_owners,
    coverage,
    deprivation,
    flows,
    flows_by_area,
    gaps,
    leakage,
    local_share,
    months,
    ownership,
    ownership_form,
    shared_suppliers,
    size,
    top_suppliers,
    where,
)
from holdfast.measures.selection import fetch
from holdfast.measures.settings import MeasureTables
from spec.spend_rows import arrow, engine, spend

HEADINGS = [
    "What it says",
    "How it is worked out",
    "Example",
    "Why it matters",
    "Source",
    "Output",
    "Settings",
    "What is left out",
    "Assumptions and limits",
]
PAGES = Path(__file__).resolve().parents[2] / "docs" / "measures"
HOMES = (("council", "E07000120"), ("college", "E07000120"))
#: Page -> its measure and the settings of its example.
EXAMPLES: dict[str, tuple[Any, Any]] = {
    "anchor-category": (anchor_category, anchor_category.Spec(ring=0, top=2)),
    "bridge": (bridge, bridge.Spec()),
    "by-anchor": (by_anchor, by_anchor.Spec(1)),
    "by-category": (by_category, by_category.Spec(1, top=1)),
    "by-year": (by_year, by_year.Spec(1)),
    "change": (change, change.Spec(1, incomplete="compare")),
    "concentration": (concentration, concentration.Spec()),
    "controlling-owners": (controlling_owners, controlling_owners.Spec()),
    "coverage": (coverage, coverage.Spec()),
    "deprivation": (deprivation, deprivation.Spec(1)),
    "flows": (flows, flows.Spec(1)),
    "flows-by-area": (flows_by_area, flows_by_area.Spec(HOMES)),
    "gaps": (gaps, gaps.Spec()),
    "leakage": (leakage, leakage.Spec(2)),
    "local-share": (local_share, local_share.Spec(2)),
    "months": (months, months.Spec(4)),
    "ownership": (ownership, ownership.Spec()),
    "ownership-form": (ownership_form, ownership_form.Spec()),
    "shared-suppliers": (shared_suppliers, shared_suppliers.Spec()),
    "size": (size, size.Spec()),
    "top-suppliers": (top_suppliers, top_suppliers.Spec(top=1)),
    "where": (where, where.Spec(2)),
}


def rows_of(text: str) -> list[dict[str, Any]]:
    """The payments of an example; a blank cell is unknown."""
    read: dict[str, Any] = {"ring": int, "deprived": lambda cell: cell == "yes", "amount": Decimal}
    return [
        spend(**{name: read.get(name, str)(cell) if cell else None for name, cell in line.items()})
        for line in csv.DictReader(io.StringIO(text))
    ]


def results_of(page: str, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What the engine makes of an example; the plain definition agrees."""
    measure, spec = EXAMPLES[page]
    tables = MeasureTables(arrow(rows))
    tallied = fetch(measure.compute(engine(), tables, spec))
    calendar = [months.reference(rows, months.Spec(4))] if measure is change else []
    found = measure.finish(tallied, spec, *calendar)
    assert found == measure.reference(rows, spec)
    return found


def as_text(records: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """Records as the manual prints them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([columns, *([_cell(record[name]) for name in columns] for record in records)])
    return out.getvalue().rstrip("\n")


def _cell(value: Any) -> str:
    if isinstance(value, tuple):
        return " ".join(value)
    return "" if value is None else ("yes" if value else "no") if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("page", sorted(EXAMPLES))
def test_the_example_of_the_page_is_true(page: str) -> None:
    text = (PAGES / f"{page}.md").read_text(encoding="utf-8").split("## Example")[1]
    given, said = (block.strip("\n") for block in text.split("```text\n")[1:3])
    given, said = given.split("\n```")[0], said.split("\n```")[0]
    assert said == as_text(results_of(page, rows_of(given)), said.splitlines()[0].split(","))


@pytest.mark.parametrize("page", [*sorted(EXAMPLES), "published"])
def test_every_page_has_the_same_headings(page: str) -> None:
    lines = (PAGES / f"{page}.md").read_text(encoding="utf-8").splitlines()
    assert [line[3:] for line in lines if line.startswith("## ")] == HEADINGS


def test_every_measure_has_its_page_and_every_page_its_measure() -> None:
    measures = {module.__name__.split(".")[-1] for module in vars(room).values() if hasattr(module, "reference")}
    pages = {path.stem.replace("-", "_") for path in PAGES.glob("*.md")} - {"index"}
    assert pages == measures | {"published"}
