"""What an adapter is: which register it knows, by which columns, and how those become the columns all steps expect."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from typing import ClassVar

from holdfast.suppliers.identifiers import Schemes


@dataclass(frozen=True, slots=True)
class Owner:
    """Who controls an organisation, as SQL: never a name.

    ``of`` and ``id`` are identifiers of the organisation and of its owner (null for persons and where none is told),
    ``kind`` one of :data:`holdfast.suppliers.forms.OWNER_KINDS`, ``country`` as published, ``control`` the least part
    in per cent, ``since`` and ``until`` dates as published.
    """

    of: str
    id: str
    kind: str
    country: str
    control: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Layout:
    """How one register's columns become ours; every value is SQL over the register's own columns (folded names).

    ``name`` is required. ``kind``, ``ownership`` and ``size`` hold one of the values of ``tables/payees.csv`` or null,
    and ``why`` says in words where they come from. ``previous`` and ``aliases`` are lists of other names; an alias
    column may hold several, separated by a bar. ``same`` are pairs of identifiers of one organisation; a pair ending in
    ``True`` was derived by rule, and its second part is never shown. ``keep`` leaves entries out. ``said_by``:
    the columns that ``kind``, ``ownership``, ``size``, ``why`` and ``status`` are made from, where they hold few
    different values: then these are worked out once for each.

    ``form`` is one of :data:`holdfast.suppliers.forms.FORMS`; ``size_basis`` says what the size was told by
    (``staff``, ``accounts`` or ``stated``). ``founded`` and ``dissolved`` are dates as published, in any of the usual
    ways; ``country`` is where the organisation is incorporated, where that is told. ``sic_codes`` are all columns with
    codes of industries. ``previous_until``: for each of ``previous``, the date to which the name was borne.
    ``living_wage`` is ``'yes'`` or null, ``parent`` the name of
    the group it belongs to. ``rows`` is what is read, where it is not simply ``source``: a query with
    ``org`` and the columns named here. ``owner``: for a register that says who controls whom.
    """

    name: str
    org_id: str = "NULL"
    postcode: str = "NULL"
    town: str = "NULL"
    status: str = "NULL"
    kind: str = "NULL"
    ownership: str = "NULL"
    size: str = "NULL"
    why: str = "NULL"
    sic: str = "NULL"
    previous: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    same: tuple[tuple[str, str, bool], ...] = ()
    keep: str = "true"
    said_by: tuple[str, ...] = ()
    form: str = "NULL"
    size_basis: str = "NULL"
    founded: str = "NULL"
    dissolved: str = "NULL"
    country: str = "NULL"
    sic_codes: tuple[str, ...] = ()
    previous_until: tuple[str, ...] = ()
    living_wage: str = "NULL"
    parent: str = "NULL"
    rows: str = "source"
    owner: Owner | None = None


class Adapter:
    """A register's layout, recognised by its columns. Checklist for a new one:

    1. ``title``: the register as a person would name it; ``licence`` if all its publications share one.
    2. ``kinds``: the kinds of ``[[register]]`` in ``place.toml`` under which it may be given.
    3. ``needs``: columns without which it is not this register, folded (``RegAddress.PostCode`` becomes
       ``regaddress_postcode``). Choose few and telling ones: an older year of the same register should still
       be recognised.
    4. ``uses``: further columns it reads where they are there. A missing one reads as null.
    5. ``layout``: our columns as SQL over those. Identifiers through :mod:`holdfast.suppliers.identifiers`; a value the
       register does not state is ``NULL``, never a guess; ``why`` names the register and its own word for the thing.
    6. Add it to ``ADAPTERS`` (before those whose ``needs`` are fewer), and to the table in
       ``tests/unit/suppliers/test_register.py`` with three invented rows: one plain, one with every extra, one blank.
    """

    title: ClassVar[str]
    licence: ClassVar[str] = ""
    kinds: ClassVar[Set[str]]
    needs: ClassVar[Set[str]]
    uses: ClassVar[Set[str]] = frozenset()
    premises: ClassVar[bool] = False
    #: Names of the columns of a file without a heading row, told by :meth:`fits_first_row`.
    headings: ClassVar[tuple[str, ...]] = ()
    #: Whether a snapshot keeps every column as published beside what is made of it.
    keeps_all: ClassVar[bool] = False
    #: Columns of ``uses`` that a usual file lacks, another one telling the same.
    rare: ClassVar[Set[str]] = frozenset()
    #: Whether files of different names are different registers, as lists that a place keeps itself are.
    own: ClassVar[bool] = False

    #: Whether its columns tell it from other lists; the name of a thing alone does not.
    telling: ClassVar[bool] = True

    def fits_first_row(self, cells: Sequence[str]) -> bool:
        """Whether a first row without headings is one of this register."""
        return False

    def fits(self, columns: Set[str]) -> bool:
        """Whether a register with these columns is one of this layout."""
        return self.needs <= columns

    def layout(self, schemes: Schemes, columns: Set[str], kind: str) -> Layout:
        """``columns``: those the file has, folded. Every column of ``needs`` and ``uses`` may be named."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Words:
    """A SQL ``CASE`` from what a register says to what we say."""

    column: str
    pairs: tuple[tuple[str, str | None], ...]
    otherwise: str = "NULL"
    fold: bool = field(default=True)

    def __str__(self) -> str:
        """Patterns are tried in order against the column in capitals."""
        told = f"upper(coalesce({self.column}, ''))" if self.fold else self.column
        cases = " ".join(
            f"WHEN regexp_matches({told}, '{pattern}') THEN {'NULL' if ours is None else repr(ours)}"
            for pattern, ours in self.pairs
        )
        return f"CASE {cases} ELSE {self.otherwise} END"


def stated(value: str, words: str) -> str:
    """SQL for ``words`` where ``value`` is stated, so that nothing is said about nothing."""
    return f"CASE WHEN {value} IS NOT NULL THEN {words} END"
