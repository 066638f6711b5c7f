"""Searched: noun phrases with a disease-like head that the dictionary does not know, put to the search.

How sure a score must be was measured on case reports: at SURE a third of the codes found are ones that people gave,
below it hardly any, so those are shown and not reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from codeward.core.codes import Code
from codeward.core.notes import CodeFound, Mention, Note
from codeward.core.word_forms import stem
from codeward.services.notes.standing import standing_of
from codeward.services.search.find import speller_of
from codeward.services.search.narrowing import Narrowing
from codeward.services.search.question import read_question
from codeward.services.search.ranking import rank
from codeward.services.suggest.edition import Edition
from codeward.services.suggest.mentions import Spoken
from codeward.services.suggest.same_words import says_nothing_alone
from codeward.store.library import Library

SURE, WORTH_SHOWING = 16.0, 13.0
_SAYS_ALL = 0.95
MOST_ASKED = 25
"""Phrases of a note that are put to the search: each takes about five milliseconds."""
_HEAD = re.compile(
    r"\b(?:[a-z]{3,25}(?:itis|omas?|os[ie]s|opath(?:y|ies)|emia|uria|plegia|paresis|algia|ectasia|megaly|penia|cytosis|philia"
    r"|rrhea|ptysis|plasia|trophy|cele|sclerosis|stenosis|phagia|pnea|phasia|opia)"
    r"|fractures?|pain|failure|insufficiency|syndrome|disease|disorder|infections?|ulcers?|hernias?|cysts?|abscess(?:es)?"
    r"|fistulas?|deficiency|obstruction|hemorrhage|injury|effusion|embolism|infarction|cancer|calcul(?:us|i)|stones?"
    r"|prolapse|perforation|deformity|palsy|tear|strain|sprain|contusion|laceration|burn|bite|cramps?)\b",
    re.I,
)
_BETWEEN = re.compile(
    r"\b(?:with|and|or|was|were|is|are|has|had|have|the|a|an|by|to|in|on|at|from|for|due|secondary|associated|which|that|who"
    r"|show(?:s|ed)?|reveal(?:s|ed)?|present(?:s|ed)?|diagnosed|history|patient|as|without|no|but|after|before|during|under"
    r"|not|since|his|her|their|this|it|diagnosis|suspicion)\b|[.,;:()\n/\"]",
    re.I,
)
_MOST_WORDS = 6


def searched_for(library: Library, note: Note, known: Sequence[Spoken], edition: Edition, on: date) -> Iterator[Spoken]:
    """Mentions that the search found where the dictionary has none."""
    covered = [(item.mention.start, item.mention.end) for item in known]
    asked = 0
    for start, end, section in _phrases(note):
        if any(low < end and start < high for low, high in covered):
            continue
        asked += 1
        if asked > MOST_ASKED:
            return
        found = _best(library, note.text[start:end], edition, on)
        if found is not None:
            standing = standing_of(note, start, end)
            yield Spoken(Mention(note.text[start:end], start, end, standing, (found,)), section, "searched")


def _phrases(note: Note) -> Iterator[tuple[int, int, str]]:
    """Noun phrases of one to six words that have a disease-like head, with their section."""
    for sentence in note.sentences:
        at = sentence.start
        marks = [(found.start(), found.end()) for found in _BETWEEN.finditer(note.text, sentence.start, sentence.end)]
        for low, high in [*marks, (sentence.end, sentence.end)]:
            text = note.text[at:low]
            if _is_phrase(text):
                yield at + len(text) - len(text.lstrip()), low - len(text) + len(text.rstrip()), sentence.section
            at = high


def _is_phrase(text: str) -> bool:
    words = text.split()
    if not 1 <= len(words) <= _MOST_WORDS or not _HEAD.search(text):
        return False
    return len(words) > 1 or stem(words[0].lower()) not in says_nothing_alone()


def _best(library: Library, text: str, edition: Edition, on: date) -> CodeFound | None:
    """The first billable code whose wording says all of the phrase, if the search is sure enough of it."""
    index = library.word_index
    question = read_question(text, speller_of(index))
    ranked = rank(index, question, Narrowing(index, question, on.toordinal()), ("d",))[:1]
    for item in ranked:
        entry = edition.entry(index.code_at(item.row)[1])
        if item.score < WORTH_SHOWING or item.implied < _SAYS_ALL or entry is None or not entry.billable:
            return None
        return CodeFound(Code("icd-10-cm", entry.code), entry.title, _sure(item.score), "search")
    return None


def _sure(score: float) -> float:
    """A score of the search between 0 and 1; at SURE one half."""
    return round(max(0.0, min(1.0, 0.5 + (score - SURE) / 10)), 3)
