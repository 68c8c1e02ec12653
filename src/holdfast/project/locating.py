"""Problems found elsewhere, put where a person finds them: a file by its name in the project, a setting by its line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from holdfast.core.problem import HoldfastError, Problem
from holdfast.project.keylines import KeyPath, line_of
from holdfast.project.paths import Found
from holdfast.project.settings import Ring, Settings

FILE = "place.toml"


@contextmanager
def located(found: Found) -> Iterator[None]:
    """Problems of a file are told by its name in the project."""
    try:
        yield
    except HoldfastError as error:
        problems = (replace(p, file=found.name) for p in error.problems)
        raise HoldfastError(*problems, exit_code=error.exit_code) from error


def at_setting(problem: Problem, settings: Settings, path: KeyPath) -> Problem:
    """The problem at the line of a key of ``place.toml``."""
    return replace(problem, file=FILE, row=line_of(settings.lines, path))


@contextmanager
def rings_located(settings: Settings) -> Iterator[None]:
    """What is wrong with a ring is told at its line: the key named, or the ring's heading."""
    try:
        yield
    except HoldfastError as error:
        problems = (at_setting(p, settings, _of_ring(p, settings.rings)) for p in error.problems)
        raise HoldfastError(*problems, exit_code=2) from error


def _of_ring(problem: Problem, rings: tuple[Ring, ...]) -> KeyPath:
    for i, ring in enumerate(rings):
        if problem.message.startswith(f"Ring {ring.name!r}"):
            ways = {"areas": ring.areas, "polygon": ring.polygon, "centre": ring.centre, "towns": ring.towns}
            # what sticks out is the list as a whole: that is told at the heading
            keys = [key for key, value in ways.items() if value and problem.code != "HF602"]
            return ("ring", i, keys[0]) if keys else ("ring", i)
    return ("ring",)
