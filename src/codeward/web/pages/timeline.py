"""Timeline: a code's history as the page shows it, one entry a day and dataset, and the kinds to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from codeward.datasets.registry import DATASETS
from codeward.services.code_history import KINDS
from codeward.services.page import Event
from codeward.web.pages.parts import Part

SHOWN = 24


@dataclass(frozen=True, slots=True)
class Entry:
    """What changed on one day in one dataset about one row of the code."""

    day: str
    dataset: str
    title: str
    subject: str
    note: str
    events: tuple[Event, ...]
    later: bool
    kinds: str
    """The kinds of its events, as classes."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Entries newest first; `rest` counts those not shown; `kinds` are id, name and count of each kind there is."""

    entries: tuple[Entry, ...]
    rest: int
    kinds: tuple[tuple[str, str, int], ...]


def timeline_of(part: Part, on: date) -> Timeline:
    """The events of the section, together where one edition tells several."""
    events = part.section.events
    groups = groupby(events, key=lambda event: (event.day, event.dataset, event.subject, event.note))
    entries = [_entry(*key, tuple(group), on) for key, group in groups]
    counts = {kind: sum(event.kind == kind for event in events) for kind in KINDS}
    kinds = tuple((kind, name, counts[kind]) for kind, name in KINDS.items() if counts[kind])
    return Timeline(tuple(entries[:SHOWN]), max(len(entries) - SHOWN, 0), kinds if len(kinds) > 1 else ())


def _entry(day: date, dataset: str, subject: str, note: str, events: tuple[Event, ...], on: date) -> Entry:
    kinds = " ".join(dict.fromkeys(f"k-{event.kind}" for event in events))
    words = f"{note[0].upper()}{note[1:]}." if note else ""
    return Entry(day.isoformat(), dataset, DATASETS[dataset].title, subject, words, events, day > on, kinds)
