"""Fit the word models of categories, and say what they reach on suppliers and notices that they had not seen.

Five parts, split by the supplier's core name and by the notice's title; the leaking split by line stands beside it. An
interval is of 95 %, from drawing suppliers (or titles) again, as the lines of one are alike.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from bench.categories import fit, lines
from bench.categories.lines import Line
from holdfast.categories.memory import Memory, Paid
from holdfast.categories.rules import pattern
from holdfast.categories.words import plain

FOLDS, DRAWS, SEED = 5, 400, 1
#: Below this confidence a category stays unknown.
THRESHOLD = 0.5
#: What a payment counts beside a notice where CPV is fitted: its CPV is only Holdfast's crosswalk from ProClass.
BESIDE = 0.3
#: A rule counts where it was seen so often and right so often.
SEEN, RIGHT = 5, 0.7


@dataclass(frozen=True, slots=True)
class Tested:
    """Answers on unseen lines. ``true``: the column of the right category, -1 where the fit had none."""

    lines: Sequence[Line]
    scores: np.ndarray
    true: np.ndarray
    fold: np.ndarray

    @property
    def right(self) -> np.ndarray:
        return self.scores.argmax(axis=1) == self.true

    @property
    def weight(self) -> np.ndarray:
        return np.array([line.weight for line in self.lines])


def crossed(test: Sequence[Line], beside: Sequence[Line], taxonomy: str, groups: Sequence[str], seed: int) -> Tested:
    """Every line scored by a model fitted without its group. ``beside`` is learned from and not tested."""
    from sklearn.model_selection import GroupKFold

    names = sorted({getattr(line, taxonomy) for line in [*test, *beside]} - {""})
    scores = np.full((len(test), len(names)), -9.0)
    fold = np.zeros(len(test), dtype=int)
    parts = GroupKFold(FOLDS, shuffle=True, random_state=seed).split(test, groups=groups)
    for k, (seen, unseen) in enumerate(parts):
        held = [test[i] for i in unseen]
        named = {line.group for line in held} - {""}
        known = [test[i] for i in seen] + [line for line in beside if line.group not in named]
        model = fit.fit(known, taxonomy)
        at = [names.index(c) for c in model.categories]
        scores[np.ix_(unseen, at)] = model.scores(held)
        fold[unseen] = k
    return Tested(test, scores, np.array([names.index(getattr(line, taxonomy)) for line in test]), fold)


def elsewhere(test: Sequence[Line], known: Sequence[Line], taxonomy: str) -> Tested:
    """Lines scored by one model that saw none of them, nor any of their groups."""
    held = {line.group for line in test}
    model = fit.fit([line for line in known if line.group not in held], taxonomy)
    at = {c: i for i, c in enumerate(model.categories)}
    true = np.array([at.get(getattr(line, taxonomy), -1) for line in test])
    return Tested(test, model.scores(test), true, np.zeros(len(test), dtype=int))


def of_one_division(tested: Tested) -> Tested:
    """The lines whose buyer named one division only: of the others the first code need not be the main one."""
    kept = np.array([not line.several for line in tested.lines])
    unmixed = [line for line in tested.lines if not line.several]
    return Tested(unmixed, tested.scores[kept], tested.true[kept], tested.fold[kept])


def accuracy(tested: Tested) -> dict[str, Any]:
    """Lines, groups, the part that was right, its interval, and the mean over categories of F1."""
    from sklearn.metrics import f1_score

    rng = np.random.default_rng(SEED)
    groups, number = np.unique([line.group for line in tested.lines], return_inverse=True)
    right = np.bincount(number, weights=tested.right)
    many = np.bincount(number)
    drawn = [rng.integers(0, len(groups), len(groups)) for _ in range(DRAWS)]
    low, high = np.quantile([right[d].sum() / many[d].sum() for d in drawn], [0.025, 0.975])
    f1 = f1_score(tested.true, tested.scores.argmax(axis=1), average="macro")
    return {
        "lines": len(tested.lines), "groups": len(groups), "categories": len(set(tested.true.tolist())),
        "right": round(float(tested.right.mean()), 3), "interval": [round(float(low), 3), round(float(high), 3)],
        "mean F1": round(float(f1), 3),
    }  # fmt: skip


def reliability(tested: Tested) -> tuple[fit.Confidence, list[dict[str, float]], dict[str, float]]:
    """The scale of confidence; what it said and what was right, each part by a scale learned from the others."""
    said = np.zeros(len(tested.lines))
    for k in range(FOLDS):
        seen = tested.fold != k
        scale = fit.Confidence.learned(
            tested.scores[seen], tested.right[seen], tested.true[seen], tested.weight[seen]
        )  # fmt: skip
        said[~seen] = scale.of(tested.scores[~seen])
    weight = tested.weight
    table = binned(said, tested)
    error = sum(abs(r["said"] - r["right"]) * r["lines"] for r in table) / sum(r["lines"] for r in table)
    kept = said >= THRESHOLD
    summary = {
        "calibration error": round(error, 3), "told": round(float(kept.mean()), 3),
        "right of told": round(float(tested.right[kept].mean()), 3),
    }  # fmt: skip
    scale = fit.Confidence.learned(tested.scores, tested.right, tested.true, weight)
    return scale, table, summary


def binned(said: np.ndarray, tested: Tested) -> list[dict[str, float]]:
    """What was said and what was right, by tenths of what was said."""
    table = []
    weight = tested.weight
    for low in np.arange(0, 1, 0.1):
        inside = (said >= low) & (said < low + 0.1 + (low > 0.85))
        if inside.sum() >= 20:
            table.append({
                "from": round(float(low), 1), "lines": int(inside.sum()),
                "said": round(float(np.average(said[inside], weights=weight[inside])), 3),
                "right": round(float(np.average(tested.right[inside], weights=weight[inside])), 3),
            })  # fmt: skip
    return table


def rule_figures(path: Path, known: Sequence[Line]) -> str:
    """Write to the table of rules how often each was right; a rule that was not is left without a figure."""
    with path.open(encoding="utf-8", newline="") as file:
        rules = [r for r in csv.DictReader(file) if r["pattern"]]
    texts = [(plain(line.category), plain(line.department), plain(line.supplier)) for line in known]
    for rule in rules:
        found = pattern(rule["pattern"])
        labels = [bool(found.search(c) or found.search(d)) for c, d, _ in texts]
        names = [bool(found.search(s)) for _, _, s in texts]
        here = {"category": labels, "supplier": names, "any": [a or b for a, b in zip(labels, names, strict=True)]}
        speaking = [line for line, yes in zip(known, here[rule["in"]], strict=True) if yes]
        for taxonomy in ("cpv", "proclass"):
            judged = [line for line in speaking if rule[taxonomy] and getattr(line, taxonomy)]
            weight = sum(line.weight for line in judged)
            right = sum(line.weight for line in judged if getattr(line, taxonomy) == rule[taxonomy])
            good = len(judged) >= SEEN and right >= RIGHT * weight
            rule[f"seen_{taxonomy}"] = str(len(judged))
            rule[f"right_{taxonomy}"] = f"{min(right / weight, 0.99):.2f}" if good else ""
    columns = ["pattern", "in", "cpv", "proclass", "says", "right_cpv", "seen_cpv", "right_proclass", "seen_proclass"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rules)
    counted = [r for r in rules if r["right_cpv"] or r["right_proclass"]]
    return f"rules that count: {len(counted)} of {len(rules)}"


def memory_figures(known: Sequence[Line], taxonomy: str) -> list[dict[str, float]]:
    """Every line told from the supplier's other lines: what that said and what was right."""
    of: dict[str, list[Line]] = {}
    for line in known:
        of.setdefault(line.group, []).append(line)
    said, right = [], []
    for group in of.values():
        paid = [Paid(getattr(line, taxonomy), 100) for line in group[:50]]
        memory = Memory()
        for line in paid:
            memory.add(line)
        for line in paid:
            if others := memory.besides(line):
                said.append(others.confidence)
                right.append(others.category == line.category)
    s, r = np.array(said), np.array(right)
    rows = []
    for low, high in ((0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01)):
        inside = (s >= low) & (s < high)
        if inside.any():
            rows.append({
                "from": low, "lines": int(inside.sum()), "said": round(float(s[inside].mean()), 3),
                "right": round(float(r[inside].mean()), 3),
            })  # fmt: skip
    return rows


def say(name: str, figures: Any) -> None:
    print(f"{name}: {figures}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("taxonomy", choices=("cpv", "proclass"))
    parser.add_argument("--data", type=Path, help="the shared data, unpacked (default: unpacked as the tests do)")
    parser.add_argument("--write", type=Path, help="the folder of the models that ship")
    parser.add_argument("--rules", type=Path, help="the table of rules, whose figures are written anew")
    args = parser.parse_args()
    data = args.data or shared_data()
    paid, listed, noticed = lines.payments(data), lines.own_words(data), lines.notices(data)
    if args.rules:
        say("rules", rule_figures(args.rules, paid))
    taxonomy = args.taxonomy
    known = [p for p in paid if getattr(p, taxonomy)]
    words = [line for line in listed if getattr(line, taxonomy)]
    figures: dict[str, Any] = {}
    beside = words
    if taxonomy == "cpv":
        tests = [n for n in noticed if n.of == "notices"]
        more = [n for n in noticed if n.of != "notices"]
        light = [replace(p, weight=p.weight * BESIDE) for p in known]
        found = crossed(tests, more + words + light, "cpv", groups(tests), SEED)
        figures["notices, titles not seen"] = accuracy(found)
        figures["of them with codes of one division"] = accuracy(of_one_division(found))
        away = elsewhere(more, tests + words + light, "cpv")
        figures["notices of Lancashire's councils, none of them seen"] = accuracy(away)
        figures["of those with codes of one division"] = accuracy(of_one_division(away))
        beside = words + noticed
    unseen = crossed(known, [replace(b, weight=b.weight * 0.3) for b in beside], taxonomy, groups(known), SEED)
    figures["payments, suppliers not seen"] = accuracy(unseen)
    by_line = crossed(known, words, taxonomy, [str(i) for i in range(len(known))], SEED)
    say("leaking: split by line, suppliers on both sides", accuracy(by_line)["right"])
    if taxonomy == "proclass":
        fine = [p for p in paid if p.fine]
        figures["Trafford's own labels, suppliers not seen"] = accuracy(crossed(fine, [], "fine", groups(fine), SEED))
    scale, table, summary = reliability(unseen)
    for name, value in figures.items():
        say(name, value)
    say("confidence", summary)
    for row in table:
        say("reliability", row)
    if taxonomy == "cpv":
        for name, notices in (("notices", found), ("Lancashire", away)):
            for row in binned(scale.of(notices.scores), notices):
                say(f"reliability of {name}, by the scale of payments", row)
    for row in memory_figures(known, taxonomy):
        say("memory", row)
    if args.write:
        light = [replace(p, weight=p.weight * BESIDE) for p in known] if taxonomy == "cpv" else known
        model = fit.fit(light + (beside if taxonomy == "cpv" else words), taxonomy)
        file = fit.packed(taxonomy, model, scale, THRESHOLD, {**figures, "confidence": summary})
        (args.write / f"model_{taxonomy}.txt.gz").write_bytes(file)
        say("bytes", len(file))


def groups(known: Sequence[Line]) -> list[str]:
    return [line.group for line in known]


def shared_data() -> Path:
    """The folder of the shared data, the parts that are needed unpacked."""
    from bench.projects import laid_out

    for part in ("registers", "codes", "contracts", "spend/sheffield_cc", "spend/trafford_mbc"):
        folder = laid_out(part)
    return folder.parents[1]


if __name__ == "__main__":
    main()
