"""Asking in a real browser: steps and answer in place, keys alone, stop, retry, save; and without scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser.test_site_in_browser import COLOURS, _faults
from codeward.assistant.bundle import bundle_in

pytestmark = pytest.mark.browser
QUESTION = "Is 17311 bundled with 88305?"


@pytest.fixture
def asked(visit, served):
    """A question typed and answered."""

    def given(**how):
        page = visit(f"{served}/ask?on=2024-08-15", **how)
        page.locator("#question").fill(QUESTION)
        page.get_by_role("button", name="Ask", exact=True).click()
        page.locator("#turn-1").wait_for()
        return page

    return given


@pytest.mark.parametrize("width", [1280, 390])
def test_accessible_and_no_sideways_scroll(visit, served, asked, width):
    for page in (visit(f"{served}/ask", width), asked(width=width), visit(f"{served}/cpt/17311?on=2024-08-15", width)):
        assert _faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        page.emulate_media(color_scheme="dark")
        assert _faults(page, COLOURS) == []


def test_questions_follow_each_other_with_keys_alone(visit, served):
    page = visit(f"{served}/ask?on=2024-08-15")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.locator("#turn-1").wait_for()
    expect(page.locator(":focus")).to_have_id("question")
    assert page.url.endswith("/ask?on=2024-08-15"), "no address holds a question"
    page.keyboard.type("What is 17312?")
    page.keyboard.press("Enter")
    page.locator("#turn-2").wait_for()
    expect(page.locator(".asked-q").first).to_have_text(QUESTION)
    expect(page.locator("#ask-said")).not_to_be_empty()


def test_a_citation_opens_its_row(asked):
    page = asked()
    page.locator("#turn-1 .cite").first.click()
    page.wait_for_url("**/source?c=*")
    expect(page.get_by_role("heading", name="Where it stands")).to_be_visible()


def test_stop_and_ask_again(visit, served):
    page = visit(f"{served}/ask?on=2024-08-15")
    page.route("**/ask/steps", lambda route: None)
    page.locator("#question").fill(QUESTION)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#ask-fault")).to_have_text("Stopped: nothing was answered.")
    expect(page.locator("#question")).to_have_value(QUESTION)
    page.unroute("**/ask/steps")
    page.get_by_role("button", name="Ask again").click()
    page.locator("#turn-1").wait_for()
    expect(page.locator("#ask-fault")).not_to_be_visible()


def test_a_site_that_is_gone_is_said(visit, served):
    page = visit(f"{served}/ask")
    page.route("**/ask/steps", lambda route: route.abort())
    page.locator("#question").fill(QUESTION)
    page.keyboard.press("Enter")
    page.get_by_text("The site cannot be reached.").wait_for()
    expect(page.get_by_role("button", name="Ask again")).to_be_visible()


def test_a_bundle_is_saved(asked):
    page = asked()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as signed bundle").click()
    assert bundle_in(Path(saved.value.path()).read_bytes()).question == QUESTION


def test_another_day_is_asked_in_place(asked):
    page = asked()
    page.locator("#again-1").fill("2025-11-01")
    page.locator("#turn-1").get_by_role("button", name="Ask again").click()
    page.locator("#turn-1[data-day='2025-11-01']").wait_for()


def test_print_leaves_the_answer_alone(asked):
    page = asked()
    page.emulate_media(media="print")
    expect(page.locator("#said-1")).to_be_visible()
    expect(page.locator("#cited-1")).to_be_visible()
    expect(page.locator("#ask-form")).not_to_be_visible()
    expect(page.locator("#turn-1 .turn-acts")).not_to_be_visible()


def test_the_box_of_a_code_page_and_a_talk_without_scripts(visit, served):
    page = visit(f"{served}/cpt/17311?on=2024-08-15", scripts=False)
    page.get_by_label("Ask about 17311").fill("What is the MUE?")
    page.locator(".ask-here button").click()
    expect(page.locator("#said-1")).to_contain_text("17311")
    page.locator("#question").fill("What is 17312?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".turn.past .asked-q")).to_have_text("What is the MUE?")
