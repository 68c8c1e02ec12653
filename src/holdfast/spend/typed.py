"""A grid of text into payments: header, columns, amounts, dates, kinds. Every row ends in exactly one of three places.

staged = typed + quarantined + excluded holds for every table by construction: each non-blank row below the header
carries one state, and the counts are counts of states.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from holdfast.core.problem import Problem
from holdfast.spend import kinds
from holdfast.spend.amount_column import amounts_of, decimals_of
from holdfast.spend.clean import clean_text
from holdfast.spend.columns import Columns, recognise
from holdfast.spend.currencies import Currencies, currencies_of, is_american
from holdfast.spend.date_column import dates_of
from holdfast.spend.grid import Grid
from holdfast.spend.headers import HeaderRow, HeaderWords, find_header, find_unknown_header
from holdfast.spend.kind_column import cancelled_note, kind_notes, kinds_of, reversals_of
from holdfast.spend.leave_out import (
    leave_out_blank_rows,
    leave_out_headers,
    leave_out_totals,
    quarantine_amounts,
    set_aside_second_table,
)
from holdfast.spend.mapping import SavedLayout, SavedMapping
from holdfast.spend.names import fill_down, split_ids
from holdfast.spend.profile import SAMPLE, profile
from holdfast.spend.staged import BLANK, EXCLUDED, QUARANTINED, TYPED, Staged, Style, cell

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

TEXT_FIELDS = (
    "supplier", "supplier_id", "postcode", "town", "company_number", "charity_number", "vat_number", "body",
    "category", "category_code", "department", "description", "reference",
)  # fmt: skip


@dataclass(frozen=True)
class Typed:
    """What became of a grid. ``payments`` lacks only the columns that the file itself cannot know (file, sheet)."""

    header_row: int | None
    mapping: dict[str, str]
    reasons: dict[str, str]
    headers: tuple[str, ...]
    staged: int
    typed: int
    quarantined: int
    excluded: int
    total: Decimal
    currency: str
    vat_basis: str
    payments: pa.Table | None
    quarantine: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    bodies: dict[str, int] = field(default_factory=dict)
    others: dict[str, Decimal] = field(default_factory=dict)
    currency_told: bool = True


def nothing(
    problems: Sequence[Problem], currency: str, header_row: int | None = None, headers: Sequence[str] = ()
) -> Typed:
    """A table from which nothing was staged, and why."""
    return Typed(
        header_row,
        {},
        {},
        tuple(headers),
        0,
        0,
        0,
        0,
        Decimal("0.00"),
        currency,
        "as published",
        None,
        problems=list(problems),
    )


def type_grid(grid: Grid, name: str, style: Style, saved: SavedMapping | None = None) -> Typed:
    """Read a grid as payments. ``name`` is the file's name, which may tell a period or that rows are by card."""
    problems = list(grid.problems)
    if not grid.width or not grid.height:
        reason = [] if any(p.severity == "error" for p in problems) else [Problem("HF103", "there are no rows")]
        return nothing([*problems, *reason], style.currency)
    header, below = _saved_header(grid, saved) or _header(grid, style.words)
    columns, layout, found = _columns(grid, header, below, style, saved)
    problems += found
    if not _is_payment_table(columns):
        found = [p for p in problems if p.severity == "error" or p.code in ("HF111", "HF207")]
        why = [] if any(p.code == "HF201" for p in found) else _why_not(header, columns)
        return nothing([*found, *why], style.currency, _number(grid, header), header.cells)
    return _typed(Staged(grid, header, below, columns, layout, name, style, problems))


def _number(grid: Grid, header: HeaderRow) -> int | None:
    return grid.top[header.index][0] if header.index is not None else None


def _saved_header(grid: Grid, saved: SavedMapping | None) -> tuple[HeaderRow, int] | None:
    """The first row that reads like the header of a saved layout, in whatever words."""
    import numpy as np

    for i, (number, row) in enumerate(grid.top if saved else ()):
        if saved and saved.for_headers(row):
            cells = (*(c.strip() for c in row), *[""] * (grid.width - len(row)))[: grid.width]
            return HeaderRow(i, 1, cells), int(np.searchsorted(grid.rows.to_numpy(), number, side="right"))
    return None


def _header(grid: Grid, words: HeaderWords) -> tuple[HeaderRow, int]:
    """The header and the position of the first data row. A file may carry its header only at the end."""
    import numpy as np

    header = find_header(grid.top, words)
    if header.index is not None:
        last = grid.top[header.index + header.span - 1][0]
        cells = (*header.cells, *[""] * (grid.width - len(header.cells)))[: grid.width]
        below = int(np.searchsorted(grid.rows.to_numpy(), last, side="right"))
        if header.index < 2 or _samples(grid, below)[0]:
            return HeaderRow(header.index, header.span, cells), below
    unknown = find_unknown_header(grid.top)
    if unknown.index is not None:
        last = grid.top[unknown.index][0]
        cells = (*unknown.cells, *[""] * (grid.width - len(unknown.cells)))[: grid.width]
        return HeaderRow(unknown.index, 1, cells), int(np.searchsorted(grid.rows.to_numpy(), last, side="right"))
    for back in range(1, min(6, grid.height) + 1):
        i = grid.height - back
        cells = tuple(cell(c, i) for c in grid.columns)
        if find_header([(1, cells)], words).index is not None:
            return HeaderRow(None, 0, cells), 0
    return HeaderRow(None, 0, ("",) * grid.width), 0


def _columns(
    grid: Grid, header: HeaderRow, below: int, style: Style, saved: SavedMapping | None
) -> tuple[Columns, SavedLayout | None, list[Problem]]:
    """Columns from the saved mapping where one fits, else recognised."""
    layout = None
    if saved:
        layout = saved.for_headers(header.cells) if any(header.cells) else _headerless_layout(grid, below, saved)
    if layout:
        positions, problems = layout.positions(header.cells)
        reasons = dict.fromkeys(positions, "the saved mapping")
        vat = layout.vat or _vat_basis(grid, header, below, style, positions)
        return Columns(positions, reasons, vat, ()), layout, problems
    columns = _recognised(grid, header, below, style)
    problems = list(columns.problems)
    if header.index is None and "amount" in columns.positions:
        problems.append(Problem("HF206", "the file has no header row above its data"))
    return columns, None, problems


def _recognised(grid: Grid, header: HeaderRow, below: int, style: Style) -> Columns:
    samples = _samples(grid, below)
    profiles = [profile(s, style.calendar, style.postcode) for s in samples]
    return recognise(header.cells, profiles, samples, style.words)


def _vat_basis(grid: Grid, header: HeaderRow, below: int, style: Style, positions: Mapping[str, int]) -> str:
    """What the amounts include where the mapping does not say: what is found of the column that it takes."""
    found = _recognised(grid, header, below, style)
    same = all(found.positions.get(name) == positions.get(name) for name in ("amount", "vat"))
    return found.vat_basis if same else "as published"


def _headerless_layout(grid: Grid, below: int, saved: SavedMapping) -> SavedLayout | None:
    """The layout for a file without header: by all its columns, or by those that are filled."""
    return saved.for_width(grid.width) or saved.for_width(_used_width(grid, below))


def _used_width(grid: Grid, below: int) -> int:
    """Columns up to the last one with a filled cell among the sample."""
    filled = [any(v.strip() for v in s) for s in _samples(grid, below)]
    return max((i + 1 for i, f in enumerate(filled) if f), default=0)


def _samples(grid: Grid, below: int) -> list[list[str]]:
    """The same evenly spread, non-blank rows of every column."""
    import numpy as np
    import pyarrow as pa

    height = grid.height - below
    if height <= 0:
        return [[] for _ in grid.columns]
    picks = below + np.unique(np.linspace(0, height - 1, min(height, SAMPLE * 2)).astype(np.int64))
    taken = [c.take(pa.array(picks)).to_pylist() for c in grid.columns]
    keep = [r for r in range(len(picks)) if sum(1 for c in taken if c[r].strip()) >= 2][: SAMPLE * 2]
    step = max(1, len(keep) // SAMPLE)
    return [[c[r] for r in keep[::step]] for c in taken]


def _is_payment_table(columns: Columns) -> bool:
    return "amount" in columns.positions and ("supplier" in columns.positions or "date" in columns.positions)


def _why_not(header: HeaderRow, columns: Columns) -> list[Problem]:
    if header.index is None and not columns.positions:
        return [Problem("HF103", "no row reads like the header of a table of payments")]
    if "supplier" in columns.positions and "date" in columns.positions:
        return [Problem("HF201", "there are suppliers and dates, but no column could be told to be the amount")]
    missing = "an amount" if "amount" not in columns.positions else "a supplier or a date"
    return [Problem("HF103", f"the table lacks {missing}")]


def _typed(s: Staged) -> Typed:
    """The steps in their order: what is no payment is set apart before dates and kinds are looked at."""
    pennies, readable = amounts_of(s)
    leave_out_blank_rows(s)
    leave_out_headers(s)
    set_aside_second_table(s, readable)
    leave_out_totals(s, pennies)
    quarantine_amounts(s, readable)
    fill_down(s)
    split_ids(s)
    currencies = currencies_of(s)
    days = dates_of(s, month_first=is_american(s, currencies.main))
    return _finish(s, pennies, days, kinds_of(s, pennies), currencies)


def _finish(
    s: Staged,
    pennies: npt.NDArray[np.int64],
    days: pa.Array,
    kind: npt.NDArray[np.int8],
    currencies: Currencies,
) -> Typed:
    import numpy as np
    import pyarrow as pa

    keep = np.flatnonzero(s.state == TYPED)
    whole = len(keep) == s.height
    take = pa.array(keep)
    data: dict[str, Any] = {"row": pa.array(s.numbers[keep])}
    data["date"] = days if whole else days.take(take)
    data["amount"] = decimals_of(pennies[keep])
    for name in TEXT_FIELDS:
        data[name] = _text(s, name, take, whole)
    data["kind"] = pa.DictionaryArray.from_arrays(pa.array(kind[keep].astype(np.int32)), pa.array(kinds.KINDS))
    data["reversal_of"] = reversals_of(s, pennies, keep)
    if (currency := currencies.column(keep)) is not None:
        data["currency"] = currency
    sums = currencies.sums(pennies, keep)
    kind_notes(s, kind)
    cancelled_note(s, pennies)
    table = pa.table(data)
    return Typed(
        header_row=_number(s.grid, s.header),
        mapping={
            n: s.header.cells[i].strip() or f"column {i + 1}"
            for n, i in sorted({**s.columns.positions, **s.named}.items(), key=lambda x: x[1])
        },
        reasons={**s.columns.reasons, **s.reasons},
        headers=s.header.cells,
        staged=int((s.state != BLANK).sum()) + s.set_aside + len(s.without_amount),
        typed=len(keep),
        quarantined=int((s.state == QUARANTINED).sum()) + s.set_aside,
        excluded=int((s.state == EXCLUDED).sum()) + len(s.without_amount),
        total=sums.pop(currencies.main, Decimal(0)),
        currency=currencies.main,
        vat_basis="net" if s.columns.vat_basis == "gross less VAT" else s.columns.vat_basis,
        payments=table,
        quarantine=sorted(s.quarantine, key=lambda q: q["row"]),
        problems=_finished_problems(s),
        bodies=_bodies(s, keep),
        others=sums,
        currency_told=currencies.told,
    )


def _text(s: Staged, name: str, take: pa.Array, whole: bool) -> pa.Array:
    """A text column, cleaned value by value; blank is null."""
    import pyarrow as pa

    i = s.at(name)
    if name in s.texts:
        return s.texts[name].take(take)
    if i is None:
        return pa.nulls(len(take), pa.string())
    if i not in s.codes and pa.types.is_string(s.arrays[i].type):
        return _plain_text(s, name, s.arrays[i], take, whole)
    values, indices = s.coded(i)
    cleaned, notes = clean_text(values)
    for code, message, mask in notes:
        s.note(code, message, s.value_mask(i, mask) & (s.state == TYPED), column=s.label(name))
    rows = pa.array(indices) if whole else pa.array(indices).take(take)
    if cleaned.null_count:
        return cleaned.take(rows) if len(cleaned) > 0.5 * len(rows) else cleaned.take(rows).dictionary_encode()
    return pa.DictionaryArray.from_arrays(rows, cleaned)


def _plain_text(s: Staged, name: str, values: pa.Array, take: pa.Array, whole: bool) -> pa.Array:
    """A column that hardly repeats itself: cleaned as it is, without looking for its distinct values."""
    import numpy as np

    cleaned, notes = clean_text(values)
    for code, message, mask in notes:
        rows = np.asarray(mask.to_numpy(zero_copy_only=False), dtype=bool)
        s.note(code, message, rows & (s.state == TYPED), column=s.label(name))
    return cleaned if whole else cleaned.take(take)


def _finished_problems(s: Staged) -> list[Problem]:
    if s.columns.vat_basis == "as published":
        return [*s.problems, Problem("HF208", "the file does not say whether amounts include VAT")]
    return s.problems


def _bodies(s: Staged, keep: npt.NDArray[np.intp]) -> dict[str, int]:
    import numpy as np

    i = s.at("body")
    if i is None:
        return {}
    values, indices = s.coded(i)
    counts = np.bincount(indices[keep], minlength=len(values)).tolist()
    named = [(v.strip(), n) for v, n in zip(values.to_pylist(), counts, strict=True) if v.strip() and n]
    return dict(sorted(named, key=lambda x: (-x[1], x[0]))[:5])
