"""The one shelf of this process: the library in use, noticed when it is swapped."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from codeward.core.faults import NotLoaded
from codeward.datasets.licences import for_programs
from codeward.store.home import Home
from codeward.store.library import Library, Shelf


@cache
def _shelf(root: Path, mode: str) -> Shelf:
    return Shelf(Home(root), mode)


def home() -> Home:
    """The folder the site reads from."""
    return Home(Path(settings.CODEWARD_HOME))


def library() -> Library:
    """The library in use now; NotLoaded when none was built."""
    return _shelf(Path(settings.CODEWARD_HOME), settings.CODEWARD_LICENCE).library()


def library_for_programs() -> Library:
    """The library in use as other programs may read it."""
    return _shelf(Path(settings.CODEWARD_HOME), for_programs(settings.CODEWARD_LICENCE)).library()


def library_or_none() -> Library | None:
    """The library in use, or None when none was built."""
    try:
        return library()
    except NotLoaded:
        return None
