"""The measurements measure what they say: whole files, the same every time, and verdicts that can fail."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from holdfast.spend.reader import read

BENCH = Path(__file__).resolve().parents[3] / "bench"
sys.path.insert(0, str(BENCH.parent))

from bench import results  # noqa: E402

ROWS = 3_000


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated")
    subprocess.run([sys.executable, BENCH / "generate.py", folder, str(ROWS)], check=True)
    return folder / "months"


def test_generated_files_are_the_same_every_time(months: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, BENCH / "generate.py", tmp_path, str(ROWS)], check=True)
    again = {p.name: p.read_bytes() for p in (tmp_path / "months").iterdir()}
    assert again == {p.name: p.read_bytes() for p in months.iterdir()}
    assert len(again) == 109


def test_generated_files_hold_every_row_asked_for(months: Path) -> None:
    found = read([months], pack="uk").files
    by_hand = Decimal(0)
    for path in months.iterdir():
        with path.open(encoding="cp1252", newline="") as f:
            by_hand += sum(Decimal(re.sub("[£,]", "", row["Net Amount"])) for row in csv.DictReader(f))
    assert sum(t.rows_typed for t in found) == ROWS
    assert sum(t.total for t in found) == by_hand


def whole(cpu: float, peak: float) -> dict[str, object]:
    used = {"cpu": cpu, "wall": cpu, "peak_mb": peak, "output": "rows"}
    facts = {"rows": 1000, "total": "1.00", "payees": 3}
    return {
        **dict.fromkeys(results.RUNS, used),
        "facts": facts,
        "files": 1,
        "bytes": 5,
        "date": "2026-01-02",
        "versions": {},
    }


def test_a_broken_budget_is_said_to_be_broken(tmp_path: Path) -> None:
    page = tmp_path / "RESULTS.md"
    results.write(page, {"manchester": whole(cpu=7.5, peak=399)})
    lines = page.read_text(encoding="utf-8").splitlines()
    assert "| Manchester, first run to the report: CPU | 7.50 s | ≤ 7.00 s | **no** |" in lines
    assert "| Manchester, first run: peak memory | 399.00 MB | ≤ 400.00 MB | yes |" in lines


def test_text_outside_the_markers_is_kept(tmp_path: Path) -> None:
    page = tmp_path / "RESULTS.md"
    page.write_text(f"before\n{results.BEGIN}\nfigures of last year\n{results.END}\nafter\n", encoding="utf-8")
    results.write(page, {"manchester": whole(1, 1)})
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "last year" not in text
