"""The coding guidelines and the claims processing manual: paragraphs and sections out of printed pages."""

from __future__ import annotations

import io
import time
from datetime import date
from pathlib import Path

import pytest

from codeward.core.faults import BadFile
from codeward.datasets.claims_manual_text import first_revision, manual_paragraphs
from codeward.datasets.guidelines_text import guideline_paragraphs
from codeward.datasets.icd_10_cm_guidelines import first_day
from codeward.datasets.pdf_lines import PrintedLine, printed_lines
from codeward.datasets.registry import DATASETS
from codeward.ingest.plan import make_plan
from codeward.ingest.rows import Row, read_part
from golden.published import put
from golden.tiny_guidelines import CHAPTER, FIRST, SECOND, TITLE, Rows, chapter_twelve, foot, guidelines, page
from golden.tiny_pdf import tiny_pdf

PLAIN, UPDATE = "fy-2026-icd-10-cm-coding-guidelines.pdf", "fy-2026-icd-10-cm-coding-guidelines-updated-02012026.pdf"


def rows(folder: Path, files: dict[str, bytes], dataset: str) -> list[Row]:
    for name, content in files.items():
        put(folder, name, content)
    (release,) = make_plan([folder], {dataset: DATASETS[dataset]}).releases
    return [row for part in release.parts for row in read_part(release.dataset, part)]


def sections(pages: list[Rows]) -> list[tuple[str, str]]:
    content = tiny_pdf([page(rows, *foot(at)) for at, rows in enumerate(pages, start=1)])
    return [(found.section, found.text) for found in guideline_paragraphs(printed_lines(io.BytesIO(content)))]


def test_a_guideline_is_cited_as_coders_cite_it() -> None:
    found = dict(sections([FIRST, SECOND]))
    assert found["I.C.1.a.1.a"] == "• its second point."
    assert {"I.A.1", "I.C.1.b", "II.A", "III", "IV.A", "App.I"} <= set(found)


def test_a_sentence_goes_on_over_the_page_and_running_lines_are_left_out() -> None:
    texts = [text for _, text in sections([FIRST, SECOND])]
    assert "Code what is made up only when it is confirmed by its inventor." in texts
    assert not any("Page" in text or "FY 2026" in text for text in texts)


def test_a_bold_sentence_that_begins_with_a_mark_out_of_turn_is_text() -> None:
    assert ("I.C.1.a.1", "A. This bold sentence is no division and is text.") in sections([FIRST, SECOND])


def test_a_section_may_begin_on_the_last_page_of_the_contents() -> None:
    found = sections([["*Section I. Made-up ........ 3", "*Appendix I ........ 9", *FIRST], SECOND])
    assert found[0][0] == "I.A.1"
    assert len(found) == len(sections([FIRST, SECOND]))


def test_a_heading_of_two_lines_is_one(tmp_path: Path) -> None:
    paths = {row[0][3] for row in rows(tmp_path, {PLAIN: guidelines()}, "icd-10-cm-guidelines")}
    assert any("Chapter 1: Made-up conditions (A00-B99) and a second line of the heading" in path for path in paths)


def test_guidelines_that_lack_a_section_are_refused(tmp_path: Path) -> None:
    cut_short = tiny_pdf([page(TITLE), page(FIRST, *foot(2))])
    with pytest.raises(BadFile, match=r"no bold heading 'Section II\.'"):
        rows(tmp_path, {PLAIN: cut_short}, "icd-10-cm-guidelines")


@pytest.mark.parametrize(
    ("title", "day"),
    [
        (TITLE, date(2025, 10, 1)),
        (["*FY 2026 -- UPDATED April 1, 2026", "(October 1, 2025 - September 30, 2026)"], date(2026, 4, 1)),
    ],
)
def test_the_title_page_says_the_first_day(title: Rows, day: date) -> None:
    assert first_day(io.BytesIO(tiny_pdf([page(title)]))) == day


@pytest.mark.parametrize("title", [["*No day at all"], ["(Octember 1, 2025 - September 30, 2026)"]])
def test_a_title_page_without_a_day_is_refused(tmp_path: Path, title: Rows) -> None:
    with pytest.raises(BadFile, match="title page"):
        rows(tmp_path, {UPDATE: tiny_pdf([page(title), page(FIRST), page(SECOND)])}, "icd-10-cm-guidelines")


def test_an_update_is_an_edition_of_its_own(tmp_path: Path) -> None:
    title = ["*FY 2026 -- UPDATED April 1, 2026", "(October 1, 2025 - September 30, 2026)"]
    put(tmp_path, PLAIN, guidelines())
    put(tmp_path, UPDATE, tiny_pdf([page(title), page(FIRST), page(SECOND)]))
    plan = make_plan([tmp_path], {"icd-10-cm-guidelines": DATASETS["icd-10-cm-guidelines"]})
    assert [release.edition.effective for release in plan.releases] == [date(2025, 10, 1), date(2026, 4, 1)]


@pytest.mark.parametrize(
    ("name", "read"),
    [
        (PLAIN, True),
        ("FY2024-icd-10-cm-coding-guidelines.pdf", True),
        ("10cmguidelines-FY2021_final.pdf", True),
        ("ICD-10-CM-October-1-2026-FY27-Guidelines.pdf", True),
        ("icd-10-pcs-guidelines-2026.pdf", False),
        ("2026_ncci_medicare_policy_manual_all-chapters.pdf", False),
    ],
)
def test_files_are_known_by_the_names_they_are_published_under(name: str, read: bool) -> None:
    assert (DATASETS["icd-10-cm-guidelines"].shape_of(name) is not None) == read


def chapter(pages: list[Rows], number: int = 12) -> list[tuple[str, str]]:
    content = tiny_pdf([page(rows) for rows in pages])
    return [(found.section, found.text) for found in manual_paragraphs(printed_lines(io.BytesIO(content)), number)]


def test_sections_are_those_with_a_revision_and_the_contents_are_none() -> None:
    assert chapter(CHAPTER) == [
        ("10", "Invented words of a general kind."),
        ("30.6", "A. First The invented visit goes on over the page."),
        ("30.6.5", "Two made-up physicians of one group are paid as one."),
    ]


def test_a_section_has_its_revision_and_the_headings_above_it(tmp_path: Path) -> None:
    last = rows(tmp_path, {"clm104c12.pdf": chapter_twelve()}, "claims-processing-manual")[-1][0]
    assert last[5].split(" > ")[1:] == [
        "Made-up Services",
        "Made-up Visits",
        "Made-up Physicians of a Group that has a Long Title",
    ]
    assert last[6:8] == ["3315", "2016-01-01"]


@pytest.mark.parametrize(
    ("revision", "read"),
    [
        ("(Rev. 3315, Issued: 08-06-15, Effective: 01-01-16, Implementation: 01-04-16)", ("3315", date(2016, 1, 1))),
        ("(Rev.: 11842; Issued: 02-09-22; Effective: 01-01-22; Implementation: 02-15-22)", ("11842", date(2022, 1, 1))),
        ("(Rev. 1, 10-01-03)", ("1", None)),
        ("(Rev. 2997, Issued: 07-25-14, Effective: Upon Implementation of ICD-10)", ("2997", None)),
    ],
)
def test_a_revision_is_read_in_each_of_its_writings(revision: str, read: tuple[str, date | None]) -> None:
    pages = [["*Chapter 12 - Made-up", "*10 - General", revision, "Words."]]
    content = tiny_pdf([page(rows) for rows in pages])
    (found,) = manual_paragraphs(printed_lines(io.BytesIO(content)), 12)
    assert (found.transmittal, found.effective, found.text) == (*read, "Words.")


def test_a_chapter_under_another_chapters_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="it says 'Chapter 12', and its name says chapter 13"):
        rows(tmp_path, {"clm104c13.pdf": chapter_twelve()}, "claims-processing-manual")


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ([["*Something else", "(Rev. 1, 10-01-03)"]], "no line 'Chapter 12"),
        ([["*Chapter 12 - Made-up", "(Rev. 1, 10-01-03)", "10 - Not bold", "(Rev. 1, 10-01-03)"]], "no bold section"),
        ([["*Chapter 12 - Made-up", "*10 - Bold"]], "no revision such as"),
    ],
)
def test_what_is_no_chapter_is_refused_in_one_line(tmp_path: Path, pages: list[Rows], said: str) -> None:
    content = tiny_pdf([page(rows) for rows in pages])
    with pytest.raises(BadFile, match=said):
        rows(tmp_path, {"clm104c12.pdf": content}, "claims-processing-manual")


def test_two_chapters_of_one_day_are_both_read(tmp_path: Path) -> None:
    other = [[line.replace("Chapter 12", "Chapter 13") for line in rows] for rows in CHAPTER]
    files = {"clm104c12.pdf": chapter_twelve(), "clm104c13pdf.pdf": tiny_pdf([page(rows) for rows in other])}
    found = rows(tmp_path, files, "claims-processing-manual")
    assert {row[0][0] for row in found} == {"12", "13"}


def test_an_impossible_day_of_a_revision_is_no_day() -> None:
    line = PrintedLine(1, 72, 300, 700, False, "(Rev. 5, Issued: 13-45-24)")
    good = PrintedLine(1, 72, 300, 686, False, "(Rev. 6, 11-07-24)")
    assert first_revision([[line, good]]) == date(2024, 11, 7)


@pytest.mark.parametrize(
    "text", ["I" * 500_000, "(Rev. 1 " + "1" * 500_000, "10 " * 200_000, "a. " * 200_000, "." * 500_000]
)
def test_one_endless_line_is_read_at_once(text: str) -> None:
    line = PrintedLine(1, 72, 540, 700, True, text)
    begun = time.process_time()
    for read in (lambda: list(guideline_paragraphs([[line]])), lambda: list(manual_paragraphs([[line]], 12))):
        with pytest.raises(ValueError, match="expected"):
            read()
    assert time.process_time() - begun < 2
