"""``holdfast match``: who the names of a list are, by a register."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from holdfast.cli.progress import progress
from holdfast.cli.read_files import say_raw
from holdfast.cli.terminal import say, tell
from holdfast.core.disk import whole_or_nothing
from holdfast.core.problem import HoldfastError, Problem

if TYPE_CHECKING:
    from holdfast.core.figures import Cell
    from holdfast.suppliers.matching.lists import Matched, NameList


def match_names(names: Path, register: Path, *, out: Path | None, as_json: bool, country: str) -> None:
    """Write one row for each row of ``names``: to ``out``, else to stdout. Ends with 2 for files that are not there."""
    from holdfast.packs import load
    from holdfast.suppliers.matching.lists import as_document, match_lists, read_names, read_register

    missing = [Problem("HF104", f"There is no file {p}.", file=str(p)) for p in (names, register) if not p.is_file()]
    if missing:
        raise HoldfastError(*missing, exit_code=2)
    if out and not out.parent.is_dir():
        raise HoldfastError(Problem("HF903", f"There is no folder {out.parent}."), exit_code=2)
    pack = load(country)
    asked = read_names(names)
    with progress() as tell_progress:
        if tell_progress:
            tell_progress("Reading the register", 0, 0)
        listed = read_register(register)
        if tell_progress:
            tell_progress("Matching names", 0, asked.table.num_rows)
        rows = match_lists(
            asked, listed, pack, (lambda n, of: tell_progress("Matching names", n, of)) if tell_progress else None
        )
    if out:
        with whole_or_nothing(out) as beside:
            beside.write_bytes(_csv(rows))
    if as_json:
        say_raw(json.dumps(as_document(rows), ensure_ascii=False, indent=1) + "\n")
    elif not out:
        say_raw(_csv(rows).decode("utf-8"))
    _tally(rows, asked, say if out and not as_json else tell)


def _csv(rows: Sequence[Matched]) -> bytes:
    from holdfast.report.csvs import written
    from holdfast.suppliers.matching.lists import Matched

    cells: Iterator[tuple[Cell, ...]] = (
        (*row[:4], _share(row.score), row.evidence, row.runner_up_id, _share(row.runner_up_score)) for row in rows
    )
    return written(Matched._fields, cells)


def _share(value: float) -> Decimal:
    return Decimal(f"{value:.4f}")


def _tally(rows: Sequence[Matched], names: NameList, write: Callable[[str], None]) -> None:
    """How many names, and how much money where the list says, each outcome has."""
    from holdfast.spend.amounts import parse_amount

    amounts = [parse_amount(a or "") or Decimal(0) for a in names.table.column("amount").to_pylist()]
    whole = sum(amounts, Decimal(0))
    for which in ("linked", "review", "none"):
        mine = [a for r, a in zip(rows, amounts, strict=True) if r.outcome == which]
        of_money = f", {sum(mine, Decimal(0)) / whole:.1%} of the money" if whole > 0 else ""
        write(f"{which}: {len(mine):,} of {len(rows):,} names{of_money}")
