"""``bench/RESULTS.md``: the tables between its markers, made from what was measured."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

Found = Mapping[str, Any]
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
SETS = {"manchester": "Manchester, all 109 files", "1m": "1 M generated rows", "10m": "10 M generated rows"}
RUNS = {
    "script": "analyst's pandas script",
    "very first run": "Holdfast, very first run on a machine",
    "first run": "**Holdfast, first run to the finished report**",
    "one new month": "Holdfast, second run with one new month",
    "same inputs again": "Holdfast, same inputs again",
}
WAYS = {
    "holdfast": "**Holdfast, everything `holdfast read` does**",
    "raw": "Holdfast, bytes to rows of text only",
    "duckdb": "to UTF-8, then DuckDB",
    "pandas": "pandas `read_csv`, every column text",
}


def versions(analyst: Path) -> dict[str, str]:
    """Python and the packages that do the work on both sides."""
    found = {"Python": platform.python_version()}
    for package in ("holdfast", "duckdb", "pyarrow"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "from the source folder"
    asked = "import pandas, numpy; print(pandas.__version__, numpy.__version__)"
    said = subprocess.run([analyst, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    return {**found, "pandas": said[0], "numpy": said[1]}


def machine() -> str:
    """Processor, cores, memory and system in one line."""
    model, memory = platform.machine(), ""
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
        pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        memory = f", {pages / 2**30:.0f} GiB of memory"
    except (OSError, ValueError, AttributeError):
        pass
    return f"{model}, {os.cpu_count()} cores{memory}, {platform.system()}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table; all columns but the first are numbers."""
    rule = ["---"] + ["---:"] * (len(head) - 1)
    return [f"| {' | '.join(r)} |" for r in (head, rule, *rows)] + [""]


def write(path: Path, found: Mapping[str, Found]) -> None:
    """Put the tables into the file; what stands outside the markers stays."""
    text = path.read_text(encoding="utf-8") if path.is_file() else f"# Measurements\n\n{BEGIN}\n{END}\n"
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    made = "\n".join(_lines(found))
    path.write_text(f"{before}{BEGIN}\n{made}\n{END}{after}", encoding="utf-8")


def _lines(found: Mapping[str, Found]) -> list[str]:
    lines = [f"Measured on {machine()}.", ""]
    dates = {f["date"] for f in found.values()}
    for day in sorted(dates):
        parts = [p for p, f in found.items() if f["date"] == day]
        kinds = dict.fromkeys(", ".join(f"{k} {v}" for k, v in found[p]["versions"].items()) for p in parts)
        lines += [f"{day}: {', '.join(parts)} ({'; '.join(kinds)}).", ""]
    lines += ["## Against the budgets", "", *_budgets(found)]
    for part, title in SETS.items():
        if part in found:
            lines += [f"## {title}", "", *_set(found[part])]
    if "reading" in found:
        lines += ["## Reading 5 M lines of cp1252", "", *_reading(found["reading"])]
    if "install" in found:
        largest = ", ".join(f"{n} {b / 1e6:.0f} MB" for n, b in found["install"]["largest"].items())
        lines += ["## Base install", "", f"{found['install']['bytes'] / 1e6:.0f} MB; the largest parts: {largest}.", ""]
    return lines


def _set(found: Found) -> list[str]:
    facts = found["facts"]
    size = f"{found['files']} files, {found['bytes'] / 1e6:,.0f} MB"
    rows = []
    for key, name in RUNS.items():
        f = found[key]
        rows.append(
            (name, f"{f['cpu']:.1f}", f"{f['wall']:.1f}", f"{f['peak_mb']:.0f}", f"{facts['rows'] / f['cpu']:,.0f}")
        )
    said = found["script"]["output"]
    return [
        f"{size}, {facts['rows']:,} payments, {facts['payees']:,} payees.",
        "",
        *table(("what", "CPU s", "wall s", "peak MB", "rows per CPU s"), rows),
        f"Holdfast: {facts['rows']:,} rows, total {facts['total']}. The script says: `{said}`.",
        "",
    ]


def _reading(found: Found) -> list[str]:
    rows = []
    for key, name in WAYS.items():
        f = found["ways"][key]
        lost = found["rows"] - f["found"]
        rows.append(
            (name, f"{found['rows'] / f['cpu'] / 1e6:.2f} M", f"{f['cpu']:.1f}", f"{f['peak_mb']:.0f}", f"{lost:,}")
        )
    head = ("reader", "lines per CPU s", "CPU s", "peak MB", "rows lost")
    return [f"One file of {found['bytes'] / 1e6:,.0f} MB.", "", *table(head, rows)]


def _budgets(found: Mapping[str, Found]) -> list[str]:
    """Every claim that can be checked from what was measured, with its verdict."""
    rows: list[tuple[str, str, str, str]] = []

    def claim(what: str, value: float, limit: float, unit: str, *, at_least: bool = False) -> None:
        kept = value >= limit if at_least else value <= limit
        sign = "≥" if at_least else "≤"
        rows.append(
            (what, f"{value:,.2f} {unit}".strip(), f"{sign} {limit:,.2f} {unit}".strip(), "yes" if kept else "**no**")
        )

    if "manchester" in found:
        m = found["manchester"]
        claim("Manchester, first run to the report: CPU", m["first run"]["cpu"], 7, "s")
        claim("Manchester, first run: peak memory", m["first run"]["peak_mb"], 400, "MB")
        claim("Manchester, second run with one new month: CPU", m["one new month"]["cpu"], 3, "s")
    if "10m" in found:
        t = found["10m"]
        script, run = t["script"], t["first run"]
        claim("10 M rows: script's CPU over Holdfast's", script["cpu"] / run["cpu"], 3, "×", at_least=True)
        claim(
            "10 M rows: rows per CPU s, raw file to report", t["facts"]["rows"] / run["cpu"], 400_000, "", at_least=True
        )
        claim("10 M rows: peak memory", run["peak_mb"], 2_000, "MB")
        claim("10 M rows: peak memory over the script's", run["peak_mb"] / script["peak_mb"], 0.25, "")
    if "1m" in found and "10m" in found:
        claim(
            "CPU at 10 M rows over CPU at 1 M",
            found["10m"]["first run"]["cpu"] / found["1m"]["first run"]["cpu"],
            10,
            "×",
        )
    if "reading" in found:
        ways, lines = found["reading"]["ways"], found["reading"]["rows"]
        claim("cp1252 bytes to rows: lines per CPU s", lines / ways["raw"]["cpu"], 900_000, "", at_least=True)
        claim("cp1252: rows lost, read whole", lines - ways["holdfast"]["found"], 0, "")
    if "help" in found:
        claim("`holdfast --help`: wall time", found["help"]["wall"], 0.3, "s")
    if "install" in found:
        claim("base install", found["install"]["bytes"] / 1e6, 550, "MB")
    return table(("claim", "measured", "budget", "kept"), rows)
