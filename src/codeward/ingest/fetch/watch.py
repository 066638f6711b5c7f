"""Watch: which releases the publishers have that are neither in the library nor among the downloads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Literal

from codeward.core.faults import NotLoaded
from codeward.datasets.declare import Dataset
from codeward.datasets.editions import edition_on
from codeward.ingest.downloads import Ledger
from codeward.ingest.fetch import naming
from codeward.ingest.fetch.download import Marks
from codeward.ingest.fetch.landing import Link, Reader, Shelf
from codeward.ingest.fetch.session import Session
from codeward.ingest.fetch.troubles import NotThere
from codeward.ingest.fetch.wanted import Wanted, current_days, files_of
from codeward.ingest.staging import Progress
from codeward.store.home import Home

NOT_THERE: Mapping[str, str] = {"": "not there"}


@dataclass(frozen=True, slots=True)
class Novelty:
    """A file that is not here: of a release that is `new`, or `corrected`: under a new address for one that is held."""

    dataset: str
    edition: str
    effective: date | None
    part: str
    state: Literal["new", "corrected"]
    url: str
    published: date | None
    terms: str

    @property
    def file(self) -> str:
        """The name it will have here."""
        return naming.file_name(self.url)


@dataclass
class Watch:
    """What was looked at and found; `held` is the newest edition here, where there is one."""

    looked: list[str] = field(default_factory=list)
    held: dict[str, str] = field(default_factory=dict)
    news: list[Novelty] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)

    def add(self, other: Watch) -> None:
        """Everything another look found, after what this one did."""
        self.looked += other.looked
        self.held |= other.held
        self.news += other.news
        self.problems += other.problems


@dataclass
class Held:
    """First days of the releases that are here, by dataset: in the library from their publisher, or downloaded."""

    days: dict[str, set[date]]
    urls: dict[tuple[str, str, str], str]
    packaged: dict[str, set[date]]
    marks: dict[str, Marks]

    @classmethod
    def of(cls, home: Home, ledger: Ledger) -> Held:
        """What the home holds; the starter's packages do not count, the publisher's own files are still wanted."""
        days: dict[str, set[date]] = {}
        packaged: dict[str, set[date]] = {}
        for release in _releases(home):
            target = packaged if all(_is_package(name) for name in release["files"]) else days
            target.setdefault(release["dataset"], set()).add(date.fromisoformat(release["effective"]))
        for entry in ledger.latest().values():
            if entry.is_there():
                days.setdefault(entry.dataset, set()).add(date.fromisoformat(entry.effective))
        urls = {(item.dataset, item.effective, item.part): item.url for item in ledger.latest().values()}
        marks = {entry.url: Marks(entry.etag, entry.last_modified) for entry in ledger.entries if entry.is_there()}
        return cls(days, urls, packaged, marks)

    def newest(self, dataset: Dataset) -> date | None:
        """First day of the newest release here."""
        return max(self.days.get(dataset.id, ()), default=None)

    def has_any(self, dataset: Dataset) -> bool:
        """Whether anything of it is here, from the starter or from its publisher."""
        return bool(self.days.get(dataset.id) or self.packaged.get(dataset.id))


def _releases(home: Home) -> list[dict[str, Any]]:
    with suppress(NotLoaded):
        manifest = json.loads((home.current() / "manifest.json").read_text(encoding="utf-8"))
        return list(manifest["releases"])
    return []


def _is_package(name: str) -> bool:
    return Path(name).parts[0].endswith(".whl")


@dataclass
class Watcher:
    """Looks at publishers and changes nothing here."""

    session: Session
    reader: Reader
    held: Held
    today: date
    progress: Progress
    _heard: dict[str, Mapping[str, str] | None] = field(default_factory=dict)

    def look(self, dataset: Dataset) -> Watch:
        """What its publisher has now that is newer than the newest here."""
        self.progress(f"looking for {dataset.id}", 0.0)
        shelf = self.reader.shelf(dataset)
        watch = Watch([dataset.id])
        newest = self.held.newest(dataset)
        if newest is not None:
            watch.held[dataset.id] = edition_on(dataset, newest)
        if shelf.unknown and not shelf.days:
            watch.problems.append((dataset.id, f"no release can be told from {shelf.unknown[0]}"))
        if shelf.problem:
            watch.problems.append((dataset.id, f"{dataset.landing}: {shelf.problem}"))
        for day in self._days(shelf, newest):
            self.reader.open_pages(shelf, day)
            for wanted in files_of(shelf, day):
                asked = any((item.effective, item.part != wanted.part) == (day, True) for item in watch.news)
                watch.news += self._news(shelf, wanted, asked)
        return watch

    def _days(self, shelf: Shelf, newest: date | None) -> list[date]:
        """Releases to look into: from the newest here on, which may have been corrected; else what is current."""
        current = current_days(shelf, self.today)
        if newest is None:
            return current
        return sorted({day for day in {*shelf.days, *current} if day >= newest})

    def _news(self, shelf: Shelf, wanted: Wanted, asked: bool) -> list[Novelty]:
        """The file where it is not here; of a listed release the publisher is asked about one file only."""
        listed = shelf.of(wanted.day, wanted.part)
        if wanted.day == naming.NEWEST:
            return self._newer(wanted)
        if wanted.day in self.held.days.get(wanted.dataset.id, ()):
            return self._corrected(wanted, listed[:1])
        links = listed or list(wanted.links)
        for link in links:
            found = {} if asked and listed else self._ask(link, trust=bool(listed))
            if found is not None:
                return [_novelty(wanted, link, "new", found)]
        return []

    def _newer(self, wanted: Wanted) -> list[Novelty]:
        """At an address that always gives the newest: is it still the one that was fetched?"""
        for link in wanted.links:
            found = self._ask(link, trust=wanted.listed)
            had = self.held.marks.get(link.url)
            if had is not None and not had.differs(Marks.of(found or {})):
                return []
            if found is not None:
                return [_novelty(wanted, link, "new", found)]
        return []

    def _corrected(self, wanted: Wanted, listed: list[Link]) -> list[Novelty]:
        """The page lists another address for a file that was fetched: the publisher put out a correction."""
        had = self.held.urls.get((wanted.dataset.id, wanted.day.isoformat(), wanted.part))
        return [
            _novelty(wanted, link, "corrected", self._ask(link, trust=True) or {})
            for link in listed
            if had is not None and link.url != had
        ]

    def _ask(self, link: Link, *, trust: bool) -> dict[str, str] | None:
        """What the publisher says of the file, asked once; None when it is not there."""
        if link.url not in self._heard:
            try:
                self._heard[link.url] = self.session.head(link.url)
            except NotThere:
                self._heard[link.url] = NOT_THERE
        headers = self._heard[link.url]
        if headers is NOT_THERE:
            return None
        if headers is None:
            return {} if trust else None
        page = "html" in headers.get("content-type", "")
        return {} if page and trust else None if page else dict(headers)


def _novelty(wanted: Wanted, link: Link, state: Literal["new", "corrected"], headers: dict[str, str]) -> Novelty:
    terms = link.terms or wanted.dataset.needs_acceptance
    published = _published(headers.get("last-modified", ""))
    day = None if wanted.day == naming.NEWEST else wanted.day
    return Novelty(wanted.dataset.id, wanted.edition, day, wanted.part, state, link.url, published, terms)


def _published(text: str) -> date | None:
    with suppress(ValueError):
        return parsedate_to_datetime(text).date()
    return None
