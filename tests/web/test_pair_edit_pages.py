"""Pair edits: both settings and directions, filtered, paged, whole page or panel alone."""

from __future__ import annotations

import pytest


def test_code_page_shows_the_first_setting_that_has_edits(site, words):
    text = words(site.get("/cpt/17311?on=2024-08-15"))
    assert "17311 stands in column 1" in text
    assert "paid, column 1 2" in text


def test_other_direction(site, words):
    page = site.get("/cpt/88305/edits?setting=practitioner&side=column2&on=2024-08-15")
    assert page.status_code == 200
    assert "88305 stands in column 2" in words(page)
    assert 'href="/cpt/17311?on=2024-08-15"' in page.content.decode()


def test_filters_by_beginning_and_indicator(site, words):
    url = "/cpt/66984/edits?setting=practitioner&side=column1&on=2024-08-15"
    assert "1 to 3 of 3" in words(site.get(url))
    assert "1 to 2 of 2 that the filter lets through" in words(site.get(url + "&indicator=0"))
    assert "1 to 1 of 1" in words(site.get(url + "&begins=67015"))
    assert "None of the 3 edits passes this filter." in words(site.get(url + "&begins=99"))


def test_pages_through(site, words):
    url = "/cpt/17311/edits?setting=outpatient-hospital&side=column1&on=2024-08-15"
    assert "1 to 16 of 16" in words(site.get(url))
    beyond = words(site.get(url + "&start=25"))
    assert "this page begins after the last" in beyond


def test_none_is_said_in_words(site, words):
    text = words(site.get("/cpt/17311/edits?side=column2&on=2024-08-15"))
    assert "No pair edit in force on 2024-08-15 has 17311 in column 2" in text


def test_panel_alone_for_a_page_that_swaps_it_in(site):
    page = site.get("/cpt/17311/edits?on=2024-08-15", headers={"HX-Request": "true"})
    assert page.content.decode().startswith('<div id="pair-panel"')
    assert "HX-Request" in page["Vary"]


@pytest.mark.parametrize("query", ["setting=clinic", "side=column3", "indicator=9", "start=-1", "start=x"])
def test_bad_choice_is_refused(site, words, query):
    page = site.get(f"/cpt/17311/edits?{query}")
    assert page.status_code == 400
    assert "expected" in words(page)


def test_only_procedures_have_them(site):
    assert site.get("/icd-10-cm/C44.1121/edits").status_code == 404
    assert site.get("/cpt/17319/edits").status_code == 404


def test_unloaded_setting_never_looks_like_none(sparse_site, words):
    text = words(sparse_site.get("/cpt/17311/edits?on=2024-08-15"))
    assert "Not loaded: NCCI procedure-to-procedure edits, practitioner" in text
    assert "No pair edit" not in text
