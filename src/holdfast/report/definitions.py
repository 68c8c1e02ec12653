"""What a figure means, in words made from its :class:`~holdfast.core.figures.Definition`."""

from __future__ import annotations

from holdfast.core.figures import THIRD_PARTY, Definition, Figure
from holdfast.report.words import and_list, count, period_phrase, sentence_start

COUNTED = {
    "local-share": "The part of the money that went to suppliers based in {area}.",
    "leakage": "The part of the money that went to suppliers based outside {area}.",
    "coverage": "The part of the money whose supplier could be placed by a postcode or a town.",
    "sme-share": "The part of the money that went to micro, small and medium-sized firms (fewer than 250 people).",
    "coop-share": "The part of the money that went to co-operatives.",
    "vcse-share": "The part of the money that went to social enterprises and charities.",
    "deprived-share": "The part of the money that went to suppliers in the most deprived tenth of neighbourhoods.",
    "total": "All the money that is analysed.",
}
BASIS = {
    "based": "A supplier counts where it is based: where its invoices come from, not where the work is done.",
    "based or branched": "A supplier counts where it is based or has premises that are known.",
}
VAT = {
    "net": "Amounts are without VAT.",
    "gross": "Amounts include VAT.",
    "as published": "Amounts are as published; some files may include VAT.",
}
SCOPE = {
    THIRD_PARTY: "Only payments to suppliers for goods, works and services count; the rest was set apart.",
    "all payments": "All payments count.",
}
POOLING = {
    "pooled": "The money of all anchors is put together, so a large anchor counts for more.",
    "mean of anchors": "Each anchor counts once, whatever its size.",
}
UNKNOWN = "Money for which the answer is not known is left out of the figure. Low counts it as no, high as yes."


def what_it_counts(figure: Figure) -> str:
    """One sentence; the figure's own label where its measure is not known here."""
    sentence = COUNTED.get(figure.id.split(".")[0])
    return sentence.format(area=figure.definition.area) if sentence else f"{figure.label}."


def rules(definition: Definition, *, many_anchors: bool) -> list[str]:
    """The rest of the definition, a sentence each. Pooling is said only where there is more than one anchor."""
    said = [BASIS.get(definition.basis, f"Basis: {definition.basis}.")]
    said.append(
        "All suppliers count." if definition.suppliers == "all" else f"Suppliers: {definition.suppliers} by money."
    )
    period = period_phrase(definition.period)
    if period:
        said.append(f"Payments {period} count.")
    said.append(VAT.get(definition.vat, f"VAT: {definition.vat}."))
    said.append(SCOPE.get(definition.scope, f"Payments that count: {definition.scope}."))
    if many_anchors:
        said.append(POOLING.get(definition.pooling, f"Anchors: {definition.pooling}."))
    said.append("Prices are those paid." if definition.prices == "nominal" else f"Prices: {definition.prices}.")
    return said


def anchors_line(definition: Definition) -> str:
    """``7 anchors: a, b and c.``"""
    return sentence_start(f"{count(len(definition.anchors), 'anchor')}: {and_list(definition.anchors)}.")


def same_rules(figures: list[Figure]) -> bool:
    """Whether all figures share one set of rules, so that it needs saying only once."""
    return len({tuple(rules(f.definition, many_anchors=True)) + f.definition.anchors for f in figures}) <= 1
