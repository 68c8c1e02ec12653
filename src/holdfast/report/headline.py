"""The headline figures: at most four, the same on the report and on the brief."""

from __future__ import annotations

from holdfast.core.figures import Figure
from holdfast.report import pictures, story
from holdfast.report.blocks import Card
from holdfast.report.findings import Findings
from holdfast.report.svg import LEAVING, Tone
from holdfast.report.words import sentence_start

OTHERS = ("sme-share", "coop-share", "vcse-share", "deprived-share")
LABELS = {
    "sme-share": "went to small and medium-sized firms",
    "coop-share": "went to co-operatives",
    "vcse-share": "went to social enterprises and charities",
    "deprived-share": "went to suppliers in the most deprived tenth of neighbourhoods",
}


def headline_figures(f: Findings, most: int = 4) -> list[Figure]:
    """What stays in the innermost ring, what leaves the outermost, then who is paid."""
    candidates = [f.local(f.inner), f.leaving(f.outer), *(f.figure(id) for id in OTHERS)]
    known = [c for c in candidates if c is not None and (c.value is not None or c.high is not None)]
    return [c for c in known if c.id != "sme-share" or _large_known(f)][:most]


def _large_known(f: Findings) -> bool:
    """Whether any supplier is known to be large. Where none can be, all of known size are small, which says nothing."""
    return any(r["size"] == "large" and r["amount"] for r in f.rows("size"))


def label(figure: Figure) -> str:
    """What the number is a part of, to stand under it."""
    if figure.id.startswith("local-share"):
        return f"stayed in {figure.definition.area}"
    if figure.id.startswith("leakage"):
        return f"left {figure.definition.area}"
    return LABELS.get(figure.id, figure.label)


def card(f: Findings, figure: Figure) -> Card:
    tone: Tone | None = LEAVING if figure.id.startswith("leakage") else None
    ring = figure.definition.area if figure.id.startswith(("local-share", "leakage")) else None
    return Card(
        label(figure),
        sentence_start(story.share_words(figure)),
        story.card_range(figure),
        pictures.strip(f, figure.id, tone),
        story.direction(f, figure, ring) if ring else "",
        story.meaning(figure),
    )


def cards(f: Findings, most: int = 4) -> list[Card]:
    return [card(f, figure) for figure in headline_figures(f, most)]
