"""The server: reads a request, and lets the model of that name answer over the bare socket."""

from __future__ import annotations

import json
import socket
import socketserver
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from model_server.wire_forms import events, whole

LONGEST_WAIT = 3.0
"""Seconds after which a fault that would last for ever ends, so that tests can end, too."""
Behaviour = Callable[["Exchange"], None]


@dataclass
class Exchange:
    """One request, and the socket its answer goes to."""

    api: str
    stream: bool
    body: dict[str, Any]
    socket: socket.socket
    tries: int
    text: str = ""
    sent: list[bytes] = field(default_factory=list)

    def head(self, status: str = "200 OK", *headers: str) -> None:
        """Status line and headers."""
        self.send("\r\n".join((f"HTTP/1.1 {status}", "Connection: close", *headers, "", "")).encode())

    def send(self, data: bytes) -> None:
        """Bytes as they are."""
        self.socket.sendall(data)

    def send_document(self, document: object, kind: str = "application/json", *headers: str) -> None:
        """One body with its length."""
        data = document if isinstance(document, bytes) else json.dumps(document, ensure_ascii=False).encode()
        self.head("200 OK", f"Content-Type: {kind}", f"Content-Length: {len(data)}", *headers)
        self.send(data)

    def begin_stream(self) -> None:
        """Headers of a stream that ends with the connection."""
        self.head("200 OK", "Content-Type: text/event-stream")

    def send_events(self, documents: list[Any], done: bool = True) -> None:
        """A stream of events."""
        self.begin_stream()
        self.send(b"".join(map(event, documents)) + (b"data: [DONE]\n\n" if done else b""))

    def answer(self, text: str = "", calls: Any = (), **shape: Any) -> None:
        """As a good server answers."""
        if self.stream:
            self.send_events(events(self.api, text or self.text, calls, **shape))
        else:
            self.send_document(whole(self.api, text or self.text, calls, **shape))

    def wait(self, step: Callable[[], None] = lambda: None, pause: float = 0.02) -> None:
        """Do a step again and again until whoever asked has gone."""
        ends = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < ends:
            step()
            time.sleep(pause)
            if self.gone():
                return

    def gone(self) -> bool:
        """Whether the other side has closed."""
        self.socket.setblocking(False)
        try:
            return self.socket.recv(1) == b""
        except BlockingIOError:
            return False
        finally:
            self.socket.setblocking(True)

    def reset(self) -> None:
        """End the connection as a crash would."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


def event(document: Any) -> bytes:
    """One event with its data, named by its type where it has one."""
    name = f"event: {document['type']}\n" if isinstance(document, dict) and "type" in document else ""
    return f"{name}data: {json.dumps(document, ensure_ascii=False)}\n\n".encode()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asked has gone: that is what many faults are for."""


@dataclass
class ModelServer:
    """Where it listens, what was sent to it, and its models by name."""

    port: int
    models: dict[str, Behaviour]
    seen: list[dict[str, Any]] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)

    def address(self, name: str, api: str = "chat") -> str:
        """URL#NAME of a model."""
        return f"{'responses+' if api == 'responses' else ''}http://127.0.0.1:{self.port}/v1#{name}"


@contextmanager
def model_server(models: dict[str, Behaviour]) -> Iterator[ModelServer]:
    """The server, listening until the `with` ends."""
    known = ModelServer(0, models)

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            head, body = _read(self.rfile)
            api = "responses" if "/responses" in head.splitlines()[0] else "chat"
            known.headers.append(head)
            known.seen.append(body)
            tries = sum(item == body for item in known.seen)
            exchange = Exchange(api, bool(body.get("stream")), body, self.connection, tries)
            known.models[body["model"]](exchange)

        def finish(self) -> None:
            with suppress(OSError, ValueError):
                super().finish()

    with _Server(("127.0.0.1", 0), Handler) as server:
        known.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield known
        finally:
            server.shutdown()
            thread.join()


def _read(file: Any) -> tuple[str, dict[str, Any]]:
    head = ""
    while (line := file.readline().decode("latin-1")) not in ("\r\n", ""):
        head += line
    length = next(int(line.split(":")[1]) for line in head.splitlines() if line.lower().startswith("content-length"))
    return head, json.loads(file.read(length))
