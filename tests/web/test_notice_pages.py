"""The notice page and its PDF: nothing of a patient has a field, free text stands in no address, nothing is kept."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from django.test import Client

DAY = "2026-10-09"
TYPED = {
    "code": "G9101",
    "dx": "I10",
    "state": "FL",
    "on": DAY,
    "notifier": "Made-up Clinic, 1 Example Road",
    "item": "Made-up test",
    "charge": "128.5",
    "detail": "once a <b>made-up</b> year & no more",
}


@pytest.fixture
def pages(coverage_home: Path, settings) -> Client:
    settings.CODEWARD_HOME = coverage_home
    return Client()


def text_of(pdf: bytes) -> str:
    """What a PDF says, blanks folded."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [document[at].get_textpage().get_text_range() for at in range(len(document))]
    document.close()
    return " ".join(" ".join(pages).split())


def test_the_page_fills_the_blanks_from_a_check(pages: Client, words) -> None:
    text = words(pages.get(f"/coverage/abn?code=G9101&dx=I10&state=FL&on={DAY}"))
    assert "A notice is called for" in text
    assert "lists the conditions for which Medicare pays for this" in text
    assert "GA A required notice was given" in text
    assert "This is a worksheet, not the notice." in text
    assert "Not checked" in text


def test_no_field_takes_the_patient(pages: Client) -> None:
    html = pages.get("/coverage/abn").content.decode()
    form = html[html.index('class="worksheet-form notice-form"') :]
    names = set(re.findall(r'<(?:input|textarea|select)[^>]* name="([^"]+)"', form))
    assert names == {
        "code", "dx", "state", "zip", "setting", "on", "words", "reason", "detail", "around", "notifier", "item",
        "charge", "more",
    }  # fmt: skip
    assert "written by hand and never sent" in html


def test_free_text_is_not_taken_from_an_address(pages: Client, words) -> None:
    text = words(pages.get(f"/coverage/abn?code=G9101&detail=Zebra&notifier=Zebra&item=Zebra&more=Zebra&on={DAY}"))
    assert "Zebra" not in text


def test_posted_text_is_shown_escaped_and_not_kept(pages: Client, words) -> None:
    page = pages.post("/coverage/abn", TYPED)
    assert "no-store" in page["Cache-Control"]
    html = page.content.decode()
    assert "<b>made-up</b> year" not in html
    assert "once a &lt;b&gt;made-up&lt;/b&gt; year &amp; no more" in html
    assert "Made-up test (G9101)" in words(page)
    assert "Made-up test" not in words(pages.get("/coverage/abn"))


def test_the_pdf_holds_the_worksheet_and_says_that_it_is_not_the_form(pages: Client) -> None:
    made = pages.post("/coverage/abn.pdf", TYPED)
    assert made["Content-Type"] == "application/pdf"
    assert "no-store" in made["Cache-Control"]
    text = text_of(made.content)
    assert "This is a worksheet, not the notice." in text
    assert "$128.50" in text
    assert "once a <b>made-up</b> year & no more" in text
    assert "Made-up Clinic, 1 Example Road" in text
    assert "Patient Name By hand, on CMS's form" in text
    assert "A90101" in text
    assert pages.post("/coverage/abn.pdf", TYPED).content == made.content, "the same question makes the same sheet"


def test_the_pdf_covers_what_looks_like_a_patient(pages: Client) -> None:
    made = pages.post("/coverage/abn.pdf", TYPED | {"detail": "Mr. John Madeupson had it, SSN 123-45-6789"})
    text = text_of(made.content)
    assert "Madeupson" not in text
    assert "6789" not in text
    assert "[covered]" in text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"code": "zz"}, "is no procedure code"),
        ({"charge": "much"}, "is no charge"),
        ({"reason": "because"}, "is no reason"),
        ({"around": "rain"}, "is no circumstance"),
        ({"on": "soon"}, "date"),
        ({"detail": "x" * 401}, "at most 400 characters"),
    ],
)
def test_bad_input_is_one_line_for_page_and_pdf(pages: Client, words, typed: dict[str, str], says: str) -> None:
    for path in ("/coverage/abn", "/coverage/abn.pdf"):
        page = pages.post(path, TYPED | typed)
        assert page.status_code == 400, path
        assert says in words(page)


def test_letters_that_the_sheet_cannot_show_are_named(pages: Client, words) -> None:
    page = pages.post("/coverage/abn.pdf", TYPED | {"item": "пример"})
    assert page.status_code == 400
    assert "cannot show 'п'" in words(page)


def test_the_pdf_is_posted_from_this_site_alone(pages: Client) -> None:
    assert pages.get("/coverage/abn.pdf").status_code == 405
    assert pages.post("/coverage/abn.pdf", TYPED, headers={"Origin": "https://elsewhere.test"}).status_code in (
        400,
        403,
    )


def test_long_words_and_many_lines_still_make_a_sheet(pages: Client) -> None:
    made = pages.post("/coverage/abn.pdf", TYPED | {"detail": "W" * 400, "more": "w " * 200, "notifier": "<" * 400})
    assert made.status_code == 200
    assert made.content.startswith(b"%PDF-")
