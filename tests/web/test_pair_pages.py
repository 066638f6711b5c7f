"""The pair pages: one pair, the matrix, and what is said where nothing can be."""

from __future__ import annotations

DAY = "on=2024-08-15"


def test_two_codes_lead_to_their_pair(site):
    page = site.get(f"/pair?codes=88305,+17311&{DAY}")
    assert (page.status_code, page["Location"]) == (302, "/pair/88305/17311?on=2024-08-15")


def test_a_pair_says_who_is_paid_and_cites_the_row(site, words):
    page = site.get(f"/pair/88305/17311?{DAY}")
    assert "88305 is denied beside 17311" in words(page)
    assert "/source?c=ncci-ptp-practitioner" in page.content.decode()
    assert "Not checked" in words(page)


def test_no_edit_is_no_promise(site, words):
    assert "No edit is no promise of payment" in words(site.get(f"/pair/17311/20610?{DAY}"))


def test_an_unloaded_table_never_looks_like_no_edit(sparse_site, words):
    text = words(sparse_site.get(f"/pair/17311/17312?{DAY}"))
    assert "Not checked: the practitioner table is not loaded" in text
    assert "No edit" not in text
    matrix = words(sparse_site.get(f"/pair?codes=17311+17312+17314&{DAY}"))
    assert "Not checked: 3" in matrix
    assert "No edit:" not in matrix


def test_matrix_marks_the_denied_column_in_the_paid_row(site):
    page = site.get(f"/pair?codes=17311+88305+20610&{DAY}").content.decode()
    assert page.count('aria-label="88305 is denied beside 17311, unless a modifier applies"') == 1
    assert page.count('aria-label="17311 and 20610: no edit"') == 1
    assert page.count('aria-label="20610 and 17311: no edit"') == 1


def test_other_input_is_refused_in_words(site, words):
    assert site.get("/pair/17311/99999").status_code == 404
    for query in ("codes=17311", "codes=17311+G35", "codes=17311+88305&setting=clinic"):
        page = site.get(f"/pair?{query}")
        assert page.status_code == 400
        assert "expected" in words(page) or "give 2 to 25" in words(page)


def test_the_other_spelling_is_redirected(site):
    assert site.get(f"/pair/j1885/17311?{DAY}")["Location"] == "/pair/J1885/17311?on=2024-08-15"
