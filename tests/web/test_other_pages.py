"""Home, source, library and terms; what is not loaded; how requests are met."""

from __future__ import annotations

import re

import pytest

PAGES = (
    "/",
    "/search?q=skin",
    "/cpt/17314?on=2025-11-01",
    "/hcpcs/J1885",
    "/icd-10-cm/C44.1121",
    "/modifier/59",
    "/pos/11",
    "/taxonomy/207ND0101X",
    "/cpt/17311/edits?on=2024-08-15",
    "/library",
    "/terms",
    "/cpt/17319",
    "/cpt/17314?on=x",
    "/nowhere",
)


def test_home_says_what_is_loaded_and_what_is_not(site, sparse_site, words, small_library_home, settings):
    text = words(sparse_site.get("/?on=2024-08-15"))
    assert "Physician fee schedule relative values 2024C" in text
    assert re.search(r"Not loaded for 2024-08-15 .*ICD-10-CM codes", text)
    settings.CODEWARD_HOME = small_library_home
    assert "207ND0101X" in words(site.get("/"))


def test_examples_are_only_of_what_is_loaded(sparse_site):
    body = sparse_site.get("/").content.decode()
    assert "/cpt/17314" in body
    assert "/icd-10-cm/" not in body


def test_source_page_shows_the_row_and_how_to_verify_it(site, words):
    mark = re.search(r'href="(/source\?c=mpfs[^"]+)"', site.get("/cpt/17314?on=2025-11-01").content.decode())
    assert mark is not None
    page = site.get(mark[1].replace("&amp;", "&"))
    text = words(page)
    assert page.status_code == 200
    assert "code 17314" in text
    assert re.search(r"sha256 [0-9a-f]{64}", text)
    assert "codeward library verify 'mpfs-rvu@2025D:" in text


@pytest.mark.parametrize(
    ("citation", "status"),
    [("", 400), ("nonsense", 400), ("mpfs-rvu@2025D:none.csv#1", 404), ("none@1:a#1", 404)],
)
def test_bad_citations(site, citation, status):
    assert site.get("/source", {"c": citation}).status_code == status


def test_library_page_lists_editions_and_what_is_not_loaded(site, sparse_site, words, settings, small_library_home):
    text = words(sparse_site.get("/library"))
    assert "codeward library build PATH --add" in text
    settings.CODEWARD_HOME = small_library_home
    text = words(site.get("/library"))
    assert "2025D from 2025-10-01" in text
    assert re.search(r"sha256 [0-9a-f]{64}", text)


def test_terms_page_has_the_terms_and_the_owners(site, words):
    text = words(site.get("/terms"))
    assert "Terms for datasets that hold CPT codes" in text
    assert "Accepted in this library’s home on 2026-11-02" in text
    for owner in ("American Dental Association", "National Uniform Claim Committee", "World Health Organization"):
        assert owner in text


def test_what_is_not_loaded_is_named_in_its_place(sparse_site, words):
    page = sparse_site.get("/cpt/17311?on=2024-08-15")
    text = words(page)
    assert page.status_code == 200
    for title in ("NCCI unit limits, practitioner", "NCCI add-on code edits", "OPPS Addendum B"):
        assert f"Not loaded: {title}" in text
    assert "codeward library build PATH --add --accept ama-cpt" in text
    assert "https://www.cms.gov" in page.content.decode()
    assert "No add-on edit names" not in text


def test_system_that_is_not_loaded(sparse_site, words):
    page = sparse_site.get("/icd-10-cm/C44.1121")
    assert page.status_code == 503
    assert "Not loaded: ICD-10-CM codes" in words(page)


def test_day_before_anything_loaded(site, words):
    page = site.get("/cpt/17311?on=1999-01-01")
    assert page.status_code == 503
    assert "1999-01-01" in words(page)


def test_no_library_yet(bare_site, words):
    for path in ("/", "/cpt/17314", "/library", "/search?q=skin"):
        page = bare_site.get(path)
        assert page.status_code == 503, path
        assert "codeward library build --starter --accept ama-cpt" in words(page)
    assert bare_site.get("/terms").status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_pages_carry_no_inline_script_or_style(site, path):
    body = site.get(path).content.decode()
    assert "<style" not in body
    assert not re.search(r"\sstyle=", body)
    assert not re.search(r"\son[a-z]+=\"", body)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", body))


@pytest.mark.parametrize("path", PAGES)
def test_headers_are_strict(site, path):
    page = site.get(path)
    policy = page["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["Referrer-Policy"] == "same-origin"
    assert page["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", ["/", "/cpt/17314", "/search", "/source", "/library", "/terms", "/suggest"])
def test_head_is_met_and_post_refused(site, path):
    assert site.head(path).status_code in (200, 302, 400)
    assert site.post(path).status_code == 405


def test_no_page_lives_there(site, words):
    page = site.get("/nowhere")
    assert page.status_code == 404
    assert "There is no such page" in words(page)


def test_static_files_are_served_and_stamped(site):
    body = site.get("/").content.decode()
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', body):
        assert re.search(r"\?v=[0-9a-f]{10}$", address), address
        file = site.get(address)
        assert file.status_code == 200
        assert "max-age" in file["Cache-Control"]


def test_swapped_library_is_noticed(tmp_path, small_library_home, sparse_home, settings, words, site):
    home = tmp_path / "home"
    home.mkdir()
    current = home / "current"
    current.symlink_to((sparse_home / "current").resolve())
    settings.CODEWARD_HOME = home
    assert site.get("/taxonomy/207ND0101X").status_code == 503
    fresh = home / "fresh"
    fresh.symlink_to((small_library_home / "current").resolve())
    fresh.replace(current)
    assert "MOHS-Micrographic Surgery" in words(site.get("/taxonomy/207ND0101X"))
