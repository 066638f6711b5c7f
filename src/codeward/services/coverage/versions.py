"""Versions: which version of a document holds on a day, out of all that any loaded export has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from codeward.core.days import OPEN_END
from codeward.services.coverage.values import DocumentVersion
from codeward.services.coverage_documents import COMING, DRAFT, ENDED, IN_FORCE, UNSEEN
from codeward.services.view import View
from codeward.store.coverage import Version, versions_of

DRAFTS = frozenset(("D", "P"))
"""Status letters of drafts and proposals, which govern nothing."""
FIRST = {"article": "A", "lcd": "L", "ncd-trkg": ""}


@dataclass(frozen=True, slots=True)
class Held:
    """A document by kind (article, lcd, ncd-trkg) and number, the version of the day if any, and all loaded ones."""

    kind: str
    number: int
    version: Version | None
    every: tuple[Version, ...]

    @property
    def unseen(self) -> bool:
        """Whether the day lies before the first loaded version, which is not the document's first."""
        return self.version is None and bool(self.every) and _before(self.every)

    def standing(self, version: Version, on: date) -> str:
        """How a version stands on a day, in the words of the lists of documents."""
        if self.version is not None and version.version == self.version.version:
            return IN_FORCE
        if version.first_day > version.last_day or version.status in DRAFTS:
            return DRAFT
        if version.first_day > on:
            first = version.version == min(item.version for item in self.every)
            return UNSEEN if first and self.version is None and version.version > 1 else COMING
        return ENDED

    def history(self, on: date) -> tuple[DocumentVersion, ...]:
        """All loaded versions, newest first."""
        return tuple(
            DocumentVersion(
                item.version, _day(item.first_day), _day(item.last_day), self.standing(item, on), item.source
            )
            for item in sorted(self.every, key=lambda item: -item.version)
        )


def held_documents(view: View, kind: str, numbers: Iterable[int]) -> list[Held]:
    """The documents with the version that holds on the day."""
    found = versions_of(view.library, kind, set(numbers))
    every = ((number, tuple(group)) for number, group in groupby(found, key=lambda item: item.document))
    return [Held(kind, number, of_the_day(group, view.on), group) for number, group in every]


def of_the_day(versions: tuple[Version, ...], on: date) -> Version | None:
    """The version in force: of those that hold, the last to begin; of those that began together, the first to end.

    Articles give the first day of the document, not of the revision, for every version: the earlier one still held
    while its end was to come.
    """
    able = [item for item in versions if item.first_day <= on <= item.last_day and item.status not in DRAFTS]
    return max(able, key=lambda item: (item.first_day, -item.last_day.toordinal(), item.version), default=None)


def _before(versions: tuple[Version, ...]) -> bool:
    return min(item.version for item in versions) > 1


def _day(day: date) -> date | None:
    return None if day in (OPEN_END, date.min) else day
