"""Published figures, checked against their own parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Printed = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """A figure as it was printed, and how it should follow from other printed figures.

    ``value`` and the parts are text as printed (``"445.6"``, ``"71.7%"``, ``"~750"``), since their digits say how far
    they were rounded. ``formula`` names the parts: ``spend * share - base_spend * base_share``, ``mean(shares)``.
    """

    label: str
    value: str
    formula: str
    parts: Mapping[str, Printed] = field(default_factory=dict)
    unit: str = ""
    source: str = ""
