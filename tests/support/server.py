"""A web server on this machine that hands out one file, and can behave as badly as real ones do."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Site:
    """``cut``: bytes after which each answer breaks off, one per request; ``answers``: codes to refuse with first;
    ``ranges``: whether parts are handed out; ``tag``: what marks the file's state."""

    content: bytes
    cut: list[int] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    ranges: bool = True
    tag: str = '"one"'
    says_length: bool = True
    redirect: str = ""
    asked: list[str] = field(default_factory=list)
    address: str = ""


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    """The site while the block lasts; its ``address`` ends in a slash."""
    handler = type("Handler", (_Handler,), {"site": site})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        site.address = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        site = self.site
        site.asked.append(self.headers.get("Range") or "")
        if site.redirect:
            self.send_response(302)
            self.send_header("Location", site.redirect)
            self.end_headers()
        elif site.answers:
            self.send_error(site.answers.pop(0))
        else:
            self._content()

    def _content(self) -> None:
        site, start = self.site, 0
        told = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range") or "")
        if told and site.ranges and self.headers.get("If-Range") == site.tag:
            start = int(told[1])
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(site.content) - 1}/{len(site.content)}")
        if site.says_length:
            self.send_header("Content-Length", str(len(site.content) - start))
        if site.tag:
            self.send_header("ETag", site.tag)
        self.end_headers()
        body = site.content[start:]
        if site.cut:
            body = body[: site.cut.pop(0)]
        self.wfile.write(body)
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Nothing: a test's output is its own."""
