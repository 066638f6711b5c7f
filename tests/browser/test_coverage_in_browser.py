"""Coverage in a real browser: accessible in light and dark, no sideways scroll, the map by keyboard, no scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.conftest import _serving
from browser.test_site_in_browser import COLOURS, _faults

pytestmark = pytest.mark.browser

DAY = "on=2026-10-09"
PAGES = {
    "list": f"/coverage?{DAY}",
    "article": f"/coverage/A90101?{DAY}",
    "long-article": f"/coverage/A90500?list=supporting-1&start=100&{DAY}",
    "lcd": f"/coverage/L80101?{DAY}",
    "ncd": f"/coverage/990.1?{DAY}",
    "map": f"/coverage/states?{DAY}",
    "dme-map": f"/coverage/states?map=dme&{DAY}",
    "unknown-map": "/coverage/states?on=2010-01-01",
    "state": f"/coverage/states/FL?{DAY}",
    "check-form": "/coverage/check",
    "check": f"/coverage/check?code=G9101&dx=L57.0&state=FL&{DAY}",
    "check-two": f"/coverage/check?code=G9105&dx=L84&state=FL&{DAY}",
    "bad-check": "/coverage/check?code=zz",
    "notice-form": "/coverage/abn",
    "notice": f"/coverage/abn?code=G9101&dx=I10&state=FL&{DAY}",
    "code-page": f"/hcpcs/J1885?{DAY}",
    "no-notice": f"/coverage/abn?code=G9101&reason=edit&{DAY}",
}


@pytest.fixture(scope="module")
def served_coverage(coverage_home):
    with _serving(coverage_home) as address:
        yield address


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_accessible_and_no_sideways_scroll(visit, served_coverage, name, width):
    page = visit(f"{served_coverage}{PAGES[name]}", width)
    assert _faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.emulate_media(color_scheme="dark")
    assert _faults(page, COLOURS) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_on_every_tile_can_be_read(visit, served_coverage, scheme):
    page = visit(f"{served_coverage}{PAGES['map']}", scheme=scheme)
    lowest = page.evaluate(CONTRAST)
    assert lowest >= 4.5, lowest


CONTRAST = """() => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const shade = (colour) => {
    canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map(v => v / 255)
      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return Math.min(...[...document.querySelectorAll(".tile-map a")].map(tile => {
    const drawn = ["rect", "text"].map(name => shade(getComputedStyle(tile.querySelector(name)).fill));
    const [one, two] = drawn;
    return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
  }));
}"""


def test_the_map_is_walked_by_keyboard_without_scripts(visit, served_coverage):
    page = visit(f"{served_coverage}{PAGES['map']}", scripts=False)
    page.locator(".tab").last.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Alaska: JF")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/coverage/states/ME?**")
    expect(page.get_by_role("heading", name="Maine")).to_be_visible()


def test_from_check_to_notice_without_scripts(visit, served_coverage):
    page = visit(f"{served_coverage}/coverage/check?{DAY}", scripts=False)
    page.get_by_label("Procedure code").fill("G9101")
    page.get_by_label("Documented diagnoses").fill("I10")
    page.locator("#cc-state").select_option("FL")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("heading", name="No given diagnosis supports it")).to_be_visible()
    page.get_by_role("link", name="Fill the notice worksheet").click()
    expect(page.get_by_role("heading", name="A notice is called for")).to_be_visible()
    page.get_by_label("F. Your charge, in dollars").fill("90")
    page.get_by_role("button", name="Fill the worksheet").click()
    expect(page.get_by_text("$90.00")).to_be_visible()
    expect(page).to_have_url(f"{served_coverage}/coverage/abn")
    assert page.evaluate("!document.documentElement.innerHTML.includes('name=\"patient')")
