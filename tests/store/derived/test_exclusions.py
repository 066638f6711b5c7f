"""Excludes1 notes reach what stands below them, nearer notes win, and no code is set apart from its own."""

from __future__ import annotations

from codeward.store.derived.code_tree import CodeTree
from codeward.store.derived.exclusions import Note, Reader, exclusions, runs

_CODES = """A01 A010 A011 A02 B01 B010 B011 B012 C43 C4A C44 C441 C7A C76 C77 E08 E0842 E09 E0942 E10 E109
T360X1A T360X5A T3691XA T3695XA T43651A I69023 I69123 I69001 D72 D720 D7282 D72824 D72829"""
TITLES = dict.fromkeys(_CODES.split(), "")
CATEGORIES = (
    "A01",
    "A02",
    "B01",
    "C43",
    "C4A",
    "C44",
    "C7A",
    "C76",
    "C77",
    "D72",
    "E08",
    "E09",
    "E10",
    "I69",
    "T36",
    "T43",
)


def pairs_of(*notes: tuple[str, str, str, str]) -> set[tuple[str, str]]:
    """The pairs of notes given as owner, level, kind and text."""
    reader = Reader(CodeTree(TITLES, CATEGORIES), {"1": ["A01", "A02"]})
    found, _ = exclusions(reader, [Note(at, *note) for at, note in enumerate(notes, start=1)])
    return set(found)


def test_a_note_of_a_code_a_section_and_a_chapter() -> None:
    """Sections and chapters stand for their categories, in the order of the list and not of the alphabet."""
    assert pairs_of(("A01", "code", "excludes1", "x (B01.1)")) == {("A01", "B011")}
    assert pairs_of(("C43-C44", "section", "excludes1", "x (B01.-)")) == {
        ("C43", "B01"),
        ("C4A", "B01"),
        ("C44", "B01"),
    }
    assert pairs_of(("1", "chapter", "excludes1", "x (B01.-)")) == {("A01", "B01"), ("A02", "B01")}
    assert pairs_of(("A01", "code", "excludes1", "x (C76-C77)")) == {("A01", "C76"), ("A01", "C77")}


def test_what_is_asked_beyond_the_beginning_is_looked_for_among_codes() -> None:
    """Endings, intents (the fifth character where the sixth fills a place) and last characters."""
    diabetes = pairs_of(("A01", "code", "excludes1", "x (E08-E13 with .42)"))
    assert diabetes == {("A01", "E0842"), ("A01", "E0942")}
    adverse = pairs_of(("A01", "code", "excludes1", "x (T36-T50 with fifth or sixth character 5)"))
    assert adverse == {("A01", "T360X5"), ("A01", "T3695")}
    stroke = pairs_of(("A01", "code", "excludes1", "x (I69. with final characters -23)"))
    assert stroke == {("A01", "I69023"), ("A01", "I69123")}


def test_a_note_may_be_of_both_kinds_and_only_the_first_sets_apart() -> None:
    """Excludes2 says that both may be coded."""
    assert pairs_of(("A01", "code", "excludes2", "x (B01.-)")) == set()


def test_a_nearer_excludes2_takes_back_what_a_wider_note_says() -> None:
    """Of its own codes, and of what it names alone."""
    wide = ("A01", "code", "excludes1", "x (B01.-)")
    assert pairs_of(wide, ("A010", "code", "excludes2", "x (B01.-)")) == {("A011", "B01")}
    assert pairs_of(wide, ("A010", "code", "excludes2", "x (B01.1)")) == {
        ("A011", "B01"),
        ("A010", "B010"),
        ("A010", "B012"),
    }


def test_a_nearer_excludes1_stands_against_a_wider_excludes2() -> None:
    """As I10 does against its section on hypertension in pregnancy."""
    section = ("A01-A02", "section", "excludes2", "x (B01.-)")
    assert pairs_of(section, ("A01", "code", "excludes1", "x (B01.-)")) == {("A01", "B01")}


def test_no_code_is_set_apart_from_what_it_belongs_to() -> None:
    """A note that names a code of its own category speaks of the others; one that names its category says nothing."""
    assert ("D72", "D72824") not in pairs_of(("D72", "code", "excludes1", "basophilia (D72.824)"))
    assert ("D72829", "D72824") in pairs_of(("D72", "code", "excludes1", "basophilia (D72.824)"))
    assert pairs_of(("A010", "code", "excludes1", "x (A01.-)")) == set()


def test_lines_that_say_nothing_are_kept_with_their_reason() -> None:
    """Codes that no edition has are named."""
    reader = Reader(CodeTree(TITLES, CATEGORIES), {})
    texts = ["x (Z99.9)", "x (B01.1, Z99.9)", "x - code to y", "x", "x:", "x (A01.-)"]
    _, unread = exclusions(reader, [Note(at, "A010", "code", "excludes1", text) for at, text in enumerate(texts)])
    assert [(item.note.row, item.reason, item.named) for item in unread] == [
        (0, "no-code", "Z999"),
        (1, "no-code", "Z999"),
        (2, "elsewhere", ""),
        (3, "words", ""),
        (5, "own-line", ""),
    ]


def test_equal_rows_of_successive_editions_are_one() -> None:
    """A row that comes back begins a new run."""
    assert runs({1: {("a", 1)}, 2: {("a", 1), ("b", 2)}, 3: {("b", 2)}, 4: {("a", 1)}}) == [
        (1, 2, "a", 1),
        (4, 4, "a", 1),
        (2, 3, "b", 2),
    ]
