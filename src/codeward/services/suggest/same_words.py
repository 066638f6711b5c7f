"""Same words: which stems a word of a note may stand for, and which say nothing alone."""

from __future__ import annotations

from functools import cache
from itertools import takewhile

from codeward.core.word_forms import stem
from codeward.services.suggest.tables import read_table
from codeward.services.vocabulary.read_vocabulary import vocabulary, words_of
from codeward.store.concepts import STOP, Concept


@cache
def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for group in (*read_table("same_words")["groups"], *vocabulary().word_groups):
        members = frozenset(stem(word) for word in group) - _SEVERAL
        for member in members:
            found[member] = found.get(member, frozenset()) | members
    return found


def same_as(word: str) -> frozenset[str]:
    """The stem of a word and every stem that means the same."""
    own = stem(word)
    return _groups().get(own, frozenset()) | {own} | WIDER.get(own, frozenset()) | _BROADER.get(own, frozenset())


@cache
def own_phrases() -> tuple[Concept, ...]:
    """Ways of saying a condition that the index does not have."""
    held = read_table("own_phrases")
    kinds = {"phrases": "own", "statuses": "own-status", "longterm": "longterm", "reasons": "reason"}
    return tuple(
        Concept(frozenset(stem(word) for word in words_of(text)), code, kind, text)
        for name, kind in kinds.items()
        for code, texts in held[name].items()
        for text in texts
    )


@cache
def says_nothing_alone() -> frozenset[str]:
    """Stems that are no condition unless something stands with them."""
    return frozenset(stem(word) for word in read_table("alone")["words"])


@cache
def never_meant() -> frozenset[str]:
    """Entries of the index that are not what notes mean by their words."""
    return frozenset(read_table("alone")["never"])


WIDER = {"mass": frozenset({"diseas"}), "lesion": frozenset({"diseas"})}
"""What the index sends on: `Mass, specified organ, see Disease, by site`."""
_BROADER = {"tear": frozenset({"sprain"}), "cancer": frozenset({"neoplasm"}), "carcinoma": frozenset({"neoplasm"})}
_SEVERAL = frozenset({"secondary", "primary"})
"""Words that mean something else beside other words."""
LONGEST_KEY = 4
"""Words of the longest entries of the vocabulary that are looked for."""
_SHORT = 2


def meaning(typed: list[str]) -> frozenset[str]:
    """The stems of the official words that an abbreviation or lay phrase stands for; none where it is no such entry."""
    held, capitals = vocabulary(), tuple(typed)
    key = tuple(word for text in typed for word in words_of(text))
    found = held.capitals.get(capitals) or held.expansions.get(key, ())
    if not found or (len(typed) == 1 and _is_doubtful(typed[0], held.kinds.get(key, "abbreviation"))):
        return frozenset()
    said = takewhile(lambda word: word != "without", found[0])
    return frozenset(stem(word) for word in said if word not in STOP)


def _is_doubtful(text: str, kind: str) -> bool:
    """Two letters are an abbreviation only in capitals, and three are no lay word of a note."""
    return (len(text) <= _SHORT and not text.isupper()) or (len(text) <= _SHORT + 1 and kind != "abbreviation")
