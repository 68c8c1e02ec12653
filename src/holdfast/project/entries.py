"""Every payment as a few whole numbers: who, what, when, which kind, how much. Everything is added up from these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from holdfast.core.problem import HoldfastError, Problem
from holdfast.project.batches import Piece, Source, plan, read_batch

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    from holdfast.engine.duck import Engine

#: One number for each payment.
Numbers: TypeAlias = "npt.NDArray[np.integer[Any]]"
#: What makes a payee, after the anchor.
PAYEE_TEXT = ("supplier", "supplier_id", "postcode", "town", "company_number", "charity_number", "vat_number")
#: Kinds that say who was paid; the others say how, and every one of them may go to the same payee.
PAYEE_KINDS = ("redacted", "grant", "personal", "payroll", "internal")
#: Text columns that are added up by, and the whole numbers that hold their codes.
CODED = {"category": "int32", "kind": "int8", "currency": "int16"}
#: Stand for "no date" among days and months.
NO_DAY, NO_MONTH = -(2**31), -(2**15)
WANTED = (*PAYEE_TEXT, *CODED, "date", "amount")


@dataclass(frozen=True, slots=True)
class Entries:
    """All payments, in the order of the sources.

    ``payees``: the columns of the ``payees`` contract that are known before anybody is resolved; row ``i`` is payee
    ``i``. ``payee``, ``day`` (days since 1970, ``NO_DAY`` where unknown) and ``pennies`` hold one number for each
    payment; so do ``codes``: positions in ``words``, -1 where blank. ``table`` is the one batch, where one is all.
    """

    sources: tuple[Source, ...]
    batches: tuple[tuple[Piece, ...], ...]
    payees: pa.Table
    payee: Numbers
    day: Numbers
    pennies: Numbers
    codes: dict[str, Numbers]
    words: dict[str, pa.Array]
    table: pa.Table | None = None

    def __len__(self) -> int:
        return len(self.payee)


def with_dates(entries: Entries, wanted: bool) -> pa.Table:
    """The payees with ``first_paid`` and ``last_paid``, the days of their payments; null where not ``wanted``."""
    import numpy as np
    import pyarrow as pa

    many = entries.payees.num_rows
    if not wanted:
        none = pa.nulls(many, pa.date32())
        return entries.payees.append_column("first_paid", none).append_column("last_paid", none)
    known = entries.day != NO_DAY
    payee, day = entries.payee[known], entries.day[known]
    first, last = np.full(many, 2**31 - 1, dtype=np.int32), np.full(many, NO_DAY, dtype=np.int32)
    np.minimum.at(first, payee, day)
    np.maximum.at(last, payee, day)
    undated = last == NO_DAY
    days = {"first_paid": first, "last_paid": last}
    table = entries.payees
    for name, values in days.items():
        table = table.append_column(name, pa.array(values, pa.int32(), mask=undated).cast(pa.date32()))
    return table


def enter(engine: Engine, sources: Sequence[Source], more: Sequence[str] = ()) -> Entries:
    """Read the payments of every source and number their payees. ``more`` are columns worth keeping for later.

    Raises :class:`HoldfastError` HF320 where a source does not hold the rows or the money its reading counted.
    """
    batches = plan(sources)
    # what fits one batch is read once and kept; of more, the rest is read again when it is written
    columns = WANTED if len(batches) > 1 else [*WANTED, *(c for c in more if c not in WANTED)]
    ledger = _Ledger.of(sum(piece.rows for pieces in batches for piece in pieces))
    names = []
    for pieces in batches:
        table = read_batch(sources, pieces, columns)
        names.append(ledger.add(sources, pieces, table))
    payees, numbers = _number(engine, names)
    ledger.renumber(numbers)
    return Entries(
        sources=tuple(sources),
        batches=tuple(map(tuple, batches)),
        payees=payees,
        payee=ledger.payee,
        day=ledger.day,
        pennies=ledger.pennies,
        codes=ledger.codes,
        words={name: ledger.words[name].array() for name in CODED},
        table=table if len(batches) == 1 else None,
    )


@dataclass
class _Ledger:
    """The numbers of all payments, filled batch by batch. ``starts`` are the rows where batches begin."""

    payee: Numbers
    day: Numbers
    pennies: Numbers
    codes: dict[str, Numbers]
    words: dict[str, _Words]
    starts: list[int]

    @classmethod
    def of(cls, rows: int) -> _Ledger:
        import numpy as np

        codes: dict[str, Numbers] = {name: np.empty(rows, dtype=width) for name, width in CODED.items()}
        return cls(
            payee=np.empty(rows, dtype=np.int32),
            day=np.empty(rows, dtype=np.int32),
            pennies=np.empty(rows, dtype=np.int64),
            codes=codes,
            words={name: _Words() for name in CODED},
            starts=[0],
        )

    def add(self, sources: Sequence[Source], pieces: Sequence[Piece], table: pa.Table) -> pa.Table:
        """Enter a batch, its payees numbered within it; gives the texts of these, in the order of their numbers."""
        import pyarrow as pa

        rows = slice(self.starts[-1], self.starts[-1] + table.num_rows)
        self.starts.append(rows.stop)
        self.pennies[rows] = _pennies(column(table, "amount"))
        _reconcile(sources, pieces, self.pennies[rows])
        days = column(table, "date").cast(pa.int32()).fill_null(NO_DAY)
        self.day[rows] = days.to_numpy(zero_copy_only=False)
        for name in CODED:
            values = column(table, name)
            codes = values.indices.fill_null(-1).to_numpy(zero_copy_only=False)
            self.codes[name][rows] = self.words[name].codes(values.dictionary)[codes]
        table = table.append_column("payee_kind", _payee_kind(column(table, "kind")))
        keys = ["anchor", *PAYEE_TEXT, "payee_kind"]
        self.payee[rows], first = distinct([codes_of(column(table, key)) for key in keys])
        return table.select(keys).take(pa.array(first)).rename_columns(["anchor", *PAYEE_TEXT, "kind"])

    def renumber(self, numbers: Sequence[Numbers]) -> None:
        """From numbers within each batch to numbers of the whole."""
        for (start, stop), number in zip(pairwise(self.starts), numbers, strict=True):
            self.payee[start:stop] = number[self.payee[start:stop]]


class _Words:
    """The words of a column, numbered in order of appearance."""

    def __init__(self) -> None:
        self.number: dict[str, int] = {}

    def codes(self, dictionary: pa.Array) -> Numbers:
        """Numbers of the words of a dictionary, and at the end -1, where a code of -1 (blank) finds it."""
        import numpy as np

        return np.array([*(self.number.setdefault(w, len(self.number)) for w in dictionary.to_pylist()), -1])

    def array(self) -> pa.Array:
        import pyarrow as pa

        return pa.array(list(self.number), pa.string())


def column(table: pa.Table, name: str) -> pa.Array:
    """A column of a batch as one array."""
    chunked = table.column(name)
    return chunked.chunk(0) if chunked.num_chunks == 1 else chunked.combine_chunks()


def _pennies(amounts: pa.Array) -> Numbers:
    """Amounts in hundredths: the low half of each 128-bit decimal, which 18 digits never leave."""
    import numpy as np

    words = np.frombuffer(amounts.buffers()[1], dtype="<i8")
    pennies: Numbers = words[2 * amounts.offset : 2 * (amounts.offset + len(amounts)) : 2].copy()
    return pennies


def months_of(days: Numbers) -> Numbers:
    """Months since 1970 of days; the calendar is asked once for each day of the span, not for each payment."""
    import numpy as np

    known = days != NO_DAY
    if not known.any():
        return np.full(len(days), NO_MONTH, dtype=np.int16)
    first, last = int(days.min(where=known, initial=2**31 - 1)), int(days.max())
    calendar = np.arange(first, last + 1).astype("datetime64[D]").astype("datetime64[M]").astype(np.int16)
    # one place more at the end, where the unknown are sent
    calendar = np.append(calendar, np.int16(NO_MONTH))
    return calendar[np.where(known, days - np.int32(first), last - first + 1)]


def _payee_kind(kinds: pa.Array) -> pa.Array:
    """The kinds that say who was paid; ``payment`` for all others."""
    import pyarrow as pa

    merged = pa.array([k if k in PAYEE_KINDS else "payment" for k in kinds.dictionary.to_pylist()], pa.string())
    distinct = merged.dictionary_encode()
    return pa.DictionaryArray.from_arrays(distinct.indices.take(kinds.indices), distinct.dictionary)


def distinct(codes: Sequence[tuple[Numbers, int]]) -> tuple[Numbers, Numbers]:
    """Number the distinct combinations of codes: each row's number, and the row that has each first.

    ``codes``: for each column the codes of all rows, at least one column, and one more than the largest of them.
    """
    import numpy as np

    code: Numbers = codes[0][0].astype(np.int64)
    size = codes[0][1]
    for values, many in codes[1:]:
        if many == 1:
            continue
        if size * many >= 1 << 62:
            number, size = _dense(code)
            code = number.astype(np.int64)
        code *= many
        code += values
        size *= many
    number, _ = _dense(code)
    del code
    # numbers are given in order of appearance, so a combination is first met where the highest number so far rises
    highest = np.maximum.accumulate(number) if len(number) else number
    first = np.flatnonzero(highest[1:] != highest[:-1]) + 1
    return number, np.concatenate([np.zeros(min(len(number), 1), dtype=first.dtype), first])


def codes_of(values: pa.Array) -> tuple[Numbers, int]:
    """The codes of a dictionary column for :func:`distinct`; blank has a code of its own."""
    many = len(values.dictionary)
    if values.null_count == 0:
        return values.indices.to_numpy(zero_copy_only=False), max(many, 1)
    return values.indices.fill_null(many).to_numpy(zero_copy_only=False), many + 1


def _dense(code: Numbers) -> tuple[Numbers, int]:
    import pyarrow as pa

    encoded = pa.array(code).dictionary_encode()
    return encoded.indices.to_numpy(zero_copy_only=False), max(len(encoded.dictionary), 1)


def _reconcile(sources: Sequence[Source], pieces: Sequence[Piece], pennies: Numbers) -> None:
    """Hold what is analysed to what was counted when the files were read."""
    start = 0
    for piece in pieces:
        source = sources[piece.source]
        total = Decimal(int(pennies[start : start + piece.rows].sum())).scaleb(-2)
        start += piece.rows
        if piece.groups is None and total != source.total:
            message = f"The payments of {source.file} add up to {total:,.2f}, not to {source.total:,.2f} as read."
            raise HoldfastError(Problem("HF320", message, file=source.file))


def _number(engine: Engine, names: Sequence[pa.Table]) -> tuple[pa.Table, list[Numbers]]:
    """One payee for each distinct combination over all batches, numbered in the order of their texts from 0."""
    import numpy as np
    import pyarrow as pa

    keys = ["anchor", *PAYEE_TEXT, "kind"]
    seq = pa.array(np.arange(sum(n.num_rows for n in names), dtype=np.int32))
    entered = pa.concat_tables(n.cast(pa.schema([(k, pa.string()) for k in keys])) for n in names)
    order = ", ".join(f"{k} NULLS FIRST" for k in keys)
    payees = engine.arrow(
        f"SELECT ROW_NUMBER() OVER (ORDER BY {order}) - 1 AS payee, {', '.join(keys)} "
        f"FROM (SELECT DISTINCT {', '.join(keys)} FROM entered) AS distinct_payees ORDER BY payee",
        entered=entered.append_column("seq", seq),
    )
    same = " AND ".join(f"e.{k} IS NOT DISTINCT FROM p.{k}" for k in keys)
    numbered = engine.arrow(f"SELECT payee FROM entered AS e JOIN payees AS p ON {same} ORDER BY seq", payees=payees)
    number = numbered.column("payee").to_numpy().astype(np.int32)
    starts = np.cumsum([0, *(n.num_rows for n in names)])
    return payees, [number[a:b] for a, b in pairwise(starts)]
