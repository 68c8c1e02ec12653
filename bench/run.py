"""Measure Holdfast beside the analyst's pandas script, and write ``bench/RESULTS.md``.

    python -m bench [--date 2026-11-30] [--only manchester,1m,10m,reading,help,install]

The script and Holdfast run as child processes, one at a time; CPU seconds are user plus system, so a busy machine
matters little. pandas lives in an environment of its own (``HOLDFAST_BENCH_PYTHON``, else one is made from
``requirements/bench.lock``). What was measured before is kept beside the generated data and goes into the table with
its date until it is measured again.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from bench import results
from bench.measure import Measured, best_of, measure
from bench.projects import (
    CACHE,
    MANCHESTER,
    ROOT,
    Inputs,
    add,
    generated,
    manchester,
    one_large_file,
    postcodes,
    project,
)

Found = dict[str, Any]
HOLDFAST = Path(sys.executable).with_name("holdfast.exe" if os.name == "nt" else "holdfast")
LARGE_FILE_ROWS = 5_000_000


def analyst() -> Path:
    """The Python that has pandas."""
    if given := os.environ.get("HOLDFAST_BENCH_PYTHON"):
        return Path(given)
    folder = ROOT / ".cache" / "bench"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    lock = ROOT / "requirements" / "bench.lock"
    if not python.exists():
        subprocess.run([sys.executable, ROOT / "requirements" / "install.py", folder, lock], check=True, cwd=ROOT)
    return python


def whole_work(inputs: Inputs) -> Found:
    """The script, then Holdfast: the very first run, a first run, the same inputs again, one month more."""
    print(f"  {inputs.name}: the analyst's script", flush=True)
    script: list[str | Path] = [
        analyst(),
        ROOT / "bench" / "pandas_script.py",
        inputs.folder,
        inputs.suppliers,
        postcodes(),
        MANCHESTER,
    ]
    found: Found = {"script": kept(measure([*script, CACHE / "script"]))}
    cache = CACHE / "holdfast-cache"
    shutil.rmtree(cache, ignore_errors=True)
    env = {"HOLDFAST_CACHE": str(cache)}

    def run(name: str, folder: Path) -> None:
        print(f"  {inputs.name}: Holdfast, {name}", flush=True)
        found[name] = kept(measure([HOLDFAST, "run", folder], env))

    run("very first run", project(inputs))
    folder = project(inputs)
    run("first run", folder)
    run("same inputs again", folder)
    found["facts"] = totals(folder)
    folder = project(inputs, without_newest=True)
    measure([HOLDFAST, "run", folder], env)
    add(folder, inputs.newest)
    run("one new month", folder)
    found["files"], found["bytes"] = len(inputs.payments), sum(f.stat().st_size for f in inputs.payments)
    shutil.rmtree(folder)
    return found


def totals(folder: Path) -> Found:
    """What Holdfast read, from its manifest and facts: to set beside what the script printed."""
    import duckdb

    facts = next((folder / "build").glob("[0-9a-f]*/facts.parquet"))
    query = f"SELECT count(*), sum(amount), count(DISTINCT payee) FROM read_parquet('{facts}')"
    rows, total, payees = duckdb.connect().execute(query).fetchall()[0]
    return {"rows": rows, "total": str(total), "payees": payees}


def reading() -> Found:
    """Rows per CPU second of four ways of reading five million cp1252 lines, and whether a row was lost."""
    file = one_large_file(LARGE_FILE_ROWS, analyst())
    found: Found = {"bytes": file.stat().st_size, "rows": LARGE_FILE_ROWS, "ways": {}}
    for way in ("holdfast", "raw", "duckdb", "pandas"):
        print(f"  reading: {way}", flush=True)
        python = analyst() if way == "pandas" else sys.executable
        used = measure([python, ROOT / "bench" / "reading.py", way, file])
        found["ways"][way] = kept(used) | {"found": int(used.output.split()[-1])}
    return found


def help_time() -> Found:
    return kept(best_of(7, [HOLDFAST, "--help"]))


def install() -> Found:
    """Size of what ``pip install holdfast`` puts into an empty environment, pip itself left out."""
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run([sys.executable, "-m", "venv", scratch], check=True)
        python = Path(scratch) / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        site = next(p for p in Path(scratch).rglob("site-packages") if p.is_dir())
        before = {p.name for p in site.iterdir()}
        subprocess.run([python, "-m", "pip", "install", "-q", str(ROOT)], check=True)
        added = [p for p in site.iterdir() if p.name not in before]
        sizes = {p.name: size(p) for p in added}
    largest = sorted(sizes, key=lambda n: -sizes[n])[:6]
    return {"bytes": sum(sizes.values()), "largest": {n: sizes[n] for n in largest}}


def size(path: Path) -> int:
    return sum(p.stat().st_size for p in path.rglob("*") if p.is_file()) if path.is_dir() else path.stat().st_size


def kept(used: Measured) -> Found:
    return {"cpu": used.cpu, "wall": used.wall, "peak_mb": used.peak_mb, "output": used.output.strip()[-400:]}


PARTS: dict[str, Callable[[], Found]] = {
    "manchester": lambda: whole_work(manchester()),
    "1m": lambda: whole_work(generated(1_000_000, analyst())),
    "10m": lambda: whole_work(generated(10_000_000, analyst())),
    "reading": reading,
    "help": help_time,
    "install": install,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure, and write bench/RESULTS.md.")
    parser.add_argument("--date", default=date.today().isoformat(), help="date of measuring")
    parser.add_argument("--only", default=",".join(PARTS), help="parts to measure, divided by commas")
    given = parser.parse_args()
    store = CACHE / "results"
    store.mkdir(parents=True, exist_ok=True)
    failed = []
    for part in given.only.split(","):
        print(f"measuring {part}", flush=True)
        try:
            found = PARTS[part]() | {"date": given.date, "versions": results.versions(analyst())}
        except RuntimeError as error:
            print(error, file=sys.stderr)
            failed.append(part)
            continue
        (store / f"{part}.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    everything = {
        p: json.loads((store / f"{p}.json").read_text(encoding="utf-8"))
        for p in PARTS
        if (store / f"{p}.json").is_file()
    }
    results.write(ROOT / "bench" / "RESULTS.md", everything)
    print("bench/RESULTS.md")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
