"""Read a question: identifiers covered first, then everything a table can know picked out of it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from codeward.assistant.reading.codes_said import Codes
from codeward.assistant.reading.days_said import days_said, years_said
from codeward.assistant.reading.identifiers import cover_identifiers
from codeward.assistant.reading.modifiers_said import modifiers_said
from codeward.assistant.reading.places_said import payer_said, place_said, setting_said, state_said, zip_said
from codeward.assistant.reading.question import Question
from codeward.services.view import View
from codeward.store.library import Library

MOST = 8_000
"""Characters of a question that are read; a pasted note belongs to `suggest`."""
_EVENED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", " ": " ", "\t": " "})


def read_question(library: Library, text: str, on: date) -> Question:
    """The question taken apart; `on` is the day whose tables tell modifiers from other words."""
    evened = unicodedata.normalize("NFC", text[:MOST]).translate(_EVENED)
    covered, identifiers = cover_identifiers(evened)
    days = days_said(covered)
    blank = _blanked(covered, [span for span, _ in days])
    postal, span = zip_said(blank)
    codes = Codes(_blanked(blank, [span] if postal else []), library)
    taken = [(item.start, item.end) for item in codes.said]
    written = [modifier for item in codes.said for modifier in item.modifiers]
    loose = modifiers_said(_without_fractions(blank), View(library, on), taken)
    rest = _blanked(blank, taken)
    return Question(
        text=covered,
        plain=_plain(covered),
        codes=codes.said,
        modifiers=tuple(dict.fromkeys((*written, *loose))),
        days=tuple(day for _, day in days),
        years=tuple(dict.fromkeys(years_said(rest))),
        place=place_said(rest),
        setting=setting_said(covered),
        state=state_said(_without_fractions(rest)),
        zip=postal,
        payer=payer_said(covered),
        denials=codes.denials,
        documents=codes.documents,
        former=codes.former,
        identifiers=identifiers,
    )


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with what was read already replaced by blanks, so that offsets hold."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _without_fractions(text: str) -> str:
    """Denial groups and places of service are no modifiers: `CO-50`, `POS 11`."""
    pattern = (
        r"(?i)\b(?:(?:CO|PR|OA|PI)\s?-?\s?\d{1,3}|(?:pos|place of service)\W{0,3}\d{2}|icd-?\s?(?:9"
        r"|10)(?:[ -]?(?:cm|pcs))?|snomed(?:[ -]ct)?|part [ab])\b"
    )
    return re.sub(pattern, lambda match: " " * len(match[0]), text)


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
