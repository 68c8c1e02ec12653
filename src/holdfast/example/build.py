"""Put the example together, file by file."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.example.anchors import ANCHORS
from holdfast.example.firms import firms
from holdfast.example.geography import postcodes
from holdfast.example.layouts import LAYOUTS
from holdfast.example.ledger import ledger
from holdfast.example.project import notes, places, settings
from holdfast.example.registers import creditor_numbers, creditors, registers
from holdfast.example.sheets import Count
from holdfast.example.truth import expected, tally, year_name


def files(seed: int) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every file of the project."""
    land = postcodes(seed)
    payees = firms(seed, land)
    books = ledger(seed, payees)
    counts: list[Count] = []
    for plan in ANCHORS:
        numbers = creditor_numbers(seed, plan.id, payees) if plan.evidence == "creditor list" else {}
        if numbers:
            yield creditors(plan.id, numbers, payees)
        for path, data, found in LAYOUTS[plan.id](books[plan.id], numbers, seed):
            counts += found
            yield f"spend/{path}", data
    yield from registers(seed, payees)
    yield from places(land)
    yield from notes()
    city_year = tally(p for month in books["city"] for p in month if p.year == 2023)
    yield "place.toml", settings(city_year, year_name(2023)).encode("utf-8")
    yield "expected.json", expected(books, counts)
