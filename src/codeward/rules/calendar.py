"""Calendar: which loaded edition of each dataset answers for a day, written down once so that every engine joins it.

Days on which the same editions answer share an era; facts about a code are worked out once for an era.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from codeward.datasets.registry import DATASETS
from codeward.store.library import Library
from codeward.store.releases import Release, gap

ANSWERING = (
    "mpfs-rvu",
    "ncci-mue-practitioner",
    "ncci-mue-outpatient",
    "ncci-mue-dme",
    "ncci-aoc",
    "ncci-ptp-practitioner",
    "ncci-ptp-outpatient",
    "hcpcs",
    "icd-10-cm",
    "icd-10-cm-notes",
    "opps-addendum-b",
    "clfs",
    "asp",
    "dmepos",
    "nucc-taxonomy",
    "modifiers",
    "pos",
)
"""Datasets that rules ask; each gives a column of release numbers to the eras."""
NEAR = ("mpfs-rvu",)
"""Datasets whose first edition may speak for an earlier procedure whose own edition is not loaded (global periods)."""

CUMULATIVE = ("ncci-ptp-practitioner", "ncci-ptp-outpatient", "ncci-aoc")
"""Tables that keep rows deleted long ago with their last day, so that they speak for days before they appeared."""
SURE, LATE, BEGINNING_UNKNOWN = 0, 1, 2
"""Whether an edition answers for the day for sure: a later one should, or its rows do not say since when they hold."""


def release_column(dataset: str) -> str:
    """The column of the eras that holds a dataset's release number; null where none answers."""
    return dataset.replace("-", "_")


COLUMNS = (
    *(release_column(name) for name in ANSWERING),
    *(f"{release_column(name)}_near" for name in NEAR),
    *(f"{release_column(name)}_gap" for name in ANSWERING),
)


@dataclass
class Calendar:
    """Eras numbered as they are met; grows with the days asked of it."""

    library: Library
    eras: dict[tuple[int | None, ...], int] = field(default_factory=dict)
    days: dict[date, int] = field(default_factory=dict)

    def era_of(self, day: date) -> int:
        """The number of the era a day belongs to."""
        if day not in self.days:
            self.days[day] = self.eras.setdefault(self._era(day), len(self.eras) + 1)
        return self.days[day]

    def add(self, days: Iterable[date]) -> None:
        """Make sure of every day."""
        for day in days:
            self.era_of(day)

    def rows(self) -> list[tuple[int | None, ...]]:
        """Every era met: its number and its releases in the order of COLUMNS."""
        return [(number, *era) for era, number in self.eras.items()]

    def release_on(self, dataset: str, day: date) -> Release | None:
        """The edition that answers; before the first one, a cumulative table whose first days are stand-ins."""
        release = self.library.in_force(dataset, day)
        if release is None and dataset in CUMULATIVE:
            first = self._first(dataset)
            return first if first and first.starts_unknown else None
        return release

    def editions_used(self) -> dict[str, list[str]]:
        """The editions that answered for any day met so far, by dataset."""
        found: dict[str, list[str]] = {}
        for day in sorted(self.days):
            for dataset in ANSWERING:
                release = self.release_on(dataset, day)
                if release and release.edition not in found.setdefault(dataset, []):
                    found[dataset].append(release.edition)
        return found

    def _era(self, day: date) -> tuple[int | None, ...]:
        found = [self.release_on(name, day) for name in ANSWERING]
        near = [self.release_on(name, day) or self._first(name) for name in NEAR]
        standing = [
            _standing(name, release, day) if release else SURE for name, release in zip(ANSWERING, found, strict=True)
        ]
        return (*(release.id if release else None for release in (*found, *near)), *standing)

    def _first(self, dataset: str) -> Release | None:
        editions = self.library.editions(dataset)
        return editions[0] if editions else None


def _standing(dataset: str, release: Release, day: date) -> int:
    if dataset in CUMULATIVE and day < release.known_from:
        return BEGINNING_UNKNOWN
    return LATE if gap(DATASETS[dataset], release, day) is not None else SURE
