"""The site in a real browser: accessible in both schemes, no sideways scroll, keyboard first, fine without scripts."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PAGES = {
    "home": "/",
    "search": "/search?q=skin&on=2026-05-01",
    "cpt": "/cpt/17311?on=2024-08-15",
    "add-on": "/cpt/17314?on=2026-08-01",
    "drug": "/hcpcs/J1885?on=2025-11-01",
    "icd": "/icd-10-cm/C44.1121?on=2026-05-01",
    "seventh": "/icd-10-cm/S00.01?on=2026-05-01",
    "edits": "/cpt/17311/edits?setting=outpatient-hospital&on=2024-08-15",
    "library": "/library",
    "terms": "/terms",
    "locality": "/locality?zip=99501",
    "unknown": "/cpt/17319",
    "bad-day": "/cpt/17314?on=x",
}
EVERYTHING = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"type": "rule", "values": ["color-contrast"]}
"""All that a dark scheme can change."""


def _faults(page, rules=EVERYTHING) -> list[str]:
    found = Axe().run(page, options={"runOnly": rules}).response["violations"]
    return [f"{item['id']}: {node['target']} {node['failureSummary']}" for item in found for node in item["nodes"]]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_accessible_and_no_sideways_scroll(visit, name, width):
    page = visit(PAGES[name], width)
    assert _faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.emulate_media(color_scheme="dark")
    assert _faults(page, COLOURS) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_source_page(visit, width):
    page = visit(PAGES["cpt"], width)
    page.locator(".words .src").first.click()
    expect(page).to_have_url(re.compile(r"/source\?c="))
    assert _faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_key_facts_and_plain_words_need_no_scrolling(visit):
    page = visit(PAGES["add-on"])
    for part in (".plate", ".chip", ".strip", ".words", ".official"):
        box = page.locator(part).first.bounding_box()
        assert box["y"] + box["height"] <= 800, part


def test_typing_ahead_with_the_keyboard(visit):
    page = visit("/cpt/17314?on=2026-05-01")
    page.keyboard.press("/")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    page.keyboard.type("basal cell", delay=20)
    options = page.locator("#suggestions [role=option]")
    options.first.wait_for()
    expect(box).to_have_attribute("aria-expanded", "true")
    assert _faults(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(box).to_have_attribute("aria-activedescendant", "option-1")
    expect(options.first).to_have_attribute("aria-selected", "true")
    code = options.first.locator(".code").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/icd-10-cm/"))
    expect(page).to_have_url(re.compile(re.escape(f"{code}?on=2026-05-01")))


def test_escape_closes_the_list_and_enter_searches(visit):
    page = visit("/")
    page.wait_for_function("document.activeElement.id === 'q'")
    page.keyboard.type("skin", delay=20)
    page.locator("#suggestions [role=option]").first.wait_for()
    page.keyboard.press("Escape")
    expect(page.locator("#suggestions")).not_to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search\?q=skin"))


def test_an_answer_that_is_no_longer_wanted_is_dropped(visit):
    page = visit("/")
    page.wait_for_function("document.activeElement.id === 'q'")
    dropped = []
    page.on("requestfailed", lambda request: dropped.append(request.url))

    def late(route):
        if route.request.url.endswith("q=sk&on="):
            page.wait_for_timeout(400)
        route.continue_()

    page.route("**/suggest?*", late)
    page.keyboard.type("sk")
    page.wait_for_timeout(60)
    page.keyboard.type("in of eyelid")
    page.locator("#suggestions [role=option]").filter(has_text="eyelid").first.wait_for()
    page.wait_for_timeout(500)
    assert any("q=sk&" in url for url in dropped)
    expect(page.locator("#suggestions [role=option]").first).to_contain_text("eyelid")


def test_results_are_gone_through_with_keys(visit):
    page = visit(PAGES["search"])
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    first = page.locator(".hits .hit").first
    expect(first).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator(":focus")).to_have_id("q")
    page.keyboard.type("jk")
    expect(page.locator("#q")).to_have_value(re.compile("jk$"))
    first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/(icd-10-cm|hcpcs|cpt|modifier)/"))


def test_tabs_swap_in_place(visit):
    page = visit(PAGES["cpt"])
    page.get_by_role("link", name=re.compile("paid, column 1 16")).click()
    page.get_by_text("1 to 16 of 16").wait_for()
    expect(page).to_have_url(re.compile(re.escape(PAGES["cpt"])))
    page.locator("input[name=begins]").fill("3600")
    page.get_by_role("button", name="Filter").click()
    page.get_by_text("1 to 9 of 9").wait_for()


def test_works_without_scripts(visit):
    page = visit("/", scripts=False)
    page.locator("#q").fill("17311")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile("/cpt/17311"))
    page.locator("#on").fill("2024-08-15")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("20.45 × 33.2875 = 680.73")).to_be_visible()
    page.get_by_role("link", name=re.compile("paid, column 1 16")).click()
    expect(page).to_have_url(re.compile("/cpt/17311/edits"))
    expect(page.get_by_text("1 to 16 of 16")).to_be_visible()


def test_day_shortcut(visit):
    page = visit(PAGES["icd"])
    page.keyboard.press("d")
    expect(page.locator("#on")).to_be_focused()
