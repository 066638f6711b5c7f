"""The policy manual's pages, and what it says on the pages of codes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from codeward.core.faults import BadInput, NotFound
from codeward.services.documents.answers import code_document
from codeward.services.look_up import look_up
from codeward.services.manual_pages import chapter_named, find_in_manual, manual_contents
from codeward.services.policy_manual import EXCERPT, excerpt, nearest_first
from codeward.store.library import Library, open_library
from golden.published import put
from golden.tiny_manual import whole
from making import build_library

IN_FORCE, BEFORE = date(2026, 2, 1), date(2025, 11, 1)


@pytest.fixture(scope="module")
def manual_home(tmp_path_factory: pytest.TempPathFactory, small_files: Path) -> Path:
    """Home of the small library with the made-up manual in it."""
    folder = tmp_path_factory.mktemp("manual")
    put(folder, "2026_ncci_medicare_policy_manual_all-chapters.pdf", whole())
    build_library(folder / "home", small_files, folder / "2026_ncci_medicare_policy_manual_all-chapters.pdf")
    return folder / "home"


@pytest.fixture
def library(manual_home: Path) -> Library:
    return open_library(manual_home)


@pytest.fixture
def reading(manual_home: Path, settings) -> Client:
    settings.CODEWARD_HOME = manual_home
    return Client()


def said(library: Library, code: str, on: date = IN_FORCE) -> list[tuple[str, str]]:
    section = look_up(library, code, on).value.section("policy-manual")
    assert section is not None
    return [(line.cells[0].text, line.cells[3].text) for table in section.tables for line in table.lines]


def test_single_codes_come_before_ranges(library: Library) -> None:
    assert said(library, "90002") == [("III-3", "90001-90009")]
    section = look_up(library, "90002", IN_FORCE).value.section("policy-manual")
    assert section is not None
    assert section.tables[0].lines[0].source is not None
    assert section.tables[0].lines[0].source.line == "page[6]/paragraph[1]"


def test_a_modifier_has_the_paragraphs_that_name_it(library: Library) -> None:
    assert said(library, "59") == [("III-4", "59")]
    assert said(library, "LT") == []


def test_a_code_nobody_names_is_said_to_be_unnamed(reading: Client, words) -> None:
    assert "No paragraph of the NCCI policy manual (2026) names this code, ranges of whole" in words(
        reading.get("/cpt/20610?on=2026-02-01")
    )


def test_a_manual_of_another_year_is_not_loaded_rather_than_silent(library: Library, reading: Client, words) -> None:
    answer = look_up(library, "59", BEFORE)
    assert "ncci-policy-manual" in answer.not_loaded
    assert "Not loaded for this day: NCCI policy manual; loaded from 2026-01-01" in words(
        reading.get("/modifier/59?on=2025-11-01")
    )


def test_json_holds_the_paragraphs(library: Library) -> None:
    document = json.loads(json.dumps(code_document(look_up(library, "59", IN_FORCE))))
    (row,) = document["sections"]["policy-manual"]["tables"][0]["rows"]
    assert row["cells"][1] == "III/2"
    assert row["source"]["dataset"] == "ncci-policy-manual"


def test_contents_list_chapters_in_order_and_name_the_absent(library: Library) -> None:
    contents = manual_contents(library, IN_FORCE).value
    assert contents is not None
    assert [chapter.name for chapter in contents.chapters] == ["I", "III"]
    assert [section.label for section in contents.chapters[1].sections] == ["III-3", "III-4"]
    assert contents.absent[:2] == ("Intro", "II")


def test_contents_page(reading: Client, words) -> None:
    page = reading.get("/ncci-manual?on=2026-02-01")
    assert "III. Surgery: Made-up System" in words(page)
    assert "Not loaded: chapter Intro, II, IV" in words(page)
    assert '/ncci-manual/III?on=2026-02-01#p2"' in page.content.decode()


def test_chapter_page_links_codes_and_anchors_paragraphs(reading: Client) -> None:
    body = reading.get("/ncci-manual/III?on=2026-02-01").content.decode()
    assert 'id="p2"' in body
    assert 'href="/hcpcs/A9002?on=2026-02-01"' in body
    assert 'href="/modifier/XS?on=2026-02-01"' in body
    assert "/61884" not in body
    assert body.count('class="src"') == 8
    assert re.search(r'href="/source\?c=ncci-policy-manual%402026', body)


@pytest.mark.parametrize(("typed", "name"), [("iii", "III"), ("3", "III"), ("intro", "Intro"), ("Chapter I", "I")])
def test_chapters_however_typed(typed: str, name: str) -> None:
    assert chapter_named(typed) == name


@pytest.mark.parametrize("typed", ["XIV", "14", "0x", "²", ""])
def test_what_is_no_chapter(typed: str) -> None:
    with pytest.raises(NotFound):
        chapter_named(typed)


def test_other_spellings_are_redirected_and_absent_chapters_not_found(reading: Client) -> None:
    assert reading.get("/ncci-manual/3?on=2026-02-01")["Location"] == "/ncci-manual/III?on=2026-02-01"
    assert reading.get("/ncci-manual/V?on=2026-02-01").status_code == 404
    assert reading.get("/ncci-manual/XIV").status_code == 404


def test_words_codes_and_modifiers_are_found(library: Library, reading: Client, words) -> None:
    def found(text: str) -> list[str]:
        return [hit.found.row.label for hit in find_in_manual(library, text, IN_FORCE).value.hits]

    assert found("invented words") == ["III-3"]
    assert found("belongs") == ["III-4"]
    assert find_in_manual(library, "invented xylophone", IN_FORCE).value.every is False
    assert found("invented xylophone") == ["III-3"]
    assert "these hold some of them" in words(reading.get("/ncci-manual?q=invented+xylophone&on=2026-02-01"))
    assert found("90003") == ["III-3"]
    assert found("a9003") == ["III-4"]
    assert found("xylophone") == []
    assert "No paragraph for xylophone" in words(reading.get("/ncci-manual?q=xylophone&on=2026-02-01"))
    with pytest.raises(BadInput):
        find_in_manual(library, "--", IN_FORCE)


@pytest.mark.parametrize("text", ['"', "a OR b NEAR(", "text:*", "x\0y", "-" * 300 + "a"])
def test_odd_questions_are_answered(reading: Client, text: str) -> None:
    assert reading.get("/ncci-manual", {"q": text, "on": "2026-02-01"}).status_code in (200, 400)


def test_pages_without_the_manual_say_how_to_load_it(site: Client, words) -> None:
    for path in ("/ncci-manual", "/ncci-manual/III"):
        page = site.get(path)
        assert page.status_code == 200
        assert "Not loaded: NCCI policy manual" in words(page)


def test_ranges_of_whole_chapters_say_nothing_of_a_code(library: Library) -> None:
    release = library.in_force("ncci-policy-manual-codes", IN_FORCE)
    assert release is not None
    found = library.find("ncci-policy-manual-codes", release, IN_FORCE, first="90001")
    (narrow, *_) = [item for item in found if item.row.last == "90009"]
    wide = replace(narrow, row=replace(narrow.row, first="90000", last="99999"))
    assert nearest_first([wide]) == []
    assert nearest_first([wide, narrow]) == [narrow]


def test_a_paragraph_stands_where_its_closest_mention_puts_it(library: Library) -> None:
    release = library.in_force("ncci-policy-manual-codes", IN_FORCE)
    assert release is not None
    (range_, single) = (
        library.find("ncci-policy-manual-codes", release, IN_FORCE, kind=kind, first=code)[0]
        for kind, code in (("cpt", "90001"), ("cpt-t", "0001T"))
    )
    both = replace(range_, row=replace(range_.row, chapter="XIII", last="90001"))
    wider = replace(both, row=replace(both.row, last="90009"))
    assert nearest_first([range_, wider, both, single]) == [single, both, range_]


def test_an_excerpt_holds_the_sentence_that_names_the_code() -> None:
    text = "A first sentence. " * 40 + "The code 17311 is named here. " + "More follows. " * 60
    cut = excerpt(text, "17311")
    assert cut.startswith("… The code 17311 is named here.")
    assert len(cut) <= EXCERPT + 4
    assert excerpt("Short 17311.", "17311") == "Short 17311."
