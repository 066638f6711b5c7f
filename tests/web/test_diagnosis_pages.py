"""Pages of the code tree, the index and its tables, and what a diagnosis page says of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

PAGES = (
    "/icd-10-cm/browse",
    "/icd-10-cm/browse/2",
    "/icd-10-cm/browse/C43-C44",
    "/icd-10-cm/browse/C44.1",
    "/icd-10-cm/index",
    "/icd-10-cm/index?letter=C",
    "/icd-10-cm/index?term=Amyloidosis+NEC",
    "/icd-10-cm/index?q=lung",
    "/icd-10-cm/external-causes",
    "/icd-10-cm/neoplasms",
    "/icd-10-cm/drugs?letter=C",
)


@pytest.fixture
def diagnoses(diagnosis_library_home: Path, settings) -> Client:
    """The site over five ICD-10-CM editions with index and tables."""
    settings.CODEWARD_HOME = diagnosis_library_home
    return Client()


@pytest.mark.parametrize("path", PAGES)
def test_pages_answer_without_inline_script_or_style(diagnoses, path):
    page = (
        diagnoses.get(path, query_params={"on": "2026-04-15"})
        if "?" not in path
        else diagnoses.get(f"{path}&on=2026-04-15")
    )
    body = page.content.decode()
    assert page.status_code == 200
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", body)
    assert body.count("<h1") == 1
    assert 'class="src"' in body


def test_a_term_is_shown_with_codes_marked_and_linked(diagnoses, words):
    page = diagnoses.get("/icd-10-cm/index?term=Amyloidosis+NEC&on=2026-04-15")
    text, body = words(page), page.content.decode()
    assert "with lung involvement E85.4 not in 2026-04 with J99" in text
    assert "(cutaneous) E85.- complete it in the tabular list" in text
    assert 'href="/icd-10-cm/E85?on=2026-04-15"' in body
    assert 'href="/icd-10-cm/index?see=Disorder%2C+metabolic&amp;on=2026-04-15"' in body


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("index?see=Cancer", "/icd-10-cm/index?term=Cancer"),
        ("index?see=Amyloidosis+NEC,+localized", "/icd-10-cm/index?term=Amyloidosis+NEC+%3E+localized"),
        ("index?see=Neoplasm,+abdomen", "/icd-10-cm/neoplasms?term=Neoplasm%2C+neoplastic+%3E+abdomen%2C+abdominal"),
        ("index?see=Table+of+Drugs+and+Chemicals", "/icd-10-cm/drugs"),
        ("index?see=category+C44", "/icd-10-cm/C44"),
        ("index?see=Maltreatment", "/icd-10-cm/index?q=Maltreatment"),
        ("neoplasms?see=Neoplasm,+bowel", "/icd-10-cm/neoplasms?term=Neoplasm%2C+neoplastic+%3E+bowel"),
        ("neoplasms?see=Cancer", "/icd-10-cm/index?term=Cancer"),
        ("drugs?see=Carbamate", "/icd-10-cm/drugs?term=Carbamate"),
    ],
)
def test_see_leads_to_its_term(diagnoses, asked, leads_to):
    page = diagnoses.get(f"/icd-10-cm/{asked}&on=2026-04-15")
    assert page.status_code == 302
    assert re.sub(r"[?&]on=2026-04-15", "", page["Location"]) == leads_to


def test_a_table_has_six_codes_a_row(diagnoses, words):
    text = words(diagnoses.get("/icd-10-cm/drugs?term=Carbamate&on=2026-04-15"))
    assert "Adverse effect Underdosing" in text
    assert "T42.6X5" in text
    page = diagnoses.get("/icd-10-cm/neoplasms?q=skin+basal&on=2026-04-15")
    assert 'href="/icd-10-cm/C44.112?on=2026-04-15">C44.112-</a><b class="goes-on">' in page.content.decode()


def test_the_tree_leads_down_to_the_page_of_a_code(diagnoses):
    for place, leads_to in (("", "browse/2"), ("/2", "browse/C43-C44"), ("/C43-C44", "browse/C44")):
        assert (
            f'href="/icd-10-cm/{leads_to}?on=2026-04-15"'
            in diagnoses.get(f"/icd-10-cm/browse{place}?on=2026-04-15").content.decode()
        )
    assert (
        'href="/icd-10-cm/L57.0?on=2026-04-15"' in diagnoses.get("/icd-10-cm/browse/L57?on=2026-04-15").content.decode()
    )


def test_an_edition_without_chapters_says_so(diagnoses, words):
    assert "loaded without chapters" in words(diagnoses.get("/icd-10-cm/browse?on=2024-01-01"))
    assert "loaded without chapters" not in words(diagnoses.get("/icd-10-cm/browse?on=2026-04-15"))


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/icd-10-cm/index", "ICD-10-CM alphabetic index"),
        ("/icd-10-cm/external-causes", "ICD-10-CM index to external causes"),
        ("/icd-10-cm/neoplasms", "ICD-10-CM table of neoplasms"),
        ("/icd-10-cm/drugs", "ICD-10-CM table of drugs and chemicals"),
        ("/icd-10-cm/browse", "ICD-10-CM codes"),
    ],
)
def test_what_is_not_loaded_is_said_with_the_command(sparse_site, words, path, title):
    text = words(sparse_site.get(path))
    assert f"Not loaded: {title}" in text
    assert "codeward library build PATH --add" in text


@pytest.mark.parametrize("path", ["/icd-10-cm/browse/99", "/icd-10-cm/browse/Q99-Q98", "/icd-10-cm/browse/nothing"])
def test_no_such_place_is_not_found(diagnoses, path):
    assert diagnoses.get(f"{path}?on=2026-04-15").status_code == 404


@pytest.mark.parametrize(
    "query", ["start=-1", "start=x", "start=99999999", "letter=%00", "q=%25_", "term=%3E", "see=,,"]
)
def test_odd_questions_are_answered(diagnoses, query):
    assert diagnoses.get(f"/icd-10-cm/index?{query}&on=2026-04-15").status_code in (200, 302)


def test_a_gap_is_seen_on_the_page(diagnoses, words):
    text = words(diagnoses.get("/icd-10-cm/G35?on=2025-10-15"))
    assert "Billable in 2025-04" in text
    assert "(FY2026) took effect on 2025-10-01 and is not loaded" in text
    assert "whether it still was on 2025-10-15 is not known" in text
    assert "Billable in 2025-04" not in words(diagnoses.get("/icd-10-cm/G35?on=2025-09-30"))


def test_a_code_that_may_have_begun_in_the_gap_is_not_called_inactive(diagnoses, words):
    text = words(diagnoses.get("/icd-10-cm/G35.A?on=2026-01-15"))
    assert "Not in 2025-04" in text
    assert "Billable not known" in text
    assert "Not yet active" not in text


def test_successors_stand_on_the_header(diagnoses, words):
    page = diagnoses.get("/icd-10-cm/G35?on=2026-04-15")
    assert "These took its place between 2025-10-01 and 2026-04-01" in words(page)
    assert 'href="#changes"' in page.content.decode()
    assert 'href="#changes"' not in diagnoses.get("/icd-10-cm/L57.0?on=2026-04-15").content.decode()
