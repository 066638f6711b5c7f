"""Tools about the library itself: what is loaded, what changed, and what a citation names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from codeward.core.answers import Answer
from codeward.core.faults import BadInput, NotLoaded
from codeward.core.sources import Source
from codeward.datasets.registry import DATASETS
from codeward.services.catalogue.tool import Tool, argument
from codeward.services.citations import CitedRow, cited
from codeward.services.documents.answers import Document, status_document
from codeward.services.library_status import LibraryStatus, library_status
from codeward.services.what_changed import Change, Summary, Wanted, page_of_changes, pairs_of, summary
from codeward.store.library import Library
from codeward.store.licence import for_pages_alone


@dataclass(frozen=True, slots=True)
class LibraryStatusAsked:
    """Arguments of `library_status`: none."""


def _library_status(library: Library, on: date, asked: LibraryStatusAsked) -> Answer[LibraryStatus]:
    found = library_status(library, on)
    return Answer(found, on, not_loaded=tuple(item.id for item in found.datasets if not item.loaded))


def _status(answer: Answer[LibraryStatus]) -> Document:
    return status_document(answer.value)


@dataclass(frozen=True, slots=True)
class WhatChanged:
    """Arguments of `what_changed`."""

    dataset: str = argument("A dataset's id as library_status lists it, such as mpfs-rvu.")
    codes: tuple[str, ...] = argument("Only rows that name one of these codes.", default=())
    most: int = argument("At most so many rows, up to 100.", default=20)


@dataclass(frozen=True, slots=True)
class Changed:
    """The counts of two editions, the first rows asked for, and how many rows there are in all."""

    summary: Summary
    rows: tuple[Change, ...]
    total: int


def _what_changed(library: Library, on: date, asked: WhatChanged) -> Answer[Changed]:
    if not 1 <= asked.most <= 100:
        raise BadInput(f"what_changed: most is {asked.most}: expected 1 to 100")
    pairs = pairs_of(library, asked.dataset)
    if not pairs:
        raise NotLoaded(f"{asked.dataset}: no two editions of it are loaded, so nothing can be compared")
    newest = max(pairs, key=lambda pair: pair[1].effective)
    codes = tuple(code.replace(".", "").upper() for code in asked.codes)
    rows, total = page_of_changes(library, newest, Wanted(codes=codes), 0, asked.most)
    places = (place for row in rows for place in (row.before, row.after) if place)
    return Answer(Changed(summary(library, *newest), rows, total), on, tuple(dict.fromkeys(places)))


@dataclass(frozen=True, slots=True)
class ReadCitation:
    """Arguments of `read_citation`."""

    citation: str = argument("A citation as answers give it: DATASET@EDITION:FILE#LINE.")


@dataclass(frozen=True, slots=True)
class Cited:
    """A cited row: its cells by heading, the days it holds for, and whose it is."""

    source: Source
    title: str
    licence: str
    landing: str
    cells: dict[str, str]
    first_day: date
    last_day: date
    verify: str


def _read_citation(library: Library, on: date, asked: ReadCitation) -> Answer[Cited]:
    try:
        row: CitedRow = cited(library, asked.citation)
    except ValueError as error:
        raise BadInput(str(error)) from None
    licensed = {name.replace("_", " ") for name in for_pages_alone(DATASETS[row.source.dataset])}
    cells = {name: "" if name in licensed else text for name, text in row.cells}
    found = Cited(row.source, row.dataset_title, row.licence, row.landing, cells, row.first_day, row.last_day,
                  row.command)  # fmt: skip
    return Answer(found, on, (row.source,))


LIBRARY_TOOLS = (
    Tool("what_changed", "What changed between the two newest editions of a dataset", WhatChanged, _what_changed,
         "Counts, and the first changed rows; only loaded editions are compared."),
    Tool("library_status", "What is loaded, of which edition, and what is missing", LibraryStatusAsked,
         _library_status, "Datasets that are not loaded are named with the command that loads them.", _status),
    Tool("read_citation", "The row that a citation names, as it stands in the library", ReadCitation, _read_citation,
         "`codeward library verify` reads the published file itself again."),
)  # fmt: skip
