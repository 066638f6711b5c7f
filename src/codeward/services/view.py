"""View: a library as of one date of service, remembering what was read, what is stale and what is not there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from codeward.core.answers import Answer, Caveat, Value
from codeward.core.codes import SYSTEM_NAMES, Code
from codeward.core.days import OPEN_END, day_before
from codeward.core.faults import NotLoaded
from codeward.core.sources import Source
from codeward.datasets.registry import DATASETS
from codeward.store.library import Found, Library
from codeward.store.releases import Release, gap


@dataclass
class View:
    """One question's look at the library."""

    library: Library
    on: date
    caveats: dict[str, Caveat] = field(default_factory=dict)
    missing: dict[str, None] = field(default_factory=dict)
    sources: dict[Source, None] = field(default_factory=dict)

    def edition(self, dataset: str) -> Release | None:
        """The edition that answers on the day; a gap becomes a caveat, no edition at all is noted as not loaded."""
        release = self.library.in_force(dataset, self.on)
        if release is None:
            self._note_missing(dataset)
        elif dataset not in self.caveats:
            caveat = gap(DATASETS[dataset], release, self.on)
            if caveat is not None:
                self.caveats[dataset] = caveat
        return release

    def find(self, dataset: str, **where: str) -> list[Found[Any]]:
        """Rows in force on the day that match."""
        release = self.edition(dataset)
        if release is None:
            return []
        if release.starts_unknown and self.on < release.effective:
            self._note_unknown_starts(dataset, release)
        rows = self.library.find(dataset, release, self.on, **where)
        for row in rows:
            self.sources[row.source] = None
        return rows

    def first(self, dataset: str, **where: str) -> Found[Any] | None:
        """The one row in force, or None."""
        rows = self.find(dataset, **where)
        return rows[0] if rows else None

    def beginning_with(self, dataset: str, code: str) -> list[Found[Any]]:
        """Rows in force on the day whose code is longer than `code` and begins with it."""
        release = self.edition(dataset)
        return self.library.beginning_with(dataset, release, code) if release else []

    def has(self, dataset: str) -> bool:
        """Whether any edition speaks for the day."""
        return self.edition(dataset) is not None

    def last_day_text(self, found: Found[Any]) -> str:
        """The last day a row held for; where editions after it are not loaded, the span in which it ended."""
        if found.last_day == OPEN_END:
            return ""
        known = self._known_until(found)
        return f"{known} to {found.last_day}" if known < found.last_day else found.last_day.isoformat()

    def _known_until(self, found: Found[Any]) -> date:
        """The last day of the last loaded edition that holds the row."""
        if found.release.own_days:
            return found.last_day
        dataset, origin = found.release.dataset, found.release.from_package
        starts = [
            item.effective
            for item in self.library.editions(dataset)
            if item.from_package == origin and item.effective <= found.last_day
        ]
        until = DATASETS[dataset].current_until(max(starts))
        return found.last_day if until is None else min(day_before(until), found.last_day)

    def require(self, datasets: tuple[str, ...], code: Code) -> None:
        """NotLoaded when none of the datasets speaks for the day though some are loaded: then nothing can be said."""
        loaded = [release for name in datasets for release in self.library.editions(name)]
        if loaded and not any(self.has(name) for name in datasets):
            first = min(release.known_from for release in loaded)
            raise NotLoaded(
                f"{code.shown}: nothing loaded speaks for {self.on}; the first day loaded for "
                f"{SYSTEM_NAMES[code.system]} is {first}"
            )

    def refuse_unknown_day(self, datasets: tuple[str, ...], code: Code) -> None:
        """NotLoaded when a list that speaks for other days only has the code: on this day nobody can say."""
        elsewhere = [name for name in datasets if not self.has(name) and self.library.history(name, code=code.value)]
        if elsewhere:
            first = min(item.known_from for name in elsewhere for item in self.library.editions(name))
            raise NotLoaded(
                f"{code.shown}: the lists that have it ({', '.join(elsewhere)}) are not loaded for {self.on}; "
                f"their first day loaded is {first}"
            )

    def answer(self, value: Value) -> Answer[Value]:
        """The value with everything that stands behind it."""
        return Answer(value, self.on, tuple(self.sources), tuple(self.caveats.values()), tuple(self.missing))

    def _note_missing(self, dataset: str) -> None:
        self.missing[dataset] = None
        loaded = self.library.editions(dataset)
        if self.library.is_closed(dataset):
            text = f"{DATASETS[dataset].title}: loaded, but {self.library.licence.why_closed(dataset)}"
            self.caveats[dataset] = Caveat(dataset, text)
        if loaded:
            first = min(release.known_from for release in loaded)
            text = f"{DATASETS[dataset].title}: nothing is loaded for {self.on}; the first day loaded is {first}"
            self.caveats[dataset] = Caveat(dataset, text)

    def _note_unknown_starts(self, dataset: str, release: Release) -> None:
        text = (
            f"{DATASETS[dataset].title}: {release.edition} as loaded does not say since when its rows hold; "
            f"whether one already held on {self.on} is not known"
        )
        self.caveats[dataset] = Caveat(dataset, text)


def in_words(last_day: str) -> str:
    """A last day, or the span it lies in, to stand in a sentence."""
    first, _, last = last_day.partition(" to ")
    return f"between {first} and {last}, in an edition that is not loaded" if last else f"on {first}"


def when_ended(view: View, found: Found[Any]) -> str:
    """When a row last held, in words."""
    return in_words(view.last_day_text(found))
