"""Rivermouth, a made-up place: everything Holdfast reads, in the mess it really comes in, and the truth behind it."""

from __future__ import annotations

from pathlib import Path

from holdfast.core.disk import disk_problem, is_full, made_whole
from holdfast.core.problem import HoldfastError, Problem

SEED = 2008

__all__ = ["SEED", "generate"]


def generate(folder: Path, *, seed: int = SEED) -> Path:
    """Write the project of Rivermouth into ``folder``, made if need be, and return it.

    The same seed gives the same bytes on every machine. ``expected.json`` beside the settings holds what a run must
    find. Raises ``HoldfastError`` HF406 where ``folder`` already holds files, HF901 or
    HF903 where it cannot be written; then nothing is left of it.
    """
    from holdfast.example.build import files

    folder = Path(folder)
    try:
        if folder.exists() and any(folder.iterdir()):
            raise HoldfastError(Problem("HF406", f"{folder} already holds files.", file=str(folder)), exit_code=2)
        with made_whole(folder) as part:
            for path, data in files(seed):
                target = part / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
    except OSError as error:
        if is_full(error):
            raise HoldfastError(disk_problem(error, folder.name)) from error
        raise HoldfastError(Problem("HF903", f"{folder}: {error.strerror}.", file=str(folder))) from error
    return folder
