"""Wanted: which files of which releases are to be had, and the addresses to try for each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from codeward.datasets.declare import Dataset
from codeward.datasets.editions import edition_on
from codeward.datasets.registry import DATASETS
from codeward.ingest.fetch import naming
from codeward.ingest.fetch.landing import GATE_TERMS, Link, Reader, Shelf


@dataclass(frozen=True, slots=True)
class Asked:
    """Which releases: those named, those in force since a day or on one, else the current ones.

    Current are the release in force today and any that is published ahead of its first day.
    """

    editions: tuple[str, ...] = ()
    since: date | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """One file of one release, and where it may be, likeliest first; `links` is empty where no address is known."""

    dataset: Dataset
    day: date
    part: str
    links: tuple[Link, ...]
    listed: bool = False
    """Whether the publisher's page lists the first of them."""

    @property
    def edition(self) -> str:
        """The release's name."""
        return name_on(self.dataset, self.day)


def name_on(dataset: Dataset, day: date) -> str:
    """The edition's name; `newest` where only the file will tell it."""
    return "newest" if day == naming.NEWEST else edition_on(dataset, day)


@dataclass
class Choice:
    """What is wanted of one dataset, and the names asked for that it has no release of."""

    shelf: Shelf
    files: list[Wanted] = field(default_factory=list)
    nameless: list[str] = field(default_factory=list)


def choose(dataset: Dataset, reader: Reader, asked: Asked, today: date) -> Choice:
    """The files of the releases asked for: as the landing page lists them, else by the declared patterns."""
    choice = Choice(reader.shelf(dataset))
    for day in _days(choice, dataset, asked, today):
        reader.open_pages(choice.shelf, day)
        choice.files += files_of(choice.shelf, day)
    return choice


def files_of(shelf: Shelf, day: date) -> list[Wanted]:
    """Every file of one release with its addresses: listed ones, then those by pattern."""
    patterns = naming.places(shelf.dataset, day)
    parts = shelf.dataset.parts or dict.fromkeys([*shelf.parts(day), *(part for part, _ in patterns)])
    return [
        Wanted(shelf.dataset, day, part, tuple(_links(shelf, patterns, day, part)), bool(shelf.of(day, part)))
        for part in parts or ("",)
    ]


def _links(shelf: Shelf, patterns: list[tuple[str, str]], day: date, part: str) -> list[Link]:
    """A pattern is no way around the terms that the publisher's page puts before the file."""
    listed = shelf.of(day, part)
    terms = next((link.terms for link in listed if link.terms), shelf.dataset.needs_acceptance)
    links = [*listed, *(Link(url, terms or _terms_beside(day, url)) for at, url in patterns if at == part)]
    once = {link.url: link for link in reversed(links)}
    return [once[url] for url in dict.fromkeys(link.url for link in links)]


def _terms_beside(day: date, url: str) -> str:
    """Terms of another dataset whose files come in the same archive: fee schedules beside lists of counties."""
    under_terms = (item for item in DATASETS.values() if item.needs_acceptance)
    same = (item for item in under_terms if url in [place for _, place in naming.places(item, day)])
    return next((item.needs_acceptance for item in same), "")


def agreed(link: Link) -> Link:
    """The address as the AMA's page on cms.gov forms it when its terms are agreed to; tried where a page came."""
    return Link(f"{link.url}?agree=yes&next=Accept", link.terms or GATE_TERMS)


def _days(choice: Choice, dataset: Dataset, asked: Asked, today: date) -> list[date]:
    if asked.editions:
        return _named(choice, dataset, asked.editions, today)
    if asked.since is not None:
        return _since(choice.shelf, dataset, asked.since, today)
    if asked.on is not None:
        return current_days(choice.shelf, asked.on)[:1]
    return current_days(choice.shelf, today)


def _named(choice: Choice, dataset: Dataset, names: tuple[str, ...], today: date) -> list[date]:
    ahead = date(today.year + 1, 12, 31)
    every = sorted({*choice.shelf.days, *naming.days(dataset, ahead)})
    known = {name_on(dataset, day).casefold(): day for day in every} | {day.isoformat(): day for day in every}
    choice.nameless = [name for name in names if name.casefold() not in known]
    return sorted({known[name.casefold()] for name in names if name.casefold() in known})


def _since(shelf: Shelf, dataset: Dataset, since: date, today: date) -> list[date]:
    first = dataset.expected_start(since) or since
    every = {*shelf.days, *naming.days(dataset, today)}
    return sorted(day for day in every if day >= first)


def current_days(shelf: Shelf, today: date) -> list[date]:
    """The release in force and those published ahead; a late publisher's newest one counts as in force."""
    known = list(naming.days(shelf.dataset, today)) or [today]
    start = shelf.dataset.expected_start(today) or max([*shelf.days, known[-1]])
    earlier = [day for day in shelf.days if day < start]
    listed = start in shelf.days or not earlier
    return sorted({start if listed else earlier[-1], *(day for day in shelf.days if day > start)})
