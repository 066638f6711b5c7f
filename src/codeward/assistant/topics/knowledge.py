"""Knowledge: practice notes and paragraphs of the loaded manuals, quoted like any fact."""

from __future__ import annotations

from codeward.assistant.draft import Draft
from codeward.assistant.reading.question import Question


def add_notes(
    draft: Draft,
    *,
    words: str = "",
    codes: tuple[str, ...] = (),
    modifiers: tuple[str, ...] = (),
    most: int = 2,
    least: float = 0.4,
    role: str = "note",
) -> int:
    """Practice notes near the question, as statements; how many there were."""
    return 0


def nearness(question: Question) -> float:
    """How near the nearest practice note is, as an intent's score."""
    return 0.0


def answer_knowledge(draft: Draft) -> None:
    """Notes and paragraphs that answer."""
