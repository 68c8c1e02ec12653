"""``holdfast ask``: what each anchor could tell us, worked out from a finished run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from holdfast.core.figures import THIRD_PARTY, Anchor, Results
from holdfast.engine.duck import Engine, quote_text
from holdfast.measures import months
from holdfast.packs import load as load_pack
from holdfast.project import manifest
from holdfast.project.results import facts_of, load_results
from holdfast.project.store import Store
from holdfast.report import AskRequest, AskRow, AskSupplier, Need

#: So many suppliers fit a letter; they hold most of the money.
SUPPLIERS = 200
#: Rows that could not be read, and rows read with a doubt that the anchor can settle.
_ROW_CODES = ("HF301", "HF302", "HF303")
_COUNTED = f"scope = {quote_text(THIRD_PARTY)} AND kind NOT IN ('commitment', 'duplicate')"


def requests(project: Path, run: str = "latest") -> tuple[Results, list[AskRequest]]:
    """The results of a run and one request for each anchor, in the order of the settings."""
    folder = Store(project).find(run)
    results, made = load_results(folder), manifest.read(folder)
    engine = Engine()
    try:
        engine.register("facts", facts_of(folder))
        missing = _missing_months(engine, results)
        return results, [_request(engine, results, made, a, missing.get(a.id, ())) for a in results.anchors]
    finally:
        engine.close()


def _request(
    engine: Engine, results: Results, made: Mapping[str, Any], anchor: Anchor, missing: Sequence[str]
) -> AskRequest:
    mine = f"anchor = {quote_text(anchor.id)}"
    total = engine.rows(f"""
        SELECT COALESCE(SUM(amount), 0) AS total, COALESCE(SUM(CASE WHEN ring IS NULL THEN amount END), 0) AS unplaced,
            MIN(month) AS first, MAX(month) AS last FROM facts WHERE {mine} AND {_COUNTED}""")[0]
    suppliers = _suppliers(engine, mine)
    rows = _rows(results, anchor)
    has_list = any(o["role"] == f"creditors of {anchor.id}" for o in made["made_from"]["others"])
    vat = {t["vat_basis"] for t in made["tables"] if t["anchor"] == anchor.id and t["rows_typed"]}
    wanted: dict[Need, bool] = {
        "creditor list": bool(suppliers) and not has_list,
        "contract register": True,
        "vat basis": "as published" in vat,
        "missing months": bool(missing),
        "rows": bool(rows),
    }
    return AskRequest(
        anchor=anchor,
        needs=tuple(need for need, is_wanted in wanted.items() if is_wanted),
        total=total["total"],
        unplaced=total["unplaced"],
        period=" to ".join(dict.fromkeys(m for m in (total["first"], total["last"]) if m)),
        suppliers=tuple(suppliers),
        rows=tuple(rows),
        months=tuple(missing),
    )


def _suppliers(engine: Engine, mine: str) -> list[AskSupplier]:
    """Organisations that could not be placed, by money. Private persons never stand in a letter."""
    found = engine.rows(f"""
        WITH chosen AS (
            SELECT supplier_key, supplier_name, supplier_id, org_id, amount, file, row,
                ROW_NUMBER() OVER (PARTITION BY supplier_key ORDER BY file, sheet NULLS FIRST, row) AS n
            FROM facts WHERE {mine} AND {_COUNTED} AND ring IS NULL AND supplier_kind NOT IN ('person', 'not disclosed')
        )
        SELECT supplier_key, MIN(supplier_name) AS name, MIN(supplier_id) AS id, MAX(org_id) AS org,
            SUM(amount) AS amount, COUNT(*) AS payments,
            MIN(CASE WHEN n = 1 THEN file END) AS file, MIN(CASE WHEN n = 1 THEN row END) AS row
        FROM chosen GROUP BY supplier_key ORDER BY SUM(amount) DESC, supplier_key LIMIT {SUPPLIERS}""")
    return [
        AskSupplier(
            supplier=r["name"],
            amount=Decimal(r["amount"]),
            payments=int(r["payments"]),
            needs=("postcode",) if r["org"] else ("postcode", "company number"),
            supplier_id=r["id"],
            file=r["file"],
            row=r["row"],
        )
        for r in found
    ]


def _rows(results: Results, anchor: Anchor) -> list[AskRow]:
    files = {i.path for i in results.inputs if i.anchor == anchor.id}
    found = [p for p in results.problems if p.code in _ROW_CODES and p.file in files]
    found.sort(key=lambda p: (p.file or "", p.sheet or "", p.row or 0, p.code))
    return [AskRow(p.file or "", p.row, p.message, p.sheet, p.count, p.amount) for p in found]


def _missing_months(engine: Engine, results: Results) -> dict[str, list[str]]:
    spec = months.Spec(load_pack(results.country).fiscal_first_month)
    rows = engine.rows("""
        SELECT DISTINCT anchor, year, month FROM facts
        WHERE year IS NOT NULL AND month IS NOT NULL AND kind NOT IN ('commitment', 'duplicate')
        ORDER BY anchor, year, month""")
    spans: dict[str, tuple[str, str]] = {}
    for row in rows:
        first, _ = spans.setdefault(row["anchor"], (row["month"], row["month"]))
        spans[row["anchor"]] = (first, row["month"])
    missing: dict[str, list[str]] = {}
    for record in months.finish(rows, spec):
        first, last = spans[record["anchor"]]
        # before the first and after the last month nothing is missing: the files begin and end there
        missing.setdefault(record["anchor"], []).extend(m for m in record["missing"] if first < m < last)
    return missing
