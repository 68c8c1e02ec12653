"""Exact join: letters and digits in capitals, without the legal form. ``exact.py REGISTER NAMES OUT``."""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict

_FORMS = re.compile(r"\b(LIMITED|LTD|PLC|LLP|CIC|COMMUNITY INTEREST COMPANY)\b")


def key(name: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", _FORMS.sub("", name.upper().replace("&", " AND ").replace(".", "")))


def main(register: str, names: str, out: str) -> None:
    known: dict[str, set[str]] = defaultdict(set)
    with open(register, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            known[key(row["name"])].add(row["id"])
    with open(names, encoding="utf-8", newline="") as file, open(out, "w", encoding="utf-8", newline="") as made:
        writer = csv.writer(made)
        writer.writerow(("id",))
        for row in csv.DictReader(file):
            found = known.get(key(row["name"]), set())
            writer.writerow((next(iter(found)) if len(found) == 1 else "",))


if __name__ == "__main__":
    main(*sys.argv[1:4])
