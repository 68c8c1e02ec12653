"""The currency of a table and, where there are several, of each row: told by a column, by the header or by the cells.

A row that says nothing is in the currency of a file that says nothing: the country's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from holdfast.spend.amount_column import sum_of
from holdfast.spend.amounts import currency_in
from holdfast.spend.headers import normalise
from holdfast.spend.staged import TYPED, Staged

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

#: What people write in place of a code.
_WORDS = {
    "POUND": "GBP", "POUNDS": "GBP", "STERLING": "GBP", "POUND STERLING": "GBP", "STG": "GBP", "UKP": "GBP",
    "EURO": "EUR", "EUROS": "EUR", "DOLLAR": "USD", "DOLLARS": "USD", "US DOLLAR": "USD", "US DOLLARS": "USD",
}  # fmt: skip
_SIGNS = {"GBP": ("£", "GBP"), "USD": ("$", "USD"), "EUR": ("€", "EUR")}


@dataclass(frozen=True)
class Currencies:
    """``main`` is that of most rows; ``told`` whether the header or any row says so. ``names`` and ``of_row``
    (positions in it) tell each row's, where they differ."""

    main: str
    told: bool = True
    names: tuple[str, ...] = ()
    of_row: npt.NDArray[np.int32] | None = None

    def column(self, keep: npt.NDArray[np.intp]) -> pa.Array | None:
        """The currency of the rows kept; ``None`` where it is the same throughout."""
        import pyarrow as pa

        if self.of_row is None:
            return None
        return pa.DictionaryArray.from_arrays(pa.array(self.of_row[keep]), pa.array(self.names, pa.string()))

    def sums(self, pennies: npt.NDArray[np.int64], keep: npt.NDArray[np.intp]) -> dict[str, Decimal]:
        """The exact sum of the rows kept in each currency, the main one first."""
        if self.of_row is None:
            return {self.main: sum_of(pennies[keep])}
        of, amounts = self.of_row[keep], pennies[keep]
        order = sorted(range(len(self.names)), key=lambda k: (self.names[k] != self.main, self.names[k]))
        return {self.names[k]: sum_of(amounts[of == k]) for k in order if (of == k).any()}


def currencies_of(s: Staged) -> Currencies:
    """The currencies of a table, with a note where there are several."""
    import numpy as np

    if s.layout and s.layout.currency:
        return Currencies(str(s.layout.currency))
    i = s.at("currency")
    if i is not None:
        values, indices = s.coded(i)
        said = [_code(v) for v in values.to_pylist()]
        names = sorted({name for name in said if name})
        if names:
            of_value = np.array([names.index(name) if name else -1 for name in said], dtype=np.int32)
            return _per_row(s, names, of_value[indices], s.style.currency)
    return _from_cells(s)


def _code(text: str) -> str | None:
    """The code that a cell of a column of currencies gives."""
    name = text.strip().upper()
    if re.fullmatch(r"[A-Z]{3}", name) and name not in _WORDS:
        return name
    return _WORDS.get(name) or currency_in(name)


def _from_cells(s: Staged) -> Currencies:
    """What the amount's header or its cells name. Ledgers put the sign before the first amount only, so that one
    currency in the first or in half of the cells is that of all."""
    import numpy as np
    import pyarrow.compute as pc

    i = s.columns.positions["amount"]
    label = currency_in(s.header.cells[i])
    values, indices = s.coded(i)
    usual = label or s.style.currency
    names = sorted(_SIGNS)
    of_value = np.full(len(values), -1, dtype=np.int32)
    for k, name in enumerate(names):
        for sign in _SIGNS[name]:
            said = pc.match_substring(values, sign)
            if pc.any(said).as_py():
                of_value[pc.indices_nonzero(said).to_numpy()] = k
    if not (of_value >= 0).any():
        return Currencies(usual, told=label is not None)
    found = [names[k] for k in np.unique(of_value) if k >= 0]
    of_row = of_value[indices]
    if len(found) == 1 and (label is None or label in found):
        half = (of_row[s.state == TYPED] >= 0).mean() >= 0.5 if (s.state == TYPED).any() else False
        if found[0] == usual or of_value[0] >= 0 or half:
            return Currencies(found[0])
    return _per_row(s, names, of_row, usual)


def _per_row(s: Staged, names: list[str], of_row: npt.NDArray[np.int32], usual: str) -> Currencies:
    """Each row's currency, ``usual`` where it says none (-1)."""
    import numpy as np

    if usual not in names:
        names = [*names, usual]
    typed = s.state == TYPED
    silent = typed & (of_row < 0)
    whole = np.where(of_row < 0, names.index(usual), of_row).astype(np.int32)
    counts = np.bincount(whole[typed], minlength=len(names))
    main = max(range(len(names)), key=lambda k: (counts[k], names[k] == usual))
    other = typed & (whole != main)
    if not other.any():
        return Currencies(names[main])
    listed = ", ".join(f"{int(counts[k]):,} in {names[k]}" for k in np.argsort(-counts, kind="stable") if counts[k])
    unsaid = f"; {int(silent.sum()):,} of them say no currency and were taken for {usual}" if silent.any() else ""
    s.note("HF319", f"rows have different currencies, and each keeps its own: {listed}{unsaid}", other)
    return Currencies(names[main], True, tuple(names), whole)


_AMERICAN_HEADERS = frozenset(
    {"check date", "check number", "check no", "check amount", "zip", "zip code", "payee zip", "vendor zip"}
)
_STATES = frozenset(re.findall("[A-Z]{2}", """
    AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA
    RI SC SD TN TX UT VT VA WA WV WI WY DC PR"""))  # fmt: skip


def is_american(s: Staged, currency: str) -> bool:
    """Whether the currency, the words of the header or a column of states say that a table is from the United
    States."""
    headers = [normalise(h) for h in s.header.cells]
    if currency == "USD" or _AMERICAN_HEADERS & set(headers):
        return True
    return any(h in ("state", "vendor state", "payee state") and _holds_states(s, i) for i, h in enumerate(headers))


def _holds_states(s: Staged, i: int) -> bool:
    values = {v.strip().upper() for v in s.coded(i)[0].to_pylist()} - {""}
    return bool(values) and values <= _STATES
