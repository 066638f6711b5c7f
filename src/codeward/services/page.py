"""Page: the value a look-up returns, sections of facts and tables that every door renders alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from codeward.core.answers import Fact
from codeward.core.codes import Code
from codeward.core.sources import Source


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: text, and the code it leads to if any."""

    text: str
    code: Code | None = None
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table and where it was read."""

    cells: tuple[Cell, ...]
    source: Source | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one kind; `total` counts those not shown too."""

    name: str
    caption: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in our own words and the rows it was written from."""

    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that changed about a code on a day: which column, its value before and after, where each stands.

    `subject` tells rows of one code apart (modifier 26); `note` says what is not known, such as editions not loaded.
    """

    day: date
    kind: str
    dataset: str
    name: str
    label: str
    before: str
    after: str
    before_source: Source | None
    after_source: Source | None
    subject: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a page; `missing` names datasets that would fill it and are not loaded for the day."""

    name: str
    title: str
    facts: tuple[Fact, ...] = ()
    tables: tuple[Table, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    missing: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()

    def fact(self, name: str) -> Fact | None:
        """The fact of that name, if the section has it."""
        return next((fact for fact in self.facts if fact.name == name), None)


@dataclass(frozen=True, slots=True)
class CodePage:
    """Everything known of one code on one day.

    `title` is text that may be shown (None for CPT without a licensed file); `status` is active, deleted, future or
    header; `billable` is known for diagnosis codes only.
    """

    code: Code
    title: str | None
    title_source: Source | None
    status: str
    billable: bool | None
    words: tuple[Sentence, ...]
    sections: tuple[Section, ...] = field(default=())

    def section(self, name: str) -> Section | None:
        """The section of that name, if the page has it."""
        return next((section for section in self.sections if section.name == name), None)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact of every section."""
        return tuple(fact for section in self.sections for fact in section.facts)


def table(name: str, caption: str, heads: tuple[str, ...], lines: list[Line], total: int | None = None) -> Table:
    """A table; `total` defaults to the rows given."""
    return Table(name, caption, heads, tuple(lines), len(lines) if total is None else total)
