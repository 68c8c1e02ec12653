"""Suppliers that do not stand plainly on each row: once above their payments, or together with their number."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from holdfast.spend.staged import EXCLUDED, TYPED, Staged

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Mask = npt.NDArray[np.bool_]


def fill_down(s: Staged) -> None:
    """The supplier of each payment where reports name it once: in a row of its own above them, or on the first."""
    i = _supplier_column(s)
    if i is None:
        return
    rows = s.state == TYPED
    named = ~s.blank(i)
    if not (rows & ~named).any():
        return
    headings = (s.state == EXCLUDED) & s.blank_amounts & named
    if not (rows & named).any():
        if not _heads(headings, rows):
            return
    elif _first_of_each(s, i, rows, named):
        headings = rows & named
    else:
        return
    _fill(s, i, rows, headings)


def _supplier_column(s: Staged) -> int | None:
    """The column of suppliers, or one headed so that is blank wherever there is an amount."""
    i = s.at("supplier")
    if i is not None:
        return i
    taken = set(s.columns.positions.values())
    words = s.style.words
    named = (k for k, h in enumerate(s.header.cells) if h.strip() and k not in taken)
    return next(
        (k for k in named if any(n == "supplier" and r >= 75 for n, r in words.fields(s.header.cells[k]))), None
    )


def _heads(headings: Mask, rows: Mask) -> bool:
    """Whether every payment stands below a heading."""
    import numpy as np

    return bool(headings.any()) and int(np.argmax(headings)) < int(np.argmax(rows))


def _first_of_each(s: Staged, i: int, rows: Mask, named: Mask) -> bool:
    """Whether names stand once each, in alphabetical order, with blanks below several of them: a grouped report.

    Blanks that stand together, or among names that recur, are suppliers that were not stated.
    """
    import numpy as np

    at = np.flatnonzero(rows)
    filled = named[at]
    names = [str(v).strip().casefold() for v in _texts(s, i, at[filled])]
    runs = sum(1 for above, here in pairwise(filled.tolist()) if above and not here)
    return bool(filled[0]) and runs >= 3 and len(names) >= 5 and all(a < b for a, b in pairwise(names))


def _texts(s: Staged, i: int, rows: npt.NDArray[np.intp]) -> list[str]:
    import pyarrow as pa

    values, indices = s.coded(i)
    texts: list[str] = values.take(pa.array(indices[rows])).to_pylist()
    return texts


def _fill(s: Staged, i: int, rows: Mask, headings: Mask) -> None:
    import numpy as np

    values, indices = s.coded(i)
    last = np.maximum.accumulate(np.where(headings, np.arange(s.height), -1))
    filled = rows & s.blank(i) & (last >= 0)
    s.recode(i, values, np.where(filled, indices[np.maximum(last, 0)], indices).astype(np.int32))
    s.named["supplier"] = i
    s.reasons["supplier"] = f"header '{s.label('supplier')}', once above its payments"
    s.note(
        "HF210",
        "the supplier stands once above its payments and was taken for each",
        filled,
        column=s.label("supplier"),
    )


#: A number, perhaps among capital letters, and what stands after it.
_ID_AND_NAME = r"^\s*((?=(?:[A-Z]*\d){3})[A-Z0-9]{3,16})\s*[-–:|/]\s*(\S.*)$"


def split_ids(s: Staged) -> None:
    """The supplier's number and name where both stand in one cell (``100217 - Umber Ltd``) on nearly every row."""
    import numpy as np
    import pyarrow as pa

    i = s.at("supplier")
    if i is None or s.at("supplier_id") not in (None, i):
        return
    values, indices = s.coded(i)
    pattern = re.compile(_ID_AND_NAME)
    few = [v for v in values.slice(0, 40).to_pylist() if v.strip()]
    if len(few) < 3 or sum(1 for v in few if pattern.match(v)) < 0.9 * len(few):
        return
    found = [pattern.match(v) for v in values.to_pylist()]
    ids = pa.array([m[1] if m else None for m in found], type=pa.string())
    s.recode(i, pa.array([m[2] if m else v for m, v in zip(found, values.to_pylist(), strict=True)]), indices)
    s.texts["supplier_id"] = ids.take(pa.array(np.asarray(indices)))
    s.named["supplier_id"] = i
    s.reasons["supplier_id"] = f"header '{s.label('supplier')}', before the name"
