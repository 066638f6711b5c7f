"""Releases: the editions a library holds, and which of them answers for a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from codeward.core.answers import Caveat
from codeward.core.days import OPEN_END, day_before
from codeward.datasets.declare import Dataset
from codeward.datasets.registry import DATASETS


@dataclass(frozen=True, slots=True)
class Release:
    """One loaded edition; `known_from` is the first day its rows can speak for."""

    id: int
    dataset: str
    edition: str
    effective: date
    from_package: bool
    rows: int
    known_from: date
    starts_unknown: bool
    own_days: bool

    @property
    def origin(self) -> str:
        """`publisher` for an official file, `package` for the starter's pinned packages."""
        return "package" if self.from_package else "publisher"


def in_force(releases: list[Release], day: date) -> Release | None:
    """The newest edition in force on `day`; for rows with days of their own, the newest edition that knows the day.

    An official edition answers where it covers the day; the starter's package answers for the days it does not.
    """
    able = [item for item in releases if item.known_from <= day]
    if not able:
        return None
    return max(able, key=lambda item: (min(_reach(item, day), day), not item.from_package, item.effective))


def _reach(release: Release, day: date) -> date:
    if not release.own_days and release.effective > day:
        return date.min
    until = DATASETS[release.dataset].current_until(release.effective)
    return OPEN_END if until is None else day_before(until)


def gap(dataset: Dataset, release: Release, day: date) -> Caveat | None:
    """A caveat when, by the publisher's rhythm, a later edition should answer for `day` and is not loaded."""
    expected = dataset.expected_start(day)
    if expected is None or release.effective >= expected or (release.own_days and release.effective > day):
        return None
    name = dataset.name_of(expected)
    called = f" ({name})" if name else ""
    text = (
        f"{dataset.title}: the edition in force on {day}{called} took effect on {expected} and is not loaded; "
        f"answered from {release.edition} ({release.effective})"
    )
    return Caveat(dataset.id, text)


class Numbered(Protocol):
    """A release as its place in the order of effect and its origin."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def from_package(self) -> bool:
        """Whether it is the starter's."""


def edges(releases: Sequence[Numbered]) -> tuple[str, str]:
    """First and last releases of each origin: nearly every row begins and ends there, so change indexes omit them."""
    ids = [sorted(item.id for item in releases if item.from_package is origin) for origin in (False, True)]
    return ", ".join(str(run[0]) for run in ids if run), ", ".join(str(run[-1]) for run in ids if run)
