# ruff: noqa: E501
"""What was read is kept: an unchanged file is not read again, a changed one is, and a damaged entry is as good as none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from holdfast.spend import reader
from holdfast.spend.reader import as_text, read
from holdfast.spend.sources import Source
from unit.spend.reads import codes, lines, put

ROWS = [f"Umber {d} Ltd,{d:02d}/06/2023,{d}.505" for d in range(1, 25)] + [
    "Oak Ltd,31/31/2023,x",
    "REDACTED,25/06/2023,-7.00",
]
TEXT = lines(ROWS)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of files that are read, as they are."""
    names: list[str] = []
    original: Callable[..., object] = reader.read_source

    def read_source(source: Source, *rest: object) -> object:
        names.append(source.path)
        return original(source, *rest)

    monkeypatch.setattr(reader, "read_source", read_source)
    return names


def test_a_second_reading_finds_the_same_without_reading_again(tmp_path: Path, opened: list[str]) -> None:
    files, cache = put(tmp_path, a=TEXT, b=TEXT + "Elm Ltd,26/06/2023,1.00\n"), tmp_path / "cache"
    first = read(files, root=tmp_path, cache=cache)
    assert opened == ["a.csv", "b.csv"]
    second = read(files, root=tmp_path, cache=cache)
    assert opened == ["a.csv", "b.csv"]
    assert as_text(second) == as_text(first)
    assert second.quarantined() == first.quarantined() != []
    assert [t.table() for t in second.files] == [t.table() for t in first.files]


def test_what_the_cache_gives_is_what_reading_without_one_gives(tmp_path: Path) -> None:
    files = put(tmp_path, a=TEXT, a_copy=TEXT, note="hello")
    read(files, root=tmp_path, cache=tmp_path / "cache")
    assert as_text(read(files, root=tmp_path, cache=tmp_path / "cache")) == as_text(read(files, root=tmp_path))


@pytest.mark.parametrize("change", ["content", "name", "pack", "mapping"])
def test_what_could_change_the_result_is_read_again(tmp_path: Path, opened: list[str], change: str) -> None:
    (file,) = put(tmp_path, june=TEXT)
    mapping = tmp_path / "m.toml"
    mapping.write_text(
        '[[layout]]\nheader = ["Supplier", "Date", "Amount"]\n[layout.columns]\nsupplier = 1\namount = 3\n'
    )
    read([file], root=tmp_path, cache=tmp_path / "cache")
    more: dict[str, object] = {}
    if change == "content":
        file.write_text(TEXT + "Elm Ltd,26/06/2023,1.00\n")
    elif change == "name":
        file = file.rename(tmp_path / "july.csv")
    else:
        more = {"pack": "us"} if change == "pack" else {"mappings": mapping}
    read([file], root=tmp_path, cache=tmp_path / "cache", **more)  # type: ignore[arg-type]
    assert len(opened) == 2


@pytest.mark.parametrize("pattern", ["*.json", "*.parquet"])
@pytest.mark.parametrize("damage", ["cut", "empty", "gone", "other", "shape"])
def test_a_damaged_entry_is_ignored_and_made_again(
    tmp_path: Path, opened: list[str], pattern: str, damage: str
) -> None:
    files, cache = put(tmp_path, june=TEXT), tmp_path / "cache"
    whole = as_text(read(files, root=tmp_path, cache=cache))
    (entry,) = cache.glob(pattern)
    data = entry.read_bytes()
    entry.unlink()
    if damage != "gone":
        entry.write_bytes(
            {"cut": data[: len(data) // 2], "empty": b"", "other": b"PAR1", "shape": b'[{"path": 1}]'}[damage]
        )
    again = read(files, root=tmp_path, cache=cache)
    assert (as_text(again), len(opened)) == (whole, 2)
    table = again.files[0].table()
    assert table is not None
    assert table.num_rows == again.files[0].rows_typed
    read(files, root=tmp_path, cache=cache)
    assert len(opened) == 2


def test_duplicates_of_one_project_are_not_those_of_another(tmp_path: Path) -> None:
    a, b = put(tmp_path, a=TEXT, b_copy=TEXT)
    together = read([a, b], root=tmp_path, cache=tmp_path / "cache")
    assert "HF112" in codes(together.files[1])
    (alone,) = read([b], root=tmp_path, cache=tmp_path / "cache").files
    assert ("HF112" in codes(alone), "duplicate" in alone.kinds) == (False, False)
    table = alone.table()
    assert table is not None
    assert "duplicate" not in table.column("kind").to_pylist()


def test_nothing_half_written_is_left_behind(tmp_path: Path) -> None:
    read(put(tmp_path, june=TEXT), root=tmp_path, cache=tmp_path / "cache")
    assert not list((tmp_path / "cache").glob("*.part"))


def test_progress_is_told_for_every_file(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    read(put(tmp_path, a=TEXT, b=TEXT), root=tmp_path, progress=lambda *step: told.append(step))
    assert told == [(0, 2, "a.csv"), (1, 2, "b.csv"), (2, 2, "")]
