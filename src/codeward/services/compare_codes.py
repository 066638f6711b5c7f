"""Compare codes: two codes on a day, or one code on two days, fact beside fact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from codeward.core.answers import Answer, Fact
from codeward.services.look_up import look_up
from codeward.services.page import CodePage, Section, Table
from codeward.store.library import Library

SAME, DIFFERENT, ONLY_FIRST, ONLY_SECOND = "same", "different", "only-first", "only-second"
_LEFT_OUT = ("timeline",)
_OF_TIME = "history"
"""Sections, and ends of the names of tables, that tell of time and not of a day."""


@dataclass(frozen=True, slots=True)
class ComparedFact:
    """Facts of one name on both sides; a name may stand more than once, such as the primaries of an add-on."""

    name: str
    label: str
    first: tuple[Fact, ...]
    second: tuple[Fact, ...]
    verdict: str


@dataclass(frozen=True, slots=True)
class ComparedTable:
    """A table on both sides in counts; the entries that only one side has, where both are shown in full."""

    name: str
    caption: str
    first_total: int
    second_total: int
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    in_full: bool

    @property
    def verdict(self) -> str:
        """Same only where every entry is known to stand on both sides."""
        alike = self.in_full and not self.only_first and not self.only_second
        return SAME if alike and self.first_total == self.second_total else DIFFERENT


@dataclass(frozen=True, slots=True)
class ComparedSection:
    """One part of both pages; `first_missing` and `second_missing` are datasets not loaded for that side's day."""

    name: str
    title: str
    facts: tuple[ComparedFact, ...]
    tables: tuple[ComparedTable, ...]
    first_missing: tuple[str, ...]
    second_missing: tuple[str, ...]

    @property
    def differing(self) -> tuple[ComparedFact, ...]:
        """Facts that are not the same on both sides."""
        return tuple(fact for fact in self.facts if fact.verdict != SAME)

    @property
    def equal(self) -> tuple[ComparedFact, ...]:
        """Facts that are."""
        return tuple(fact for fact in self.facts if fact.verdict == SAME)


@dataclass(frozen=True, slots=True)
class CodeComparison:
    """Both answers and what they have in common."""

    first: Answer[CodePage]
    second: Answer[CodePage]
    sections: tuple[ComparedSection, ...]

    @property
    def differences(self) -> int:
        """How many facts differ."""
        return sum(len(section.differing) for section in self.sections)

    @property
    def equal(self) -> int:
        """How many are the same."""
        return sum(len(section.equal) for section in self.sections)


def compare_codes(
    library: Library, first: tuple[str, date], second: tuple[str, date], system: str | None = None
) -> CodeComparison:
    """Two look-ups side by side; each raises as a look-up does."""
    one, other = (look_up(library, text, on, system) for text, on in (first, second))
    return CodeComparison(one, other, tuple(_sections(one.value, other.value)))


def _sections(one: CodePage, other: CodePage) -> list[ComparedSection]:
    names = dict.fromkeys(item.name for page in (one, other) for item in page.sections if item.name not in _LEFT_OUT)
    head = _section("code", "The code", _heading(one), _heading(other))
    found = [head, *(_section_of(name, one, other) for name in names)]
    return [item for item in found if item.facts or item.tables or item.first_missing or item.second_missing]


def _heading(page: CodePage) -> Section:
    facts = [Fact("title", page.title, page.title_source, "Title"), Fact("standing", page.status, None, "Standing")]
    if page.billable is not None:
        facts.append(Fact("may_be_billed", page.billable, page.title_source, "Billable on the day"))
    return Section("code", "The code", tuple(fact for fact in facts if fact.value is not None))


def _section_of(name: str, one: CodePage, other: CodePage) -> ComparedSection:
    first, second = one.section(name), other.section(name)
    title = (first or second or Section(name, name)).title
    return _section(name, title, first, second)


def _section(name: str, title: str, first: Section | None, second: Section | None) -> ComparedSection:
    empty = Section(name, title)
    first, second = first or empty, second or empty
    names = dict.fromkeys(fact.name for fact in (*first.facts, *second.facts))
    tables = dict.fromkeys(item.name for item in (*first.tables, *second.tables) if not item.name.endswith(_OF_TIME))
    return ComparedSection(
        name,
        title,
        tuple(_fact(item, first, second) for item in names),
        tuple(_table(item, first, second) for item in tables),
        first.missing,
        second.missing,
    )


def _fact(name: str, first: Section, second: Section) -> ComparedFact:
    one, other = (tuple(fact for fact in side.facts if fact.name == name) for side in (first, second))
    label = next((fact.label for fact in (*one, *other) if fact.label), name.replace("_", " "))
    values = [tuple(fact.value for fact in side) for side in (one, other)]
    verdict = SAME if values[0] == values[1] else DIFFERENT
    if not (one and other):
        verdict = ONLY_FIRST if one else ONLY_SECOND
    return ComparedFact(name, label, one, other, verdict)


def _table(name: str, first: Section, second: Section) -> ComparedTable:
    one, other = (next((item for item in side.tables if item.name == name), None) for side in (first, second))
    caption = next(item.caption for item in (one, other) if item is not None)
    mine, theirs = _entries(one), _entries(other)
    in_full = all(item is None or item.total == len(item.lines) for item in (one, other))
    return ComparedTable(
        name,
        caption,
        one.total if one else 0,
        other.total if other else 0,
        tuple(entry for entry in mine if entry not in theirs) if in_full else (),
        tuple(entry for entry in theirs if entry not in mine) if in_full else (),
        in_full,
    )


def _entries(found: Table | None) -> dict[str, None]:
    """Each line as one text: what it says, without where it stands."""
    if found is None:
        return {}
    return dict.fromkeys(" ".join(cell.text for cell in line.cells if cell.text) for line in found.lines)
