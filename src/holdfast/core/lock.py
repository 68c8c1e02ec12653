"""One worker at a time in a folder. The computer itself lets the lock go when the process ends, however it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from holdfast.core.problem import HoldfastError, Problem


@contextmanager
def only_one(folder: Path, said: str = "Another run is working in this folder.") -> Iterator[None]:
    """Hold ``folder/lock`` while the work lasts. Raises :class:`HoldfastError` HF411, with ``said``, where another
    process holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    # the file stays: removing it would let a third process lock a new one beside a waiting second
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not _take(handle):
            raise HoldfastError(Problem("HF411", said))
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        # a file system that knows no locks (some network drives): better to run than to refuse for ever
        return True
    return True
