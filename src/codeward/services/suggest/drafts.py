"""Drafts: candidate codes while the rules of an encounter are applied to them."""

from __future__ import annotations

from dataclasses import dataclass, field

from codeward.core.codes import Code
from codeward.core.notes import Candidate, CodeFound

OUTPATIENT, INPATIENT = "outpatient", "inpatient"


@dataclass
class Draft:
    """A candidate that rules may still turn down; `settled` once one has."""

    code: Code
    title: str
    score: float
    accepted: bool
    why: str
    reason: str
    kind: str
    spans: list[tuple[int, int]] = field(default_factory=list)
    missing: tuple[str, ...] = ()
    alternatives: tuple[CodeFound, ...] = ()
    sections: set[str] = field(default_factory=set)
    units: int | None = None
    is_uncertain: bool = False

    def turn_down(self, reason: str) -> None:
        """Not to be reported, and by which guideline."""
        self.accepted, self.reason = False, reason

    def join(self, other: Draft) -> None:
        """One code named twice: every place, and accepted where either is."""
        self.spans += [span for span in other.spans if span not in self.spans]
        self.sections |= other.sections
        if other.accepted and not self.accepted:
            self.accepted, self.reason, self.why = True, other.reason, other.why
        self.score = max(self.score, other.score)

    def finished(self) -> Candidate:
        """The candidate as the caller gets it."""
        return Candidate(
            self.code,
            self.title,
            round(self.score, 3),
            self.accepted,
            tuple(sorted(self.spans)),
            self.why,
            self.reason,
            self.missing,
            self.alternatives,
            self.units,
        )


@dataclass
class Drafts:
    """Candidates by code, in the order in which the note names them."""

    setting: str
    by_code: dict[str, Draft] = field(default_factory=dict)

    def add(self, draft: Draft) -> None:
        """A further draft; the same code once more adds its places."""
        held = self.by_code.get(draft.code.value)
        if held is None:
            self.by_code[draft.code.value] = draft
        else:
            held.join(draft)

    @property
    def accepted(self) -> list[Draft]:
        """What would be reported as things stand."""
        return [item for item in self.by_code.values() if item.accepted]
