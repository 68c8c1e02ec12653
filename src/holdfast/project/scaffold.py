"""``holdfast new``: an empty project that explains itself."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from holdfast.core.problem import HoldfastError, Problem

FOLDERS = ("spend", "registers", "mappings")


def new(folder: Path) -> list[Path]:
    """Make a project folder with a commented ``place.toml``, a README and folders; returns the files written.

    Raises :class:`HoldfastError` HF406 where the folder already holds files.
    """
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        message = f"{folder.name} already holds files." if folder.is_dir() else f"{folder.name} is a file."
        raise HoldfastError(Problem("HF406", message, file=folder.name), exit_code=2)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    templates = files("holdfast.project").joinpath("template")
    for name in ("place.toml", "README.md", ".gitignore"):
        source = "gitignore" if name == ".gitignore" else name
        text = templates.joinpath(source).read_text(encoding="utf-8")
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        written.append(folder / name)
    for name in FOLDERS:
        (folder / name).mkdir()
    return written
