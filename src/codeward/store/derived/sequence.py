"""Sequence: which ICD-10-CM codes a Code first note puts before others, and which of them are manifestations.

A manifestation code says "in diseases classified elsewhere" in its title or that of a wider code and has a Code first
note: it never comes first. Other Code first notes hold where one of the conditions they name is on the claim; those
that ask for "the underlying condition" without an if hold always. Source: ICD-10-CM Official Guidelines, I.A.13.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from codeward.store.derived.code_tree import CodeTree
from codeward.store.derived.exclusions import Note, Reader, Unread
from codeward.store.derived.note_targets import Qualifier, Target

MANIFESTATION, CODE_FIRST = "manifestation", "code-first"
ANY = ""
"""The target of a note that asks for whatever lies behind the code: another diagnosis comes first."""
_ELSEWHERE = re.compile(
    r"\b(?:in|with|due to|associated with)\b.*\bclassified elsewhere|^diabetes mellitus due to underlying condition"
)
_CAUSE = "as the cause of"
_UNDERLYING = re.compile(r"(?:the )?underlying\b(?!.*\bif\b)", re.IGNORECASE)
_ADVERSE = ", for adverse effects"
_ADVERSE_CODES = Target("T36", "T50", Qualifier("intent", ("5",)))
"""The note of section T36-T50 speaks of adverse effects alone: their fifth or sixth character is 5 (I.C.19.e.5)."""

Step = tuple[str, str, str]
"""Owner, target and kind."""


def says_elsewhere(title: str) -> bool:
    """Whether a title is that of a manifestation; codes for the cause of diseases elsewhere are not."""
    low = title.lower()
    return _CAUSE not in low and _ELSEWHERE.search(low) is not None


@dataclass(frozen=True)
class Manifestations:
    """Beginnings whose codes are manifestations by their title or that of a wider code."""

    titled: frozenset[str]

    @classmethod
    def of(cls, titles: Mapping[str, str]) -> Manifestations:
        """From the titles of all codes; "not elsewhere classified" is no such title."""
        return cls(frozenset(code for code, title in titles.items() if says_elsewhere(title)))

    def holds(self, code: str) -> bool:
        """Whether a code, or one it belongs to, is so titled."""
        return any(code[:end] in self.titled for end in range(3, len(code) + 1))

    def owners(self, tree: CodeTree, owner: str) -> list[str]:
        """The beginnings at or below a note's owner that are manifestations."""
        if self.holds(owner):
            return [owner]
        return [item for item in tree.under(owner) if item in self.titled and not self.holds(item[:-1])]


def sequence(
    reader: Reader, notes: Iterable[Note], manifestations: Manifestations
) -> tuple[dict[Step, int], list[Unread]]:
    """What comes before what in one edition, with the row of the note, and the lines that name no code."""
    steps: dict[Step, int] = {}
    unread: list[Unread] = []
    ordered = sorted(
        (note for note in notes if note.kind == "code-first"), key=lambda item: (_stands(item), item.place)
    )
    for _, group in groupby(ordered, key=_stands):
        lines = list(group)
        owners = _owners(reader, lines[0], manifestations)
        for note in lines:
            whatever = _any(note, lines[0], owners)
            _, targets = reader.targets(note.text)
            unread += [] if whatever and not targets else reader.unread(note)
            for target in (*whatever, *targets):
                for owner, kind in owners:
                    if not (owner.startswith(target) and target) and not target.startswith(owner):
                        steps.setdefault((owner, target, kind), note.row)
    return steps, unread


def _stands(note: Note) -> tuple[str, str]:
    return note.level, note.owner


def _owners(reader: Reader, first: Note, manifestations: Manifestations) -> list[tuple[str, str]]:
    if first.text.startswith(_ADVERSE):
        return [(owner, CODE_FIRST) for owner in reader.tree.expand(_ADVERSE_CODES)]
    plain = reader.owners(first)
    titled = [item for owner in plain for item in manifestations.owners(reader.tree, owner)]
    return [*((item, MANIFESTATION) for item in titled), *((item, CODE_FIRST) for item in plain if item not in titled)]


def _any(note: Note, first: Note, owners: list[tuple[str, str]]) -> tuple[str, ...]:
    """Whether the first line asks for something before the code whatever it may be."""
    if note is not first:
        return ()
    always = any(kind == MANIFESTATION for _, kind in owners) or _UNDERLYING.match(note.text)
    return (ANY,) if always else ()
