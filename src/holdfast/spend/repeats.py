"""The same file twice, or the same month twice under another name: the later copy's rows become duplicates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from holdfast.core.problem import Problem
from holdfast.spend.dates import Calendar, period_in_text
from holdfast.spend.reading import TableRead
from holdfast.spend.store import Store

if TYPE_CHECKING:
    import pyarrow as pa

#: Fewer rows than this say nothing: two short files may share them by chance.
FEWEST = 10
#: Share of the smaller file's days that must agree in number and sum before rows are compared, and of its rows then.
DAYS, ROWS = 0.3, 0.8


def mark(tables: Sequence[TableRead], keep: Store | None = None) -> list[TableRead]:
    """Mark rows of later tables that stand in an earlier one. Order decides which is the copy."""
    result = list(tables)
    original: dict[tuple[str, str | None], int] = {}
    for i in sorted(range(len(tables)), key=lambda k: _originality(tables[k], k)):
        t = tables[i]
        first = original.setdefault((t.sha256, t.sheet), i)
        if first != i and t.rows_typed:
            result[i] = _as_copy(t, tables[first].path, keep)
    _mark_same_content(result, keep)
    return result


def _originality(t: TableRead, position: int) -> tuple[bool, int, int]:
    """Of files with the same bytes the original is the one that names its period, as its series does, then the one with
    the shorter name: ``2023-07.csv``, not ``again.csv``; ``july.csv``, not ``july (copy).csv``."""
    return period_in_text(t.path.rsplit("/", 1)[-1], Calendar()) is None, len(t.path), position


def _as_copy(t: TableRead, of: str, keep: Store | None) -> TableRead:
    problem = Problem(
        "HF112",
        f"the file has the same bytes as {of}; its rows are marked as duplicates",
        file=t.path,
        sheet=t.sheet,
        count=t.rows_typed,
    )
    return _with_duplicates(t, None, problem, keep)


def _with_duplicates(t: TableRead, rows: Sequence[int] | None, problem: Problem, keep: Store | None) -> TableRead:
    """``t`` with the given row positions (``None``: all) of kind duplicate."""
    import numpy as np
    import pyarrow as pa

    table = t.table()
    assert table is not None
    kinds = np.array(table.column("kind").to_pylist(), dtype=object)
    kinds[slice(None) if rows is None else list(rows)] = "duplicate"
    column = pa.array(kinds.tolist(), type=pa.string()).dictionary_encode()
    table = table.set_column(table.schema.get_field_index("kind"), "kind", column)
    payments: Any = table
    changed = replace(
        t,
        payments=table,
        kinds=dict(sorted(Counter(kinds.tolist()).items())),
        duplicates=_duplicate_sums(table),
        problems=(*t.problems, problem),
    )
    if keep and isinstance(t.payments, Path):
        # named by the rows marked, so that the copy of one project is not taken for that of another
        import hashlib

        marked = hashlib.sha256(repr(None if rows is None else list(rows)).encode()).hexdigest()[:12]
        payments = keep.write(f"{t.payments.stem}.{marked}", changed)
    return replace(changed, payments=payments)


def _duplicate_sums(table: pa.Table) -> dict[str, Decimal]:
    import pyarrow.compute as pc

    rows = table.select(["currency", "amount"]).filter(pc.equal(table.column("kind"), "duplicate"))
    sums = rows.group_by("currency").aggregate([("amount", "sum")]).to_pylist()
    return {r["currency"]: r["amount_sum"] for r in sums}


def _mark_same_content(tables: list[TableRead], keep: Store | None) -> None:
    days: dict[int, Counter[tuple[Any, int, int]]] = {}
    rows: dict[int, list[tuple[Any, ...]]] = {}
    for i, j in _overlapping(tables):
        for k in (i, j):
            if k not in days:
                days[k] = _day_sums(tables[k])
        if not _days_agree(days[i], days[j]):
            continue
        for k in (i, j):
            if k not in rows:
                rows[k] = _row_keys(tables[k])
        matched = _matched(rows[i], rows[j])
        if len(matched) >= max(FEWEST, ROWS * min(len(rows[i]), len(rows[j]))):
            problem = Problem(
                "HF113",
                f"{len(matched):,} rows stand in {_named(tables[i], tables[j])} too and are marked as duplicates",
                file=tables[j].path, sheet=tables[j].sheet, count=len(matched),
            )  # fmt: skip
            tables[j] = _with_duplicates(tables[j], matched, problem, keep)


def _named(t: TableRead, beside: TableRead) -> str:
    """A table as said in a problem of another: by its sheet, where it is one."""
    if t.sheet is None:
        return t.path
    return f"sheet {t.sheet!r}" + ("" if t.path == beside.path else f" of {t.path}")


def _overlapping(tables: Sequence[TableRead]) -> list[tuple[int, int]]:
    """Pairs (earlier, later) whose periods overlap; swept by first day, so monthly series cost next to nothing."""
    dated = sorted(
        (t.first_date, t.last_date, i)
        for i, t in enumerate(tables)
        if t.first_date and t.last_date and t.rows_typed >= FEWEST and not any(p.code == "HF112" for p in t.problems)
    )
    pairs: list[tuple[int, int]] = []
    active: list[tuple[str, int]] = []
    for first, last, i in dated:
        assert first is not None
        assert last is not None
        active = [(end, k) for end, k in active if end >= first]
        pairs.extend((min(i, k), max(i, k)) for _, k in active)
        active.append((last, i))
    return sorted(pairs)


def _columns(t: TableRead, names: list[str]) -> pa.Table:
    import pyarrow.parquet as pq

    if isinstance(t.payments, Path):
        return pq.ParquetFile(t.payments).read(columns=names)
    assert t.payments is not None
    return t.payments.select(names)


def _day_sums(t: TableRead) -> Counter[tuple[Any, int, int]]:
    """(day, number, sum in pennies) of each day."""
    import numpy as np

    from holdfast.spend.amount_column import pennies_of

    table = _columns(t, ["date", "amount"]).combine_chunks()
    if not table.num_rows:
        return Counter()
    import pyarrow as pa
    import pyarrow.compute as pc

    days = pc.fill_null(table.column("date").chunk(0).cast(pa.int32()), -1).to_numpy()
    pennies = pennies_of(table.column("amount").chunk(0))
    unique, inverse, counts = np.unique(days, return_inverse=True, return_counts=True)
    sums = np.zeros(len(unique), dtype=np.int64)
    np.add.at(sums, inverse, pennies)
    return Counter(zip(unique.tolist(), counts.tolist(), sums.tolist(), strict=True))


def _days_agree(a: Counter[tuple[Any, int, int]], b: Counter[tuple[Any, int, int]]) -> bool:
    same = sum((a & b).values())
    return same >= max(1, DAYS * min(len(a), len(b)))


def _row_keys(t: TableRead) -> list[tuple[Any, ...]]:
    table = _columns(t, ["date", "amount", "supplier"])
    return list(zip(*(c.to_pylist() for c in table.columns), strict=True))


def _matched(a: Sequence[tuple[Any, ...]], b: Sequence[tuple[Any, ...]]) -> list[int]:
    """Positions in ``b`` of rows that stand in ``a``, each row of ``a`` used once."""
    left = Counter(a)
    found = []
    for i, key in enumerate(b):
        if left[key] > 0:
            left[key] -= 1
            found.append(i)
    return found
