"""Files that are there whole or not at all, their hashes, and what an ``OSError`` means to a person."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from holdfast.core.problem import Problem

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)
#: Libraries that write files themselves may keep the words of the system and lose its number.
_SAID = tuple(os.strerror(number).lower() for number in _FULL)


def is_full(error: BaseException) -> bool:
    """Whether an error, or what led to it, is that there is no room: closing a file that could not be written fails
    again, with another error."""
    return any(
        (isinstance(e, OSError) and e.errno in _FULL) or any(said in str(e).lower() for said in _SAID)
        for e in _behind(error)
    )


def _behind(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        now = waiting.pop()
        if now is not None and id(now) not in seen:
            seen.add(id(now))
            yield now
            waiting += [now.__cause__, now.__context__]


def disk_problem(error: BaseException, name: str) -> Problem:
    """HF901 where the disk is full, HF903 where writing is refused, else HF104. ``name`` is told where the error has
    no file of its own, without the machine's own paths."""
    number = error.errno if isinstance(error, OSError) else None
    said = error.filename if isinstance(error, OSError) else None
    where = Path(os.fsdecode(said)).name if isinstance(said, str | bytes) else name
    if is_full(error):
        return Problem("HF901", "There is no room left on the disk.", file=where)
    why = (os.strerror(number) if number else "cannot be opened").lower()
    return Problem("HF903" if number in _CLOSED else "HF104", f"{where}: {why}.", file=where)


@contextmanager
def made_whole(folder: Path) -> Iterator[Path]:
    """A folder to write into; what is in it is at ``folder`` when the block ends well, and nothing is if it does not.

    ``folder`` may be there already, empty. Raises ``OSError``.
    """
    new = [p for p in (folder, *folder.parents) if not p.exists()]
    home = folder if folder.exists() else folder.parent
    part = home / f".{folder.name}-{secrets.token_hex(4)}.part"
    placed: list[Path] = []
    try:
        part.mkdir(parents=True)
        yield part
        if new:
            part.rename(folder)
        else:
            # it may be the folder that the person is in: it stays, and is filled
            for path in sorted(part.iterdir()):
                placed.append(path.rename(folder / path.name))
            part.rmdir()
    except BaseException:
        for path in (*placed, part):
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        with suppress(OSError):
            for path in new[1:]:
                path.rmdir()
        raise


@contextmanager
def whole_or_nothing(path: Path) -> Iterator[Path]:
    """A name beside ``path`` to write to; it takes the place of ``path`` at the end, or is removed after a failure."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(6)}.part")
    try:
        yield beside
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def sha256(path: Path) -> str:
    """Hash of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
