"""Local share by ring: of the money whose supplier could be placed, how much goes to suppliers in the ring.

Rings are cumulative: a ring holds those inside it. Source: the spend analysis of CLES and Preston, in which "based in"
and "based or with a branch in", all suppliers and the largest 300, pooled and mean are different figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import Column, Figure, ResultTable
from holdfast.core.money import ratio
from holdfast.measures import plain
from holdfast.measures.bounds import Split, mean, total
from holdfast.measures.naming import BASES, Frame, share_figure
from holdfast.measures.selection import ORGANISATION, ORGANISATION_KINDS, WITHHELD_KINDS, Row, Selection, tally
from holdfast.measures.tallies import grouped, mean_cells, share_cells, share_of, split, up_to

if TYPE_CHECKING:
    from holdfast.engine.interface import Engine, Relation
    from holdfast.measures.settings import MeasureTables

POOLINGS = ("pooled", "mean of anchors")


@dataclass(frozen=True, slots=True)
class Spec:
    """``rings`` how many there are. ``top`` counts only the largest organisations of the whole selection."""

    rings: int
    basis: str = "based"
    top: int | None = None
    selection: Selection = field(default_factory=Selection)

    @property
    def suppliers(self) -> str:
        return f"top {self.top}" if self.top else "all"


def compute(engine: Engine, tables: MeasureTables, spec: Spec) -> Relation:
    """Money by anchor and ring number (``state``); see :func:`holdfast.measures.selection.tally`."""
    if spec.top is None:
        return tally(engine, tables, spec.selection, keys={"anchor": "anchor"}, state=BASES[spec.basis])
    chosen = f"""chosen AS (
            SELECT supplier_key FROM {{spend}} WHERE {spec.selection.sql()} AND {ORGANISATION}
            GROUP BY supplier_key ORDER BY SUM(amount) DESC, supplier_key LIMIT {spec.top}
        ), """
    among = f"{ORGANISATION} AND supplier_key IN (SELECT supplier_key FROM chosen)"
    keys = {"anchor": "anchor"}
    return tally(engine, tables, spec.selection, keys=keys, state=BASES[spec.basis], before=chosen, extra=among)


def finish(rows: Iterable[Row], spec: Spec) -> list[dict[str, Any]]:
    """One record per ring and pooling: ``ring`` number, ``pooling`` and the columns of a share.

    A mean has no local amount and no total: it is not a part of one sum.
    """
    members = list(grouped(rows, ["anchor"]).values())
    records = []
    for ring in range(spec.rings):
        splits = [within(member, ring) for member in members]
        middle = mean(splits)
        records.append({"ring": ring, "pooling": "pooled", **share_cells(total(splits))})
        records.append({"ring": ring, "pooling": "mean of anchors", **mean_cells(middle)})
    return records


def within(rows: Iterable[Row], ring: int) -> Split:
    """Tallied rows split by whether the supplier is in ``ring`` or one inside it."""
    return split(rows, up_to(ring))


def reference(rows: Sequence[Row], spec: Spec) -> list[dict[str, Any]]:
    """The definition: the same records as :func:`finish`, from the rows of ``spend``."""
    column = BASES[spec.basis]
    kept = [row for row in rows if spec.selection.keeps(row)]
    if spec.top is not None:
        kept = plain_top(kept, spec.top)
    members = [[row for row in kept if row["anchor"] == anchor] for anchor in sorted({r["anchor"] for r in kept})]
    records: list[dict[str, Any]] = []
    for ring in range(spec.rings):

        def known(row: Row) -> bool:
            return row[column] is not None

        def local(row: Row, ring: int = ring) -> bool:
            return bool(row[column] <= ring)

        records.append({"ring": ring, "pooling": "pooled", **plain.share(kept, known, local)})
        middle = plain.mean_share(members, known, local)
        records.append({"ring": ring, "pooling": "mean of anchors", **middle})
    return records


def plain_top(rows: Sequence[Row], top: int) -> list[Row]:
    """The rows of the largest suppliers by the sum of their amounts; the smaller key first where sums are equal."""
    named = [row for row in rows if row["supplier_kind"] not in WITHHELD_KINDS]
    sums = {
        key: plain.money(r for r in named if r["supplier_key"] == key) for key in {r["supplier_key"] for r in named}
    }
    largest = sorted(sums, key=lambda key: (-sums[key], key))[:top]
    return [row for row in named if row["supplier_key"] in largest]


COLUMNS = (
    Column("ring", "Area"),
    Column("basis", "Suppliers count as local if"),
    Column("suppliers", "Suppliers"),
    Column("pooling", "Anchors"),
    Column("share", "Local share", "share"),
    Column("low", "Low", "share"),
    Column("high", "High", "share"),
    Column("coverage", "Part placed", "share"),
    Column("local_amount", "Local money", "money"),
    Column("total", "All money", "money"),
    Column("placed", "Money placed", "money"),
    Column("of_all", "Part of all suppliers' money", "share"),
)


def table(results: Sequence[tuple[Spec, Sequence[Row]]], frame: Frame) -> ResultTable:
    """All variants, ring by ring. ``of_all`` is the coverage of the top-N: their money as a part of all money."""
    whole = next((record["total"] for spec, rows in results if spec.top is None for record in rows), None)
    lines = []
    for spec, records in results:
        chosen = next((record["total"] for record in records), None)
        for record in records:
            ring = frame.settings.rings[record["ring"]]
            of_all = ratio(chosen, whole) if chosen is not None and whole else None
            cells = [record[c.name] for c in COLUMNS[4:11]]
            lines.append((ring, spec.basis, spec.suppliers, record["pooling"], *cells, of_all))
    note = (
        "Share of the money whose supplier could be placed. Low and high: if all other money went outside, or inside. "
        "Pooled adds all anchors' money; the mean counts each anchor once."
    )
    return ResultTable("local_share", "Local share by area", COLUMNS, tuple(lines), note)


def figures(spec: Spec, records: Sequence[Row], frame: Frame, chosen: Sequence[str] = ()) -> list[Figure]:
    """A figure per ring and pooling. ``chosen`` are the supplier keys of a top-N, for ``where``."""
    return [_figure(spec, record, frame, chosen) for record in records]


def _figure(spec: Spec, record: Row, frame: Frame, chosen: Sequence[str]) -> Figure:
    ring, pooled = record["ring"], record["pooling"] == "pooled"
    name = frame.settings.rings[ring]
    where: Mapping[str, Sequence[Any]] = frame.placed(spec.basis)
    if spec.top is not None:
        where = {**where, "supplier_key": chosen, "supplier_kind": list(ORGANISATION_KINDS)}
    words = [frame.ring_slug(ring), spec.suppliers.replace(" ", "-"), spec.basis.replace(" ", "-")]
    return share_figure(
        share_of(record),
        id=".".join(["local-share", *words, "pooled" if pooled else "mean"]),
        measure="local-share",
        label=f"Share of money with suppliers in {name}",
        definition=frame.define(area=name, basis=spec.basis, suppliers=spec.suppliers, pooling=record["pooling"]),
        numerator=record["local_amount"],
        denominator=record["placed"],
        higher_is="more stays",
        where=where,
        counted=frame.within(ring, spec.basis),
    )
