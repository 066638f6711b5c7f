"""Groups of diagnoses in an article: which asked diagnoses stand in them, and which groups have to go together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from codeward.core.sources import Source
from codeward.services.coverage.prose import plain_prose, read_group
from codeward.services.coverage.values import Group
from codeward.services.view import View
from codeward.store.coverage import Version, group_sizes, ranged
from codeward.store.library import Found
from codeward.store.releases import Release

COVERED, NONCOVERED = "mcd-article-x-icd10-covered", "mcd-article-x-icd10-noncovered"
_COLUMNS = {COVERED: "icd10_covered_group", NONCOVERED: "icd10_noncovered_group"}
DISTINCT = 4
"""For so many partners of a group it is tried whether each can have a diagnosis of its own."""


@dataclass(frozen=True, slots=True)
class ReadGroups:
    """An article's groups of one side: those that apply to the procedure, and whether some text was not understood."""

    groups: tuple[Group, ...]
    others: tuple[Group, ...]
    unread: tuple[int, ...]
    by_range: tuple[str, ...]


def of_edition(view: View, dataset: str, release: Release) -> Release | None:
    """The release of a companion table that was exported with a document; None where it is not loaded."""
    same = [item for item in view.library.editions(dataset) if item.edition == release.edition]
    if not same:
        view.missing[dataset] = None
    return same[0] if same else None


def parts_of(view: View, dataset: str, version: Version, **where: str) -> list[Found[Any]]:
    """Rows of a companion table that belong to one version of an article or LCD."""
    release = of_edition(view, dataset, version.release)
    kind = version.release.dataset.removeprefix("mcd-")
    keys = {f"{kind}_id": str(version.document), f"{kind}_version": str(version.version)}
    return view.library.find(dataset, release, view.on, **keys, **where) if release else []


def read_groups(
    view: View, dataset: str, version: Version, asked: tuple[str, tuple[str, ...], frozenset[int]]
) -> ReadGroups:
    """The groups of one side (COVERED or NONCOVERED) of an article.

    `asked` is the procedure, the diagnoses in plain form, and the procedure groups it stands in.
    """
    code, diagnoses, code_groups = asked
    column = _COLUMNS[dataset]
    release = of_edition(view, dataset, version.release)
    if release is None:
        return ReadGroups((), (), (), ())
    sizes = group_sizes(view.library, release, column, version.document, version.version)
    hits, by_range = _hits(view, dataset, version, diagnoses)
    texts = {getattr(row.row, column): row for row in parts_of(view, f"{dataset}-group", version)}
    groups, prose = [], {}
    for number in sorted({*sizes, *texts}):
        paragraph = plain_prose(texts[number].row.paragraph) if number in texts else ""
        prose[number] = read_group(paragraph)
        found = dict(hits.get(number, ()))
        sources = ((texts[number].source,) if number in texts else ()) + tuple(found.values())
        applies = prose[number].is_for(code, code_groups)
        groups.append(
            Group(
                number, dataset == COVERED, prose[number].role, paragraph, sizes.get(number, 0), tuple(found),
                prose[number].needs, applies, sources,
            )
        )  # fmt: skip
    able = tied([item for item in groups if item.applies])
    unread = tuple(item.number for item in able if prose[item.number].unread)
    return ReadGroups(tuple(able), tuple(item for item in groups if not item.applies), unread, by_range)


def _hits(
    view: View, dataset: str, version: Version, diagnoses: tuple[str, ...]
) -> tuple[dict[int, list[tuple[str, Source]]], tuple[str, ...]]:
    """Asked diagnoses by group, exact unless a row says that it stands for a range; and those found by range alone."""
    release = of_edition(view, dataset, version.release)
    column = _COLUMNS[dataset]
    found: dict[int, list[tuple[str, Source]]] = {}
    exact: set[str] = set()
    for value in diagnoses:
        shown = f"{value[:3]}.{value[3:]}" if len(value) > 3 else value
        for row in parts_of(view, dataset, version, icd10_code_id=shown):
            found.setdefault(getattr(row.row, column), []).append((shown, row.source))
            exact.add(shown)
    by_range: list[str] = []
    for row in ranged(view.library, release, version.document, version.version) if release else ():
        for value in diagnoses:
            shown = f"{value[:3]}.{value[3:]}" if len(value) > 3 else value
            if shown not in exact and stands_for(row.row.icd10_code_id, row.row.range, value):
                found.setdefault(getattr(row.row, column), []).append((shown, row.source))
                by_range.append(shown)
    return found, tuple(dict.fromkeys(by_range))


def stands_for(listed: str, range_text: str, value: str) -> bool:
    """Whether a row that says it is a range holds a diagnosis: up to its last code, else everything that begins so."""
    first, last = listed.replace(".", ""), range_text.replace(".", "").strip(" -").upper()
    if len(last) >= 3 and last[:1].isalpha() and last[1:3].isalnum() and any(mark.isdigit() for mark in last):
        return first <= value and value[: len(last)] <= last
    return value.startswith(first)


def tied(groups: list[Group]) -> list[Group]:
    """The groups with what they need worked out both ways: a partner that one group names needs that group too.

    Groups that list nothing may say how others go together, and nobody needs a code of theirs.
    """
    full = {item.number for item in groups if item.listed}
    needs: dict[int, set[tuple[int, ...]]] = {item.number: set() for item in groups}
    for item in groups:
        own = [tuple(number for number in one if number in full) for one in item.needs] + _by_role(item, groups)
        needs[item.number].update(own)
        for one in own:
            back = {each for each in own if each != one} | ({(item.number,)} if item.number in full else set())
            for partner in one:
                needs[partner].update(back if partner != item.number else back - {(item.number,)})
    return [
        replace(item, needs=tuple(sorted(one for one in needs[item.number] if one and item.number not in one)))
        for item in groups
    ]


def _by_role(group: Group, groups: list[Group]) -> list[tuple[int, ...]]:
    """The groups of the other label, where the text names no group itself."""
    if not group.role or group.needs:
        return []
    other = tuple(item.number for item in groups if item.role and item.role != group.role and item.listed)
    return [other] if other else []


def lacking(group: Group, groups: Iterable[Group]) -> tuple[tuple[int, ...], ...]:
    """Of what a matched group needs, the sets with no other diagnosis; a diagnosis cannot be its own partner."""
    matched = {item.number: item.matched for item in groups}
    choices = [[name for number in one for name in matched.get(number, ())] for one in group.needs]
    if len(choices) <= DISTINCT and any(_all_distinct(own, choices) for own in group.matched):
        return ()
    alone = set(group.matched) if len(group.matched) == 1 else set()
    short = tuple(one for one, found in zip(group.needs, choices, strict=True) if not set(found) - alone)
    return short or (group.needs if len(choices) <= DISTINCT else ())


def _all_distinct(own: str, choices: list[list[str]]) -> bool:
    return any(len({own, *rest}) == len(rest) + 1 for rest in product(*choices))
