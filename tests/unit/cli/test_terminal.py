"""What a person sees: grouped problems, safe text, stable exit codes, no traceback."""

from __future__ import annotations

import io
import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.cli.problems import show, worth_stopping
from holdfast.cli.terminal import clean, columns, fits, folded, paint
from holdfast.core.problem import Problem


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


def lines(capsys: pytest.CaptureFixture[str], *problems: Problem, notes: bool = True) -> list[str]:
    show(problems, notes=notes)
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err.splitlines()


def test_a_problem_says_what_where_the_value_and_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    problem = Problem("HF301", "the amount is not a number", file="a.csv", row=214, column="Amt £", value="n/a")
    assert lines(capsys, problem) == [
        "error[HF301]: the amount is not a number",
        "  --> a.csv:214 (column 'Amt £')",
        "   | n/a",
        "   = help: Correct the cell; write amounts like 1204.50.",
        "",
        "1 error",
    ]


def test_the_same_kind_stands_once_with_how_many_more_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    problems = [
        Problem("HF301", "no number", file=f"{i}.csv", row=2, count=10, amount=Decimal("1.50")) for i in range(941)
    ]
    shown = lines(capsys, *problems)
    assert [line for line in shown if line.startswith("  -->")] == ["  --> 0.csv:2", "  --> 1.csv:2", "  --> 2.csv:2"]
    assert "   = and 9,407 more like this in 938 other files, £1,411.50 in all" in shown
    assert shown[-1] == "941 errors"


def test_what_calls_for_another_answer_is_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    show([Problem("HF405", "a matches no file."), Problem("HF405", "b matches no file.", help="Ask for b.")])
    told = capsys.readouterr().err
    assert told.count("[HF405]") == 2
    assert told.index("Ask for b.") > told.index("b matches no file.")


def test_errors_come_first_and_notes_can_be_left_to_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    problems = [Problem("HF309", "credits"), Problem("HF208", "no VAT"), Problem("HF101", "empty")]
    heads = [line for line in lines(capsys, *problems) if "]: " in line]
    assert heads == ["error[HF101]: empty", "warning[HF208]: no VAT", "note[HF309]: credits"]
    shown = lines(capsys, *problems, notes=False)
    assert "1 note (HF309) in problems.csv" in shown
    assert not [line for line in shown if line.startswith("note[")]


def test_notes_are_no_problems() -> None:
    assert not worth_stopping([Problem("HF309", "credits")])
    assert worth_stopping([Problem("HF309", "credits"), Problem("HF208", "no VAT")])


def test_text_from_files_is_neither_markup_nor_command(capsys: pytest.CaptureFixture[str]) -> None:
    value = "\x1b[31m[bold]Evil\x07\u202e\r\nLtd[/bold]\x9b2J"
    shown = lines(capsys, Problem("HF301", "no number", file=value, value=value))
    assert shown[1] == "  --> [31m[bold]Evil Ltd[/bold]2J"


@given(st.text())
def test_a_cleaned_line_holds_nothing_a_terminal_acts_on(text: str) -> None:
    cleaned = clean(text)
    assert cleaned == clean(cleaned)
    assert not [c for c in cleaned if ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u202e\u2066\u2028"]


@pytest.mark.parametrize(("variable", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colour_is_for_terminals_that_want_it(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    assert paint("x", "error", Screen()) == "\x1b[1;31mx\x1b[0m"
    assert paint("x", "error", io.StringIO()) == "x"
    monkeypatch.setenv(variable, value)
    assert paint("x", "error", Screen()) == "x"


def test_columns_line_up() -> None:
    assert columns([("a", "1"), ("bb\n", "22")], right=[1]) == ["a     1", "bb   22"]


def test_a_line_is_folded_between_words_and_goes_on_under_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert folded("   = help: Add the files of those months, or say how to treat the year.", Screen()) == [
        "   = help: Add the files of those",
        "     months, or say how to treat the",
        "     year.",
    ]
    assert folded("note[HF1]: " + "word " * 8, Screen())[1].startswith("  word")
    path = "  --> spend/a-folder/" + "a" * 40 + ".csv:12"
    assert path.split()[-1] in " ".join(folded(path, Screen())).split()
    assert folded("anchors    one and two and three and four and five", Screen(), 11)[1] == " " * 11 + "four and five"


def test_what_nobody_looks_at_stays_on_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert folded("word " * 30, io.StringIO()) == ["word " * 30]
    assert fits(["x" * 300], io.StringIO())
    assert not fits(["x" * 41], Screen())


def test_nobody_watching_means_no_progress() -> None:
    from holdfast.cli.progress import progress

    assert not sys.stderr.isatty()
    with progress() as tell:
        assert tell is None
