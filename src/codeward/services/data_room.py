"""Data room: every dataset with its editions in time, its freshness on a day, what its columns hold, whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from codeward.core.days import OPEN_END
from codeward.datasets.declare import Column, Dataset
from codeward.datasets.licences import owner_of
from codeward.datasets.registry import DATASETS
from codeward.services.cells import label_of
from codeward.services.freshness import Freshness, freshness
from codeward.services.library_diff import known_dataset
from codeward.services.library_status import DatasetStatus, dataset_status
from codeward.services.what_changed import pairs_of
from codeward.store.library import Library
from codeward.store.releases import Release

KINDS = {
    "codes": "Code sets",
    "ncci": "NCCI edits and policy",
    "fees": "Medicare fees",
    "coverage": "Coverage",
    "groupings": "Groupings",
    "own": "Codeward’s own tables",
    "more": "More",
}
_KIND_OF = (
    ("icd-10", "codes"), ("hcpcs", "codes"), ("nucc", "codes"), ("cpt-", "codes"), ("gems", "codes"), ("ncci", "ncci"),
    ("mpfs", "fees"), ("opps", "fees"), ("asc", "fees"), ("clfs", "fees"), ("asp", "fees"), ("dmepos", "fees"),
    ("zip", "fees"), ("county", "fees"), ("mcd", "coverage"), ("cms-hcc", "groupings"), ("ms-drg", "groupings"),
    ("cc", "groupings"), ("service-cat", "groupings"), ("modifiers", "own"), ("pos", "own"), ("indicators", "own"),
    ("carc", "own"), ("taxonomy-spec", "own"), ("revenue", "own"),
)  # fmt: skip
_RHYTHMS = {
    "quarter": "every quarter",
    "half-year": "every half-year",
    "year": "every January",
    "icd": "October 1 and, since 2022, April 1",
    "fiscal": "every October",
    "week": "weekly",
    "none": "no fixed rhythm",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One dataset on a day: the edition that answers, and how fresh it is; both None when none speaks for the day."""

    dataset: Dataset
    kind: str
    status: DatasetStatus
    in_force: Release | None
    freshness: Freshness | None

    @property
    def rows(self) -> int:
        """Rows of the edition that answers."""
        return self.in_force.rows if self.in_force else 0


@dataclass(frozen=True, slots=True)
class FileStanding:
    """One file of an edition; `size` in bytes where the file still lies where it was read."""

    name: str
    sha256: str
    size: int | None


@dataclass(frozen=True, slots=True)
class EditionStanding:
    """One edition with its files; `until` is the last day by the rhythm, None without one."""

    release: Release
    until: date | None
    files: tuple[FileStanding, ...]
    compared_with: Release | None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time: an edition in force, or one that is promised and not loaded."""

    first: date
    last: date
    edition: str

    @property
    def loaded(self) -> bool:
        """Whether an edition is there."""
        return bool(self.edition)


@dataclass(frozen=True, slots=True)
class ColumnStanding:
    """One column: where it stands in the file, how it is read, what is to be known of it, and whose text it is."""

    name: str
    label: str
    place: str
    kind: str
    note: str
    owner: str


@dataclass(frozen=True, slots=True)
class DatasetRoom:
    """Everything about one dataset."""

    standing: Standing
    rhythm: str
    editions: tuple[EditionStanding, ...]
    spans: tuple[Span, ...]
    columns: tuple[ColumnStanding, ...]
    addresses: tuple[str, ...]


def data_room(library: Library, on: date) -> dict[str, tuple[Standing, ...]]:
    """Every dataset Codeward knows by kind, in the order of the registry."""
    every = [standing(library, dataset, on) for dataset in DATASETS.values()]
    found = {kind: tuple(item for item in every if item.kind == kind) for kind in KINDS}
    return {kind: items for kind, items in found.items() if items}


def standing(library: Library, dataset: Dataset, on: date) -> Standing:
    """One dataset as it stands on the day."""
    kind = next((kind for start, kind in _KIND_OF if dataset.id.startswith(start)), "more")
    release = library.in_force(dataset.id, on)
    fresh = freshness(dataset, release, on) if release else None
    return Standing(dataset, kind, dataset_status(library, dataset, on), release, fresh)


def dataset_room(library: Library, name: str, on: date) -> DatasetRoom:
    """One dataset in full; BadInput for an id that Codeward does not know."""
    dataset = known_dataset(name)
    earlier = {after.id: before for before, after in pairs_of(library, name)}
    releases = sorted(library.editions(name), key=lambda item: (item.effective, item.id))
    editions = tuple(
        EditionStanding(item, freshness(dataset, item, on).in_force_until, _files(library, item), earlier.get(item.id))
        for item in reversed(releases)
    )
    return DatasetRoom(
        standing(library, dataset, on),
        _RHYTHMS[dataset.cadence],
        editions,
        tuple(_spans(dataset, releases, on)),
        tuple(_column(dataset, item) for item in dataset.columns),
        tuple(dict.fromkeys(item.url for item in dataset.addresses)),
    )


def _files(library: Library, release: Release) -> tuple[FileStanding, ...]:
    return tuple(
        FileStanding(name, sha256, None if packed else _size(Path(path)))
        for name, sha256, path, packed in library.places_of_files(release)
    )


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _spans(dataset: Dataset, releases: list[Release], on: date) -> list[Span]:
    """Editions and gaps in order of time up to the day; editions without a rhythm run into the next."""
    day = timedelta(days=1)
    firsts = list({item.effective: item for item in releases if item.effective < OPEN_END}.values())
    found: list[Span] = []
    for release, following in [*pairwise(firsts), *([(firsts[-1], None)] if firsts else [])]:
        ends = following.effective - day if following else max(on, release.effective)
        due = dataset.current_until(release.effective)
        covered = ends if due is None or release.own_days else min(ends, due - day)
        if following is None and due is not None:
            covered = due - day
        found.append(Span(release.effective, covered, release.edition))
        if covered < ends:
            found.append(Span(covered + day, ends, ""))
    return found


def _column(dataset: Dataset, item: Column) -> ColumnStanding:
    place = " or ".join(item.headings) if item.headings else f"columns {item.at[0]} to {item.at[1]}" if item.at else ""
    notes = ("never empty" if item.required else "", "may be absent" if item.optional_heading else "",
             "part of the key" if item.name in dataset.key else "", item.note)  # fmt: skip
    owner = owner_of(dataset, item) if item.terms or item.descriptor else ""
    terms = f", shown under {item.terms}" if item.terms else ""
    note = "; ".join(note for note in notes if note)
    return ColumnStanding(item.name, label_of(item), place, item.kind.name, note, owner + terms)
