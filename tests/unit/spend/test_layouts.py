# ruff: noqa: E501
"""Files from bodies never seen before are read right without a mapping: every layout, to the penny, the day and the name."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from holdfast.spend.reader import read
from holdfast.spend.reading import TableRead
from unit.spend.layouts import LAYOUTS, Layout, Row


def _typed_rows(table: TableRead) -> list[Row]:
    payments = table.table()
    if payments is None:
        return []
    columns = (payments.column(c).to_pylist() for c in ("date", "supplier", "amount"))
    return list(zip(*columns, strict=True))


def _faults(layout: Layout, tables: tuple[TableRead, ...]) -> list[str]:
    """What was read otherwise than it was written, in words."""
    got = [row for t in tables for row in _typed_rows(t)]
    found = [f"sheet {t.sheet}: staged is not typed + quarantined + excluded" for t in tables if not t.reconciles]
    if len(got) != len(layout.rows):
        found.append(f"{len(got)} rows typed, not {len(layout.rows)}")
    else:
        for name, i in (("date", 0), ("supplier", 1), ("amount", 2)):
            wrong = [(g[i], w[i]) for g, w in zip(got, layout.rows, strict=True) if g[i] != w[i]]
            if wrong:
                found.append(f"{name}: {len(wrong)} of {len(got)} differ, the first is {wrong[0][0]} not {wrong[0][1]}")
    total, want = sum((t.total for t in tables), Decimal(0)), sum((r[2] for r in layout.rows), Decimal(0))
    if total != want:
        found.append(f"total {total}, not {want}")
    kinds = {k for t in tables for k in t.kinds}
    if layout.kind and kinds != {layout.kind}:
        found.append(f"kinds {sorted(kinds)}, not {layout.kind}")
    for field, header in (layout.headers or {}).items():
        mapped = [t.mapping.get(field) for t in tables if t.rows_typed]
        if set(mapped) != {header}:
            found.append(f"{field} is taken from {mapped}, not from {header}")
    if layout.currency and {t.currency for t in tables if t.rows_typed} != {layout.currency}:
        found.append(f"currency is not {layout.currency}")
    if found:
        found += [f"mapping {t.sheet or ''}: {t.mapping}; problems {[p.code for p in t.problems]}" for t in tables]
    return found


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.id)
def test_a_layout_never_seen_before_is_read_right(layout: Layout, tmp_path: Path) -> None:
    file = tmp_path / layout.name
    file.write_bytes(layout.data)
    faults = _faults(layout, read([file], pack=layout.pack).files)
    assert not faults, "\n".join(faults)


def test_every_layout_has_a_name_of_its_own() -> None:
    names = [layout.id for layout in LAYOUTS]
    assert sorted(set(names)) == sorted(names)
