"""A run from files to report: whole, repeatable, and the same wherever the project lies."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from holdfast.core.problem import HoldfastError
from holdfast.project import Store, check, compare, diff, explain, load_results, requests, run
from holdfast.spend.reading import added
from holdfast.tables.contract import violations
from support.project import csv_text, files, make_project, payments


@pytest.fixture(scope="module", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What this user added to the shared cache is no part of a test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOLDFAST_CACHE", str(tmp_path_factory.mktemp("user-cache")))
        yield


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was run, with the run's id in no doubt; not to be changed."""
    folder = make_project(tmp_path_factory.mktemp("finished") / "littleport")
    run(folder)
    return folder


@pytest.fixture
def project(finished: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return shutil.copytree(finished, tmp_path / "littleport", symlinks=True)


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def refused(folder: Path) -> list[str]:
    with pytest.raises(HoldfastError) as caught:
        run(folder)
    return [p.code for p in caught.value.problems]


def independent_count() -> tuple[int, Decimal]:
    """Rows and money of all payment files, by the standard library alone."""
    amounts = []
    for name, text in files().items():
        if name.startswith("spend/"):
            amounts += [Decimal(row["Net Amount"]) for row in csv.DictReader(text.splitlines())]
    return len(amounts), sum(amounts, Decimal(0))


def test_a_run_writes_everything_that_is_promised(finished: Path) -> None:
    outcome = run(finished)
    names = set(contents(outcome.folder))
    promised = {"report.html", "report.json", "report.xlsx", "facts.parquet", "problems.csv", "manifest.json"}
    assert promised <= names
    assert any(n.startswith("tables/") for n in names)
    assert Store(finished).latest() == outcome.run
    assert (finished / "build" / "latest" / "report.html").is_file()


def test_the_facts_keep_their_contract_and_every_penny(finished: Path) -> None:
    facts = pq.read_table(run(finished).folder / "facts.parquet")
    assert violations(facts, "facts") == []
    assert (facts.num_rows, sum(facts.column("amount").to_pylist(), Decimal(0))) == independent_count()


def test_the_facts_stand_in_the_order_of_files_and_rows(finished: Path) -> None:
    facts = pq.read_table(run(finished).folder / "facts.parquet", columns=["anchor", "file", "row"]).to_pylist()
    places = [(["town", "college"].index(f["anchor"]), f["file"], f["row"]) for f in facts]
    assert places == sorted(places)


def test_the_same_inputs_are_recognised_and_their_results_stand(project: Path) -> None:
    first = run(project)
    before = contents(first.folder)
    again = run(project)
    assert (again.run, again.repeated) == (first.run, True)
    assert contents(again.folder) == before
    assert [p.code for p in again.problems] == [p.code for p in load_results(first.folder).problems]


def test_worked_out_again_the_results_are_the_same_to_the_byte(project: Path) -> None:
    before = contents(run(project).folder)
    again = run(project, force=True)
    assert not again.repeated
    assert contents(again.folder) == before


def test_without_a_cache_and_somewhere_else_the_results_are_the_same(finished: Path, tmp_path: Path) -> None:
    before = contents(run(finished).folder)
    elsewhere = make_project(tmp_path / "another" / "place")
    assert contents(run(elsewhere).folder) == before


def test_nothing_that_is_written_says_where_the_project_lies(finished: Path) -> None:
    found = contents(run(finished).folder)
    assert [name for name, data in found.items() if str(finished.parent).encode() in data] == []


def test_data_folders_may_lie_anywhere(finished: Path, tmp_path: Path) -> None:
    before = run(finished)
    moved = make_project(tmp_path / "moved")
    shutil.move(moved / "spend", tmp_path / "elsewhere" / "spend")
    outcome = run(moved, data=[tmp_path / "elsewhere"])
    assert outcome.run == before.run
    assert contents(outcome.folder) == contents(before.folder)


def test_a_damaged_result_is_made_again(project: Path) -> None:
    first = run(project)
    before = contents(first.folder)
    (first.folder / "report.html").write_text("gone", encoding="utf-8")
    again = run(project)
    assert not again.repeated
    assert contents(again.folder) == before


def test_a_note_in_the_settings_changes_nothing_and_a_setting_does(project: Path) -> None:
    first = run(project).run
    settings = project / "place.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "# a note\n", encoding="utf-8")
    assert run(project).run == first
    settings.write_text(settings.read_text(encoding="utf-8").replace("Littleport Town", "Port Town"), encoding="utf-8")
    assert run(project).run != first


def test_an_unchanged_file_is_not_read_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from holdfast.spend import reader

    run(project)
    opened: list[str] = []
    really = reader.open_source

    def watched(path: Path, label: str, *rest: Any) -> Any:
        opened.append(label)
        return really(path, label, *rest)

    monkeypatch.setattr(reader, "open_source", watched)
    (project / "spend" / "town" / "2023-07.csv").write_text(
        csv_text(payments(["2023-07"], rows=20, start=60)), encoding="utf-8", newline=""
    )
    run(project)
    assert opened == ["spend/town/2023-07.csv"]


def test_a_mapping_is_written_once_and_changes_nothing_until_it_is_corrected(project: Path) -> None:
    first = run(project)
    mapping = project / "mappings" / "town.toml"
    written = mapping.read_text(encoding="utf-8")
    assert run(project).run == first.run
    corrected = written.replace("department = ", "description = ")
    assert corrected != written
    mapping.write_text(corrected, encoding="utf-8")
    outcome = run(project)
    assert outcome.run != first.run
    assert mapping.read_text(encoding="utf-8") == corrected
    facts = pq.read_table(outcome.folder / "facts.parquet", filters=[("anchor", "=", "town")])
    assert facts.column("department").null_count == facts.num_rows
    assert facts.column("description").null_count == 0


def test_every_sum_leads_back_to_its_payments_to_the_penny(finished: Path) -> None:
    results = load_results(run(finished).folder)
    checked = 0
    for figure in results.figures:
        if figure.where and figure.denominator is not None:
            found = explain(finished, figure.id, limit=3)
            assert found.adds_up, figure.id
            checked += found.tells_counted
    assert checked > 20


def test_an_explanation_names_file_and_row(finished: Path) -> None:
    run(finished)
    found = explain(finished, "local-share.littleport.all.based.pooled", limit=1000)
    files_and_rows = {(p["file"], p["row"]) for p in found.payments}
    assert len(files_and_rows) == found.all_payments
    for payment in found.payments:
        lines = (finished / payment["file"]).read_text(encoding="utf-8").splitlines()
        assert f"{payment['amount']:.2f}" in lines[payment["row"] - 1]


def test_a_figure_that_is_not_there_is_refused_with_a_suggestion(finished: Path) -> None:
    run(finished)
    with pytest.raises(HoldfastError) as caught:
        explain(finished, "local-share.litleport.all.based.pooled")
    (problem,) = caught.value.problems
    assert problem.code == "HF408"
    assert "local-share.littleport.all.based.pooled" in problem.what_to_do


def test_diff_says_what_changed_and_adds_up(project: Path) -> None:
    before = run(project)
    (project / "spend" / "town" / "2023-06.csv").unlink()
    (project / "spend" / "town" / "2023-07.csv").write_text(
        csv_text(payments(["2023-07"], rows=20, start=60)), encoding="utf-8", newline=""
    )
    (project / "scope.csv").write_text("supplier,scope\nFarland Systems plc,grants\n", encoding="utf-8")
    after = run(project)
    found = diff(before.folder, after.folder)
    told = {(c.kind, c.what) for c in found.causes}
    assert ("payment file", "spend/town/2023-06.csv (town)") in told
    assert ("payment file", "spend/town/2023-07.csv (town)") in told
    assert ("other file", "scope.csv (scope)") in told
    assert {m.reason for m in found.moved} >= {
        "only in the first run",
        "only in the second run",
        "counted in another scope",
    }
    share = next(f for f in found.figures if f.id == "local-share.shire.all.based.pooled")
    old, new = load_results(before.folder).figure(share.id), load_results(after.folder).figure(share.id)
    assert old.numerator is not None
    assert new.numerator is not None
    assert sum(counted for _, counted, _ in share.why) == new.numerator - old.numerator
    assert sum(everything for _, _, everything in share.why) == (new.denominator or 0) - (old.denominator or 0)


def test_payments_that_are_placed_no_more_or_for_the_first_time_are_told_from_those_placed_elsewhere(
    project: Path,
) -> None:
    before = run(project)
    kept = [line for line in files()["creditors.csv"].splitlines() if "Quayside" not in line]
    (project / "creditors.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    after = run(project)
    lost, found = diff(before.folder, after.folder), diff(after.folder, before.folder)
    # the payments lose where they are, and so much else of the supplier that the reason may be another match
    assert {m.reason for m in lost.moved} == {"no longer placed"}
    assert {m.reason for m in found.moved} == {"newly placed"}


@pytest.mark.parametrize("damage", ["gone", "cut"])
def test_a_run_without_its_payments_is_no_run_to_explain(project: Path, damage: str) -> None:
    outcome = run(project)
    facts = outcome.folder / "facts.parquet"
    facts.unlink() if damage == "gone" else facts.write_bytes(facts.read_bytes()[:100])
    for use in (lambda: explain(project, "local-share.littleport.all.based.pooled"), lambda: requests(project)):
        with pytest.raises(HoldfastError) as caught:
            use()
        assert [p.code for p in caught.value.problems] == ["HF407"]


def test_amounts_without_a_currency_are_a_guess_where_the_place_sets_another_than_the_countrys(tmp_path: Path) -> None:
    settings = files()["place.toml"].replace('country = "fictional"', 'country = "fictional"\ncurrency = "EUR"')
    checked = check(make_project(tmp_path / "guess", {"place.toml": settings}))
    assert {p.code for p in checked.problems if p.code == "HF343"} == {"HF343"}
    told = {name: text.replace("Net Amount", "Net Amount (EUR)") for name, text in files().items() if "spend/" in name}
    checked = check(make_project(tmp_path / "told", {"place.toml": settings, **told}))
    assert "HF343" not in {p.code for p in checked.problems}


def test_money_in_another_currency_is_read_and_left_out_of_figures(tmp_path: Path) -> None:
    name = "spend/town/2023-06.csv"
    rows = files()[name].splitlines()
    mixed = [rows[0] + ",Currency", rows[1] + ",EUR", *(r + ",GBP" for r in rows[2:])]
    place = make_project(tmp_path / "mixed", {name: "\n".join(mixed) + "\n"})
    results = load_results(run(place).folder)
    assert any(p.code == "HF319" for p in results.problems)
    assert any("left out of all figures" in p.message for p in results.problems)


def test_a_run_does_not_differ_from_itself(finished: Path) -> None:
    outcome = run(finished)
    found = diff(outcome.folder, outcome.folder)
    parts = (found.causes, found.moved, found.figures, found.only_before, found.only_after)
    assert parts == ((), (), (), (), ())


def test_places_on_one_definition_stand_side_by_side_and_others_are_refused(finished: Path, tmp_path: Path) -> None:
    assert len(compare([finished, finished]).rows[0].figures) == 2
    gross = files()["spend/college/2023.csv"].replace("Net Amount", "Gross Amount")
    unlike = make_project(tmp_path / "unlike", {"spend/college/2023.csv": gross})
    run(unlike)
    with pytest.raises(HoldfastError) as caught:
        compare([finished, unlike])
    assert [p.code for p in caught.value.problems] == ["HF701"]
    assert "VAT" in caught.value.problems[0].message


def test_each_anchor_is_asked_for_what_it_lacks(finished: Path) -> None:
    run(finished)
    _, wanted = requests(finished)
    town, college = wanted
    assert [r.anchor.id for r in wanted] == ["town", "college"]
    assert "creditor list" not in town.needs
    assert {"creditor list", "contract register"} <= set(college.needs)
    assert college.unplaced == sum(s.amount for s in college.suppliers)
    assert [s.amount for s in college.suppliers] == sorted((s.amount for s in college.suppliers), reverse=True)


def test_a_check_counts_and_writes_no_result(tmp_path: Path) -> None:
    project = make_project(tmp_path / "fresh")
    checked = check(project)
    count, total = independent_count()
    assert sum(c.typed for c in checked.controls) == count
    assert added(c.totals for c in checked.controls) == {"GBP": total}
    assert not (project / "build").exists()
    assert not (project / "mappings").exists()


def test_a_pattern_that_matches_nothing_is_refused(project: Path) -> None:
    shutil.rmtree(project / "spend" / "college")
    assert refused(project) == ["HF405"]


def test_a_project_without_a_payment_is_refused_and_leaves_nothing(project: Path) -> None:
    for path in (project / "spend").rglob("*.csv"):
        path.write_bytes(b"")
    before = Store(project).runs()
    assert "HF413" in refused(project)
    assert Store(project).runs() == before


@pytest.mark.parametrize("amount", ["Net Amount", "Remarks"])
def test_an_anchor_of_which_nothing_can_be_read_stops_run_and_check(tmp_path: Path, amount: str) -> None:
    header = (*HEADER_OF[:-1], amount)
    unread = csv_text([header, *((*row[:-1], "see annex") for row in payments(["2023-04"])[1:])])
    project = make_project(tmp_path / "littleport", {"spend/college/2023.csv": unread})
    for command in (run, check):
        with pytest.raises(HoldfastError) as caught:
            command(project)
        last = caught.value.problems[-1]
        assert (caught.value.exit_code, last.code) == (1, "HF415")
        assert "Shire College" in last.message
        assert "spend/college/2023.csv" in last.message
    settings = (project / "place.toml").read_text(encoding="utf-8")
    allowed = settings.replace('kind = "college"', 'kind = "college"\nmay_be_empty = true')
    (project / "place.toml").write_text(allowed, encoding="utf-8")
    assert run(project).folder.is_dir()


def test_a_file_of_another_body_is_refused(project: Path) -> None:
    rows = [("Body Name", *HEADER_OF), *(("Farland District Council", *r) for r in payments(["2023-07"])[1:])]
    (project / "spend" / "town" / "stray.csv").write_text(csv_text(rows), encoding="utf-8", newline="")
    assert refused(project) == ["HF409"]


HEADER_OF = payments([])[0]


def test_a_file_that_cannot_be_read_is_listed_and_the_others_count(project: Path) -> None:
    (project / "spend" / "town" / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    outcome = run(project)
    assert "HF102" in {p.code for p in outcome.problems}
    assert pq.read_metadata(outcome.folder / "facts.parquet").num_rows == independent_count()[0]


def test_a_formula_or_an_escape_in_a_name_is_only_text(project: Path) -> None:
    name = '=CMD("x")\x1b[31m<script>alert(1)</script>'
    rows = [*payments([]), *((r[0], name, "S9", *r[3:]) for r in payments(["2023-07"])[1:])]
    (project / "spend" / "college" / "odd.csv").write_text(csv_text(rows), encoding="utf-8", newline="")
    outcome = run(project)
    text = {name: data for name, data in contents(outcome.folder).items() if name.endswith((".csv", ".html", ".json"))}
    assert not [name for name, data in text.items() if b"\x1b" in data]
    assert b"<script>alert" not in text["report.html"]
    for name, data in text.items():
        if name.endswith(".csv"):
            cells = [cell for row in csv.reader(data.decode("utf-8").splitlines()) for cell in row]
            assert not [cell for cell in cells if cell.startswith("=")], name


def test_the_manifest_names_every_input_and_output_by_hash(finished: Path) -> None:
    outcome = run(finished)
    manifest = json.loads((outcome.folder / "manifest.json").read_text(encoding="utf-8"))
    made_from = manifest["made_from"]
    assert {e["name"] for e in made_from["spend"]} == {n for n in files() if n.startswith("spend/")}
    assert {e["name"] for e in made_from["others"]} == {
        "creditors.csv",
        "registers/own.csv",
        "places/areas.csv",
        "places/postcodes.csv",
    }
    assert set(manifest["outputs"]) == set(contents(outcome.folder)) - {"manifest.json"}
    assert {"holdfast", "code", "duckdb", "pyarrow"} <= set(made_from["versions"])


def test_a_run_again_is_the_same_run_though_headers_are_spelt_in_several_ways(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "littleport")
    spend = sorted((folder / "spend").rglob("*.csv"))
    for path, spelling in zip(spend, ("Net Amount", "net  amount", "NET AMOUNT (£)", "Net Amount"), strict=False):
        path.write_text(path.read_text(encoding="utf-8").replace("Net Amount", spelling, 1), encoding="utf-8")
    first, again = run(folder), run(folder)
    assert list((folder / "mappings").glob("*.toml"))
    assert (again.run, again.repeated) == (first.run, True)


def test_a_correction_is_told_beside_the_step_that_it_changed(project: Path) -> None:
    line = "Farland Systems plc,,grants,A. Officer,2026-11-02,passed on\n"
    (project / "scope.csv").write_text("supplier,category,scope,by,when,why\n" + line, encoding="utf-8")
    results = load_results(run(project).folder)
    (step,) = [r for r in results.tables["bridge"].records() if r["step"] == "grants"]
    facts = pq.read_table(run(project).folder / "facts.parquet").to_pylist()
    moved = [f["amount"] for f in facts if f["scope"] == "grants"]
    why = "decided by A. Officer on 2026-11-02: passed on"
    said = f"£{sum(moved):,.2f} in {len(moved)} payments by your correction ({why})"
    assert said in str(step["note"]).replace("GBP ", "£")


def test_places_whose_rings_are_made_in_other_ways_are_not_compared(finished: Path, tmp_path: Path) -> None:
    text = files()["place.toml"].replace('areas = ["RM900001"]', "radius_km = 5\ncentre = [54.5, 2.5]", 1)
    round_ = make_project(tmp_path / "round", {"place.toml": text})
    run(round_)
    with pytest.raises(HoldfastError) as refusal:
        compare([finished, round_])
    assert "told in different ways" in refusal.value.problems[0].message


def test_a_comparison_says_where_months_are_missing(finished: Path, tmp_path: Path) -> None:
    other = make_project(tmp_path / "other")
    run(other)
    found = compare([finished, other])
    assert {p.code for p in found.problems} == {"HF707"}
    assert all("2023/24" in p.message for p in found.problems)
