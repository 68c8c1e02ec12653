"""The kind of each row, and which credit takes back which payment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfast.spend import kinds, totals
from holdfast.spend.amount_column import sum_of
from holdfast.spend.headers import normalise
from holdfast.spend.staged import TYPED, Staged, cell

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Mask = npt.NDArray[np.bool_]


def kinds_of(s: Staged, pennies: npt.NDArray[np.int64]) -> npt.NDArray[np.int8]:
    """A kind per row, as an index into :data:`kinds.KINDS`."""
    import numpy as np

    rank = {k: n for n, k in enumerate(kinds.KINDS)}
    result = np.where(pennies < 0, rank["credit"], rank["payment"]).astype(np.int8)

    def mark(rows: Mask, kind: str) -> None:
        result[rows] = np.minimum(result[rows], rank[kind])

    if (i := s.at("supplier")) is not None:
        values, indices = s.coded(i)
        per_value = np.full(len(values), len(kinds.KINDS), dtype=np.int8)
        for v, k in kinds.kinds_of_names(values).items():
            per_value[v] = rank[k]
        result = np.minimum(result, per_value[indices]) if len(values) else result
        _mark_own_body(s, result, rank["internal"])
    if (i := s.at("category")) is not None:
        mark(s.indexed(i, kinds.internal_categories(s.coded(i)[0].to_pylist())), "internal")
    if (i := s.at("card")) is not None:
        mark(s.indexed(i, kinds.card_values(s.coded(i)[0].to_pylist())), "card")
    if (i := s.at("row_type")) is not None:
        for v, k in kinds.type_values(s.coded(i)[0].to_pylist()).items():
            mark(s.indexed(i, {v}), k)
    everything = np.ones(s.height, dtype=bool)
    if s.layout and s.layout.kind:
        return np.where(result == rank["credit"], result, rank[s.layout.kind]).astype(np.int8)
    # the transparency code has the column in every file; it says something only where it is filled
    filled = [h for j, h in enumerate(s.header.cells) if "merchant" not in h.lower() or not s.blank(j).all()]
    if kinds.is_card_file(s.name, filled):
        mark(everything, "card")
    if kinds.is_contract_register(s.header.cells):
        mark(everything, "commitment")
    elif kinds.is_grant_list(s.header.cells):
        mark(everything, "grant")
    return result


def _mark_own_body(s: Staged, result: npt.NDArray[np.int8], internal: int) -> None:
    """Payments to the paying body its."""
    import numpy as np
    import pyarrow.compute as pc

    i, j = s.at("supplier"), s.at("body")
    if i is None or j is None:
        return
    bodies, body_of = s.coded(j)
    names, name_of = s.coded(i)
    known = pc.utf8_upper(pc.utf8_trim_whitespace(bodies))
    same = pc.fill_null(pc.index_in(pc.utf8_upper(pc.utf8_trim_whitespace(names)), known), -1).to_numpy(
        zero_copy_only=False
    )
    if len(same) and (same >= 0).any():
        upper = known.to_pylist()
        canonical = np.array([upper.index(v) if v else -2 for v in upper])
        rows = same[name_of] == canonical[body_of]
        result[rows] = np.minimum(result[rows], internal)


def reversals_of(s: Staged, pennies: npt.NDArray[np.int64], keep: npt.NDArray[np.intp]) -> pa.Array:
    """For each credit the row it takes back, where exactly one payment fits; for all other rows null."""
    import numpy as np
    import pyarrow as pa

    i = s.at("supplier")
    if i is None or not (pennies[keep] < 0).any():
        return pa.nulls(len(keep), pa.int64())
    result = totals.pair_reversals(s.coded(i)[1][keep].astype(np.int64), pennies[keep], s.numbers[keep])
    return pa.array(result, mask=result == 0)


#: Headers of a column that says what became of a payment, and what it says of one that was not made after all.
_STATUS = frozenset({"status", "payment status", "invoice status", "cheque status", "check status", "record status"})
_NOT_MADE = r"(?i)^\s*(cancell?ed|cancellation|void(ed)?|stopped|rejected|not paid|unpaid|returned)\s*$"


def cancelled_note(s: Staged, pennies: npt.NDArray[np.int64]) -> None:
    """Rows whose status says that the payment was not made are kept and pointed out, with their money."""
    import pyarrow.compute as pc

    for i, header in enumerate(s.header.cells):
        if normalise(header) not in _STATUS:
            continue
        values, _ = s.coded(i)
        rows = s.value_mask(i, pc.match_substring_regex(values, _NOT_MADE)) & (s.state == TYPED)
        if rows.any():
            first = cell(s.arrays[i], int(rows.argmax())).strip()
            amount = sum_of(pennies[rows])
            message = f"rows are marked as cancelled, void or not paid, {amount:,.2f} in all; they were counted"
            s.note("HF340", message, rows, column=header.strip(), value=first, amount=amount)


def kind_notes(s: Staged, kind: npt.NDArray[np.int8]) -> None:
    import numpy as np

    typed = s.state == TYPED
    rank = {k: n for n, k in enumerate(kinds.KINDS)}
    for code, message, names in (
        ("HF308", "the supplier's name is withheld", ("redacted",)),
        ("HF310", "rows are commitments or contracts, not payments", ("commitment",)),
        ("HF327", "the table lists grants", ("grant",)),
        ("HF317", "rows were paid by purchase card", ("card",)),
        ("HF321", "rows are internal, payroll or to private persons", ("personal", "payroll", "internal")),
        ("HF309", "amounts are credits or reversals", ("credit",)),
    ):
        s.note(code, message, typed & np.isin(kind, [rank[n] for n in names]))
    if (i := s.at("supplier")) is None:
        s.note("HF202", "no column could be told to be the supplier")
    else:
        s.note("HF307", "the supplier is not stated", s.blank(i) & typed)
