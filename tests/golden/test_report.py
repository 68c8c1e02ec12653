"""The words and one picture of the example, as people last read and approved them.

A change shows here as a difference to be read. Write the new ones with ``HOLDFAST_GOLDEN=write`` once they are right.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from holdfast.report.findings import Findings
from holdfast.report.page import report_html
from holdfast.report.pictures import where_sankey, year_lines
from report_example import make_results

HERE = Path(__file__).parent / "report"


def page_words() -> str:
    """What the page says, a line per element, without its tables and pictures."""
    text = report_html(make_results(), {}).decode()
    body = re.sub(r"<(svg|table|style)\b.*?</\1>", "", text, flags=re.DOTALL)
    lines = (
        re.sub(r"<[^>]+>", " ", line).split()
        for line in re.sub(r"(</(?:p|h\d|li|dt|dd|summary)>)", r"\1\n", body).split("\n")
    )
    return "\n".join(" ".join(words) for words in lines if words) + "\n"


def sankey_svg() -> str:
    chart = where_sankey(Findings(make_results()))
    assert chart
    return chart.svg + "\n"


def years_svg() -> str:
    pair = year_lines(Findings(make_results()))
    assert pair
    return pair[0].svg + "\n"


@pytest.mark.parametrize(
    ("name", "make"), [("words.txt", page_words), ("sankey.svg", sankey_svg), ("years.svg", years_svg)]
)
def test_the_report_reads_as_it_was_approved(name: str, make: object) -> None:
    made = make()  # type: ignore[operator]
    path = HERE / name
    if os.environ.get("HOLDFAST_GOLDEN") == "write":
        path.write_text(made, encoding="utf-8", newline="\n")
    assert made == path.read_text(encoding="utf-8")
