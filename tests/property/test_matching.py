"""Whatever names look like: one answer each, a probability, the same one every time, and nothing odd is linked."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.suppliers.matching import matcher
from holdfast.suppliers.matching.pieces import PART, pieces

_WORDS = (
    "ACME",
    "BRIDGES",
    "QUILLON",
    "HAULAGE",
    "TREVANNION",
    "LIMITED",
    "LTD",
    "& CO",
    "T/A",
    "(UK)",
    "-",
    "Ακμή",
    "مرحبا",
)
names = st.lists(st.sampled_from(_WORDS), max_size=5).map(" ".join) | st.text(max_size=40) | st.none()
REGISTER = ("ACME BRIDGES LIMITED", "QUILLON HAULAGE LTD", "QUILLON HAULAGE LLP", "TREVANNION & CO LIMITED")


def _answers(asked: list[str | None]) -> matcher.Answers:
    rows = np.arange(len(REGISTER), dtype=np.int64)
    none = pa.nulls(len(REGISTER), pa.string())
    register = matcher.listed(pa.array(REGISTER), rows, np.zeros(len(rows), np.int64), none)
    return matcher.match(register, pa.array(asked, pa.string()), pa.nulls(len(asked), pa.string()))


@settings(max_examples=15, deadline=None)
@given(st.lists(names, max_size=6))
def test_one_answer_for_each_name_whatever_else_is_asked(asked: list[str | None]) -> None:
    answers = _answers(asked)
    backwards = _answers(asked[::-1])
    assert len(answers.best) == len(asked)
    assert ((answers.score >= 0) & (answers.score <= 1)).all()
    assert ((answers.next_score >= 0) & (answers.next_score <= 1)).all()
    assert answers.best.tolist() == backwards.best[::-1].tolist()
    assert answers.score.tolist() == backwards.score[::-1].tolist()
    assert (answers.best[answers.score == 0] == -1).all() or (answers.score[answers.best == -1] == 0).all()


@given(st.text(max_size=400))
def test_parts_are_pieces_of_the_name(text: str) -> None:
    for which, piece in pieces(text):
        assert which in PART
        assert set(piece) <= set(text) | {" "}
        assert len(piece) <= len(text)
