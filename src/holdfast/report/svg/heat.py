"""Heat tables are real tables; this says which step of the scale a cell has, and the number is always written in it."""

from __future__ import annotations

from decimal import Decimal

from holdfast.report.svg.palette import HEAT


def heat_step(share: Decimal | None) -> int | None:
    """0 (under a fifth) to 4 (four fifths and more); ``None`` for unknown. Shares beyond 0 to 1 take the end step."""
    if share is None:
        return None
    return max(0, min(len(HEAT) - 1, int(share * len(HEAT))))
