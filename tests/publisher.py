"""A publisher on this machine: files and pages over HTTP, and every way in which a server can misbehave."""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from codeward.ingest.fetch.patience import Patience

LAST_MODIFIED = "Wed, 01 Oct 2025 12:00:00 GMT"
QUICK = Patience(
    attempts=3, first_wait=0.01, longest_wait=5, pause=0, connect=2, read=2, window=0.3, least=2_000, largest=20_000_000
)


@dataclass
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]


@dataclass
class Publisher:
    """What is served where; a trick answers one request in place of the file, and is then used up."""

    port: int = 0
    files: dict[str, bytes] = field(default_factory=dict)
    modified: dict[str, str] = field(default_factory=dict)
    tricks: dict[str, list[Callable[[Handler, bytes], None]]] = field(default_factory=dict)
    log: list[Asked] = field(default_factory=list)
    tags: bool = True

    @property
    def base(self) -> str:
        """Its own address."""
        return f"http://127.0.0.1:{self.port}"

    def put(self, url: str, content: bytes | str | Path) -> str:
        """Serve it under the mirror's path for a publisher's address, or under a path of its own."""
        path = "/" + url.removeprefix("https://").removeprefix("http://").lstrip("/")
        content = content.read_bytes() if isinstance(content, Path) else content
        self.files[path] = content if isinstance(content, bytes) else content.encode()
        return self.base + path

    def page(self, url: str, *hrefs: str) -> str:
        """A page in the manner of the publishers': a menu, a table of links, scripts."""
        rows = "".join(f'<tr><td><a href="{href}">Release {at}</a> (ZIP)</td></tr>' for at, href in enumerate(hrefs))
        text = (
            "<!DOCTYPE html><html><head><title>Files</title><script>var a='<a href=\"/no.zip\">';</script></head><body>"
            '<nav><a href="#main">Skip</a><a href="/">Home</a><a href="mailto:x@example.org">Mail</a>'
            f'<a href="javascript:void(0)">Menu</a><a>bare</a></nav><table>{rows}</table></body></html>'
        )
        return self.put(url, text)

    def trick(self, url: str, *tricks: Callable[[Handler, bytes], None]) -> None:
        """Misbehave on the next requests to this address, one trick each."""
        self.tricks.setdefault("/" + url.split("://", maxsplit=1)[-1].removeprefix(self.base[7:] + "/"), []).extend(
            tricks
        )

    def asked(self, part: str) -> list[Asked]:
        """Requests so far whose path holds this."""
        return [item for item in self.log if part in item.path]


class Handler(BaseHTTPRequestHandler):
    """Serves with ETag, Last-Modified, ranges and conditions, as the publishers do."""

    protocol_version = "HTTP/1.1"
    publisher: Publisher

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        owner = self.publisher
        owner.log.append(Asked(self.command, self.path, {key.lower(): value for key, value in self.headers.items()}))
        content = owner.files.get(self.path)
        waiting = owner.tricks.get(self.path, [])
        try:
            if waiting and self.command == "GET":
                waiting.pop(0)(self, content or b"")
            elif content is None:
                self.answer(404, b"<html>not found</html>", {"Content-Type": "text/html"})
            else:
                self.serve(content)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def marks(self, content: bytes) -> dict[str, str]:
        """ETag and Last-Modified of these bytes."""
        tag = {"ETag": f'"{hashlib.md5(content).hexdigest()}"'} if self.publisher.tags else {}
        return tag | {"Last-Modified": self.publisher.modified.get(self.path, LAST_MODIFIED)}

    def serve(self, content: bytes, *, ranges: bool = True) -> None:
        """The file, a piece of it, or word that it has not changed."""
        marks = self.marks(content)
        if marks.get("ETag", "-") == self.headers.get("If-None-Match"):
            self.answer(304, b"", marks)
            return
        first = self._first(marks, len(content)) if ranges else 0
        if first >= len(content) > 0:
            self.answer(416, b"", {"Content-Range": f"bytes */{len(content)}"})
        elif first:
            span = {"Content-Range": f"bytes {first}-{len(content) - 1}/{len(content)}"}
            self.answer(206, content[first:], marks | span)
        else:
            self.answer(200, content, marks)

    def _first(self, marks: dict[str, str], length: int) -> int:
        asked = self.headers.get("Range", "")
        condition = self.headers.get("If-Range")
        same = condition is None or condition in marks.values()
        return int(asked.removeprefix("bytes=").rstrip("-")) if asked and same else 0

    def answer(
        self, status: int, body: bytes, headers: dict[str, str] | None = None, length: int | None = None
    ) -> None:
        """Status, headers and body; `length` is what the header claims."""
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if "Content-Type" not in (headers or {}):
            kind = "text/html; charset=utf-8" if body[:9].lower() == b"<!doctype" else "application/zip"
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def drop_after(count: int) -> Callable[[Handler, bytes], None]:
    """Send so many bytes of a file that was announced whole, and close the line."""

    def trick(handler: Handler, content: bytes) -> None:
        first = handler._first(handler.marks(content), len(content))
        marks = handler.marks(content)
        if first:
            marks["Content-Range"] = f"bytes {first}-{len(content) - 1}/{len(content)}"
        handler.answer(206 if first else 200, content[first : first + count], marks, len(content) - first)
        handler.wfile.flush()
        handler.close_connection = True

    return trick


def status(code: int, **headers: str) -> Callable[[Handler, bytes], None]:
    """Answer with a bare status."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler, content: handler.answer(code, b"", named)


def redirect(location: str) -> Callable[[Handler, bytes], None]:
    """Point elsewhere."""
    return status(302, Location=location)


def whole(handler: Handler, content: bytes) -> None:
    """Ignore Range: always the whole file."""
    handler.serve(content, ranges=False)


def packed(handler: Handler, content: bytes) -> None:
    """Compress on the way, though it was asked not to."""
    handler.answer(200, gzip.compress(content), handler.marks(content) | {"Content-Encoding": "gzip"})


def short(handler: Handler, content: bytes) -> None:
    """Half the file, under a length that fits the half: only the archive itself can tell."""
    handler.answer(200, content[: len(content) // 2], handler.marks(content))


def without_length(handler: Handler, content: bytes) -> None:
    """No length announced: the closed line ends the file."""
    handler.send_response(200)
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.wfile.write(content)
    handler.close_connection = True


def drip(bytes_each: int, seconds: float) -> Callable[[Handler, bytes], None]:
    """A few bytes at a time, always just before anybody would call the line dead."""

    def trick(handler: Handler, content: bytes) -> None:
        handler.answer(200, b"", handler.marks(content), len(content))
        for at in range(0, len(content), bytes_each):
            handler.wfile.write(content[at : at + bytes_each])
            handler.wfile.flush()
            time.sleep(seconds)

    return trick


def silence(seconds: float) -> Callable[[Handler, bytes], None]:
    """Say nothing for so long."""
    return lambda handler, content: time.sleep(seconds)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@contextmanager
def publisher() -> Iterator[Publisher]:
    """One that serves until the block ends."""
    owner = Publisher()
    server = _Server(("127.0.0.1", 0), type("Bound", (Handler,), {"publisher": owner}))
    owner.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield owner
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
