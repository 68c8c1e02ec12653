"""Payment files like Manchester's, as many rows as asked for: ``python generate.py FOLDER ROWS [--one-file]``.

Monthly CSV in cp1252 under the same names and headings, quoted ``£1,234.50`` amounts, dotted dates, about forty
thousand suppliers of whom few take most of the money, three per cent credits, one per cent withheld names. Beside the
months lies ``suppliers.csv``: a postcode for nine suppliers in ten out of the list named by ``--postcodes``. The
same seed gives the same bytes. ``--one-file`` writes all rows to ``payments.csv``, to measure reading alone.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import numpy as np

HEADER = "Body Name,Service Area,Expenses Type,Invoice Payment Date,Transaction Number,Net Amount,Supplier Name\r\n"
BODY = "Manchester City Council"
SUPPLIERS, MONTHS = 40_000, 109
FIRST = (2010, 12)
SYLLABLES = "ba ren tol vi mar ches do lin gar ster wex hol ny per ton cor dal fen ris mo".split()  # noqa: SIM905
TRADES = (
    *("Building Services", "Care", "Catering", "Cleaning", "Consulting", "Electrical", "Foods", "Housing", "Joinery"),
    *(
        "Landscapes",
        "Learning",
        "Logistics",
        "Media",
        "Motors",
        "Plumbing",
        "Print",
        "Security",
        "Systems",
        "Travel",
        "Café",
    ),
)
FORMS = ("Ltd", "Limited", "LTD", "Ltd.", "plc", "LLP", "", "")
AREAS = tuple(f"Service Area {n:02d}" for n in range(1, 31))
TYPES = tuple(
    f"{what} {n}" for n in range(1, 41) for what in ("Professional fees", "Repairs", "Supplies", "Agency, temporary")
)
MONTH_NAMES = "january february march april may june july august september october november december".split()  # noqa: SIM905


def names(draw: np.random.Generator) -> list[str]:
    """Forty thousand different supplier names."""
    made: dict[str, None] = {}
    while len(made) < SUPPLIERS:
        a, b, c, t, f = (int(n) for n in draw.integers(0, 2**31, 5))
        word = SYLLABLES[a % 20] + SYLLABLES[b % 20] + SYLLABLES[c % 20]
        second = SYLLABLES[(a >> 8) % 20] + SYLLABLES[(b >> 8) % 20]
        made[f"{word.title()} {second.title()} {TRADES[t % 20]} {FORMS[f % 8]}".strip()] = None
    return list(made)


def month_of(n: int) -> tuple[int, int]:
    year, month = divmod(FIRST[0] * 12 + FIRST[1] - 1 + n, 12)
    return year, month + 1


def quoted(text: str) -> str:
    return f'"{text}"' if "," in text else text


def lines(draw: np.random.Generator, rows: int, month: int, suppliers: list[str], first_number: int) -> str:
    """The rows of one month as text."""
    year, m = month_of(month)
    # a long tail: the hundred largest of forty thousand suppliers get about a third of the rows
    who = (SUPPLIERS * draw.random(rows) ** 6).astype(np.int64)
    area = draw.integers(0, len(AREAS), rows)
    # a supplier sells a few kinds of things, as in Manchester, where a supplier has two to three expense types
    kind = (who * 31 + draw.integers(0, 3, rows) ** 2 * 7) % len(TYPES)
    day = np.sort(draw.integers(1, 29, rows))
    pence = np.exp(draw.normal(11.0, 1.4, rows)).astype(np.int64) + 25_000
    fate = draw.integers(0, 1000, rows)
    pence = np.where(fate < 30, -pence, pence)
    area_text, kind_text = [quoted(a) for a in AREAS], [quoted(t) for t in TYPES]
    dates = [f"{d:02d}.{m:02d}.{year}" for d in range(32)]
    out = []
    for w, a, k, d, p, f, n in zip(
        *(x.tolist() for x in (who, area, kind, day, pence, fate)),
        range(first_number, first_number + rows),
        strict=True,
    ):
        amount = f"{'-' if p < 0 else ''}£{abs(p) // 100:,}.{abs(p) % 100:02d}"
        name = "REDACTED" if f >= 990 else suppliers[w]
        out.append(f"{BODY},{area_text[a]},{kind_text[k]},{dates[d]},{n},{quoted(amount)},{name}\r\n")
    return "".join(out)


def write(folder: Path, rows: int, seed: int, postcodes: Path | None, one_file: bool) -> None:
    """Write the set; a ``done`` file says that it is whole."""
    draw = np.random.default_rng(seed)
    suppliers = names(draw)
    months = folder / "months"
    months.mkdir(parents=True, exist_ok=True)
    share = [rows * (m + 1) // MONTHS - rows * m // MONTHS for m in range(MONTHS)]
    number = 1_900_000_000
    whole = (folder / "payments.csv").open("wb") if one_file else None
    if whole:
        whole.write(HEADER.encode("cp1252"))
    for m, count in enumerate(share):
        text = lines(draw, count, m, suppliers, number).encode("cp1252")
        number += count
        if whole:
            whole.write(text)
        else:
            year, month = month_of(m)
            (months / f"{MONTH_NAMES[month - 1]}-{year}.csv").write_bytes(HEADER.encode("cp1252") + text)
    if whole:
        whole.close()
    if postcodes:
        supplier_list(folder / "suppliers.csv", suppliers, postcodes, draw)
    (folder / "done").write_text(f"{rows}\n", encoding="utf-8")


def supplier_list(path: Path, suppliers: list[str], postcodes: Path, draw: np.random.Generator) -> None:
    """Name, company number, postcode and size of nine suppliers in ten, as a project's own register has them."""
    with postcodes.open(encoding="utf-8", newline="") as f:
        known = [row["postcode"] for row in csv.DictReader(f)]
    at, has = draw.integers(0, len(known), len(suppliers)), draw.integers(0, 10, len(suppliers))
    with path.open("w", encoding="utf-8", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["name", "company_number", "postcode", "size"])
        for n, name in enumerate(suppliers):
            if has[n]:
                out.writerow([name, f"9{n:07d}", known[int(at[n])], ("micro", "small", "medium", "large")[n % 4]])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Payment files like Manchester's, as many rows as asked for.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("rows", type=int)
    parser.add_argument("--seed", type=int, default=2010)
    parser.add_argument("--postcodes", type=Path)
    parser.add_argument("--one-file", action="store_true")
    given = parser.parse_args()
    write(given.folder, given.rows, given.seed, given.postcodes, given.one_file)
