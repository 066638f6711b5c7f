"""The claim grid in a real browser: typed, moved about with keys, pasted into, sent; and with scripts off."""

from __future__ import annotations

import json

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import expect

from browser.test_site_in_browser import COLOURS, _faults

pytestmark = pytest.mark.browser

PAIR = "/check?pos=11&age=68&dx=C44.1121&line=2024-08-15~17311~~A&line=2024-08-15~88305~~A"
PAGES = {
    "empty": "/check",
    "found": PAIR,
    "pair": "/pair/17311/88305?on=2024-08-15",
    "matrix": "/pair?codes=17311+88305+20610+99999&on=2024-08-15",
}
PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text", text);
  const given = {clipboardData: data, bubbles: true, cancelable: true};
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", given));
}"""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_accessible_and_no_sideways_scroll(visit, name, width):
    page = visit(PAGES[name], width)
    assert _faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.emulate_media(color_scheme="dark")
    assert _faults(page, COLOURS) == []


def test_keys_move_like_a_spreadsheets(visit):
    page = visit("/check")
    page.locator("#l1-date").focus()
    page.keyboard.type("2024-08-15")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_id("l2-date")
    page.keyboard.press("Shift+Enter")
    expect(page.locator(":focus")).to_have_id("l1-date")
    page.keyboard.press("ArrowRight")
    expect(page.locator(":focus")).to_have_id("l1-to")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(":focus")).to_have_id("l2-date")
    page.locator("#l6-charge").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(":focus")).to_have_id("l7-charge")
    expect(page.locator("#l7-charge")).to_have_attribute("aria-label", "Line 7, charge")
    expect(page.locator("#l1-date")).to_have_value("2024-08-15")


def test_arrows_within_a_text_stay_in_the_cell(visit):
    page = visit("/check")
    page.locator("#l1-date").focus()
    page.keyboard.type("2024")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(":focus")).to_have_id("l1-date")


def test_typed_and_sent_with_the_keyboard_alone(visit):
    page = visit("/check")
    for cell, text in {"pos": "11", "dx1": "C44.1121", "l1-date": "2024-08-15", "l1-ptr": "A", "l2-ptr": "A"}.items():
        page.locator(f"#{cell}").focus()
        page.keyboard.type(text)
    for cell, text in {"l1-code": "17311", "l2-code": "88305"}.items():
        page.locator(f"#{cell}").focus()
        page.keyboard.type(text)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".verdict")
    beside = page.locator("tr.line:has(#l2-code) + tr.beside-line")
    expect(beside.get_by_text("PTP.DENY").first).to_be_visible()
    expect(beside.get_by_text("Would be denied").first).to_be_visible()
    expect(page.locator("#l2-date")).to_have_value("2024-08-15")
    assert _faults(page) == []


def test_codes_complete_while_a_cell_is_typed(visit):
    page = visit("/check")
    page.locator("#l1-code").focus()
    page.keyboard.type("1731")
    page.wait_for_selector("#cell-options [role=option]")
    expect(page.locator("#l1-code")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(page.locator(":focus")).to_have_id("l1-code")
    assert _faults(page) == []
    page.keyboard.press("Enter")
    expect(page.locator("#l1-code")).to_have_value("17311")
    expect(page.locator("#cell-options")).not_to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_id("l2-code")


def test_escape_closes_the_codes_and_keeps_what_was_typed(visit):
    page = visit("/check")
    page.locator("#l1-code").focus()
    page.keyboard.type("1731")
    page.wait_for_selector("#cell-options [role=option]")
    page.keyboard.press("Escape")
    expect(page.locator("#cell-options")).not_to_be_visible()
    expect(page.locator("#l1-code")).to_have_value("1731")


def test_rows_of_a_spreadsheet_fill_cells_and_add_lines(visit):
    page = visit("/check")
    page.locator("#l1-date").focus()
    rows = [f"2024-08-15\t\t11\t{code}\t59" for code in ("A9001", "J1885") * 5]
    page.evaluate(PASTE, "\r\n".join(rows) + "\r\n")
    expect(page.locator("#l10-code")).to_have_value("J1885")
    expect(page.locator("#l10-m1")).to_have_value("59")
    expect(page.locator("#l1-pos")).to_have_value("11")
    expect(page.locator("#l11-code")).to_have_count(0)
    page.locator("#dx2").focus()
    page.evaluate(PASTE, "C44.1121\tL57.0")
    assert [page.locator(f"#dx{n}").input_value() for n in (1, 2, 3)] == ["", "C44.1121", "L57.0"]


def test_a_pasted_claim_fills_the_form(visit):
    page = visit("/check")
    page.locator("#l1-code").focus()
    lines = [{"code": "17311", "date": "2024-08-15", "diagnosis_pointers": [1]}]
    page.evaluate(PASTE, json.dumps({"claim_id": "9", "diagnoses": ["C44.1121"], "lines": lines}))
    page.wait_for_selector(".verdict")
    expect(page.locator("#l1-code")).to_have_value("17311")
    expect(page.locator("#dx1")).to_have_value("C44.1121")


def test_a_cell_to_mend_is_reached_from_its_fault(visit):
    page = visit("/check")
    page.locator("#l1-code").fill("17311")
    page.get_by_role("button", name="Check the claim").first.click()
    page.get_by_role("link", name="Line 1, from").click()
    expect(page.locator(":focus")).to_have_id("l1-date")
    expect(page.locator("#l1-date")).to_have_attribute("aria-invalid", "true")
    assert _faults(page) == []


def test_all_of_it_works_without_scripts(visit):
    page = visit("/check", scripts=False)
    page.locator("#l1-date").fill("2024-08-15")
    page.locator("#l1-code").fill("17311")
    page.get_by_role("button", name="Add lines").click()
    expect(page.locator("#l12-code")).to_be_visible()
    expect(page.locator("#l1-code")).to_have_value("17311")
    page.locator("#l2-code").fill("88305")
    page.locator("#l2-code").press("Enter")
    expect(page.locator(".verdict")).to_be_visible()
    expect(page.locator("tr.line:has(#l2-code) + tr.beside-line").get_by_text("PTP.DENY").first).to_be_visible()
    expect(page.get_by_text("Print or save as PDF")).not_to_be_visible()


def test_prints_on_one_page_in_black_and_white(visit):
    page = visit(PAIR)
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Check the claim").first).not_to_be_visible()
    expect(page.get_by_text("Not checked", exact=True).first).to_be_visible()
    expect(page.get_by_text("Would be denied").first).to_be_visible()
    expect(page.locator("#l5-code")).not_to_be_visible()
    with pdfium.PdfDocument(page.pdf(format="Letter", prefer_css_page_size=True)) as printed:
        assert len(printed) == 1
