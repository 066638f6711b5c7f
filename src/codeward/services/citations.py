"""Citations: the row a citation points to, as the library holds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from codeward.core.faults import NotFound
from codeward.core.sources import Citation, Source, read_citation
from codeward.datasets.declare import Column
from codeward.datasets.registry import DATASETS
from codeward.store.library import Library
from codeward.store.releases import Release


@dataclass(frozen=True, slots=True)
class CitedRow:
    """The row with its headings, the edition's place in time, and how to read it again."""

    source: Source
    dataset_title: str
    licence: str
    landing: str
    cells: tuple[tuple[str, str], ...]
    first_day: date
    last_day: date
    command: str
    checked: int
    path: str
    members: tuple[str, ...]


def cited(library: Library, text: str) -> CitedRow:
    """The cited row; ValueError for a malformed citation, NotFound when the library has no such row."""
    citation = read_citation(text)
    release = _release(library, citation)
    place = library.cited_place(release, citation.file, citation.line)
    if place is None:
        raise NotFound(f"the library has no row {citation.line} of {citation.file} in {citation.edition}")
    dataset = DATASETS[citation.dataset]
    found = place.found
    if citation.sha256 and citation.sha256 != found.source.sha256:
        raise NotFound(f"{citation.file} was read with sha256 {found.source.sha256}, not with the one cited")
    cells = tuple((_heading(item), _shown(getattr(found.row, item.name))) for item in dataset.columns)
    return CitedRow(
        found.source,
        dataset.title,
        dataset.licence,
        dataset.landing,
        cells,
        found.first_day,
        found.last_day,
        f"codeward library verify '{found.source.citation}'",
        place.checked,
        place.path,
        place.members,
    )


def _release(library: Library, citation: Citation) -> Release:
    if citation.dataset not in DATASETS:
        raise NotFound(f"no dataset is called {citation.dataset}")
    for release in library.editions(citation.dataset):
        if release.edition == citation.edition and library.has_file(release, citation.file):
            return release
    raise NotFound(f"{citation.dataset} {citation.edition} with {citation.file} is not in this library")


def _heading(item: Column) -> str:
    return item.name.replace("_", " ")


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
