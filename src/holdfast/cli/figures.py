"""``holdfast explain``, ``diff`` and ``compare``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from holdfast.cli.problems import show
from holdfast.cli.terminal import columns, fits, say, tell
from holdfast.core.money import money
from holdfast.core.problem import HoldfastError, Problem

if TYPE_CHECKING:
    from holdfast.core.figures import Figure
    from holdfast.project.differences import Difference
    from holdfast.project.lineage import Explanation

#: Changed figures and payments that fit a screen.
FIGURES = 40
#: Where the second column of a definition begins.
DEFINITION = 11


def shown(value: Decimal | None, unit: str, currency: str) -> str:
    """A figure as the report writes it."""
    from holdfast.report.cells import shown as written

    return written(value, unit, currency)


def list_figures(folder: Path, run: str) -> None:
    """Ids with their values, by measure."""
    from holdfast.project.lineage import figures

    results = figures(folder, run)
    rows = [(f.id, shown(f.value, f.unit, results.currency), f.label) for f in results.figures]
    for line in columns(rows, right=[1]):
        say(line)
    tell(f"The payments behind one: holdfast explain {folder} FIGURE-ID")


def explain_figure(folder: Path, figure: str, *, run: str, limit: int, out: Path | None) -> None:
    """Definition, range and payments; with ``out`` all payments go to a file."""
    from holdfast.project import explain
    from holdfast.project.lineage import write_payments

    if out is not None and out.suffix.lower() not in (".csv", ".parquet"):
        raise HoldfastError(Problem("HF904", "--out writes .csv or .parquet files."), exit_code=2)
    if out is not None and not out.parent.is_dir():
        raise HoldfastError(Problem("HF903", f"There is no folder {out.parent}.", value=str(out)), exit_code=2)
    found = explain(folder, figure, run=run, limit=limit)
    currency = found.results.currency
    for line in _definition(found.figure, currency):
        say(line, under=DEFINITION)
    say()
    _print_sums(found, currency)
    _print_payments(found, currency)
    if out is not None:
        count = write_payments(found, out)
        tell(f"{count:,} payments written to {out}")
    if not found.adds_up:
        message = f"The payments behind {figure} do not add up to the figure."
        raise HoldfastError(Problem("HF320", message, help="Report this as a defect with the figure's id."))


def _definition(f: Figure, currency: str) -> list[str]:
    d = f.definition
    value = shown(f.value, f.unit, currency)
    if f.low is not None and f.high is not None and f.low != f.high:
        value += f", between {shown(f.low, f.unit, currency)} and {shown(f.high, f.unit, currency)}"
    rows = [
        ("figure", f.id),
        ("", f.label),
        ("value", value),
        ("known", shown(f.coverage, "share", currency) + " of the money" if f.coverage is not None else "not known"),
        ("area", f"{d.area}, suppliers {d.basis} there"),
        ("suppliers", d.suppliers),
        ("period", d.period),
        ("anchors", f"{', '.join(d.anchors)} ({d.pooling})"),
        ("payments", f"{d.scope}; VAT {d.vat}; prices {d.prices}"),
        *([("note", f.note)] if f.note else []),
    ]
    return columns(rows)


def _print_sums(found: Explanation, currency: str) -> None:
    if not found.tells_counted and found.figure.numerator is not None:
        say(f"counted {money(found.figure.numerator, currency)}, which only shows in all payments together")
    rows = [("all of", f"{found.all_payments:,}", "payments", money(found.all, currency))]
    if found.figure.counted:
        rows.insert(0, ("counted", f"{found.counted_payments:,}", "payments", money(found.counted, currency)))
    for line in columns(rows, right=[1, 3]):
        say(line)
    say()


def _payment(counted: str, amount: str, date: str, supplier: str, ring: str, file: str, row: object) -> list[str]:
    """A payment on two lines, where the table is wider than the terminal."""
    said = {"yes": "counted      ", "no": "not counted  "}.get(counted, "")
    return [f"{said}{amount}  {date}  {supplier} ({ring})", f"  {file}, row {row}"]


def _print_payments(found: Explanation, currency: str) -> None:
    if not found.payments:
        return
    head = ("counted", "amount", "date", "supplier", "ring", "file", "row")
    rows = [
        (
            ("yes" if p["counted"] else "no") if found.tells_counted else "",
            money(p["amount"], p["currency"]),
            p["date"] or "no date",
            p["supplier_name"] or f"({p['supplier_kind']})",
            p["ring"],
            _file(p),
            p["row"],
        )
        for p in found.payments
    ]
    table = columns([head, *rows], right=[1, 6])
    for line in table if fits(table, sys.stdout) else [part for row in rows for part in _payment(*row)]:
        say(line)
    left = found.all_payments - len(found.payments)
    if left:
        tell(f"and {left:,} more; --out FILE.csv writes all of them")


def _file(payment: Any) -> str:
    return f"{payment['file']} [{payment['sheet']}]" if payment["sheet"] else str(payment["file"])


def diff_runs(said: Sequence[str]) -> None:
    """Two runs: their folders, or ids within a project."""
    from holdfast.project import diff

    before, after = _runs(said)
    found = diff(before, after)
    _print_difference(found)


def _runs(said: Sequence[str]) -> tuple[Path, Path]:
    from holdfast.project import Store

    if len(said) == 3:
        store = Store(Path(said[0]))
        return store.find(said[1]), store.find(said[2])
    if len(said) != 2:
        raise HoldfastError(
            Problem("HF904", "Give two runs: holdfast diff RUN RUN, or holdfast diff DIR RUN RUN."), exit_code=2
        )
    found = [Path(s) if Path(s).is_dir() else Store(Path.cwd()).find(s) for s in said]
    return found[0], found[1]


def _print_difference(d: Difference) -> None:
    currency = d.after.currency
    say(f"{d.before.place}: run {d.before.run} -> run {d.after.run}", style="bold")
    if not (d.causes or d.moved or d.figures or d.only_before or d.only_after):
        say("The runs agree in everything.")
        return
    for cause in d.causes:
        if cause.before is None or cause.after is None:
            change = f"added ({cause.after})" if cause.before is None else f"removed ({cause.before})"
        else:
            change = f"{cause.before} -> {cause.after}"
        say(f"  {cause.kind} {cause.what}: {change}")
    for moved in d.moved:
        say(
            f"  {moved.payments:,} payments {moved.reason}: "
            f"{money(moved.before, currency)} -> {money(moved.after, currency)}"
        )
    say()
    _print_figures(d, currency)


def _print_figures(d: Difference, currency: str) -> None:
    if not d.figures:
        say("No figure changed.")
    for f in d.figures[:FIGURES]:
        say(f"{f.id}: {shown(f.before, f.unit, currency)} -> {shown(f.after, f.unit, currency)}")
        for reason, counted, everything in f.why:
            say(f"    {_plus(counted, currency)} counted, {_plus(everything, currency)} in all: {reason}")
    if len(d.figures) > FIGURES:
        say(f"and {len(d.figures) - FIGURES:,} more figures changed")
    for ids, words in ((d.only_before, "no longer there"), (d.only_after, "new")):
        if ids:
            more = f" and {len(ids) - 10:,} more" if len(ids) > 10 else ""
            say(f"{words}: {', '.join(ids[:10])}{more}")


def _plus(amount: Decimal, currency: str) -> str:
    return ("+" if amount > 0 else "") + money(amount, currency)


def compare_places(folders: Sequence[Path]) -> None:
    """A table with a column for each place, or a block for each where they do not fit side by side."""
    from holdfast.project import compare

    if len({folder.resolve() for folder in folders}) < max(len(folders), 2):
        raise HoldfastError(Problem("HF904", "Give at least two project folders, each once."), exit_code=2)
    found = compare(folders)
    say(found.definition)
    say()
    head = ("", *(r.place for r in found.places))
    rows = [(row.label, *(_cell(f) for f in row.figures)) for row in found.rows]
    anchors = ("anchors", *(str(len(r.anchors)) for r in found.places))
    areas = ("area", *(r.rings[0] if r.rings else "" for r in found.places))
    lines = columns([head, areas, anchors, *rows], right=range(1, len(head)))
    if not fits(lines, sys.stdout):
        lines = _one_under_another([head, areas, anchors, *rows])
    for line in lines:
        say(line)
    show(found.problems)


def _one_under_another(rows: Sequence[Sequence[str]]) -> list[str]:
    """The same table by place: its name, and under it what each row says of it."""
    lines: list[str] = []
    for place, name in enumerate(rows[0][1:], start=1):
        lines += [name, *columns([(row[0], row[place]) for row in rows[1:]], indent="  "), ""]
    return lines[:-1]


def _cell(f: Figure | None) -> str:
    if f is None:
        return "not known"
    value = shown(f.value, f.unit, "")
    if f.low is None or f.high is None:
        return value
    return f"{value} ({shown(f.low, f.unit, '')} to {shown(f.high, f.unit, '')})"
