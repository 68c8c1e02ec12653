"""Ids and definitions of figures: the same words everywhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from holdfast.core.figures import Definition, Figure
from holdfast.measures.bounds import Share
from holdfast.measures.selection import Row, Selection
from holdfast.measures.settings import MeasureSettings
from holdfast.measures.tallies import share_of

ALL_AREAS = "all areas"
BASES = {"based": "ring", "based or branched": "branch_ring"}


#: Ids are typed and pasted: a name longer than this is cut between two words.
LONGEST_SLUG = 60


def slug(text: str) -> str:
    """``Greater Manchester`` -> ``greater-manchester``: letters and digits of the Latin script, hyphens between."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = "-".join("".join(c if c.isalnum() else " " for c in folded).split())
    if len(words) > LONGEST_SLUG:
        words = words[: LONGEST_SLUG + 1].rpartition("-")[0] or words[:LONGEST_SLUG]
    return words or "other"


def slugs(names: Iterable[str]) -> dict[str, str]:
    """A slug for each name; a second name with the same one gets ``-2``, in the order given."""
    taken: set[str] = set()
    given: dict[str, str] = {}
    for name in names:
        wanted, number = slug(name), 2
        candidate = wanted
        while candidate in taken:
            candidate, number = f"{wanted}-{number}", number + 1
        taken.add(candidate)
        given[name] = candidate
    return given


@dataclass(frozen=True, slots=True)
class Frame:
    """What all figures of one run have in common."""

    settings: MeasureSettings
    selection: Selection
    definition: Definition
    ring_slugs: Mapping[str, str]

    @classmethod
    def of(cls, settings: MeasureSettings, selection: Selection, period: str) -> Frame:
        definition = Definition(
            area=ALL_AREAS,
            period=period,
            anchors=tuple(anchor.name for anchor in settings.anchors),
            vat=settings.vat,
            scope=selection.scope,
        )
        return cls(settings, selection, definition, slugs(settings.rings))

    def define(self, **changes: Any) -> Definition:
        return replace(self.definition, **changes)

    def ring_slug(self, ring: int) -> str:
        return self.ring_slugs[self.settings.rings[ring]]

    def anchor_name(self, id: str) -> str:
        return next((anchor.name for anchor in self.settings.anchors if anchor.id == id), id)

    def anchor_place(self, id: str) -> tuple[int, str]:
        """Where an anchor stands in the order of the settings; one that is not in them comes last, by id."""
        ids = [anchor.id for anchor in self.settings.anchors]
        return (ids.index(id) if id in ids else len(ids), id)

    def placed(self, basis: str = "based") -> dict[str, Sequence[Any]]:
        """The rows whose supplier could be placed, as allowed values."""
        return {**self.selection.where(), BASES[basis]: list(range(len(self.settings.rings) + 1))}

    def within(self, ring: int, basis: str = "based") -> dict[str, Sequence[Any]]:
        """The rows whose supplier is in a ring or one inside it, as allowed values."""
        return {BASES[basis]: list(range(ring + 1))}


def share_figure(share: Share, **rest: Any) -> Figure:
    """A figure of a share with its range."""
    return Figure(unit="share", value=share.value, low=share.low, high=share.high, coverage=share.coverage, **rest)


def local_figure(
    record: Row, frame: Frame, measure: str, *, part: str, name: str, where: Mapping[str, Sequence[Any]], **changes: Any
) -> Figure:
    """The local share of one part of the money, such as an anchor's or a year's: ``<measure>.<part>.<ring>``.

    ``name``: what the part is called · ``where``: its rows, as allowed values · ``changes`` to the definition.
    """
    area = frame.settings.rings[record["ring"]]
    return share_figure(
        share_of(record),
        id=f"{measure}.{part}.{frame.ring_slug(record['ring'])}",
        measure=measure,
        label=f"{name}: share of money with suppliers in {area}",
        definition=frame.define(area=area, **changes),
        numerator=record["local_amount"],
        denominator=record["placed"],
        higher_is="more stays",
        where={**frame.placed(), **where},
        counted=frame.within(record["ring"]),
    )
