"""One run at a time in a folder."""

from __future__ import annotations

from holdfast.core.lock import only_one

__all__ = ["only_one"]
