"""``holdfast read``: what is in payment files, without any set-up."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from holdfast.cli.problems import show, worth_stopping
from holdfast.cli.progress import progress
from holdfast.cli.terminal import columns, counted, say, tell
from holdfast.core.disk import whole_or_nothing
from holdfast.core.money import money_by_currency
from holdfast.core.problem import HoldfastError, Problem

if TYPE_CHECKING:
    from holdfast.spend.mapping import SavedMapping
    from holdfast.spend.reading import Reading, TableRead

#: Above this many bytes payments go to a temporary folder instead of memory.
MUCH = 200 << 20


def read_files(
    paths: Sequence[Path], *, as_json: bool, out: Path | None, strict: bool, mappings: Path | None, country: str
) -> None:
    """Read, print, and end with 1 where nothing could be read or, if ``strict``, with any problem."""
    from holdfast.packs import load

    _must_exist([*paths, *([mappings] if mappings and not mappings.parent.exists() else [])])
    _may_be_written(out)
    pack = load(country)
    saved = _saved(mappings)
    with _room(paths) as cache, progress() as tell_progress:
        reading = _read(paths, pack, saved, cache, tell_progress)
        if out:
            write_payments(reading, out)
    if mappings and not saved:
        _save_mapping(reading, mappings, paths[0])
    if as_json:
        from holdfast.spend.reader import as_text

        say_raw(as_text(reading))
    else:
        for table in reading.files:
            _print(table)
        _print_totals(reading)
    problems = _unreconciled(reading) or _nothing(reading)
    show(problems)
    if problems or (strict and worth_stopping(reading.problems)):
        raise SystemExit(1)


def say_raw(text: str) -> None:
    """Text for machines, as it is."""
    import sys

    sys.stdout.write(text)


def _read(paths: Sequence[Path], pack: Any, saved: Any, cache: Path | None, tell_progress: Any) -> Reading:
    from holdfast.spend.reader import read

    def each(done: int, all: int, _name: str) -> None:
        if tell_progress:
            tell_progress("Reading", done, all)

    return read(list(paths), pack=pack, mappings=saved, cache=cache, progress=each)


def _must_exist(paths: Sequence[Path]) -> None:
    missing = [Problem("HF104", f"There is no file or folder {p}.", file=str(p)) for p in paths if not p.exists()]
    if missing:
        raise HoldfastError(*missing, exit_code=2)


def _may_be_written(out: Path | None) -> None:
    """Found out before the reading, not after it."""
    if out is None:
        return
    if out.suffix.lower() != ".parquet":
        raise HoldfastError(
            Problem("HF904", f"--out writes Parquet: give a name that ends in .parquet, not {out.name}."), exit_code=2
        )
    if not out.parent.is_dir():
        raise HoldfastError(Problem("HF903", f"There is no folder {out.parent}."), exit_code=2)


@contextmanager
def _room(paths: Sequence[Path]) -> Iterator[Path | None]:
    """A temporary folder for the payments of large files; small ones stay in memory."""
    files = (f for p in paths for f in (p.rglob("*") if p.is_dir() else [p]))
    if sum(f.stat().st_size for f in files if f.is_file()) <= MUCH:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="holdfast-") as folder:
        yield Path(folder)


def _saved(mappings: Path | None) -> SavedMapping | None:
    """Every layout in a folder of mappings, or in one file."""
    from holdfast.spend.mapping import SavedMapping

    if mappings is None or not mappings.exists():
        return None
    files = sorted(mappings.glob("*.toml")) if mappings.is_dir() else [mappings]
    layouts = tuple(layout for f in files for layout in SavedMapping.load(f).layouts)
    return SavedMapping(mappings, layouts) if layouts else None


def _save_mapping(reading: Reading, mappings: Path, first: Path) -> None:
    """Write how the files were read, once, to be corrected by hand and used again."""
    from holdfast.spend.mapping import render

    layouts = {
        t.headers: (t.headers, t.mapping, t.reasons, t.vat_basis)
        for t in reading.files
        if t.rows_typed and any(t.headers)
    }
    if not layouts:
        return
    publisher = first.resolve().name if first.is_dir() else first.resolve().parent.name or first.stem
    target = mappings if mappings.suffix == ".toml" else mappings / f"{publisher}.toml"
    with whole_or_nothing(target) as beside:
        beside.write_text(render(list(layouts.values()), publisher), encoding="utf-8")
    tell(f"How these files were read is kept in {target}; correct it there if it is wrong.")


def _print(t: TableRead) -> None:
    sheet = f"  sheet {t.sheet!r}" if t.sheet else ""
    say(f"{t.path}{sheet}", style="bold")
    if t.rows_typed or t.mapping:
        header = f"header in row {t.header_row}" if t.header_row else "no header row"
        say(f"  {', '.join(x for x in (t.encoding, header) if x)}")
        for line in columns([(f, c, t.reasons.get(f, "")) for f, c in t.mapping.items()], indent="  "):
            say(line)
        say(f"  {_rows(t)}")
        if t.rows_typed:
            span = f"{t.first_date} to {t.last_date}" if t.first_date else "no dates"
            say(f"  {span}; total {money_by_currency(t.sums, t.duplicates)} ({t.vat_basis})")
    _print_problems(t)
    say()


def _rows(t: TableRead) -> str:
    return (
        f"{t.rows_staged:,} rows: {t.rows_typed:,} read, {t.rows_quarantined:,} set aside, {t.rows_excluded:,} left out"
    )


def _print_problems(t: TableRead) -> None:
    """The problems of one table belong to the result, so they stand with it."""
    for p in t.problems:
        row = f", row {p.row}" if p.row is not None else ""
        many = (
            f" ({p.count:,} times{', first in row ' + str(p.row) if p.row is not None else ''})" if p.count > 1 else row
        )
        value = f": {p.value}" if p.value and p.value not in p.message else ""
        say(f"  {p.severity}[{p.code}] {p.message}{value}{many}", style=p.severity)


def _print_totals(reading: Reading) -> None:
    totals = reading.to_json()["totals"]
    twice = {currency: f", {amount} of it listed twice" for currency, amount in totals["duplicates"].items()}
    sums = "; ".join(f"{c} {total}{twice.get(c, '')}" for c, total in totals["total"].items())
    say(
        f"{counted(totals['files'], 'file')}, {counted(totals['payment_tables'], 'table')} of payments, "
        f"{totals['rows_typed']:,} of "
        f"{totals['rows_staged']:,} rows read" + (f", total {sums}" if sums else "")
    )


def _unreconciled(reading: Reading) -> list[Problem]:
    return [
        Problem("HF320", "The rows read, set aside and left out are not those that were there.", file=t.path)
        for t in reading.files
        if not t.reconciles
    ]


def _nothing(reading: Reading) -> list[Problem]:
    """Files without a single payment: the result is a refusal."""
    if any(t.rows_typed for t in reading.files):
        return []
    help = "See what is said of each file above." if reading.files else "There is no file there: name another folder."
    return [Problem("HF413", "No payment could be read.", help=help)]


def write_payments(reading: Reading, path: Path) -> None:
    """Every payment read, as Parquet with the columns of the ``payments`` contract."""
    import pyarrow.parquet as pq

    from holdfast.tables.contract import schema

    with (
        whole_or_nothing(path) as beside,
        pq.ParquetWriter(beside, schema("payments"), compression="zstd") as writer,
    ):
        for table in reading.files:
            payments = table.table()
            if payments is not None and payments.num_rows:
                writer.write_table(payments.cast(schema("payments")))
