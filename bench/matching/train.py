"""Fit the scorecard to the real labels (and to invented names for what real ones are few of), and say what it reaches.

Every figure is of labels that the model it was scored with had not seen: five parts by the organisation's number.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np

from bench.matching import sets, synthetic
from bench.matching.labels import FOLDS, charities, companies, company_labels
from holdfast.suppliers.matching import matcher, scorecard
from holdfast.suppliers.matching.scorecard import Scorecard

#: Strength of the pull of every band towards no points.
RIDGE = 0.5
LEAD_MOST = 6.0
#: Weight of an invented name beside a real one.
INVENTED = 0.4


def design(found: dict[str, np.ndarray]):
    """One column per band, sparse."""
    from scipy.sparse import csr_matrix

    told, sizes = scorecard.bands(found), scorecard.sizes()
    offset, columns = 0, []
    for name, size in sizes.items():
        columns.append(told[name] + offset)
        offset += size
    n = len(columns[0])
    index = np.stack(columns, axis=1).ravel()
    return csr_matrix((np.ones(len(index)), index, np.arange(0, len(index) + 1, len(columns))), shape=(n, offset))


def fit(x, y: np.ndarray, weight: np.ndarray) -> tuple[float, dict[str, np.ndarray]]:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=RIDGE, max_iter=2000).fit(x, y, sample_weight=weight)
    points, offset = {}, 0
    for name, size in scorecard.sizes().items():
        points[name] = model.coef_[0][offset : offset + size].round(3)
        offset += size
    return float(round(model.intercept_[0], 3)), points


def calibrate(
    card: Scorecard, all_sets: list[sets.Set], use: list[np.ndarray], scores: list[np.ndarray], weights: list[float]
):
    """Probability from the points of the best and its lead, fitted on the names in ``use``."""
    from sklearn.linear_model import LogisticRegression

    rows, ys, ws = [], [], []
    for s, u, p, w in zip(all_sets, use, scores, weights, strict=True):
        high, lead, right = top(s, p)
        k = u & np.isfinite(high)
        rows.append(np.column_stack([high[k], np.minimum(lead[k], LEAD_MOST)]))
        ys.append(right[k])
        ws.append(np.full(k.sum(), w))
    model = LogisticRegression(C=10, max_iter=2000).fit(
        np.vstack(rows), np.concatenate(ys), sample_weight=np.concatenate(ws)
    )
    return (float(model.intercept_[0].round(3)), *(float(c.round(3)) for c in model.coef_[0]))


def top(s: sets.Set, points: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of each name: points of its best organisation, the lead over the next, whether the best is right."""
    blank = Scorecard({}, 0.0, (0.0, 1.0, 0.0), 1e9, 0.0, 0.0)
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


def interval(k: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval."""
    if not n:
        return 0.0, 1.0
    z, p = 1.96, k / n
    mid, half = p + z * z / (2 * n), z * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5
    return (mid - half) / (1 + z * z / n), (mid + half) / (1 + z * z / n)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--errors", action="store_true")
    args = parser.parse_args()
    company_entries = companies(args.data)
    labels, charity_entries = charities(args.data)
    made = synthetic.labelled(args.data, register=60_000, asked=4_000, seed=11)
    all_sets = [
        sets.build(company_labels(args.data), company_entries),
        sets.build(labels, charity_entries),
        sets.build(*made),
    ]
    weights = [1.0, 1.0, INVENTED]
    folds = [np.array([x.fold for x in s.labels]) for s in all_sets]
    xs = [design(s.pairs.found) for s in all_sets]
    scores = [np.zeros(len(s.right)) for s in all_sets]
    probability = [np.zeros(len(s.labels)) for s in all_sets]
    right = [np.zeros(len(s.labels), bool) for s in all_sets]
    for fold in [*range(FOLDS), None]:
        use = [s.open & ~s.contradicted & (f != fold) for s, f in zip(all_sets, folds, strict=True)]
        base, points, calibration, fitted = fitted_card(all_sets, xs, use, weights)
        card = Scorecard(points, base, calibration, LEAD_MOST, 0.5, 0.1)
        if fold is None:
            break
        for k, s in enumerate(all_sets):
            high, lead, ok = top(s, fitted[k])
            mine = folds[k] == fold
            p = card.probability(np.where(np.isfinite(high), high, -30), lead)
            probability[k][mine], right[k][mine] = p[mine], ok[mine]
            scores[k] = fitted[k]
    report(all_sets, probability, right, args.errors)
    if args.write:
        args.write.write_text(as_csv(card), encoding="utf-8")


def fitted_card(all_sets, xs, use, weights):
    from scipy.sparse import vstack

    keep = [u[s.pairs.of] for s, u in zip(all_sets, use, strict=True)]
    x = vstack([x[k] for x, k in zip(xs, keep, strict=True)])
    y = np.concatenate([s.right[k] for s, k in zip(all_sets, keep, strict=True)])
    w = np.concatenate([np.full(k.sum(), w) for k, w in zip(keep, weights, strict=True)])
    base, points = fit(x, y, w)
    flat = np.concatenate(list(points.values()))
    fitted = [x @ flat + base for x in xs]
    calibration = calibrate(None, all_sets, use, fitted, weights)
    return base, points, calibration, fitted


def report(all_sets, probability, right, errors) -> None:
    for s, p, ok in zip(all_sets, probability, right, strict=True):
        for of in dict.fromkeys(x.of for x in s.labels):
            mine = np.array([x.of == of for x in s.labels])
            counted = mine & s.open
            n_in = int((counted & s.inside).sum())
            line = [f"{of}: {mine.sum()} labels, {counted.sum()} can be told, {n_in} in the register"]
            for level in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
                linked = counted & (p >= level)
                hit = int((linked & ok & s.inside).sum())
                clean = linked & ~s.contradicted
                line.append(
                    f"{level}: right {hit / max(n_in, 1):.3f} precision {hit / max(linked.sum(), 1):.3f}"
                    f" (without names borne in full by another number {hit / max(clean.sum(), 1):.3f})"
                    f" linked {linked.sum() / max(counted.sum(), 1):.4f}"
                )
            print("\n   ".join(line))
    allp = np.concatenate([p[s.open] for s, p in zip(all_sets[:2], probability[:2], strict=True)])
    alln = np.concatenate([ok[s.open] for s, ok in zip(all_sets[:2], right[:2], strict=True)])
    edges = np.linspace(0, 1, 11)
    bins = np.clip(np.digitize(allp, edges) - 1, 0, 9)
    error = sum(
        abs(alln[bins == b].mean() - allp[bins == b].mean()) * (bins == b).mean()
        for b in range(10)
        if (bins == b).any()
    )
    print(
        "calibration error",
        round(float(error), 4),
        [(round(float(alln[bins == b].mean()), 2), int((bins == b).sum())) for b in range(10) if (bins == b).any()],
    )


def as_csv(card: Scorecard) -> str:
    lines = ["measure,band,points"]
    c = card.calibration
    for name, value in (
        ("base", card.base),
        ("constant", c[0]),
        ("per point", c[1]),
        ("per point of lead", c[2]),
        ("lead counted up to", card.lead_most),
        ("link from", card.link),
        ("review from", card.review),
    ):
        lines.append(f"{name},,{value}")
    for name, points in card.points.items():
        lines += [f"{name},{i},{p}" for i, p in enumerate(points)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
