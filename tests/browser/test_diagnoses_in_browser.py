"""The code tree, the index and its tables in a real browser: accessible, no sideways scroll, fine without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from browser.test_site_in_browser import COLOURS, _faults

pytestmark = pytest.mark.browser

PAGES = {
    "tree": "/icd-10-cm/browse?on=2026-04-15",
    "category": "/icd-10-cm/browse/C44?on=2026-04-15",
    "letter": "/icd-10-cm/index?letter=A&on=2026-04-15",
    "term": "/icd-10-cm/index?term=Amyloidosis+NEC&on=2026-04-15",
    "words": "/icd-10-cm/index?q=lung&on=2026-04-15",
    "causes": "/icd-10-cm/external-causes?on=2026-04-15",
    "neoplasms": "/icd-10-cm/neoplasms?on=2026-04-15",
    "drugs": "/icd-10-cm/drugs?letter=C&on=2026-04-15",
    "unloaded": "/icd-10-cm/drugs?on=2019-01-01",
    "changed": "/icd-10-cm/G35?on=2026-04-15",
    "gap": "/icd-10-cm/G35?on=2025-10-15",
}


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_accessible_and_no_sideways_scroll(visit, served_diagnoses, name, width):
    page = visit(f"{served_diagnoses}{PAGES[name]}", width)
    assert _faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.emulate_media(color_scheme="dark")
    assert _faults(page, COLOURS) == []


def test_from_the_tree_to_a_code_without_scripts(visit, served_diagnoses):
    page = visit(f"{served_diagnoses}{PAGES['tree']}", scripts=False)
    for step in ("12", "L55-L59", "L57", "L57.0"):
        page.get_by_role("link", name=step, exact=True).first.click()
    expect(page).to_have_url(f"{served_diagnoses}/icd-10-cm/L57.0?on=2026-04-15")
    expect(page.get_by_text("L57.0 is billable.")).to_be_visible()


def test_find_a_term_and_follow_see_without_scripts(visit, served_diagnoses):
    page = visit(f"{served_diagnoses}{PAGES['causes']}", scripts=False)
    page.get_by_label("Words", exact=True).fill("lightning fire")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="causing fire").click()
    expect(page).to_have_url(re.compile("term=Accident.*on=2026-04-15|on=2026-04-15.*term=Accident"))
    expect(page.get_by_role("link", name="Exposure, fire")).to_be_visible()
