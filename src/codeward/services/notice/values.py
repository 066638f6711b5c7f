"""What a notice worksheet is asked, and what it holds: blanks by the form's own letters, rules and modifiers."""

from __future__ import annotations

from dataclasses import dataclass

from codeward.core.sources import Source
from codeward.services.coverage.values import CoverageCheck, CoverageQuestion
from codeward.services.notice.rules import CALLED_FOR, NOT_VALID, UNDECIDED, VOLUNTARY, Rule

FORM = "CMS-R-131"
FORM_AT = "https://www.cms.gov/medicare/forms-notices/beneficiary-notices-initiative/ffs-abn"
HEADINGS = {
    CALLED_FOR: "A notice is called for",
    VOLUNTARY: "A notice would be voluntary",
    NOT_VALID: "A notice would not be valid",
    UNDECIDED: "No valid reason for a notice yet",
}
"""A standing as a heading, on paper and on the page."""
NOT_THE_FORM = (
    f"This is a worksheet, not the notice. Only CMS's own form {FORM} in its current edition, unaltered, is a valid "
    f"notice ({FORM_AT}). Copy the blanks below onto it; their letters are the form's."
)
HANDWRITTEN = ("B", "C", "G", "I", "J")
"""Blanks that the patient or the notifier fills by hand: they are never typed here, sent or kept."""


@dataclass(frozen=True, slots=True)
class NoticeQuestion:
    """What the worksheet is for: a coverage question, why a denial is expected, and what is typed into the blanks.

    `item` names the service in own words, `detail` the criterion that is not met, `charge` the dollars charged.
    """

    coverage: CoverageQuestion
    ground: str = ""
    circumstances: tuple[str, ...] = ()
    notifier: str = ""
    item: str = ""
    detail: str = ""
    charge: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Blank:
    """One blank of the form: its letter and name there, the lines to copy, and how they came about.

    `lines` is empty where a person must write it; `note` then says what.
    """

    letter: str
    name: str
    lines: tuple[str, ...]
    note: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class ModifierFact:
    """A modifier with the fact it states, its meaning in our words, and where that stands."""

    code: str
    fact: str
    meaning: str
    effect: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class Cited:
    """A rule that applies, with the loaded rows that say the same."""

    rule: Rule
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """The worksheet: whether a notice is right and why, its blanks in the form's order, and what goes with it.

    `check` is None where nothing was there to check; `masked` counts what looked like a patient's name or number in
    the typed text and was covered.
    """

    standing: str
    words: str
    blanks: tuple[Blank, ...]
    rules: tuple[Cited, ...]
    modifiers: tuple[ModifierFact, ...]
    check: CoverageCheck | None
    masked: int = 0
