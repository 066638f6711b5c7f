"""Connection: one request to a model's server, cut off at the socket when its seconds or bytes are used up."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.request import getproxies, proxy_bypass

import httpcore2

from codeward import __version__
from codeward.assistant.model.address import ModelAddress
from codeward.assistant.model.budget import Budget
from codeward.assistant.model.port import ModelFault

_CONNECT = 3.0
"""Seconds for one numeric address of the host."""
SLOW, LONG, NONE = "no answer in time", "the answer is too long", "no connection"


@dataclass(frozen=True, slots=True)
class Response:
    """What came back: the status, headers with names in lower case, and the body as it comes."""

    status: int
    headers: dict[str, str]
    body: Iterator[bytes]


class _Stream(httpcore2.NetworkStream):
    """Every read and write ends with the call's time, however little comes and however often."""

    def __init__(self, inner: httpcore2.NetworkStream, budget: Budget) -> None:
        self._inner, self._budget = inner, budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._inner.read(max_bytes, _left(self._budget))
        if not self._budget.take_bytes(len(data)):
            raise ModelFault(LONG)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(self._budget))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, _left(self._budget)), self._budget)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Backend(httpcore2.NetworkBackend):
    def __init__(self, budget: Budget) -> None:
        self._budget = budget

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        for address in _numeric(host, port, self._budget):
            try:
                wait = min(_left(self._budget), _CONNECT)
                return _Stream(httpcore2.SyncBackend().connect_tcp(address, port, wait, None, []), self._budget)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
        raise ModelFault(NONE)


def _left(budget: Budget) -> float:
    if budget.left <= 0:
        raise ModelFault(SLOW)
    return budget.left


def _numeric(host: str, port: int, budget: Budget) -> list[str]:
    """The numeric addresses of a host; the system's resolver has no time limit, so it is asked beside."""
    found: list[str] = []

    def resolve() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        found.extend(dict.fromkeys(str(answer[4][0]) for answer in answers))

    asked = threading.Thread(target=resolve, daemon=True)
    asked.start()
    asked.join(_left(budget))
    return list(found)


@contextmanager
def post(address: ModelAddress, body: bytes, budget: Budget) -> Iterator[Response]:
    """Send one request; ModelFault when there is no answer, or when it stops or runs out within the `with`."""
    url = httpcore2.URL(
        scheme=address.scheme.encode(),
        host=address.host.encode("ascii"),
        port=address.port,
        target=address.path.encode(),
    )
    try:
        with (
            _pool(address, budget) as pool,
            pool.stream("POST", url, headers=_headers(address, body), content=body) as got,
        ):
            headers = {name.decode("latin-1").lower(): text.decode("latin-1") for name, text in got.headers}
            yield Response(got.status, headers, got.iter_stream())
    except httpcore2.TimeoutException:
        raise ModelFault(SLOW) from None
    except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.ProxyError, OSError, ssl.SSLError):
        raise ModelFault("the connection broke") from None


def _pool(address: ModelAddress, budget: Budget) -> httpcore2.ConnectionPool:
    backend = _Backend(budget)
    proxy = "" if address.local or proxy_bypass(address.host) else getproxies().get(address.scheme, "")
    if proxy:
        return httpcore2.HTTPProxy(proxy, network_backend=backend)
    return httpcore2.ConnectionPool(network_backend=backend)


def _headers(address: ModelAddress, body: bytes) -> list[tuple[str, str]]:
    headers = [
        ("Host", address.host if address.port in (80, 443) else f"{address.host}:{address.port}"),
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
        # A compressed answer could be longer than its bytes: the budget counts what is read.
        ("Accept-Encoding", "identity"),
        ("User-Agent", f"codeward/{__version__}"),
    ]
    return [*headers, ("Authorization", f"Bearer {address.key}")] if address.key else headers
