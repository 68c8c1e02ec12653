"""A place's own taxonomy: it outranks everything, and what is wrong in it is told by its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from holdfast.categories.own import doubts, in_taxonomy, load_own
from holdfast.categories.telling import Line, tell
from holdfast.core.problem import HoldfastError


def written(folder: Path, text: str) -> Path:
    path = folder / "categories.csv"
    path.write_text(text, encoding="utf-8")
    return path


def refused(folder: Path, text: str, taxonomy: str = "own") -> list[tuple[str, int | None]]:
    with pytest.raises(HoldfastError) as caught:
        in_taxonomy(load_own(written(folder, text)), taxonomy, "categories.csv")
    return [(p.code, p.row) for p in caught.value.problems]


def test_it_outranks_the_publishers_own_word(tmp_path: Path) -> None:
    own = in_taxonomy(load_own(written(tmp_path, "match,category\nCONSTRUCTION,80\n")), "cpv", "categories.csv")
    told = tell([Line("town", "Blue Ltd", "k", category="Construction")], "cpv", own).told[0]
    assert (told.category, told.how, told.why) == ("80", "categories.csv", "line 2 of categories.csv")


def test_a_supplier_with_a_label_outranks_the_label_and_a_later_line_an_earlier(tmp_path: Path) -> None:
    text = "match,category,supplier\nRepairs,Works,\nRepairs,Boats,Blue Limited\n4410,Roads,\nRepairs,Buildings,\n"
    own = in_taxonomy(load_own(written(tmp_path, text)), "own", "categories.csv")
    lines = [
        Line("town", "BLUE LTD", "b", category="Repairs"),
        Line("town", "Red Ltd", "r", category="repairs "),
        Line("town", "Green Ltd", "g", code="4410"),
        Line("town", "Grey Ltd", "y", category="Other"),
    ]
    assert [t.category for t in tell(lines, "own", own).told] == ["Boats", "Buildings", "Roads", ""]


def test_in_an_own_taxonomy_a_suppliers_other_payments_tell(tmp_path: Path) -> None:
    own = in_taxonomy(load_own(written(tmp_path, "match,category\nRepairs,Works\n")), "own", "categories.csv")
    lines = [Line("town", "Blue", "b", category="Repairs", pennies=5), Line("town", "Blue", "b", category="Sundry")]
    assert [t.how for t in tell(lines, "own", own).told] == ["categories.csv", "supplier"]


def test_a_category_of_cpv_may_be_given_by_code_or_name(tmp_path: Path) -> None:
    text = "match,category\na,45\nb,Construction work\nc,45 Construction work\n"
    own = in_taxonomy(load_own(written(tmp_path, text)), "cpv", "categories.csv")
    assert {e.category for e in own.entries.values()} == {"45"}


def test_bad_lines_are_told_by_their_number_and_all_at_once(tmp_path: Path) -> None:
    assert refused(tmp_path, "match,category\nRepairs,\nx,y\n,Works\n") == [("HF521", 2), ("HF521", 4)]
    assert refused(tmp_path, "match,category\nRepairs,Works of art\n", "cpv") == [("HF522", 2)]
    assert refused(tmp_path, "label,category\nRepairs,Works\n") == [("HF520", 1)]
    assert refused(tmp_path, "") == [("HF520", 1)]


def test_a_file_saved_by_a_spreadsheet_is_read(tmp_path: Path) -> None:
    path = tmp_path / "categories.csv"
    path.write_bytes("match,category\r\nCafés,Food\r\n".encode("cp1252"))
    assert load_own(path)[0].match == "Cafés"


def test_idle_and_contradicting_lines_are_told(tmp_path: Path) -> None:
    entries = load_own(written(tmp_path, "match,category\nRepairs,Works\nRepairs,Boats\nNever,Works\n"))
    found = [(p.code, p.row) for p in doubts(entries, {entries[0].key}, "categories.csv")]
    assert found == [("HF524", 3), ("HF523", 4)]
