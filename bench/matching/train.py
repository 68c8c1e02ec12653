"""Fit the scorecard to the real labels (and to invented names for what real ones are few of), and say what it reaches.

Every figure is of labels that the model it was scored with had not seen: five parts by the organisation's number.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from bench.matching import figures, sets, synthetic
from bench.matching.labels import FOLDS, charities, companies, company_labels
from holdfast.suppliers.matching import matcher, scorecard
from holdfast.suppliers.matching.scorecard import Condition, Rule, Scorecard

#: Rules: trees of so many leaves, each taking so much of what the ones before left.
TREES, LEAVES, RATE = 180, 8, 0.1
LEAD_MOST = 6.0
#: Weight of a name of each set: an invented one beside a real one.
WEIGHTS = (1.0, 1.0, 0.5)
#: The least probability for a link, and for a person to look at it.
LINK, REVIEW = 0.5, 0.1


def fit(
    found: Sequence[Mapping[str, np.ndarray]], right: np.ndarray, weight: np.ndarray
) -> tuple[float, tuple[Rule, ...]]:
    """Boosted trees, each leaf of which is a rule. Whether a pair is the true one is what they tell."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    x = np.vstack([_table(f) for f in found])
    model = HistGradientBoostingClassifier(
        max_iter=TREES, max_leaf_nodes=LEAVES, learning_rate=RATE, min_samples_leaf=30, l2_regularization=1.0,
        max_bins=100, early_stopping=False, random_state=1,
    ).fit(x, right, sample_weight=weight)  # fmt: skip
    rules = [r for i, (tree,) in enumerate(model._predictors) for r in _leaves(tree.nodes, i + 1)]
    return round(float(model._baseline_prediction.ravel()[0]), 3), tuple(rules)


def _table(found: Mapping[str, np.ndarray]) -> np.ndarray:
    return np.stack([found[name] for name in scorecard.MEASURES], axis=1)


def _leaves(nodes: np.ndarray, group: int) -> Iterator[Rule]:
    """The leaves of a tree as rules; bounds are rounded, so the rules and not the trees are what is measured."""
    todo: list[tuple[int, dict[str, tuple[float, float]]]] = [(0, {})]
    while todo:
        at, bounds = todo.pop()
        node = nodes[at]
        if node["is_leaf"]:
            tests = tuple(Condition(m, *b) for m, b in bounds.items())
            yield Rule(group, tests, round(float(node["value"]), 3))
            continue
        measure = scorecard.MEASURES[node["feature_idx"]]
        bound = _bound(measure, float(node["num_threshold"]))
        least, most = bounds.get(measure, (-np.inf, np.inf))
        todo.append((int(node["right"]), bounds | {measure: (max(least, bound), most)}))
        todo.append((int(node["left"]), bounds | {measure: (least, min(most, bound))}))


def _bound(measure: str, value: float) -> float:
    """Half-way between two words; to three digits for a number."""
    return np.floor(value) + 0.5 if measure in scorecard.WORDS else float(f"{value:.3g}")


def calibrate(all_sets: list[sets.Set], use: list[np.ndarray], scores: list[np.ndarray]) -> tuple[float, float, float]:
    """Probability from the points of the best and its lead, fitted on the real names in ``use``."""
    from sklearn.linear_model import LogisticRegression

    rows, ys, ws = [], [], []
    for s, u, p, w in zip(all_sets, use, scores, WEIGHTS, strict=True):
        high, lead, right = top(s, p)
        k = u & np.isfinite(high)
        rows.append(np.column_stack([high[k], np.minimum(lead[k], LEAD_MOST)]))
        ys.append(right[k])
        ws.append(np.full(k.sum(), w))
    model = LogisticRegression(C=10, max_iter=2000)
    model.fit(np.vstack(rows), np.concatenate(ys), sample_weight=np.concatenate(ws))
    a, b, c = float(model.intercept_[0]), *map(float, model.coef_[0])
    return round(a, 3), round(b, 3), round(c, 3)


def top(s: sets.Set, points: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of each name: points of its best organisation, the lead over the next, whether the best is right."""
    blank = Scorecard((), 0.0, (0.0, 1.0, 0.0), 1e9, 0.0, 0.0)
    answers = matcher.decide(blank, replace(s.pairs, found={"right": s.right.astype(float)}), points, len(s.labels))
    order = np.lexsort((s.pairs.row, s.pairs.org, -points, s.pairs.of))
    high, second = np.full(len(s.labels), -np.inf), np.full(len(s.labels), np.nan)
    seen: dict[int, int] = {}
    for k in order:
        i, o = int(s.pairs.of[k]), int(s.pairs.org[k])
        if i not in seen:
            seen[i] = o
            high[i] = points[k]
        elif o != seen[i] and np.isnan(second[i]):
            second[i] = points[k]
    lead = np.where(np.isnan(second), LEAD_MOST, high - second)
    right = np.nan_to_num(answers.found["right"]) > 0
    return high, lead, right


def shared_data() -> Path:
    """The folder of the shared data, the parts that are needed unpacked."""
    from bench.projects import laid_out

    for part in ("registers", "groundtruth", "contracts"):
        folder = laid_out(part).parent
    return folder


def gathered(data: Path) -> list[sets.Set]:
    """The labels beside their registers, weighed: companies, charities, invented names."""
    charity_labels, charity_entries = charities(data)
    made = synthetic.labelled(data, register=400_000, asked=8_000, seed=11)
    return [
        sets.build(company_labels(data), companies(data)),
        sets.build(charity_labels, charity_entries),
        sets.build(*made),
    ]


def fitted(all_sets: list[sets.Set], use: list[np.ndarray]) -> tuple[Scorecard, list[np.ndarray]]:
    """A scorecard without calibration, and the points it gives to every pair."""
    keep = [u[s.pairs.of] for s, u in zip(all_sets, use, strict=True)]
    base, rules = fit(
        [{m: s.pairs.found[m][k] for m in scorecard.MEASURES} for s, k in zip(all_sets, keep, strict=True)],
        np.concatenate([s.right[k] for s, k in zip(all_sets, keep, strict=True)]),
        np.concatenate([np.full(k.sum(), w) for k, w in zip(keep, WEIGHTS, strict=True)]),
    )
    card = Scorecard(rules, base, (0.0, 1.0, 0.0), LEAD_MOST, LINK, REVIEW)
    return card, [card.score(s.pairs.found) for s in all_sets]


def crossed(all_sets: list[sets.Set]) -> tuple[list[np.ndarray], list[np.ndarray], list[np.ndarray]]:
    """Points of every pair by a model that had not seen its label; the probability of each name's best, calibrated
    without the fold it is in; whether it is right."""
    folds = [np.array([x.fold for x in s.labels]) for s in all_sets]
    points = [np.zeros(len(s.right)) for s in all_sets]
    for fold in range(FOLDS):
        _, scores = fitted(all_sets, [usable(s) & (f != fold) for s, f in zip(all_sets, folds, strict=True)])
        for s, f, p, score in zip(all_sets, folds, points, scores, strict=True):
            mine = f[s.pairs.of] == fold
            p[mine] = score[mine]
    probability, right = [], []
    for s, f, p in zip(all_sets, folds, points, strict=True):
        high, lead, ok = top(s, p)
        found = np.zeros(len(s.labels))
        for fold in range(FOLDS):
            use = [usable(t) & (g != fold) for t, g in zip(all_sets, folds, strict=True)]
            card = Scorecard((), 0.0, calibrate(all_sets, use, points), LEAD_MOST, LINK, REVIEW)
            mine = (f == fold) & np.isfinite(high)
            found[mine] = card.probability(high[mine], lead[mine])
        probability.append(found)
        right.append(ok)
    return points, probability, right


def usable(s: sets.Set) -> np.ndarray:
    """Labels to learn from: those that can be told, without those whose name is borne in full by another number."""
    return s.open & ~s.contradicted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="the shared data, unpacked (default: unpacked as the tests do)")
    parser.add_argument("--write", type=Path, help="the scorecard to write")
    parser.add_argument("--left-out", type=Path, help="a list of the labels that were left out of a figure, and why")
    args = parser.parse_args()
    all_sets = gathered(args.data or shared_data())
    points, probability, right = crossed(all_sets)
    lines = figures.report(all_sets, probability, right, LINK)
    print("\n".join(lines))
    if args.left_out:
        figures.write_left_out(all_sets, args.left_out)
    if args.write:
        use = [usable(s) for s in all_sets]
        card, _ = fitted(all_sets, use)
        card = replace(card, calibration=calibrate(all_sets, use, points))
        args.write.write_text(scorecard.write(card, lines), encoding="utf-8")


if __name__ == "__main__":
    main()
