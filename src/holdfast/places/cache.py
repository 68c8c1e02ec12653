"""Converted places on disk: Parquet that is written whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from holdfast.core.disk import sha256, whole_or_nothing
from holdfast.core.usercache import user_cache

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["read_parquet", "sha256", "user_cache", "whole_or_nothing", "write_parquet"]


def write_parquet(table: pa.Table, path: Path) -> None:
    """Write a table as Parquet, whole or not at all; LZ4 halves the time to read it.

    Raises ``OSError`` where the folder may not be written to.
    """
    import pyarrow.parquet as pq

    with whole_or_nothing(path) as beside:
        pq.write_table(table, beside, compression="lz4", write_statistics=False)


def read_parquet(path: Path) -> pa.Table:
    """Read a table of one file, without the machinery for folders of them."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        return file.read(use_threads=False)
