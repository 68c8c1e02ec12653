"""The list of problem codes and what the program says agree."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from holdfast.core.codes import CODES
from support.repository import texts

WRITTEN = re.compile(r"\bHF\d{3}\b")


def test_every_code_is_raised_somewhere() -> None:
    sources = texts(".py", ".html", ".jinja", ".j2", under="src").values()
    used = {code for text in sources for code in WRITTEN.findall(text)}
    assert sorted(set(CODES) - used) == []


def test_no_code_is_written_that_is_not_in_the_list(root: Path) -> None:
    found = {
        f"{code} in {path.relative_to(root)}"
        for path, text in texts(".py", ".md", ".html", ".jinja", ".csv", ".toml").items()
        for code in WRITTEN.findall(text)
        if code not in CODES
    }
    assert sorted(found) == []


def test_every_code_says_what_it_means_and_what_to_do() -> None:
    assert [c.code for c in CODES.values() if not (c.title and c.meaning.endswith(".") and c.what_to_do)] == []
    assert {c.severity for c in CODES.values()} <= {"error", "warning", "note"}


def test_the_list_is_in_order_and_names_each_code_once(root: Path) -> None:
    text = (root / "src" / "holdfast" / "core" / "codes.csv").read_text(encoding="utf-8")
    listed = [row["code"] for row in csv.DictReader(text.splitlines())]
    assert listed == sorted(set(listed))
