"""What a model reaches on labels it had not seen, each figure with its number of names and 95 % interval."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bench.matching.sets import Set

HEAD = (
    "Fitted by `make train-matcher` to labelled names. What it reached on names it had not seen (five parts, split by",
    "who the name is; linked from {link}; in brackets the 95 % interval):",
    "right: linked to its number, of names whose number is in the register · differing: the same of names that are",
    "not the register's own but for legal form · precision: right of linked, over all labelled names ·",
    "agreeing labels: the same without names that the register gives, legal form and all, to another number than the",
    "label does.",
    "Left out: names whose only exact bearer in the register has no number, so that no label can tell; reviewed names",
    "that a register has exactly. Names are held back (persons, schools, practices) only after this.",
)


def report(
    all_sets: Sequence[Set], probability: Sequence[np.ndarray], right: Sequence[np.ndarray], link: float
) -> list[str]:
    """Lines for people: the protocol, a line for each set of labels, the calibration."""
    lines = [line.format(link=link) for line in HEAD]
    for s, p, ok in zip(all_sets, probability, right, strict=True):
        for of in dict.fromkeys(x.of for x in s.labels):
            mine = np.array([x.of == of for x in s.labels]) & s.open
            lines.append(_line(s, of, mine, mine & (p >= link), ok))
    error = calibration_error(all_sets[:2], probability[:2], right[:2])
    return [*lines, f"calibration error on real labels, in ten steps of probability: {error:.3f}"]


def _line(s: Set, of: str, mine: np.ndarray, linked: np.ndarray, ok: np.ndarray) -> str:
    n = int(mine.sum())
    if not (mine & s.inside).any():
        return f"{of}: wrongly linked {_share(int(linked.sum()), n)}"
    hit = linked & ok & s.inside
    differ, agreeing = mine & s.inside & ~s.exact, linked & ~s.contradicted
    return (
        f"{of}: {n} names; right {_share(int(hit.sum()), int((mine & s.inside).sum()))}, "
        f"differing {_share(int((hit & differ).sum()), int(differ.sum()))}, "
        f"precision {_share(int(hit.sum()), int(linked.sum()))}, "
        f"agreeing labels {_share(int((hit & agreeing).sum()), int(agreeing.sum()))}"
    )


def _share(k: int, n: int) -> str:
    low, high = interval(k, n)
    return f"{k}/{n} = {k / max(n, 1):.3f} [{low:.3f}, {high:.3f}]"


def interval(k: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval."""
    if not n:
        return 0.0, 1.0
    z, p = 1.96, k / n
    mid, half = p + z * z / (2 * n), z * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5
    return (mid - half) / (1 + z * z / n), (mid + half) / (1 + z * z / n)


def calibration_error(all_sets: Sequence[Set], probability: Sequence[np.ndarray], right: Sequence[np.ndarray]) -> float:
    """Mean distance of what was said from what was so, in ten steps of probability, weighted by names."""
    said = np.concatenate([p[s.open] for s, p in zip(all_sets, probability, strict=True)])
    so = np.concatenate([ok[s.open] for s, ok in zip(all_sets, right, strict=True)])
    step = np.minimum((said * 10).astype(int), 9)
    return float(sum(abs(so[step == b].mean() - said[step == b].mean()) * (step == b).mean() for b in np.unique(step)))


def write_left_out(all_sets: Sequence[Set], path: Path) -> None:
    """A CSV of the labels that a figure leaves out."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("set", "name", "number in the label", "why"))
        for s in all_sets:
            for i, label in enumerate(s.labels):
                if not s.open[i]:
                    why = "a register has it exactly" if label.reviewed else "its exact bearer has no number"
                    writer.writerow((label.of, label.name, label.number or "", why))
                elif s.contradicted[i]:
                    writer.writerow((label.of, label.name, label.number or "", "borne in full by another number"))
