"""The coverage check page: a verdict with its documents, what was not checked, and bad input in one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

DAY = "on=2026-10-09"


@pytest.fixture
def pages(coverage_home: Path, settings) -> Client:
    settings.CODEWARD_HOME = coverage_home
    return Client()


@pytest.mark.parametrize(
    ("query", "verdict"),
    [
        ("code=G9101&dx=C44.311&state=FL", "SUPPORTED_BY_DX"),
        ("code=G9101&dx=L57.0&state=FL", "NOT_SUPPORTED"),
        ("code=G9102&dx=E11.42&state=FL", "NEEDS_SECONDARY"),
        ("code=G9104&dx=I10&state=FL", "TEXT_ONLY"),
        ("code=G9101&dx=I10&state=TX", "NO_POLICY"),
        ("code=G9101&dx=I10", "NOT_CHECKED"),
    ],
)
def test_verdicts(pages: Client, words, query: str, verdict: str) -> None:
    page = pages.get(f"/coverage/check?{query}&{DAY}")
    assert page.status_code == 200
    text = words(page)
    assert verdict in text
    assert "Not checked Nothing is said about these" in text
    assert "will be paid" not in text


def test_the_verdict_leads_to_document_state_and_notice(pages: Client, words) -> None:
    page = pages.get(f"/coverage/check?code=g9101&dx=L57.0&state=FL&{DAY}")
    html = page.content.decode()
    assert 'href="/coverage/A90101?on=2026-10-09"' in html
    assert 'href="/coverage/states/FL?on=2026-10-09"' in html
    assert (
        'href="/coverage/abn?code=g9101&amp;dx=L57.0&amp;state=FL&amp;setting=practitioner&amp;on=2026-10-09"' in html
    )
    assert "C44.311" not in words(page), "a diagnosis is never shown because it is listed"


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("code=zz", 400, "is no procedure code"),
        ("code=G9101&dx=banana&state=FL", 400, "is no diagnosis code"),
        ("code=G9101&state=Atlantis", 400, "is no state"),
        ("code=D0120", 400, "is no procedure code"),
        ("code=G9101&dx=" + "+".join(f"I{n}" for n in range(10, 50)), 400, "diagnoses"),
        ("code=G9101&zip=1", 400, "is no ZIP code"),
        (f"code={'%3Cscript%3E' * 40}", 400, "is no procedure code"),
    ],
)
def test_bad_input_is_one_line(pages: Client, words, query: str, status: int, says: str) -> None:
    page = pages.get(f"/coverage/check?{query}")
    assert page.status_code == status
    assert says in words(page)
    assert "<script>" not in page.content.decode()


def test_an_empty_form_asks_and_checks_nothing(pages: Client, words) -> None:
    text = words(pages.get("/coverage/check"))
    assert "Check Medicare coverage" in text
    assert "Not checked" not in text


def test_code_pages_lead_to_the_check_with_the_code(site: Client) -> None:
    html = site.get("/cpt/17311?on=2025-11-01").content.decode()
    assert 'href="/coverage/check?code=17311&amp;on=2025-11-01"' in html


def test_a_code_page_lists_its_documents_and_they_open(pages: Client, words) -> None:
    page = pages.get(f"/hcpcs/J1885?{DAY}")
    assert 'href="/coverage/A90501?on=2026-10-09"' in page.content.decode()
    assert "A document that stands is not coverage" in words(page)


def test_a_code_page_without_coverage_tables_says_so(site: Client, words) -> None:
    text = words(site.get("/hcpcs/J1885?on=2025-11-01"))
    assert "Medicare coverage documents Not loaded: MCD procedure codes of an article" in text


def test_diagnoses_keep_their_order_however_given(pages: Client, words) -> None:
    for query in ("dx=L57.0&dx=C44.311&dx=I10", "dx=L57.0,C44.311;I10", "dx=l570+c44311+i10"):
        assert "Diagnoses given L57.0 C44.311 I10 " in words(pages.get(f"/coverage/check?code=G9101&state=FL&{query}"))
