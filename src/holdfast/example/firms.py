"""The organisations that Rivermouth's anchors pay. All are invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from holdfast.example.dice import Dice
from holdfast.example.geography import BANDS, CITY, Postcode
from holdfast.example.names import FIRM_WORDS, TRADES, Trade

Kind = Literal["company", "charity", "co-operative", "public body", "person", "not disclosed", "internal"]

CITY_BAND, COUNTY_BAND, REGION_BAND, ELSEWHERE = range(4)


@dataclass(frozen=True, slots=True)
class Firm:
    """Someone who is paid. ``band`` is where they are based (0 in the city … 3 elsewhere).

    ``listed`` says whether a register, a creditor list or the payment itself tells where they are; if not, their money
    cannot be placed, though the generator knows the answer. ``branch`` is a local postcode of a firm based elsewhere.
    """

    number: str
    name: str
    kind: Kind
    band: int
    place: Postcode | None
    trade: str = ""
    sic: str = ""
    industry: str = ""
    size: str = ""
    listed: bool = True
    branch: str | None = None
    charity_number: str | None = None


@dataclass(slots=True)
class Firms:
    """Every payee. ``pools`` gives firms by trade and band; ``hidden`` those nobody lists, the same way."""

    everyone: list[Firm] = field(default_factory=list)
    pools: dict[tuple[str, int], list[Firm]] = field(default_factory=dict)
    hidden: dict[tuple[str, int], list[Firm]] = field(default_factory=dict)
    named: dict[str, Firm] = field(default_factory=dict)


#: Key, name, kind, band, trade, size, local branch.
_NAMED: tuple[tuple[str, str, Kind, int, str, str, bool], ...] = (
    ("laundry co-op", "Rivermouth Linen Workers Co-operative Limited", "co-operative", 0, "laundry", "small", False),
    ("kitchen co-op", "Tidelands Kitchens Co-operative Limited", "co-operative", 0, "catering", "small", False),
    ("care co-op", "Ropewick Carers Co-operative Limited", "co-operative", 1, "care", "small", False),
    ("old laundry", "Zellidore Textile Hire plc", "company", 3, "laundry", "large", False),
    ("national", "Corvane Facilities Group plc", "company", 3, "cleaning", "large", True),
    ("scheme", "Thrallidore Infrastructure plc", "company", 3, "building", "large", False),
    ("trust a", "Rivermouth Harbour Advice Trust", "charity", 0, "", "small", False),
    ("trust b", "Gannetby Young People's Trust", "charity", 1, "", "small", False),
    ("trust c", "Fellmarch Hospice Society", "charity", 2, "", "medium", False),
)

#: Key, name, band. Bodies that carry public money on; the register of public bodies lists them.
_PUBLIC = (
    ("tax", "Meridia Revenue Service", 3),
    ("pension", "Tidelands Pension Fund", 1),
    ("loans", "Meridia Public Loans Office", 3),
    ("city", "Rivermouth City Council", 0),
    ("county", "Tidelands County Council", 1),
    ("police", "Tidelands Police", 1),
    ("hospital", "Rivermouth Hospitals Trust", 0),
    ("ambulance", "Northern Shore Ambulance Service", 2),
    ("skerrow", "Skerrow District Council", 2),
)


class _Maker:
    """Hands out words, numbers and postcodes, each once."""

    def __init__(self, seed: int, postcodes: list[Postcode]) -> None:
        self.dice = Dice(seed, "firms")
        self._words = list(FIRM_WORDS)
        self._count = 0
        self._by_band = [[p for p in postcodes if p.area in band] for band in BANDS]

    def word(self) -> str:
        return self._words.pop(self.dice.below(len(self._words)))

    def number(self) -> str:
        self._count += 1
        return f"RM{self._count * 37 + 100:06d}"

    def place(self, band: int) -> Postcode:
        return self.dice.pick(self._by_band[band])

    def size(self, band: int) -> str:
        sizes = ("micro", "small", "medium", "large")
        return sizes[self.dice.weighted((30, 45, 20, 5) if band < ELSEWHERE else (5, 20, 35, 40))]

    def branch(self, band: int) -> str | None:
        return self.place(CITY_BAND).postcode if band == ELSEWHERE and self.dice.chance(150) else None


def firms(seed: int, postcodes: list[Postcode]) -> Firms:
    """Everyone who is ever paid, in a fixed order."""
    maker, found = _Maker(seed, postcodes), Firms()
    for key, name, kind, band, trade, size, branch in _NAMED:
        found.named[key] = _named_firm(maker, name, kind, band, trade, size, branch)
    for key, name, band in _PUBLIC:
        found.named[key] = Firm(maker.number(), name, "public body", band, maker.place(band), size="large")
    for trade_ in TRADES:
        for band in range(4):
            found.pools[trade_.key, band] = [_firm(maker, trade_, band) for _ in range(trade_.firms[band])]
            if trade_.firms[band]:
                found.hidden[trade_.key, band] = [_firm(maker, trade_, band, listed=False)]
    for group in (*found.pools.values(), *found.hidden.values()):
        found.everyone += group
    found.everyone += found.named.values()
    return found


def _named_firm(maker: _Maker, name: str, kind: Kind, band: int, trade: str, size: str, branch: bool) -> Firm:
    about = next((t for t in TRADES if t.key == trade), None)
    return Firm(
        maker.number(),
        name,
        kind,
        band,
        maker.place(band),
        trade=trade,
        sic=about.sic if about else "88990",
        industry=about.industry if about else "Other social work without accommodation",
        size=size,
        branch=maker.place(CITY_BAND).postcode if branch else None,
        charity_number=f"RMC{maker.dice.below(9000) + 1000}" if kind == "charity" else None,
    )


def _firm(maker: _Maker, trade: Trade, band: int, *, listed: bool = True) -> Firm:
    name = f"{maker.word()} {maker.dice.pick(trade.words)}"
    if not name.endswith("LLP"):
        name += " plc" if band == ELSEWHERE and maker.dice.chance(150) else " Limited"
    return Firm(
        maker.number(),
        name,
        "company",
        band,
        maker.place(band),
        trade=trade.key,
        sic=trade.sic,
        industry=trade.industry,
        size=maker.size(band),
        listed=listed,
        branch=maker.branch(band) if listed else None,
    )


def is_local(firm: Firm) -> bool:
    """Whether the firm is based in the city."""
    return firm.place is not None and firm.place.area == CITY
