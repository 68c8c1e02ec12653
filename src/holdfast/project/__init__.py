"""The folder a place's analysis lives in: settings, runs, cache, lineage.

``run(folder)`` analyses a project; ``check``, ``explain``, ``diff`` and ``compare`` look at one. Everything is loaded
when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from holdfast.project.asking import requests
    from holdfast.project.checking import check
    from holdfast.project.comparing import compare
    from holdfast.project.differences import diff
    from holdfast.project.lineage import explain
    from holdfast.project.pipeline import RunOutcome, run
    from holdfast.project.placefile import load
    from holdfast.project.results import load_results
    from holdfast.project.scaffold import new
    from holdfast.project.settings import Settings
    from holdfast.project.store import Store

#: Where each name lives. No module has the name of a function: importing it would hide the function.
_HOME = {
    "RunOutcome": "pipeline",
    "Settings": "settings",
    "Store": "store",
    "check": "checking",
    "compare": "comparing",
    "diff": "differences",
    "explain": "lineage",
    "load": "placefile",
    "load_results": "results",
    "new": "scaffold",
    "requests": "asking",
    "run": "pipeline",
}

__all__ = [
    "RunOutcome",
    "Settings",
    "Store",
    "check",
    "compare",
    "diff",
    "explain",
    "load",
    "load_results",
    "new",
    "requests",
    "run",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(name)
    return getattr(import_module(f"holdfast.project.{_HOME[name]}"), name)
