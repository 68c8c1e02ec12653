"""What a run over the example must find, worked out from the ledger alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from holdfast.example.anchors import ANCHORS
from holdfast.example.firms import ELSEWHERE
from holdfast.example.geography import AREAS, CITY, COUNTY, REGION
from holdfast.example.ledger import PURCHASES, Payment, undated
from holdfast.example.sheets import Count, plain

RINGS = tuple(next(a.name for a in AREAS if a.code == code) for code in (CITY, COUNTY, REGION))


@dataclass(slots=True)
class Tally:
    """Third-party purchases in pence. ``bands`` is money that evidence places, by band; ``truly`` all of it."""

    total: int = 0
    unplaced: int = 0
    payments: int = 0
    bands: list[int] = field(default_factory=lambda: [0] * 4)
    truly: list[int] = field(default_factory=lambda: [0] * 4)
    branched: int = 0

    def add(self, p: Payment) -> None:
        self.total += p.pence
        self.payments += 1
        if p.firm.place is None or not p.firm.listed:
            self.unplaced += p.pence
        else:
            self.bands[p.firm.band] += p.pence
            self.branched += p.pence if p.firm.branch and p.firm.band > 0 else 0
        if p.firm.place is not None:
            self.truly[p.firm.band] += p.pence

    def rings(self) -> list[dict[str, str]]:
        """Each ring with the rings inside it. ``local`` is what a run can see; ``really_local`` what an angel could."""
        return [
            {
                "ring": name,
                "local": plain(sum(self.bands[: n + 1])),
                "really_local": plain(sum(self.truly[: n + 1])),
            }
            for n, name in enumerate(RINGS)
        ]

    def as_json(self) -> dict[str, object]:
        return {
            "total": plain(self.total),
            "unplaced": plain(self.unplaced),
            "elsewhere": plain(self.bands[ELSEWHERE]),
            "based_or_branched_in_city": plain(self.bands[0] + self.branched),
            "payments": self.payments,
            "rings": self.rings(),
        }


def year_name(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"


def is_analysed(p: Payment) -> bool:
    """Whether a payment belongs to third-party purchases."""
    return p.scope == PURCHASES and p.kind != "commitment"


def tally(payments: Iterable[Payment]) -> Tally:
    found = Tally()
    for p in payments:
        if is_analysed(p):
            found.add(p)
    return found


def expected(books: Mapping[str, Sequence[Sequence[Payment]]], counts: Sequence[Count]) -> bytes:
    """``expected.json``: files with their counts and totals, then scope, then the local share's parts."""
    everything = [p for months in books.values() for month in months for p in month]
    dated = [p for p in everything if not undated(p)]
    years = sorted({p.year for p in everything})
    data = {
        "schema": "holdfast.rivermouth/1",
        "note": "Rivermouth is made up. These figures come from the generator's own ledger, in pounds, net of VAT.",
        "files": [
            {
                "path": f"spend/{c.path}",
                "sheet": c.sheet,
                "rows_typed": c.typed,
                "rows_quarantined": c.quarantined,
                "rows_excluded": c.excluded,
                "total": plain(c.pence),
            }
            for c in counts
        ],
        "bridge": _bridge(everything),
        "pooled": tally(everything).as_json(),
        "by_year": {year_name(y): tally(p for p in dated if p.year == y).as_json() for y in years},
        "by_anchor": {a.id: tally(p for m in books[a.id] for p in m).as_json() for a in ANCHORS},
        "owners": {kind: plain(_owned_by(kind, everything)) for kind in ("co-operative", "charity")},
        "co-operatives": {
            year_name(y): plain(_owned_by("co-operative", (p for p in dated if p.year == y))) for y in years
        },
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _owned_by(kind: str, payments: Iterable[Payment]) -> int:
    """Third-party purchases from suppliers of a kind, in pence."""
    return sum(p.pence for p in payments if p.firm.kind == kind and is_analysed(p))


def _bridge(payments: Sequence[Payment]) -> dict[str, dict[str, object]]:
    """Money and rows by scope, commitments apart."""
    found: dict[str, list[int]] = {}
    for p in payments:
        step = "commitments" if p.kind == "commitment" else p.scope
        entry = found.setdefault(step, [0, 0])
        entry[0] += p.pence
        entry[1] += 1
    return {step: {"amount": plain(pence), "payments": rows} for step, (pence, rows) in sorted(found.items())}
