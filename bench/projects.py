"""What is measured: real data laid out from the shared folder, generated data, and Holdfast projects over them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache" / "bench-data"

sys.path.insert(0, str(ROOT / "tests"))
from support.data import laid_out, shared_folder  # noqa: E402, F401  (the tests know where the shared data lies)

GREATER_MANCHESTER = [f"E080000{n:02d}" for n in range(1, 11)]
MANCHESTER = "E08000003"


@dataclass(frozen=True, slots=True)
class Inputs:
    """A set of payment files with what places its suppliers. ``newest`` is the month that a second run adds."""

    name: str
    payments: tuple[Path, ...]
    suppliers: Path
    register: str
    newest: Path

    @property
    def folder(self) -> Path:
        return self.payments[0].parent


def postcodes() -> Path:
    """Postcodes of the North West with their authorities, for the analyst's script; Holdfast brings its own."""
    return laid_out("geo/northwest_postcodes.csv")


def manchester() -> Inputs:
    """The 109 real files. Few suppliers are in the register used, which is enough to measure the work."""
    files = tuple(sorted(laid_out("spend/manchester_cc").glob("*.csv")))
    register = laid_out("registers/gender_pay_gap") / "uk_gpg_2021_2022.csv"
    return Inputs("Manchester", files, register, "companies", next(f for f in files if f.name == "december-2019.csv"))


def generated(rows: int, python: Path) -> Inputs:
    """As many generated rows, made once."""
    folder = CACHE / f"rows-{rows}"
    make(folder, rows, python, ["--postcodes", str(postcodes())])
    files = tuple(sorted((folder / "months").glob("*.csv")))
    return Inputs(f"{rows:,} rows", files, folder / "suppliers.csv", "own", folder / "months" / "december-2019.csv")


def one_large_file(rows: int, python: Path) -> Path:
    """One CSV file of so many rows, made once."""
    folder = CACHE / f"one-file-{rows}"
    make(folder, rows, python, ["--one-file"])
    return folder / "payments.csv"


def make(folder: Path, rows: int, python: Path, more: Iterable[str]) -> None:
    if not (folder / "done").exists():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([python, ROOT / "bench" / "generate.py", folder, str(rows), *more], check=True)


def project(inputs: Inputs, *, without_newest: bool = False) -> Path:
    """A fresh project folder over the inputs; payment files are linked, not copied, where the disk allows."""
    folder = CACHE / "project"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "spend").mkdir(parents=True)
    for file in inputs.payments:
        if not (without_newest and file == inputs.newest):
            add(folder, file)
    shutil.copyfile(inputs.suppliers, folder / "suppliers.csv")
    rings = [("Manchester", [MANCHESTER]), ("Greater Manchester", GREATER_MANCHESTER)]
    lines = ["[place]", f'name = "{inputs.name}"', 'country = "uk"']
    for name, areas in rings:
        lines += ["[[ring]]", f'name = "{name}"', f"areas = {areas!r}".replace("'", '"')]
    lines += [
        "[[anchor]]",
        'id = "city"',
        'name = "Manchester City Council"',
        'kind = "council"',
        'spend = ["spend/*.csv"]',
    ]
    lines += ["[[register]]", f'kind = "{inputs.register}"', 'path = "suppliers.csv"']
    (folder / "place.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def add(folder: Path, file: Path) -> None:
    """Put one more payment file into the project."""
    target = folder / "spend" / file.name
    try:
        os.link(file.resolve(), target)
    except OSError:
        shutil.copyfile(file, target)
