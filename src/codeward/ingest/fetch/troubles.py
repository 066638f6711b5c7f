"""Troubles: what can go wrong between here and a publisher, each in words for the report."""

from __future__ import annotations


class Trouble(Exception):
    """Base of everything that keeps a file from coming."""


class NotThere(Trouble):
    """The publisher says that nothing lies at the address."""


class Refused(Trouble):
    """The publisher does not give the file, or what it gives is not taken; trying again would not help."""


class WrongContent(Refused):
    """Something else than the file came from its address: most often a page."""


class Failed(Trouble):
    """Given up after trying again and again."""


class Passing(Trouble):
    """May be over soon; `wait` is how long the publisher asked to be left alone, in seconds."""

    def __init__(self, words: str, wait: float | None = None) -> None:
        super().__init__(words)
        self.wait = wait
