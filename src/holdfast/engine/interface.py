"""What every engine can do: the few calls that the rooms above may make, whichever engine computes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import pyarrow as pa


class Relation(Protocol):
    """Rows that a query will give; computed when they are asked for."""

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in order."""

    def fetchall(self) -> list[Any]:
        """All rows as tuples: text, ``int``, ``Decimal``, ``bool``, ``date`` or ``None``."""

    def to_arrow_table(self) -> pa.Table:
        """All rows as an Arrow table."""


class Engine(Protocol):
    """Tables by name, and SQL over them in the part of the language that :mod:`holdfast.engine.translate` lists."""

    def register(self, name: str, table: pa.Table | Path | list[Path]) -> None:
        """Make a table, a Parquet file or several of one shape known under ``name``."""

    def forget(self, name: str) -> None:
        """Let go of a table that was registered."""

    def sql(self, query: str, **tables: pa.Table | Path | list[Path]) -> Relation:
        """A lazy relation; ``tables`` are registered first."""

    def arrow(self, query: str, **tables: pa.Table | Path | list[Path]) -> pa.Table:
        """The rows of a query as an Arrow table."""
        return self.sql(query, **tables).to_arrow_table()

    def rows(self, query: str, **tables: pa.Table | Path | list[Path]) -> list[dict[str, Any]]:
        """The rows of a query as records."""
        relation = self.sql(query, **tables)
        names = relation.columns
        return [dict(zip(names, row, strict=True)) for row in relation.fetchall()]

    def execute(self, statement: str) -> None:
        """Run a statement that gives no rows."""

    def write_parquet(self, query: str, path: Path) -> None:
        """Write a query's rows, in its order, as one zstd Parquet file."""

    def close(self) -> None:
        """Let go of everything that was registered."""
