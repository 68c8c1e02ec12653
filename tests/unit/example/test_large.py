"""Much made-up data: the same from the same seed, and what is read is what was written, to the penny."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tracemalloc
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from holdfast.core.problem import HoldfastError
from holdfast.example.large import generate_large
from holdfast.example.large.project import parts
from holdfast.example.large.suppliers import Suppliers
from holdfast.project import run
from holdfast.spend.reader import read

ROWS = 9_000
#: The bytes are those of every other machine.
DIGEST = "abfc956a47075f7260d3afac578c0ae0c0cff3fec8655507272b22ce2478a056"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate_large(tmp_path_factory.mktemp("large") / "place", ROWS, seed=7)


@pytest.fixture(scope="module")
def truth(folder: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return data


def digest_of(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def test_the_same_seed_gives_the_same_bytes_on_every_machine(folder: Path, tmp_path: Path) -> None:
    assert digest_of(folder) == digest_of(generate_large(tmp_path / "again", ROWS, seed=7)) == DIGEST
    assert digest_of(generate_large(tmp_path / "other", ROWS, seed=8)) != DIGEST


def test_what_is_read_is_what_was_written_to_the_penny(folder: Path, truth: dict[str, Any]) -> None:
    assert truth["all"]["rows"] == ROWS
    tables = read([folder / "spend"], pack="fictional", root=folder / "spend").files
    for id, told in {**truth["publishers"], "": truth["all"]}.items():
        own = [t for t in tables if t.path.startswith(id)]
        assert (len(own), sum(t.rows_typed for t in own)) == (told["files"], told["rows"]), id
        assert sum(t.total for t in own) == Decimal(told["total"]), id
    assert sum(t.rows_quarantined for t in tables) == 0
    assert all(t.rows_excluded <= 1 for t in tables)  # a total row


def test_a_run_analyses_all_of_it(folder: Path, truth: dict[str, Any]) -> None:
    report = json.loads((run(folder).folder / "report.json").read_text(encoding="utf-8"))
    bridge = next(t for t in report["tables"] if t["id"] == "bridge")
    names = [c["name"] for c in bridge["columns"]]
    assert Decimal(str(bridge["rows"][0][names.index("amount")])) == Decimal(truth["all"]["total"])
    figures = {f["id"]: f for f in report["figures"]}
    assert 0.7 < float(figures["coverage"]["value"]) < 0.95  # one supplier in eight is in no register


def test_few_suppliers_take_much_and_a_few_payments_are_large(folder: Path) -> None:
    lines = [line.split(",") for p in (folder / "spend" / "p003").iterdir() for line in p.read_text().splitlines()[1:]]
    amounts = sorted(float(line[-1]) for line in lines)
    assert sum(a < 0 for a in amounts) / len(amounts) == pytest.approx(0.03, abs=0.015)
    assert sum(amounts[-len(amounts) // 100 :]) > sum(amounts) / 5
    assert sum("REDACTED" in line[5] for line in lines) / len(lines) == pytest.approx(0.01, abs=0.01)


def test_every_supplier_has_a_name_of_its_own() -> None:
    from holdfast.example.geography import postcodes

    suppliers = Suppliers(1, 20_000, postcodes(1))
    words = {" ".join(firm.name.split()[:2]) for firm in suppliers}
    assert len(words) == suppliers.count


def test_parts_add_up() -> None:
    assert parts(10, [3, 3, 3]) == [3, 3, 4]
    assert sum(parts(1_000_003, [7, 1, 1, 90])) == 1_000_003


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    peaks = []
    for rows in (4_000, 16_000):
        tracemalloc.start()
        generate_large(tmp_path / str(rows), rows)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.6 + 2_000_000


@pytest.mark.parametrize("rows", [1, 5, 40])
def test_very_few_rows_are_as_many_as_asked_for(rows: int, tmp_path: Path) -> None:
    folder = generate_large(tmp_path / "few", rows)
    tables = read([folder / "spend"], pack="fictional").files
    assert sum(t.rows_typed for t in tables) == rows


def test_wrong_use_is_refused(folder: Path, tmp_path: Path) -> None:
    for target, rows, code in ((folder, 5, "HF406"), (tmp_path / "none", 0, "HF904")):
        with pytest.raises(HoldfastError) as refused:
            generate_large(target, rows)
        assert (refused.value.problems[0].code, refused.value.exit_code) == (code, 2)
    assert not (tmp_path / "none").exists()


def test_the_command_says_where_it_is_and_what_is_next(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "holdfast", "bench-data", "--rows", "50", "--out", str(tmp_path / "made")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"{tmp_path / 'made'}\n"), done.stderr
    assert "expected.json" in done.stderr
    assert (tmp_path / "made" / "place.toml").is_file()
