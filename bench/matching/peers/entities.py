"""Entity Matching Model (emm), words and letter pairs, its classifier fitted to the training names.

``entities.py REGISTER NAMES OUT TRAIN_REGISTER TRAIN_NAMES``; the training names have a column ``true``.
"""

from __future__ import annotations

import sys

import pandas as pd
from emm import PandasEntityMatching


def main(register: str, names: str, out: str, train_register: str, train_names: str) -> None:
    read = {"dtype": str, "keep_default_na": False}
    learnt, told = pd.read_csv(train_register, **read), pd.read_csv(train_names, **read)
    learnt["id"], told["id"] = learnt["id"].astype(int), pd.to_numeric(told["true"]).fillna(-1).astype(int)
    indexers = [
        {"type": "cosine_similarity", "tokenizer": "words", "ngram": 1, "num_candidates": 5,
         "cos_sim_lower_bound": 0.2},
        {"type": "cosine_similarity", "tokenizer": "characters", "ngram": 2, "num_candidates": 5,
         "cos_sim_lower_bound": 0.4},
    ]  # fmt: skip
    parameters = {"name_only": True, "entity_id_col": "id", "name_col": "name", "indexers": indexers}
    model = PandasEntityMatching({**parameters, "supervised_on": True})
    model.fit(learnt)
    model.fit_classifier(told.loc[told["id"] >= 0, ["name", "id"]].reset_index(drop=True))
    listed, asked = pd.read_csv(register, **read), pd.read_csv(names, **read)
    listed["id"] = listed["id"].astype(int)
    model.fit(listed)
    asked["row"] = range(len(asked))
    found = model.transform(asked[["name"]], top_n=1)
    best = found[found["nm_score"] >= 0.5].sort_values("nm_score", ascending=False).drop_duplicates("uid")
    chosen = pd.Series("", index=range(len(asked)), dtype=object)
    chosen[best["uid"].to_numpy()] = [f"{int(i):08d}" for i in best["gt_entity_id"]]
    pd.DataFrame({"id": chosen}).to_csv(out, index=False)


if __name__ == "__main__":
    main(*sys.argv[1:6])
