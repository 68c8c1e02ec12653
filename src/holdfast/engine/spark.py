"""Spark, for organisations that already run it: the same calls as DuckDB's, the same SQL, the same answers.

Spark takes seconds to start and is slower than DuckDB on anything that fits one machine. Where a session is running
already (a notebook, ``spark-submit``) it is used; else one is started on this machine, once per process.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from holdfast.core.problem import HoldfastError, Problem
from holdfast.engine import interface
from holdfast.engine.translate import spark_sql

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

OLDEST_JAVA = 17
#: Above this many rows a table goes to Spark as a Parquet file, which it reads in pieces.
LARGE = 50_000

#: Of a session that is started here. Two threads and as many pieces, as for DuckDB.
STARTED = {
    "spark.master": "local[2]",
    "spark.app.name": "holdfast",
    "spark.driver.memory": "4g",
    # most of the time goes into getting started, which Java's quick compiler halves
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "2",
    # its gain is on clusters; here it only makes more jobs of one
    "spark.sql.adaptive.enabled": "false",
}
#: Of every session, whoever started it: what answers depend on.
SETTLED = {
    "spark.sql.ansi.enabled": "true",  # too large a sum is an error, as in DuckDB, and never null
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.caseSensitive": "false",
    "spark.sql.parser.escapedStringLiterals": "false",  # as sqlglot writes texts
    "spark.sql.decimalOperations.allowPrecisionLoss": "true",  # as DuckDB types products
}

INSTALL_SPARK = (
    "In the environment that Holdfast runs in: Debian, Ubuntu, macOS: python3 -m pip install 'holdfast[spark]' · "
    'Windows: py -m pip install "holdfast[spark]" · it also needs Java 17 or newer. Without Spark: --engine duckdb.'
)
INSTALL_JAVA = (
    "Debian 12+, Ubuntu 24.04+: sudo apt install default-jre-headless (Ubuntu 22.04: openjdk-17-jre-headless) · "
    "macOS: brew install --cask temurin@17 · Windows: winget install EclipseAdoptium.Temurin.17.JRE · "
    "or set JAVA_HOME to the folder of one. Without Spark: --engine duckdb."
)


def require() -> None:
    """Say what is missing before any work is done. Raises :class:`HoldfastError` (HF905, exit code 2)."""
    if find_spec("pyspark") is None or find_spec("sqlglot") is None:
        _refuse("Spark is not installed: the Python packages pyspark and sqlglot are needed.", INSTALL_SPARK)
    if _running() is not None:
        return
    java = find_java()
    if java is None:
        _refuse("Spark needs Java, and none was found.", INSTALL_JAVA)
    found = java_version(java)
    if found is None:
        _refuse("Spark needs Java, and the one that was found does not start.", INSTALL_JAVA)
    if found < OLDEST_JAVA:
        _refuse(f"Spark needs Java {OLDEST_JAVA} or newer; this is Java {found}.", INSTALL_JAVA)


def _refuse(message: str, help: str) -> NoReturn:
    raise HoldfastError(Problem("HF905", message, help=help), exit_code=2)


def find_java() -> str | None:
    """The Java that Spark will start: that of ``JAVA_HOME``, else the one on the path."""
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")


def java_version(java: str) -> int | None:
    """17 for ``17.0.15``, 8 for ``1.8.0_402``; ``None`` where it does not say (the stand-in that macOS has)."""
    try:
        said = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60, check=False).stderr
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r'version "(?:1\.)?(\d+)', said)
    return int(found.group(1)) if found else None


class Relation:
    """A Spark data frame behind the calls that :class:`holdfast.engine.interface.Relation` lists."""

    def __init__(self, frame: DataFrame) -> None:
        self._frame = frame

    @property
    def columns(self) -> list[str]:
        return list(self._frame.columns)

    def fetchall(self) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._frame.collect()]

    def to_arrow_table(self) -> pa.Table:
        return self._frame.toArrow()


class Engine(interface.Engine):
    """Tables of its own in the process's one session. Raises :class:`HoldfastError` where Spark cannot be started."""

    def __init__(self) -> None:
        require()
        self._scratch = Path(tempfile.mkdtemp(prefix="holdfast-spark-"))
        self._written = 0
        self._tables: dict[str, pa.Table] = {}
        self._views: set[str] = set()
        # a new session shares what is slow to start, but neither tables nor settings
        self.session: SparkSession = (_running() or _start()).newSession()
        for name, value in SETTLED.items():
            self.session.conf.set(name, value)

    def register(self, name: str, table: pa.Table | Path | list[Path]) -> None:
        """Make a table, a Parquet file or several of one shape known under ``name``."""
        if isinstance(table, Path | list):
            self._tables.pop(name, None)
            paths = table if isinstance(table, list) else [table]
            frame = self.session.read.parquet(*(_literal(path) for path in paths))
        elif self._tables.get(name) is table:
            return  # measures name their table each for themselves; to hand it over takes a while
        else:
            self._tables[name] = table
            frame = self._frame(_plain(table))
        frame.createOrReplaceTempView(name)
        self._views.add(name)

    def forget(self, name: str) -> None:
        """Let go of a table that was registered."""
        self._tables.pop(name, None)
        if name in self._views:
            self._views.remove(name)
            self.session.catalog.dropTempView(name)

    def _frame(self, table: pa.Table) -> DataFrame:
        if table.num_rows <= LARGE:
            return self.session.createDataFrame(table)
        import pyarrow.parquet as pq

        self._written += 1
        path = self._scratch / f"{self._written}.parquet"
        pq.write_table(table, path, row_group_size=1 << 20)
        return self.session.read.parquet(_literal(path))

    def sql(self, query: str, **tables: pa.Table | Path | list[Path]) -> Relation:
        """A lazy relation; nothing is computed until it is fetched or written."""
        for name, table in tables.items():
            self.register(name, table)
        return Relation(self.session.sql(spark_sql(query)))

    def execute(self, statement: str) -> None:
        self._tables.clear()  # it may have put a view in the place of one
        self.session.sql(spark_sql(statement)).collect()

    def write_parquet(self, query: str, path: Path) -> None:
        """Write a query's rows, in its order, as one zstd Parquet file (Spark itself would make a folder)."""
        import pyarrow.parquet as pq

        pq.write_table(self.arrow(query), path, compression="zstd", row_group_size=122_880)

    def close(self) -> None:
        """Forget the tables. What was slow to start stays for the next engine of this process."""
        self._tables.clear()
        for name in self._views:
            self.session.catalog.dropTempView(name)
        shutil.rmtree(self._scratch, ignore_errors=True)


def _plain(table: pa.Table) -> pa.Table:
    """Texts as they are, which Spark knows, for those in dictionaries, large ones, and columns without any value; whole
    numbers with a sign, which hold those without one."""
    import pyarrow as pa

    signed = {pa.uint8(): pa.int16(), pa.uint16(): pa.int32(), pa.uint32(): pa.int64()}

    def known(kind: pa.DataType) -> pa.DataType:
        kind = kind.value_type if pa.types.is_dictionary(kind) else kind
        return pa.string() if pa.types.is_large_string(kind) or pa.types.is_null(kind) else signed.get(kind, kind)

    return table.cast(pa.schema([(field.name, known(field.type)) for field in table.schema]))


def _literal(path: Path) -> str:
    """A path in which Spark sees no wildcard."""
    return re.sub(r"([\[\]{}*?\\])", r"\\\1", path.resolve().as_posix())


def _running() -> SparkSession | None:
    from pyspark.sql import SparkSession

    return SparkSession.getActiveSession()


def _start() -> SparkSession:
    """A session on this machine. What Java has to say goes to a file, the end of which is told if it fails."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder
    for name, value in STARTED.items():
        builder = builder.config(name, value)
    with _aside() as log:
        try:
            session = builder.getOrCreate()
        except Exception as error:
            said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            last = next((line.strip() for line in reversed(said) if line.strip()), str(error).splitlines()[0])
            raise HoldfastError(Problem("HF905", f"Spark did not start: {last}", help=INSTALL_JAVA)) from error
        session.sparkContext.setLogLevel("ERROR")
        # errors reach us as exceptions; pyspark would also print each with its whole stack
        logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)
        return session


@contextmanager
def _aside() -> Iterator[Path]:
    """Whatever is written to the error stream while Java starts, and by Java ever after, goes to a file."""
    handle, name = tempfile.mkstemp(prefix="holdfast-spark-", suffix=".log")
    kept = os.dup(2)
    os.dup2(handle, 2)
    try:
        yield Path(name)
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(handle)
        with suppress(OSError):  # where an open file cannot be removed, it stays among the temporary ones
            os.unlink(name)
