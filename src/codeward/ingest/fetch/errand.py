"""Errand: a fetch, a watch or a tick from beginning to end, for whoever asks at a door."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from codeward.core.faults import BadInput
from codeward.datasets.registry import DATASETS
from codeward.ingest.downloads import Ledger
from codeward.ingest.fetch import guard, terms, tick
from codeward.ingest.fetch.fetcher import Busy, Fetcher, alone, chosen
from codeward.ingest.fetch.landing import Reader
from codeward.ingest.fetch.mirror import Mirror
from codeward.ingest.fetch.patience import Patience
from codeward.ingest.fetch.renew import complete, renew
from codeward.ingest.fetch.report import FOUND, Report
from codeward.ingest.fetch.session import Session
from codeward.ingest.fetch.tick import Done
from codeward.ingest.fetch.wanted import Asked
from codeward.ingest.fetch.watch import Held, Watch, Watcher
from codeward.ingest.staging import Progress
from codeward.store.home import Home


@dataclass(frozen=True)
class Errand:
    """Where things are kept, where they are asked for, and what day it is."""

    home: Home
    today: date
    now: Callable[[], datetime]
    progress: Progress
    mirror: Mirror = field(default_factory=Mirror)
    patience: Patience = field(default_factory=Patience)

    def fetch(
        self,
        names: list[str],
        asked: Asked,
        *,
        accept: frozenset[str] = frozenset(),
        to: Path | None = None,
        dry_run: bool = False,
        build: bool = True,
    ) -> Report:
        """Get the files of these datasets, or of `all`, and build them into the library.

        BadInput before anything is asked for: an unknown dataset, or one named whose terms were never accepted.
        """
        datasets = chosen(names)
        with alone(self.home), self._session() as session:
            accepted = terms.accepted(self.home, accept, self.now, record=not dry_run)
            for words in (terms.lacking(dataset, accepted) for dataset in datasets if names != ["all"]):
                if words:
                    raise BadInput(words)
            fetcher = self._fetcher(session, Reader(session), accepted, to)
            report = Report()
            for dataset in datasets:
                found = fetcher.fetch(dataset, asked, dry_run=dry_run)
                report.outcomes += found.outcomes
                report.notes += found.notes
            if build and not dry_run:
                self._build(fetcher.ledger, report)
            return report

    def _build(self, ledger: Ledger, report: Report) -> None:
        whole = {entry.path for entry in complete(ledger)}
        came = {item.path: None for item in report.outcomes if item.state in FOUND and item.path}
        for path in [path for path in came if path not in whole]:
            report.notes.append((path.name, "left out of the library until the other parts of its release are here"))
        fresh = [path for path in came if path in whole]
        report.built, report.refused = renew(self.home, ledger, fresh, now=self.now, progress=self.progress)

    def watch(self, names: list[str]) -> Watch:
        """What the publishers of these datasets have that is not here; nothing here changes."""
        watch = Watch()
        with self._session() as session:
            watcher = self._watcher(session, Reader(session))
            for dataset in chosen(names or ["all"]):
                watch.add(watcher.look(dataset))
        return watch

    def tick(self, *, fetch: bool) -> Done:
        """Watch what was not looked at today, and fetch and build what is new of the datasets held here."""
        try:
            with tick.only_one(self.home), alone(self.home) if fetch else nullcontext():
                return self._tick(fetch)
        except Busy:
            return Done(running=True)

    def _tick(self, fetch: bool) -> Done:
        with self._session() as session:
            reader, done = Reader(session), Done()
            done.watch = tick.look(self.home, self._watcher(session, reader), chosen(["all"]))
            if fetch:
                fetcher = self._fetcher(session, reader, frozenset(self.home.accepted()), None)
                done.report = tick.fetch(self.home, fetcher, chosen(["all"]))
            return done

    def _fetcher(self, session: Session, reader: Reader, accepted: frozenset[str], to: Path | None) -> Fetcher:
        ledger = Ledger(self.home)
        folder = to or ledger.folder
        return Fetcher(session, reader, ledger, folder, accepted, self.today, self.now, self.progress)

    def _watcher(self, session: Session, reader: Reader) -> Watcher:
        return Watcher(session, reader, Held.of(self.home, Ledger(self.home)), self.today, self.progress)

    @contextmanager
    def _session(self) -> Iterator[Session]:
        with Session(guard.hosts_of(DATASETS.values()), self.patience, self.mirror) as session:
            yield session
