"""The project around many payments: written file by file, so that memory does not grow with the rows."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TextIO

from holdfast.core.disk import disk_problem, is_full, made_whole
from holdfast.core.problem import HoldfastError, Problem
from holdfast.example.firms import Firm
from holdfast.example.geography import BANDS, CITY, COUNTY, REGION, postcodes
from holdfast.example.large.layouts import LAYOUTS, Layout
from holdfast.example.large.payments import MONTHS, Paid, month, payments, weight
from holdfast.example.large.suppliers import Suppliers, how_many
from holdfast.example.names import FIRM_WORDS
from holdfast.example.project import places
from holdfast.example.registers import company_rows
from holdfast.example.sheets import plain
from holdfast.example.truth import RINGS

SEED = 2008
FEWEST, MOST, ROWS_EACH = 6, 400, 20_000
#: What the first publisher has beside the others: the n-th has one n-th of it. Divisible by the first numbers.
_WHOLE = 720_720
_KINDS = ("council", "council", "hospital", "police", "university", "housing association")
_TITLES = ("Council", "County Council", "Hospitals Trust", "Police", "University", "Homes")


@dataclass(frozen=True, slots=True)
class Publisher:
    """The ``n``-th publisher."""

    n: int

    @property
    def id(self) -> str:
        return f"p{self.n + 1:03d}"

    @property
    def name(self) -> str:
        return f"{FIRM_WORDS[self.n]} {_TITLES[self.n % len(_TITLES)]}"

    @property
    def kind(self) -> str:
        return _KINDS[self.n % len(_KINDS)]

    @property
    def area(self) -> str:
        authorities = [area for band in BANDS for area in band]
        return authorities[self.n % len(authorities)]

    @property
    def layout(self) -> Layout:
        return LAYOUTS[self.n % len(LAYOUTS)]


@dataclass(slots=True)
class Found:
    """What a publisher's files hold."""

    files: int = 0
    rows: int = 0
    pence: int = 0


def generate_large(folder: Path, rows: int, *, seed: int = SEED) -> Path:
    """Write a project with ``rows`` payments into ``folder``, made if need be, and return it; see the package.

    Raises ``HoldfastError`` HF904 for less than one row, HF406 where ``folder`` already holds files, HF901 or HF903
    where it cannot be written; then nothing is left of it.
    """
    if rows < 1:
        raise HoldfastError(Problem("HF904", f"{rows} rows cannot be made; ask for one or more."), exit_code=2)
    try:
        if folder.exists() and any(folder.iterdir()):
            raise HoldfastError(Problem("HF406", f"{folder} already holds files.", file=str(folder)), exit_code=2)
        with made_whole(folder) as part:
            _write(part, rows, seed)
    except OSError as error:
        if is_full(error):
            raise HoldfastError(disk_problem(error, folder.name)) from error
        raise HoldfastError(Problem("HF903", f"{folder}: {error.strerror}.", file=str(folder))) from error
    return folder


def _write(folder: Path, rows: int, seed: int) -> None:
    land = postcodes(seed)
    suppliers = Suppliers(seed, how_many(rows), land)
    publishers = [Publisher(n) for n in range(min(MOST, max(FEWEST, rows // ROWS_EACH)))]
    found: dict[str, Found] = {}
    for publisher, share in zip(publishers, parts(rows, [_WHOLE // (p.n + 1) for p in publishers]), strict=True):
        found[publisher.id] = _publish(folder / "spend" / publisher.id, publisher, share, seed, suppliers)
    for path, data in places(land):
        _bytes(folder / path, data)
    _register(folder / "registers" / "companies.csv", (firm for firm in suppliers if firm.listed))
    _bytes(folder / "place.toml", settings(rows, publishers).encode())
    _bytes(folder / "expected.json", _expected(found))


def parts(whole: int, weights: list[int]) -> list[int]:
    """``whole`` by weight, in whole numbers that add up to it."""
    upto = [whole * done // sum(weights) for done in accumulate(weights)]
    return [there - here for here, there in zip([0, *upto], upto, strict=False)]


def _publish(folder: Path, publisher: Publisher, rows: int, seed: int, suppliers: Suppliers) -> Found:
    """Every file of a publisher. A month without payments has no file."""
    found, every = Found(), publisher.layout.every
    counts = parts(rows, [weight(m) for m in range(MONTHS)])
    for first in range(0, MONTHS, every):
        some = {m: counts[m] for m in range(first, first + every) if counts[m]}
        if not some:
            continue
        paid = (p for m, n in some.items() for p in payments(seed, publisher.n, m, n, suppliers))
        path = folder / month(first).strftime(publisher.layout.file)
        found.pence += _file(path, publisher, paid)
        found.files, found.rows = found.files + 1, found.rows + sum(some.values())
    return found


def _file(path: Path, publisher: Publisher, paid: Iterable[Paid]) -> int:
    """Write a file and return what is in it, in pence."""
    layout, total = publisher.layout, 0
    with _opened(path, layout.encoding) as file:
        out = csv.writer(file, delimiter=layout.delimiter, lineterminator=layout.newline)
        out.writerows([line] for line in layout.above)
        out.writerow(layout.heads.split("|"))
        for p in paid:
            total += p.pence
            out.writerow(layout.row(p, publisher.name))
        if layout.total:
            out.writerow(layout.total(total))
    return total


def _opened(path: Path, encoding: str) -> TextIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.open("w", encoding=encoding, newline="")
    if encoding == "utf-16-le":
        file.write("\ufeff")
    return file


def _register(path: Path, firms: Iterator[Firm]) -> None:
    with _opened(path, "utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(company_rows(firms))


def _bytes(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def settings(rows: int, publishers: Iterable[Publisher]) -> str:
    """``place.toml``."""
    lines = [
        "# All of this is made up, to try Holdfast with much data: no body, firm, person or number here is real.",
        *("[place]", f'name = "{rows} made-up payments"', 'country = "fictional"', "fictional = true", ""),
    ]
    for name, code in zip(RINGS, (CITY, COUNTY, REGION), strict=True):
        lines += ["[[ring]]", f'name = "{name}"', f'areas = ["{code}"]', ""]
    for p in publishers:
        lines += ["[[anchor]]", f'id = "{p.id}"', f'name = "{p.name}"', f'kind = "{p.kind}"']
        lines += [f'area = "{p.area}"', f'spend = ["spend/{p.id}/*"]', ""]
    return "\n".join([*lines, "[[register]]", 'kind = "companies"', 'path = "registers/companies.csv"', ""])


def _expected(found: dict[str, Found]) -> bytes:
    """What a reader must find, by publisher and in all."""
    whole = [sum(getattr(f, name) for f in found.values()) for name in ("files", "rows", "pence")]
    told = {id: _said(f.files, f.rows, f.pence) for id, f in found.items()}
    return (json.dumps({"all": _said(*whole), "publishers": told}, indent=1) + "\n").encode()


def _said(files: int, rows: int, pence: int) -> dict[str, int | str]:
    return {"files": files, "rows": rows, "total": plain(pence)}
