"""Uploading a batch in a browser: with scripts and without, by keyboard, accessible at every step and width."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from batch_files import PAIR, claims_csv
from codeward.services.batches.folder import take
from codeward.services.batches.run import SLOTS

pytestmark = pytest.mark.browser
EVERYTHING = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"type": "rule", "values": ["color-contrast"]}
REJECTED = "A2,P2,1960-01-01,M,medicare,practitioner,1245319599,11,L57.0,99213,many,2025-02-03,90.00"
FILE = {"name": "claims.csv", "mimeType": "text/csv", "buffer": claims_csv(*PAIR, REJECTED)}


def _faults(page) -> list[str]:
    """What axe finds at both widths, in both schemes; and a page wider than its window."""
    found: list[str] = []
    for width, scheme, rules in ((1280, "light", EVERYTHING), (390, "light", EVERYTHING), (390, "dark", COLOURS)):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        answer = Axe().run(page, options={"runOnly": rules}).response["violations"]
        found += [f"{width} {item['id']}: {node['target']}" for item in answer for node in item["nodes"]]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{width}: wider than the window")
    return found


@pytest.fixture
def shut(batch_home: Path) -> Iterator[Callable[[], None]]:
    """Every place to work in is taken, until it is called."""
    (batch_home / "batches").mkdir(mode=0o700, exist_ok=True)
    held = [take(batch_home / "batches" / f"slot-{number}.lock", 30) for number in range(SLOTS)]
    assert all(held)
    yield lambda: [lock.close() for lock in held]
    for lock in held:
        lock.close()


def test_with_scripts_from_form_to_findings(visit, served_batches: str, shut) -> None:
    page = visit(f"{served_batches}/batch")
    assert _faults(page) == []
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_label("File, at most").set_input_files(FILE)
    page.get_by_role("button", name="Upload and check").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/batch/[0-9a-f]{32}$"))
    waiting = page.get_by_role("status", name="Progress")
    expect(waiting).to_contain_text("Waiting for its turn")
    assert _faults(page) == []
    page.evaluate("window.kept = true")
    shut()
    page.get_by_role("heading", name="1 finding").or_(page.get_by_role("heading", name="findings;")).wait_for()
    assert page.evaluate("window.kept") is None, "the page came anew with the summary, by itself"
    assert _faults(page) == []
    chart = page.get_by_role("img", name="Findings by rule")
    expect(chart).to_have_attribute("aria-label", re.compile("PTP.DENY"))
    page.get_by_role("link", name="Would be denied").click()
    page.wait_for_url(re.compile("severity=deny"))
    expect(page.get_by_role("row").filter(has_text="PTP.DENY")).to_have_count(1)
    assert _faults(page) == []
    with page.expect_download() as saved:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert Path(saved.value.path()).read_text(encoding="utf-8").count("PTP.DENY") == 1


def test_without_scripts_it_comes_to_its_end_and_is_deleted(visit, served_batches: str, batch_home: Path) -> None:
    page = visit(f"{served_batches}/batch", scripts=False)
    page.locator("#file").set_input_files(FILE)
    page.locator("main button").first.click()
    page.wait_for_url(re.compile(r"/batch/[0-9a-f]{32}$"))
    token = page.url.rsplit("/", 1)[1]
    page.locator("#verdict-h").wait_for(timeout=60_000)
    expect(page.locator("main")).to_contain_text("not checked", ignore_case=True)
    with page.expect_download() as saved:
        page.locator(f"a[href='/batch/{token}/findings.parquet']").click()
    assert Path(saved.value.path()).read_bytes()[:4] == b"PAR1"
    page.locator("form[action$='/forget'] button").click()
    page.wait_for_url(re.compile("deleted=1"))
    expect(page.locator(".kept-note")).to_contain_text("was deleted")
    assert not (batch_home / "batches" / token).exists()


def test_a_file_that_is_none_is_told_beside_the_field(visit, served_batches: str) -> None:
    page = visit(f"{served_batches}/batch")
    page.get_by_label("File, at most").set_input_files(
        {"name": "claims.xlsx", "mimeType": "application/zip", "buffer": b"PK\x03\x04 a workbook"}
    )
    page.get_by_role("button", name="Upload and check").click()
    page.get_by_role("alert").wait_for()
    expect(page.get_by_role("alert")).to_contain_text("Excel workbook")
    assert _faults(page) == []


def test_a_torn_file_is_told_on_its_page(visit, served_batches: str) -> None:
    page = visit(f"{served_batches}/batch")
    page.get_by_label("File, at most").set_input_files(
        {"name": "mine.parquet", "mimeType": "application/octet-stream", "buffer": b"PAR1 torn"}
    )
    page.get_by_role("button", name="Upload and check").click()
    page.get_by_role("heading", name="The file cannot be used").wait_for()
    expect(page.locator("main")).to_contain_text("mine.parquet: cannot be read as Parquet")
    assert _faults(page) == []
