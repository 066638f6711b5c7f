"""Every practice note is held to the same form: fields, days, codes, document, asks and verdict."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import date
from functools import cache
from io import BytesIO
from itertools import combinations
from pathlib import Path

import pytest

from codeward.core.codes import readings
from codeward.datasets.practice_notes import FIELDS, PRACTICE_NOTES, NoteRow
from codeward.ingest.build import own_tables
from codeward.services.practice_note_list import SURE, TOPICS

FILES = sorted((own_tables() / "practice_notes").glob("*.note.toml"))
VERDICTS = ("Yes", "No", "Not ", "Only ", "Usually not", "Some may", "Either")
YES_OR_NO = re.compile(
    r"(?:can|may|must|should|is|are|was|does|do|did|will|would|has|have) (?!.* or )(?:[a-z0-9]).*", re.IGNORECASE
)
SENTENCE = re.compile(r"\.(?= [A-Z0-9]|$)")
DESCRIPTOR = re.compile(
    r"list separately in addition|or other qualified health care professional|each additional \d|"
    r"includ(?:es|ing), when performed|single or multiple|first \d+-\d+ minutes|"
    r"separately identifiable evaluation",
    re.IGNORECASE,
)
"""Turns of phrase that the AMA's descriptors have and our own sentences do not need."""
PROMISES = re.compile(r"\b(?:will be paid|guarantee|always pays|will pay you)\b", re.IGNORECASE)


@cache
def written(path: Path) -> dict[str, object]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def texts(note: dict[str, object], name: str) -> list[str]:
    found = note.get(name, [])
    assert isinstance(found, list)
    return [str(item) for item in found]


def test_there_are_as_many_as_asked_for() -> None:
    assert len(FILES) >= 200


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.removesuffix(".note.toml"))
def test_a_note_is_well_formed(path: Path) -> None:
    note = written(path)
    assert path.name == f"{note['name']}.note.toml"
    assert set(note) <= set(FIELDS)
    assert note["topic"] in TOPICS
    assert note["sure"] in SURE
    assert 8 <= len(str(note["title"])) <= 60
    assert 60 <= len(str(note["statement"])) <= 620
    assert 1 <= len(SENTENCE.findall(str(note["statement"]))) <= 4
    assert str(note["statement"]).endswith(".")
    assert len(str(note["document"])) >= 6
    assert str(note.get("url", "https://www.")).startswith("https://www.")
    assert 1 <= len(texts(note, "terms")) <= 16


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.removesuffix(".note.toml"))
def test_its_days_codes_and_modifiers_are_such(path: Path) -> None:
    note = written(path)
    since, until = note.get("since", date.min), note.get("until", date.max)
    assert isinstance(since, date)
    assert isinstance(until, date)
    assert since <= until
    for entry in texts(note, "codes"):
        first, _, last = entry.partition("-")
        kinds = [readings(end) for end in (first, last or first)]
        assert all(kinds), entry
        assert {found[0].system for found in kinds} <= {"cpt", "hcpcs", "icd-10-cm"}, entry
        assert not last or (first < last and len(first) == len(last)), entry
    assert all(re.fullmatch(r"[0-9A-Z]{2}", item) for item in texts(note, "modifiers"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.removesuffix(".note.toml"))
def test_it_is_asked_in_several_ways_and_begins_with_the_verdict(path: Path) -> None:
    note = written(path)
    asks = texts(note, "asks")
    assert 4 <= len(asks) <= 14
    assert all(len(ask) <= 110 and ask == ask.strip() for ask in asks)
    if any(YES_OR_NO.fullmatch(ask) for ask in asks):
        assert str(note["statement"]).startswith(VERDICTS), note["statement"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.removesuffix(".note.toml"))
def test_it_is_in_our_own_words_and_promises_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not DESCRIPTOR.search(text)
    assert not PROMISES.search(text)


def days_of(note: dict[str, object]) -> tuple[date, date]:
    since, until = note.get("since", date.min), note.get("until", date.max)
    assert isinstance(since, date)
    assert isinstance(until, date)
    return since, until


def test_no_two_notes_of_one_day_are_asked_alike() -> None:
    asked: dict[str, list[Path]] = {}
    for path in FILES:
        for ask in texts(written(path), "asks"):
            asked.setdefault(re.sub(r"\W+", " ", ask.lower()).strip(), []).append(path)
    clashes = []
    for ask, paths in asked.items():
        for one, other in combinations(paths, 2):
            (first, last), (start, end) = days_of(written(one)), days_of(written(other))
            if max(first, start) <= min(last, end):
                clashes.append(f"{ask}: {one.name} and {other.name}")
    assert not clashes


def test_no_title_stands_twice() -> None:
    twice = [title for title, times in Counter(written(path)["title"] for path in FILES).items() if times > 1]
    assert not twice


def read_as_a_file(text: str) -> NoteRow:
    assert PRACTICE_NOTES.records is not None
    ((_, cells, _),) = PRACTICE_NOTES.records({"": BytesIO(text.encode())})
    return NoteRow(*cells)


MADE = """name = "made"
title = "A made note"
statement = "No: made for a test."
topic = "codes"
asks = ["one", "two"]
document = "None"
sure = "known"
"""


def test_a_file_becomes_one_row() -> None:
    row = read_as_a_file(MADE + 'codes = ["A0425", "J0120-J9999"]\nsince = 2024-01-01\n')
    assert (row.name, row.asks, row.codes, str(row.since)) == ("made", "one | two", "A0425 | J0120-J9999", "2024-01-01")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (MADE + 'colour = "red"\n', "'colour' is no field of a practice note"),
        (MADE.replace('statement = "No: made for a test."\n', ""), "lacks statement"),
        (MADE.replace('["one", "two"]', '"one"'), "asks is 'one': expected a list of texts"),
        (MADE + "since = 2024\n", "since is 2024"),
        (MADE + "=", "not a practice note in TOML"),
        (MADE + 'codes = ["99213 | 99214"]\n', "expected a list of texts"),
    ],
)
def test_a_misfit_is_one_clear_line(wrong: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        read_as_a_file(wrong)
