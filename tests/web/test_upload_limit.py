"""Bodies larger than any form are dropped before the framework writes them down, told or not how large they are."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from codeward.web.upload_limit import UploadLimit

MOST = 110_000
"""What 0.01 MB and the room around a file come to."""


class Application:
    """Reads a body to its end, as the framework does, and answers unless the client is gone."""

    def __init__(self) -> None:
        self.body = b""

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            self.body += message["body"]
            more = message["more_body"]
        await send({"type": "http.response.start", "status": 200, "headers": []})


def sent(pieces: list[bytes], told: bool, path: str = "/batch") -> tuple[int, bytes, int]:
    """The status, the body that the application saw, and how many pieces were taken."""
    application, answers = Application(), list[dict[str, Any]]()
    left: Iterator[tuple[int, bytes]] = iter(enumerate(pieces, 1))
    taken = [0]

    async def receive() -> dict[str, Any]:
        taken[0], piece = next(left)
        return {"type": "http.request", "body": piece, "more_body": taken[0] < len(pieces)}

    async def send(message: dict[str, Any]) -> None:
        answers.append(message)

    headers = [(b"content-length", str(sum(map(len, pieces))).encode())] if told else []
    request, scope = UploadLimit(application), {"type": "http", "path": path, "headers": headers}
    # A thread of its own: one that has driven a browser keeps a running loop.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(request(scope, receive, send))).result()
    return answers[0]["status"], application.body, taken[0]


@pytest.fixture(autouse=True)
def limit(settings) -> None:
    settings.CODEWARD_BATCH_MEGABYTES = 0.01


@pytest.mark.parametrize("told", [True, False])
def test_a_body_within_the_limit_passes(told: bool) -> None:
    assert sent([b"a" * 50_000, b"b" * 60_000], told) == (200, b"a" * 50_000 + b"b" * 60_000, 2)


def test_one_that_says_it_is_too_large_is_read_and_dropped() -> None:
    assert sent([b"a" * MOST, b"b"], True) == (200, b"", 2)


def test_one_that_is_far_too_large_is_not_read_to_its_end() -> None:
    status, body, taken = sent([b"a" * MOST] * 50, True)
    assert (status, body) == (200, b"") and taken < 6


def test_one_that_grows_too_large_is_cut_off() -> None:
    status, body, taken = sent([b"a" * MOST, b"b", b"c"], False)
    assert status == 413 and len(body) <= MOST and taken == 2


@pytest.mark.parametrize("told", [True, False])
def test_a_note_never_grows_large_enough_to_be_written_down(told: bool, settings) -> None:
    settings.CODEWARD_BATCH_MEGABYTES = 100
    assert sent([b"a" * 1_900_000], told, "/case")[1] == b"a" * 1_900_000
    status, body, _ = sent([b"a" * 1_000_000] * 3, told, "/case")
    assert (status, body) == (200, b"") if told else status == 413 and len(body) <= 2_500_000
