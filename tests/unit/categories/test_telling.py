"""What tells a category, and which of several answers counts."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from holdfast.categories.memory import Memory, Paid, Remembered
from holdfast.categories.model import load, parse
from holdfast.categories.rules import rules
from holdfast.categories.telling import Line, tell
from support.categories import one


@pytest.mark.parametrize(
    ("label", "supplier", "cpv"),
    [("School run", "Hillham Taxis", "60"), ("Residential care - older people", "Seaview Ltd", "85")],
)
def test_a_rule_tells_by_whole_words(label: str, supplier: str, cpv: str) -> None:
    told = one(category=label, supplier=supplier)
    assert (told.category, told.how) == (cpv, "rule")
    assert told.why.startswith("rule: ")


def test_a_rule_does_not_see_a_word_within_a_word() -> None:
    assert one(category="Taxiderm", supplier="Taxidermists").how != "rule"


def test_every_rule_says_how_often_it_was_right() -> None:
    assert [r.says for r in rules() if not (r.right_cpv or r.right_proclass)] == []
    assert all(0.7 <= right <= 0.99 for r in rules() for right in (r.right_cpv, r.right_proclass) if right)


def test_what_a_supplier_was_paid_for_elsewhere_is_remembered() -> None:
    known = [Line("town", "Blue Ltd", "k", category="Construction", pennies=90_00, payments=3)]
    open_ = Line("college", "Blue Ltd", "k", category="Sundry", pennies=10_00)
    told = tell([*known, open_], "cpv").told[1]
    assert (told.category, told.how, told.why) == ("45", "supplier", "3 of 3 other payments to this supplier")


def test_undisclosed_suppliers_are_not_one_supplier() -> None:
    known = Line("town", None, "", category="Construction", pennies=90_00, payments=3)
    assert tell([known, Line("town", None, "", category="Zzzz")], "cpv").told[1].category == ""


def besides(line: Paid, *others: Paid) -> Remembered | None:
    memory = Memory()
    for each in (line, *others):
        memory.add(each)
    return memory.besides(line)


def test_memory_goes_by_money_and_says_how_far_payments_agree() -> None:
    found = besides(Paid("", 500), Paid("45", 300), Paid("80", -100, 5))
    assert found is not None
    assert (found.category, found.agree, found.payments, found.part) == ("45", 1, 6, 0.75)
    assert found.confidence < found.part


def test_a_suppliers_payments_of_which_nothing_is_known_speak_against_what_is() -> None:
    found = besides(Paid("", 300, 9), Paid("39", 100, 5), Paid("", 900, 40))
    assert found is not None
    assert found.part == 0.1
    assert found.why == "5 of 45 other payments to this supplier"


def test_what_other_payments_were_told_by_is_no_surer_for_being_remembered() -> None:
    found = besides(Paid("", 300), Paid("60", 100, sure=900))
    assert found is not None
    assert found.part == 0.9


def test_no_payment_speaks_for_itself() -> None:
    assert besides(Paid("60", 900, 9), Paid("", 100)) is None
    found = besides(Paid("60", 900, 9), Paid("60", 30), Paid("80", 70))
    assert found is not None
    assert (found.category, found.part) == ("80", 0.7)


def test_a_rule_is_not_made_surer_by_its_own_payments() -> None:
    taxi = Line("town", "Blue Ltd", "k", category="Taxi contract", pennies=900_00, payments=9)
    told = tell([taxi, Line("town", "Blue Ltd", "k", category="Zzzz", pennies=1_00)], "cpv").told[0]
    assert (told.category, told.how) == ("60", "rule")
    assert told.confidence < 1


def test_memory_of_payments_that_come_to_nothing_goes_by_their_number() -> None:
    found = besides(Paid("", 0), Paid("45", 0), Paid("", 0, 3))
    assert found is not None
    assert found.part == 0.25


def test_a_supplier_of_whom_nothing_is_known_is_not_remembered() -> None:
    assert besides(Paid("", 300, 9), Paid("", 5)) is None


def test_words_tell_where_nothing_else_does_and_say_which() -> None:
    told = one(category="Resurfacing of carriageways, kerbs and footways", supplier="Blue Ltd", sector="F 42")
    assert (told.category, told.how) == ("45", "words")
    assert told.why.startswith("words: '")
    assert told.why.endswith("sector F 42")


def test_a_reason_gives_nothing_of_a_name_or_a_description() -> None:
    told = one(category=None, description="Plumbing for Jane", supplier="Jane Scaffolder Plumbing")
    assert "jane" not in told.why.lower()
    assert "plumb" not in told.why.lower()


@pytest.mark.parametrize("said", [{}, {"category": "Zzzz qqqq"}, {"department": "Zone 4"}, {"sector": "F 42"}])
def test_what_nothing_tells_stays_unknown(said: dict[str, str]) -> None:
    told = one(**said)
    assert (told.category, told.how) == ("", "unknown")


def test_below_the_threshold_the_answer_is_only_a_guess() -> None:
    model = load("cpv")
    told = one(category="General goods and sundry services")
    assert told.confidence < model.threshold
    assert (told.category, told.how) == ("", "unknown")
    assert told.guess in model.categories


@pytest.mark.parametrize("name", ["cpv", "proclass"])
def test_the_models_head_gives_the_figures_it_reached(name: str) -> None:
    model = load(name)
    unseen = model.figures["payments, suppliers not seen"]
    assert unseen["lines"] > 5_000
    assert unseen["interval"][0] < unseen["right"] < unseen["interval"][1]
    assert model.figures["confidence"]["calibration error"] < 0.05
    assert model.threshold == 0.5
    assert [a for a, b in zip(model.knots, model.knots[1:], strict=False) if a[1] > b[1]] == []


@pytest.mark.parametrize("name", ["cpv", "proclass"])
def test_no_pair_of_words_in_a_model_holds_a_given_name(name: str) -> None:
    text = files("holdfast.packs").joinpath("common", "given_names.csv").read_text(encoding="utf-8")
    names = {row["name"].upper() for row in csv.DictReader(text.splitlines())}
    assert [w for w in load(name).words if " " in w and names & set(w.split())] == []


def test_a_model_with_weights_missing_is_refused() -> None:
    head = '{"name": "x", "categories": ["a", "b"], "step": 1}'
    with pytest.raises(ValueError, match="weights"):
        parse("x", head + "\n---\nWORD\t1.0\tP\n")
