"""``holdfast brief`` and ``holdfast ask``: papers written from a finished run."""

from __future__ import annotations

from pathlib import Path

from holdfast.cli.terminal import say, tell


def write_brief_of(folder: Path, out: Path | None, run: str) -> None:
    """One page for a leader. It is written beside the runs, which never change."""
    from holdfast.project import Store, load_results
    from holdfast.report import write_brief

    target = out or folder / "brief"
    for path in write_brief(load_results(Store(folder).find(run)), target):
        say(str(path))


def write_letters(folder: Path, out: Path | None, run: str) -> None:
    """A letter and its tables for each institution."""
    from holdfast.project import requests
    from holdfast.report import write_ask

    results, wanted = requests(folder, run)
    target = out or folder / "ask"
    for path in write_ask(results, wanted, target):
        say(str(path))
    tell("Read each letter before it is sent: the tables name suppliers.")
