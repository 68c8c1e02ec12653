"""Cosine of letter trigrams (sparse_dot_topn), then logistic regression over a few likenesses of the ten best.

``tfidf.py REGISTER NAMES OUT TRAIN_REGISTER TRAIN_NAMES``; the training names have a column ``true``.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.fuzz import ratio, token_set_ratio, token_sort_ratio
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sparse_dot_topn import sp_matmul_topn

BEST = 10


def clean(names: pd.Series) -> pd.Series:
    text = (
        names.fillna("").str.upper().str.replace("&", " AND ", regex=False).str.replace(r"[^A-Z0-9 ]", "", regex=True)
    )
    text = text.str.replace(r"\b(LIMITED|LTD|PLC|LLP|CIC|COMMUNITY INTEREST COMPANY)\b", " ", regex=True)
    return text.str.split().str.join(" ")


def pairs(register: pd.DataFrame, names: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of each name the most alike in the register: (row of the name, row of the register, likenesses)."""
    listed, asked = clean(register["name"]), clean(names["name"])
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), dtype=np.float32).fit(listed)
    found = sp_matmul_topn(
        vectors.transform(asked), vectors.transform(listed).T.tocsr(), top_n=BEST, threshold=0.3, sort=True, n_threads=1
    ).tocoo()
    left, right = asked.to_numpy()[found.row], listed.to_numpy()[found.col]
    likeness = np.column_stack(
        [
            found.data,
            [ratio(a, b) for a, b in zip(left, right, strict=True)],
            [token_set_ratio(a, b) for a, b in zip(left, right, strict=True)],
            [token_sort_ratio(a, b) for a, b in zip(left, right, strict=True)],
            [JaroWinkler.similarity(a, b) for a, b in zip(left, right, strict=True)],
            [min(len(a), len(b)) / max(len(a), len(b), 1) for a, b in zip(left, right, strict=True)],
        ]
    )
    return found.row, found.col, likeness


def main(register: str, names: str, out: str, train_register: str, train_names: str) -> None:
    read = {"dtype": str, "keep_default_na": False}
    learnt, told = pd.read_csv(train_register, **read), pd.read_csv(train_names, **read)
    row, col, likeness = pairs(learnt, told)
    same = learnt["id"].to_numpy()[col] == told["true"].to_numpy()[row]
    model = LogisticRegression(max_iter=1000).fit(likeness, same)
    listed, asked = pd.read_csv(register, **read), pd.read_csv(names, **read)
    row, col, likeness = pairs(listed, asked)
    score = model.predict_proba(likeness)[:, 1]
    order = np.lexsort((-score, row))
    first = order[np.r_[True, row[order][1:] != row[order][:-1]]] if len(order) else order
    chosen = np.full(len(asked), "", dtype=object)
    good = first[score[first] >= 0.5]
    chosen[row[good]] = listed["id"].to_numpy()[col[good]]
    pd.DataFrame({"id": chosen}).to_csv(out, index=False)


if __name__ == "__main__":
    main(*sys.argv[1:6])
