"""Problems are data with a location: reported, counted and listed, never raised in the middle of a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from holdfast.core.codes import CODES

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should know, and what to do about it.

    ``code`` is a key of :data:`holdfast.core.codes.CODES`. One ``Problem`` stands for ``count`` places of the same
    kind in one file: ``row`` is the first of them (1-based, as a spreadsheet shows it), ``value`` what stood there, and
    ``amount`` the money in all of them where it could be read.
    """

    code: str
    message: str
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    help: str | None = None
    count: int = 1
    amount: Decimal | None = None

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise KeyError(f"unknown problem code {self.code}")
        if self.value is not None and len(self.value) > 120:
            object.__setattr__(self, "value", self.value[:119] + "…")

    @property
    def severity(self) -> Severity:
        return CODES[self.code].severity

    @property
    def what_to_do(self) -> str:
        return self.help or CODES[self.code].what_to_do


def in_file(problems: Iterable[Problem], file: str, sheet: str | None = None) -> list[Problem]:
    """The same problems, located in ``file`` (and ``sheet``)."""
    return [replace(p, file=p.file or file, sheet=p.sheet or sheet) for p in problems]


class HoldfastError(Exception):
    """Work that cannot go on. Carries the problems a person needs to see; the command line shows them once.

    ``exit_code`` 1: refused or not reconciled; 2: the command or the settings were wrong.
    """

    def __init__(self, *problems: Problem, exit_code: Literal[1, 2] = 1) -> None:
        super().__init__("; ".join(p.message for p in problems))
        self.problems = problems
        self.exit_code = exit_code
