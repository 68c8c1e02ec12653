# ruff: noqa: E501
"""Files, folders and archives: what is no table says so, what is damaged or made to harm is refused, nothing is hidden."""

from __future__ import annotations

import gzip
import io
import os
import struct
import zipfile
from pathlib import Path

import pytest

from holdfast.spend import sources
from holdfast.spend.reader import read
from holdfast.spend.sources import Source, expand, kind_of_bytes, members
from unit.spend.reads import D, codes, counts, lines, one, put, tables
from unit.spend.tables import xlsx_bytes

CSV = lines([f"Umber {d} Ltd,{d}/06/2023,{d}.50" for d in range(13, 20)]).encode()
TOTAL = D("115.50")


def zipped(**files: bytes) -> bytes:
    return zipped_as({name.replace("__", "/").replace("_", "."): data for name, data in files.items()})


def zipped_as(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in files.items():
            z.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "paths"),
    [
        ("a.zip", zipped(b_csv=CSV), ["a.zip!b.csv"]),
        ("a.zip", zipped(c_csv=CSV, b_csv=CSV), ["a.zip!b.csv", "a.zip!c.csv"]),
        ("a.zip", zipped(x__b_csv=CSV), ["a.zip!x/b.csv"]),
        ("a.csv.gz", gzip.compress(CSV, mtime=0), ["a.csv.gz!a.csv"]),
        ("a.zip", zipped(in_zip=zipped(b_csv=CSV)), ["a.zip!in.zip!b.csv"]),
        ("a.zip", zipped(b_csv_gz=gzip.compress(CSV, mtime=0)), ["a.zip!b.csv.gz!b.csv"]),
        ("a.zip", zipped(b_xlsx=xlsx_bytes([("June", [r.split(",") for r in CSV.decode().split()], False)])), ["a.zip!b.xlsx"]),
        ("wrong-name.csv", zipped(b_csv=CSV), ["wrong-name.csv!b.csv"]),
    ],
    ids=["zip", "two members by name", "folder", "gzip", "zip in zip", "gzip in zip", "workbook in zip", "zip named csv"],
)  # fmt: skip
def test_the_members_of_an_archive_are_read_by_name(name: str, data: bytes, paths: list[str]) -> None:
    found = tables(data, name)
    assert [t.path for t in found] == paths
    if "xlsx" not in paths[0]:
        assert {t.total for t in found} == {TOTAL}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (zipped(b_csv=b"\0" * 50_000_000), "HF105"),
        (gzip.compress(b"\0" * 50_000_000, mtime=0), "HF105"),
        (zipped_as({"../b.csv": CSV}), "HF105"),
        (zipped_as({"/etc/b.csv": CSV}), "HF105"),
        (zipped_as({"x\\..\\..\\b.csv": CSV}), "HF105"),
        (zipped_as({"C:/b.csv": CSV}), "HF105"),
        (zipped(b_csv=CSV)[:-30], "HF106"),
        (gzip.compress(CSV, mtime=0)[:-12], "HF106"),
        (zipped(), "HF103"),
        (zipped_as({"x/": b""}), "HF103"),
    ],
    ids=["bomb", "gzip bomb", "leaves", "absolute", "backslashes", "drive", "cut short", "gzip cut short", "empty", "only folders"],
)  # fmt: skip
def test_an_archive_that_cannot_be_trusted_is_refused_with_the_reason(data: bytes, code: str) -> None:
    table = one(data, "a.zip")
    assert (code in codes(table), counts(table)) == (True, (0, 0, 0, 0))


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_MEMBERS", 2)
    assert codes(one(zipped(a_csv=CSV, b_csv=CSV, c_csv=CSV), "a.zip")) == ["HF105"]


def test_a_gzip_file_larger_than_the_limit_is_refused_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_UNPACKED", len(CSV) - 1)
    assert codes(one(gzip.compress(CSV, mtime=0), "a.csv.gz")) == ["HF105"]


def test_a_member_with_a_password_says_so_and_the_others_are_read() -> None:
    data = bytearray(zipped(a_csv=CSV, b_csv=CSV))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature)
        struct.pack_into("<H", data, at + offset, 1)
    first, second = tables(bytes(data), "a.zip")
    assert (codes(first), "password" in first.problems[0].message) == (["HF104"], True)
    assert second.total == TOTAL


def test_a_damaged_member_says_so_and_the_others_are_read() -> None:
    data = bytearray(zipped(a_csv=CSV, b_csv=CSV))
    at = data.index(b"a.csv") + 20
    data[at : at + 8] = b"\xff" * 8
    first, second = tables(bytes(data), "a.zip")
    assert (codes(first), second.total) == (["HF106"], TOTAL)


def test_a_workbook_made_to_fill_the_memory_is_refused() -> None:
    book = {"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b" " * 60_000_000}
    assert codes(one(zipped_as(book), "a.xlsx")) == ["HF105"]


@pytest.mark.parametrize(
    ("data", "code", "word"),
    [
        (b"", "HF101", "empty"), (b" \r\n\t\n", "HF101", "empty"), (b"\xef\xbb\xbf", "HF101", "empty"), (b"\0" * 600, "HF101", "empty"),
        (b"%PDF-1.4\n...", "HF102", "PDF"), (b"\x89PNG\r\n\x1a\n....", "HF102", "picture"), (b"\xff\xd8\xff\xe0....", "HF102", "picture"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "HF102", "web page"), (b"<html><table></table></html>", "HF102", "web page"),
        (b'<?xml version="1.0"?><payments/>', "HF102", "XML"), (b"PAR1....PAR1", "HF102", "Parquet"), (b"7z\xbc\xaf\x27\x1c..", "HF102", "7z"),
        (bytes(range(256)) * 4, "HF102", "binary"), (b"\x7fELF....", "HF102", "program"), (b"hello\nworld\n", "HF103", ""),
        (b"Name,Phone\nOak,1234\n", "HF103", ""), (b"Supplier,Payment Date,Amount\n", "HF103", ""),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_of_payments_says_what_it_is(data: bytes, code: str, word: str) -> None:
    table = one(data, "june.csv")
    assert (code in codes(table), counts(table), table.total) == (True, (0, 0, 0, 0), D("0.00"))
    assert word in " ".join(p.message for p in table.problems)


def test_a_supplier_called_like_a_tag_does_not_make_a_web_page() -> None:
    data = lines(["<html><script>x</script>,13/06/2023,5.50", "Oak Ltd,14/06/2023,6.50"]).encode()
    assert (kind_of_bytes(data), one(data).total) == ("text", D("12.00"))


@pytest.mark.parametrize("name", ["notes.md", "index.html", "picture.png"])
def test_what_does_not_claim_to_be_a_table_is_only_noted(name: str) -> None:
    found = {"notes.md": b"# About these files\n", "index.html": b"<html></html>", "picture.png": b"\x89PNG\r\n\x1a\n"}
    assert codes(one(found[name], name)) == ["HF103"]


def test_a_folder_stands_for_its_files_by_name_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", "x/c.csv", ".hidden.csv", "~$lock.xlsx", "__MACOSX/d.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(CSV)
    assert [p.relative_to(tmp_path).as_posix() for p in expand([tmp_path])] == ["a.csv", "b.csv", "x/c.csv"]
    assert expand([tmp_path / "a.csv", tmp_path / "a.csv"]) == [tmp_path / "a.csv"]


def test_a_file_that_is_not_there_or_may_not_be_read_is_an_entry_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shut, fine = put(tmp_path, shut=CSV, fine=CSV + b"Elm Ltd,29/06/2023,1.00\n")
    original = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path == shut:
            raise PermissionError(13, os.strerror(13))
        return original(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    gone, refused, good = read([tmp_path / "gone.csv", shut, fine], root=tmp_path).files
    assert ([codes(gone), codes(refused)], good.rows_typed) == ([["HF104"], ["HF104"]], 8)
    assert "Permission denied" in refused.problems[0].message


def test_a_file_beyond_the_size_limit_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_BYTES", 10)
    (file,) = put(tmp_path, june=CSV)
    assert codes(read([file]).files[0]) == ["HF107"]


def test_the_size_limit_holds_for_what_is_inside_an_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    archive, packed = zipped_as({"large.csv": CSV * 9, "small.csv": CSV}), gzip.compress(CSV * 9)
    monkeypatch.setattr(sources, "MAX_BYTES", len(CSV) * 2)
    large, small = tables(archive, "a.zip")
    assert (codes(large), small.rows_typed) == (["HF107"], 7)
    assert [codes(t) for t in tables(packed, "a.csv.gz")] == [["HF107"]]


def test_archives_inside_an_archive_share_its_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_RATIO", 1)
    monkeypatch.setattr(sources, "RATIO_FREE", len(CSV) * 40)
    inner = zipped_as({"large.csv": CSV + b"\n" * len(CSV) * 20})
    first, second = tables(zipped_as({"a.zip": inner, "b.zip": inner, "c.csv.gz": gzip.compress(CSV * 25)}), "top.zip")[
        :2
    ]
    assert (first.rows_typed, codes(second)) == (7, ["HF105"])
    (gzipped,) = tables(zipped_as({"c.csv.gz": gzip.compress(CSV)}), "top.zip")
    assert gzipped.rows_typed == 7


def test_archives_are_opened_two_deep_and_no_deeper() -> None:
    deep = CSV
    for name in ("c.csv", "b.zip", "a.zip", "z.zip"):
        deep = zipped_as({name: deep})
    (found,) = list(members(Source("top.zip", deep, "0")))
    assert found.path.count("!") == 3
    assert codes(one(deep, "top.zip")) == ["HF103"]


def test_a_folder_that_may_not_be_looked_into_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open" / "a.csv").write_text("Supplier,Date,Amount\nUmber Ltd,13/06/2023,1.00\n")
    (tmp_path / "shut").mkdir()
    scandir = os.scandir

    def refuses(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuses)
    assert [p.name for p in sources.expand([tmp_path])] == ["a.csv", "shut"]
    (refused,) = sources.open_source(tmp_path / "shut", "shut")
    assert [p.code for p in refused.problems] == ["HF104"]
