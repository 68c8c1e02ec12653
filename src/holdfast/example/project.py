"""The project folder around the payment files: settings, places, a note that all of it is invented."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.example.anchors import ANCHORS
from holdfast.example.geography import AREAS, CITY, COUNTY, REGION, Postcode
from holdfast.example.sheets import delimited
from holdfast.example.truth import RINGS, Tally

README = """# Rivermouth: a made-up place

Rivermouth does not exist. Neither do its council, hospital, university, police, college or housing association, nor any
firm, person, address, postcode, area code or company number in this folder. All of it was drawn by a seeded generator
(`holdfast.example.generate`) so that Holdfast can be tried, shown and tested without anybody's real payments. Any
likeness of a name to a real one is chance.

What is here:

- `place.toml` the settings of the analysis
- `spend/` payment files of seven institutions over six fiscal years (April 2019 to March 2025), as untidy as real ones
- `creditors/` supplier lists of two institutions, with postcodes
- `registers/` companies, charities, co-operatives, public bodies, local premises, and our own list of sizes
- `places/` areas and postcodes
- `expected.json` what the generator knows to be true, to check a run against

Run it with: `holdfast run` and the path of this folder.
"""

_PDF = b"""%PDF-1.4
% A covering note in a made-up folder; it holds no payments.
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""


def settings(published: Tally, year: str) -> str:
    """``place.toml``. ``published`` is what the city council bought in ``year``, of which it printed two figures."""
    lines = [
        "# Rivermouth is made up: no place, body, firm, person, postcode or number in this folder is real.",
        "[place]",
        'name = "Rivermouth"',
        'country = "fictional"',
        "fictional = true",
        "",
    ]
    for name, code in zip(RINGS, (CITY, COUNTY, REGION), strict=True):
        lines += ["[[ring]]", f'name = "{name}"', f'areas = ["{code}"]', ""]
    for a in ANCHORS:
        lines += ["[[anchor]]", f'id = "{a.id}"', f'name = "{a.name}"', f'kind = "{a.kind}"']
        lines += [f'area = "{a.area}"', f'spend = ["spend/{a.id}/*"]']
        if a.evidence == "creditor list":
            lines.append(f'creditors = "creditors/{a.id}.csv"')
        lines.append("")
    for kind in ("companies", "charities", "coops", "public-bodies", "premises", "own"):
        lines += ["[[register]]", f'kind = "{kind}"', f'path = "registers/{kind}.csv"', ""]
    local, spent = (_millions(pence) for pence in (published.bands[0], published.total))
    share = f"{published.bands[0] * 1000 // published.total / 10:.1f}%"
    lines += ["# What the city council printed: once rightly, once with two digits exchanged."]
    for label, value in (
        ("Spent in the city", share),
        ("Spent in the city, as the press had it", f"{share[0]}{share[3]}.{share[1]}%"),
    ):
        lines += ["[[published]]", f'label = "{label}, {year}"', f'value = "{value}"', 'formula = "local / spend"']
        lines += [f'parts = {{ local = "{local}", spend = "{spent}" }}', 'unit = "%"']
        lines += ['source = "Rivermouth City Council, annual report (invented)"', ""]
    return "\n".join(lines)


def _millions(pence: int) -> str:
    """``12.34``: millions of pounds with two digits, rounded to the nearest."""
    return f"{(pence + 500_000) // 1_000_000 / 100:.2f}"


def places(postcodes: list[Postcode]) -> Iterator[tuple[str, bytes]]:
    rows = [("code", "name", "parent"), *((a.code, a.name, a.parent) for a in AREAS)]
    yield "places/areas.csv", delimited(rows, encoding="utf-8", newline="\n")
    head = ("postcode", "lat", "long", "area", "lsoa", "decile")
    body = [(p.postcode, p.lat, p.long, p.area, p.lsoa, str(p.decile)) for p in postcodes]
    yield "places/postcodes.csv", delimited([head, *body], encoding="utf-8", newline="\n")


def notes() -> Iterator[tuple[str, bytes]]:
    """Files among the payments that are none."""
    yield "README.md", README.encode("utf-8")
    yield (
        "spend/county/README.txt",
        b"About these files\n\nPayments to suppliers by Tidelands County Council, which is made up.\n",
    )
    yield "spend/police/covering note.pdf", _PDF
