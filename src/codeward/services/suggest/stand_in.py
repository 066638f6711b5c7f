"""Stand-in for the reading of notes until services/notes is there."""

from __future__ import annotations

import re

from codeward.core.notes import Note, Section, Sentence, Standing

_END = re.compile(r"[.!?](?=\s)|\n")
_NOT = re.compile(r"\b(no|not|without|denies|denied|negative for|absence of|ruled out|normal|never|rather than)\b", re.I)
_MAYBE = re.compile(
    r"\b(possible|possibly|probable|probably|suspected|suspicion of|suspicious for|likely|rule out|r/o|questionable|"
    r"compatible with|consistent with|concern for|versus|vs)\b",
    re.I,
)
_PAST = re.compile(r"\b(history of|previous|past|prior|h/o|antecedents?)\b", re.I)
_KIN = re.compile(r"\b(mother|father|brother|sister|family history|son|daughter|aunt|uncle|grand\w+)\b", re.I)
_CUT = re.compile(r"\b(but|however|except|although)\b|;", re.I)


def read_note(text: str) -> Note:
    """Sentences by full stops and lines."""
    found, start = [], 0
    for end in (*(item.end() for item in _END.finditer(text)), len(text)):
        if text[start:end].strip():
            found.append(Sentence(start, end, ""))
        start = end
    return Note(text, (), (Section("", 0, len(text)),), tuple(found))


def standing_of(note: Note, start: int, end: int) -> Standing:
    """By a word before in the same sentence."""
    sentence = next((item for item in note.sentences if item.start <= start < item.end), None)
    if sentence is None:
        return Standing()
    before = _CUT.split(note.text[sentence.start : start])[-1] or ""
    cue = {name: list(pattern.finditer(before))[-1:] for name, pattern in _CUES.items()}
    return Standing(
        negated=bool(cue["negated"]) and len(before) - cue["negated"][0].end() < 60,
        uncertain=bool(cue["uncertain"]) and len(before) - cue["uncertain"][0].end() < 40,
        historical=bool(cue["historical"]) and len(before) - cue["historical"][0].end() < 40,
        family=bool(cue["family"]),
    )


_CUES = {"negated": _NOT, "uncertain": _MAYBE, "historical": _PAST, "family": _KIN}
