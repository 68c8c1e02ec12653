"""Adding a register that is killed at any moment leaves the store as it was, and the next one works."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from holdfast import packs
from holdfast.suppliers import snapshots

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
UK = packs.load("uk")
HEAD = "CompanyName,CompanyNumber,CompanyCategory,RegAddress.PostCode\n"


def companies(folder: Path, name: str, rows: int) -> Path:
    path = folder / name
    lines = (f"BAY {name} {i} LIMITED,{i + 1},Private Limited Company,RM1 1AA\n" for i in range(rows))
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
    return path


def start(path: Path, cache: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "holdfast", "registers", "add", "companies", str(path)],
        env={**os.environ, "HOLDFAST_CACHE": str(cache)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.mark.parametrize("seed", range(4))
def test_killed_at_any_moment_the_store_is_usable(tmp_path: Path, seed: int) -> None:
    cache = tmp_path / "cache"
    good = snapshots.add(companies(tmp_path, "good-2020-01-01.csv", 3), "companies", cache, UK)
    large = companies(tmp_path, "large-2021-01-01.csv", 200_000)
    process = start(large, cache)
    try:
        process.communicate(timeout=random.Random(seed).uniform(0.4, 6.0))
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    found = snapshots.snapshots(cache, UK)
    assert good in found
    assert snapshots.unreadable(cache, UK) == []
    for snapshot in found:
        assert snapshot.counts["organisations"] == (3 if snapshot == good else 200_000)
    again = snapshots.add(large, "companies", cache, UK)  # not hindered by what is left, and clears it up
    assert again.rows == 200_000
    assert list(cache.rglob("*.part")) == []


def test_killed_just_before_it_is_put_in_place_nothing_counts(tmp_path: Path) -> None:
    path = companies(tmp_path, "c-2020-01-01.csv", 5)
    die = (
        "import os, sys; from pathlib import Path; from holdfast import packs\n"
        "from holdfast.suppliers.snapshots import store\n"
        "store._put = lambda beside, folder: os.kill(os.getpid(), 9)\n"
        "store.add(Path(sys.argv[1]), 'companies', Path(sys.argv[2]), packs.load('uk'))"
    )
    done = subprocess.run([sys.executable, "-c", die, str(path), str(tmp_path / "cache")], capture_output=True)
    assert done.returncode == -signal.SIGKILL
    assert len(list((tmp_path / "cache").rglob("*.part"))) == 1
    assert snapshots.snapshots(tmp_path / "cache", UK) == []
    assert snapshots.add(path, "companies", tmp_path / "cache", UK).rows == 5
    assert list((tmp_path / "cache").rglob("*.part")) == []


def test_two_at_once_one_is_refused_in_words_and_the_other_finishes(tmp_path: Path) -> None:
    large = companies(tmp_path, "large-2021-01-01.csv", 60_000)
    processes = [start(large, tmp_path / "cache") for _ in range(2)]
    ended = [(*p.communicate(timeout=300), p.returncode) for p in processes]
    codes = sorted(code for _, _, code in ended)
    assert codes in ([0, 1], [0, 0])  # the second may begin after the first has ended
    assert all("HF411" in said for _, said, code in ended if code)
    assert [s.rows for s in snapshots.snapshots(tmp_path / "cache", UK)] == [60_000]
