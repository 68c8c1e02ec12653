"""``holdfast compare``: places side by side on one definition, or the reason why not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from holdfast.core.figures import Figure, Results
from holdfast.core.problem import HoldfastError, Problem
from holdfast.project.results import load_results
from holdfast.project.store import Store

#: What differs between places by their nature: where they are and who pays there.
_OWN = ("area", "anchors")
_IN_WORDS = {
    "basis": "which suppliers count as local",
    "suppliers": "how many suppliers are counted",
    "period": "the period",
    "vat": "whether amounts include VAT",
    "pooling": "how anchors are put together",
    "scope": "which payments count",
    "prices": "the prices",
}
#: Figures that mean the same in every place, whatever its areas are called.
_PLACELESS = ("coverage", "sme-share", "coop-share", "vcse-share", "deprived-share")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of every place, in the order of the places; ``None`` where a place has none."""

    label: str
    unit: str
    figures: tuple[Figure | None, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Places side by side. ``definition`` is what all figures have in common, in words."""

    places: tuple[Results, ...]
    definition: str
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()


def compare(projects: Sequence[Path]) -> Comparison:
    """Compare the latest runs. Raises :class:`HoldfastError` HF701 where no figure has one definition in all places."""
    places = tuple(load_results(Store(p).find()) for p in projects)
    whole = [_whole_period(r) for r in places]
    found = _aligned(places, whole)
    if found is not None:
        return found
    for year in _years_in_common(places):
        found = _aligned(places, [_of_year(r, year) for r in places])
        if found is not None:
            return found
    raise HoldfastError(*_reasons(places, whole))


def _aligned(places: tuple[Results, ...], figures: Sequence[Figure | None]) -> Comparison | None:
    """The comparison on the local share of the innermost ring, where it has one definition everywhere."""
    given = [f for f in figures if f is not None]
    if len({_told_by(r) for r in places}) > 1:
        return None
    if len(given) < len(places) or any(given[0].definition.differences(f.definition, _OWN) for f in given[1:]):
        return None
    d = given[0].definition
    words = f"{d.period}; suppliers {d.basis} in the area; {d.suppliers} suppliers; {d.pooling}; VAT {d.vat}; {d.scope}"
    rows = [Row("Local share, innermost ring", "share", tuple(given))]
    if d.period == _period(places[0]):
        rows += _others(places)
    return Comparison(places, words, tuple(rows), tuple(_cautions(places, d.period)))


def _told_by(results: Results) -> str:
    """What the innermost ring is made of; blank for runs made before that was written down."""
    return results.parameters.get("local is told by", "").split(", then ")[0]


def _cautions(places: Sequence[Results], period: str) -> list[Problem]:
    """What is to be known beside the table."""
    found = []
    if len({r.currency for r in places}) > 1:
        found.append(Problem("HF707", "Money is in different currencies; only shares are compared."))
    for results in places:
        gaps = sorted(_incomplete(results) if period == _period(results) else _incomplete(results) & {period})
        if gaps:
            found.append(Problem("HF707", f"{results.place} has no payments in some months of {', '.join(gaps)}."))
    return found


def _incomplete(results: Results) -> set[str]:
    """Years with months in which an anchor that pays has no payments."""
    table = results.tables.get("by_year")
    return {str(r["year"]) for r in table.records() if not r["complete"]} if table else set()


def _period(results: Results) -> str:
    figure = _whole_period(results)
    return figure.definition.period if figure else ""


def _whole_period(results: Results) -> Figure | None:
    pattern = re.compile(r"local-share\.[^.]+\.all\.based\.pooled")
    ring = results.rings[0] if results.rings else ""
    return next((f for f in results.figures if pattern.fullmatch(f.id) and f.definition.area == ring), None)


def _of_year(results: Results, year: str) -> Figure | None:
    ring = results.rings[0] if results.rings else ""
    return next(
        (
            f
            for f in results.figures
            if f.measure == "by-year"
            and f.definition.period == year
            and f.definition.area == ring
            and f.unit == "share"
        ),
        None,
    )


def _years_in_common(places: Iterable[Results]) -> list[str]:
    """The latest first."""
    # a year with missing months is compared only where the person has said how
    sets = [set(r.years) - (_incomplete(r) if _undecided(r) else set()) for r in places]
    return sorted(set.intersection(*sets), reverse=True) if sets else []


def _undecided(results: Results) -> bool:
    return results.parameters.get("years with missing months", "not compared") in ("not compared", "skip")


def _others(places: tuple[Results, ...]) -> list[Row]:
    rows = []
    for id in _PLACELESS:
        given = tuple(next((f for f in r.figures if f.id == id), None) for r in places)
        known = [f for f in given if f is not None]
        if known and not any(known[0].definition.differences(f.definition, _OWN) for f in known[1:]):
            rows.append(Row(known[0].label, known[0].unit, given))
    return rows


def _reasons(places: tuple[Results, ...], figures: Sequence[Figure | None]) -> list[Problem]:
    problems = []
    ways = [_told_by(r) for r in places]
    if len(set(ways)) > 1:
        said = "; ".join(f"{r.place} by {way}" for r, way in zip(places, ways, strict=True))
        problems.append(Problem("HF701", f"What is local is told in different ways: {said}."))
    for results, figure in zip(places, figures, strict=True):
        if figure is None:
            problems.append(Problem("HF701", f"{results.place} has no local share of its innermost ring."))
    given = [(r, f) for r, f in zip(places, figures, strict=True) if f is not None]
    for results, figure in given[1:]:
        first, other = given[0]
        for part, (a, b) in other.definition.differences(figure.definition, _OWN).items():
            said = f"{first.place} and {results.place} differ in {_IN_WORDS.get(part, part)}: {a}; {b}."
            problems.append(Problem("HF701", said))
    for results in places if not problems else ():
        if _undecided(results) and (gaps := sorted(_incomplete(results))):
            said = f"{results.place} has no payments in some months of {', '.join(gaps)}: those years are not compared."
            problems.append(Problem("HF701", said, help="Set incomplete_years in its place.toml, or add the months."))
    return problems or [Problem("HF701", "The places have no figure of one definition.")]
