"""Files, folders and archives as a flat list of things to read, each known by its path and the hash of its bytes."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from holdfast.core.problem import Problem

#: Guards against archives made to fill a disk: bytes unpacked, times the packed size, members.
MAX_UNPACKED = 4 << 30
MAX_RATIO = 200
MAX_MEMBERS = 5_000
#: A file is read whole and takes about four times its size in memory.
MAX_BYTES = 3 << 29
RATIO_FREE = 32 << 20


@dataclass(frozen=True)
class Source:
    """Something to read. ``data`` is ``None`` where it cannot be opened; ``problems`` then say why."""

    path: str
    data: bytes | None
    sha256: str
    problems: Sequence[Problem] = field(default=())

    @property
    def name(self) -> str:
        return PurePosixPath(self.path.rsplit("!", 1)[-1]).name

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix.lower()


def expand(paths: Sequence[Path]) -> list[Path]:
    """Files in the order given; a folder stands for the files below it, by name, without hidden ones."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found.extend(sorted(_inside(path), key=lambda p: p.as_posix()))
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def _inside(folder: Path) -> Iterator[Path]:
    """Files below a folder, and folders that may not be looked into: those are then refused by name, not skipped."""
    closed: list[Path] = []
    for root, _, names in os.walk(folder, onerror=lambda e: closed.append(Path(os.fsdecode(e.filename)))):
        for name in names:
            path = Path(root) / name
            if path.is_file() and not _hidden(path.relative_to(folder)):
                yield path
    yield from closed


def _hidden(relative: Path) -> bool:
    # a path that leaves its folder is not hidden: it must be seen to be refused
    return any(part.startswith((".", "~$", "__MACOSX")) for part in relative.parts if part != "..")


def open_source(path: Path, label: str, sha256: str | None = None) -> Iterator[Source]:
    """A file, or the members of an archive. Never raises for a bad file. ``sha256`` saves hashing it again."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            yield refused(label, "HF107", _too_large(size))
            return
        data = path.read_bytes()
    except FileNotFoundError:
        yield refused(label, "HF104", f"there is no file {label}")
        return
    except OSError as error:
        yield refused(label, "HF104", f"the file cannot be opened: {error.strerror or error}")
        return
    yield from members(Source(label, data, sha256 or hashlib.sha256(data).hexdigest()))


def _too_large(size: int) -> str:
    most = MAX_BYTES / 2**30
    return f"the file has {size / 2**30:.1f} GB; at most {most:.1f} GB are read: split it by year or month"


def _more_than_is_read() -> str:
    return f"holds more than {MAX_BYTES / 2**30:.1f} GB, the most that is read: split it by year or month"


def refused(label: str, code: str, message: str, sha256: str = "") -> Source:
    return Source(label, None, sha256, (Problem(code, message, file=label),))


@dataclass
class _Room:
    """Bytes that an archive, with all archives inside it, may still unpack to."""

    left: int


def _room_for(data: bytes) -> int:
    return min(max(RATIO_FREE, len(data) * MAX_RATIO), MAX_UNPACKED)


def members(source: Source, depth: int = 0, room: _Room | None = None) -> Iterator[Source]:
    """The source itself, or what a ZIP or GZ archive holds; archives inside archives two deep, within the outermost's
    room."""
    data = source.data or b""
    room = room or _Room(_room_for(data))
    if data[:2] == b"\x1f\x8b":
        yield from _gunzip(source, depth, room)
    elif data[:4] == b"PK\x03\x04" and not _is_document(data):
        yield from _unzip(source, depth, room)
    else:
        yield source


def _is_document(data: bytes) -> bool:
    """Workbooks and text documents are ZIP files too."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as z:
            names = set(z.namelist()[:200])
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    return "[Content_Types].xml" in names or "mimetype" in names or "content.xml" in names


def _gunzip(source: Source, depth: int, room: _Room) -> Iterator[Source]:
    limit = min(_room_for(source.data or b""), room.left, MAX_BYTES)
    inner = source.name.removesuffix(".gz").removesuffix(".GZ") or "data"
    label = f"{source.path}!{inner}"
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(source.data or b"")) as g:
            data = g.read(limit + 1)
    except (OSError, EOFError, zlib.error) as error:
        yield refused(source.path, "HF106", f"the archive is damaged: {error}", source.sha256)
        return
    if len(data) > limit:
        if limit != MAX_BYTES:
            more = "the archive would unpack to far more than its size suggests"
            yield refused(source.path, "HF105", more, source.sha256)
        else:
            yield refused(source.path, "HF107", f"the archive {_more_than_is_read()}", source.sha256)
        return
    room.left -= len(data)
    yield from _nested(Source(label, data, hashlib.sha256(data).hexdigest()), depth, room)


def _unzip(source: Source, depth: int, room: _Room) -> Iterator[Source]:
    try:
        with zipfile.ZipFile(io.BytesIO(source.data or b"")) as z:
            infos = [i for i in z.infolist() if not i.is_dir() and not _hidden(Path(i.filename))]
            if not infos:
                yield refused(source.path, "HF103", "the archive holds no files", source.sha256)
            problem = _zip_problem(infos, source.data or b"", room)
            if problem:
                yield refused(source.path, "HF105", problem, source.sha256)
                return
            room.left -= sum(i.file_size for i in infos)
            for info in sorted(infos, key=lambda i: i.filename):
                yield from _member(z, info, source, depth, room)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        yield refused(source.path, "HF106", f"the archive is damaged: {error}", source.sha256)


def _zip_problem(infos: Sequence[zipfile.ZipInfo], data: bytes, room: _Room) -> str | None:
    unpacked = sum(i.file_size for i in infos)
    if len(infos) > MAX_MEMBERS:
        return f"the archive holds {len(infos):,} files; at most {MAX_MEMBERS:,} are read"
    if unpacked > _room_for(data):
        return f"the archive would unpack from {len(data):,} to {unpacked:,} bytes"
    if unpacked > room.left:
        return f"the archive and those around it would unpack to {unpacked - room.left:,} bytes too many"
    outside = next((i.filename for i in infos if _leaves(i.filename)), None)
    return f"the archive holds a path that leaves it: {outside}" if outside else None


def _leaves(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/"))
    return parts.is_absolute() or ".." in parts.parts or ":" in name.split("/")[0]


def _member(z: zipfile.ZipFile, info: zipfile.ZipInfo, source: Source, depth: int, room: _Room) -> Iterator[Source]:
    label = f"{source.path}!{info.filename}"
    if info.flag_bits & 1:
        yield refused(label, "HF104", "the file inside the archive has a password")
        return
    if info.file_size > MAX_BYTES:
        yield refused(label, "HF107", _too_large(info.file_size))
        return
    try:
        with z.open(info) as f:
            # a forged size in the directory must not let more through than it says
            data = f.read(info.file_size + 1)
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error, NotImplementedError) as error:
        yield refused(label, "HF106", f"the file inside the archive is damaged: {error}")
        return
    if len(data) > info.file_size:
        yield refused(label, "HF105", "the file inside the archive is larger than the archive says")
        return
    yield from _nested(Source(label, data, hashlib.sha256(data).hexdigest()), depth, room)


def _nested(source: Source, depth: int, room: _Room) -> Iterator[Source]:
    if depth >= 2:
        yield source
    else:
        yield from members(source, depth + 1, room)


def kind_of_bytes(data: bytes) -> str:
    """``text``, ``xlsx``, ``xls``, ``ods``, ``json`` or the name of what it is instead (``PDF``, ``picture`` …)."""
    if not data[:1024].strip(_NOTHING) and not data.strip(_NOTHING):
        return "empty"
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    if data[:4] == b"PK\x03\x04":
        return _document_kind(data)
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    low = head[:512].lower()
    # a supplier may well be called <html>: a page begins with a tag
    if low.startswith((b"<!doctype html", b"<table")) or (low.startswith(b"<") and b"<html" in low):
        return "web page"
    if low.startswith(b"<?xml"):
        return "XML file"
    if head[:1] in (b"{", b"["):
        return "json"
    control = sum(head.count(bytes([c])) for c in range(9)) + sum(head.count(bytes([c])) for c in range(14, 32))
    nul = head.count(b"\0")
    if control - nul > len(head) // 50 or (nul > len(head) // 100 and not _alternating(head)):
        return "binary file"
    return "text"


_NOTHING = b"\0 \t\r\n\xef\xbb\xbf"
_MAGIC = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM6", "picture"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
    (b"PAR1", "Parquet file"),
    (b"7z\xbc\xaf", "7z archive"),
    (b"Rar!", "RAR archive"),
    (b"BZh", "bzip2 archive"),
    (b"\xfd7zXZ", "XZ archive"),
    (b"{\\rtf", "text document"),
    (b"SQLite format 3", "database"),
)


def _alternating(head: bytes) -> bool:
    """UTF-16 text has a zero in nearly every other place."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return max(even, odd) > 0.3 * len(head) / 2 or head[:2] in (b"\xff\xfe", b"\xfe\xff")


def _document_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as z:
            names = set(z.namelist())
            if any(n.startswith("xl/") for n in names):
                return "xlsx"
            if "mimetype" in names:
                return "ods" if b"spreadsheet" in z.read("mimetype")[:100] else "text document"
    except (zipfile.BadZipFile, KeyError, OSError, ValueError):
        return "damaged archive"
    return "text document" if any(n.startswith("word/") for n in names) else "archive"
