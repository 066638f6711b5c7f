"""The NCCI policy manual: paragraphs out of printed pages, and the codes that running text names."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from codeward.core.faults import BadFile
from codeward.datasets.pdf_lines import printed_lines
from codeward.datasets.policy_manual_codes import codes_named
from codeward.datasets.policy_manual_text import paragraphs
from codeward.datasets.registry import DATASETS
from codeward.ingest.plan import make_plan
from codeward.ingest.rows import Row, read_part
from golden.published import put
from golden.tiny_manual import THIRD, chapter_three, page, whole
from golden.tiny_pdf import Line, tiny_pdf

WHOLE, THREE = (
    "2026_ncci_medicare_policy_manual_all-chapters.pdf",
    "03-chapter3-ncci-medicare-policy-manual-2026-final.pdf",
)


def named(text: str) -> list[str]:
    return [item.written for item in codes_named(text)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("CPT code 17311 (made up) may be", ["17311"]),
        ("CPT codes 11102-11107, 11600-11646, and 17260-17286)", ["11102-11107", "11600-11646", "17260-17286"]),
        ("• 11200 - 11201 (made up)", ["11200-11201"]),
        ("0001T – 0999T and 0301U", ["0001T-0999T", "0301U"]),
        ("HCPCS codes G0396/G0397 and C8921-C8930", ["G0396", "G0397", "C8921-C8930"]),
        ("codes (99408)/99409.", ["99408", "99409"]),
        ("a range that runs backwards, 11107-11102", ["11107", "11102"]),
        ("a range of two kinds, 99999-0001T", ["99999", "0001T"]),
        ("17311 twice, 17311", ["17311"]),
    ],
)
def test_codes_and_ranges_are_read(text: str, codes: list[str]) -> None:
    assert named(text) == codes


@pytest.mark.parametrize(
    "text",
    [
        "(“Federal Register,” Volume 74, Number 226, November 25, 2009, Pages 61884-61885)",
        "October 31, 1997, Page 59077",
        "CPT codes in the 70000 section",
        "other 90000 neurophysiology testing codes",
        "CPT code 623XX or 0XXXX",
        "P.L. 101-239 of 1989",
        "a charge of $12345 or 1.23456",
        "phone 1-800-12345678",
        "dental code D7140",
        "Publication 100-04, Section 20.4.5",
    ],
)
def test_what_is_no_code_is_left_alone(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "modifiers"),
    [
        ("using modifier 59 or XS or XU, or 58 to", ["59", "XS", "XU", "58"]),
        ("Modifiers 59 or XE, XP, XS, XU should", ["59", "XE", "XP", "XS", "XU"]),
        ("Modifiers 22 (“made up”), 76 (“as well”) and 77 (“too”) are", ["22", "76", "77"]),
        ("Anatomic modifiers : E1-E4, FA, F1-F9, LT", ["E1-E4", "FA", "F1-F9", "LT"]),
        ("CPT modifiers (i.e., 59 or XE; 76, 77)", ["59", "XE", "76", "77"]),
        ("modifier 50, or modifiers LT and RT", ["50", "LT", "RT"]),
        ("with the LT or RT modifier", ["LT", "RT"]),
        ("a modifier indicator of “1”", []),
        ("the modifier 2 times, 10 minutes", []),
        ("PTP-associated modifiers CMS allows", []),
    ],
)
def test_modifiers_are_read(text: str, modifiers: list[str]) -> None:
    assert named(text) == modifiers


def rows(folder: Path, files: dict[str, bytes], dataset: str = "ncci-policy-manual") -> list[Row]:
    for name, content in files.items():
        put(folder, name, content)
    (release,) = make_plan([folder], {dataset: DATASETS[dataset]}).releases
    return [row for part in release.parts for row in read_part(release.dataset, part)]


def test_sentence_goes_on_over_the_page_and_a_hyphen_stays(tmp_path: Path) -> None:
    cells = next(row[0] for row in rows(tmp_path, {WHOLE: whole()}) if row[1] == "page[6]/paragraph[1]")
    assert cells[-1].endswith("until the foot of the page, where the sentence is taken up again.")
    assert "90001-90009" in cells[-1]
    assert cells[8:10] == ["III-3", "III-4"]


def test_running_lines_covers_and_contents_are_no_paragraphs(tmp_path: Path) -> None:
    texts = " ".join(row[0][-1] for row in rows(tmp_path, {WHOLE: whole()}))
    assert "Revision Date" not in texts
    assert "CORRECT CODING INITIATIVE" not in texts
    assert "....." not in texts


def test_list_items_stand_apart_under_their_marks(tmp_path: Path) -> None:
    found = {row[0][5]: row[0][-1] for row in rows(tmp_path, {WHOLE: whole()}) if row[0][5] in ("2.a", "2")}
    assert found == {"2": "2. A list follows:", "2.a": "a. its first point;"}


def test_a_chapter_by_itself_has_the_same_paragraphs(tmp_path: Path) -> None:
    alone = [row[0][-1] for row in rows(tmp_path / "one", {THREE: chapter_three()})]
    both = rows(tmp_path / "all", {THREE: chapter_three(), WHOLE: whole()})
    assert alone == [row[0][-1] for row in both if row[0][0] == "III"]
    assert len({(row[0][0], row[0][1]) for row in both}) == len(both)


LOOSE: list[Line] = [(72, 700, False, "A page from elsewhere")]


@pytest.mark.parametrize(
    ("pages", "problem"),
    [
        ([LOOSE], "no page has a label such as III-8"),
        ([THIRD[2], LOOSE, THIRD[3]], "page 2: no label such as III-8"),
        ([[line for line in THIRD[2] if "Revision" not in line[3]]], "page 1: no line 'Revision Date"),
        ([page("XV-1", [(72, "Text")])], "label 'XV-1' names no chapter"),
        ([page("III-3", [(72, "Text without a title above it.")])], "page 1: text before the title 'Chapter III'"),
    ],
)
def test_another_layout_is_refused(pages: list[list[Line]], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        list(paragraphs(printed_lines(io.BytesIO(tiny_pdf(pages)))))


def test_a_file_that_is_no_pdf_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="not a readable PDF"):
        rows(tmp_path, {WHOLE: b"%PDF-1.4 cut off"})
