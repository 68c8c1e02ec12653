"""Who controls the suppliers, by registers of owners: followed from owner to owner as far as they go.

Only the country and the kind of an owner are known here; of a company that owns another also its number.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from holdfast.suppliers.register import Register

if TYPE_CHECKING:
    import pyarrow as pa

    from holdfast.engine.duck import Engine

#: A chain of owners longer than this goes round in a circle.
STEPS = 8

_ACTIVE = """
CREATE OR REPLACE TEMP TABLE held AS
SELECT f.key, f.spot, f.step, r.reg, r.id, r.kind, r.country, r.control
FROM raw_owners r JOIN frontier f ON r."of" = f.spot
WHERE r.until IS NULL OR f.last_paid IS NULL OR r.until > f.last_paid
"""
#: Who controls most; of several that control alike all count.
_LEADING = """
CREATE OR REPLACE TEMP TABLE leaders AS
SELECT key, spot, step, min(reg) AS reg, max(control) AS control,
    CASE WHEN count(DISTINCT kind) = 1 THEN min(kind) ELSE 'several kinds' END AS kind,
    CASE WHEN count(DISTINCT coalesce(place, '')) = 1 THEN min(place)
        WHEN count(*) FILTER (place IS NULL) = 0 THEN 'several countries' END AS country,
    CASE WHEN count(DISTINCT id) = 1 AND count(*) = count(id) THEN min(id) END AS id
FROM (
    SELECT h.*, c.country AS place, max(h.control) OVER (PARTITION BY h.key) AS most
    FROM held h LEFT JOIN countries c ON c.spelling = upper(trim(h.country))
) WHERE control = most GROUP BY key, spot, step
"""
_NEXT = """
CREATE OR REPLACE TEMP TABLE frontier AS
SELECT l.key, l.id AS spot, l.step + 1 AS step, f.last_paid
FROM leaders l JOIN frontier f ON f.key = l.key WHERE l.id IS NOT NULL AND l.id <> l.key
"""


def controllers(engine: Engine, registers: Sequence[Register]) -> None:
    """``controllers``: ``key, kind, country, control, parent`` (number of the last company met on the way), ``reg``.

    Works on ``orgs_paid`` (``key, last_paid``) and the stacked registers. Empty without a register of owners.
    """
    engine.register("countries", countries())
    engine.execute("CREATE TEMP TABLE steps (key VARCHAR, step INTEGER, reg INTEGER, control INTEGER, kind VARCHAR, "
                   "country VARCHAR, id VARCHAR)")  # fmt: skip
    if any(register.kind == "owners" for register in registers):
        engine.execute(
            "CREATE TEMP TABLE frontier AS SELECT key, key AS spot, 0 AS step, last_paid FROM orgs_paid "
            "WHERE starts_with(key, 'GB-COH-') OR contains(key, '-COMPANY-')"
        )
        for _ in range(STEPS):
            for statement in (_ACTIVE, _LEADING):
                engine.execute(statement)
            engine.execute("INSERT INTO steps SELECT key, step, reg, control, kind, country, id FROM leaders")
            engine.execute(_NEXT)
            if not engine.rows("SELECT 1 FROM frontier LIMIT 1"):
                break
    engine.execute("""
        CREATE TEMP TABLE controllers AS
        SELECT key, arg_max(kind, step) AS kind, arg_max(country, step) AS country, min(control) AS control,
            arg_max(id, step) FILTER (id IS NOT NULL) AS parent, arg_min(reg, step) AS reg
        FROM steps GROUP BY key
    """)


@cache
def _spellings() -> tuple[tuple[str, str], ...]:
    text = files("holdfast.suppliers").joinpath("countries.csv").read_text(encoding="utf-8")
    return tuple((row["spelling"], row["country"]) for row in csv.DictReader(text.splitlines()))


def countries() -> pa.Table:
    """``spelling`` in capitals -> ``country``: its own name and the ways registers write it."""
    import pyarrow as pa

    pairs = _spellings()
    own = {country: country.upper() for _, country in pairs}
    known = {spelling: country for country, spelling in own.items()} | dict(pairs)
    return pa.table({"spelling": pa.array(list(known), pa.string()), "country": pa.array(known.values(), pa.string())})
