"""report.json: ``holdfast.report/1``. Money and ratios are decimal strings; unknown is null."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from holdfast.core.figures import Figure, InputFile, Results, ResultTable
from holdfast.report.csvs import PROBLEM_COLUMNS, in_order, problem_row

SCHEMA = "holdfast.report/1"


def report_json(results: Results) -> bytes:
    """The whole results object. Figures and tables are sorted by id, problems by place, so files can be compared."""
    return (json.dumps(report_object(results), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def report_object(results: Results) -> dict[str, Any]:
    r = results
    return {
        "schema": SCHEMA,
        "place": r.place,
        "run": r.run,
        "as_of": r.as_of,
        "country": r.country,
        "currency": r.currency,
        "fictional": r.fictional,
        "rings": list(r.rings),
        "years": list(r.years),
        "anchors": [asdict(a) for a in r.anchors],
        "inputs": [_input(i) for i in r.inputs],
        "figures": [_figure(f) for f in sorted(r.figures, key=lambda f: f.id)],
        "tables": [_table(r.tables[id]) for id in sorted(r.tables)],
        "problems": [
            dict(zip(PROBLEM_COLUMNS, map(_value, problem_row(p)), strict=True)) for p in in_order(r.problems)
        ],
        "sources": [asdict(s) for s in r.sources],
        "parameters": dict(sorted(r.parameters.items())),
    }


def _input(file: InputFile) -> dict[str, Any]:
    return {key: _value(value) for key, value in asdict(file).items()}


def _figure(f: Figure) -> dict[str, Any]:
    return {
        "id": f.id,
        "measure": f.measure,
        "label": f.label,
        "value": _value(f.value),
        "low": _value(f.low),
        "high": _value(f.high),
        "numerator": _value(f.numerator),
        "denominator": _value(f.denominator),
        "unit": f.unit,
        "coverage": _value(f.coverage),
        "higher_is": f.higher_is,
        "note": f.note,
        "definition": {
            "area": f.definition.area,
            "basis": f.definition.basis,
            "suppliers": f.definition.suppliers,
            "period": f.definition.period,
            "vat": f.definition.vat,
            "anchors": list(f.definition.anchors),
            "pooling": f.definition.pooling,
            "scope": f.definition.scope,
            "prices": f.definition.prices,
        },
        "selection": {"where": _selection(f.where), "counted": _selection(f.counted)},
    }


def _selection(chosen: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    return {column: [_value(v) for v in chosen[column]] for column in sorted(chosen)}


def _table(table: ResultTable) -> dict[str, Any]:
    return {
        "id": table.id,
        "title": table.title,
        "note": table.note,
        "columns": [asdict(c) for c in table.columns],
        "rows": [[_value(cell) for cell in row] for row in table.rows],
    }


def _value(value: Any) -> Any:
    return f"{value:f}" if isinstance(value, Decimal) else value
