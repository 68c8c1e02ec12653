"""Rules over everything that is in the repository."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from support.repository import texts, tracked

PROJECT = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))
#: What an installation may add, by the name of the extra.
EXTRAS: dict[str, list[str]] = PROJECT["project"]["optional-dependencies"]

# put together here so that this file does not find itself
FOREIGN = [
    "/".join(("", "work", "")),
    ".".join(("registry", "npmjs")),
    ".".join(("pypi", "org")),
    ".".join(("files", "pythonhosted")),
]

# dependencies whose module has another name
MODULES = {"python-calamine": "python_calamine", "python-docx": "docx", "pyyaml": "yaml"}


def test_no_file_is_larger_than_half_a_megabyte(root: Path) -> None:
    large = {str(p.relative_to(root)): p.stat().st_size for p in tracked() if p.stat().st_size > 500_000}
    assert large == {}


def test_locks_carry_hashes_and_no_addresses(root: Path) -> None:
    for lock in sorted((root / "requirements").glob("*.lock")):
        text = lock.read_text()
        entries = re.split(r"\n(?=\S)", text.strip())
        assert not re.search(r"://|--index|--extra-index|--find-links", text), lock.name
        assert [e.split()[0] for e in entries if "--hash=sha256:" not in e] == [], lock.name
    npm = (root / "frontend" / "package-lock.json").read_text()
    assert '"resolved"' not in npm
    assert '"integrity"' in npm


def test_the_lock_holds_every_direct_dependency_in_its_range(root: Path) -> None:
    locked = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (root / "requirements" / "dev.lock").read_text(), re.MULTILINE))
    wanted = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
    lines = (root / "requirements" / "dev.in").read_text().splitlines()
    wanted += [Requirement(line) for line in lines if line and not line.startswith("#")]
    outside = [str(r) for r in wanted if not r.specifier.contains(locked.get(r.name.lower(), "0"), prereleases=True)]
    assert outside == []


def test_the_lock_of_an_extra_holds_it_and_agrees_with_the_other_lock(root: Path) -> None:
    locks = {
        name: dict(
            re.findall(r"^([a-z0-9-]+)==(\S+)", (root / "requirements" / f"{name}.lock").read_text(), re.MULTILINE)
        )
        for name in ("dev", "spark")
    }
    wanted = [Requirement(text) for text in EXTRAS["spark"]]
    assert [str(r) for r in wanted if not r.specifier.contains(locks["spark"].get(r.name, "0"))] == []
    assert {name for name, v in locks["spark"].items() if locks["dev"].get(name, v) != v} == set()


def test_every_dependency_says_in_one_line_why_it_is_there(root: Path) -> None:
    lines = (root / "pyproject.toml").read_text().splitlines()
    for name, listed in {"dependencies": PROJECT["project"]["dependencies"], **EXTRAS}.items():
        start = lines.index(f"{name} = [") + 1
        block = [line.strip() for line in lines[start : lines.index("]", start)]]
        assert len(block) == 2 * len(listed)
        assert all(line.startswith("# ") for line in block[::2])
        assert all(line.startswith('"') for line in block[1::2])


def imported_modules() -> set[str]:
    """The first part of every module that the package imports, at the top or inside a function."""
    found: set[str] = set()
    for text in texts(".py", under="src").values():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    return found


def test_what_is_imported_is_declared_and_what_is_declared_is_used() -> None:
    every = [*PROJECT["project"]["dependencies"], *(text for listed in EXTRAS.values() for text in listed)]
    declared = {Requirement(text).name.lower() for text in every}
    modules = {name: MODULES.get(name, name.replace("-", "_")) for name in declared}
    foreign = imported_modules() - set(sys.stdlib_module_names) - {"holdfast"}
    assert foreign - set(modules.values()) == set(), "imported, and not in pyproject.toml"
    # data that comes as a package is found by its distribution's name
    source = "\n".join(texts(".py", under="src").values())
    unused = {name for name, module in modules.items() if module not in foreign and f'"{name}"' not in source}
    assert unused == set(), "in pyproject.toml, and used nowhere"


def test_the_text_speaks_of_holdfast_alone(root: Path) -> None:
    found = [f"{path.relative_to(root)}: {word}" for path, text in texts().items() for word in FOREIGN if word in text]
    assert found == []


def test_every_module_stays_readable(root: Path) -> None:
    long = {str(p.relative_to(root)): n for p, text in texts(".py").items() if (n := text.count("\n")) > 600}
    assert long == {}


def test_every_package_says_what_it_is_for(root: Path) -> None:
    silent = [
        str(path.relative_to(root))
        for path, text in texts(".py", under="src").items()
        if ast.get_docstring(ast.parse(text)) is None
    ]
    assert silent == []


def test_the_base_install_stays_small() -> None:
    """At most 550 MB for the package with everything it needs, counted from the files that were installed."""
    wanted, seen, size = ["holdfast"], set(), 0
    while wanted:
        name = wanted.pop()
        if name in seen:
            continue
        seen.add(name)
        found = metadata.distribution(name)
        files = (Path(str(found.locate_file(f))) for f in found.files or [] if not str(f).endswith(".pyc"))
        size += sum(path.stat().st_size for path in files if path.is_file())
        needs = [Requirement(text) for text in found.requires or []]
        wanted += [r.name.lower() for r in needs if r.marker is None or r.marker.evaluate({"extra": ""})]
    assert {"duckdb", "pyarrow"} <= seen
    assert size < 550_000_000, f"{size:,} bytes"
