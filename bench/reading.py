"""One way of reading one large cp1252 file, chosen by name: ``python reading.py WAY FILE``. Prints the rows it found.

``holdfast`` is the whole reader (columns recognised, amounts and dates typed, kinds, totals) · ``raw`` only its first
step, bytes to rows of text · ``duckdb`` turns the bytes into UTF-8 and lets DuckDB parse them · ``pandas`` is
``read_csv``.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path


def holdfast(path: Path) -> int:
    from holdfast.spend.reader import read

    return sum(f.rows_staged for f in read([path], pack="uk").files)


def raw(path: Path) -> int:
    from holdfast.spend.delimited import parse
    from holdfast.spend.encoding import decode

    decoded = decode(path.read_bytes())
    return parse(decoded.data, decoded.encoding).height - 1


def duckdb(path: Path) -> int:
    import duckdb as engine

    with tempfile.TemporaryDirectory() as scratch:
        utf8 = Path(scratch) / "utf8.csv"
        with path.open(encoding="cp1252", newline="") as source, utf8.open("w", encoding="utf-8", newline="") as target:
            while chunk := source.read(1 << 24):
                target.write(chunk)
        engine.sql(f"CREATE TABLE t AS SELECT * FROM read_csv('{utf8}', all_varchar = true, header = true)")
        return len(engine.table("t"))


def pandas(path: Path) -> int:
    import pandas as pd

    return len(pd.read_csv(path, encoding="cp1252", dtype=str))


WAYS: dict[str, Callable[[Path], int]] = {"holdfast": holdfast, "raw": raw, "duckdb": duckdb, "pandas": pandas}

if __name__ == "__main__":
    print(WAYS[sys.argv[1]](Path(sys.argv[2])))
