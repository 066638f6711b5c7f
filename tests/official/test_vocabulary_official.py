"""The vocabulary speaks in the words of the real code sets, and its words lead to the category a coder would expect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest

from codeward.services.vocabulary.read_vocabulary import Words, vocabulary, words_of
from codeward.store.library import Library
from official.known_meanings import KNOWN

pytestmark = pytest.mark.official

TEXTS = (
    "select code, title from icd_10_cm",
    "select owner, text from icd_10_cm_notes where kind in ('inclusion', 'includes')",
    "select '', text from icd_10_cm_notes",
    "select code, printed || ' ' || path || ' ' || coalesce(modifiers, '') from icd_10_cm_index",
    "select code, printed || ' ' || path || ' ' || coalesce(modifiers, '') from icd_10_cm_external_causes",
    "select malignant_primary, path from icd_10_cm_neoplasms",
    "select code, long_text from hcpcs",
    "select code, name || ' ' || meaning from modifiers",
    "select code, name from pos",
    "select code, display_name || ' ' || classification from nucc_taxonomy",
)
DRUGS = "select accidental, path from icd_10_cm_drugs"
NOT_IN_THE_TEXTS: frozenset[str] = frozenset()
"""Words of expansions that no text has: none today."""


@pytest.fixture(scope="module")
def library(official_library: Library) -> Library:
    """Every real file but the pair edits."""
    return official_library


def said(library: Library, *queries: str) -> Iterator[tuple[str, Words]]:
    """Every text, with its code where it has one."""
    for query in queries:
        for code, text in library.db.execute(query):
            yield (code or "").replace(".", ""), words_of(text or "")


@pytest.fixture(scope="module")
def texts_of(library: Library) -> dict[str, list[frozenset[str]]]:
    """The words of each code's title with its inclusion terms, and of each index entry, by category."""
    titles: dict[str, set[str]] = defaultdict(set)
    found: dict[str, list[frozenset[str]]] = defaultdict(list)
    for code, words in said(library, *TEXTS[:2]):
        titles[code].update(words)
    for code, every in titles.items():
        found[code[:3]].append(frozenset(every))
    for code, words in said(library, *TEXTS[3:], DRUGS):
        found[code[:3]].append(frozenset(words))
    return found


def test_every_word_of_every_expansion_is_a_word_of_the_code_sets(library: Library) -> None:
    known = {word for _, words in said(library, *TEXTS, DRUGS) for word in words}
    used = {word: key for key, meant in vocabulary().expansions.items() for words in meant for word in words}
    used |= {word: key for key, meant in vocabulary().capitals.items() for words in meant for word in words}
    assert len(known) > 20_000
    assert {word: key for word, key in used.items() if word not in known | NOT_IN_THE_TEXTS} == {}


def test_every_group_of_words_has_one_of_the_code_sets(library: Library) -> None:
    known = {word for _, words in said(library, *TEXTS, DRUGS) for word in words}
    assert [group for group in vocabulary().word_groups if known.isdisjoint(group)] == []


@pytest.mark.parametrize(("typed", "category"), KNOWN)
def test_the_first_expansion_is_said_in_the_category(
    typed: str, category: str, texts_of: dict[str, list[frozenset[str]]]
) -> None:
    meant = set(vocabulary().expansions[words_of(typed)][0])
    assert any(meant <= words for words in texts_of[category])


def test_a_wrong_category_is_told_apart(texts_of: dict[str, list[frozenset[str]]]) -> None:
    meant = set(vocabulary().expansions["copd",][0])
    assert not any(meant <= words for words in texts_of["I10"])
