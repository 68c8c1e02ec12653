"""The bytes of a register's file, whether it stands as it is or packed."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from holdfast.core.problem import HoldfastError, Problem

#: The largest published register, persons with significant control, unpacks to about 13 GB.
LARGEST = 40 * 1024**3
_TABLES = (".csv", ".txt", ".tsv", ".json", ".jsonl", ".ndjson")


def kind_of(path: Path) -> str:
    """``zip``, ``gzip`` or blank, by the first bytes. Raises HF104 where the file cannot be opened."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        why = error.strerror or "unknown reason"
        raise HoldfastError(Problem("HF104", f"{path.name} cannot be opened: {why}.", file=str(path))) from error
    return {b"PK\x03\x04": "zip", b"PK\x05\x06": "zip"}.get(start, "gzip" if start[:2] == b"\x1f\x8b" else "")


def member_of(path: Path) -> str:
    """The name of the table: the file's own, without ``.gz``, or that of the largest table in an archive.

    Raises HF106 for a damaged archive, HF105 for one too large, HF501 for a workbook and for one that holds no table.
    """
    kind = kind_of(path)
    if kind == "gzip":
        return path.name.removesuffix(".gz")
    return _largest(path)[0] if kind == "zip" else path.name


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The table's bytes. Raises as :func:`member_of` does, and HF106 where packed bytes end too early."""
    import gzip
    import zipfile

    kind = kind_of(path)
    try:
        if kind == "gzip":
            with gzip.open(path) as file:
                yield cast("IO[bytes]", file)
        elif kind == "zip":
            name, _ = _largest(path)
            with zipfile.ZipFile(path) as archive, archive.open(name) as file:
                yield file
        else:
            with path.open("rb") as file:
                yield file
    except (zipfile.BadZipFile, gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise _damaged(path) from error


def _largest(path: Path) -> tuple[str, int]:
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive:
            inside = [(m.filename, m.file_size) for m in archive.infolist() if not m.is_dir()]
    except zipfile.BadZipFile as error:
        raise _damaged(path) from error
    if any(name == "[Content_Types].xml" for name, _ in inside):
        said = f"{path.name} is a workbook, not a table of text."
        raise HoldfastError(Problem("HF501", said, file=str(path), help="Save its sheet as CSV (UTF-8) and add that."))
    tables = [(name, size) for name, size in inside if name.lower().endswith(_TABLES)]
    if not tables:
        listed = ", ".join(name for name, _ in inside[:5]) or "nothing"
        raise HoldfastError(Problem("HF501", f"{path.name} holds no table, but {listed}.", file=str(path)))
    name, size = max(tables, key=lambda t: t[1])
    if size > LARGEST:
        said = f"{path.name} would unpack to {size / 1024**3:,.0f} GB, more than any register."
        raise HoldfastError(Problem("HF105", said, file=str(path)))
    return name, size


def _damaged(path: Path) -> HoldfastError:
    said = f"{path.name} ends too early or is damaged, as a download that was cut off is."
    return HoldfastError(Problem("HF106", said, file=str(path)))
