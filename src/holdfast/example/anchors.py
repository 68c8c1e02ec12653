"""The seven anchors and what each of them buys."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnchorPlan:
    """``buys`` gives each trade's weight; ``monthly`` the payments of a month; ``scale`` their size in per cent.

    ``evidence`` is what the anchor tells about its suppliers besides the name: a creditor list, their postcode in the
    payment, their company number, or nothing. ``area`` is the anchor's own authority.
    """

    id: str
    name: str
    kind: str
    area: str
    evidence: str
    monthly: int
    scale: int
    buys: tuple[tuple[str, int], ...]
    departments: tuple[str, ...]

    @property
    def trades(self) -> list[str]:
        return [t for t, _ in self.buys]

    @property
    def weights(self) -> list[int]:
        return [w for _, w in self.buys]


def _buys(text: str) -> tuple[tuple[str, int], ...]:
    return tuple((word.split(":")[0], int(word.split(":")[1])) for word in text.split())


ANCHORS = (
    AnchorPlan(
        "city",
        "Rivermouth City Council",
        "council",
        "RM000001",
        "creditor list",
        105,
        100,
        _buys(
            "building:20 grounds:9 cleaning:7 waste:9 software:9 advice:10 agency:10 energy:4 print:6 "
            "security:5 vehicles:6"
        ),
        ("Neighbourhoods", "Property", "Chief Executive", "Housing", "Leisure and Parks"),
    ),
    AnchorPlan(
        "county",
        "Tidelands County Council",
        "council",
        "RMC00001",
        "none",
        115,
        120,
        _buys("care:34 transport:18 building:12 food:7 software:8 advice:6 agency:8 training:4 energy:3"),
        ("Adult Social Care", "Children's Services", "Highways and Transport", "Corporate Resources"),
    ),
    AnchorPlan(
        "hospital",
        "Rivermouth Hospitals Trust",
        "hospital",
        "RM000001",
        "creditor list",
        90,
        130,
        _buys("medical:38 agency:14 food:8 catering:6 laundry:8 cleaning:7 energy:5 software:6 building:5 waste:3"),
        ("Surgery", "Medicine", "Estates and Facilities", "Corporate Services", "Women and Children"),
    ),
    AnchorPlan(
        "university",
        "University of Rivermouth",
        "university",
        "RM000001",
        "none",
        75,
        100,
        _buys(
            "software:14 building:12 catering:9 medical:10 laundry:3 print:8 advice:9 energy:5 "
            "cleaning:8 security:6 training:6"
        ),
        ("Estates", "Library", "School of Sciences", "School of Arts", "Student Services"),
    ),
    AnchorPlan(
        "police",
        "Tidelands Police",
        "police",
        "RM000002",
        "none",
        48,
        80,
        _buys(
            "vehicles:26 software:16 building:12 training:10 advice:8 cleaning:8 catering:6 energy:5 print:4 security:5"
        ),
        ("Operations", "Fleet", "Estates", "Information Services"),
    ),
    AnchorPlan(
        "college",
        "Netherquay College",
        "college",
        "RM000002",
        "company number",
        34,
        50,
        _buys(
            "food:16 training:12 software:14 building:14 print:12 laundry:3 cleaning:12 transport:8 energy:4 catering:5"
        ),
        ("Curriculum", "Estates", "Learner Support"),
    ),
    AnchorPlan(
        "homes",
        "Harbour Homes Rivermouth",
        "housing association",
        "RM000001",
        "postcode",
        46,
        70,
        _buys("building:46 grounds:14 cleaning:8 laundry:2 catering:4 advice:6 security:8 waste:6 software:5 energy:5"),
        ("Repairs", "Development", "Tenancy Services"),
    ),
)
