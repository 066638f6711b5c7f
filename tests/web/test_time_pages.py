"""The data room, what changed, feeds, comparing, my codes and browsing, as a browser without scripts sees them."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from codeward.datasets.registry import DATASETS
from codeward.web.pages.csv_rows import safe_cell

ATOM = "{http://www.w3.org/2005/Atom}"
PAGES = (
    "/data",
    "/data?on=2025-11-01",
    "/data/mpfs-rvu",
    "/data/cms-hcc",
    "/data/ncci-ptp-practitioner",
    "/changes",
    "/changes/mpfs-rvu/2024C..2025A",
    "/changes/mpfs-rvu/2024C..2025A?beyond=1&column=work",
    "/changes/icd-10-cm/2025-04..2026-04",
    "/changes/mine",
    "/compare",
    "/compare?a=17313&b=17314&on=2025-11-01",
    "/compare?a=99213&on=2024-08-15&on2=2025-11-01",
    "/browse",
    "/hcpcs/browse",
    "/hcpcs/browse/A90",
    "/cpt/browse",
    "/cpt/browse/Procedure/Skin",
)


@pytest.mark.parametrize("path", PAGES)
def test_pages_answer_without_inline_script_or_style(site, path):
    page = site.get(path)
    body = page.content.decode()
    assert page.status_code == 200
    assert "unsafe" not in page["Content-Security-Policy"]
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", body)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", body))


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_a_page_leads_somewhere(site, path):
    body = site.get(path).content.decode()
    for address in sorted(set(re.findall(r'<a [^>]*href="(/[^"#]*)', body)))[:60]:
        response = site.get(unescape(address))
        unloaded = response.status_code == 503 and "codeward library build" in response.content.decode()
        assert response.status_code in (200, 302) or unloaded, address


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_dataset_has_its_page_in_the_data_room(site, words, dataset):
    response = site.get(f"/data/{dataset}")
    assert response.status_code == 200
    assert DATASETS[dataset].columns[0].name in words(response)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/data/none", 404),
        ("/changes/mpfs-rvu/2024C..2030A", 404),
        ("/changes/none/a..b", 404),
        ("/changes/cms-hcc/a..b", 404),
        ("/changes/mpfs-rvu/2024C..2025A?change=altered", 400),
        ("/changes/mpfs-rvu/2024C..2025A?column=price", 400),
        ("/changes/mpfs-rvu/2024C..2025A?start=x", 400),
        ("/changes/mpfs-rvu/2024C..2025A?begins=123456789", 400),
        ("/compare?a=17311&b=17319", 404),
        ("/compare?a=17311&on2=soon", 400),
        ("/compare?a=17311&b=17313&system=none", 400),
        ("/feeds/none.atom", 404),
        ("/feeds/cpt/xyz.atom", 404),
        ("/hcpcs/browse/Z", 404),
        ("/cpt/browse/None", 404),
    ],
)
def test_what_there_is_not(site, path, status):
    assert site.get(path).status_code == status


def test_data_room_says_fresh_and_overdue(site, words):
    text = words(site.get("/data?on=2026-01-31"))
    assert re.search(
        r"Physician fee schedule relative values mpfs-rvu 2025D .*?overdue 31 days next was due 2026-01-01", text
    )
    text = words(site.get("/data?on=2025-11-01"))
    assert re.search(r"mpfs-rvu 2025D from 2025-10-01 18 to 2025-12-31 next on 2026-01-01", text)


def test_data_room_never_shows_not_loaded_as_fresh(sparse_site, words):
    text = words(sparse_site.get("/data"))
    assert re.search(r"icd-10-cm not loaded codeward library build PATH --add", text)
    assert "Not loaded : nothing is known from it" in words(sparse_site.get("/data/icd-10-cm"))


def test_dataset_page_draws_and_tells_the_same(site, words):
    page = site.get("/data/mpfs-rvu?on=2025-11-01")
    body, text = page.content.decode(), words(page)
    assert body.count('class="gap-block"') == 2
    assert 'title="Physician fee schedule relative values: what changed" href="/feeds/mpfs-rvu.atom"' in body
    assert "2024-10-01 2025-04-01 2025-07-01" in text
    assert "since 2025A" in text
    assert re.search(r"sha256 [0-9a-f]{64}", text)
    assert "conversion_factor CONV FACTOR number, 4 decimals never empty" in text


def test_changes_are_counted_filtered_and_sourced(site, words):
    assert re.search(r"2025A → 2025D .*? 1 0 0 2 editions between not loaded", words(site.get("/changes")))
    page = site.get("/changes/mpfs-rvu/2024C..2025A?begins=17314")
    text = words(page)
    assert "total nonfacility 11.89 → 11.82" in text
    assert "Conversion factor changed from 33.2875 to 32.3465 on every changed row" in text
    assert len(re.findall(r'class="src" href="/source\?c=mpfs-rvu%40202[45]', page.content.decode())) == 2
    assert "1 to 9 of 9 that the filter lets through" in words(site.get("/changes/mpfs-rvu/2024C..2025A?beyond=1"))


def test_changes_as_csv(site):
    page = site.get("/changes/mpfs-rvu/2024C..2025A.csv?begins=17314&column=malpractice")
    assert page["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(page.content.decode())))
    assert rows[0][:6] == ["change", "code", "modifier", "qualifying", "column", "before"]
    assert ["changed", "17314", "", "", "malpractice", "0.32", "0.30"] in [row[:7] for row in rows]
    assert all(row[7].startswith("mpfs-rvu@2024C:") for row in rows[1:])


@pytest.mark.parametrize(
    ("cell", "safe"),
    [("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("-cmd|x", "'-cmd|x"), ("\t=1", "'\t=1"), ("+", "'+"),
     ("-1.50", "-1.50"), ("17311", "17311"), ("a=b", "a=b"), ("", "")],
)  # fmt: skip
def test_no_cell_is_a_formula(cell, safe):
    assert safe_cell(cell) == safe


def feed_of(site, path, **headers):
    page = site.get(path, headers=headers)
    assert page["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(page.content)


@pytest.mark.parametrize("path", ["/feeds/mpfs-rvu.atom", "/feeds/cpt/17314.atom", "/feeds/icd-10-cm/G35.atom"])
def test_feeds_are_atom(site, path):
    feed = feed_of(site, path)
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    for item in (feed, *entries):
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", item.findtext(f"{ATOM}id"))
        assert item.findtext(f"{ATOM}title")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]+(Z|\+00:00)", item.findtext(f"{ATOM}updated"))
        assert item.findtext(f"{ATOM}author/{ATOM}name") == "Codeward"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"http://testserver{path}"
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)


def test_feed_ids_do_not_move_with_the_site(site, settings):
    settings.ALLOWED_HOSTS = ["*"]
    ids = []
    for host in ("one.example", "two.example"):
        page = site.get("/feeds/mpfs-rvu.atom", headers={"host": host})
        ids.append([item.text for item in ElementTree.fromstring(page.content).iter(f"{ATOM}id")])
    assert ids[0] == ids[1]


def test_feed_entries_lead_to_the_changes(site):
    entry = feed_of(site, "/feeds/mpfs-rvu.atom").find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}link").get("href") == "http://testserver/changes/mpfs-rvu/2025A..2025D"
    assert entry.findtext(f"{ATOM}summary").startswith("Since 2025A: 1 added, 0 removed, 0 changed.")
    assert entry.findtext(f"{ATOM}updated").startswith("2025-10-01T00:00:00")


def test_a_feed_that_has_not_changed_is_not_sent_again(site):
    first = site.get("/feeds/mpfs-rvu.atom")
    again = site.get("/feeds/mpfs-rvu.atom", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert site.get("/feeds/mpfs-rvu.atom", headers={"if-none-match": '"other"'}).status_code == 200


def test_code_pages_show_their_timeline_and_feed(site, words):
    page = site.get("/cpt/17314?on=2024-08-15")
    text = words(page)
    assert 'href="/feeds/cpt/17314.atom"' in page.content.decode()
    assert "after the day of service Total RVU, non-facility 11.89 → 11.82" in text
    assert "Not loaded between 2024C and 2025A: it may have changed as early as 2024-10-01." in text
    assert "The loaded editions show no change of this code." in words(site.get("/icd-10-cm/C44.1121"))
    assert "a code → ended after this day" in words(site.get("/hcpcs/A9002?on=2025-08-01"))


def test_comparing_shows_differences_first(site, words):
    text = words(site.get("/compare?a=99213&on=2024-08-15&on2=2025-11-01"))
    assert "National amount, non-facility 90.87" in text
    assert text.index("Total RVU, non-facility") < text.index("The same on both sides") < text.index("Work RVU")
    assert re.search(r"Not loaded for the first side: opps-addendum-b", text)


def test_my_codes_pasted(site, words):
    text = words(site.post("/changes/mine", {"codes": "17311 G35 88305 00001"}))
    assert "Taken: 4 codes from a list of codes" in text
    assert re.search(r"NCCI unit limits, practitioner 2024Q3 → 2026Q2 .*? 17311 changed limit 4 → 5", text)
    assert "Not touched by what was compared: 88305 , 00001" in text
    assert "In no loaded list , so perhaps mistyped or not loaded: 00001" in text
    assert "Not compared" in text


def test_my_codes_in_a_file_are_read_and_not_kept(site, words, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    table = b"Name,DOB,CPT,Date of Service\nZebulon Quarles,1950-01-01,17311,2026-05-01\n"
    page = site.post("/changes/mine", {"file": SimpleUploadedFile("claims.csv", table), "codes": "G35"})
    text = words(page)
    assert "Taken: 2 codes from a table, its columns CPT" in text
    assert "1 of the service days taken falls under it: 2026-05-01" in text
    assert "Quarles" not in text and "1950" not in text
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"codes": ""}, "nothing was given"),
        ({"codes": "no codes here"}, "no code was found"),
        ({"codes": "17311 " * 400_000}, "larger than 2,000,000 bytes"),
        ({"codes": "17311", "since": "yesterday"}, "neither a day"),
        ({"codes": "17311", "pair": "mpfs-rvu/a..b"}, "not loaded"),
    ],
)
def test_my_codes_refused_in_words(site, words, given, told):
    page = site.post("/changes/mine", given)
    assert page.status_code in (400, 404)
    assert told in words(page)


def test_my_codes_against_chosen_releases(site, words):
    text = words(site.post("/changes/mine", {"codes": "20610", "pair": "mpfs-rvu/2024C..2025A"}))
    assert "1 row changed only as every row did: conversion factor 33.2875 → 32.3465" in text
    text = words(site.post("/changes/mine", {"codes": "17314", "since": "2024-08-15"}))
    assert "Physician fee schedule relative values 2024C → 2025D" in text


def test_browsing_shows_no_text_the_ama_owns(site, words):
    text = words(site.get("/cpt/browse/Procedure/Skin/Mohs%20surgery"))
    assert "Numbers only" in text
    assert "17311 A Active" in text
    assert "Skin test strip" not in text and "Test strip for skin" in words(site.get("/hcpcs/browse/A90"))


def test_the_index_shows_only_pages_there_are(site):
    body = site.get("/browse").content.decode()
    assert 'href="/hcpcs/browse"' in body
    assert 'href=""' not in body


def test_pages_need_a_library(bare_site):
    for path in ("/data", "/changes", "/changes/mine", "/compare", "/hcpcs/browse", "/feeds/mpfs-rvu.atom"):
        assert bare_site.get(path).status_code == 503, path
    assert bare_site.get("/browse").status_code == 200
