"""Questions: what was typed, as the words of the code sets it may mean, apart from side, episode and vagueness."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from codeward.core.word_forms import stem
from codeward.services.search.spelling import Speller
from codeward.services.vocabulary.read_vocabulary import Words, vocabulary
from codeward.store.meaning.wordpiece import vocabulary as known_pieces
from codeward.store.word_index.words import NUMBERED, PASSED_OVER, typed_words

Entries = dict[Words, tuple[tuple[Words, ...], str]]
"""Words as typed, what they may mean, and the kind of entry."""
_CAPITALS = re.compile(r"\b[A-Z]{2,8}\b")
SIDE_WORDS = {
    "r": 1, "rt": 1, "right": 1, "l": 2, "lt": 2, "left": 2,
    "bil": 3, "bilat": 3, "bilateral": 3, "bilaterally": 3, "both": 3,
}  # fmt: skip
"""What is typed for a side, as places in `titles.SIDES`; eye and ear letters (OD, AS) come by the vocabulary."""
_OTHER = frozenset({"other", "oth", "nec"})
_VAGUE = frozenset({"unspecified", "unspec", "unsp", "nos"})
_EMPTY = frozenset({"specified", "elsewhere", "classified", "site", "mention"})
_UNSAID = _OTHER | _VAGUE | _EMPTY | PASSED_OVER
_LONGEST_ENTRY = 7
_MOST_MEANINGS = 4
_LATER_MEANING, _AS_TYPED, _SAME_WORD = 0.04, 0.9, 0.92
_COMMON = 100
"""A word in as many texts means itself at least as much as what it is a lay word for."""
_TRUNCATED_BELOW = 40
"""A word in fewer texts than this may also be a longer one cut short ("mid", "rheum")."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One reading of a part of what was typed: stems, how sure (0 to 1), and a note where it was not taken as typed."""

    stems: tuple[str, ...]
    weight: float
    note: str = ""


@dataclass
class Question:
    """Parts with their meanings, best first; `side` as in `titles.SIDES`; `asked` holds every word and stem.

    `numbered` holds the numbers that follow a word such as "stage".
    """

    parts: list[tuple[Meaning, ...]] = field(default_factory=list)
    side: int = 0
    other: bool = False
    vague: bool = False
    asked: frozenset[str] = frozenset()
    numbered: frozenset[str] = frozenset()

    def is_lone_number(self, part: tuple[Meaning, ...]) -> bool:
        """Whether a part is a number that follows no word such as "stage" or "type"."""
        one = part[0].stems[0]
        return one.isdigit() and one not in self.numbered

    def weights(self, *, whole: bool = False) -> dict[str, float]:
        """Every stem of every meaning with the weight of its surest one.

        Stems of long meanings count less, unless each is to weigh as the `whole` meaning does.
        """
        found: dict[str, float] = {}
        for part in self.parts:
            for meaning in part:
                weight = meaning.weight if whole else meaning.weight / len(meaning.stems) ** 0.3
                for one in meaning.stems:
                    found[one] = max(found.get(one, 0.0), weight)
        return found


def read_question(text: str, speller: Speller) -> Question:
    """What was typed, part by part: the longest entry of the vocabulary first, else word by word."""
    words = typed_words(text)
    entries = _entries_for(text)
    question, at, asked = Question(), 0, set(words)
    while at < len(words):
        taken = _entry(entries, words, at)
        if taken:
            part = tuple(_entry_meanings(question, taken, entries[taken], speller, asked))
        else:
            part = tuple(_word_meanings(question, words[at], speller, last=at == len(words) - 1))
        if part:
            question.parts.append(part)
        at += len(taken) or 1
    if not question.parts:
        question.parts = [(Meaning((stem(word),), 1.0),) for word in words if word in SIDE_WORDS and len(word) > 3]
    stems = {one for part in question.parts for meaning in part for one in meaning.stems}
    question.asked = frozenset(asked | stems)
    question.numbered = frozenset(word for before, word in pairwise(words) if before in NUMBERED)
    return question


@cache
def _entries() -> Entries:
    """Entries under their words as questions spell them: possessives gone, numbers plain."""
    known = vocabulary()
    found: Entries = {}
    for key, meant in known.expansions.items():
        plain = tuple(typed_words(" ".join(word for word in key if word != "s")))
        if plain:
            found.setdefault(plain, (meant, known.kinds[key]))
    return found


@cache
def _same_words() -> dict[str, tuple[str, ...]]:
    """For a stem, the stems of the words that mean the same in titles."""
    found: dict[str, tuple[str, ...]] = {}
    for group in vocabulary().word_groups:
        stems = tuple(dict.fromkeys(stem(word) for word in group))
        for one in stems:
            found[one] = tuple(dict.fromkeys((*found.get(one, ()), *(other for other in stems if other != one))))
    return found


def _in_capitals(text: str) -> Entries:
    """What is an abbreviation where it stands in capitals only ("ALL", "PAD"), but not in a longer text all of them."""
    if text.isupper() and len(text.split()) > 2:
        return {}
    known = vocabulary().capitals
    found = (word for word in _CAPITALS.findall(text) if (word,) in known)
    return {(word.lower(),): (known[(word,)], "abbreviation") for word in found}


def _entries_for(text: str) -> Entries:
    capitals = _in_capitals(text)
    return _entries() | capitals if capitals else _entries()


def _entry(entries: Entries, words: list[str], at: int) -> Words:
    for length in range(min(_LONGEST_ENTRY, len(words) - at), 0, -1):
        key = tuple(words[at : at + length])
        if key in entries:
            return key
    return ()


def _entry_meanings(
    question: Question, key: Words, entry: tuple[tuple[Words, ...], str], speller: Speller, asked: set[str]
) -> Iterator[Meaning]:
    meant, kind = entry
    typed, count = " ".join(key), 0
    own = tuple(stem(word) for word in key if word not in _UNSAID and word not in SIDE_WORDS)
    for words in meant[:_MOST_MEANINGS]:
        asked.update(words)
        said = _said(question, typed_words(" ".join(words)))
        if said:
            note = "" if said == own else f"{kind}: {typed} = {' '.join(words)}"
            yield Meaning(said, 1.0 - _LATER_MEANING * count, note)
            count += 1
    if own and all(one in speller.numbers for one in own):
        common = len(key) == 1 and speller.count(key[0]) >= _COMMON
        yield Meaning(own, 1.0 if common or not count else _AS_TYPED)


def _said(question: Question, words: list[str]) -> tuple[str, ...]:
    """The stems of an expansion; a side in it becomes the question's, "other" and "unspecified" are left out."""
    said = []
    for word in words:
        if word in SIDE_WORDS and len(word) > 2:
            question.side = question.side or SIDE_WORDS[word]
        elif word not in _UNSAID:
            said.append(stem(word))
    return tuple(dict.fromkeys(said))


def _word_meanings(question: Question, word: str, speller: Speller, *, last: bool) -> Iterator[Meaning]:
    if word in SIDE_WORDS:
        question.side = question.side or SIDE_WORDS[word]
        return
    question.other = question.other or word in _OTHER
    question.vague = question.vague or word in _VAGUE
    if word in _UNSAID:
        return
    one = stem(word)
    if one not in speller.numbers:
        yield from _unknown(word, one, speller)
        return
    yield Meaning((one,), 1.0)
    for same in _same_words().get(one, ()):
        yield Meaning((same,), _SAME_WORD)
    if (last and len(word) > 2) or (len(word) > 2 and speller.count(word) < _TRUNCATED_BELOW and not word.isdigit()):
        for near in speller.near(word)[:_MOST_MEANINGS]:
            if near.stem != one:
                yield Meaning((near.stem,), near.likeness * 0.8, f"{word} read as {near.word}")


def _unknown(word: str, one: str, speller: Speller) -> Iterator[Meaning]:
    near = speller.near(word)
    for found in near:
        yield Meaning((found.stem,), found.likeness, f"spelling: {word} read as {found.word}")
    if not near:
        yield Meaning((one,), 1.0)


def spelled_out(text: str, speller: Speller) -> str:
    """What was typed in whole words: abbreviations by their first meaning, words that stand nowhere as read."""
    words, entries, found, at = typed_words(text), _entries_for(text), list[str](), 0
    while at < len(words):
        key = _entry(entries, words, at)
        found += entries[key][0][0] if key else (_spelled(words[at], speller),)
        at += len(key) or 1
    return " ".join(found)


def _spelled(word: str, speller: Speller) -> str:
    """A word that neither the index nor the model knows as its nearest word; the model knows many whole ones."""
    near = () if stem(word) in speller.numbers or word in known_pieces() else speller.near(word)
    return near[0].word if near else word
