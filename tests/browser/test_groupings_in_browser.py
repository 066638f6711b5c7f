"""Groupings and crosswalks in a real browser: accessible, no sideways scroll, a stay grouped without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.test_site_in_browser import COLOURS, _faults

pytestmark = pytest.mark.browser

DAY = "on=2024-03-01"
PAGES = {
    "gems": f"/gems?code=250.40&{DAY}",
    "no-gems": f"/gems?code=Q99&{DAY}",
    "form": "/drg",
    "stay": "/drg?dx=I50.21+J96.01:Y+Z59.01&pr=02703DZ&age=70&sex=F&discharge=2024-03-01",
    "bad-stay": "/drg?dx=XX",
    "ungroupable": "/drg?dx=J96.01X&discharge=2024-03-01",
    "groups": f"/ms-drg?{DAY}",
    "group": f"/ms-drg/001?{DAY}",
    "gone": f"/ms-drg/002?{DAY}",
    "category": f"/hcc/V28/37?{DAY}",
    "unloaded": "/ms-drg?on=2019-01-01",
    "diagnosis": f"/icd-10-cm/E11.22?{DAY}",
}


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_accessible_and_no_sideways_scroll(visit, served_groups, name, width):
    page = visit(f"{served_groups}{PAGES[name]}", width)
    assert _faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.emulate_media(color_scheme="dark")
    assert _faults(page, COLOURS) == []


def test_group_a_stay_by_the_form_without_scripts(visit, served_groups):
    page = visit(f"{served_groups}/drg", scripts=False)
    page.get_by_label("Diagnoses, the principal one first").fill("I50.21 J96.01:Y")
    page.get_by_label("Discharged").fill("2024-03-01")
    page.get_by_role("button", name="Group").click()
    page.get_by_role("link", name="MS-DRG 291").click()
    expect(page).to_have_url(f"{served_groups}/ms-drg/291?on=2024-03-01")


def test_from_a_diagnosis_to_its_category_and_what_it_drops_without_scripts(visit, served_groups):
    page = visit(f"{served_groups}{PAGES['diagnosis']}", scripts=False)
    page.locator('a[href^="/hcc/V28/37"]').first.click()
    page.locator('a[href^="/hcc/V28/38"]').first.click()
    expect(page.get_by_text("1 diagnosis maps to HCC 38 of V28 (PY2024).")).to_be_visible()
