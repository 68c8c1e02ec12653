"""A very small project, made up, with everything in it that a run needs."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

SETTINGS = """\
[place]
name = "Littleport"
country = "fictional"

[[ring]]
name = "Littleport"
areas = ["RM900001"]

[[ring]]
name = "Shire"
areas = ["RM900001", "RM900002"]

[[anchor]]
id = "town"
name = "Littleport Town Council"
kind = "council"
spend = ["spend/town/*.csv"]
creditors = "creditors.csv"

[[anchor]]
id = "college"
name = "Shire College"
kind = "college"
spend = ["spend/college/*.csv"]

[[register]]
kind = "own"
path = "registers/own.csv"
"""
HEADER = ("Date", "Supplier", "Supplier ID", "Category", "Department", "Net Amount")
AREAS = (
    ("code", "name", "parent"),
    ("RM900001", "Littleport", ""),
    ("RM900002", "Hillham", ""),
    ("RM900003", "Farland", ""),
)
POSTCODES = (
    ("postcode", "lat", "long", "area", "lsoa", "decile"),
    ("LP1 1AA", "54.5000", "2.5000", "RM900001", "RMN90001", "1"),
    ("LP2 2BB", "54.6000", "2.6000", "RM900002", "RMN90002", "5"),
    ("FA9 9ZZ", "56.0000", "3.5000", "RM900003", "RMN90003", "9"),
)
SUPPLIERS = (
    ("S1", "Quayside Joinery Ltd", "LP1 1AA"),
    ("S2", "Hillham Foods Co-operative", "LP2 2BB"),
    ("S3", "Farland Systems plc", "FA9 9ZZ"),
    ("S4", "Nowhere Consulting Ltd", ""),
)
CATEGORIES = ("Building repairs", "Catering", "IT equipment")


def payments(months: Sequence[str], rows: int = 12, start: int = 0) -> list[Sequence[str]]:
    """Rows of a payment file, the same every time."""
    listed: list[Sequence[str]] = [HEADER]
    for m, month in enumerate(months):
        for i in range(rows):
            n = start + m * rows + i
            key, name, _ = SUPPLIERS[n % 4]
            amount = f"{(n * 7919 % 90000) / 100 + 500:.2f}"
            day = f"{n % 28 + 1:02d}/{month[5:]}/{month[:4]}"
            listed.append((day, name, key, CATEGORIES[n % 3], f"Service {n % 2}", amount))
    return listed


def csv_text(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def files() -> Mapping[str, str]:
    """Path -> text of every file of the project."""
    found = {
        "place.toml": SETTINGS,
        "places/areas.csv": csv_text(AREAS),
        "places/postcodes.csv": csv_text(POSTCODES),
        "creditors.csv": csv_text([("Supplier ID", "Name", "Postcode"), *SUPPLIERS[:3]]),
        "registers/own.csv": csv_text([("name", "postcode", "size"), ("Farland Systems plc", "FA9 9ZZ", "large")]),
        "spend/college/2023.csv": csv_text(payments([f"2023-{m:02d}" for m in range(4, 7)], start=1000)),
    }
    for i, month in enumerate(("2023-04", "2023-05", "2023-06")):
        found[f"spend/town/{month}.csv"] = csv_text(payments([month], rows=20, start=i * 20))
    return found


def make_project(folder: Path, changes: Mapping[str, str] | None = None) -> Path:
    """Write the project, with some files changed or added, and return its folder."""
    for name, text in {**files(), **(changes or {})}.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")
    return folder
