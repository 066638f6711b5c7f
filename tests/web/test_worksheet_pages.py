"""Worksheet pages: forms without scripts, answers in the address, and what cannot be worked told beside the form."""

from __future__ import annotations

import pytest

from codeward.services.worksheets.kinds import KINDS

MOHS = "/worksheets/mohs?site=nose&stages=7,3,6&on=2025-11-01"


def test_every_worksheet_has_a_form_that_works_without_scripts(site):
    listed = site.get("/worksheets").content.decode()
    for kind in KINDS.values():
        assert f'href="/worksheets/{kind.slug}"' in listed
        page = site.get(f"/worksheets/{kind.slug}")
        form = page.content.decode()
        assert page.status_code == 200 and f'action="/worksheets/{kind.slug}" method="get"' in form
        for field in kind.fields:
            if field.name != "on":
                assert f'name="{field.name}"' in form and f'for="f-{field.name}"' in form


def test_lines_reasons_and_checks_stand_beside_the_form(site, words):
    response = site.get(MOHS)
    text, page = words(response), response.content.decode()
    assert "17311 1 17312 2 17315 3" in text
    assert "Blocks beyond 5 are counted stage by stage" in text
    assert 'href="/cpt/17312?on=2025-11-01"' in page
    assert 'value="7,3,6"' in page and "17312 is an add-on and 17311 is one of its primaries" in text


def test_rows_and_choices_stay_as_they_were_typed(site):
    page = site.get("/worksheets/repair?wounds=simple, nose, 1%0Asimple, back, 2&payer=other").content.decode()
    assert "simple, nose, 1\nsimple, back, 2</textarea>" in page
    assert "<option selected>other</option>" in page
    assert "12001" in page and "12011" in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("mohs?site=moon&stages=1", "is not a site known here"),
        ("mohs?site=nose", "stages is needed"),
        ("flap?area_sq_cm=%3Cscript%3E", "area_sq_cm: expected"),
        ("drug?code=J1885&administered=3x", "administered: expected"),
    ],
)
def test_what_cannot_be_worked_is_told_beside_the_form(site, words, query, said):
    response = site.get(f"/worksheets/{query}")
    assert response.status_code == 400 and said in words(response)
    assert b"<script>" not in response.content.partition(b"<main")[2]
    assert b"worksheet-form" in response.content


def test_other_spellings_lead_to_the_address_and_unknown_ones_nowhere(site):
    moved = site.get("/worksheets/em_level?minutes=30")
    assert moved.status_code == 302 and moved["Location"] == "/worksheets/em-level?minutes=30"
    assert site.get("/worksheets/knitting").status_code == 404


def test_what_the_library_cannot_check_is_said(sparse_site, words):
    text = words(sparse_site.get(MOHS))
    assert "not checked" in text and "the add-on edits are not loaded" in text
    assert "Pair edits between these codes were not checked" in text
