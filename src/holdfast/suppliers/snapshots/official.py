"""Where the official registers of a country are, as its pack's ``registers.toml`` lists them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from holdfast.core.problem import HoldfastError, Problem
from holdfast.packs import Pack


@dataclass(frozen=True, slots=True)
class Official:
    """A register to be had from its keeper. ``address`` may hold ``{year}``, ``{month}`` and ``{day}``; it is blank
    where a person must ask for the file on ``page``. ``every``: how often it is made (``day``, ``month``, ``year``, or
    blank where the address stays the same)."""

    id: str
    kind: str
    title: str
    page: str
    licence: str
    layout: str
    address: str = ""
    every: str = ""
    note: str = ""

    def addresses(self, day: date) -> list[str]:
        """Where it may be found, the likeliest first: what is made each month is not there yet on the first."""
        if not self.every:
            return [self.address]
        before = {"day": timedelta(days=1), "month": timedelta(days=day.day), "year": timedelta(days=366)}[self.every]
        days = [day, day - before]
        return [self.address.format(year=d.year, month=f"{d.month:02d}", day=f"{d.day:02d}") for d in days]


def officials(pack: Pack) -> tuple[Official, ...]:
    return tuple(Official(**entry) for entry in pack.registers.get("register", ()))


def official(pack: Pack, kind: str, id: str = "") -> Official:
    """The one official register of a kind, or that of the id. Raises HF507 where there are several or none, or where
    only a person can get it."""
    of_kind = [o for o in officials(pack) if o.kind == kind]
    found = [o for o in of_kind if not id or o.id == id]
    if len(found) != 1:
        raise HoldfastError(_which(pack, kind, of_kind), exit_code=2)
    if not found[0].address:
        said = f"{found[0].title} has no address that stays the same. {found[0].note}".strip()
        help = f"Download it from {found[0].page} and add the file: holdfast registers add {kind} FILE"
        raise HoldfastError(Problem("HF507", said, value=found[0].id, help=help), exit_code=2)
    return found[0]


def _which(pack: Pack, kind: str, of_kind: Sequence[Official]) -> Problem:
    if not of_kind:
        said = f"The pack {pack.code} lists no official register of {kind}."
        return Problem("HF507", said, value=kind, help=f"Give a file: holdfast registers add {kind} FILE")
    listed = ", ".join(f"{o.id} ({o.title})" for o in of_kind)
    said = f"There are several official registers of {kind}: {listed}."
    return Problem("HF507", said, value=kind, help="Say which with --register ID, or give a file.")
