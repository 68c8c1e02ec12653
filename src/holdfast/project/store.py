"""The folder of finished runs: ``build/<run-id>/``, each made elsewhere and put in place whole, and ``build/latest``.

A run is finished when its folder stands under its own name; that happens in one rename at the very end. Whatever dies
before leaves only a ``.making-…`` folder, which the next run removes.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from holdfast.core.problem import HoldfastError, Problem

_RUN = re.compile(r"[0-9a-f]{12}")
_MAKING, _OLD = ".making-", ".old-"


class Store:
    """The runs of one project."""

    def __init__(self, project: Path) -> None:
        self.folder = project / "build"

    def path(self, run: str) -> Path:
        return self.folder / run

    def has(self, run: str) -> bool:
        return (self.path(run) / "manifest.json").is_file()

    def runs(self) -> list[str]:
        """Ids of the finished runs, in the order of their names."""
        if not self.folder.is_dir():
            return []
        return sorted(p.name for p in self.folder.iterdir() if _RUN.fullmatch(p.name) and self.has(p.name))

    def latest(self) -> str | None:
        """The run that ``build/latest`` names: a link, or a file with the id where links are not to be had."""
        pointer = self.folder / "latest"
        try:
            run = os.readlink(pointer) if pointer.is_symlink() else pointer.read_text(encoding="utf-8").strip()
        except OSError:
            return None
        return run if _RUN.fullmatch(run) and self.has(run) else None

    def find(self, said: str = "latest") -> Path:
        """The folder of the run that a person means: an id, the beginning of one, or ``latest``. Raises HF407."""
        runs = self.runs()
        meant = [self.latest()] if said == "latest" else [r for r in runs if len(said) >= 4 and r.startswith(said)]
        if len(meant) == 1 and meant[0]:
            return self.path(meant[0])
        project = self.folder.parent
        name = project.resolve().name or str(project)
        if not project.is_dir():
            raise HoldfastError(Problem("HF401", f"There is no folder {project}.", value=str(project)), exit_code=2)
        known = f"Finished runs: {', '.join(runs)}." if runs else f"Run: holdfast run {project}"
        message = f"{name} has no finished run" + ("." if said == "latest" else f" {said}.")
        if said != "latest" and len(said) < 4:
            message = f"{said} is too short for a run: give four characters of its id, or more."
        raise HoldfastError(Problem("HF407", message, value=said, help=known))

    @contextmanager
    def making(self, run: str) -> Iterator[Path]:
        """An empty folder to make a run in; it takes its place when the block ends well, and goes if it does not."""
        self.folder.mkdir(parents=True, exist_ok=True)
        folder = self.folder / f"{_MAKING}{run}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        try:
            yield folder
            _reach_the_disk(folder)
            self._put_in_place(folder, run)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self.point_at(run)

    def _put_in_place(self, folder: Path, run: str) -> None:
        target, old = self.path(run), self.folder / f"{_OLD}{run}"
        if target.exists():
            target.rename(old)
        folder.rename(target)
        shutil.rmtree(old, ignore_errors=True)

    def point_at(self, run: str) -> None:
        """Make ``build/latest`` name the run, in one step."""
        new = self.folder / ".latest"
        with contextlib.suppress(FileNotFoundError):
            new.unlink()
        try:
            new.symlink_to(run, target_is_directory=True)
        except (OSError, NotImplementedError):
            new.write_text(run + "\n", encoding="utf-8")
        try:
            new.replace(self.folder / "latest")
        except PermissionError:
            # Windows will not put a file over a link to a folder
            (self.folder / "latest").unlink()
            new.replace(self.folder / "latest")

    def tidy(self) -> None:
        """Remove what a run that died left behind; put back a run that died while it replaced itself."""
        if not self.folder.is_dir():
            return
        for left in self.folder.iterdir():
            if left.name.startswith(_OLD) and not self.path(left.name.removeprefix(_OLD)).exists():
                left.rename(self.path(left.name.removeprefix(_OLD)))
            elif left.name.startswith((_OLD, _MAKING)):
                shutil.rmtree(left, ignore_errors=True)


def _reach_the_disk(folder: Path) -> None:
    """A power cut after the rename must not leave names without contents."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        handle = os.open(path, os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
