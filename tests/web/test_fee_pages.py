"""Fee sections and the locality page, as read in a browser without scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from golden import fee_set
from making import BUILT, build_library

Words = Callable[[HttpResponse], str]
ON = "?on=2025-05-15"


@pytest.fixture(scope="module")
def fee_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Home of a library of the fee set."""
    folder = tmp_path_factory.mktemp("fee-pages")
    build_library(folder / "home", fee_set.write(folder / "files"))
    return folder / "home"


@pytest.fixture
def fee_site(fee_home: Path, settings) -> Client:
    """The site over the fee set."""
    settings.CODEWARD_HOME = fee_home
    return Client()


def test_a_laboratory_test_shows_its_rate_first(fee_site: Client, words: Words) -> None:
    text = words(fee_site.get(f"/cpt/80053{ON}"))
    assert "Laboratory fee $10.56 one national rate" in text
    assert "The DMEPOS fee schedule (2025-04) has no row for this code." in text
    assert "In CMS's words (2025) B Codes that are not recognized" in text


def test_states_and_localities_are_folded(fee_site: Client, words: Words) -> None:
    page = fee_site.get(f"/hcpcs/E0601{ON}")
    assert "<summary>Fee by state with RR (53)</summary>" in page.content.decode()
    assert "Alabama 51.58 94.93" in words(page)
    assert "Equipment fee $" in words(page)


def test_an_anesthesia_code_says_what_is_not_loaded(fee_site: Client, words: Words) -> None:
    text = words(fee_site.get(f"/cpt/00100{ON}"))
    assert "Anesthesia factor $20.3178 a unit, base units not loaded" in text
    assert "Not loaded: Anesthesia base units" in text


def test_an_excluded_procedure_says_so_at_the_top(fee_site: Client, words: Words) -> None:
    text = words(fee_site.get("/hcpcs/G0412?on=2025-01-15"))
    assert "Surgical center excluded not paid there, addendum EE" in text
    assert "Surgical center not listed" in words(fee_site.get(f"/hcpcs/G0412{ON}"))


def test_schedules_that_are_not_loaded_are_named(sparse_site: Client, words: Words) -> None:
    text = words(sparse_site.get("/cpt/17311?on=2024-08-15"))
    assert (
        "Not loaded, so not known here: Clinical laboratory fee schedule , Medicare Part B drug payment limits" in text
    )


def test_zip_with_its_indices(fee_site: Client, words: Words) -> None:
    page = fee_site.get(f"/locality{ON}&zip=99501")
    text = words(page)
    assert page.status_code == 200
    assert "ALASKA contractor 02102 , locality 01" in text
    assert "Work index (GPCI) 1.500" in text
    assert "Anesthesia factor 27.86 nationally 20.3178" in text
    assert "/source?c=zip-locality%402025-01" in page.content.decode()


def test_a_shared_zip_says_that_it_needs_plus_four(fee_site: Client, words: Words) -> None:
    text = words(fee_site.get(f"/locality{ON}&zip=35958"))
    assert "Plus-four needed: the four more digits decide, and they were not given." in text
    assert "Plus-four needed" not in words(fee_site.get(f"/locality{ON}&zip=35958-0042"))


def test_an_unknown_zip_and_one_that_is_none(fee_site: Client, words: Words) -> None:
    unknown, none = fee_site.get(f"/locality{ON}&zip=00000"), fee_site.get(f"/locality{ON}&zip=abc")
    assert (unknown.status_code, none.status_code) == (404, 400)
    assert "ZIP 00000 is not in the file in force (2025-01)" in words(unknown)
    assert "'abc' is no ZIP code: expected five digits" in words(none)


def test_a_county_in_doubt_says_so(fee_site: Client, words: Words) -> None:
    text = words(fee_site.get(f"/locality{ON}&county=Orange&state=CA"))
    assert "Not certain. CMS names some counties" in text
    assert "Not certain" not in words(fee_site.get(f"/locality{ON}&county=Mobile&state=AL"))


def test_without_the_zip_file_the_page_says_how_to_load_it(sparse_site: Client, words: Words) -> None:
    page = sparse_site.get("/locality?zip=99501")
    assert page.status_code == 503
    assert "Not loaded: ZIP codes: contractor and locality" in words(page)


def test_the_form_alone_asks_nothing(fee_site: Client, words: Words) -> None:
    page = fee_site.get("/locality")
    assert page.status_code == 200
    assert "Not loaded" not in words(page)


def test_terms_show_the_users_beside_the_day(tmp_path: Path, settings, words: Words) -> None:
    from codeward.ingest.build import build
    from codeward.store.home import Home

    licensed = fee_set.GOLDEN / "cpt-descriptors" / "2026" / "CPT2026.zip"
    accept = frozenset({"ama-licensed"})
    home = Home(tmp_path)
    build(home, [licensed], accept=accept, users=12, now=lambda: BUILT, progress=lambda text, share: None)
    settings.CODEWARD_HOME = tmp_path
    assert "Accepted in this library’s home on 2026-11-02 for 12 users." in words(Client().get("/terms"))
    (tmp_path / "acceptances.jsonl").write_text('{"terms": "ama-licensed", "accepted": "2026-01-02T03:04:05+00:00"}\n')
    assert "on 2026-01-02; how many users the licence covers is not recorded" in words(Client().get("/terms"))
