"""A register's file made into Parquet, a piece at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from holdfast.core.problem import HoldfastError, Problem
from holdfast.packs import Pack
from holdfast.suppliers.adapters import Adapter, OwnList
from holdfast.suppliers.files import Shape, numbered, shape
from holdfast.suppliers.identifiers import Schemes
from holdfast.suppliers.register import recognised
from holdfast.suppliers.shaping import TABLES, shaped, with_parts
from holdfast.suppliers.snapshots.chunks import Chunks, WrongEncoding

if TYPE_CHECKING:
    import pyarrow as pa

    from holdfast.engine.duck import Engine

Tell = Callable[[str, int, int], None]
ENCODINGS = ("utf8", "cp1252", "latin-1")
#: Columns that hold few different values, or the same ones again and again.
FEW = ("town", "sector", "sic", "country", "living_wage", "parent", "status", "kind", "ownership", "form", "size",
       "size_basis", "why", "how")  # fmt: skip
PUBLISHED = "published"


@dataclass
class Written:
    """What was written: the register's layout, rows of the file, and rows of each table."""

    adapter: Adapter
    columns: tuple[str, ...]
    rows: int = 0
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(TABLES, 0))
    problems: list[Problem] = field(default_factory=list)


def write(path: Path, kind: str, pack: Pack, into: Path, tell: Tell) -> Written:
    """Convert a file into ``into``: a Parquet file for each table of a register.

    Raises ``HoldfastError``: HF501 (not such a register, or an empty one), HF104, HF105, HF106.
    """
    for encoding in ENCODINGS:
        try:
            seen, adapter = recognised(kind, shape(path, encoding), path)
            return _written(seen, adapter, kind, pack, into, tell)
        except WrongEncoding:
            continue
    raise HoldfastError(Problem("HF501", f"{path.name} is no text in any usual encoding.", file=str(path)))


def _written(seen: Shape, adapter: Adapter, kind: str, pack: Pack, into: Path, tell: Tell) -> Written:
    from holdfast.engine.duck import Engine

    columns = frozenset(seen.columns)
    done = Written(adapter, tuple(seen.columns))
    wanted = adapter.needs | adapter.uses
    chunks = Chunks(seen, [c for c in seen.columns if adapter.keeps_all or c in wanted])
    engine = Engine(memory_limit="1GB", temp=into)
    files = _Files(into)
    layout = adapter.layout(Schemes.of(pack), columns, kind)
    try:
        for raw in chunks:
            tables = shaped(engine, layout, numbered(seen, raw, wanted, done.rows), adapter.premises)
            tables["names"] = with_parts(engine, tables["names"])
            for name, table in tables.items():
                files.write(name, table)
                done.counts[name] += table.num_rows
            if adapter.keeps_all:
                files.write(PUBLISHED, raw)
            done.rows += raw.num_rows
            tell(f"Reading {seen.path.name}", done.rows, 0)
        files.close()
        _not_empty(done, kind, seen.path)
        done.problems += _problems(engine, done, seen, chunks.uneven, into)
    finally:
        files.close()
        engine.close()
    return done


class _Files:
    """A Parquet file for each table, opened when its first rows come."""

    def __init__(self, into: Path) -> None:
        self.into = into
        self.writers: dict[str, Any] = {}

    def write(self, name: str, table: pa.Table) -> None:
        import pyarrow.parquet as pq

        if name not in self.writers:
            few: bool | list[str] = True if name == PUBLISHED else [c for c in table.column_names if c in FEW]
            self.writers[name] = pq.ParquetWriter(
                self.into / f"{name}.parquet", table.schema, compression="zstd", compression_level=1,
                write_statistics=False, use_dictionary=few,
            )  # fmt: skip
        if table.num_rows or not self.writers[name].is_open:
            self.writers[name].write_table(table)

    def close(self) -> None:
        for writer in self.writers.values():
            if writer.is_open:
                writer.close()


def _not_empty(done: Written, kind: str, path: Path) -> None:
    if sum(done.counts[name] for name in ("organisations", "premises", "owners", "same")) == 0:
        said = (
            f"{path.name} has {'no rows' if not done.rows else 'no row with a name'}, so it is no register of {kind}."
        )
        raise HoldfastError(Problem("HF501", said, file=str(path)))


def _problems(engine: Engine, done: Written, seen: Shape, uneven: int, into: Path) -> list[Problem]:
    name = seen.path.name
    found = [*_repeated(engine, into, name), *_bad_numbers(engine, done, into, name)]
    if uneven:
        said = f"Rows of {name} with fewer or more cells than it has headings, read as far as they go: {uneven}."
        found.append(Problem("HF110", said, file=name, count=uneven))
    lacking = sorted(done.adapter.uses - done.adapter.rare - set(done.columns))
    if lacking and done.adapter.telling and not isinstance(done.adapter, OwnList):
        said = f"{name} lacks columns that {done.adapter.title} has elsewhere: {', '.join(lacking)}."
        found.append(Problem("HF509", said, file=name, count=len(lacking)))
    return found


def _repeated(engine: Engine, into: Path, name: str) -> list[Problem]:
    """Identifiers that two entries share. Their hashes are compared: the texts of millions would not fit."""
    engine.register("written", into / "organisations.parquet")
    counted = engine.rows("SELECT count(org_id) AS n, count(DISTINCT hash(org_id)) AS different FROM written")[0]
    more = counted["n"] - counted["different"]
    if more <= 0:
        return []
    first = engine.rows("""
        SELECT org_id, min(org) AS org FROM written WHERE org_id IS NOT NULL
        GROUP BY org_id HAVING count(*) > 1 ORDER BY org LIMIT 1
    """)[0]
    said = f"Entries of {name} with an identifier that another entry has: {more}. All are kept, as one organisation."
    return [Problem("HF508", said, file=name, row=first["org"] + 2, value=first["org_id"], count=more)]


def _bad_numbers(engine: Engine, done: Written, into: Path, name: str) -> list[Problem]:
    if done.adapter.title not in ("Companies House", "Charity register", "Scottish Charity Register"):
        return []
    wrong = engine.rows("SELECT count(*) AS n, min(org) AS org FROM written WHERE org_id IS NULL")[0]
    if not wrong["n"]:
        return []
    said = f"Entries of {name} whose number cannot be one: {wrong['n']}."
    return [Problem("HF504", said, file=name, row=wrong["org"] + 2, count=wrong["n"])]
