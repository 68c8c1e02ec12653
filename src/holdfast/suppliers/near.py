"""Payees whose name no register has exactly, beside all names in the registers: see :mod:`holdfast.suppliers.matching`.

Leaves ``matched``: one row per name and postcode asked for, with the answer. Answers are kept in a cache, name by name,
for as long as the registers and the matcher are the same: a further month asks only for its new names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from holdfast.core.disk import whole_or_nothing
from holdfast.packs import Pack
from holdfast.suppliers.register import Register

if TYPE_CHECKING:
    import pyarrow as pa

    from holdfast.engine.duck import Engine


@dataclass(frozen=True, slots=True)
class Cache:
    """Where answers are kept, and which version of the matcher gave them."""

    folder: Path
    version: str

    def path(self, registers: Sequence[Register], pack: Pack) -> Path:
        told = [self.version, pack.code, *(f"{r.kind} {r.source.sha256}" for r in registers)]
        return self.folder / f"{hashlib.sha256(chr(10).join(told).encode()).hexdigest()[:24]}.parquet"


#: Who is asked for: payees without number or decision whose name no register has. A person who trades under another
#: name is asked for by that.
_ASKED = """
SELECT coalesce(shown, supplier) AS name, code_of_payee AS code FROM p
WHERE NOT hidden AND NOT person AND (NOT likely OR shown IS NOT NULL) AND coalesce(own_id, creditor_id) IS NULL
    AND core NOT IN (SELECT core FROM decided) AND paid_core NOT IN (SELECT core FROM decided)
    AND (core NOT IN (SELECT core FROM named) OR shown IS NOT NULL)
GROUP BY ALL ORDER BY ALL
"""
#: Entries that are one organisation: by their identifiers, or by one full name with its legal form in two registers.
_BODIES = """
CREATE TEMP TABLE bodies AS
WITH entry AS (
    SELECT n.reg, n.org, n.core, n.form, e.name, e.postcode, coalesce(c.key, e.org_id, 'name:' || n.core) AS key
    FROM named n JOIN raw_entries e USING (reg, org)
    LEFT JOIN canonical c ON c.id = coalesce(e.org_id, 'name:' || n.core)
    WHERE n.how = 'current' AND n.core <> ''
), across AS (
    SELECT core, form, min(key) AS key FROM entry WHERE form <> ''
    GROUP BY core, form HAVING count(DISTINCT reg) > 1 AND count(DISTINCT key) = count(DISTINCT reg)
), one AS (SELECT e.*, coalesce(a.key, e.key) AS body FROM entry e LEFT JOIN across a USING (core, form))
SELECT reg, org, name, postcode, dense_rank() OVER (ORDER BY body) - 1 AS body FROM one
"""
_FIRST = """
SELECT body, arg_min(reg, (reg, org)) AS reg, arg_min(org, (reg, org)) AS org, arg_min(name, (reg, org)) AS name,
    coalesce(min(postcode), '') AS postcode
FROM bodies GROUP BY body ORDER BY body
"""
_NAMES = """
SELECT b.body, r.name, CASE r.how WHEN 'current' THEN 0 WHEN 'previous' THEN 1 ELSE 2 END AS how
FROM raw_names r JOIN bodies b USING (reg, org) GROUP BY ALL ORDER BY ALL
"""
COLUMNS = ("name", "code", "result", "score", "evidence", "reg", "org", "shown", "next_shown", "next_score")


def match(engine: Engine, registers: Sequence[Register], pack: Pack, cache: Cache | None = None) -> None:
    """Make ``matched`` and add what it leads to, to ``wanted_cores``. Needs ``p``, ``decided`` and ``named``."""
    asked = engine.arrow(_ASKED) if engine.rows("SELECT 1 FROM raw_names LIMIT 1") else None
    known = _answers(engine, asked, registers, pack, cache) if asked is not None and asked.num_rows else _none()
    engine.register("matched", known)
    engine.execute("""
        INSERT INTO wanted_cores SELECT DISTINCT n.core FROM matched m JOIN named n USING (reg, org)
        WHERE m.result <> 'none' AND n.how = 'current' AND n.core NOT IN (SELECT core FROM wanted_cores)
    """)


def _answers(
    engine: Engine, asked: pa.Table, registers: Sequence[Register], pack: Pack, cache: Cache | None
) -> pa.Table:
    """The answers for what is asked, from the cache where it has them."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = cache.path(registers, pack) if cache else None
    kept = pq.read_table(path) if path and path.is_file() else _none()
    by = "USING (name, code) ORDER BY name, code"
    tables = {"asked_near": asked, "kept_near": kept}
    old = engine.arrow(f"SELECT k.* FROM kept_near k JOIN asked_near {by}", **tables)
    new = engine.arrow(f"SELECT * FROM asked_near ANTI JOIN kept_near {by}", **tables)
    if not new.num_rows:
        return old
    found = pa.concat_tables([old, _matched(engine, new, pack)]).sort_by([("name", "ascending"), ("code", "ascending")])
    if path:
        _keep(found, path)
    return found


def _keep(table: pa.Table, path: Path) -> None:
    import pyarrow.parquet as pq

    with whole_or_nothing(path) as beside:
        pq.write_table(table, beside, compression="zstd")


def _matched(engine: Engine, asked: pa.Table, pack: Pack) -> pa.Table:
    """Ask the matcher."""
    import numpy as np
    import pyarrow as pa

    from holdfast.suppliers.matching import matcher, places
    from holdfast.suppliers.matching.outcomes import outcomes

    engine.execute(_BODIES)
    bodies, names = engine.arrow(_FIRST), engine.arrow(_NAMES)
    listed = matcher.listed(
        names.column("name").combine_chunks(),
        names.column("body").to_numpy().astype(np.int64),
        names.column("how").to_numpy().astype(np.int64),
        bodies.column("postcode").combine_chunks(),
        places.words(pack.code),
    )
    of = asked.column("name").combine_chunks(), asked.column("code").combine_chunks()
    answers = matcher.match(listed, *of)
    shown = bodies.column("name").to_pylist()
    found = outcomes(of[0].to_pylist(), answers, shown, pack)
    best = np.array([o.org for o in found], np.int64)
    rows = {name: bodies.column(name).to_numpy().astype(np.int64) for name in ("reg", "org")}
    columns: dict[str, Any] = {
        "name": of[0],
        "code": of[1],
        "result": [o.result for o in found],
        "score": [o.score for o in found],
        "evidence": [o.evidence for o in found],
        "reg": np.where(best >= 0, rows["reg"][best], -1),
        "org": np.where(best >= 0, rows["org"][best], -1),
        "shown": [shown[o.org] if o.org >= 0 else None for o in found],
        "next_shown": [shown[o.next] if o.next >= 0 else None for o in found],
        "next_score": [o.next_score for o in found],
    }
    return pa.table(columns, schema=_none().schema)


def _none() -> pa.Table:
    import pyarrow as pa

    text, number = pa.string(), pa.int64()
    types = (text, text, text, pa.float64(), text, number, number, text, text, pa.float64())
    return pa.schema(list(zip(COLUMNS, types, strict=True))).empty_table()
