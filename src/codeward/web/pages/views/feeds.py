"""Atom feeds: what each edition of a dataset changed, and the history of one code.

Ids are UUIDs of what an entry is about, not of where the site stands: moving it or asking it by another name makes no
entry new. An entry is dated by the day its edition took effect, a feed by the day its library was built.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import condition, require_safe

from codeward import __version__
from codeward.core.codes import SYSTEM_NAMES, readings
from codeward.core.faults import NotFound
from codeward.datasets.registry import DATASETS
from codeward.services.code_history import code_history
from codeward.services.page import Event
from codeward.services.what_changed import Summary, pairs_of, summary
from codeward.store.library import Library
from codeward.web.pages import shelf

NAMES = UUID("3d0c2f5a-0f0e-5d55-9f5b-6f0c1c6a7e21")
"""The name space of Codeward's feed ids, drawn once."""

AUTHOR = "Codeward"


class DatedFeed(Atom1Feed):
    """An Atom feed that is as new as its library, not as the moment it is asked for."""

    def __init__(self, *args: object, built: datetime, feed_id: str, **more: object) -> None:
        super().__init__(*args, **more)
        self._built, self._id = built, feed_id

    def latest_post_date(self) -> datetime:
        """When the library was built."""
        return self._built

    def add_root_elements(self, handler):
        """Django writes the page's address as the id; ours does not move with the site."""
        super().add_root_elements(_SwapsId(handler, self._id))


class _SwapsId:
    """Passes everything on and writes another id."""

    def __init__(self, handler, feed_id: str) -> None:
        self._handler, self._id = handler, feed_id

    def addQuickElement(self, name, contents=None, attrs=None):
        """An element, the id replaced."""
        self._handler.addQuickElement(name, self._id if name == "id" else contents, attrs)

    def __getattr__(self, name: str) -> object:
        return getattr(self._handler, name)


def _unchanged(request: HttpRequest, **where: str) -> str | None:
    library = shelf.library_or_none()
    return f'"{library.hash}-{__version__}"' if library else None


@require_safe
@condition(etag_func=_unchanged)
def dataset_feed(request: HttpRequest, dataset: str) -> HttpResponse:
    """One entry for each loaded edition that has one before it."""
    library = shelf.library()
    if dataset not in DATASETS:
        raise NotFound(f"no dataset is called {dataset!r}")
    title = DATASETS[dataset].title
    feed = _feed(request, library, f"{title}: what changed", f"/data/{dataset}", f"dataset {dataset}")
    for pair in pairs_of(library, dataset):
        found = summary(library, *pair)
        before, after = found.before, found.after
        link = request.build_absolute_uri(f"/changes/{dataset}/{before.edition}..{after.edition}")
        name = f"changes {dataset} {before.edition} {after.edition} {after.origin}"
        _add(feed, f"{title} {after.edition}", link, _told(found), after.effective, name)
    return _answer(feed)


@require_safe
@condition(etag_func=_unchanged)
def code_feed(request: HttpRequest, system: str, text: str) -> HttpResponse:
    """One entry for each change of a code."""
    library = shelf.library()
    code = next(iter(readings(text, system)), None)
    if code is None:
        raise NotFound(f"{text!r} cannot be a {SYSTEM_NAMES[system]} code")
    name = f"{SYSTEM_NAMES[system]} {code.shown}"
    feed = _feed(request, library, f"Changes of {name}", code.path, f"code {system} {code.value}")
    link = request.build_absolute_uri(code.path)
    for event in code_history(library, code):
        about = ":".join((system, code.value, event.dataset, event.name, event.subject, event.day.isoformat()))
        values = f"{event.before}:{event.after}"
        target = f"{link}?on={event.day.isoformat()}#timeline"
        _add(feed, _headline(code.shown, event), target, _sentence(event), event.day, f"event {about}:{values}")
    return _answer(feed)


def _feed(request: HttpRequest, library: Library, title: str, path: str, about: str) -> DatedFeed:
    return DatedFeed(
        title=title,
        link=request.build_absolute_uri(path),
        description="",
        language="en-us",
        author_name=AUTHOR,
        feed_url=request.build_absolute_uri(request.path),
        built=datetime.fromisoformat(str(library.manifest["built"])),
        feed_id=uuid5(NAMES, about).urn,
    )


def _add(feed: DatedFeed, title: str, link: str, text: str, day: date, about: str) -> None:
    when = datetime.combine(day, time(), UTC)
    feed.add_item(title=title, link=link, description=text, updateddate=when, pubdate=when,
                  author_name=AUTHOR, unique_id=uuid5(NAMES, about).urn)  # fmt: skip


def _answer(feed: DatedFeed) -> HttpResponse:
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _told(found: Summary) -> str:
    between = f" {len(found.missing)} editions between are not loaded." if found.missing else ""
    return (
        f"Since {found.before.edition}: {found.added:,} added, {found.removed:,} removed, "
        f"{found.changed:,} changed. In force from {found.after.effective}.{between}"
    )


def _headline(shown: str, event: Event) -> str:
    subject = f" ({event.subject})" if event.subject else ""
    return f"{shown}{subject}: {event.label} {event.before or 'none'} → {event.after or 'blank'}"


def _sentence(event: Event) -> str:
    source = event.after_source or event.before_source
    stands = f" Source: {source.citation}." if source else ""
    note = f" {event.note[0].upper()}{event.note[1:]}." if event.note else ""
    return f"{DATASETS[event.dataset].title}, {event.day}.{note}{stands}"
