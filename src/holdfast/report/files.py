"""Finished files take their place at once or not at all."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from holdfast.core.disk import is_full
from holdfast.core.problem import HoldfastError, Problem


def place(files: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Write ``path -> bytes`` under ``folder``. Everything is written beside its place first, then moved.

    Raises :class:`HoldfastError`: HF901 where the disk is full, HF903 where writing is refused; then no file changed.
    """
    waiting: list[tuple[Path, Path]] = []
    try:
        for name, content in files.items():
            waiting.append((_beside(folder / name, content), folder / name))
        for temporary, path in waiting:
            os.replace(temporary, path)
    except OSError as error:
        raise _refusal(error, folder) from error
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)
    return [folder / name for name in files]


def _beside(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        # mkstemp makes files that only their owner may read; results are for everyone the folder is for
        os.chmod(name, 0o644)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _refusal(error: OSError, folder: Path) -> HoldfastError:
    full = is_full(error)
    reason = "the disk is full" if full else error.strerror or "writing was refused"
    return HoldfastError(Problem("HF901" if full else "HF903", f"{folder.name}: {reason}", file=str(folder)))


def repeatable_zip(content: bytes) -> bytes:
    """The same archive with fixed times and order, so that equal documents have equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(name))
    return out.getvalue()
