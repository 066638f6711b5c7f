"""Reasons for a notice: what blank E may say to the patient, out of a coverage check and the ground that is given."""

from __future__ import annotations

from codeward.services.coverage.values import (
    NEEDS_SECONDARY,
    NOT_SUPPORTED,
    SUPPORTED,
    TEXT_ONLY,
    CoverageCheck,
    DocumentFinding,
)
from codeward.services.notice.rules import Rule
from codeward.services.notice.values import Blank

NAME = "Reason Medicare May Not Pay"
CONDITION = "condition"


def reason_blank(check: CoverageCheck | None, ground: Rule | None, detail: str) -> Blank:
    """Blank E: the documents whose criterion is not met, else the ground in general, and what was typed of it."""
    typed = (detail,) if detail else ()
    if ground is not None and not ground.reason:
        return Blank("E", NAME, (), "A coding edit gives no reason for a notice")
    if ground is None or ground.id == CONDITION:
        speaking = _speaking(check)
        if speaking:
            lines = tuple(_said(item) for item in speaking)
            sources = tuple(dict.fromkeys(source for item in speaking for source in item.sources))
            return Blank("E", NAME, (*lines, *typed), "From the coverage check", sources)
    if ground is None:
        note = "To be written: name what Medicare's rule asks for and is not met. “Not necessary” alone is no reason"
        return Blank("E", NAME, typed, "" if typed else note)
    note = "" if typed or ground.stands == "voluntary" else "Add in your words which limit or criterion it is"
    named = _in_text(check) if note else ()
    if named:
        note += f"; limits stand in the text of {'; '.join(f'{item.id} {item.title}' for item in named)}"
    sources = tuple(dict.fromkeys(source for item in named for source in item.sources))
    return Blank("E", NAME, (ground.reason, *typed), note, sources)


def fits_check(check: CoverageCheck | None, ground: Rule | None) -> bool:
    """Whether the check speaks for a denial on the ground of the patient's condition."""
    return (ground is None or ground.id == CONDITION) and bool(_speaking(check))


def speaks_against(check: CoverageCheck | None, ground: Rule | None) -> bool:
    """Whether the check finds a given diagnosis on a covered list though the condition is the ground."""
    return ground is not None and ground.id == CONDITION and check is not None and check.verdict == SUPPORTED


def _speaking(check: CoverageCheck | None) -> tuple[DocumentFinding, ...]:
    """Documents that do not support the given diagnoses, where the check as a whole says so and any was given."""
    if check is None or check.verdict not in (NOT_SUPPORTED, NEEDS_SECONDARY) or not check.diagnoses:
        return ()
    return tuple(item for item in check.documents if item.verdict == check.verdict)


def _said(item: DocumentFinding) -> str:
    """One document's criterion in words that a patient can read; no diagnosis is named."""
    rule = f"Medicare's rule {item.id} (“{item.title}”, version {item.version})"
    if item.verdict == NEEDS_SECONDARY:
        return f"{rule} asks for a second listed condition beside yours, and none is recorded for you."
    if any(group.matched and not group.covers for group in item.groups):
        return f"{rule} names the condition recorded for you as one for which Medicare does not pay for this."
    return f"{rule} lists the conditions for which Medicare pays for this. What is recorded for you is not among them."


def _in_text(check: CoverageCheck | None) -> tuple[DocumentFinding, ...]:
    """Documents whose rule stands in words alone."""
    return check.documents if check is not None and check.verdict == TEXT_ONLY else ()
