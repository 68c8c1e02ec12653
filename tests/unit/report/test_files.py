"""The files of a report: one truth in every format, safe to open, the same bytes every time, whole or not at all."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

import pytest
from python_calamine import CalamineWorkbook

from holdfast.core.figures import Column, Results, ResultTable
from holdfast.core.problem import HoldfastError
from holdfast.report import write_ask, write_brief, write_report
from holdfast.report.csvs import csv_files, safe_name
from holdfast.report.machine import report_object
from report_example import NASTY, make_request, make_results

PERSON = "Ann Example"


@pytest.fixture(scope="module")
def results() -> Results:
    return make_results()


@pytest.fixture(scope="module")
def folder(results: Results, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("report")
    write_report(results, made)
    write_brief(results, made)
    write_ask(results, [make_request(results)], made / "ask")
    return made


def test_every_file_is_written_where_the_contract_says(folder: Path, results: Results) -> None:
    written = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    tables = {f"tables/{id}.csv" for id in results.tables}
    letters = {"ask/council.html", "ask/council.docx", "ask/council.csv", "ask/council-rows.csv"}
    rest = {"report.html", "report.json", "report.xlsx", "problems.csv", "brief.html", "brief.docx"}
    assert written == tables | letters | rest


def test_the_same_results_give_the_same_bytes(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    again = make_results()
    paths = write_report(again, tmp_path) + write_brief(again, tmp_path)
    paths += write_ask(again, [make_request(again)], tmp_path / "ask")
    for path in paths:
        assert path.read_bytes() == (folder / path.relative_to(tmp_path)).read_bytes(), path.name


def test_archives_hold_no_date_of_their_making(folder: Path) -> None:
    for name in ("report.xlsx", "brief.docx", "ask/council.docx"):
        with zipfile.ZipFile(folder / name) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_json_keeps_the_schema(results: Results, folder: Path) -> None:
    made = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert made["schema"] == "holdfast.report/1"
    assert made["place"] == "Rivermouth"
    assert made["run"] == results.run
    assert len(made["inputs"]) == len(results.inputs)
    ids = [f["id"] for f in made["figures"]]
    assert ids == sorted(f.id for f in results.figures)
    local = next(f for f in made["figures"] if f["id"] == "local-share.rivermouth.all.based.pooled")
    parts = {"area", "basis", "suppliers", "period", "vat", "anchors", "pooling", "scope", "prices"}
    assert set(local["definition"]) == parts
    needed = {"id", "measure", "value", "low", "high", "numerator", "denominator", "unit", "coverage", "definition"}
    assert needed <= set(local)
    assert Decimal(local["value"]) == results.figure(local["id"]).value


def test_no_number_of_the_json_is_a_float(results: Results) -> None:
    def floats(value: object) -> bool:
        if isinstance(value, dict):
            return any(map(floats, value.values()))
        if isinstance(value, list):
            return any(map(floats, value))
        return isinstance(value, float)

    assert not floats(report_object(results))


def test_unknown_is_null_and_tiny_decimals_have_no_exponent() -> None:
    table = ResultTable("t", "T", (Column("a", "A", "share"),), ((None,), (Decimal("0E-6"),), (Decimal("1E+3"),)))
    made = report_object(replace(make_results(anchors=1, years=1), tables={"t": table}))
    assert made["tables"][0]["rows"] == [[None], ["0.000000"], ["1000"]]


def test_csv_holds_every_digit_of_every_table(results: Results, folder: Path) -> None:
    for id, table in results.tables.items():
        with (folder / "tables" / f"{id}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0] == [c.name for c in table.columns]
        assert len(rows) == len(table.rows) + 1
        for got, meant in zip(rows[1:], table.rows, strict=True):
            for cell, value in zip(got, meant, strict=True):
                if isinstance(value, Decimal):
                    assert Decimal(cell) == value
                elif value is None:
                    assert cell == ""


def test_no_cell_of_any_csv_is_a_formula_or_holds_an_escape(folder: Path) -> None:
    seen = 0
    for path in folder.rglob("*.csv"):
        text = path.read_bytes().decode("utf-8")
        assert "\x1b" not in text
        for row in csv.reader(io.StringIO(text, newline="")):
            for cell in row:
                seen += cell.startswith("'=")
                assert not cell.startswith(("=", "+", "@", "\t", "\r"))
                assert not cell.startswith("-") or Decimal(cell) < 0
    assert seen, "the example holds a formula, so one must have been neutralised"


def test_the_workbook_holds_text_and_numbers_and_no_formula(folder: Path, results: Results) -> None:
    with zipfile.ZipFile(folder / "report.xlsx") as archive:
        sheets = [n for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
        assert len(sheets) == len(results.tables) + 4
        for name in sheets:
            sheet = archive.read(name).decode()
            assert "<f>" not in sheet
            assert "<hyperlink" not in sheet
        assert sum(b"<autoFilter" in archive.read(n) for n in sheets) == len(sheets) - 1
        assert sum(b'state="frozen"' in archive.read(n) for n in sheets) == len(sheets) - 1
    book = CalamineWorkbook.from_path(str(folder / "report.xlsx"))
    assert book.sheet_names[:2] == ["read me", "figures"]
    rows = book.get_sheet_by_name("where").to_python()
    amounts = [Decimal(str(row[1])).quantize(Decimal("0.01")) for row in rows[1:]]
    assert amounts == [row[1] for row in results.tables["where"].rows]


def test_long_and_odd_table_names_become_sheet_names_that_a_workbook_allows(tmp_path: Path) -> None:
    one = ResultTable("t", "T", (Column("a", "A"),), (("=1+1",),))
    names = ("a" * 40, "a" * 39 + "b", "odd/name:*?", "figures")
    made = replace(make_results(anchors=1, years=1), tables={n: replace(one, id=n) for n in names})
    write_report(made, tmp_path)
    book = CalamineWorkbook.from_path(str(tmp_path / "report.xlsx"))
    lowered = [n.lower() for n in book.sheet_names]
    assert len(set(lowered)) == len(lowered) == 8
    assert all(len(n) <= 31 for n in book.sheet_names)


def test_persons_are_named_in_no_file(folder: Path) -> None:
    for path in (p for p in folder.rglob("*") if p.is_file()):
        content = path.read_bytes()
        if path.suffix in (".xlsx", ".docx"):
            with zipfile.ZipFile(path) as archive:
                content = b"".join(archive.read(n) for n in archive.namelist())
        assert PERSON.encode() not in content, path.name


def test_a_person_among_the_largest_suppliers_is_not_named_on_the_page(results: Results, tmp_path: Path) -> None:
    table = results.tables["top_suppliers"]
    names = [c.name for c in table.columns]
    row = list(table.rows[0])
    row[names.index("supplier")], row[names.index("kind")] = PERSON, "person"
    made = replace(results, tables={**results.tables, "top_suppliers": replace(table, rows=(tuple(row), *table.rows))})
    write_report(made, tmp_path)
    write_brief(made, tmp_path)
    for name in ("report.html", "brief.html"):
        assert PERSON not in (tmp_path / name).read_text(encoding="utf-8")


def test_names_are_text_on_the_page_and_never_markup(folder: Path) -> None:
    for page in (folder / "report.html", folder / "ask/council.html"):
        text = page.read_text(encoding="utf-8")
        assert "<script" not in text
        assert "\x1b" not in text
        assert "49 &amp; Sons" not in text
    letter = (folder / "ask/council.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert" in letter
    assert "Société Générale d’Énergie Côtière" in letter


def test_the_page_needs_nothing_from_outside(folder: Path) -> None:
    for name in ("report.html", "brief.html", "ask/council.html"):
        text = (folder / name).read_text(encoding="utf-8")
        assert not re.findall(r"<(?:script|iframe|img|object|embed|link(?! rel=\"icon\"))", text)
        assert not re.findall(r'(?:src|href)="(?:https?:)?//', text)
        assert "@import" not in text
        assert not re.findall(r"url\((?!#)", text)


def test_the_page_of_the_example_is_below_300_kilobytes(folder: Path) -> None:
    assert len((folder / "report.html").read_bytes()) <= 300_000


def test_links_lead_to_files_and_places_that_exist(folder: Path) -> None:
    text = (folder / "report.html").read_text(encoding="utf-8")
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids)), sorted(i for i in set(ids) if ids.count(i) > 1)
    for target in re.findall(r'href="([^"]+)"', text):
        if target.startswith("#"):
            assert target[1:] in ids
        elif not target.startswith("data:"):
            assert (folder / target).is_file(), target
    for pattern in re.findall(r"url\(#([^)]+)\)", text):
        assert pattern in ids


def test_a_place_name_cannot_break_out_of_the_style_sheet(tmp_path: Path) -> None:
    write_report(replace(make_results(anchors=1, years=1), place='X"} body{display:none} </style><b>'), tmp_path)
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert text.count("</style>") == 1
    assert "body{display:none}" not in text.split("<style>")[1].split("</style>")[0]


def test_a_real_place_carries_no_fictional_banner(tmp_path: Path, folder: Path) -> None:
    write_report(make_results(anchors=1, years=1, fictional=False), tmp_path)
    assert "Fictional example" not in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Fictional example" in (folder / "report.html").read_text(encoding="utf-8")


EMPTY: dict[str, dict[str, object]] = {
    "one anchor, one year, one ring": {"anchors": 1, "years": 1, "rings": ("Rivermouth",)},
    "no rings": {"rings": ()},
    "nothing placed": {"placed": False},
    "no dates": {"years": 0},
    "two years": {"years": 2},
    "other currency": {"currency": "XOF", "anchors": 2, "years": 1},
    "four rings": {"rings": ("A", "B", "C", "D")},
    "no tables": {"without": tuple(make_results(anchors=1, years=1).tables)},
}


@pytest.mark.parametrize("case", EMPTY)
def test_what_is_missing_is_said_and_never_fails(case: str, tmp_path: Path) -> None:
    made = make_results(**EMPTY[case])  # type: ignore[arg-type]
    write_report(made, tmp_path)
    write_brief(made, tmp_path)
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "None" not in re.sub(r"<[^>]+>", " ", text.split("</style>")[1])
    assert "Decimal" not in text


def test_results_without_a_single_figure_still_make_a_report(tmp_path: Path) -> None:
    made = replace(make_results(anchors=1, years=1), figures=(), tables={}, inputs=(), problems=(), sources=())
    write_report(made, tmp_path)
    write_brief(made, tmp_path)
    assert "We cannot say yet" in (tmp_path / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, "HF901"), (errno.EACCES, "HF903")])
def test_a_failed_write_leaves_the_last_report_whole(
    number: int, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_results(anchors=1, years=1)
    write_report(made, tmp_path)
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    opened = os.fdopen
    monkeypatch.setattr("holdfast.report.files.os.fdopen", lambda handle, mode: _Full(opened(handle, mode), number))
    with pytest.raises(HoldfastError) as refused:
        write_report(replace(made, run="r-other"), tmp_path)
    assert refused.value.problems[0].code == code
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


class _Full:
    """A file that refuses a workbook, the third file of a report."""

    def __init__(self, file: BinaryIO, number: int) -> None:
        self.file, self.number = file, number

    def __enter__(self) -> _Full:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def write(self, content: bytes) -> int:
        if content.startswith(b"PK"):
            raise OSError(self.number, os.strerror(self.number))
        return self.file.write(content)


def test_a_table_id_cannot_leave_the_folder() -> None:
    assert safe_name("../../etc/passwd") == "etc-passwd"
    assert safe_name("///") == "unnamed"
    made = replace(make_results(anchors=1, years=1), tables={"../up": ResultTable("../up", "T", (), ())})
    assert set(csv_files(made)) == {"tables/up.csv", "problems.csv"}


def test_the_letter_can_be_returned_as_a_creditor_list(folder: Path) -> None:
    with (folder / "ask/council.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {"supplier_id", "name", "postcode", "company_number", "charity_number"} <= set(rows[0])
    assert len(rows) == 48
    assert all(row["postcode"] == "" for row in rows)
    assert [Decimal(r["amount"]) for r in rows] == sorted((Decimal(r["amount"]) for r in rows), reverse=True)


def test_the_letter_asks_only_for_what_is_needed(tmp_path: Path, results: Results) -> None:
    request = replace(make_request(results), needs=("vat basis",), suppliers=(), rows=(), unplaced=Decimal(0))
    paths = write_ask(results, [request], tmp_path)
    assert [p.name for p in paths] == ["council.html", "council.docx"]
    text = paths[0].read_text(encoding="utf-8")
    assert "include VAT" in text
    assert "creditor list" not in text
    assert "could not place" not in text


def test_documents_hold_the_same_words_as_the_pages(folder: Path, results: Results) -> None:
    import docx

    from holdfast.report import story
    from holdfast.report.findings import Findings

    for name, wanted in (("brief.docx", story.answer(Findings(results))), ("ask/council.docx", NASTY[3])):
        document = docx.Document(str(folder / name))
        cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
        said = " ".join([p.text for p in document.paragraphs] + cells)
        assert wanted.replace("\u00a0", " ") in said.replace("\u00a0", " ")
        headings = [p.style.name for p in document.paragraphs if p.style.name.startswith("Heading")]
        assert headings[0] == "Heading 1"
        assert headings.count("Heading 1") == 1
        assert document.core_properties.language == "en-GB"
