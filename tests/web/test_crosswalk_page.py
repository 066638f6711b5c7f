"""The crosswalk page: each basis by itself, and the maps that there are not."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.fixture
def site(small_library_home, settings) -> Client:
    settings.CODEWARD_HOME = small_library_home
    return Client()


def test_a_code_with_its_bases(site, words):
    response = site.get("/crosswalk?code=17311&on=2025-11-01")
    text = words(response)
    assert response.status_code == 200
    assert "May carry these add-ons" in text and "charge master decides" in text
    assert "no official CPT to ICD-10-CM crosswalk" in text and "mcd-article" in text
    assert 'href="/cpt/17312?on=2025-11-01"' in response.content.decode()


def test_a_form_alone_and_what_cannot_be_asked(site, words):
    assert site.get("/crosswalk").status_code == 200
    assert site.get("/crosswalk?code=99999&on=2025-11-01").status_code == 404
    wrong = site.get("/crosswalk?code=%3Cscript%3E&to=cpt")
    assert wrong.status_code == 400 and b"<script>" not in wrong.content.partition(b"<main")[2]
    assert "is no system to cross to" in words(site.get("/crosswalk?code=17311&to=elvish"))
