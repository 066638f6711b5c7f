"""Addresses and links of the fee publications are those that CMS has used."""

from __future__ import annotations

import re
from datetime import date

import pytest

from codeward.datasets.registry import DATASETS

FILES = "https://www.cms.gov/files/zip/"
KNOWN = [
    ("mpfs-anesthesia", date(2025, 1, 1), "rvu25a.zip"),
    ("county-locality", date(2025, 1, 1), "rvu25a.zip"),
    ("opps-cap", date(2025, 10, 1), "rvu25d.zip"),
    ("clfs", date(2025, 10, 1), "25clabq4.zip"),
    ("asp", date(2025, 1, 1), "january-2025-asp-pricing-file.zip"),
    ("dmepos", date(2026, 7, 1), "dme26-c.zip"),
    ("dmepos-rural-zip", date(2026, 7, 1), "dme26-c.zip"),
    ("asc-ee", date(2026, 7, 1), "july-2026-asc-addenda.zip"),
    ("mpfs-anesthesia-base", date(2022, 1, 1), "2022-anesthesia-base-units-cpt-code.zip"),
]
LINKED = [
    ("zip-locality", "/files/zip/zip-code-carrier-locality-file-revised-02-18-2026.zip"),
    ("zip9-locality", "/files/zip/zip-code-carrier-locality-file-revised-08/14/2025.zip"),
    ("opps-cap", "/files/zip/rvu26b-updated-05-01-2026.zip"),
    ("asp", "/files/zip/october-2026-medicare-part-b-payment-limit-files-final.zip"),
    ("clfs", "/files/zip/25clabq4.zip"),
    ("dmepos", "/files/zip/dme26-a.zip"),
    ("asc-ff", "/files/zip/july-2026-asc-addenda.zip"),
]


@pytest.mark.parametrize(("dataset", "effective", "name"), KNOWN)
def test_a_release_lies_at_its_address(dataset: str, effective: date, name: str) -> None:
    fitting = [item.fill(effective) for item in DATASETS[dataset].addresses if item.fits(effective)]
    assert FILES + name in fitting


@pytest.mark.parametrize(("dataset", "link"), LINKED)
def test_the_landing_page_s_link_is_found(dataset: str, link: str) -> None:
    assert any(re.search(pattern, link) for pattern in DATASETS[dataset].links)
    assert not any(re.search(pattern, "/files/zip/readme.zip") for pattern in DATASETS[dataset].links)
