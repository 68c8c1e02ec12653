"""Registers of organisations, read into one shape whatever their columns are called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from holdfast.core.disk import sha256
from holdfast.core.figures import Source
from holdfast.core.problem import HoldfastError, Problem
from holdfast.packs import Pack
from holdfast.suppliers.adapters import ADAPTERS, Adapter
from holdfast.suppliers.files import Shape, read_columns, shape
from holdfast.suppliers.identifiers import Schemes
from holdfast.suppliers.opening import member_of
from holdfast.suppliers.published import date_in_name

if TYPE_CHECKING:
    import pyarrow as pa

#: A table in memory, or a Parquet file that is read when it is asked; the engine knows both by a name.
Table: TypeAlias = "pa.Table | Path"
KINDS = (
    "companies",
    "charities",
    "mutuals",
    "coops",
    "public-bodies",
    "nhs",
    "schools",
    "housing",
    "premises",
    "living-wage",
    "owners",
    "own",
)


@dataclass(frozen=True, slots=True)
class Register:
    """A register as every later step sees it; the columns of its tables are in :data:`~.shaping.TABLES`.

    ``organisations``: one row per entry (``org`` number, ``org_id, name, postcode, town, status`` live or dissolved,
    ``founded, dissolved, kind, ownership, form, size, why, sector`` and more), all but ``org`` and ``name`` null where
    not stated · ``names``: ``org, name, how`` (``current``, ``previous``, ``alias``), ``until`` · ``same``: ``one,
    other, derived``, identifiers of one organisation · ``premises``: ``name, postcode`` of local premises · ``owners``:
    who controls whom (for these two kinds the other tables are empty).

    Of a cached snapshot the tables are files; ``parted`` says that its ``names`` have ``core`` and ``form`` already.
    """

    kind: str
    path: Path
    title: str
    organisations: Table
    names: Table
    same: Table
    premises: Table
    owners: Table
    source: Source
    problems: tuple[Problem, ...] = ()
    parted: bool = False

    @property
    def cached(self) -> bool:
        """Whether it is a snapshot in the cache of the user; ``path`` is then its folder."""
        return isinstance(self.names, Path)

    def tables(self) -> dict[str, Table]:
        return {
            "organisations": self.organisations,
            "names": self.names,
            "same": self.same,
            "premises": self.premises,
            "owners": self.owners,
        }


def load_register(kind: str, path: Path, pack: Pack) -> Register:
    """Recognise a register by its columns and read it (CSV in UTF-8 or cp1252, or JSON; also packed).

    Raises ``HoldfastError``: HF501 naming the columns found and those needed; HF104 where it cannot be opened; HF106
    where it ends too early.
    """
    from holdfast.engine.duck import Engine
    from holdfast.suppliers.shaping import shaped

    known_kind(kind, path)
    seen, adapter = recognised(kind, shape(path), path)
    source = read_columns(seen, adapter.needs | adapter.uses)
    engine = Engine(threads=1)
    try:
        layout = adapter.layout(Schemes.of(pack), frozenset(seen.columns), kind)
        tables = shaped(engine, layout, source, adapter.premises)
    finally:
        engine.close()
    date = date_in_name(member_of(path)) or date_in_name(path.name)
    about = Source(adapter.title, date, adapter.licence, sha256(path), path.name)
    return Register(kind, path, adapter.title, **tables, source=about)


def recognised(kind: str, seen: Shape, path: Path) -> tuple[Shape, Adapter]:
    """The register that a file is, and its shape, which for one without a heading row is another. Raises HF501."""
    for adapter in ADAPTERS:
        if kind in adapter.kinds and adapter.headings and adapter.fits_first_row(seen.headings):
            return seen.without_heading(adapter.headings), adapter
    return seen, recognise(kind, frozenset(seen.columns), path)


def recognise(kind: str, columns: frozenset[str], path: Path) -> Adapter:
    """The first adapter of that kind whose columns are all there. Raises HF501."""
    fitting = [a for a in ADAPTERS if not a.headings and a.fits(columns)]
    for adapter in fitting:
        if kind in adapter.kinds:
            return adapter
    mine = [a for a in ADAPTERS if kind in a.kinds]
    needed = "; or ".join(f"{', '.join(sorted(a.needs))} ({a.title})" for a in mine if not a.headings)
    found = sorted(columns)[:30] + (["…"] if len(columns) > 30 else [])
    hint = None
    fitting = [a for a in fitting if a.telling]
    if fitting:
        hint = f'It looks like {fitting[0].title}: set kind = "{sorted(fitting[0].kinds)[0]}".'
    elif meant := list(_meant(mine, columns)):
        hint = f"Did you mean {'; '.join(meant)}? Rename the column."
    message = f"{path.name} is not a register of {kind}. Columns found: {', '.join(found) or 'none'}. Needed: {needed}."
    raise HoldfastError(Problem("HF501", message, file=str(path), help=hint))


def _meant(adapters: Sequence[Adapter], columns: frozenset[str]) -> Iterator[str]:
    """Columns that are nearly those of the register the file comes closest to."""
    closest = max(adapters, key=lambda a: len(a.needs & columns), default=None)
    for need in sorted(closest.needs - columns) if closest else ():
        if near := get_close_matches(need, columns - closest.needs if closest else (), n=1, cutoff=0.7):
            yield f"{need} by {near[0]}"


def known_kind(kind: str, path: Path | None = None) -> None:
    """Raises HF501 for a kind of register that there is not."""
    if kind in KINDS:
        return
    near = get_close_matches(kind, KINDS, n=1, cutoff=0.5)
    help = f"Did you mean {near[0]}?" if near else None
    said = f"There is no kind of register {kind!r}. There are: {', '.join(KINDS)}."
    raise HoldfastError(Problem("HF501", said, file=str(path) if path else None, help=help), exit_code=2)
