"""report.html: one file, no script, nothing fetched."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import Results
from holdfast.report import story
from holdfast.report.blocks import TableMaker
from holdfast.report.findings import Findings
from holdfast.report.headline import cards
from holdfast.report.sections import all_sections
from holdfast.report.svg.draw import clean

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


@cache
def environment() -> Environment:
    """Templates with escaping always on; a name that is missing is an error, and no text keeps control characters."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    made = Environment(
        loader=FunctionLoader(template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    made.filters["file_size"] = file_size
    made.filters["unbroken"] = unbroken
    return made


def template(name: str) -> str:
    """The text of a template or style sheet in this package."""
    return files("holdfast.report").joinpath("templates", name).read_text(encoding="utf-8")


def _finalize(value: Any) -> Any:
    return clean(value) if type(value) is str else value


#: A longer word could be wider than a phone.
MOST_UNBROKEN = 18
_HYPHENED = re.compile(r"\w+(?:-\w+)+")


def unbroken(text: str) -> Markup:
    """Text whose hyphened words (``co-operatives``) stay on one line: for headings, where a break shows most."""
    from markupsafe import Markup, escape

    parts, at = [], 0
    for word in _HYPHENED.finditer(clean(text)):
        if len(word.group()) > MOST_UNBROKEN:
            continue
        parts += [escape(clean(text)[at : word.start()]), Markup('<span class="w">{}</span>').format(word.group())]
        at = word.end()
    return Markup("").join([*parts, escape(clean(text)[at:])])


def file_size(size: int) -> str:
    """``812 bytes``, ``4 KB``."""
    return f"{size} bytes" if size < 1000 else f"{-(-size // 1000):,} KB"


def css_string(text: str) -> str:
    """Text as a CSS string: everything but letters, digits and spaces is written as a code, so nothing can end it."""
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):06x}" for c in clean(text)) + '"'


def title_of(results: Results) -> str:
    return f"{results.place}: where the money goes"


def style(results: Results, sheet: str = "report.css") -> str:
    foot = "Fictional example" if results.fictional else f"Run {results.run}"
    text = template(sheet).replace("PAGEHEAD", css_string(title_of(results))).replace("PAGEFOOT", css_string(foot))
    return text.replace("\n", "")


def report_html(results: Results, sizes: dict[str, int]) -> bytes:
    """The page. ``sizes``: path -> bytes of the CSV files it links to."""
    f = Findings(results)
    text = (
        environment()
        .get_template("report.html.j2")
        .render(
            r=results,
            title=title_of(results),
            css=style(results),
            scope=story.scope_line(f),
            answer=story.answer(f),
            answer_range=story.answer_range(f),
            cards=cards(f),
            sections=all_sections(f, TableMaker(results.currency, sizes)),
            sizes=sizes,
        )
    )
    return text.encode("utf-8", "replace")
