"""Patience: how long, how often and how much is tried before a publisher is given up."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

from codeward.ingest.fetch.troubles import Failed, Passing

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds, bytes and counts; `sleep` and `clock` are the machine's own outside tests."""

    attempts: int = 5
    """Tries one after another that bring nothing new."""
    most: int = 30
    """Tries in all, so that a server that gives a little each time does not go on for ever."""
    first_wait: float = 2.0
    """Before the second try; doubled each time."""
    longest_wait: float = 120.0
    pause: float = 1.0
    """Between two requests to one publisher."""
    connect: float = 20.0
    read: float = 60.0
    """Without a single byte."""
    window: float = 60.0
    least: int = 60_000
    """Bytes that must come in each window."""
    largest: int = 2_000_000_000
    """Bytes of the largest file that is taken."""
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    def insist(self, attempt: Callable[[], T], progress: Callable[[], int] = lambda: 0) -> T:
        """Try until it is answered; what passes is tried again, sooner given up where nothing new comes."""
        idle, before = 0, progress()
        for count in range(1, self.most + 1):
            try:
                return attempt()
            except Passing as trouble:
                now = progress()
                idle = 0 if now > before else idle + 1
                before = now
                if idle >= self.attempts or count == self.most or (trouble.wait or 0) > self.longest_wait:
                    raise Failed(f"{trouble} (tried {count} time{'s' if count > 1 else ''})") from None
                self.sleep(trouble.wait or min(self.first_wait * 2.0 ** max(idle - 1, 0), self.longest_wait))
        raise AssertionError("unreachable")


def read_retry_after(text: str | None) -> float | None:
    """Seconds to wait out of a Retry-After header, which names seconds or a moment; None where it says nothing."""
    if not text:
        return None
    if text.strip().isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((aware - datetime.now(UTC)).total_seconds(), 0.0)
