"""Working files are let go when nobody has needed them for a month."""

from __future__ import annotations

import os
from pathlib import Path

from holdfast.project.cache import DAYS, forget_unused

DAY = 86_400


def test_what_no_run_has_used_for_a_month_is_let_go(tmp_path: Path) -> None:
    now = 1_000 * DAY
    for name, age in (("a.json", 90), ("a.0.parquet", 90), ("b.json", DAYS - 1), ("c.json", DAYS + 1)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (now - age * DAY,) * 2)
    forget_unused(tmp_path, [tmp_path / "a.0.parquet"], now)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.0.parquet", "a.json", "b.json"]
    assert (tmp_path / "a.json").stat().st_mtime == now


def test_a_folder_that_is_not_there_does_no_harm(tmp_path: Path) -> None:
    forget_unused(tmp_path / "absent", [])
