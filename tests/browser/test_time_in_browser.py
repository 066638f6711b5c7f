"""The pages of time and data in a real browser: accessible, no sideways scroll, filters without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.test_site_in_browser import COLOURS, _faults

pytestmark = pytest.mark.browser

PAGES = {
    "data": "/data?on=2026-01-31",
    "dataset": "/data/mpfs-rvu?on=2025-11-01",
    "unloaded": "/data/cpt-descriptors",
    "changes": "/changes",
    "rows": "/changes/mpfs-rvu/2024C..2025A",
    "mine": "/changes/mine",
    "compare": "/compare?a=17313&b=17314&on=2025-11-01",
    "browse": "/browse",
    "letters": "/hcpcs/browse",
    "hundred": "/hcpcs/browse/A90",
    "categories": "/cpt/browse",
    "numbers": "/cpt/browse/Procedure/Skin/Mohs%20surgery",
    "supply": "/hcpcs/A9002?on=2025-08-01",
}


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_accessible_and_no_sideways_scroll(visit, name, width):
    page = visit(PAGES[name], width)
    assert _faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.emulate_media(color_scheme="dark")
    assert _faults(page, COLOURS) == []


def test_a_timeline_is_filtered_without_scripts(visit):
    page = visit("/cpt/17311?on=2025-11-01", scripts=False)
    entries = page.locator(".timeline > li")
    every = entries.count()
    page.get_by_role("radio", name="Unit limits").check()
    assert 0 < sum(entries.nth(at).is_visible() for at in range(every)) < every
    expect(page.locator(".timeline .k-payment >> visible=true")).to_have_count(0)
    page.get_by_role("radio", name="All").check()
    assert all(entries.nth(at).is_visible() for at in range(every))


def test_starred_codes_fill_the_form(visit):
    page = visit("/cpt/17311?on=2025-11-01")
    page.get_by_role("button", name="Star").click()
    expect(page.get_by_role("button", name="Starred")).to_have_attribute("aria-pressed", "true")
    page.goto(page.url.split("/cpt/")[0] + "/changes/mine")
    page.get_by_role("button", name="Add my starred codes").click()
    expect(page.locator("#codes")).to_have_value("17311")
    page.get_by_role("button", name="Show what touches them").click()
    expect(page.get_by_text("Taken: 1 code from a list of codes")).to_be_visible()
    assert _faults(page) == []


def test_the_form_works_without_scripts(visit):
    page = visit("/changes/mine", scripts=False)
    expect(page.get_by_role("button", name="Add my starred codes")).not_to_be_visible()
    page.locator("#codes").fill("G35")
    page.get_by_role("button", name="Show what touches them").click()
    expect(page.get_by_text("Taken: 1 code")).to_be_visible()
