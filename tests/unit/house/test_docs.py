"""The manual builds without a warning and tells no lie about the commands."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from holdfast.core.codes import CODES
from support.repository import texts


@pytest.fixture(scope="module")
def manual(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The manual as web pages, built with warnings as errors."""
    out = tmp_path_factory.mktemp("manual")
    options = ["-q", "-W", "--keep-going", "-b", "html", "-d", str(out / "doctrees")]
    command = [sys.executable, "-m", "sphinx", *options, str(root / "docs"), str(out / "html")]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    return out / "html"


def test_every_problem_code_has_its_place_in_the_manual(manual: Path) -> None:
    page = (manual / "reference" / "codes.html").read_text(encoding="utf-8")
    assert [code for code in CODES if f'id="{code.lower()}"' not in page] == []


def test_every_command_has_its_place_in_the_manual(manual: Path) -> None:
    page = (manual / "reference" / "commands.html").read_text(encoding="utf-8")
    spoken = {"read", "new", "check", "run", "explain", "demo", "codes", "diff", "compare", "brief", "ask", "places"}
    spoken |= {"bench-data", "match", "registers", "review"}
    assert [name for name in sorted(spoken) if f">holdfast {name}<" not in page] == []


def test_pages_ask_for_nothing_outside_themselves(manual: Path) -> None:
    loaded = re.compile(r'<(?:script|link|img)\b[^>]*(?:src|href)="(?:https?:)?//', re.IGNORECASE)
    assert [p.name for p in sorted(manual.rglob("*.html")) if loaded.search(p.read_text(encoding="utf-8"))] == []


def test_every_make_command_that_is_written_down_exists(root: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(), re.MULTILINE))
    pages = {p: t for p, t in texts(".md", ".in").items() if "shared" not in p.parts}
    said = {
        (str(path.relative_to(root)), name)
        for path, text in pages.items()
        for name in re.findall(r"(?:`|^\$ |^)make ([a-z-]+)", text, re.MULTILINE)
    }
    assert {("README.md", "demo"), ("README.md", "test")} <= said
    assert sorted((page, name) for page, name in said if name not in targets) == []


def test_every_holdfast_command_that_is_written_down_exists(root: Path) -> None:
    import typer

    from holdfast.cli.main import app

    names = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    said = {
        (str(path.relative_to(root)), name)
        for path, text in texts(".md", ".csv").items()
        for name in re.findall(r"(?:`|\$ |: )holdfast ([a-z]+(?:-[a-z]+)*)", text)
    }
    assert len(said) > 10
    assert sorted((page, name) for page, name in said if name not in names) == []


def test_links_between_pages_that_are_read_on_the_web_lead_somewhere(root: Path) -> None:
    broken = []
    for path, text in texts(".md").items():
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
            if "://" not in target and not (path.parent / target).exists():
                broken.append(f"{path.relative_to(root)}: {target}")
    assert broken == []
