"""Notes: clinical text as values, with what was masked in it, its parts, what it speaks of and the codes that follow.

Every place is a pair of offsets into the text as it was given, half open: `text[start:end]`. Masking keeps the
length of the text, so that offsets hold before and after it.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeward.core.codes import Code


@dataclass(frozen=True, slots=True)
class Masked:
    """An identifier that was masked; `kind` is one of the eighteen of 45 CFR 164.514(b)(2), in our words."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a note under a heading: `name` is our word for it ("assessment", "family history"), "" without one."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or list item, and the name of the section it stands in."""

    start: int
    end: int
    section: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note that was read: the masked text (same length as given), what was masked, its sections and sentences."""

    text: str
    masked: tuple[Masked, ...]
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a note says of a condition it names: whether denied, doubted, past, foreseen or another person's.

    `cue` is the text that says so, as offsets; None where nothing does and the condition is simply affirmed.
    """

    negated: bool = False
    uncertain: bool = False
    historical: bool = False
    hypothetical: bool = False
    family: bool = False
    cue: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class CodeFound:
    """A code that may be what a mention says: how sure (0 to 1), and why in a few words."""

    code: Code
    title: str
    score: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A condition or procedure that the note names, what the note says of it, and codes for it, best first."""

    text: str
    start: int
    end: int
    standing: Standing
    codes: tuple[CodeFound, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A code for the encounter: where the note supports it, why, what else it could be, what would make it narrower.

    `accepted` says whether it would be reported for this encounter under the guidelines; `reason` says by which, or
    why not. `missing` names what the note does not say and the code needs ("side", "encounter", "type").
    """

    code: Code
    title: str
    score: float
    accepted: bool
    spans: tuple[tuple[int, int], ...]
    why: str
    reason: str
    missing: tuple[str, ...] = ()
    alternatives: tuple[CodeFound, ...] = ()
    units: int | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a note suggests. Never complete: `left_out` says what was not looked at, in sentences."""

    note: Note
    mentions: tuple[Mention, ...]
    codes: tuple[Candidate, ...]
    left_out: tuple[str, ...] = ()
