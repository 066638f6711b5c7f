"""Edition strip: editions over time as one bar, gaps hatched, beside the same facts in a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from codeward.services.data_room import Span

WIDTH = 1000
_LEAST_LABEL = 34
"""Narrower years are ticked without their number."""


@dataclass(frozen=True, slots=True)
class Block:
    """One span in the drawing."""

    span: Span
    x: int
    width: int

    @property
    def words(self) -> str:
        """The span for a tooltip."""
        name = self.span.edition or "not loaded"
        return f"{name}: {self.span.first} to {self.span.last}"


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a year."""

    x: int
    year: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The drawing: `today` is where the date of service falls, None when outside."""

    blocks: tuple[Block, ...]
    ticks: tuple[Tick, ...]
    today: int | None
    words: str


def edition_strip(spans: tuple[Span, ...], on: date) -> Strip | None:
    """None for a dataset that has no more than one span, which needs no drawing."""
    if len(spans) < 2:
        return None
    first, last = spans[0].first, max(spans[-1].last, on)
    days = (last - first).days + 1

    def place(day: date) -> int:
        return round((day - first).days / days * WIDTH)

    blocks = tuple(Block(item, place(item.first), max(place(item.last) - place(item.first) + 1, 2)) for item in spans)
    years = range(first.year + 1, last.year + 1)
    named = WIDTH / max(len(years), 1) >= _LEAST_LABEL
    ticks = tuple(Tick(place(date(year, 1, 1)), str(year) if named else "") for year in years)
    loaded, missing = (sum(item.loaded is flag for item in spans) for flag in (True, False))
    words = f"Editions from {first} to {last}: {loaded} loaded, {missing} stretches not loaded"
    return Strip(blocks, ticks, place(on) if first <= on <= last else None, words)
