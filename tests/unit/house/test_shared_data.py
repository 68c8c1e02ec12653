from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from support import data

UNPACK = """
import os, sys, zipfile
dest, name = sys.argv[1:]
with open(os.path.join(dest, "calls.txt"), "a") as calls:
    calls.write(name + "\\n")
here = os.path.dirname(os.path.abspath(__file__))
if os.path.exists(os.path.join(here, name + ".zip")):
    with zipfile.ZipFile(os.path.join(here, name + ".zip")) as z:
        z.extractall(os.path.join(dest, os.path.dirname(name)))
"""


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shared folder with one packed part, and an empty cache."""
    folder = tmp_path / "shared"
    (folder / "data" / "spend").mkdir(parents=True)
    (folder / "data" / "unpack.py").write_text(UNPACK)
    with zipfile.ZipFile(folder / "data" / "spend" / "town.zip", "w") as packed:
        packed.writestr("town/one.csv", "Amount\n1.00\n")
    cache = tmp_path / "cache"
    cache.mkdir()
    monkeypatch.setenv("HOLDFAST_SHARED", str(folder))
    monkeypatch.setenv("HOLDFAST_DATA_CACHE", str(cache))
    data.laid_out.cache_clear()
    return folder


def test_a_part_is_unpacked_once_and_found_again(shared: Path, tmp_path: Path) -> None:
    first = data.laid_out("spend/town")
    data.laid_out.cache_clear()
    assert data.laid_out("spend/town/") == first
    assert (first / "one.csv").read_text() == "Amount\n1.00\n"
    assert (tmp_path / "cache" / "calls.txt").read_text() == "spend/town\n"


def test_a_folder_inside_a_packed_part_comes_with_the_whole_part(shared: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(shared / "data" / "spend" / "county.zip", "w") as packed:
        packed.writestr("county/north/one.csv", "Amount\n1.00\n")
    assert (data.laid_out("spend/county/north") / "one.csv").is_file()
    assert (tmp_path / "cache" / "calls.txt").read_text() == "spend/county\n"


def test_data_that_lies_unpacked_needs_no_shared_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "spend" / "village").mkdir(parents=True)
    monkeypatch.setenv("HOLDFAST_DATA_CACHE", str(tmp_path))
    monkeypatch.setenv("HOLDFAST_SHARED", str(tmp_path / "nowhere"))
    data.laid_out.cache_clear()
    assert data.laid_out("spend/village") == tmp_path / "spend" / "village"


def test_a_missing_shared_folder_is_said_with_the_variable_to_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOLDFAST_DATA_CACHE", str(tmp_path))
    monkeypatch.setenv("HOLDFAST_SHARED", str(tmp_path / "nowhere"))
    data.laid_out.cache_clear()
    with pytest.raises(data.Absent, match="HOLDFAST_SHARED"):
        data.laid_out("spend/town")


def test_a_part_that_does_not_exist_is_an_error_and_not_a_skip(shared: Path) -> None:
    with pytest.raises(LookupError, match="CATALOG"):
        data.laid_out("spend/twon")
