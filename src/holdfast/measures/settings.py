"""What the measures are told: the tables they work on and the choices a place has made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from holdfast.core.figures import Anchor

if TYPE_CHECKING:
    import pyarrow as pa

    from holdfast.measures.published import Published

IncompleteYears = Literal["", "compare", "skip", "same months"]


@dataclass(frozen=True, slots=True)
class BridgeStep:
    """A step of the bridge that was taken before the ``spend`` table was made.

    The first has the kind ``total`` (what the files hold); any others take something away and carry the amount with
    its sign turned, so that the column adds up.
    """

    label: str
    amount: Decimal
    payments: int = 0
    kind: Literal["total", "left out"] = "left out"
    note: str = ""


#: By what the ledger tells money apart; ``amount`` and ``payments`` stand beside it.
LEDGER = ("anchor", "year", "month", "ring", "kind", "scope", "currency")


@dataclass(frozen=True, slots=True)
class MeasureTables:
    """The tables that measures work on.

    ``spend`` keeps the contract ``spend``: a table, a Parquet file, or the name of a table the engine knows already.
    ``bridge`` begins the bridge with what the files hold; without it the bridge begins with the sum of ``spend``.
    ``quarantined_rows`` could not be read; ``quarantined_amount`` is the money in them where that is known.
    ``ledger`` is the same money by month (:data:`LEDGER`); where it is given, ``spend`` need not tell months apart,
    which makes it several times smaller.
    """

    spend: pa.Table | Path | str
    bridge: tuple[BridgeStep, ...] = ()
    quarantined_rows: int = 0
    quarantined_amount: Decimal | None = None
    ledger: pa.Table | None = None


@dataclass(frozen=True, slots=True)
class Deflator:
    """A dated price index by fiscal year. Real money is in the prices of ``base``.

    Where ``base`` is blank, :func:`holdfast.measures.measure_all` takes the last year with payments that is listed.
    """

    name: str
    index: Mapping[str, Decimal]
    source: str
    date: str = ""
    status: str = "verified"
    base: str = ""

    def __post_init__(self) -> None:
        if not self.index or any(value <= 0 for value in self.index.values()):
            raise ValueError(f"deflator {self.name}: needs one value above zero for each year")
        if self.base and self.base not in self.index:
            raise ValueError(f"deflator {self.name}: no value for its base year {self.base}")

    def settled(self, years: Iterable[str]) -> Deflator:
        """The same with a base year: the last of ``years`` that is listed, or the last listed where none is."""
        base = self.base or max((year for year in years if year in self.index), default=max(self.index))
        return replace(self, base=base)


@dataclass(frozen=True, slots=True)
class MeasureSettings:
    """The choices that make a figure mean one thing.

    ``rings`` names from the innermost outwards. ``anchors`` in the order of the settings. ``period`` is worked out from
    the months paid in where it is blank. ``incomplete_years`` says how a year with missing months is compared; blank
    means it is not. ``areas`` gives the name of an area code for display.
    """

    rings: tuple[str, ...]
    anchors: tuple[Anchor, ...]
    currency: str = "GBP"
    vat: str = "as published"
    first_month: int = 4
    period: str = ""
    top_n: int = 300
    top_categories: int = 25
    incomplete_years: IncompleteYears = ""
    deflator: Deflator | None = None
    published: tuple[Published, ...] = ()
    areas: Mapping[str, str] = field(default_factory=dict)

    @property
    def states(self) -> tuple[str, ...]:
        """Where money can go: the rings outwards, then ``Elsewhere``, then ``Not known``."""
        return (*self.rings, "Elsewhere", "Not known")

    def state(self, ring: int | None) -> str:
        """The name of a ``ring`` number of the ``spend`` table."""
        return "Not known" if ring is None else self.states[min(ring, len(self.rings))]
