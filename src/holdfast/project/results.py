"""A finished run's results, read back from its ``report.json``: the same object the report was written from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from holdfast.core.figures import (
    Anchor,
    Cell,
    Column,
    Definition,
    Figure,
    InputFile,
    Results,
    ResultTable,
    Source,
)
from holdfast.core.problem import HoldfastError, Problem

FILE = "report.json"
FACTS = "facts.parquet"


def load_results(folder: Path) -> Results:
    """The results of the run in ``folder``. Raises :class:`HoldfastError` HF407 where there is none to be read."""
    try:
        document = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return _results(document)
    except (OSError, ValueError, KeyError, TypeError) as error:
        problem = Problem("HF407", f"{folder.name} holds no results that can be read.", value=folder.name)
        raise HoldfastError(problem) from error


def facts_of(folder: Path) -> Path:
    """The payments behind the run in ``folder``. Raises :class:`HoldfastError` HF407 where they cannot be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        pq.read_metadata(folder / FACTS)
    except (OSError, pa.ArrowException) as error:
        problem = Problem("HF407", f"{FACTS} of {folder.name} is missing or damaged.", value=folder.name)
        raise HoldfastError(problem) from error
    return folder / FACTS


def _results(d: Mapping[str, Any]) -> Results:
    tables = {t["id"]: _table(t) for t in d["tables"]}
    return Results(
        place=d["place"],
        run=d["run"],
        as_of=d["as_of"],
        currency=d["currency"],
        country=d["country"],
        fictional=d["fictional"],
        rings=tuple(d["rings"]),
        anchors=tuple(Anchor(**a) for a in d["anchors"]),
        years=tuple(d["years"]),
        figures=tuple(_figure(f) for f in d["figures"]),
        tables=tables,
        inputs=tuple(InputFile(**{**i, "total": Decimal(i["total"])}) for i in d["inputs"]),
        problems=tuple(_problem(p) for p in d["problems"]),
        sources=tuple(Source(**s) for s in d["sources"]),
        parameters=d["parameters"],
    )


def _figure(f: Mapping[str, Any]) -> Figure:
    number = {k: _decimal(f[k]) for k in ("value", "low", "high", "numerator", "denominator", "coverage")}
    definition = Definition(**{**f["definition"], "anchors": tuple(f["definition"]["anchors"])})
    return Figure(
        id=f["id"],
        measure=f["measure"],
        label=f["label"],
        unit=f["unit"],
        definition=definition,
        higher_is=f["higher_is"],
        note=f["note"],
        where=f["selection"]["where"],
        counted=f["selection"]["counted"],
        **number,
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _table(t: Mapping[str, Any]) -> ResultTable:
    columns = tuple(Column(**c) for c in t["columns"])
    rows = tuple(tuple(_cell(v, c.unit) for v, c in zip(row, columns, strict=True)) for row in t["rows"])
    return ResultTable(t["id"], t["title"], columns, rows, t["note"])


def _cell(value: Any, unit: str) -> Cell:
    """Decimals were written as text in the columns that count something; text columns hold text."""
    if isinstance(value, str) and unit not in ("text", "date"):
        return Decimal(value)
    return value  # type: ignore[no-any-return]


def _problem(p: Mapping[str, Any]) -> Problem:
    return Problem(
        p["code"],
        p["message"],
        file=p["file"],
        sheet=p["sheet"],
        row=p["row"],
        column=p["column"],
        value=p["value"],
        help=p["what_to_do"],
        count=p["count"],
        amount=_decimal(p["amount"]),
    )
