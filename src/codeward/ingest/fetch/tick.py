"""Tick: the one thing a timer runs; looks at each publication at most once a day and may fetch what is new."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from codeward import __version__
from codeward.datasets.declare import Dataset
from codeward.ingest.fetch.fetcher import Busy, Fetcher
from codeward.ingest.fetch.renew import built_from, complete, renew
from codeward.ingest.fetch.report import FOUND, Report
from codeward.ingest.fetch.terms import lacking
from codeward.ingest.fetch.wanted import Asked
from codeward.ingest.fetch.watch import Held, Watch, Watcher
from codeward.store.home import Home


@dataclass
class State:
    """When each dataset was last looked at and last fetched, and files that the build refused."""

    looked: dict[str, str] = field(default_factory=dict)
    fetched: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    version: str = __version__
    """Of Codeward: another one may read what this one refused."""

    @classmethod
    def read(cls, home: Home) -> State:
        """As left by the last tick; anew where there is none or it cannot be read."""
        try:
            state = cls(**json.loads((home.root / "tick.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return cls()
        return state if state.version == __version__ else cls(state.looked, state.fetched)

    def write(self, home: Home) -> None:
        """Replace what is kept, in one step."""
        fresh = home.root / f".tick-{os.getpid()}.json"
        fresh.write_text(json.dumps(vars(self), indent=1, sort_keys=True), encoding="utf-8")
        fresh.replace(home.root / "tick.json")


@dataclass
class Done:
    """What a tick did; `running` when another tick or fetch was at it, and this one did nothing."""

    running: bool = False
    watch: Watch = field(default_factory=Watch)
    report: Report = field(default_factory=Report)

    @property
    def status(self) -> int:
        """0 when all went well or nothing was to be done, else as of the fetch, 2 when a page could not be read."""
        return max(self.report.status, 2 if self.watch.problems else 0)


@contextmanager
def only_one(home: Home) -> Iterator[None]:
    """Busy when another tick holds the lock, which goes with its process."""
    home.root.mkdir(parents=True, exist_ok=True)
    with (home.root / "tick.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Busy(f"another tick is running in {home.root}") from None
        yield


def due(datasets: list[Dataset], done: dict[str, str], today: date) -> list[Dataset]:
    """Those that were not done today yet."""
    return [dataset for dataset in datasets if done.get(dataset.id, "") < today.isoformat()]


def look(home: Home, watcher: Watcher, datasets: list[Dataset]) -> Watch:
    """Look at what is due, writing down after each that it was looked at."""
    state, watch, today = State.read(home), Watch(), watcher.today
    for dataset in due(datasets, state.looked, today):
        watch.add(watcher.look(dataset))
        state.looked[dataset.id] = today.isoformat()
        state.write(home)
    return watch


def fetch(home: Home, fetcher: Fetcher, datasets: list[Dataset]) -> Report:
    """Fetch the current releases of what is due and held here; build what no library was ever built from.

    A dataset counts as done only once its files are here, so that a tick after a killed one goes on with it.
    """
    state, report, today = State.read(home), Report(), fetcher.today
    held = Held.of(home, fetcher.ledger)
    for dataset in due([item for item in datasets if held.has_any(item)], state.fetched, today):
        if lacking(dataset, fetcher.accepted):
            continue
        found = fetcher.fetch(dataset, Asked())
        report.outcomes += found.outcomes
        report.notes += found.notes
        state.fetched[dataset.id] = today.isoformat()
        state.write(home)
    return _build(home, fetcher, state, report)


def _build(home: Home, fetcher: Fetcher, state: State, report: Report) -> Report:
    """Files that were once built from stay out: rolling back to a library without them was somebody's wish."""
    before = built_from(home)
    files = [entry for entry in complete(fetcher.ledger) if entry.path not in before]
    fresh = [entry.path for entry in files if entry.sha256 not in state.refused]
    report.built, report.refused = renew(home, fetcher.ledger, fresh, now=fetcher.now, progress=fetcher.progress)
    refused = dict(report.refused)
    state.refused |= {entry.sha256: refused[entry.path] for entry in files if entry.path in refused}
    state.write(home)
    return report


def came(report: Report) -> int:
    """How many files the tick brought."""
    return sum(item.state in FOUND and item.state != "held" for item in report.outcomes)
