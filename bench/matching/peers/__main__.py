"""``python -m bench.matching.peers [--register N] [--names N] [--only PEER]``: other matchers beside Holdfast's.

The same invented register and names (:mod:`bench.matching.synthetic`, another seed for training), one process each,
one after the other. Each peer has an environment of its own under ``.cache/peers``, made once; none is needed to run
Holdfast. Precision is over all names linked, recall over the seven in ten whose organisation is in the register.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.matching.synthetic import labelled
from bench.measure import measure
from bench.projects import ROOT, laid_out

CACHE = ROOT / ".cache" / "peers"
HERE = Path(__file__).parent
SEED, TRAINING = 20261127, 11


@dataclass(frozen=True, slots=True)
class Peer:
    """``needs``: what is installed for it. ``trains``: whether it learns from labelled names first."""

    title: str
    script: str
    needs: tuple[str, ...] = ()
    trains: bool = False


PEERS = {
    "exact": Peer("exact join", "exact.py"),
    "tfidf": Peer(
        "sparse_dot_topn + logistic",
        "tfidf.py",
        ("sparse_dot_topn==1.2.0", "scikit-learn>=1.9,<2", "pandas>=3.1,<4", "rapidfuzz>=3.14,<4"),
        True,
    ),
    "splink": Peer("Splink 5", "linkage.py", ("splink==5.0.0",)),
    "emm": Peer("emm", "entities.py", ("emm==2.1.11",), True),
}


def python_of(name: str, peer: Peer) -> Path:
    """The interpreter of a peer's environment, made where there is none."""
    if not peer.needs:
        return Path(sys.executable)
    folder = CACHE / name
    ready = folder / ".ready"
    found = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not ready.exists():
        venv.create(folder, clear=True, with_pip=True)
        subprocess.run([found, "-m", "pip", "install", "-q", *peer.needs], check=True)
        ready.touch()
    return found


def written(folder: Path, which: str, register: int, names: int, seed: int) -> tuple[Path, Path, list[str]]:
    """Register and names as CSV files, and who each name is (blank for nobody in the register)."""
    labels, entries = labelled(laid_out("registers").parent, register, names, seed)
    listed, asked = folder / f"{which}-register.csv", folder / f"{which}-names.csv"
    _write(listed, ("id", "name"), [(e.number, e.name) for e in entries])
    true = [label.number or "" for label in labels]
    columns = ("name", "true") if which == "train" else ("name",)
    _write(asked, columns, [(x.name, t)[: len(columns)] for x, t in zip(labels, true, strict=True)])
    return listed, asked, true


def _write(path: Path, heading: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        writer.writerows(rows)


def line(title: str, found: Sequence[str], true: Sequence[str], cpu: float, peak_mb: float) -> str:
    """One row of the table."""
    linked = sum(1 for f in found if f)
    right = sum(1 for f, t in zip(found, true, strict=True) if f and f == t)
    precision, recall = right / max(linked, 1), right / max(sum(1 for t in true if t), 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"| {title} | {cpu:.1f} | {peak_mb:.0f} | {precision:.3f} | {recall:.3f} | {f1:.3f} |"


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m bench.matching.peers")
    options.add_argument("--register", type=int, default=1_000_000)
    options.add_argument("--names", type=int, default=10_000)
    options.add_argument("--only", choices=[*PEERS, "holdfast"])
    given = options.parse_args()
    folder = CACHE / "sets"
    folder.mkdir(parents=True, exist_ok=True)
    train = written(folder, "train", min(given.register, 100_000), min(given.names, 5_000), TRAINING)
    listed, asked, true = written(folder, "test", given.register, given.names, SEED)
    print("| matcher | CPU s | peak MB | precision | recall | F1 |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    for name in ["holdfast", *PEERS]:
        if given.only and name != given.only:
            continue
        out = folder / f"{name}.csv"
        if name == "holdfast":
            title = "**Holdfast** (`holdfast match`, with evidence in words)"
            command = [sys.executable, "-m", "holdfast", "match", asked, "--register", listed, "--out", out]
        else:
            peer = PEERS[name]
            title = peer.title
            command = [
                python_of(name, peer),
                HERE / peer.script,
                listed,
                asked,
                out,
                *(train[:2] if peer.trains else ()),
            ]
        used = measure(command)
        with out.open(encoding="utf-8", newline="") as file:
            found = [r["id"] if r.get("outcome", "linked") == "linked" else "" for r in csv.DictReader(file)]
        print(line(title, found, true, used.cpu, used.peak_mb), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
