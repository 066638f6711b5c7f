"""Links of landing pages and patterns of addresses: which release each is for, and what stands before it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from codeward.core.faults import BadInput
from codeward.datasets.editions import edition_on
from codeward.datasets.registry import DATASETS
from codeward.ingest.fetch import guard, naming
from codeward.ingest.fetch.fetcher import can_fetch, chosen
from codeward.ingest.fetch.landing import Link, links_of
from codeward.ingest.fetch.mirror import Mirror, read_mirror
from codeward.ingest.fetch.session import Page
from codeward.ingest.fetch.troubles import Refused

CMS = "https://www.cms.gov"
ZIP = f"{CMS}/files/zip/"


def spot(dataset: str, url: str) -> tuple[str, str] | None:
    """Edition and part of an address, None when no link pattern of the dataset finds it."""
    found = DATASETS[dataset]
    for pattern in found.links:
        match = re.search(pattern, url, re.IGNORECASE)
        if match:
            where = naming.spot_of(found, url, match)
            return (edition_on(found, where.day), where.part) if where else None
    return None


NAMES = [
    ("mpfs-rvu", "rvu25d.zip", ("2025D", "")),
    ("mpfs-rvu", "rvu25d-0.zip", ("2025D", "")),
    ("mpfs-rvu", "rvu26c-updated-06-30-2026.zip", ("2026C", "")),
    ("mpfs-rvu", "rvu23a-updated-01/31/2023.zip", ("2023A", "")),
    ("mpfs-rvu", "pfrev26c-posted-06-30-2026.zip", None),
    ("mpfs-gpci", "rvu26a-updated-12-29-2025.zip", ("2026", "")),
    ("mpfs-gpci", "rvu26b.zip", None),
    (
        "ncci-ptp-practitioner",
        "medicare-ncci-2026q2-practitioner-ptp-edits-ccipra-v321r0-f3.zip",
        ("v32.1", "f3"),
    ),
    (
        "ncci-ptp-practitioner",
        "medicare-ncci-2026-q4-practitioner-ptp-edits-ccipra-v323r0-f1.zip",
        ("v32.3", "f1"),
    ),
    ("ncci-ptp-practitioner", "medicare-ncci-2026q2-hospital-ptp-edits-ccioph-v321r0-f1.zip", None),
    (
        "ncci-ptp-practitioner",
        "medicare-ncci-2026q2-practitioner-quarterly-additions-deletions-revisions-ptp.zip",
        None,
    ),
    ("ncci-ptp-outpatient", "medicare-ncci-2026q2-hospital-ptp-edits-ccioph-v321r0-f4.zip", ("v32.1", "f4")),
    ("ncci-mue-practitioner", "medicare-ncci-2026-q2-practitioner-services-mue-table.zip", ("2026Q2", "")),
    (
        "ncci-mue-outpatient",
        "medicare-ncci-2026-q4-facility-outpatient-hospital-services-mue-table.zip",
        ("2026Q4", ""),
    ),
    ("ncci-mue-dme", "medicare-ncci-2026-q2-dme-supplier-services-mue-table.zip", ("2026Q2", "")),
    ("ncci-aoc", "add-code-edits-medicare-effective-06012026.zip", ("2026Q2", "")),
    ("ncci-aoc", "aoc_v2024q3-mcr.zip", ("2024Q3", "")),
    ("hcpcs", "april-2026-alpha-numeric-hcpcs-file.zip", ("2026-04", "")),
    ("hcpcs-modifiers", "october-2024-alpha-numeric-hcpcs-files.zip", ("2024-10", "")),
    ("opps-addendum-b", "July-2024-addendum-b-080524.zip", ("2024-07", "")),
    ("opps-addendum-b", "cy-2026-april-opps-addendum-b.zip", ("2026-04", "")),
    ("opps-addendum-b", "October-2026-OPPS-Addendum-B.zip", ("2026-10", "")),
    ("opps-addendum-a", "October-2026-OPPS-Addendum-B.zip", None),
    ("asc-aa", "october-2026-asc-approved-hcpcs-code-payment-rates.zip", ("2026-10", "")),
    ("asc-bb", "april-2020-asc-approved-hcpcs-code-and-payment-rates-updated-04092020.zip", ("2020-04", "")),
    ("icd-10-cm", "2026-code-descriptions-tabular-order-updated.zip", ("FY2026", "descriptions")),
    ("icd-10-cm", "april-1-2026-code-descriptions-tabular-order.zip", ("2026-04", "descriptions")),
    ("icd-10-cm", "2024-code-tables-tabular-and-index-updated-02/01/2024.zip", ("FY2024", "tables")),
    ("icd-10-cm-notes", "april-1-2026-code-tables-tabular-index.zip", ("2026-04", "tables")),
    ("zip-locality", "zip-code-carrier-locality-file-revised-11-18-2025.zip", ("2025-10", "")),
    ("zip9-locality", "zip-code-carrier-locality-file-revised-02/18/2026.zip", ("2026-01", "")),
    ("ms-drg", "fy-2025-ipps-final-rule-table-5.zip", ("FY2025", "")),
    ("ms-drg", "fy2026-ipps-fr-table-5.zip", ("FY2026", "")),
    ("ms-drg", "fy-2025-ipps-final-rule-tables-6a-6k-and-tables-6p1a-6p4d.zip", None),
    ("ms-drg-cc", "fy-2025-ipps-final-rule-tables-6a-6k-and-tables-6p1a-6p4d.zip", ("FY2025", "")),
    ("ms-drg-cc", "fy-2025-ipps-final-rule-table-5.zip", None),
]


@pytest.mark.parametrize(("dataset", "file", "expected"), NAMES)
def test_the_names_cms_gives_its_files_tell_the_release(dataset, file, expected):
    assert spot(dataset, ZIP + file) == expected


def test_other_publishers_and_pages_between_tell_it_too():
    assert spot("nucc-taxonomy", "https://www.nucc.org/images/stories/CSV/nucc_taxonomy_251.csv") == ("v25.1", "")
    page = f"{CMS}/medicare/payment/fee-schedules/physician/pfs-relative-value-files/rvu26d"
    assert spot("mpfs-rvu", page) == ("2026D", "")
    rule = f"{DATASETS['ms-drg'].landing}/fy-2026-ipps-final-rule-home-page"
    assert spot("ms-drg", rule) == spot("ms-drg-cc", rule) == ("FY2026", "")


@pytest.mark.parametrize("dataset", [item for item in DATASETS.values() if item.addresses], ids=lambda item: item.id)
def test_every_pattern_is_found_again_as_the_release_it_was_filled_for(dataset):
    """Filled for a release, read back: the same release, or the pattern would fetch one edition as another."""
    starts = list(naming.days(dataset, date(2026, 11, 24)))[-6:]
    filled = [(day, part, url) for day in starts for part, url in naming.places(dataset, day)]
    assert filled
    for day, part, url in filled:
        for found in (match for pattern in dataset.links if (match := re.search(pattern, url, re.IGNORECASE))):
            assert naming.spot_of(dataset, url, found) == naming.Spot(day, part)


@pytest.mark.parametrize("dataset", [item.id for item in DATASETS.values() if can_fetch(item) and not item.addresses])
def test_what_only_a_page_leads_to_has_a_name_that_tells_its_release(dataset):
    """Where nothing is filled in, a published name must stand above, read as its release."""
    assert any(name == dataset and expected for name, _, expected in NAMES)


def test_an_april_file_is_no_candidate_for_october():
    urls = [url for _, url in naming.places(DATASETS["icd-10-cm"], date(2025, 10, 1))]
    assert f"{ZIP}2026-code-descriptions-tabular-order.zip" in urls
    assert not [url for url in urls if "april" in url]
    spring = [url for _, url in naming.places(DATASETS["icd-10-cm"], date(2026, 4, 1))]
    assert spring and all("april-1-2026" in url for url in spring)


def test_links_are_read_with_the_terms_that_stand_before_them():
    page = Page(
        f"{CMS}/medicare/ptp",
        '<a href="/files/zip/plain.zip">x</a><a href="/license/ama?file=/files/zip/gated.zip">x</a>'
        '<a href="/apps/ama/license.asp?file=/files/zip/old.zip">x</a><a href="/files/zip/plain.zip#again">x</a>'
        '<a href="mailto:a@b">x</a><a>x</a><a href="//ftp.cdc.gov/pub/a.zip">x</a>',
    )
    assert list(links_of(page)) == [
        Link(f"{ZIP}plain.zip"),
        Link(f"{ZIP}gated.zip", "ama-cpt"),
        Link(f"{ZIP}old.zip", "ama-cpt"),
        Link("https://ftp.cdc.gov/pub/a.zip"),
    ]


def test_a_click_through_leads_nowhere_else():
    page = Page(
        f"{CMS}/x",
        '<a href="/license/ama?file=https://evil.example/a.zip">x</a>'
        '<a href="/license/ama?file=//evil.example/a.zip">x</a>'
        '<a href="/license/ama">x</a><a href="/license/ama?file=file:///etc/passwd">x</a><a href="http://[bad">x</a>',
    )
    assert list(links_of(page)) == []


@pytest.mark.parametrize("text", ["", "   ", "\x00", "<", "<html", "not html at all", "<a href='/a.zip'>" * 3])
def test_a_page_that_is_no_page_gives_no_faults(text):
    assert len(list(links_of(Page(f"{CMS}/x", text)))) <= 1


def test_file_names_are_plain():
    assert naming.file_name(f"{ZIP}rvu23a-updated-01/31/2023.zip") == "rvu23a-updated-01-31-2023.zip"
    assert naming.file_name("https://ftp.cdc.gov/a/icd10cm-table%20and%20index-2026.zip") == (
        "icd10cm-table and index-2026.zip"
    )
    assert naming.file_name("https://x.example/a/..%2f..%2fetc%2fpasswd") == "passwd"
    assert naming.file_name("https://x.example/files/zip/..%2f..%2f.ssh%2fkey.zip") == "-..-.ssh-key.zip".lstrip("-.")
    assert naming.file_name("https://x.example/") == "file"


def test_public_hosts_alone_are_followed():
    guard.check("https://downloads.example.org/a.zip", frozenset(), lambda host: ["203.0.113.0", "8.8.8.8"][1:])
    guard.check("http://intranet:8080/a.zip", frozenset({"intranet:8080"}), lambda host: ["10.0.0.1"])
    for found in (["10.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["fe80::1%eth0"], ["::ffff:10.0.0.1"], []):
        with pytest.raises(Refused, match="not a public host"):
            guard.check("https://a.example/a.zip", frozenset(), lambda host, found=found: found)


def test_the_declared_publishers_are_trusted():
    hosts = guard.hosts_of(DATASETS.values())
    assert {"www.cms.gov", "www.nucc.org", "ftp.cdc.gov"} <= hosts


def test_a_mirror_stands_for_every_publisher():
    mirror = read_mirror(" https://mirror.example.org/codeward/ ")
    there = "https://mirror.example.org/codeward/www.cms.gov/files/zip/a.zip"
    assert mirror.route(f"{ZIP}a.zip") == there
    assert mirror.route(there) == there
    assert mirror.published(there) == f"{ZIP}a.zip"
    assert Mirror().route(f"{ZIP}a.zip") == f"{ZIP}a.zip"
    with pytest.raises(BadInput, match="is no mirror"):
        read_mirror("mirror.example.org")


def test_what_cannot_be_fetched_says_where_it_comes_from():
    for name, words in (
        ("pos", "Codeward's own"),
        ("cpt-descriptors", "a licence of your own"),
        ("cms-hcc", "--starter"),
        ("nonsense", "no dataset is called"),
    ):
        with pytest.raises(BadInput, match=words):
            chosen([name])
    assert {item.id for item in chosen(["all"])} >= {"mpfs-rvu", "hcpcs", "icd-10-cm", "ncci-ptp-outpatient"}
    assert not {"pos", "modifiers", "indicators", "cpt-descriptors"} & {item.id for item in chosen(["all"])}


def test_names_without_a_pattern_are_read_by_their_words():
    """Publications that others declare with links alone: the words in the name must do."""
    quarterly = replace(DATASETS["mpfs-rvu"], addresses=(), links=(r"\.zip$",))
    for file, expected in (
        ("zip-code-carrier-locality-file-revised-11-18-2025.zip", date(2025, 10, 1)),
        ("april-2026-medicare-part-b-payment-limit-files-03-10-2026-preliminary-file.zip", date(2026, 4, 1)),
        ("2026q2-table.zip", date(2026, 4, 1)),
        ("latest.zip", None),
        ("thirteenth-13-40-2025.zip", None),
    ):
        match = re.search(r"\.zip$", ZIP + file)
        found = naming.spot_of(quarterly, ZIP + file, match)
        assert (found and found.day) == expected, file


def test_a_family_is_all_its_datasets():
    assert {item.id for item in chosen(["ncci"])} >= {"ncci-aoc", "ncci-mue-dme", "ncci-ptp-practitioner"}
