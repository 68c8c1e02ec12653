"""Colour carries one meaning everywhere: green stays, orange leaves, grey hatching is not known. Never colour alone."""

from __future__ import annotations

from dataclasses import dataclass

STAYS, NEAR, REGION, LEAVES, UNKNOWN = "#0b5d54", "#4c9a8f", "#d6a46a", "#b3541e", "#767676"
#: Behind a bar: the whole of which the bar is a part.
GROUND = "#e9eeec"
#: Steps of a heat table from little to much, light enough for dark text.
HEAT = ("#f3d3bd", "#f8e8da", "#f3f4ef", "#d3e7e2", "#a5d0c6")


@dataclass(frozen=True, slots=True)
class Tone:
    """A fill and the text colour that can be read on it. ``unknown`` is drawn with hatching and never written on."""

    fill: str
    ink: str = "#ffffff"
    unknown: bool = False

    def paint(self, hatch: str) -> str:
        """What to fill with: the colour, or the pattern of id ``hatch``."""
        return f"url(#{hatch})" if self.unknown else self.fill


_DARK = "#17262b"
LEAVING, NOT_KNOWN = Tone(LEAVES), Tone(UNKNOWN, unknown=True)


def ring_tones(rings: int) -> list[Tone]:
    """One tone per ring, from the innermost outwards."""
    first, near, region = Tone(STAYS), Tone(NEAR, _DARK), Tone(REGION, _DARK)
    if rings <= 3:
        return [first, near, region][:rings]
    between = [Tone(_blend(NEAR, "#c9e0db", n, rings - 2), _DARK) for n in range(rings - 2)]
    return [first, *between, region]


def state_tones(rings: int) -> list[Tone]:
    """One tone per state of the result tables: the rings, then Elsewhere, then Not known."""
    return [*ring_tones(rings), LEAVING, NOT_KNOWN]


def _blend(one: str, other: str, step: int, steps: int) -> str:
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{a + (b - a) * step // max(steps - 1, 1):02x}" for a, b in pairs)
