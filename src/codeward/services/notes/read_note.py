"""Reading a note: identifiers masked, headings found, sentences cut."""

from __future__ import annotations

from codeward.core.faults import BadInput
from codeward.core.notes import Note
from codeward.services.notes.masking import mask_identifiers
from codeward.services.notes.sections import headings_of, sections_of
from codeward.services.notes.sentences import sentences_of

MOST_CHARACTERS = 1_000_000
"""About 300 pages; a longer text is no note."""


def read_note(text: str) -> Note:
    """A note out of raw clinical text, masked to the same length so that offsets hold. BadInput if too long."""
    if len(text) > MOST_CHARACTERS:
        raise BadInput(
            f"the note has {len(text):,} characters; the most is {MOST_CHARACTERS:,}: give one note at a time"
        )
    masked_text, masked = mask_identifiers(text)
    headings = headings_of(masked_text)
    sections = sections_of(masked_text, headings)
    return Note(masked_text, masked, sections, sentences_of(masked_text, sections, headings))
