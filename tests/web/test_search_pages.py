"""Search: exact codes lead straight to their page, words give results with systems counted."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from codeward.core.answers import Answer
from codeward.core.codes import Code
from codeward.services.search import SearchResult
from codeward.web.pages.views import search


def test_exact_code_goes_straight_to_its_page_and_back(site):
    page = site.get("/search?q=c441121&on=2026-05-01")
    assert (page.status_code, page["Location"]) == (302, "/icd-10-cm/C44.1121?q=c441121&on=2026-05-01")
    landed = site.get(page["Location"]).content.decode()
    assert '/search?all=1&amp;q=c441121&amp;on=2026-05-01">Search for' in landed


def test_code_not_in_force_still_leads_to_its_page(site):
    assert site.get("/search?q=G35.A&on=2025-05-01")["Location"].startswith("/icd-10-cm/G35.A?")


def test_words_find_codes_with_systems_counted(site, words):
    page = site.get("/search?q=skin&on=2026-05-01")
    text = words(page)
    facets = dict(re.findall(r"(ICD-10-CM|HCPCS Level II|CPT) (\d+)", text))
    assert int(facets["ICD-10-CM"]) > 3
    assert "HCPCS Level II" in facets
    only = site.get("/search?q=skin&on=2026-05-01&system=hcpcs").content.decode()
    assert 'href="/hcpcs/A9001?on=2026-05-01"' in only
    assert 'href="/icd-10-cm/C44' not in only


def test_billable_only(site):
    page = site.get("/search?q=basal+cell&on=2026-05-01&billable=1").content.decode()
    assert "/icd-10-cm/C44.1121" in page
    assert 'href="/icd-10-cm/C44.11?' not in page


def test_nothing_found_names_neighbours_of_a_code(site, words):
    page = site.get("/search?q=17319")
    assert page.status_code == 200
    assert "Nothing loaded matches" in words(page)
    assert "/cpt/17315" in page.content.decode()


def test_empty_search_goes_home(site):
    assert site.get("/search?q=")["Location"] == "/"


def test_unknown_system_and_overlong_text_are_refused(site, words):
    assert site.get("/search?q=skin&system=snomed").status_code == 400
    page = site.get("/search", {"q": "skin " * 100})
    assert page.status_code == 400
    assert "at most 300" in words(page)


def test_hostile_text_is_shown_as_text(site):
    page = site.get("/search", {"q": "<script>alert(1)</script>\"'&amp;", "all": "1"})
    body = page.content.decode()
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;amp;" in body
    assert site.get("/search", {"q": "skin\0 cell"}).status_code == 200


def test_suggestions_are_options_and_at_most_eight(site):
    body = site.get("/suggest?q=skin&on=2026-05-01").content.decode()
    options = re.findall(r'<li role="option" id="option-(\d+)" aria-selected="false" data-href="(/[^"]+)"', body)
    assert 0 < len(options) <= 8
    assert all("?on=2026-05-01" in href for _, href in options)


def test_suggestions_for_nothing_are_nothing(site):
    assert site.get("/suggest?q=").content.decode().strip() == ""
    assert site.get("/suggest", {"q": "x" * 400}).content.decode().strip() == ""


@dataclass(frozen=True)
class Chip:
    """An axis that a question left open."""

    axis: str
    choices: tuple[tuple[str, Code], ...]


@dataclass(frozen=True)
class ChippedHit:
    """A hit with open axes."""

    code: Code = Code("icd-10-cm", "C4411")
    title: str = "Basal cell carcinoma of eyelid"
    billable: bool = False
    score: float = 9.0
    why: str = "matched index: Carcinoma > basal cell > eyelid"
    chips: tuple[Chip, ...] = (Chip("side", (("right", Code("icd-10-cm", "C44112")),)),)


@pytest.fixture
def chipped(site, monkeypatch):
    """The site where a search finds one code whose side is open."""
    result = SearchResult("bcc eyelid", (ChippedHit(),), {"icd-10-cm": 1})
    monkeypatch.setattr(search, "search", lambda *given, **more: Answer(result, given[2]))
    return site


def test_open_axes_are_links_to_the_codes_they_lead_to(chipped, words):
    page = chipped.get("/search?q=bcc+eyelid&on=2026-05-01")
    assert 'class="axis-choice" href="/icd-10-cm/C44.112?on=2026-05-01"' in page.content.decode()
    assert "side right C44.112" in words(page)
    assert "matched index: Carcinoma > basal cell > eyelid" in words(page)


def test_suggestions_say_why(chipped, words):
    assert "matched index: Carcinoma > basal cell > eyelid" in words(chipped.get("/suggest?q=bcc"))


def test_the_limits_are_one_form_that_keeps_what_was_asked(site):
    page = site.get("/search?q=skin&on=2026-05-01&system=hcpcs&billable=1").content.decode()
    form = page.split('<form class="narrow"')[1].split("</form>")[0]
    assert '<option value="hcpcs" selected>' in form
    assert 'name="q" value="skin"' in form and 'value="2026-05-01"' in form and "checked" in form


def test_one_chapter_only(site, words):
    every = site.get("/search?q=skin&on=2026-05-01&system=icd-10-cm").content.decode()
    assert "/icd-10-cm/C44" in every
    page = site.get("/search?q=skin&on=2026-05-01&system=icd-10-cm&chapter=12").content.decode()
    assert 'class="hit" href="/icd-10-cm/C44' not in page
    assert '<option value="12" selected>' in page and "chapter=12" in page.split('aria-label="Code systems"')[1]
    assert site.get("/search?q=skin&chapter=99&on=2026-05-01").status_code == 400
