"""Library status: which editions of which datasets are loaded, what is missing in between, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from codeward.datasets.declare import Dataset
from codeward.datasets.registry import DATASETS
from codeward.services.freshness import freshness
from codeward.store.home import Home
from codeward.store.library import Library
from codeward.store.releases import Release


@dataclass(frozen=True, slots=True)
class EditionStatus:
    """One loaded edition and its files."""

    edition: str
    effective: date
    rows: int
    origin: str
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DatasetStatus:
    """One dataset, loaded or not."""

    id: str
    title: str
    publisher: str
    licence: str
    landing: str
    editions: tuple[EditionStatus, ...]
    gaps: tuple[str, ...]
    accepted: str | None
    loaded: bool
    terms: str
    load_command: str
    next_expected: date | None = None
    overdue_days: int = 0
    closed: bool = False


@dataclass(frozen=True, slots=True)
class LibraryStatus:
    """The library in use."""

    hash: str
    built: str
    datasets: tuple[DatasetStatus, ...]


def library_status(library: Library, on: date) -> LibraryStatus:
    """Every dataset Codeward knows, with what is loaded of it and which editions are missing up to the day."""
    accepted = Home(library.folder.parent.parent).accepted()
    datasets = tuple(_dataset(library, dataset, on, accepted) for dataset in DATASETS.values())
    return LibraryStatus(library.hash, str(library.manifest["built"]), datasets)


def dataset_status(library: Library, dataset: Dataset, on: date) -> DatasetStatus:
    """One dataset, with what is loaded of it and which editions are missing up to the day."""
    return _dataset(library, dataset, on, Home(library.folder.parent.parent).accepted())


def _dataset(library: Library, dataset: Dataset, on: date, accepted: dict[str, str]) -> DatasetStatus:
    releases = library.editions(dataset.id)
    editions = tuple(
        EditionStatus(item.edition, item.effective, item.rows, item.origin, tuple(library.files_of(item)))
        for item in releases
    )
    terms = dataset.needs_acceptance
    newest = max(releases, key=lambda item: item.effective, default=None)
    fresh = freshness(dataset, newest, on) if newest else None
    return DatasetStatus(
        dataset.id,
        dataset.title,
        dataset.publisher,
        dataset.licence,
        dataset.landing,
        editions,
        tuple(_gaps(dataset, releases, on)),
        accepted.get(terms) if terms else None,
        bool(releases),
        terms,
        accept_command(dataset) if library.is_closed(dataset.id) else load_command(dataset),
        fresh.next_expected if fresh else None,
        fresh.overdue_days if fresh else 0,
        library.is_closed(dataset.id),
    )


def accept_command(dataset: Dataset) -> str:
    """The command that opens a loaded dataset whose terms were not accepted here."""
    return f"codeward library accept {dataset.needs_acceptance}"


def load_command(dataset: Dataset) -> str:
    """The one command that loads the dataset from files downloaded at its landing page."""
    accept = f" --accept {dataset.needs_acceptance}" if dataset.needs_acceptance else ""
    given = "--starter" if all(shape.from_package for shape in dataset.shapes) else "PATH"
    return f"codeward library build {given} --add{accept}"


def _gaps(dataset: Dataset, releases: list[Release], on: date) -> list[str]:
    """First days of the editions that the publisher's rhythm puts between the loaded ones and up to the day."""
    snapshots = sorted(item.effective for item in releases if not item.own_days)
    cumulative = sorted(item.effective for item in releases if item.own_days)
    starts = snapshots + cumulative[-1:]
    if not starts or dataset.cadence == "none":
        return []
    missing, day = [], min(starts)
    newest_cumulative = max(cumulative, default=None)
    while (following := dataset.current_until(day)) is not None and following <= on:
        day = following
        covered = newest_cumulative is not None and day <= newest_cumulative
        if day not in starts and not covered:
            missing.append(day.isoformat())
    return missing
