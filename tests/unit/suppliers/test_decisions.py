"""Decisions: what counts in the end, what contradicts, and lines that are added whole or not at all."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.core.problem import HoldfastError
from holdfast.suppliers.decisions import (
    Decision,
    append_decision,
    contradictions,
    in_force,
    load_decisions,
    trusted,
    write_decisions,
)

from .support import register, resolved

ACME = Decision("Acme Ltd", "GB-COH-00000001", "jo", "2026-01-01", "their letterhead")


def test_the_later_answer_counts_and_an_undoing_line_takes_all_back() -> None:
    other = Decision("ACME LIMITED", "GB-COH-00000002", "kim")
    assert in_force([ACME, other]).who == {"ACME": other}
    assert in_force([ACME, Decision("Acme", "undo", "jo")]).who == {}
    assert in_force([ACME, Decision("Acme", "UNDO"), other]).who == {"ACME": other}


def test_where_it_is_leaves_open_who_it_is() -> None:
    there = Decision("Acme Ltd", "", "jo", place="BB5 0AA")
    answers = in_force([ACME, there])
    assert (answers.who, answers.where) == ({"ACME": ACME}, {"ACME": there})
    assert not there.identifies
    assert Decision("Acme Ltd", "").identifies


def test_answers_that_differ_are_pointed_out_with_both_places() -> None:
    lines = [Decision("Acme", "GB-COH-1", "jo", row=2), Decision("Acme Ltd", "GB-COH-2", "kim", row=3)]
    (problem,) = contradictions(lines)
    assert (problem.code, problem.row) == ("HF516", 3)
    assert "row 2, by jo" in problem.message
    undone = [lines[0], Decision("ACME", "undo", row=3), lines[1]]
    assert list(contradictions(undone)) == []
    assert list(contradictions([lines[0], lines[0]])) == []


def test_a_line_is_added_and_the_others_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    append_decision(path, ACME)
    before = path.read_bytes()
    odd = Decision('Smith, "Sons"\nand Co', "", "jo", "2026-01-02", "none, I think", "Accrington")
    append_decision(path, odd)
    assert path.read_bytes().startswith(before)
    read = load_decisions(path)
    assert read[0] == ACME
    assert (read[1].supplier, read[1].place, read[1].why) == ('Smith, "Sons" and Co', "Accrington", "none, I think")


@pytest.mark.parametrize("text", ["supplier,org_id,by\nX,GB-COH-1,jo", "supplier;org_id;who\nX;GB-COH-1;jo\n"])
def test_a_file_of_an_earlier_layout_gets_the_columns_it_lacks(tmp_path: Path, text: str) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(text)
    append_decision(path, ACME)
    first, second = load_decisions(path)
    assert (first.supplier, first.org_id, second.why) == ("X", "GB-COH-1", "their letterhead")


def test_a_file_that_is_none_of_decisions_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text("name,amount\nX,1\n")
    with pytest.raises(HoldfastError) as refused:
        append_decision(path, ACME)
    assert refused.value.problems[0].code == "HF501"
    assert path.read_text() == "name,amount\nX,1\n"


def _many(path: Path, who: str) -> None:
    for n in range(40):
        append_decision(path, Decision(f"Firm {who} {n}", "", who, why="x" * 200))


def test_people_who_answer_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    append_decision(path, ACME)
    with ProcessPoolExecutor(3) as pool:
        list(pool.map(_many, [path] * 3, "abc"))
    assert len(load_decisions(path)) == 121


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["", "undo", "GB-COH-1"]), st.sampled_from(["", "X"])))
)
def test_what_others_trust_says_the_same(lines: list[tuple[str, str, str]]) -> None:
    decisions = [Decision(f"Firm {name}", org, "jo", place=place) for name, org, place in lines]
    told, given_on = in_force(decisions), in_force(trusted(decisions, "Preston"))
    for one, other in ((told.who, given_on.who), (told.where, given_on.where)):
        assert {c: (d.org_id if one is told.who else d.place) for c, d in one.items()} == {
            c: (d.org_id if one is told.who else d.place) for c, d in other.items()
        }
    assert all(d.by == "Preston" for d in trusted(decisions, "Preston"))


def test_decisions_are_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "for others.csv"
    assert write_decisions(path, [ACME]) == 1
    assert load_decisions(path) == [ACME]


def test_a_person_says_where_a_supplier_is(tmp_path: Path) -> None:
    firms = register(
        tmp_path, "companies", "CompanyName,CompanyNumber,CompanyCategory\nACME LIMITED,1,Private Limited Company\n"
    )
    from .support import payees

    asked = payees({"supplier": "Acme Ltd"}, {"supplier": "Bell"})
    told = [Decision("Acme", "", "jo", "2026-01-01", "van", "BB5 0AA"), Decision("Bell", "", "jo", place="Accrington")]
    first, second = resolved(asked, [firms], decisions=told)[0]
    assert (first["org_id"], first["based_by"], first["based_postcode"]) == ("GB-COH-00000001", "decision", "BB5 0AA")
    assert "decided by jo on 2026-01-01: van" in first["evidence"]
    assert (second["matched_by"], second["based_by"], second["based_town"]) == ("none", "decision", "Accrington")
