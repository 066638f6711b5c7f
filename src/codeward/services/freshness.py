"""Freshness: until when an edition is in force by the publisher's rhythm, how late the next is, what lies between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from codeward.core.days import day_before
from codeward.datasets.declare import Dataset
from codeward.store.releases import Release


@dataclass(frozen=True, slots=True)
class Freshness:
    """How an edition stands on a day: `next_expected` is the first day of the edition that should follow it."""

    in_force_until: date | None
    next_expected: date | None
    overdue_days: int

    @property
    def overdue(self) -> bool:
        """Whether the next edition should be in force already."""
        return self.overdue_days > 0


def freshness(dataset: Dataset, release: Release, on: date) -> Freshness:
    """By the declared rhythm; all empty for a dataset that has none."""
    following = dataset.current_until(release.effective)
    if following is None:
        return Freshness(None, None, 0)
    return Freshness(day_before(following), following, max((on - following).days + 1, 0))


def missing_between(dataset: Dataset, before: Release, after: Release) -> tuple[date, ...]:
    """First days of the editions that by the rhythm came between two loaded ones."""
    early, late = sorted((before.effective, after.effective))
    missing: list[date] = []
    day = early
    while (following := dataset.current_until(day)) is not None and following < late:
        missing.append(following)
        day = following
    return tuple(missing)
