"""Guidance: passages of the coding guidelines and the claims manual, by section and by words, as of a day."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from codeward.core.faults import BadInput
from codeward.services.catalogue.tools import BY_NAME
from codeward.services.guidance import find_passages
from codeward.store.library import Library, open_library
from codeward.store.licence import Licence
from golden.published import put
from golden.tiny_guidelines import CHAPTER, chapter_twelve, guidelines, page
from golden.tiny_pdf import tiny_pdf
from making import build_library

ON = date(2026, 2, 1)
TWELVE = "claims-processing-manual"


def later_chapter(number: int, day: str) -> bytes:
    """Another chapter, or a later revision of the same, its last section reworded."""
    reworded = {"Chapter 12": f"Chapter {number}", "11-07-24": day, "are paid as one": f"of chapter {number} are one"}
    pages = CHAPTER
    for old, new in reworded.items():
        pages = [[row.replace(old, new) for row in rows] for rows in pages]
    return tiny_pdf([page(rows) for rows in pages])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, small_files: Path) -> Path:
    """Home of the small library with made-up guidelines, two chapters, and one of them revised later."""
    folder = tmp_path_factory.mktemp("guidance")
    put(folder, "fy-2026-icd-10-cm-coding-guidelines.pdf", guidelines())
    put(folder, "old/clm104c12.pdf", chapter_twelve())
    put(folder, "new/clm104c12.pdf", later_chapter(12, "01-15-26"))
    put(folder, "clm104c13.pdf", later_chapter(13, "03-01-25"))
    paths = ("fy-2026-icd-10-cm-coding-guidelines.pdf", "old", "new", "clm104c13.pdf")
    build_library(folder / "home", small_files, *(folder / name for name in paths))
    return folder / "home"


@pytest.fixture
def library(home: Path) -> Library:
    return open_library(home)


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("I.C.1.b", "I.C.1.b"),
        ("section i.c.1.b", "I.C.1.b"),
        ("Guideline I.C.1.a.1)(a)", "I.C.1.a.1.a"),
        ("IV.A", "IV.A"),
        ("App.I", "App.I"),
        ("ch12 30.6.5", "ch12 30.6.5"),
        ("100-04 ch 12 §30.6.5", "ch12 30.6.5"),
        ("Chapter 13, section 30.6.5", "ch13 30.6.5"),
    ],
)
def test_a_section_is_found_however_it_is_cited(library: Library, text: str, section: str) -> None:
    passages = find_passages(library, text, ON).value.passages
    assert {passage.section for passage in passages} == {section}


def test_a_section_has_those_below_it(library: Library) -> None:
    found = find_passages(library, "ch12 30.6", ON).value
    assert [passage.section for passage in found.passages] == ["ch12 30.6", "ch12 30.6.5"]
    assert found.section == "30.6"


def test_words_are_found_with_page_headings_and_source(library: Library) -> None:
    answer = find_passages(library, "signs principal diagnosis", ON)
    (passage, *_) = answer.value.passages
    assert (passage.section, passage.label) == ("II.A", "4")
    assert passage.path == "Made-up principal diagnosis > Signs"
    assert passage.source.file.endswith("fy-2026-icd-10-cm-coding-guidelines.pdf")
    assert passage.source in answer.sources


def test_words_that_no_paragraph_has_together_are_said_to_be_apart(library: Library) -> None:
    found = find_passages(library, "confirmed aardvark", ON).value
    assert found.passages
    assert not found.every


def test_one_document_only(library: Library) -> None:
    for document in ("icd-10-cm-guidelines", TWELVE):
        found = find_passages(library, "invented made words", ON, document, 20).value
        assert {passage.document for passage in found.passages} == {document}


@pytest.mark.parametrize(
    ("on", "words"),
    [(date(2025, 6, 1), "are paid as one"), (date(2026, 2, 1), "of chapter 12 are one")],
)
def test_a_chapter_is_read_as_revised_by_the_day(library: Library, on: date, words: str) -> None:
    (passage,) = find_passages(library, "ch12 30.6.5", on, TWELVE).value.passages
    assert words in passage.text


def test_a_chapter_revised_earlier_still_answers_beside_one_revised_later(library: Library) -> None:
    found = find_passages(library, "physicians of one group", ON, TWELVE, 20).value
    assert {passage.section for passage in found.passages} == {"ch12 30.6.5", "ch13 30.6.5"}


def test_before_the_first_edition_it_says_what_is_missing(library: Library) -> None:
    answer = find_passages(library, "signs", date(2024, 1, 1))
    assert answer.value.passages == ()
    assert set(answer.not_loaded) == {"icd-10-cm-guidelines", TWELVE}


def test_the_claims_manual_is_silent_where_its_terms_do_not_hold(library: Library) -> None:
    answer = find_passages(Library(library.folder, Licence(frozenset())), "physicians of one group", ON)
    assert {passage.document for passage in answer.value.passages} <= {"icd-10-cm-guidelines"}
    assert TWELVE in answer.not_loaded
    assert any("ama-cpt" in caveat.text for caveat in answer.warnings)


def test_a_text_without_words_is_refused(library: Library) -> None:
    with pytest.raises(BadInput, match="no word"):
        find_passages(library, " -- ", ON)


def test_the_tool_asks_the_service(library: Library) -> None:
    answer = BY_NAME["read_guidelines"].ask(library, ON, {"text": "IV.A", "most": 1})
    assert [passage.text for passage in answer.value.passages] == ["Words of IV.A."]
    with pytest.raises(BadInput, match="expected 1 to 20"):
        BY_NAME["read_guidelines"].ask(library, ON, {"text": "IV.A", "most": 21})


@pytest.mark.parametrize("text", ["I." * 500_000, "1." * 500_000, "( " * 500_000 + "a", '"' * 1_000_000 + " a"])
def test_an_endless_text_is_answered_at_once(library: Library, text: str) -> None:
    begun = time.process_time()
    try:
        find_passages(library, text, ON)
    except BadInput as error:
        assert len(str(error)) < 200
    assert time.process_time() - begun < 2
