"""Suppliers made when they are asked for, so that a quarter of a million of them need no memory."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from holdfast.example.dice import Dice
from holdfast.example.firms import Firm
from holdfast.example.geography import BANDS, Postcode
from holdfast.example.names import FIRM_WORDS, TRADES, Trade

FEWEST, MOST, ROWS_EACH = 300, 250_000, 40
_SIZES = ("micro", "small", "medium", "large")
_AT_HAND = 1 << 16


class Suppliers:
    """The ``count`` suppliers of a seed, by number."""

    def __init__(self, seed: int, count: int, postcodes: list[Postcode]) -> None:
        self.count = count
        self._seed = seed
        self._by_band = [[p for p in postcodes if p.area in band] for band in BANDS]
        self.firm = lru_cache(maxsize=_AT_HAND)(self._firm)

    def __iter__(self) -> Iterator[Firm]:
        return (self._firm(n) for n in range(self.count))

    def _firm(self, n: int) -> Firm:
        trade, dice = trade_of(n), Dice(self._seed, f"supplier {n}")
        band = dice.weighted(trade.bands)
        return Firm(
            f"RM{n:06d}",
            f"{_words(n)} {dice.pick(trade.words)}{dice.pick(_FORMS)}",
            "company",
            band,
            dice.pick(self._by_band[band]),
            trade=trade.key,
            sic=trade.sic,
            industry=trade.industry,
            size=_SIZES[dice.weighted((30, 45, 20, 5))],
            listed=not dice.chance(125),
        )


#: What a trade is bought for.
CATEGORIES = {trade.key: trade.categories for trade in TRADES}
_FORMS = (" Limited", " Limited", " Limited", " plc")


def trade_of(n: int) -> Trade:
    """The trade of a supplier."""
    return TRADES[n * 7 % len(TRADES)]


def _words(n: int) -> str:
    """Two words that no other number has."""
    second, first = divmod(n, len(FIRM_WORDS))
    return f"{FIRM_WORDS[first]} {FIRM_WORDS[(second + 11 * first) % len(FIRM_WORDS)]}"


def how_many(rows: int) -> int:
    """Suppliers for so many rows."""
    return min(MOST, max(FEWEST, rows // ROWS_EACH))
