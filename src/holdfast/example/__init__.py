"""Rivermouth, a made-up place: everything Holdfast reads, in the mess it really comes in, and the truth behind it."""

from __future__ import annotations

from pathlib import Path

from holdfast.core.problem import HoldfastError, Problem

SEED = 2008

__all__ = ["SEED", "generate"]


def generate(folder: Path, *, seed: int = SEED) -> Path:
    """Write the project of Rivermouth into ``folder``, made if need be, and return it.

    The same seed gives the same bytes on every machine. ``expected.json`` beside the settings holds what a run must
    find. Raises ``HoldfastError`` HF406 where ``folder`` already holds files, HF903 where it may not be written.
    """
    from holdfast.example.build import files

    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise HoldfastError(Problem("HF406", f"{folder} already holds files.", file=str(folder)), exit_code=2)
        for path, data in files(seed):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    except OSError as error:
        raise HoldfastError(Problem("HF903", f"{folder}: {error.strerror}.", file=str(folder))) from error
    return folder
