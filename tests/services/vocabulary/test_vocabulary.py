"""The vocabulary is well formed, each key means one thing, and what people type finds its words."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from importlib.resources import files

import pytest

from codeward.services.vocabulary.read_vocabulary import KINDS, entries_written, vocabulary, words_of

FILES = [*KINDS, "capitals"]
_WORDS = re.compile(r"[a-z0-9]+( [a-z0-9]+)*")


def meanings(typed: str) -> list[str]:
    """The expansions of what is typed, as text."""
    return [" ".join(words) for words in vocabulary().expansions.get(words_of(typed), ())]


@pytest.mark.parametrize("name", FILES)
def test_reading_by_line_gives_what_the_toml_parser_gives(name: str) -> None:
    text = files("codeward.services.vocabulary").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    assert entries_written(name) == tomllib.loads(text)


@pytest.mark.parametrize("name", FILES)
def test_keys_and_expansions_are_plain_words(name: str) -> None:
    for typed, meant in entries_written(name).items():
        key = typed.lower() if name == "capitals" else typed
        assert name != "capitals" or typed == typed.upper()
        assert _WORDS.fullmatch(key.replace("'", "")), typed
        assert all(_WORDS.fullmatch(text) for text in meant), typed


@pytest.mark.parametrize("name", FILES)
def test_an_entry_has_one_to_four_expansions_and_says_more_than_its_key(name: str) -> None:
    for typed, meant in entries_written(name).items():
        assert 1 <= len(set(meant)) == len(meant) <= 4, typed
        assert meant != [" ".join(words_of(typed))], typed


def test_no_key_stands_twice_in_any_spelling() -> None:
    """An apostrophe may be left out, so "baker's cyst" and "bakers cyst" would be one key."""
    typed = [key for name in KINDS for key in entries_written(name)]
    spellings = Counter(spelling for key in typed for spelling in {words_of(key), words_of(key.replace("'", ""))})
    assert [key for key, times in spellings.items() if times > 1] == []


def test_capitals_are_not_expanded_in_lower_case() -> None:
    known = vocabulary()
    assert known.capitals["GAVE",] == (words_of("angiodysplasia of stomach and duodenum"),)
    assert [key for key in known.capitals if words_of(" ".join(key)) in known.expansions] == []


@pytest.mark.parametrize(
    ("typed", "meant", "kind"),
    [
        ("COPD", "chronic obstructive pulmonary disease", "abbreviation"),
        ("Crohn's", "crohn s disease", "lay word"),
        ("crohns", "crohn s disease", "lay word"),
        ("Humira", "adalimumab", "drug"),
        ("s/p CABG", "presence of aortocoronary bypass graft", "phrase"),
        ("Ménière's", "meniere s disease", "lay word"),
    ],
)
def test_what_is_typed_finds_its_words_and_their_kind(typed: str, meant: str, kind: str) -> None:
    assert meanings(typed)[0] == meant
    assert vocabulary().kinds[words_of(typed)] == kind


def test_the_likeliest_meaning_comes_first() -> None:
    assert meanings("MS") == ["multiple sclerosis", "mitral stenosis"]


@pytest.mark.parametrize("typed", ["all", "as", "has", "or", "his", "no", "second", "part", "lip", "sinus", ""])
def test_everyday_words_mean_nothing_else(typed: str) -> None:
    assert meanings(typed) == []


def test_every_key_has_a_kind() -> None:
    known = vocabulary()
    assert known.kinds.keys() == known.expansions.keys()
    assert set(known.kinds.values()) == set(KINDS.values())


def test_words_of_one_group_mean_the_same_and_a_word_has_one_group() -> None:
    """Only "cervical" is of two things: of the neck and of the cervix."""
    groups = vocabulary().word_groups
    times = Counter(word for group in groups for word in group)
    assert [word for word, count in times.items() if count > 1] == ["cervical"]
    assert all(len(group) > 1 and all(words_of(word) == (word,) for word in group) for group in groups)
    assert any({"kidney", "renal"} <= set(group) for group in groups)


def test_words_of_a_hostile_text_take_linear_time() -> None:
    assert words_of("'" * 1_000_000) == ()
    assert words_of("a" * 1_000_000) == ("a" * 1_000_000,)
