"""From case to code in a real browser: decided with keys alone, marked both ways, exported; and with scripts off."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

import made_case
from browser.test_site_in_browser import COLOURS, _faults

pytestmark = pytest.mark.browser


@pytest.fixture
def read(visit, served_case):
    """A note given and read."""

    def given(**how):
        page = visit(f"{served_case}/case", **how)
        page.locator("#note").fill(made_case.NOTE)
        page.locator("#on").fill("2026-05-01")
        page.get_by_role("button", name="Find codes").click()
        page.locator(".candidate").first.wait_for()
        page.wait_for_load_state()
        return page

    return given


@pytest.mark.parametrize("width", [1280, 390])
def test_accessible_and_no_sideways_scroll(visit, served_case, read, width):
    for page in (visit(f"{served_case}/case", width), read(width=width)):
        assert _faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        page.emulate_media(color_scheme="dark")
        assert _faults(page, COLOURS) == []


def test_no_address_holds_the_note(read):
    assert read().url.endswith("/case")


def test_keys_go_through_the_candidates_and_mark_their_places(read):
    page = read()
    expect(page.locator(":focus")).to_have_id("c1")
    expect(page.locator("mark.on")).to_have_text(["Actinic keratosis"])
    page.keyboard.press("j")
    expect(page.locator(":focus")).to_have_id("c2")
    expect(page.locator("mark.on")).to_have_text(["Basal cell carcinoma", " of the right upper eyelid"])
    page.keyboard.press("ArrowDown")
    expect(page.locator(":focus")).to_have_id("c3")
    expect(page.locator("mark.on")).to_have_text(["Basal cell carcinoma"])
    page.keyboard.press("k")
    page.keyboard.press("ArrowUp")
    expect(page.locator(":focus")).to_have_id("c1")


def test_a_place_in_the_note_leads_to_its_candidates_in_turn(read):
    page = read()
    page.locator("mark", has_text="Basal cell carcinoma").click()
    expect(page.locator(":focus")).to_have_id("c2")
    page.locator("mark", has_text="Basal cell carcinoma").click()
    expect(page.locator(":focus")).to_have_id("c3")
    page.get_by_role("link", name="candidate 1").press("Enter")
    expect(page.locator(":focus")).to_have_id("c1")


def test_a_claim_is_decided_with_keys_alone(read):
    page = read()
    page.keyboard.type("a1ar")
    expect(page.locator("#case-count")).to_have_text("2 accepted, 1 rejected, 0 to decide")
    expect(page.locator("#codes-line")).to_have_text("L57.0, C44.1122")
    page.keyboard.type("k0")
    expect(page.locator("#codes-line")).to_have_text("L57.0, C44.1121")
    page.keyboard.press("e")
    with page.expect_download() as saved:
        page.get_by_role("button", name="JSON").press("Enter")
    told = json.loads(Path(saved.value.path()).read_text(encoding="utf-8"))
    assert [item["code"] for item in told["codes"]] == ["L57.0", "C44.1121"]


def test_nothing_is_exported_before_something_is_accepted(read):
    page = read()
    page.keyboard.press("e")
    page.get_by_role("button", name="CSV").click()
    expect(page.locator("#case-count")).to_contain_text("Accept a code first")


def test_the_keys_are_told_and_can_be_turned_off(read):
    page = read()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert _faults(page) == []
    page.get_by_label("Single keys work").uncheck()
    page.get_by_role("button", name="Close").click()
    page.locator("#c1").focus()
    page.keyboard.press("a")
    expect(page.locator("#case-count")).to_have_text("0 accepted, 0 rejected, 3 to decide")


def test_the_claim_checker_opens_beside_it(read):
    page = read()
    page.keyboard.type("aa")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Check as a claim").click()
    expect(opened.value.locator("#dx2")).to_have_value("C44.1121")


def test_ctrl_enter_sends_the_note(visit, served_case):
    page = visit(f"{served_case}/case")
    page.locator("#note").fill("Actinic keratosis")
    page.keyboard.press("Control+Enter")
    page.locator(".candidate").first.wait_for()


def test_all_of_it_works_without_scripts(read):
    page = read(scripts=False)
    expect(page.get_by_text("denied").first).to_be_visible()
    page.get_by_role("link", name="candidate 2").click()
    expect(page).to_have_url(re.compile("#c2$"))
    page.locator("#c2").get_by_label("Accept").check()
    page.get_by_role("radio", name="C44.1122").check()
    with page.expect_download() as saved:
        page.get_by_role("button", name="CSV").click()
    assert "C44.1122" in Path(saved.value.path()).read_text(encoding="utf-8")
