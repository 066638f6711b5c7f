"""Session: polite requests to publishers, one at a time, redirects followed by our own rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Self, TypeVar
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx2

from codeward import __version__
from codeward.ingest.fetch import guard
from codeward.ingest.fetch.mirror import Mirror
from codeward.ingest.fetch.patience import Patience, read_retry_after
from codeward.ingest.fetch.troubles import Failed, NotThere, Passing, Refused, Trouble

NAME = f"codeward/{__version__}"
AGENT = f"{NAME} (self-hosted medical coding library; fetches public code sets)"
MOST_REDIRECTS = 5
LARGEST_PAGE = 8_000_000
LONGEST_DELAY = 10.0
"""Seconds between requests that a robots.txt may ask for."""
NO_CONNECTION = "no connection"
T = TypeVar("T")
_GONE = (404, 410)
_PASSING = (408, 425, 429, 500, 502, 503, 504)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as read, and the address it has at its publisher."""

    url: str
    text: str


class Session:
    """Asks publishers, or the mirror in their place; close it, or use it in a `with`."""

    def __init__(self, trusted: frozenset[str], patience: Patience, mirror: Mirror) -> None:
        self.patience = patience
        self._mirror = mirror
        self._trusted = frozenset({mirror.host}) if mirror.base else trusted
        self._asked: dict[str, float] = {}
        self._robots: dict[str, RobotFileParser] = {}
        self._dead: dict[str, str] = {}
        timeout = httpx2.Timeout(patience.read, connect=patience.connect)
        self._client = httpx2.Client(timeout=timeout, follow_redirects=False, headers={"User-Agent": AGENT})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._client.close()

    @contextmanager
    def ask(self, url: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Iterator[httpx2.Response]:
        """The answer to one request, redirects followed; Passing when the line fails, Refused for bad redirects."""
        target = self._mirror.route(url)
        try:
            for _ in range(MOST_REDIRECTS + 1):
                self._check(target)
                with self._client.stream(method, target, headers=dict(headers or {})) as response:
                    self._check_peer(target, response)
                    if not response.has_redirect_location:
                        yield response
                        return
                    target = self._redirected(target, response)
        except (httpx2.TransportError, httpx2.DecodingError) as error:
            raise Passing(_words(error)) from None
        except httpx2.InvalidURL:
            raise Refused(f"{target} is not a web address") from None
        raise Refused(f"more than {MOST_REDIRECTS} redirects")

    def _check(self, target: str) -> None:
        """May it be asked, and is it time to?"""
        guard.check(target, self._trusted)
        if self._mirror.base:
            return
        rules = self._rules(target)
        if not rules.can_fetch(NAME, target):
            raise Refused("the publisher's robots.txt asks not to fetch it")
        self._wait(target, min(float(rules.crawl_delay(NAME) or 0), LONGEST_DELAY))

    def _wait(self, target: str, delay: float) -> None:
        host, pause = urlsplit(target).netloc, max(self.patience.pause, delay)
        left = self._asked.get(host, float("-inf")) + pause - self.patience.clock()
        if left > 0:
            self.patience.sleep(left)
        self._asked[host] = self.patience.clock()

    def _rules(self, target: str) -> RobotFileParser:
        """The robots.txt of the host, read once; a host that has none forbids nothing."""
        parts = urlsplit(target)
        if parts.netloc not in self._robots:
            rules = RobotFileParser()
            rules.parse(self._robots_lines(f"{parts.scheme}://{parts.netloc}/robots.txt"))
            self._robots[parts.netloc] = rules
        return self._robots[parts.netloc]

    def _robots_lines(self, url: str) -> list[str]:
        with suppress(httpx2.HTTPError):
            answer = self._client.get(url)
            if answer.is_success and "html" not in answer.headers.get("content-type", ""):
                return answer.text[:500_000].splitlines()
        return []

    def _check_peer(self, target: str, response: httpx2.Response) -> None:
        """A name that resolved to a public host when checked must not have led elsewhere when connected to."""
        stream = response.extensions.get("network_stream")
        peer = stream.get_extra_info("server_addr") if stream is not None else None
        trusted = urlsplit(target).netloc.lower() in self._trusted
        if not trusted and peer and not guard.is_public(str(peer[0])):
            raise Refused(f"{urlsplit(target).hostname} led to a host that is not public")

    def _redirected(self, target: str, response: httpx2.Response) -> str:
        """Where it points; a step from https down to http is not taken, nor one around the mirror."""
        there = urljoin(target, response.headers["location"])
        if urlsplit(there).scheme not in ("http", "https"):
            raise Refused(f"redirected to {there[:80]}: not a web address")
        there = self._mirror.route(there)
        if urlsplit(target).scheme == "https" and urlsplit(there).scheme != "https":
            raise Refused("redirected from https to http: not followed")
        return there

    def insist(self, url: str, attempt: Callable[[], T], progress: Callable[[], int] = lambda: 0) -> T:
        """Try again while that may help; a host that could not be connected to is not tried again in this session."""
        host = urlsplit(url).netloc
        if host in self._dead:
            raise Failed(self._dead[host])
        try:
            return self.patience.insist(attempt, progress)
        except Failed as trouble:
            if str(trouble).startswith(NO_CONNECTION):
                self._dead[host] = str(trouble)
            raise

    def page(self, url: str) -> Page:
        """A page of the publisher; Trouble says why there is none."""
        return self.insist(url, lambda: self._page(url))

    def _page(self, url: str) -> Page:
        with self.ask(url, {"Accept": "text/html"}) as response:
            check_status(response)
            content = b""
            for block in response.iter_bytes():
                content += block
                if len(content) > LARGEST_PAGE:
                    raise Refused(f"the page is longer than {LARGEST_PAGE:,} bytes")
            text = content.decode(response.encoding or "utf-8", errors="replace")
            return Page(self._mirror.published(str(response.url)), text)

    def head(self, url: str) -> Mapping[str, str] | None:
        """What the publisher says of a file without sending it; None when it does not say."""
        try:
            return self.insist(url, lambda: self._head(url))
        except NotThere:
            raise
        except Trouble:
            return None

    def _head(self, url: str) -> Mapping[str, str]:
        with self.ask(url, method="HEAD") as response:
            check_status(response)
            return dict(response.headers)


def check_status(response: httpx2.Response) -> None:
    """Trouble by the status: not there, come back later, or refused."""
    status = response.status_code
    if status in _GONE:
        raise NotThere(f"status {status}")
    if status in _PASSING:
        raise Passing(f"status {status}", read_retry_after(response.headers.get("retry-after")))
    if status >= 300 and status != 304:
        raise Refused(f"status {status}")


def _words(error: Exception) -> str:
    if isinstance(error, httpx2.TimeoutException):
        return "no answer in time"
    if isinstance(error, httpx2.ConnectError):
        return NO_CONNECTION
    return f"the connection broke: {error}" if str(error) else "the connection broke"
