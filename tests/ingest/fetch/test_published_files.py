"""The real published files, served from this machine where their publishers have them: fetched, built and answered."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from newsstand import GATE, RVU, ZIP, errand

from codeward.datasets.registry import DATASETS
from codeward.ingest.downloads import file_sha256
from codeward.ingest.fetch.wanted import Asked
from codeward.services.look_up import look_up
from codeward.store.library import open_library
from publisher import Publisher, drop_after, publisher

pytestmark = pytest.mark.official
MUE = "medicare-ncci-2026-q2-practitioner-services-mue-table.zip"
ASC = "january-2025-asc-approved-hcpcs-code-and-payment-rates.zip"
TAXONOMY = "/images/stories/CSV/nucc_taxonomy_251.csv"


@pytest.fixture
def site(official: Path) -> Iterator[Publisher]:
    with publisher() as running:
        running.put(f"{ZIP}rvu25d.zip", official / "mpfs" / "rvu25d.zip")
        running.page(RVU, f"{RVU}/rvu25d")
        running.page(f"{RVU}/rvu25d", f"{GATE}rvu25d.zip")
        running.put(ZIP + MUE, official / "ncci" / MUE)
        running.page(DATASETS["ncci-mue-practitioner"].landing, f"/files/zip/{MUE}")
        running.put(ZIP + ASC, official / "asc" / "january-2025-asc-addenda.zip")
        running.page(DATASETS["asc-aa"].landing, GATE + ASC)
        with zipfile.ZipFile(official / "nucc" / "nucc_taxonomy_251.zip") as book:
            running.put(f"https://www.nucc.org{TAXONOMY}", book.read("nucc_taxonomy_251.csv"))
        running.page(DATASETS["nucc-taxonomy"].landing, TAXONOMY)
        yield running


def test_real_files_come_through_a_bad_line_and_answer(official: Path, site: Publisher, tmp_path: Path):
    site.trick(f"{ZIP}rvu25d.zip", drop_after(100_000), drop_after(150_000))
    home = tmp_path / "home"
    names = ["mpfs-rvu", "ncci-mue-practitioner", "asc-aa", "nucc-taxonomy"]
    news = errand(site, home, date(2026, 4, 20)).watch(names).news
    assert {(item.dataset, item.edition) for item in news} == {
        ("mpfs-rvu", "2025D"),
        ("ncci-mue-practitioner", "2026Q2"),
        ("asc-aa", "2025-01"),
        ("nucc-taxonomy", "v25.1"),
    }
    report = errand(site, home, date(2026, 4, 20)).fetch(names, Asked(), accept=frozenset({"ama-cpt"}))
    assert [item.state for item in report.outcomes] == ["came"] * 4 and report.status == 0
    assert [item.headers.get("range") for item in site.asked("zip/rvu25d.zip") if item.method == "GET"] == [
        None,
        "bytes=100000-",
        "bytes=250000-",
    ]
    assert report.outcomes[0].sha256 == file_sha256(official / "mpfs" / "rvu25d.zip")
    answer = look_up(open_library(home), "17311", date(2026, 4, 20))
    urls = {source.dataset: source.url for source in answer.sources}
    assert urls["mpfs-rvu"] == f"{ZIP}rvu25d.zip" and urls["ncci-mue-practitioner"] == ZIP + MUE
    assert urls["asc-aa"] == ZIP + ASC
