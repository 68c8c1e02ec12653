"""Comparing two figures: only where they mean the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from holdfast.core.figures import Figure
from holdfast.core.problem import HoldfastError, Problem

WORDS = {
    "area": "the area",
    "period": "the period",
    "anchors": "the anchors",
    "basis": "who counts as local",
    "suppliers": "which suppliers count",
    "vat": "VAT",
    "pooling": "how anchors are put together",
    "scope": "which payments count",
    "prices": "the prices",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """``difference`` is the second less the first; ``low`` and ``high`` bound it by both ranges.

    ``said`` are the parts of the definition that differ and were allowed to, in words: they belong beside the number.
    """

    first: Figure
    second: Figure
    difference: Decimal | None
    low: Decimal | None
    high: Decimal | None
    said: tuple[str, ...]

    @property
    def certain(self) -> bool:
        """Whether the direction holds wherever in their ranges the two figures lie."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def compare_figures(first: Figure, second: Figure, *, across: Sequence[str] = ()) -> Comparison:
    """Hold one figure against another of the same measure, unit and definition.

    ``across`` names the parts of the definition that are meant to differ (``period`` between years, ``area`` and
    ``anchors`` between places); they are said in the result. Raises :class:`HoldfastError` (HF701) for any other.
    """
    reasons = [
        f"{what} ({one}; {other})"
        for what, one, other in (
            ("the measure", first.measure, second.measure),
            ("the unit", first.unit, second.unit),
        )
        if one != other
    ]
    reasons += _differences(first, second, ignore=across)
    if reasons:
        message = f"{first.label} and {second.label} cannot be compared: they differ in {', '.join(reasons)}"
        raise HoldfastError(Problem("HF701", message))
    allowed = [part for part in WORDS if part not in across]
    return Comparison(
        first,
        second,
        _minus(second.value, first.value),
        _minus(_or(second.low, second.value), _or(first.high, first.value)),
        _minus(_or(second.high, second.value), _or(first.low, first.value)),
        tuple(_differences(first, second, ignore=allowed)),
    )


def _differences(first: Figure, second: Figure, ignore: Sequence[str]) -> list[str]:
    found = first.definition.differences(second.definition, ignore)
    return [f"{WORDS[part]} ({_words(one)}; {_words(other)})" for part, (one, other) in found.items()]


def _words(value: object) -> str:
    return ", ".join(str(v) for v in value) if isinstance(value, tuple) else str(value)


def _or(bound: Decimal | None, value: Decimal | None) -> Decimal | None:
    return value if bound is None else bound


def _minus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one - other
