"""Working files that no run has used for a month are let go; whatever is needed again is made again."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

DAYS = 30


def forget_unused(folder: Path, used: Iterable[Path], now: float | None = None) -> None:
    """Mark the files of used readings as used today and remove those that were not for :data:`DAYS` days.

    All files of one reading have a name that begins alike. No result depends on this, so the clock may decide.
    """
    today = time.time() if now is None else now
    keys = {path.name.split(".")[0] for path in used}
    with suppress(OSError):
        for path in folder.iterdir():
            with suppress(OSError):
                if path.name.split(".")[0] in keys:
                    os.utime(path, (today, today))
                elif path.stat().st_mtime < today - DAYS * 86_400:
                    path.unlink()
