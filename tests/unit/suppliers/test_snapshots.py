"""Snapshots in the cache: added once, whole or not at all, found again, chosen by their day."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from holdfast.core.lock import only_one
from holdfast.core.problem import HoldfastError
from holdfast.suppliers import snapshots
from holdfast.suppliers.published import date_in_name, day_of
from holdfast.suppliers.register import Register, load_register
from holdfast.suppliers.snapshots import chunks, store
from holdfast.suppliers.snapshots.store import Snapshot

from .support import COMPANIES, UK, payees, resolved


def added(
    cache: Path, text: str = COMPANIES, name: str = "companies-2020-05-01.csv", kind: str = "companies"
) -> Snapshot:
    path = cache / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return snapshots.add(path, kind, cache / "cache", UK)


def rows(register: Register) -> dict[str, list[dict[str, object]]]:
    """The tables of a register, in memory or in files, without what only files have."""
    found = {}
    for name, table in register.tables().items():
        read = pq.read_table(table) if isinstance(table, Path) else table
        found[name] = read.drop_columns([c for c in ("core", "form") if name == "names" and c in read.column_names])
    return {name: table.to_pylist() for name, table in found.items()}


def left(cache: Path) -> list[str]:
    return [p.name for p in cache.rglob("*.part")]


def test_a_snapshot_says_what_it_is_and_holds_what_the_file_does(tmp_path: Path) -> None:
    one = added(tmp_path)
    assert (one.kind, one.title, one.date, one.rows, one.counts["organisations"]) == (
        "companies",
        "Companies House",
        "2020-05-01",
        5,
        5,
    )
    assert one.licence == "Companies House: free of restrictions"
    assert rows(one.register()) == rows(load_register("companies", tmp_path / "companies-2020-05-01.csv", UK))
    assert snapshots.snapshots(tmp_path / "cache", UK) == [one]
    assert left(tmp_path) == []


@pytest.mark.parametrize("block", [1 << 20, 300, 700])
def test_a_file_read_in_pieces_gives_what_it_gives_at_once(
    tmp_path: Path, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunks, "BLOCK", block)
    lines = COMPANIES.splitlines()
    text = "\n".join([lines[0], *(line.replace(",12", f",{n}2", 1) for n in range(30) for line in lines[1:])]) + "\n"
    one = added(tmp_path, text)
    assert rows(one.register()) == rows(load_register("companies", tmp_path / "companies-2020-05-01.csv", UK))


def test_all_columns_of_the_company_register_are_kept(tmp_path: Path) -> None:
    one = added(tmp_path)
    kept = pq.read_table(one.folder / "published.parquet")
    assert kept.column_names == COMPANIES.splitlines()[0].split(",")
    assert kept.num_rows == 5


def test_a_cached_register_links_as_the_file_does(tmp_path: Path) -> None:
    one = added(tmp_path).register()
    file = load_register("companies", tmp_path / "companies-2020-05-01.csv", UK)
    paid = payees(
        {"supplier": "Bay Foods"},
        {"supplier": "Old Bay Foods Ltd"},
        {"supplier": "Harbour"},
        {"supplier": "X", "company_number": "126"},
    )
    assert resolved(paid, [one]) == resolved(paid, [file])
    assert resolved(paid, [one])[0][0]["org_id"] == "GB-COH-00000123"


def test_names_taken_apart_by_other_rules_are_taken_apart_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = added(tmp_path)
    monkeypatch.setattr(store, "parts", lambda: "others")
    assert not one.register().parted
    assert resolved(payees({"supplier": "Bay Foods"}), [one.register()])[0][0]["org_id"] == "GB-COH-00000123"


def test_the_same_bytes_are_converted_once_and_can_be_dated_anew(tmp_path: Path) -> None:
    first = added(tmp_path, name="companies.csv")
    assert [p.code for p in first.problems if p.code == "HF510"] == ["HF510"]
    again = snapshots.add(
        tmp_path / "companies.csv", "companies", tmp_path / "cache", UK, date="2020-05", licence="OGL"
    )
    assert (again.id, again.date, again.licence) == (first.id, "2020-05", "OGL")
    assert [p for p in again.problems if p.code == "HF510"] == []
    assert snapshots.snapshots(tmp_path / "cache", UK) == [again]


def test_one_is_found_by_the_beginning_of_its_id_and_removed(tmp_path: Path) -> None:
    one = added(tmp_path)
    cache = tmp_path / "cache"
    assert snapshots.find(cache, UK, one.id[:14]) == one
    with pytest.raises(HoldfastError) as refused:
        snapshots.find(cache, UK, "companies-zzz")
    assert (refused.value.problems[0].code, refused.value.exit_code) == ("HF507", 2)
    assert snapshots.remove(cache, UK, one.id[:14]) == one.id
    assert snapshots.snapshots(cache, UK) == []
    assert left(tmp_path) == []


def test_a_snapshot_of_another_version_is_listed_apart_and_made_again(tmp_path: Path) -> None:
    one = added(tmp_path)
    about = json.loads((one.folder / "about.json").read_text(encoding="utf-8"))
    (one.folder / "about.json").write_text(json.dumps({**about, "format": 0}), encoding="utf-8")
    cache = tmp_path / "cache"
    assert (snapshots.snapshots(cache, UK), snapshots.unreadable(cache, UK)) == ([], [one.id])
    assert added(tmp_path).id == one.id
    assert snapshots.unreadable(cache, UK) == []
    (one.folder / "names.parquet").unlink()
    assert snapshots.unreadable(cache, UK) == [one.id]
    assert snapshots.remove(cache, UK, one.id) == one.id


HEAD = "CompanyName,CompanyNumber,CompanyCategory,RegAddress.PostCode\n"


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("empty.csv", b"", "HF101", "empty"),
        ("head.csv", HEAD.encode(), "HF501", "no rows"),
        ("blank.csv", (HEAD + ",1,,\n").encode(), "HF501", "no row with a name"),
        ("cut.csv", (HEAD + "A,1,LTD,RM1 1AA\nB,2,LT").encode(), "HF106", "middle of a row"),
        ("quote.csv", (HEAD + 'A,1,LTD,RM1 1AA\n"B, 2').encode(), "HF106", "middle of a row"),
        ("cut.csv.gz", gzip.compress((HEAD + "A,1,LTD,\n" * 999).encode())[:-30], "HF106", "too early"),
        ("cut.zip", b"PK\x03\x04half a download", "HF106", "too early"),
        ("wrong.csv", b"alpha,beta\n1,2\n", "HF501", "Columns found: alpha, beta"),
        ("page.csv", b"<html>not found</html>", "HF501", "web page"),
        (
            "cut.json",
            b'[{"registered_charity_number": 1, "charity_name": "A"}, {"registered',
            "HF106",
            "middle of a record",
        ),
    ],
    ids=["empty", "head", "blank", "cut", "quote", "gzip", "zip", "wrong", "page", "json"],
)
def test_what_cannot_be_a_register_leaves_nothing_behind(
    tmp_path: Path, name: str, content: bytes, code: str, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(HoldfastError, match=said) as refused:
        snapshots.add(tmp_path / name, "companies", tmp_path / "cache", UK)
    assert refused.value.problems[0].code == code
    assert snapshots.snapshots(tmp_path / "cache", UK) == []
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    "ending", ['{"registered_charity_number": "1234568", "charity_na', '{"registered_charity_number": "1"}']
)
def test_a_list_of_records_that_was_cut_off_is_refused(tmp_path: Path, ending: str) -> None:
    (tmp_path / "c.json").write_text(
        '[{"registered_charity_number": "1234567", "charity_name": "A"},' + ending, "utf-8"
    )
    with pytest.raises(HoldfastError, match="middle of a record"):
        snapshots.add(tmp_path / "c.json", "charities", tmp_path / "cache", UK)


def test_a_file_of_another_encoding_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_bytes((HEAD + "A,1,LTD,\n" * 3 + "CAF\xc9,4,LTD,\n").encode("cp1252"))
    one = snapshots.add(tmp_path / "c.csv", "companies", tmp_path / "cache", UK)
    assert pq.read_table(one.folder / "organisations.parquet").column("name").to_pylist()[-1] == "CAFÉ"


def test_a_file_whose_rows_are_all_short_is_not_taken_for_a_half_one(tmp_path: Path) -> None:
    one = added(tmp_path, HEAD + "A,1,LTD\nB,2\nC,3,LTD")
    assert one.counts["organisations"] == 3


def test_extracts_and_lists_of_one_layout_are_registers_of_their_own(tmp_path: Path) -> None:
    extract = added(tmp_path, HEAD + "A,1,LTD,\n", "south-2024-01.csv")
    whole = added(tmp_path, "org_id_a,org_id_b,org_name\nGB-CHC-1,GB-COH-1,A\n", "same-2024.csv", "mutuals")
    assert extract.series == "Companies House: south"
    assert whole.series == "Numbers of one organisation: same"


def test_rows_of_another_width_are_kept_and_said(tmp_path: Path) -> None:
    one = added(tmp_path, HEAD + "A,1\nB,2,LTD,RM1 1AA\nC,3,LTD,RM2 2BB,more\n")
    assert sorted(pq.read_table(one.folder / "organisations.parquet").column("name").to_pylist()) == ["A", "B", "C"]
    assert [(p.code, p.count) for p in one.problems if p.code == "HF110"] == [("HF110", 2)]


def test_entries_that_share_a_number_are_said_with_the_first(tmp_path: Path) -> None:
    one = added(tmp_path, HEAD + "A,1,LTD,\nB,2,LTD,\nC,1,LTD,\nD,1,LTD,\n")
    [said] = [p for p in one.problems if p.code == "HF508"]
    assert (said.count, said.row, said.value) == (2, 2, "GB-COH-00000001")


def test_an_older_layout_is_read_and_what_it_lacks_is_said(tmp_path: Path) -> None:
    one = added(tmp_path, HEAD + "A,1,LTD,\n")
    [said] = [p for p in one.problems if p.code == "HF509"]
    assert "incorporationdate" in said.message


def test_a_number_that_cannot_be_one_is_said(tmp_path: Path) -> None:
    one = added(tmp_path, HEAD + "A,1,LTD,\nB,not a number,LTD,\n")
    assert [(p.code, p.row) for p in one.problems if p.code == "HF504"] == [("HF504", 3)]


def test_while_one_is_added_another_is_refused(tmp_path: Path) -> None:
    with only_one(store.home(tmp_path / "cache", UK)), pytest.raises(HoldfastError) as refused:
        added(tmp_path)
    assert refused.value.problems[0].code == "HF411"


def test_what_a_killed_process_left_is_cleared_away(tmp_path: Path) -> None:
    half = store.home(tmp_path / "cache", UK) / ".companies-123.abc.part"
    half.mkdir(parents=True)
    (half / "names.parquet").write_bytes(b"half")
    added(tmp_path)
    assert left(tmp_path) == []


@pytest.mark.parametrize("what", ["folder", "none"])
def test_what_is_no_file_is_refused(tmp_path: Path, what: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(HoldfastError) as refused:
        snapshots.add(tmp_path / what, "companies", tmp_path / "cache", UK)
    assert refused.value.problems[0].code == "HF104"


def test_the_largest_table_of_an_archive_is_read_and_dates_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "latest.zip", "w") as archive:
        archive.writestr("readme.txt", "x")
        archive.writestr("BasicCompanyDataAsOneFile-2021-03-01.csv", COMPANIES)
    one = snapshots.add(tmp_path / "latest.zip", "companies", tmp_path / "cache", UK)
    assert (one.date, one.rows) == ("2021-03-01", 5)


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("BasicCompanyDataAsOneFile-2020-05-01.csv", "2020-05-01"),
        ("edubasealldata20251126.csv", "2025-11-26"),
        ("CharityExport-18-Jul-2023.csv", "2023-07-18"),
        ("co-operatives_uk_2023_q2.csv", "2023-06"),
        ("uk_gpg_2019_2020.csv", "2020"),
        ("uk_gpg_2019-20.csv", "2020"),
        ("list-2019-04.csv", "2019-04"),
        ("2017-06__co-ops.csv", "2017-06"),
        ("list_2018.csv", "2018"),
        ("companies.csv", ""),
        ("10231623.csv", ""),
    ],
)
def test_the_name_of_a_file_tells_its_day(name: str, date: str) -> None:
    assert date_in_name(name) == date
    assert (day_of(date) is None) == (date == "")


def test_the_snapshot_nearest_to_the_payments_is_chosen_of_each_register(tmp_path: Path) -> None:
    for i, day in enumerate(("2018-01-01", "2020-06-01", "2020-09-01", "2024-01-01")):
        added(tmp_path, COMPANIES.replace("BAY", f"BAY{i}"), f"companies-{day}.csv")
    gap = "EmployerName,CompanyNumber,EmployerSize\nBIG LTD,1,250 to 499\n"
    added(tmp_path, gap, "gpg-2012.csv")
    known = snapshots.snapshots(tmp_path / "cache", UK)

    def chosen(first: str, last: str) -> list[str]:
        return [s.date for s in snapshots.nearest(known, "companies", first, last)]

    assert chosen("2020-04-01", "2021-03-31") == ["2020-09-01", "2012"]
    assert chosen("2019-04-01", "2019-05-01") == ["2020-06-01", "2012"]
    assert chosen("2010-04-01", "2011-03-31") == ["2018-01-01", "2012"]
    assert chosen("", "") == ["2024-01-01", "2012"]
    assert snapshots.nearest(known, "charities", "2020-01-01", "2020-12-31") == []


def test_a_register_of_another_time_is_said(tmp_path: Path) -> None:
    source = added(tmp_path).register().source
    assert snapshots.out_of_time(source, "2019-06-01", "2021-01-01") == []
    assert "proves nothing" in snapshots.out_of_time(source, "2011-01-01", "2021-01-01")[0].message
    assert "founded since" in snapshots.out_of_time(source, "2021-01-01", "2023-01-01")[0].message
    assert snapshots.out_of_time(source, "", "") == []


def test_official_registers_name_layouts_and_kinds_that_there_are() -> None:
    from datetime import date

    from holdfast.suppliers.adapters import ADAPTERS
    from holdfast.suppliers.register import KINDS

    titles = {a.title: a.kinds for a in ADAPTERS}
    found = snapshots.officials(UK)
    assert len({o.id for o in found}) == len(found) > 10
    for o in found:
        assert o.kind in KINDS
        assert o.kind in titles[o.layout], o.id
        assert o.page.startswith("https://")
        for address in o.addresses(date(2025, 1, 3)) if o.address else []:
            assert address.startswith("https://")
            assert "{" not in address
    assert snapshots.official(UK, "companies", "companies-house").addresses(date(2025, 1, 3)) == [
        "https://download.companieshouse.gov.uk/BasicCompanyDataAsOneFile-2025-01-01.zip",
        "https://download.companieshouse.gov.uk/BasicCompanyDataAsOneFile-2024-12-01.zip",
    ]
    for kind, id in (("companies", ""), ("owners", "ocod"), ("own", "")):
        with pytest.raises(HoldfastError) as refused:
            snapshots.official(UK, kind, id)
        assert refused.value.exit_code == 2
