"""What every chart function gives back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chart:
    """A finished picture: the same string on the web, in the report, in a PDF and in a notebook."""

    svg: str
    title: str
    description: str

    def _repr_svg_(self) -> str:
        return self.svg

    def __str__(self) -> str:
        return self.svg
