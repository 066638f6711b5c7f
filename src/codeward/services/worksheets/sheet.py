"""Sheet: a worksheet while it is being worked out, collecting lines, reasons and warnings as of a day."""

from __future__ import annotations

from dataclasses import dataclass, field

from codeward.core.faults import BadInput
from codeward.core.sources import Source
from codeward.services.policy_manual import manual_editions
from codeward.services.view import View
from codeward.services.worksheets.values import Reason, UnitLine
from codeward.store.library import Library
from codeward.store.policy_manual import paragraphs_of
from codeward.store.releases import Release

CPT = "CPT codebook"
"""What a size step or a hierarchy is taken from where CMS publishes none: the codebook, in our own words."""


@dataclass
class Sheet:
    """What a kind's rules write on."""

    view: View
    lines: list[UnitLine] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    payer: str = "medicare"
    setting: str = "practitioner"

    def line(self, code: str, units: int | str, *modifiers: str, about: str = "") -> None:
        """Propose a line; nothing is proposed for no units of a code."""
        self.lines.append(UnitLine(code, units, modifiers, about))

    def because(self, text: str, document: str = "", *sources: Source) -> None:
        """A step, its document, and the rows it was read from."""
        self.reasons.append(Reason(text, document, sources))

    def by_manual(self, text: str, chapter: str, section: str, words: str) -> None:
        """A step by the NCCI policy manual; its paragraph is cited where the manual is loaded for the day."""
        document = f"NCCI policy manual, chapter {chapter}, section {section}"
        found = _paragraph(self.view, chapter, section, words)
        self.because(text, document, *([found] if found else []))

    def warn(self, text: str) -> None:
        """Something the reader must decide or know; said once."""
        if text not in self.warnings:
            self.warnings.append(text)

    def refuse(self, text: str) -> BadInput:
        """A worksheet that cannot be worked from what was given."""
        return BadInput(text)


def _paragraph(view: View, chapter: str, section: str, words: str) -> Source | None:
    releases = manual_editions(view)
    if releases is None:
        return None
    source = _source_of(view.library, releases[0], chapter, section, words)
    if source is not None:
        view.sources[source] = None
    return source


def _source_of(library: Library, release: Release, chapter: str, section: str, words: str) -> Source | None:
    """The first paragraph of a section that holds the words."""
    rows = paragraphs_of(library, release, chapter)
    return next((item.source for item in rows if item.row.section == section and words in item.row.text), None)
