"""Which engine computes, by its name."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from holdfast.core.problem import HoldfastError, Problem

if TYPE_CHECKING:
    from holdfast.engine.interface import Engine

ENGINES = ("duckdb", "spark")


def require(name: str) -> None:
    """Make sure that an engine is there, before any work is done.

    Raises :class:`HoldfastError` with exit code 2: HF904 for a name that is none, HF905 where a part is not installed.
    """
    if name not in ENGINES:
        near = get_close_matches(name.lower(), ENGINES, n=1, cutoff=0.5)
        meant = f"Did you mean {near[0]}? " if near else ""
        problem = Problem("HF904", f"There is no engine {name!r}.", help=f"{meant}Engines: {', '.join(ENGINES)}.")
        raise HoldfastError(problem, exit_code=2)
    if name == "spark":
        from holdfast.engine import spark

        spark.require()


def open_engine(name: str) -> Engine:
    """A fresh engine. Raises what :func:`require` raises; close it after use."""
    require(name)
    if name == "spark":
        from holdfast.engine.spark import Engine as Spark

        return Spark()
    from holdfast.engine.duck import Engine as Duck

    return Duck()
