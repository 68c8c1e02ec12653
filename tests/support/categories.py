"""Lines of payments as the categories' tests need them."""

from __future__ import annotations

from typing import Any

from holdfast.categories.telling import Line, Told, tell


def one(taxonomy: str = "cpv", **said: Any) -> Told:
    """What a single line is told as."""
    return tell([Line(publisher="town", **said)], taxonomy).told[0]
