"""Reasons: in a few words, by which wording a code was found and how what was typed was read."""

from __future__ import annotations

from codeward.services.search.question import Question
from codeward.services.search.ranking import Ranked
from codeward.store.library import Library
from codeward.store.search import wording
from codeward.store.word_index.phrases import KINDS
from codeward.store.word_index.read import WordIndex

_LEADS = {
    "main term": "matched index: ",
    "index": "matched index: ",
    "see": "matched index, sent on: ",
    "inclusion": "inclusion term: ",
    "neoplasm": "neoplasm table: ",
    "drug": "drug table: ",
}


def reason(library: Library, index: WordIndex, question: Question, item: Ranked) -> str:
    """The wording a code was found by ("matched index: Carcinoma > basal cell > eyelid"), and how words were read."""
    kind = KINDS[int(index.phrases["kind"][item.phrase])]
    lead = "near in meaning: " if item.by_meaning else _LEADS.get(kind)
    found = f"{lead}{wording(library, item.phrase)}" if lead else "title"
    parts = [found, *_readings(index, question, item), _choice(item)]
    return "; ".join(part for part in parts if part)


def _readings(index: WordIndex, question: Question, item: Ranked) -> list[str]:
    """Notes of the meanings that the wording bears out, where they are not the words as typed."""
    said = set(index.said[item.phrase].tolist()) | set(index.may_say[item.phrase].tolist())
    said |= set(index.code_words[item.row].tolist())
    notes = []
    for part in question.parts:
        fits = [meaning for meaning in part if all(index.numbers.get(one, 0) in said for one in meaning.stems)]
        best = max(fits, key=lambda meaning: (not meaning.note, meaning.weight), default=None)
        if best is not None and best.note:
            notes.append(best.note)
    return notes


def _choice(item: Ranked) -> str:
    if item.choice.below is not None:
        return "the code below it that adds least"
    return "further words lead beside it" if item.choice.gain > 0 else ""
