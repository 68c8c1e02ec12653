"""Payment files into one table of payments, plus every row that could not be read and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from holdfast.spend.reader import read
    from holdfast.spend.reading import Reading, TableRead

__all__ = ["Reading", "TableRead", "read"]


def __getattr__(name: str) -> Any:
    """Load the reader when it is first asked for: it brings Arrow, which ``--help`` does not need."""
    if name == "read":
        from holdfast.spend.reader import read

        return read
    if name in ("Reading", "TableRead"):
        from holdfast.spend import reading

        return getattr(reading, name)
    raise AttributeError(name)
