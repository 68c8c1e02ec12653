"""A checker that finds nothing anywhere would make every page look fine."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FINE = """<!doctype html><html lang="en"><head><title>Fine</title></head>
<body><main><h1>A heading</h1><p>Text.</p>{}</main></body></html>"""


def test_axe_finds_a_picture_without_a_text(chromium: Browser, axe: Callable[[Page], list[str]]) -> None:
    page = chromium.new_page()
    page.set_content(FINE.format('<img src="data:,">'))
    assert [line.split(":")[0] for line in axe(page)] == ["image-alt"]
    page.close()


def test_axe_finds_nothing_on_a_page_without_a_fault(chromium: Browser, axe: Callable[[Page], list[str]]) -> None:
    page = chromium.new_page()
    page.set_content(FINE.format(""))
    assert axe(page) == []
    page.close()
