"""Whole-number draws that are the same on every machine and every Python."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A stream of draws of its own for each ``purpose``, so that adding one purpose does not move the others.

    Only ``getrandbits`` of the Mersenne twister is used; no float enters a draw.
    """

    def __init__(self, seed: int, purpose: str) -> None:
        digest = hashlib.sha256(f"{seed}:{purpose}".encode()).digest()
        self._bits = Random(int.from_bytes(digest[:16], "big")).getrandbits

    def below(self, n: int) -> int:
        """A whole number from 0 to ``n - 1``."""
        return (self._bits(32) * n) >> 32

    def low(self, n: int) -> int:
        """The smaller of two draws below ``n``: early places come up oftener, as a few suppliers do in real ledgers."""
        return min(self.below(n), self.below(n))

    def chance(self, per_thousand: int) -> bool:
        return self.below(1000) < per_thousand

    def pick(self, items: Sequence[T]) -> T:
        return items[self.below(len(items))]

    def weighted(self, weights: Sequence[int]) -> int:
        """A position, as often as its weight says."""
        draw = self.below(sum(weights))
        return next(i for i, upto in enumerate(accumulate(weights)) if draw < upto)
