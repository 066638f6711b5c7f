"""The page of a coverage document: what the exports hold of it, and what is said where they are not loaded."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from made_coverage import made_exports
from making import build_library

GOLDEN = Path(__file__).parents[1] / "golden"
DAY = "on=2026-10-09"


@pytest.fixture
def pages(coverage_home: Path, settings) -> Client:
    settings.CODEWARD_HOME = coverage_home
    return Client()


def test_an_article_shows_groups_codes_contractors_and_kin(pages: Client, words) -> None:
    page = pages.get(f"/coverage/A90101?{DAY}")
    text = words(page)
    assert "Procedure codes Group 1 1 code Codes 1 G9101" in text
    assert "Diagnoses that support coverage Group 1 2 codes Diagnoses that support & so on: C44.311" in text
    assert "Diagnoses that do not support coverage Group 1 1 code L57.0" in text
    assert "Palm Made-up Services, LLC 09102 MAC - Part B FL" in text
    assert "Palm Made-up Services, LLC 09101 MAC - Part A FL" in text
    assert "L80101 LCD Made-up service 80101" in text
    assert "990.1 NCD Made-up item" in text
    assert "Bill types 1 code 013X" in text
    assert "no key between them" in text
    html = page.content.decode()
    assert 'href="/icd-10-cm/C44.311?on=2026-10-09"' in html
    assert 'href="/modifier/GA?on=2026-10-09"' in html
    assert 'href="/coverage/states/FL?on=2026-10-09"' in html


def test_codes_of_a_long_group_are_paged_and_other_groups_stay(pages: Client, words) -> None:
    text = words(pages.get(f"/coverage/A90500?{DAY}"))
    assert "1 to 100 of 250" in text
    assert "S00.0XXA" in text
    assert "S10.0XXA" not in text
    last = words(pages.get(f"/coverage/A90500?list=supporting-1&start=200&{DAY}"))
    assert "201 to 250 of 250" in last
    assert "S24.9XXA" in last
    assert "S00.0XXA" not in last
    assert "Group of one: I10" in last
    assert "Other words on coding." in text


@pytest.mark.parametrize("query", ["list=supporting-1&start=99999", "list=nothing-7&start=5", "start=x", "start=-4"])
def test_a_place_beyond_the_end_shows_the_beginning(pages: Client, words, query: str) -> None:
    page = pages.get(f"/coverage/A90500?{query}")
    assert page.status_code == 200
    assert "1 to 100 of 250" in words(page)


def test_every_loaded_version_and_its_own_codes(pages: Client, words) -> None:
    text = words(pages.get("/coverage/A90107?on=2023-06-01"))
    assert "Version 1 Effective 2020-01-01 to 2023-12-31" in text
    assert "N18.4" in text
    assert "N18.5" not in text
    assert "Version 2, " in text
    assert "Version 3, " in text


def test_what_stands_in_text_only_is_shown_as_such(pages: Client, words) -> None:
    text = words(pages.get(f"/coverage/L80101?{DAY}"))
    assert "Text only." in text
    assert "no check reads them" in text
    assert "Utilization and frequency 1 line Not more than twice in a made-up year." in text
    assert "revision history, comments" in text


def test_a_national_determination_says_that_code_lists_are_apart(pages: Client, words) -> None:
    text = words(pages.get(f"/coverage/990.1?{DAY}"))
    assert "Not read: code lists, which CMS publishes apart" in text


def test_without_exports_the_page_says_what_is_not_loaded(tmp_path: Path, settings, words) -> None:
    build_library(tmp_path / "home", GOLDEN / "mcd-documents/2025-08-08/documents_latest.csv")
    settings.CODEWARD_HOME = tmp_path / "home"
    text = words(Client().get("/coverage/L90001?on=2025-08-20"))
    assert "Not loaded of this document" in text
    assert "Its codes, paragraphs, states and text come with the exports." in text
    assert "Not loaded: MCD local coverage determinations" in text


def test_tables_left_out_of_an_export_are_named(tmp_path: Path, settings, words) -> None:
    paths = made_exports().write(tmp_path / "files", less=["article_x_icd10_covered", "contractor"])
    build_library(tmp_path / "home", *paths)
    settings.CODEWARD_HOME = tmp_path / "home"
    text = words(Client().get(f"/coverage/A90101?{DAY}"))
    assert "Not loaded: MCD diagnoses that support coverage" in text
    assert "Not loaded: MCD contractors" in text
    assert "L57.0" in text
