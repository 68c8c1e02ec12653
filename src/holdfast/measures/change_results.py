"""Change between years as the report shows it: the table, the figures, and which years were not compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from holdfast.core.figures import Column, Figure, ResultTable
from holdfast.core.problem import Problem
from holdfast.measures.naming import Frame, slug
from holdfast.measures.selection import Row
from holdfast.measures.settings import Deflator

#: A change in the part of the money that could be placed, from which on the money in pounds is not like for like.
DRIFT = Decimal("0.05")

COLUMNS = (
    Column("ring", "Area"),
    Column("from_year", "From"),
    Column("to_year", "To"),
    Column("share_points", "Change in local share", "points"),
    Column("money_change", "Change in local money", "money"),
    Column("from_share", "Because of the share", "money"),
    Column("from_volume", "Because of the volume", "money"),
    Column("from_both", "Because of both", "money"),
    Column("real_money_change", "Change in real terms", "money"),
    Column("deflator", "Prices"),
    Column("panel", "Anchors"),
    Column("note", "Note"),
    Column("real_from_share", "Real, because of the share", "money"),
    Column("real_from_volume", "Real, because of the volume", "money"),
    Column("real_from_both", "Real, because of both", "money"),
)


def table(records: Sequence[Row], by_year: Sequence[Row], frame: Frame) -> ResultTable:
    """All pairs of years, panel by panel and ring by ring. ``by_year`` are the records of that measure."""
    deflator = frame.settings.deflator
    coverage = {(r["year"], r["ring"]): r["coverage"] for r in by_year}
    lines = []
    for record in records:
        cells = {
            **record,
            "ring": frame.settings.rings[record["ring"]],
            "deflator": prices(deflator) if record["real_money_change"] is not None else "",
            "note": _note(record, coverage, frame),
        }
        lines.append(tuple(cells[c.name] for c in COLUMNS))
    note = (
        "Money known to be local. It changes because the share changed at the old volume, because the volume changed "
        "at the old share, and because both did; the three add up to the penny."
    )
    return ResultTable("change", "Change between years", COLUMNS, tuple(lines), note)


def prices(deflator: Deflator | None) -> str:
    """``2023/24 prices (GDP deflator, 2024-06-28)``."""
    if deflator is None:
        return ""
    dated = f", {deflator.date}" if deflator.date else ""
    unsure = ", unverified" if deflator.status != "verified" else ""
    return f"{deflator.base} prices ({deflator.name}{dated}{unsure})"


def _note(record: Row, coverage: Mapping[tuple[str, int], Decimal | None], frame: Frame) -> str:
    said = [record["note"]] if record["note"] else []
    if record["panel"] == "fixed" and not record["note"]:
        said.append("Only " + ", ".join(frame.anchor_name(a) for a in record["anchors"]) + ".")
    before, after = (coverage.get((record[year], record["ring"])) for year in ("from_year", "to_year"))
    drifted = before is not None and after is not None and abs(after - before) >= DRIFT
    if record["panel"] == "all" and record["share_points"] is not None and drifted:
        said.append("The part of the money that could be placed changed too: the money is not like for like.")
    return " ".join(said)


def figures(records: Sequence[Row], frame: Frame) -> list[Figure]:
    """``change.<ring>.<from>.<to>.points`` and ``.money``, ``.real-money`` where there is a deflator.

    Figures of the fixed panel have ``fixed`` before the last word. Years are written ``2023-24``. Pairs that were not
    compared give no figure.
    """
    return [figure for record in records if record["share_points"] is not None for figure in _figures(record, frame)]


def _figures(record: Row, frame: Frame) -> list[Figure]:
    ring, deflator = frame.settings.rings[record["ring"]], frame.settings.deflator
    years = record["from_year"], record["to_year"]
    stem = ".".join(["change", frame.ring_slug(record["ring"]), *map(slug, years)])
    stem += ".fixed" if record["panel"] == "fixed" else ""
    real = f"real, {deflator.base} prices" if deflator else ""
    kinds = [("points", "points", "share_points", "nominal"), ("money", "money", "money_change", "nominal")]
    if record["real_money_change"] is not None:
        kinds.append(("real-money", "money", "real_money_change", real))
    return [
        Figure(
            id=f"{stem}.{word}",
            measure="change",
            label=f"Change in local {'share' if word == 'points' else 'money'} of {ring}, {years[0]} to {years[1]}",
            unit="points" if unit == "points" else "money",
            value=record[column],
            definition=frame.define(
                area=ring,
                period=f"{years[0]} to {years[1]}",
                anchors=tuple(frame.anchor_name(a) for a in sorted(record["anchors"], key=frame.anchor_place)),
                prices=kind,
            ),
            higher_is="more stays",
            where={**frame.placed(), "year": list(years), "anchor": list(record["anchors"])},
            counted=frame.within(record["ring"]),
        )
        for word, unit, column, kind in kinds
    ]


def problems(records: Sequence[Row], frame: Frame) -> list[Problem]:
    """Which years were not compared, once for each pair; and a deflator that nobody has verified."""
    found = []
    pairs = {(r["from_year"], r["to_year"]): r["note"] for r in records if r["panel"] == "all" and r["note"]}
    for (first, last), reason in pairs.items():
        if reason.startswith("Months"):
            found.append(Problem("HF706", f"{first} and {last} were not compared: {reason[0].lower()}{reason[1:]}"))
    deflator = frame.settings.deflator
    if deflator and deflator.status != "verified" and any(r["real_money_change"] is not None for r in records):
        found.append(Problem("HF705", f"{deflator.name} has not been verified at its source: {deflator.source}"))
    return found
