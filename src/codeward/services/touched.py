"""Touched: which of somebody's codes a new edition touches, and how."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from codeward.core.codes import Code
from codeward.core.days import read_day
from codeward.core.faults import BadInput, NotFound
from codeward.datasets.registry import DATASETS
from codeward.services.library_diff import edition_of, known_dataset
from codeward.services.subjects import code_of, speaking_of
from codeward.services.what_changed import Change, Summary, Wanted, changes, pairs_of, summary
from codeward.store.compare import code_columns
from codeward.store.library import Library
from codeward.store.releases import Release

Pair = tuple[Release, Release]
MOST = 200
"""Rows of one release that are told one by one."""


@dataclass(frozen=True, slots=True)
class Touch:
    """One release: the rows that name one of the codes.

    `both` of them name two of the codes (a pair edit inside the list); `alike` counts rows where nothing changed but
    what changed on every row, such as the conversion factor.
    """

    known: Summary
    rows: tuple[Change, ...]
    total: int
    both: int
    alike: int
    codes: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class Touched:
    """Every release asked for; codes that none touched; codes that no loaded list ever had; datasets not compared."""

    touches: tuple[Touch, ...]
    untouched: tuple[Code, ...]
    unlisted: tuple[Code, ...]
    not_compared: tuple[str, ...]


def touched(library: Library, codes: Iterable[Code], pairs: Iterable[Pair]) -> Touched:
    """What the given pairs of editions change about the codes."""
    asked = {code.value: code for code in codes}
    found = tuple(_touch(library, pair, asked) for pair in pairs)
    named = {code for touch in found for code in touch.codes}
    speak = {name for system in {code.system for code in asked.values()} for name, _ in speaking_of(system)}
    compared = {touch.known.dataset.id for touch in found}
    return Touched(
        tuple(item for item in found if item.total or item.alike),
        tuple(code for code in asked.values() if code not in named),
        tuple(code for code in asked.values() if not library.is_listed(code.value)),
        tuple(name for name in DATASETS if name in speak and name not in compared),
    )


def _touch(library: Library, pair: Pair, asked: dict[str, Code]) -> Touch:
    known = summary(library, *pair)
    mine = tuple(value for value, code in asked.items() if _speaks_of(known.dataset.id, code))
    everywhere = {item.name for item in known.alike}
    rows: list[Change] = []
    both = alike = total = 0
    named: dict[Code, None] = {}
    for change in changes(library, *pair, Wanted(codes=mine)) if mine else ():
        codes = _codes_in(known, change, asked)
        if change.cells and all(cell.name in everywhere for cell in change.cells):
            alike += 1
            continue
        named |= dict.fromkeys(codes)
        total += 1
        both += len(codes) > 1
        rows.append(change)
    rows.sort(key=lambda item: len(_codes_in(known, item, asked)), reverse=True)
    return Touch(known, tuple(rows[:MOST]), total, both, alike, tuple(named))


def _speaks_of(dataset: str, code: Code) -> bool:
    return code_of(dataset, code.value) == code


def _codes_in(known: Summary, change: Change, asked: dict[str, Code]) -> list[Code]:
    names = [name.replace("_", " ") for name in code_columns(known.dataset)]
    values = dict(change.key)
    return list(dict.fromkeys(asked[values[name]] for name in names if values.get(name) in asked))


def latest_pairs(library: Library) -> tuple[Pair, ...]:
    """The newest edition of each dataset beside the one before."""
    return tuple(pairs[0] for name in DATASETS if (pairs := pairs_of(library, name)))


def pairs_since(library: Library, since: str) -> tuple[Pair, ...]:
    """The newest edition of each dataset beside the one of a day or a name: 2025-01-01, 2025A, mpfs-rvu@2025A.

    Raises BadInput when the text is neither a day nor a loaded edition's name.
    """
    if not since:
        return latest_pairs(library)
    try:
        day = read_day(since)
    except ValueError:
        return _pairs_since_edition(library, since)
    found = [(library.in_force(name, day), name) for name in DATASETS]
    return _with_newest(library, [release for release, _ in found if release is not None])


def _pairs_since_edition(library: Library, name: str) -> tuple[Pair, ...]:
    if "@" in name:
        dataset = known_dataset(name.split("@", maxsplit=1)[0]).id
        return _with_newest(library, [edition_of(library, dataset, name)])
    starts = [item for item in library.releases if item.edition.lower() == name.lower()]
    if not starts:
        raise BadInput(f"{name!r} is neither a day (YYYY-MM-DD) nor the name of a loaded edition")
    return _with_newest(library, starts)


def _with_newest(library: Library, starts: list[Release]) -> tuple[Pair, ...]:
    found = []
    for before in starts:
        chain = [item for item in library.editions(before.dataset) if item.from_package == before.from_package]
        newest = max(chain, key=lambda item: item.effective)
        if newest.effective > before.effective:
            found.append((before, newest))
    return tuple(found)


def pairs_named(library: Library, names: Iterable[str]) -> tuple[Pair, ...]:
    """Pairs as a form names them: `mpfs-rvu/2025A..2025D`; NotFound for what is not loaded."""
    found = []
    for name in names:
        dataset, _, both = name.partition("/")
        pairs = pairs_of(library, dataset) if dataset in DATASETS else ()
        match = next((pair for pair in pairs if both == f"{pair[0].edition}..{pair[1].edition}"), None)
        if match is None:
            raise NotFound(f"the editions {name!r} are not loaded")
        found.append(match)
    return tuple(found)


def applies_on(touch: Touch, days: Iterable[date]) -> tuple[date, ...]:
    """Service days that fall under the later edition."""
    return tuple(sorted(day for day in days if day >= touch.known.after.effective))
