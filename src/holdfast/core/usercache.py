"""Where the cache lies that all projects of a user share."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def user_cache() -> Path:
    """The shared cache: ``HOLDFAST_CACHE``, else the platform's own folder for caches. It need not exist yet."""
    if chosen := os.environ.get("HOLDFAST_CACHE"):
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "holdfast" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "holdfast"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "holdfast"
