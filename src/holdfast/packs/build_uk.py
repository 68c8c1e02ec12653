"""Make the UK pack's area tables again from their sources: ``python -m holdfast.packs.build_uk FOLDER``.

``FOLDER`` holds the mySociety tables and the ONS lookups named in ``uk/SOURCES.md``. What those sources do not say
(metropolitan counties, codes newer than they are) stands here, so that the tables can be made again in one step.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from holdfast.packs.areas import council_place, fold_name

HERE = Path(__file__).parent / "uk"

NATIONS = {
    "England": "E92000001",
    "Wales": "W92000004",
    "Scotland": "S92000003",
    "Northern Ireland": "N92000002",
}
#: Metropolitan counties have no council and are in neither source.
METROPOLITAN = {
    "E11000001": ("Greater Manchester", [f"E080000{n:02d}" for n in range(1, 11)]),
    "E11000002": ("Merseyside", [f"E080000{n}" for n in range(11, 16)]),
    "E11000003": ("South Yorkshire", ["E08000038", "E08000017", "E08000018", "E08000039"]),
    "E11000005": ("West Midlands", [f"E080000{n}" for n in range(25, 32)]),
    "E11000006": ("West Yorkshire", [f"E080000{n}" for n in range(32, 37)]),
    "E11000007": ("Tyne and Wear", ["E08000037", "E08000021", "E08000022", "E08000023", "E08000024"]),
}
#: Since May 2024, in place of two older combined authorities.
NORTH_EAST = (
    "E47000014",
    "North East Combined Authority",
    ["E06000047", "E06000057", "E08000037", "E08000021", "E08000022", "E08000023", "E08000024"],
)
#: New codes of 1 April 2025, from the ONS postcode directory.
RECODED = {"E08000016": "E08000038", "E08000019": "E08000039"}
#: Combined authorities whose names in the source are those of regions.
RENAMED = {
    "E47000010": "North East Combined Authority (to 2024)",
    "E47000013": "East Midlands Combined County Authority",
    "E47000014": "North East Combined Authority",
    "E47000016": "Hull and East Yorkshire Combined Authority",
    "E47000017": "Greater Lincolnshire Combined County Authority",
}
CROWN = {"L99999999": "Channel Islands", "M99999999": "Isle of Man"}


def build(source: Path) -> None:
    councils = _read(source / "mysociety_local_authorities" / "uk_local_authorities_future.csv")
    older = _read(source / "mysociety_local_authorities" / "lookup_gss_to_registry.csv")
    names = _read(source / "mysociety_local_authorities" / "lookup_name_to_registry.csv")
    regions = _regions(source)
    code_of = {c["local-authority-code"]: RECODED.get(c["gss-code"], c["gss-code"]) for c in councils}
    gone = {c["local-authority-code"] for c in councils if c["end-date"] and c["end-date"] < "2026"}
    _write("areas.csv", ("code", "name", "parents"), _areas(councils, code_of, gone, regions, _region_names(source)))
    _write("former.csv", ("code", "name", "successors", "ended"), _former(councils, older, code_of, gone))
    _write("authority_names.csv", ("name", "code"), _names(councils, names, code_of, gone))


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _regions(source: Path) -> dict[str, str]:
    """Authority or county -> region, from the ONS alone: the other source puts some counties in the wrong region."""
    found = {r["ltla23_code"]: r["region23_code"] for r in _read(source / "lookup_ltla23_region23.csv")}
    for link in _read(source / "lookup_ltla23_utla23.csv"):
        if link["ltla23_code"] in found:
            found.setdefault(link["utla23_code"], found[link["ltla23_code"]])
    return found | {new: found[old] for old, new in RECODED.items()}


def _region_names(source: Path) -> dict[str, str]:
    return {r["region23_code"]: r["region23_name"] for r in _read(source / "lookup_ltla23_region23.csv")}


def _write(name: str, header: Sequence[str], rows: Iterable[tuple[str, ...]]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(sorted(rows))


def _areas(
    councils: list[dict[str, str]],
    code_of: dict[str, str],
    gone: set[str],
    regions: dict[str, str],
    region_names: dict[str, str],
) -> list[tuple[str, str, str]]:
    lies_in: dict[str, list[str]] = defaultdict(list)
    for code, (_, members) in METROPOLITAN.items():
        for member in members:
            lies_in[member].append(code)
    for member in NORTH_EAST[2]:
        lies_in[member].append(NORTH_EAST[0])
    rows = [("K02000001", "United Kingdom", ""), ("K03000001", "Great Britain", "K02000001")]
    for nation, code in NATIONS.items():
        rows.append((code, nation, "K02000001" if nation == "Northern Ireland" else "K03000001"))
    rows += [(code, name, "E92000001") for code, name in region_names.items()]
    rows += [(code, name, "") for code, name in CROWN.items()]
    rows += [(code, name, "") for code, (name, _) in METROPOLITAN.items()]
    rows.append((NORTH_EAST[0], NORTH_EAST[1], ""))
    for c in councils:
        if c["local-authority-code"] in gone or not c["gss-code"]:
            continue
        code = code_of[c["local-authority-code"]]
        rows.append((code, _title(c), " ".join(_parents(c, code, code_of, regions, lies_in))))
    return rows


def _title(council: dict[str, str]) -> str:
    known = RENAMED.get(council["gss-code"])
    return known or council["nice-name"].strip() or council["official-name"]


def _parents(
    c: dict[str, str], code: str, code_of: dict[str, str], regions: dict[str, str], lies_in: dict[str, list[str]]
) -> list[str]:
    if code.startswith(("E47", "E61")):  # combined authorities need no parent: their members have one
        return []
    broad = regions.get(code) or NATIONS[c["nation"]]
    county = [code_of[c["county-la"]]] if c["county-la"] else []
    combined = [code_of[c["combined-authority"]]] if c["combined-authority"] else []
    return [*county, broad, *combined, *lies_in[code]]


def _former(
    councils: list[dict[str, str]], older: list[dict[str, str]], code_of: dict[str, str], gone: set[str]
) -> list[tuple[str, str, str, str]]:
    by_registry = {c["local-authority-code"]: c for c in councils}
    rows = {}
    for registry in sorted(gone):
        c = by_registry[registry]
        now = [code_of[r.strip()] for r in c["replaced-by"].split(",") if r.strip()]
        if c["gss-code"] and now:
            rows[c["gss-code"]] = (c["gss-code"], _title(c), " ".join(now), _last_day(c["end-date"]))
    for link in older:
        c = by_registry[link["local-authority-code"]]
        now_code = code_of[link["local-authority-code"]]
        if link["gss-code"] not in rows and link["gss-code"] != now_code:
            rows[link["gss-code"]] = (link["gss-code"], _title(c), now_code, "")
    # seven authorities made it up until 2018, as they do its successor of 2024
    rows["E47000005"] = ("E47000005", "North East Combined Authority (to 2018)", NORTH_EAST[0], "2018-11-01")
    for old, new in RECODED.items():
        rows[old] = (old, next(_title(c) for c in councils if c["gss-code"] == old), new, "2025-03-31")
    return list(rows.values())


def _last_day(ended: str) -> str:
    """The source gives the last day of some councils and the day after of others."""
    return ended.replace("-04-01", "-03-31")


def _names(
    councils: list[dict[str, str]], names: list[dict[str, str]], code_of: dict[str, str], gone: set[str]
) -> list[tuple[str, str]]:
    """Every name, folded, and the place in it. A name that two councils share is left out, unless one is no more."""
    spelled: dict[str, set[str]] = defaultdict(set)
    for row in names:
        registry = row["local-authority-code"]
        for name in {fold_name(row["la-name"]), council_place(row["la-name"])}:
            spelled[name].add(registry)
    for c in councils:
        for name in {fold_name(c["official-name"]), council_place(c["official-name"])}:
            spelled[name].add(c["local-authority-code"])
    rows = []
    for name, registries in spelled.items():
        living = {r for r in registries if r not in gone} or registries
        codes = {code_of[r] for r in living if code_of[r]}
        if len(codes) == 1 and len(name) > 2:
            rows.append((name, next(iter(codes))))
    return rows


if __name__ == "__main__":
    build(Path(sys.argv[1]))
