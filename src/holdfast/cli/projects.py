"""``holdfast new``, ``check``, ``run`` and ``demo``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from holdfast.cli.problems import show, tally, worth_stopping
from holdfast.cli.progress import progress
from holdfast.cli.terminal import columns, fits, say, tell
from holdfast.core.money import money_by_currency
from holdfast.core.problem import HoldfastError, Problem

if TYPE_CHECKING:
    from holdfast.project.pipeline import RunOutcome


def new_project(folder: Path) -> None:
    """Make a project and say what to do next."""
    from holdfast.project import new

    new(folder)
    say(str(folder))
    tell(f"Put payment files under {folder / 'spend'}, then say in {folder / 'place.toml'} what is local.")
    tell(f"Then: holdfast check {folder}")


def check_project(folder: Path, data: Sequence[Path]) -> None:
    """Print control totals and problems; exit code 1 with problems."""
    from holdfast.project import check

    with progress() as tell_progress:
        checked = check(folder, data=data, progress=tell_progress)
    say(checked.place, style="bold")
    head = ("anchor", "files", "rows", "read", "set aside", "left out", "total", "first", "last")
    rows = [
        (
            c.anchor,
            f"{c.files:,}",
            f"{c.staged:,}",
            f"{c.typed:,}",
            f"{c.quarantined:,}",
            f"{c.excluded:,}",
            money_by_currency(c.totals, c.duplicates),
            c.first or "",
            c.last or "",
        )
        for c in checked.controls
    ]
    table = columns([head, *rows], right=range(1, 7))
    for line in table if fits(table, sys.stdout) else [part for row in rows for part in _control(*row)]:
        say(line)
    show(checked.problems, where="the list that holdfast read gives for each file")
    if worth_stopping(checked.problems):
        raise SystemExit(checked.exit_code)
    tell(f"Nothing stands in the way of: holdfast run {folder}")


def _control(
    anchor: str, files: str, rows: str, read: str, aside: str, out: str, total: str, first: str, last: str
) -> list[str]:
    """An anchor's control totals on lines of their own, where the table is wider than the terminal."""
    span = f", {first} to {last}" if first else ""
    return [
        anchor, f"  {files} files, {rows} rows: {read} read, {aside} set aside, {out} left out", f"  {total}{span}",
    ]  # fmt: skip


def run_project(
    folder: Path, *, engine: str, force: bool, strict: bool, data: Sequence[Path], brief: bool = False
) -> None:
    """Run, list the problems (or, if ``brief``, only how many there are), and end with the path of the report."""
    from holdfast.project import run

    with progress() as tell_progress:
        outcome = run(folder, engine=engine, force=force, data=data, progress=tell_progress)
    listed = _latest(folder) / "problems.csv"
    if brief:
        tell(f"The files are as untidy as real ones: {tally(outcome.problems)}, listed in {listed}")
    else:
        show(outcome.problems, notes=False, where=str(listed))
    if outcome.repeated:
        show([Problem("HF412", "Nothing changed since this run was made; its results stand.")])
    _print_answer(outcome)
    say(str(_latest(folder) / "report.html"))
    if strict and worth_stopping(outcome.problems):
        raise SystemExit(1)


def demo_project(folder: Path) -> None:
    """Make the example, unless it stands there already, and run it."""
    from holdfast.example import generate
    from holdfast.project import load

    if (folder / "place.toml").is_file():
        if not load(folder).place.fictional:
            message = f"{folder.name} holds a project that is not the example."
            raise HoldfastError(Problem("HF406", message, file=folder.name), exit_code=2)
    else:
        with progress() as tell_progress:
            if tell_progress:
                tell_progress("Making up Rivermouth", 0, 0)
            generate(folder)
    run_project(folder, engine="duckdb", force=False, strict=False, data=[], brief=True)


def make_bench_data(folder: Path, rows: int, seed: int) -> None:
    """Make the project and say what to do next."""
    from holdfast.example.large import generate_large

    with progress() as tell_progress:
        if tell_progress:
            tell_progress(f"Making up {rows:,} payments", 0, 0)
        generate_large(folder, rows, seed=seed)
    say(str(folder))
    tell(f"What a reader must find in it stands in {folder / 'expected.json'}")
    tell(f"Then: holdfast run {folder}")


def _latest(folder: Path) -> Path:
    """Where the newest results are reached; the file that stands in for a link leads nowhere by itself."""
    latest = folder / "build" / "latest"
    if latest.is_dir():
        return latest
    from holdfast.project import Store

    return Store(folder).find()


def _print_answer(outcome: RunOutcome) -> None:
    """The report's first sentences, so that terminal and page say the same."""
    from holdfast.project import load_results
    from holdfast.report.findings import Findings
    from holdfast.report.story import answer, answer_range, coverage_heading

    found = Findings(load_results(outcome.folder))
    say(found.results.place, style="bold")
    for sentence in (answer(found), answer_range(found), coverage_heading(found)):
        if sentence:
            say(sentence)
