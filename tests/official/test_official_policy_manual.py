"""The real NCCI policy manual of 2026 says, on the pages known for it, what it is known to say."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from string import ascii_uppercase

import pytest

from codeward.datasets.policy_manual_codes import Named, codes_named
from codeward.datasets.policy_manual_text import CHAPTERS
from codeward.datasets.registry import DATASETS
from codeward.ingest.plan import make_plan
from codeward.ingest.rows import Row, read_part

pytestmark = pytest.mark.official

MANUAL = "ncci/2026_ncci_medicare_policy_manual_all-chapters.pdf"
Paragraph = dict[str, str]


@pytest.fixture(scope="module")
def manual(official: Path) -> list[Row]:
    """Every paragraph of the manual."""
    (release,) = make_plan([official / MANUAL], {"ncci-policy-manual": DATASETS["ncci-policy-manual"]}).releases
    return [row for part in release.parts for row in read_part(release.dataset, part)]


@pytest.fixture(scope="module")
def texts(manual: list[Row]) -> list[Paragraph]:
    """Their cells by column."""
    names = [item.name for item in DATASETS["ncci-policy-manual"].columns]
    return [dict(zip(names, cells, strict=True)) for cells, *_ in manual]


def on_page(texts: list[Paragraph], label: str, beginning: str) -> set[str]:
    """Codes named by the one paragraph of a page that begins so."""
    (found,) = [item for item in texts if item["label"] == label and item["text"].startswith(beginning)]
    return {named.written for named in codes_named(found["text"])}


def test_whole_manual_is_read(texts: list[Paragraph], manual: list[Row]) -> None:
    assert len(texts) == 1674
    assert len({row[1] for row in manual}) == 1674
    assert len({item["chapter"] for item in texts}) == 14
    assert {item["revised"] for item in texts} == {"2026-01-01"}
    letters = {chapter: sorted({i["section"] for i in texts if i["chapter"] == chapter}) for chapter in CHAPTERS[1:]}
    assert [len(found) for found in letters.values()] == [21, 5, 12, 9, 8, 8, 9, 9, 8, 14, 23, 5, 5]
    assert "Q" not in letters["I"]  # reserved for future use, and without a word
    assert all(found == list(ascii_uppercase[: len(found)]) for name, found in letters.items() if name != "I")


def test_every_word_of_the_body_pages_is_in_a_paragraph(official: Path, texts: list[Paragraph]) -> None:
    """Counted without our reader: words of 9 letters and more on the body pages, by PDFium's plain text."""
    script = (
        "import pypdfium2,sys;d=pypdfium2.PdfDocument(sys.argv[1]);"
        "print('\\f'.join(p.get_textpage().get_text_range() for p in d))"
    )
    run = subprocess.run([sys.executable, "-c", script, str(official / MANUAL)], capture_output=True, check=True)
    pages = run.stdout.decode().split("\f")
    body = [text for text in pages if re.search(r"^(Intro|[IVX]+)-\d+", text, re.M) and "Table of Contents" not in text]
    body = [text for text in body if "MEDICARE NATIONAL CORRECT CODING INITIATIVE POLICY MANUAL" not in text]
    want, have = (
        set(re.findall(r"[a-z]{9,}", text)) for text in (" ".join(body), " ".join(t["path"] + t["text"] for t in texts))
    )
    assert len(want) > 1_800
    assert {word for word in want - have if not any(word in longer for longer in have)} == set()


def test_paragraphs_are_whole_sentences(texts: list[Paragraph]) -> None:
    broken = [item for item in texts if not re.search(r"[.:;!?)][”\"')]*$", item["text"])]
    assert len(broken) < 55  # list points that have no stop in print, and headings of examples
    assert not [item for item in texts if re.match(r"[a-z](?![.)])\w+ ", item["text"]) and item["item"] == ""]


def test_mohs_paragraph(texts: list[Paragraph]) -> None:
    found = on_page(texts, "III-8", "Mohs micrographic surgery (CPT codes")
    assert found == {
        "17311-17315", "11102-11107", "11600-11646", "17260-17286", "88300-88309", "88329-88332", "88331",
        "59", "XS", "XU", "58",
    }  # fmt: skip


def test_list_of_bypass_modifiers(texts: list[Paragraph]) -> None:
    found = on_page(texts, "I-14", "Anatomic modifiers")
    assert {"E1-E4", "FA", "F1-F9", "LT", "LD", "RI", "24", "58", "79", "27", "59", "91", "XU"} <= found
    assert on_page(texts, "I-14", "Modifiers 22 (") == {"22", "76", "77"}


@pytest.mark.parametrize("label", ["IV-13", "IV-17"])
def test_either_column_may_carry_the_modifier(texts: list[Paragraph], label: str) -> None:
    assert any(item["label"] == label and "either column code" in item["text"] for item in texts)


def test_nerve_blocks_by_the_operator(texts: list[Paragraph]) -> None:
    found = [item for item in texts if "XI-38" in (item["label"], item["last_label"])]
    named = {code for item in found for code in codes_named(item["text"])}
    assert Named("cpt", "64400", "64450") in named


def test_federal_register_pages_are_no_codes(texts: list[Paragraph]) -> None:
    every = {code for item in texts for named in codes_named(item["text"]) for code in (named.first, named.last)}
    assert "61884" not in every
    assert "59077" not in every
    assert not {code for code in every if re.fullmatch(r"[1-9]0000", code)} - {
        f"{digit}0000"
        for digit in "123456789"  # only as the first code of a chapter's range
    }
