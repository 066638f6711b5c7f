"""Exclusions: pairs of ICD-10-CM beginnings that an Excludes1 note sets apart, the nearer note winning.

A note holds for every code below its chapter, section or code. An Excludes2 note nearer to a code takes back what an
Excludes1 note further away says of it. No code is set apart from itself, what it belongs to or what belongs to it.
Source: ICD-10-CM Official Guidelines, I.A.12; the tabular list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from codeward.store.derived.code_tree import CodeTree
from codeward.store.derived.note_targets import Line, read_line

Pair = tuple[str, str]
"""Owner and target, both beginnings of codes."""
LEVELS = {"chapter": 0, "section": 1}


@dataclass(frozen=True, slots=True)
class Note:
    """One line of a note as stored: the id of its row, where it stands, and its text."""

    row: int
    owner: str
    level: str
    kind: str
    text: str
    place: int = 0

    @property
    def depth(self) -> int:
        """How near to a code it stands: chapter, section, then by the length of its code."""
        return LEVELS.get(self.level, len(self.owner))


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that sets no codes apart, and why.

    `elsewhere`: it sends the reader on (code to, see, omit); `words`: it names no code; `no-code`: no loaded code fits
    what is `named`, others of the line may; `own-line`: it names only what its own code belongs to.
    """

    note: Note
    reason: str
    named: str = ""


@dataclass
class Reader:
    """Reads lines once, however many editions repeat them."""

    tree: CodeTree
    chapters: dict[str, list[str]]
    _lines: dict[str, tuple[Line, list[str]]] = field(default_factory=dict)

    def owners(self, note: Note) -> list[str]:
        """The beginnings that a note holds for."""
        if note.level == "code":
            return [note.owner]
        return self.chapters.get(note.owner, []) if note.level == "chapter" else self.tree.section(note.owner)

    def targets(self, text: str) -> tuple[Line, list[str]]:
        """The line and the beginnings it names, without those that lie inside another of them."""
        if text not in self._lines:
            line = read_line(text)
            found = sorted({item for target in line.targets for item in self.tree.expand(target)})
            self._lines[text] = line, list(_outermost(found))
        return self._lines[text]

    def unread(self, note: Note, is_own: bool = False) -> list[Unread]:
        """What of a line sets no codes in relation; a line that only leads to the next ones is not told."""
        line, _ = self.targets(note.text)
        if is_own:
            return [Unread(note, "own-line")]
        if line.reason:
            return [] if line.reason == "lead" else [Unread(note, line.reason)]
        missing = [f"{item.first}-{item.last}".strip("-") for item in line.targets if not self.tree.expand(item)]
        return [Unread(note, "no-code", ", ".join(missing))] if missing else []


def _outermost(found: Iterable[str]) -> Iterator[str]:
    kept = "~"
    for item in found:
        if not item.startswith(kept):
            kept = item
            yield item


Exemptions = dict[str, list[tuple[int, str, str]]]
"""By category: depth, owner and target of the Excludes2 notes that stand at or below it."""


def exclusions(reader: Reader, notes: Iterable[Note]) -> tuple[dict[Pair, int], list[Unread]]:
    """Pairs set apart in one edition with the row of the note that says so, and the lines that say nothing of codes."""
    every = list(notes)
    exempt = _exemptions(reader, (note for note in every if note.kind == "excludes2"))
    pairs: dict[Pair, int] = {}
    unread: list[Unread] = []
    for note in every:
        if note.kind != "excludes1":
            continue
        found = _pairs(reader, note, exempt)
        unread += reader.unread(note, found is None)
        for pair in found or ():
            pairs[pair] = min(note.row, pairs.get(pair, note.row))
    return pairs, unread


def _exemptions(reader: Reader, notes: Iterable[Note]) -> Exemptions:
    found: Exemptions = defaultdict(list)
    for note in notes:
        if note.level == "chapter":
            continue
        _, targets = reader.targets(note.text)
        for owner in reader.owners(note):
            found[owner[:3]] += [(note.depth, owner, target) for target in targets]
    return found


def _pairs(reader: Reader, note: Note, exempt: Exemptions) -> list[Pair] | None:
    """The pairs of one line; None where all it names is what its own code belongs to."""
    _, targets = reader.targets(note.text)
    found, is_own = list[Pair](), True
    for owner in reader.owners(note):
        taken = _taken(owner, note.depth, exempt)
        for target in targets:
            apart = _apart(reader.tree, owner, target)
            if apart is None:
                continue
            is_own = False
            found += [left for pair in apart for left in _left(reader.tree, pair, taken)]
    return None if targets and is_own else found


def _apart(tree: CodeTree, owner: str, target: str) -> list[Pair] | None:
    """The pair, its owner without what the target itself holds; None where the owner belongs to the target."""
    if owner.startswith(target):
        return None
    if target.startswith(owner):
        return [(part, target) for part in tree.without(owner, target)]
    return [(owner, target)]


def _taken(owner: str, depth: int, exempt: Exemptions) -> dict[str, list[Pair]]:
    """What nearer Excludes2 notes say of an owner or of codes below it, by the category they name."""
    found: dict[str, list[Pair]] = {}
    for nearer, inner, named in exempt.get(owner[:3], ()):
        if nearer > depth and _meet(inner, owner):
            found.setdefault(named[:3], []).append((inner, named))
    return found


def _left(tree: CodeTree, pair: Pair, taken: dict[str, list[Pair]]) -> list[Pair]:
    """What nearer Excludes2 notes leave of a pair."""
    left = [pair]
    for other in taken.get(pair[1][:3], ()):
        left = [part for item in left for part in _minus(tree, item, other)]
    return left


def _meet(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _minus(tree: CodeTree, pair: Pair, taken: Pair) -> list[Pair]:
    (owner, target), (inner, named) = pair, taken
    if not (_meet(owner, inner) and _meet(target, named)):
        return [pair]
    outside = [] if owner.startswith(inner) else [(part, target) for part in tree.without(owner, inner)]
    within = owner if owner.startswith(inner) else inner
    return [*outside, *([] if target.startswith(named) else [(within, part) for part in tree.without(target, named)])]


def runs(found: dict[int, set[tuple[str | int, ...]]]) -> list[tuple[str | int, ...]]:
    """Rows of successive editions joined: first and last release of each run, then the row; in order of the rows."""
    order = sorted(found)
    rows: list[tuple[str | int, ...]] = []
    for at, release in enumerate(order):
        before = found[order[at - 1]] if at else set()
        for row in found[release] - before:
            last = next((order[to - 1] for to in range(at + 1, len(order)) if row not in found[order[to]]), order[-1])
            rows.append((release, last, *row))
    return sorted(rows, key=lambda row: (row[2:], row[:2]))
