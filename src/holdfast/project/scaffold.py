"""``holdfast new``: an empty project that explains itself."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from holdfast.core.disk import disk_problem, made_whole
from holdfast.core.problem import HoldfastError, Problem

FOLDERS = ("spend", "registers", "mappings")


def new(folder: Path) -> list[Path]:
    """Make a project folder with a commented ``place.toml``, a README and folders; returns the files written.

    Raises :class:`HoldfastError` HF406 where the folder already holds files; HF901 or HF903 where it cannot be
    written, and then nothing is left of it.
    """
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        message = f"{folder.name} already holds files." if folder.is_dir() else f"{folder.name} is a file."
        raise HoldfastError(Problem("HF406", message, file=folder.name), exit_code=2)
    try:
        with made_whole(folder) as part:
            names = _write(part)
    except OSError as error:
        raise HoldfastError(disk_problem(error, folder.name)) from error
    return [folder / name for name in names]


def _write(folder: Path) -> list[str]:
    templates = files("holdfast.project").joinpath("template")
    names = ["place.toml", "README.md", ".gitignore"]
    for name in names:
        source = "gitignore" if name == ".gitignore" else name
        text = templates.joinpath(source).read_text(encoding="utf-8")
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    for name in FOLDERS:
        (folder / name).mkdir()
    return names
