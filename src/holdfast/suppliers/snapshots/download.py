"""A register fetched from the web: whole or not at all, going on where an earlier attempt stopped.

Only public machines are asked, whatever a name or a redirection says, unless the caller allows others: an address
typed into a form must not reach what stands behind a firewall.
"""

from __future__ import annotations

import hashlib
import http.client
import ipaddress
import json
import re
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from holdfast.core.lock import only_one
from holdfast.core.problem import HoldfastError, Problem

Tell = Callable[[str, int, int], None]
#: Seconds without a byte after which an attempt is given up.
TIMEOUT = 60.0
ATTEMPTS = 5
#: Bytes: persons with significant control, the largest register, come as about 2 GB.
LARGEST = 20 * 1024**3
_PIECE = 1 << 18
_AGENT = "holdfast (register download)"


@dataclass(frozen=True, slots=True)
class Limits:
    """How patient a download is. ``pause`` is doubled after each attempt that failed."""

    timeout: float = TIMEOUT
    attempts: int = ATTEMPTS
    pause: float = 1.0
    largest: int = LARGEST
    private: bool = False


def is_address(text: str) -> bool:
    """Whether a text is the address of something and not a path: ``C:\\register.csv`` is none."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", text) is not None and not Path(text).exists()


@contextmanager
def downloaded(
    address: str, folder: Path, *, sha256: str = "", limits: Limits | None = None, tell: Tell | None = None
) -> Iterator[Path]:
    """The file at an address, complete, under its own name; it is removed afterwards.

    What an attempt leaves stays in ``folder``, so that the next goes on there if the file has not changed meanwhile.
    Raises :class:`HoldfastError` HF512 (an address that is not followed), HF511 (not there, not whole, not what
    ``sha256`` says), HF105 (too large), HF411 (somebody else is fetching it).
    """
    limits = limits or Limits()
    _checked(address, limits.private)
    own = folder / hashlib.sha256(address.encode()).hexdigest()[:16]
    with only_one(own, "Another process is downloading this register."):
        part = _Part(own)
        _fetch(address, part, limits, tell or (lambda _stage, _done, _all: None))
        _verify(address, part, sha256)
        whole = own / name_of(address)
        part.file.replace(whole)
        try:
            yield whole
        finally:
            whole.unlink(missing_ok=True)
            part.forget()


def name_of(address: str) -> str:
    """The file's name, as the address gives it, without anything that leads elsewhere."""
    name = unquote(urlsplit(address).path).rstrip("/").rsplit("/", 1)[-1]
    return re.sub(r"[^A-Za-z0-9._ -]", "_", name).lstrip(".")[:120] or "register"


def shown(address: str) -> str:
    """The address to keep and to print: without a password, and without the query, which may hold a key."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    return urlunsplit((parts.scheme, f"{host}:{parts.port}" if parts.port else host, parts.path, "", ""))


@dataclass(frozen=True, slots=True)
class _Part:
    """What has come of a file so far, and the mark by which the server will know whether it is still the same."""

    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / "download.part"

    @property
    def size(self) -> int:
        return self.file.stat().st_size if self.file.exists() else 0

    def mark(self) -> str:
        try:
            return str(json.loads((self.folder / "mark.json").read_text(encoding="utf-8"))["mark"])
        except (OSError, ValueError, KeyError):
            return ""

    def begin(self, mark: str) -> None:
        (self.folder / "mark.json").write_text(json.dumps({"mark": mark}), encoding="utf-8")
        self.file.write_bytes(b"")

    def forget(self) -> None:
        self.file.unlink(missing_ok=True)
        (self.folder / "mark.json").unlink(missing_ok=True)


class _Unfinished(Exception):
    """The connection ended before the file did."""


def _fetch(address: str, part: _Part, limits: Limits, tell: Tell) -> None:
    pause, failed = limits.pause, 0
    while True:
        before = part.size
        try:
            _attempt(address, part, limits, tell)
            return
        except urllib.error.HTTPError as error:
            with error:
                # 416: what is here is longer than what is there; 5xx and 429: a server that may recover
                if error.code == 416:
                    part.forget()
                elif error.code < 500 and error.code != 429:
                    raise _failed(address, f"the server answers {error.code} ({error.reason})") from error
            why = f"the server answers {error.code}"
        except (OSError, http.client.HTTPException, _Unfinished) as error:
            if isinstance(refused := getattr(error, "reason", error), _NotPublic):
                raise _refused(address, str(refused)) from error
            why = _said(error)
        # an attempt that brought something is no failure: a slow line may need many
        failed = 0 if part.size > before else failed + 1
        if failed >= limits.attempts:
            raise _failed(address, why)
        tell(f"Trying again: {why}", part.size, 0)
        time.sleep(pause if failed else 0.0)
        pause = min(pause * 2, 60.0)


def _said(error: BaseException) -> str:
    reason = getattr(error, "reason", None) or error
    if isinstance(reason, TimeoutError):
        return "it did not answer in time"
    if isinstance(reason, _Unfinished | http.client.IncompleteRead):
        return "the connection ended before the file did"
    return str(getattr(reason, "strerror", None) or reason or type(reason).__name__).rstrip(".")


def _attempt(address: str, part: _Part, limits: Limits, tell: Tell) -> None:
    headers = {"User-Agent": _AGENT, "Accept-Encoding": "identity"}
    start, mark = part.size, part.mark()
    if start and mark:
        headers |= {"Range": f"bytes={start}-", "If-Range": mark}
    request = urllib.request.Request(address, headers=headers)
    with _opener(limits.private).open(request, timeout=limits.timeout) as answer:
        goes_on = answer.status == 206 and _begins_at(answer.headers, start)
        if not goes_on:
            part.begin(_mark(answer.headers))
            start = 0
        whole = _length(answer.headers, start)
        if whole and whole > limits.largest:
            raise _too_large(address, limits.largest)
        _copy(answer, part, start, whole, address, limits, tell)


def _copy(answer: Any, part: _Part, done: int, whole: int, address: str, limits: Limits, tell: Tell) -> None:
    with part.file.open("ab") as file:
        while piece := answer.read(_PIECE):
            file.write(piece)
            done += len(piece)
            if done > limits.largest:
                raise _too_large(address, limits.largest)
            tell(f"Downloading {name_of(address)} (kB)", done >> 10, whole >> 10)
    if whole and done < whole:
        raise _Unfinished


def _mark(headers: Mapping[str, str]) -> str:
    """A strong mark of the file's state: without one a part cannot be trusted to go with the rest."""
    tag = headers.get("ETag") or ""
    return tag if tag and not tag.startswith("W/") else headers.get("Last-Modified") or ""


def _begins_at(headers: Mapping[str, str], start: int) -> bool:
    told = re.match(r"bytes (\d+)-", headers.get("Content-Range") or "")
    return told is not None and int(told[1]) == start


def _length(headers: Mapping[str, str], start: int) -> int:
    """Bytes of the whole file; 0 where the server does not say."""
    if told := re.search(r"/(\d+)$", headers.get("Content-Range") or ""):
        return int(told[1])
    length = headers.get("Content-Length") or ""
    return start + int(length) if length.isdigit() else 0


def _verify(address: str, part: _Part, sha256: str) -> None:
    if not part.size:
        part.forget()
        raise _failed(address, "the file is empty")
    if not sha256:
        return
    with part.file.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != sha256.lower():
        part.forget()
        raise _failed(address, f"its SHA-256 is {found}, not {sha256.lower()}")


# --- who may be asked ------------------------------------------------------------------------------------------------


class _NotPublic(OSError):
    """An address inside a network."""


def _checked(address: str, private: bool) -> None:
    """Raises HF512 for what is no address of the public web; the machine itself is looked at when it is called."""
    parts = urlsplit(address)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise _refused(address, f"{parts.scheme}: is not followed")
    if not private:
        try:
            number = ipaddress.ip_address(parts.hostname)
        except ValueError:
            return
        if not _public(number):
            raise _refused(address, f"{number} is not on the public web")


def _public(number: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    mapped = getattr(number, "ipv4_mapped", None)
    return bool((mapped or number).is_global and not (mapped or number).is_multicast)


def _connect(where: tuple[str, int], timeout: Any = None, source_address: Any = None) -> socket.socket:
    """A connection to a name, if every machine it stands for is a public one; to the very number that was looked at."""
    host, port = where
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for *_, there in found:
        if not _public(ipaddress.ip_address(str(there[0]).split("%")[0])):
            raise _NotPublic(f"{host} is not on the public web")
    return socket.create_connection((str(found[0][4][0]), port), timeout, source_address)


class _Http(http.client.HTTPConnection):
    def connect(self) -> None:
        self._create_connection = _connect
        super().connect()


class _Https(http.client.HTTPSConnection):
    def connect(self) -> None:
        self._create_connection = _connect
        super().connect()


class _HttpHandler(urllib.request.HTTPHandler):
    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Http, req)


class _HttpsHandler(urllib.request.HTTPSHandler):
    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Https, req)


class _Redirections(urllib.request.HTTPRedirectHandler):
    """Followed within the web; never from a secured address to an open one."""

    def __init__(self, private: bool) -> None:
        self.private = private

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        if fp:  # the answer has been read as far as it matters
            fp.close()
        _checked(newurl, self.private)
        if req.full_url.lower().startswith("https:") and not newurl.lower().startswith("https:"):
            raise _refused(newurl, "a secured address leads to one that is not")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener(private: bool) -> urllib.request.OpenerDirector:
    handlers: list[Any] = [_Redirections(private)]
    # through a proxy it is the proxy that calls, and it stands inside the network by its nature
    if not private and not urllib.request.getproxies():
        handlers += [_HttpHandler(), _HttpsHandler()]
    return urllib.request.build_opener(*handlers)


def _refused(address: str, why: str) -> HoldfastError:
    return HoldfastError(
        Problem("HF512", f"{shown(address)} is not fetched: {why}.", value=shown(address)), exit_code=2
    )


def _failed(address: str, why: str) -> HoldfastError:
    said = f"{shown(address)} could not be downloaded: {why}."
    return HoldfastError(Problem("HF511", said, value=shown(address)))


def _too_large(address: str, largest: int) -> HoldfastError:
    said = f"{shown(address)} is larger than {largest / 1024**3:,.1f} GB."
    return HoldfastError(Problem("HF105", said, value=shown(address)))
