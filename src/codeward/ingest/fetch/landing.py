"""Landing pages: the files a publisher links to now, and for which release each is.

CMS leads to files with CPT codes by a page of the AMA's terms (`/license/ama?file=/files/zip/x.zip`, formerly
`/apps/ama/license.asp?file=`). Such a link is read as the file behind it, under the terms `ama-cpt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import parse_qs, urljoin, urlsplit

from lxml import etree, html

from codeward.datasets.declare import Dataset
from codeward.ingest.fetch import naming
from codeward.ingest.fetch.session import Page, Session
from codeward.ingest.fetch.troubles import Trouble

GATE_TERMS = "ama-cpt"
_GATES = ("/license/ama", "/apps/ama/license.asp")
_FILES = {".zip", ".csv", ".txt", ".xlsx", ".xls", ".pdf", ".xml", ".gz"}


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link of a page leads, and the terms that stand before it."""

    url: str
    terms: str = ""

    @property
    def is_file(self) -> bool:
        """Whether it leads to a file, or to one more page."""
        return PurePosixPath(urlsplit(self.url).path.lower()).suffix in _FILES


@dataclass(frozen=True, slots=True)
class Listed:
    """A link that is one of the publication's, and the release it is for."""

    day: date
    part: str
    link: Link


@dataclass
class Shelf:
    """What the publisher's pages list of one dataset; `problem` says why its landing page could not be read."""

    dataset: Dataset
    files: list[Listed] = field(default_factory=list)
    pages: list[Listed] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    problem: str = ""

    @property
    def days(self) -> list[date]:
        """First days of the releases it lists, oldest first."""
        return sorted({item.day for item in (*self.files, *self.pages)})

    def of(self, day: date, part: str) -> list[Link]:
        """Links to that file, the publisher's corrections first."""
        found = [item.link for item in self.files if (item.day, item.part) == (day, part)]
        return sorted(found, key=lambda link: not naming.is_corrected(link.url))

    def parts(self, day: date) -> list[str]:
        """Parts of the release that are listed."""
        return list(dict.fromkeys(item.part for item in self.files if item.day == day))


class Reader:
    """Reads each page once, however many datasets it lists."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._read: dict[str, Page | Trouble] = {}

    def shelf(self, dataset: Dataset) -> Shelf:
        """What the dataset's landing page lists."""
        shelf = Shelf(dataset)
        try:
            if dataset.links:
                self._add(shelf, self._page(dataset.landing))
        except Trouble as trouble:
            shelf.problem = str(trouble)
        return shelf

    def open_pages(self, shelf: Shelf, day: date) -> None:
        """Read the page that the landing page has for a release, where it lists no file of it."""
        if shelf.parts(day):
            return
        for listed in [item for item in shelf.pages if item.day == day][:2]:
            try:
                self._add(shelf, self._page(listed.link.url))
            except Trouble as trouble:
                shelf.problem = f"{listed.link.url}: {trouble}"

    def _page(self, url: str) -> Page:
        if url not in self._read:
            try:
                self._read[url] = self._session.page(url)
            except Trouble as trouble:
                self._read[url] = trouble
        found = self._read[url]
        if isinstance(found, Trouble):
            raise found
        return found

    def _add(self, shelf: Shelf, page: Page) -> None:
        for link in links_of(page):
            match = _match(shelf.dataset, link.url)
            if match is None:
                continue
            spot = naming.spot_of(shelf.dataset, link.url, match)
            if spot is None:
                shelf.unknown.append(link.url)
            else:
                target = shelf.files if link.is_file else shelf.pages
                target.append(Listed(spot.day, spot.part, link))


def _match(dataset: Dataset, url: str) -> re.Match[str] | None:
    found = (re.search(pattern, url, re.IGNORECASE) for pattern in dataset.links)
    return next((match for match in found if match), None)


def links_of(page: Page) -> Iterator[Link]:
    """Every link of the page once, in its order, click-through pages undone."""
    try:
        tree = html.document_fromstring(page.text or "<p>", parser=html.HTMLParser(encoding=None, huge_tree=False))
    except (etree.ParserError, ValueError):
        return
    seen = set[Link]()
    for element in tree.iter("a"):
        link = _undone(page.url, element.get("href", ""))
        if link is not None and link not in seen:
            seen.add(link)
            yield link


def _undone(base: str, href: str) -> Link | None:
    """The file behind a click-through page, which must lie at the same publisher; None for what is no web address."""
    try:
        url = urljoin(base, href.strip())
        parts = urlsplit(url)
    except ValueError:
        return None
    if not href or parts.scheme not in ("http", "https"):
        return None
    if parts.path.rstrip("/").lower() not in _GATES:
        return Link(parts._replace(fragment="").geturl())
    behind = parse_qs(parts.query).get("file", [""])[0]
    target = urljoin(url, behind)
    return Link(target, GATE_TERMS) if behind and urlsplit(target).netloc == parts.netloc else None
