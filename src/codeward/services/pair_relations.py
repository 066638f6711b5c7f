"""Pair relations: what two codes have to do with each other besides a pair edit - add-ons, unit limits, the manual."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from codeward.core.answers import Fact
from codeward.core.sources import Source
from codeward.datasets.ncci_aoc import AddOnRow
from codeward.datasets.policy_manual_codes import kind_of
from codeward.services.add_ons import AOC
from codeward.services.policy_manual import manual_editions, nearest_first
from codeward.services.unit_limits import unit_limits
from codeward.services.view import View
from codeward.store.library import Found
from codeward.store.policy_manual import paragraph, paragraphs_naming

_LIMITS = {"practitioner": "mue_practitioner", "outpatient-hospital": "mue_outpatient"}
_MOST_PARAGRAPHS = 6


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of the policy manual that names both codes, by itself or in a range."""

    chapter: str
    number: int
    label: str
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class AddOnRelation:
    """An add-on edit between the two: `add_on` needs a primary beside it, and `primary` is one."""

    add_on: str
    primary: str
    edit_type: str
    note: str
    source: Source


def add_on_relations(view: View, a: str, b: str) -> Iterator[AddOnRelation]:
    """Add-on edits in force that name both, whichever of them is the add-on."""
    for add_on, primary in ((a, b), (b, a)):
        found: list[Found[AddOnRow]] = view.find(AOC, add_on=add_on, primary=primary)
        for item in found:
            yield AddOnRelation(add_on, primary, item.row.edit_type, item.row.note, item.source)


def passages_naming_both(view: View, a: str, b: str) -> tuple[Passage, ...]:
    """Paragraphs that name both codes, nearest first as on the page of the first."""
    releases = manual_editions(view)
    if releases is None:
        return ()
    found = [nearest_first(paragraphs_naming(view.library, releases, kind_of(code), code)) for code in (a, b)]
    second = {(item.row.chapter, item.row.number) for item in found[1]}
    both = [item.row for item in found[0] if (item.row.chapter, item.row.number) in second]
    passages = []
    for row in both[:_MOST_PARAGRAPHS]:
        item = paragraph(view.library, releases[0], row.chapter, row.number)
        if item is not None:
            view.sources[item.source] = None
            passages.append(Passage(row.chapter, row.number, item.row.label, item.row.text, item.source))
    return tuple(passages)


def limits_of(view: View, codes: tuple[str, str], setting: str) -> tuple[tuple[str, Fact], ...]:
    """The unit limit of each code in the setting's table, where one is published."""
    facts = ((code, unit_limits(view, code).fact(_LIMITS[setting])) for code in codes)
    return tuple((code, fact) for code, fact in facts if fact is not None)
