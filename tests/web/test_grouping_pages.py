"""Pages of groupings: crosswalks, the grouper's form, MS-DRGs, HCC categories, and their parts of a diagnosis page."""

from __future__ import annotations

import re

import pytest
from django.test import Client

DAY = "on=2024-03-01"
STAY = "/drg?dx=I50.21+J96.01:Y&age=70&sex=F&status=01&discharge=2024-03-01"


@pytest.fixture
def groups(groups_home, settings) -> Client:
    """The site over groupings of 2024."""
    settings.CODEWARD_HOME = groups_home
    return Client()


def test_an_old_code_leads_to_its_candidate_on_the_day(groups, words):
    response = groups.get(f"/gems?code=250.00&{DAY}")
    text = words(response)
    assert response.status_code == 200
    assert "ICD-10-CM for ICD-9-CM 250.00" in text and "approximate: does not mean exactly the same" in text
    assert "never make one billable" in text and "of FY2018" in text
    assert f'href="/icd-10-cm/E11.9?{DAY}"' in response.content.decode()


def test_crosswalks_of_no_code_an_unknown_code_and_what_cannot_be_one(groups, words):
    assert groups.get("/gems").status_code == 200
    assert "do not hold Q99" in words(groups.get("/gems?code=q99"))
    wrong = groups.get("/gems?code=%3Cscript%3E")
    assert wrong.status_code == 400 and "cannot be an ICD-9 or ICD-10 code" in words(wrong)
    assert b"<script>" not in wrong.content.partition(b"<main")[2]


def test_a_stay_is_grouped_without_scripts(groups, words):
    form = groups.get("/drg").content.decode()
    assert 'action="/drg" method="get"' in form
    for name in ("dx", "pr", "age", "sex", "status", "discharge"):
        assert f'<label for="{name}">' in form and f'name="{name}"' in form
    response = groups.get(STAY)
    text = words(response)
    assert response.status_code == 200
    assert "MS-DRG 291 Heart failure and shock with MCC" in text
    assert "gives the group its MCC level" in text and "1.2500" in text
    assert 'href="/ms-drg/291?on=2024-03-01"' in response.content.decode()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("dx=XX", "cannot be an ICD-10-CM code"),
        ("dx=I50.21&age=old", "is not an age"),
        ("dx=I50.21&discharge=yesterday", "yesterday"),
        ("dx=I50.21&discharge=2020-01-01", "no MS-DRG grouper is here"),
        ("dx=I50.21&discharge=2024-03-01&sex=Q", "is not a sex"),
    ],
)
def test_a_stay_that_cannot_be_grouped_keeps_what_was_typed(groups, words, query, said):
    response = groups.get(f"/drg?{query}")
    assert response.status_code == 400 and said in words(response)
    assert query.partition("&")[0].removeprefix("dx=") in response.content.decode()


def test_an_ungroupable_stay_says_why(groups, words):
    text = words(groups.get("/drg?dx=J96.01X&discharge=2024-03-01"))
    assert "Ungroupable: the principal diagnosis cannot be one, or is no code of that version" in text


def test_every_group_by_category_and_one_group(groups, words):
    listed = groups.get(f"/ms-drg?{DAY}")
    assert "MS-DRGs of FY2024" in words(listed) and "4 groups" in words(listed)
    assert f'href="/ms-drg/291?{DAY}"' in listed.content.decode()
    one = words(groups.get(f"/ms-drg/001?{DAY}"))
    assert "MS-DRG 001 is surgical and weighs 8.0000 in FY2024, with a geometric mean stay of 9.1 days" in one
    gone = words(groups.get(f"/ms-drg/002?{DAY}"))
    assert "No longer assigned" in gone and "was last assigned" in gone


def test_a_short_number_moves_and_what_is_no_group_is_not_found(groups):
    moved = groups.get(f"/ms-drg/2?{DAY}")
    assert (moved.status_code, moved["Location"]) == (302, f"/ms-drg/002?{DAY}")
    assert groups.get("/ms-drg/500").status_code == groups.get("/ms-drg/abc").status_code == 404


def test_a_category_leads_to_what_it_drops_and_to_its_diagnoses(groups, words):
    response = groups.get(f"/hcc/V28/37?{DAY}")
    text, source = words(response), response.content.decode()
    assert "Diabetes with Chronic Complications" in text and "1 diagnosis maps to HCC 37 of V28 (PY2024)" in text
    assert "community, not dual, aged" in text and "before normalization and the coding adjustment" in text
    for place in ("/hcc/V28/38", "/hcc/V28/36", "/icd-10-cm/E11.22"):
        assert f'href="{place}?{DAY}"' in source
    moved = groups.get(f"/hcc/v28/37?{DAY}")
    assert (moved.status_code, moved["Location"]) == (302, f"/hcc/V28/37?{DAY}")


@pytest.mark.parametrize("path", ["/hcc/V28/999", "/hcc/V99/1", "/hcc/V28/x", "/hcc/nothing/1"])
def test_what_is_no_category_is_not_found(groups, path):
    assert groups.get(f"{path}?{DAY}").status_code == 404


def test_a_diagnosis_page_has_its_groups(groups, words):
    response = groups.get(f"/icd-10-cm/E11.22?{DAY}")
    text = words(response)
    assert response.status_code == 200
    assert "Diabetes with Chronic Complications. Payment year 2024" in text
    assert f'href="/hcc/V28/37?{DAY}"' in response.content.decode()
    assert "ICD-9-CM equivalents (GEMs)" in text and "250.40" in text


def test_a_diagnosis_in_none_says_so_and_does_not_say_zero(groups, words):
    text = words(groups.get(f"/icd-10-cm/I10?{DAY}"))
    assert "PY2024 has the model and no row for the code" in text
    assert "not listed" in text


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/gems?code=25000&on=2024-08-01", "gems"),
        ("/ms-drg?on=2024-08-01", "ms-drg"),
        ("/ms-drg/291?on=2024-08-01", "ms-drg"),
        ("/hcc/V28/37?on=2024-08-01", "cms-hcc"),
    ],
)
def test_what_is_not_loaded_is_said_with_the_way_to_load_it(sparse_site, words, path, name):
    response = sparse_site.get(path)
    text = words(response)
    assert response.status_code == 503
    assert re.search(r"[Nn]ot loaded|nothing loaded", text) and "codeward library" in text


def test_a_group_without_weights_still_comes_with_a_panel_for_them(sparse_site, words):
    response = sparse_site.get(STAY)
    assert response.status_code == 200
    assert "MS-DRG 291" in words(response) and "MS-DRG weights" in words(response)
