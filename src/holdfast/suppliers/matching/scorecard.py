"""The model: points for each piece of evidence, added up, and turned into a probability. Read from ``scorecard.csv``.

Each measure of a pair falls into one band; a band has points (natural log odds). The best organisation's points and its
lead over the next one give the probability that it is the right one, by a second, smaller table (``calibration``).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import prod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

#: Upper bounds of the bands of each measure; the last band has none. A measure that counts or names has a band for each.
BANDS: Mapping[str, tuple[float, ...]] = {
    "words found": (0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97, 0.999),
    "words covered": (0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97, 0.999),
    "missing word": (0.01, 0.6, 1.2, 2.0, 3.0, 4.5, 6.0, 8.0),
    "extra word": (0.01, 0.6, 1.2, 2.0, 3.0, 4.5, 6.0, 8.0),
    "shared weight": (3.0, 5.0, 7.0, 9.0, 12.0, 15.0, 20.0),
    "best word": (2.0, 4.0, 6.0, 8.0, 10.0),
    "letters": (0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.999),
    "beginning": (0.7, 0.8, 0.85, 0.9, 0.95, 0.999),
    "within": (0.7, 0.8, 0.9, 0.95, 0.999),
    "any order": (0.6, 0.7, 0.8, 0.9, 0.95, 0.999),
    "first word": (0.5,),
    "numbers": (0.5,),
    "words": (1.5, 2.5, 3.5, 4.5),
    "cut off": (0.5, 1.5, 2.5),
    "same": (0.5, 1.5, 2.5),
    "left over here": (0.5, 1.5, 2.5),
    "left over there": (0.5, 1.5, 2.5),
    "form": (0.5, 1.5, 2.5, 3.5),
    "postcode": (0.5, 1.5, 2.5, 3.5),
    "known as": (0.5, 1.5, 2.5),
    "part": (0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5),
    "bearers": (0.5, 1.5, 2.5),
    "borne by another": (0.5,),
}
#: Measures that mean something together: points for each band of one by each of the others.
TOGETHER: Sequence[tuple[str, ...]] = (
    ("same", "form", "words"),
    ("same", "postcode"),
    ("bearers", "form"),
    ("same", "best word"),
    ("form", "extra word"),
    ("cut off", "words covered"),
    ("part", "same"),
    ("part", "best word"),
    ("any order", "words found"),
    ("letters", "best word"),
    ("words found", "words covered"),
    ("left over here", "left over there"),
    ("left over there", "form"),
)
#: What joins the names of measures that stand together.
_BY = " × "


def bands(found: Mapping[str, Floats]) -> dict[str, npt.NDArray[np.int64]]:
    """The band of each measure of each pair, from 0; those of measures together as ``one × other``."""
    import numpy as np

    told = {name: np.searchsorted(np.array(bounds), found[name], "left") for name, bounds in BANDS.items()}
    for names in TOGETHER:
        band = told[names[0]]
        for other in names[1:]:
            band = band * (len(BANDS[other]) + 1) + told[other]
        told[_BY.join(names)] = band
    return told


def sizes() -> dict[str, int]:
    """How many bands each measure has, in the order of the scorecard."""
    count = {name: len(bounds) + 1 for name, bounds in BANDS.items()}
    return count | {_BY.join(names): prod(count[name] for name in names) for names in TOGETHER}


@dataclass(frozen=True, slots=True)
class Scorecard:
    """``points``: of each band of each measure · ``base``: before any evidence · ``calibration``: (constant, per point of
    the best, per point of its lead over the next, the lead counted up to ``lead_most``) in log odds · ``link``,
    ``review``: the least probability for either answer."""

    points: Mapping[str, Floats]
    base: float
    calibration: tuple[float, float, float]
    lead_most: float
    link: float
    review: float

    def score(self, found: Mapping[str, Floats]) -> Floats:
        """Points of each pair."""
        import numpy as np

        told = bands(found)
        total = np.full(len(next(iter(found.values()))), self.base)
        for name, band in told.items():
            total += self.points[name][band]
        return total

    def probability(self, best: Floats, lead: Floats) -> Floats:
        """That the best organisation is the right one, given its points and its lead."""
        import numpy as np

        constant, per_point, per_lead = self.calibration
        odds = constant + per_point * best + per_lead * np.minimum(lead, self.lead_most)
        return 1.0 / (1.0 + np.exp(-np.clip(odds, -30, 30)))


@cache
def load() -> Scorecard:
    """The scorecard in the package."""
    return read(files("holdfast.suppliers.matching").joinpath("scorecard.csv").read_text(encoding="utf-8"))


def read(text: str) -> Scorecard:
    """From ``measure,band,points``: see :func:`write`."""
    import numpy as np

    points = {name: np.zeros(size) for name, size in sizes().items()}
    said: dict[str, float] = {}
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        if row["measure"] in points:
            points[row["measure"]][int(row["band"])] = float(row["points"])
        else:
            said[row["measure"]] = float(row["points"])
    return Scorecard(
        points,
        said["base"],
        (said["constant"], said["per point"], said["per point of lead"]),
        said["lead counted up to"],
        said["link from"],
        said["review from"],
    )
