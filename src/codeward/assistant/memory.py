"""Memory: what a follow-up question starts from, as values and never as text of the conversation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Memory:
    """What the last question was about; every field is empty until something was said."""

    codes: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    on: str = ""
    place: str = ""
    state: str = ""
    zip: str = ""
    setting: str = ""
    locality: str = ""
    """Contractor and payment locality that a fee was told for: `04412-18`."""
    payer: str = ""
    topic: str = ""
    intent: str = ""
    waiting_for: str = ""
    """What the last reply asked for, where it asked."""
    asked: str = ""
    """The intent that its answer will serve."""
    words: str = ""
    """What the last question was about in words where it named no code: `mohs`."""
