"""Groupings: long flat tables drawn together the way a reader scans them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from codeward.core.answers import Fact
from codeward.core.codes import Code
from codeward.core.sources import Source
from codeward.services.applicable_modifiers import NO, PAPERS, YES
from codeward.services.page import CodePage, Line
from codeward.web.pages.parts import Part

_ORDER = (YES, PAPERS, NO)


@dataclass(frozen=True, slots=True)
class ModifierRow:
    """Modifiers that one indicator decides alike."""

    modifiers: tuple[Line, ...]
    verdict: str
    kind: str
    why: str
    source: Source | None


def modifier_rows(part: Part) -> list[ModifierRow]:
    """Modifiers with the same verdict for the same reason on one row, those that apply first."""
    found = part.tables.get("modifiers")
    lines = found.lines if found else ()
    rows = [
        ModifierRow(tuple(group), verdict, _KINDS.get(verdict, ""), why, source)
        for (verdict, why, source), group in groupby(lines, key=lambda line: (*_verdict(line), line.source))
    ]
    return sorted(rows, key=lambda row: _ORDER.index(row.verdict) if row.verdict in _ORDER else len(_ORDER))


_KINDS = {YES: "yes", PAPERS: "papers", NO: "no"}


def _verdict(line: Line) -> tuple[str, str]:
    return line.cells[2].text, line.cells[3].text


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """Places of service that pay the same rate."""

    rate: str
    amount: str
    lines: tuple[Line, ...]


def place_groups(part: Part) -> list[PlaceGroup]:
    """Places by the rate they pay, the office rate first."""
    found = part.tables.get("places")
    lines = sorted(found.lines if found else (), key=lambda line: line.cells[2].text == "facility rate")
    return [
        PlaceGroup(rate, amount, tuple(group))
        for (rate, amount), group in groupby(lines, key=lambda line: (line.cells[2].text, line.cells[3].text))
    ]


@dataclass(frozen=True, slots=True)
class Branch:
    """One code of the list's tree: how deep it stands and whether it is the page's own."""

    code: Code
    title: str
    use: str
    depth: int
    here: bool
    source: Source | None


def tree(page: CodePage, part: Part) -> list[Branch]:
    """The wider codes, the code among its siblings, and its narrower codes, as the tabular list has them."""
    wider: list[Fact] = [fact for fact in part.section.facts if fact.name == "wider"]
    branches = [
        Branch(_diagnosis(str(fact.value)), fact.meaning, "header", depth, False, fact.source)
        for depth, fact in enumerate(wider)
    ]
    deep = len(wider)
    own = Branch(page.code, page.title or "", "billable" if page.billable else "header", deep, True, page.title_source)
    beside = [_branch(line, deep) for line in _lines(part, "siblings")]
    below = [_branch(line, deep + 1) for line in _lines(part, "children")]
    for branch in sorted([*beside, own], key=lambda item: item.code.value):
        branches.append(branch)
        if branch.here:
            branches += below
    return branches


def _lines(part: Part, name: str) -> tuple[Line, ...]:
    return part.tables[name].lines if name in part.tables else ()


def _diagnosis(shown: str) -> Code:
    return Code("icd-10-cm", shown.replace(".", ""))


def _branch(line: Line, depth: int) -> Branch:
    code, title, use = line.cells
    return Branch(code.code or _diagnosis(code.text), title.text, use.text, depth, False, line.source)
