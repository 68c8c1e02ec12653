"""Published figures, checked against their own parts within the rounding of the digits they were printed with.

Each printed number stands for every number that is printed so (357 for 356.5 to 357.5). The figure reconciles where the
interval worked out from its parts meets the interval of what was printed.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from holdfast.core.figures import Column, ResultTable
from holdfast.core.problem import HoldfastError, Problem
from holdfast.measures import formula
from holdfast.measures.formula import Value
from holdfast.measures.intervals import Interval, Printed, printed

PrintedPart = str | Sequence[str]


@dataclass(frozen=True, slots=True)
class Published:
    """A figure as it was printed, and how it should follow from other printed figures.

    ``value`` and the parts are text as printed (``"445.6"``, ``"71.7%"``, ``"~750"``), since their digits say how far
    they were rounded. ``formula`` names the parts: ``spend * share - base_spend * base_share``, ``mean(shares)``.
    """

    label: str
    value: str
    formula: str
    parts: Mapping[str, PrintedPart] = field(default_factory=dict)
    unit: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """What a check found. ``beyond`` is how far the two intervals lie apart: recomputed above published is positive.

    ``needed``: for each part, the value that alone would make the figure exact.
    """

    entry: Published
    value: Printed
    recomputed: Interval
    reconciles: bool
    beyond: Fraction
    needed: tuple[tuple[str, str], ...]

    @property
    def difference(self) -> Fraction:
        """Recomputed less published, from the digits as printed."""
        return self.recomputed.value - self.value.interval.value

    @property
    def tolerance(self) -> Fraction:
        """How far the two may lie apart by rounding alone, on the side on which they do."""
        return abs(self.difference) - abs(self.beyond) if self.beyond else self._reach()

    def _reach(self) -> Fraction:
        found, said = self.recomputed, self.value.interval
        if self.difference >= 0:
            return found.value - found.low + said.high - said.value
        return found.high - found.value + said.value - said.low

    def apart(self, distance: Fraction) -> str:
        """A distance between two such numbers: two percentages lie points apart."""
        said = self.write(distance)
        return f"{said.removesuffix('%')} points" if said.endswith("%") else said

    def write(self, value: Fraction, more: int = 1) -> str:
        """A number in the figure's own unit, with ``more`` digits than were printed."""
        return in_unit(self.value.like(value, more), self.entry.unit)


def check(entry: Published) -> Check:
    """Hold a published figure to its parts. Raises :class:`HoldfastError` (HF404) where the entry makes no sense."""
    try:
        value = printed(_with_unit(entry.value, entry.unit))
        parts = {name: _part(part) for name, part in entry.parts.items()}
        tree = formula.parse(entry.formula)
        intervals: dict[str, Value] = {name: _interval(part) for name, part in parts.items()}
        recomputed = formula.evaluate(tree, intervals)
    except ValueError as error:
        problem = Problem("HF404", f"The published figure {entry.label!r} cannot be checked: {error}")
        raise HoldfastError(problem, exit_code=2) from None
    reconciles = recomputed.meets(value.interval)
    needed = () if reconciles else _needed(tree, parts, value.interval.value)
    return Check(entry, value, recomputed, reconciles, recomputed.gap(value.interval), needed)


def _with_unit(text: str, unit: str) -> str:
    return f"{text}%" if unit == "%" and not text.rstrip().endswith("%") else text


def _part(part: PrintedPart) -> Printed | list[Printed]:
    return printed(part) if isinstance(part, str) else [printed(member) for member in part]


def _interval(part: Printed | list[Printed]) -> Value:
    return part.interval if isinstance(part, Printed) else [member.interval for member in part]


def _needed(
    tree: ast.expr, parts: Mapping[str, Printed | list[Printed]], target: Fraction
) -> tuple[tuple[str, str], ...]:
    """What each single part would have to be, the others as printed. Only where the figure is linear in it."""
    points: dict[str, Value] = {name: _points(part) for name, part in parts.items()}
    found = []
    for name in formula.names(tree):
        part = parts[name]
        if isinstance(part, Printed) and (wanted := _solve(tree, points, name, target)) is not None:
            found.append((name, part.like(wanted)))
    return tuple(found)


def _points(part: Printed | list[Printed]) -> Value:
    if isinstance(part, Printed):
        return Interval.exactly(part.interval.value)
    return [Interval.exactly(member.interval.value) for member in part]


def _solve(tree: ast.expr, points: Mapping[str, Value], name: str, target: Fraction) -> Fraction | None:
    start = points[name]
    assert isinstance(start, Interval)
    step = abs(start.value) / 1000 or Fraction(1)

    def at(value: Fraction) -> Fraction:
        return formula.evaluate(tree, {**points, name: Interval.exactly(value)}).value

    here, there, beyond = (at(start.value + n * step) for n in range(3))
    if there == here or beyond - there != there - here:
        return None
    return start.value + (target - here) * step / (there - here)


def in_unit(number: str, unit: str) -> str:
    """``135.6`` in ``£m`` is ``£135.6m``; a minus stands first; ``%`` is in the number already."""
    if not unit or unit == "%":
        return number
    sign, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
    if unit[0] in "£$€":
        return f"{sign}{unit[0]}{digits}{unit[1:]}"
    return f"{number} {unit}"


COLUMNS = (
    Column("label", "Published figure"),
    Column("published", "As printed"),
    Column("recomputed", "From its parts"),
    Column("tolerance", "Rounding allows"),
    Column("reconciles", "Reconciles"),
    Column("difference", "Difference"),
    Column("source", "Source"),
    Column("low", "From its parts, least"),
    Column("high", "From its parts, most"),
    Column("note", "Note"),
)


def table(checks: Sequence[Check]) -> ResultTable:
    """One line for each, with the numbers written as the publisher wrote them."""
    lines = tuple(
        (
            c.entry.label,
            in_unit(c.entry.value, c.entry.unit) + ("%" if c.entry.unit == "%" and "%" not in c.entry.value else ""),
            c.write(c.recomputed.value),
            c.apart(c.tolerance),
            c.reconciles,
            c.apart(c.difference),
            c.entry.source,
            c.write(c.recomputed.low, 2),
            c.write(c.recomputed.high, 2),
            note(c),
        )
        for c in checks
    )
    said = "A figure reconciles where its parts, each within the rounding of its printed digits, can give it."
    return ResultTable("published", "Published figures, checked against their parts", COLUMNS, lines, said)


def note(check: Check) -> str:
    """Why it does not reconcile, and what would make it."""
    if check.reconciles:
        return ""
    said = (
        f"From its parts {check.write(check.recomputed.low, 2)} to {check.write(check.recomputed.high, 2)}, "
        f"{check.apart(abs(check.beyond))} beyond rounding."
    )
    if check.needed:
        wanted = ", or ".join(f"{name.replace('_', ' ')} {value}" for name, value in check.needed)
        said += f" It would need {wanted}."
    return said


def problems(checks: Sequence[Check]) -> list[Problem]:
    """HF702 for each that does not reconcile, HF703 for each that does."""
    return [
        Problem("HF703", f"{c.entry.label}: {c.write(c.value.interval.value, 0)} reconciles")
        if c.reconciles
        else Problem("HF702", f"{c.entry.label}: {c.write(c.value.interval.value, 0)} does not reconcile. {note(c)}")
        for c in checks
    ]
