"""The files a project may read: those in its folder, and in folders that it or the caller names as data folders.

Nothing else is opened. Links are followed to where they really lead before that is decided, so neither ``..`` nor a
symbolic link gets out. A file is known by its path within the folder it was found in, so results do not depend on where
a project lies.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from holdfast.core.problem import HoldfastError, Problem

_WILD = frozenset("*?[")
#: Never payment files: what Holdfast itself writes, and what office programs and file managers leave behind.
_OURS = ("build", ".holdfast")
_LITTER = ("thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Found:
    """A file: ``name`` within its folder with forward slashes, and where it really is."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Roots:
    """The project folder first, then its data folders; all resolved."""

    folders: tuple[Path, ...]

    @classmethod
    def of(cls, project: Path, data: Sequence[str] = (), extra: Sequence[Path] = ()) -> Roots:
        """Raises :class:`HoldfastError` HF404 where a data folder does not exist."""
        project = project.resolve()
        folders = [project]
        for named in [*extra, *(project / d for d in data)]:
            if not named.is_dir():
                problem = Problem("HF404", f"The data folder {named.name} does not exist.", value=named.name)
                raise HoldfastError(problem, exit_code=2)
            folders.append(named.resolve())
        return cls(tuple(folders))

    def find(self, pattern: str) -> list[Found]:
        """The files that a path, folder or pattern stands for, by name; empty where there are none.

        The first folder that has any wins. Raises :class:`HoldfastError` HF115 where it leads outside all of them.
        """
        fixed = _fixed_part(pattern)
        self._inside(Path(os.path.normpath(self.folders[0] / fixed)), pattern)
        # a path that climbs or is absolute means one place only; others are looked for in every folder
        climbs = fixed.is_absolute() or ".." in fixed.parts
        for folder in self.folders[:1] if climbs else self.folders:
            if found := sorted({self._found(folder, path) for path in _expand(folder, pattern)}, key=lambda f: f.name):
                return found
        return []

    def closed(self, pattern: str) -> str:
        """The first folder on the way to a pattern that exists and may not be read; blank where there is none."""
        for folder in self.folders:
            base = folder / _fixed_part(pattern)
            for step in (*reversed(base.parents), base):
                if step.is_relative_to(folder) and step.is_dir() and not os.access(step, os.R_OK | os.X_OK):
                    return step.relative_to(folder).as_posix()
        return ""

    def one(self, path: str) -> Found:
        """The one file at ``path``. Raises HF405 where there is none."""
        found = self.find(path)
        if len(found) != 1 or _WILD & set(path):
            what = "There is no file" if not found else "More than one file is meant by"
            raise HoldfastError(Problem("HF405", f"{what} {path}.", file="place.toml", value=path))
        return found[0]

    def _found(self, folder: Path, path: Path) -> Found:
        """A match, known by its name within the folder that it lies in as written."""
        written = Path(os.path.normpath(path))
        self._inside(written.resolve(), f"{path.name} is a link that")
        home = next((f for f in (folder, *self.folders) if written.is_relative_to(f)), folder)
        return Found(written.relative_to(home).as_posix(), written)

    def _inside(self, path: Path, said: str) -> None:
        if not any(path.is_relative_to(folder) for folder in self.folders):
            help = 'Put the file inside the project folder, or name its folder in place.toml: data = "../folder".'
            problem = Problem("HF115", f"{said} leads outside the project folder.", help=help)
            raise HoldfastError(problem, exit_code=2)


def _fixed_part(pattern: str) -> Path:
    """The part of a pattern before its first wildcard."""
    parts = Path(pattern).parts
    wild = next((i for i, part in enumerate(parts) if _WILD & set(part)), len(parts))
    return Path(*parts[:wild])


def _expand(folder: Path, pattern: str) -> Iterator[Path]:
    fixed = _fixed_part(pattern)
    base = folder / fixed
    rest = Path(pattern).parts[len(fixed.parts) :]
    if not rest and not base.is_dir():
        # is_file follows links: a link to nothing is no file
        return iter([base] if base.is_file() else [])
    wild = "/".join([*rest, "*"] if rest and rest[-1] == "**" else rest or ("**", "*"))
    ours = {folder / name for name in _OURS} if folder not in base.parents else set()
    return (path for path in base.glob(wild) if path.is_file() and not _litter(path, base, ours))


def _litter(path: Path, base: Path, ours: set[Path]) -> bool:
    parts = path.relative_to(base).parts
    return (
        any(part.startswith((".", "~$")) for part in parts)
        or path.name.lower() in _LITTER
        or any(path.is_relative_to(folder) for folder in ours)
    )
