"""Coverage documents: listed and shown in the version that stands on a day, out of the list or the exports."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from codeward.core.faults import BadInput, NotFound, NotLoaded
from codeward.datasets.mcd import TABLES
from codeward.services.coverage_documents import Asked, coverage_document, coverage_documents, document_id
from codeward.store.library import Library, open_library
from golden.published import pack
from making import build_library

GOLDEN = Path(__file__).parents[1] / "golden"
LISTED = date(2025, 8, 20)


@pytest.fixture(scope="module")
def list_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Home of a library with the list of documents alone."""
    home = tmp_path_factory.mktemp("listed")
    build_library(home, GOLDEN / "mcd-documents/2025-08-08/documents_latest.csv")
    return home


@pytest.fixture(scope="module")
def export_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Home of a library with the exports of articles, LCDs and NCDs."""
    home = tmp_path_factory.mktemp("exported")
    paths = []
    for extent, name in (("all_", "article"), ("current_", "lcd"), ("", "ncd")):
        tables = [table.name for table in TABLES if name in table.exports.split("|")]
        files = {
            f"{name}_csv/{table}.csv": next((GOLDEN / f"mcd-{table.replace('_', '-')}").rglob("*.csv")).read_bytes()
            for table in tables
        }
        paths.append(pack(home / f"{extent}{name}_2026-10-08.zip", files))
    build_library(home / "home", *paths)
    return home / "home"


@pytest.fixture
def listed(list_home: Path) -> Library:
    return open_library(list_home)


@pytest.fixture
def exported(export_home: Path) -> Library:
    return open_library(export_home)


@pytest.fixture
def pages(list_home: Path, settings) -> Client:
    settings.CODEWARD_HOME = list_home
    return Client()


def standings(library: Library, on: date, asked: Asked | None = None) -> dict[str, tuple[int, str]]:
    found = coverage_documents(library, on, asked or Asked()).value
    return {item.id: (item.version, item.standing) for item in found}


@pytest.mark.parametrize(
    ("on", "version", "standing"),
    [
        (date(2025, 8, 10), 45, "earlier version not loaded"),
        (date(2025, 8, 14), 45, "in force"),
        (date(2025, 9, 7), 46, "in force"),
        (date(2024, 1, 1), 45, "earlier version not loaded"),
    ],
)
def test_the_version_that_stands_on_the_day(listed: Library, on: date, version: int, standing: str) -> None:
    assert standings(listed, on)["L90001"] == (version, standing)


def test_a_first_version_can_only_be_coming(exported: Library) -> None:
    assert standings(exported, date(2010, 1, 1))["L80002"] == (1, "coming")


def test_a_retired_document_has_ended(listed: Library) -> None:
    assert standings(listed, LISTED)["A90002"] == (3, "ended")
    assert standings(listed, date(2025, 6, 5))["A90002"] == (3, "in force")


def test_an_old_list_says_so(listed: Library) -> None:
    assert not coverage_documents(listed, date(2025, 8, 12), Asked()).warnings
    (caveat,) = coverage_documents(listed, date(2026, 8, 12), Asked()).warnings
    assert "as exported on 2025-08-08" in caveat.text


def test_filters_narrow_and_unknown_ones_are_refused(listed: Library) -> None:
    assert set(standings(listed, LISTED, Asked(kind="Article"))) == {"A90002"}
    assert set(standings(listed, LISTED, Asked(standing="ended"))) == {"A90002"}
    assert set(standings(listed, LISTED, Asked(words="TESTING equipment"))) == set()
    assert set(standings(listed, date(2025, 9, 8), Asked(words="made-up EQUIPMENT"))) == {"L90001"}
    for asked in (Asked(kind="x"), Asked(standing="x")):
        with pytest.raises(BadInput):
            coverage_documents(listed, LISTED, asked)


def test_exports_give_days_owners_and_ncds(exported: Library) -> None:
    found = {item.id: item for item in coverage_documents(exported, date(2026, 10, 9), Asked()).value}
    assert set(found) == {"A90001", "A90002", "L80001", "L80002", "990.1", "990.10"}
    assert found["A90001"].owner == "Made-up Contractor"
    assert found["990.1"].standing == "in force"
    assert found["990.10"].standing == "ended"
    assert found["L80001"].address.endswith("lcd.aspx?lcdid=80001&ver=3")
    assert coverage_document(exported, "NCD 990.10", date(2015, 1, 1)).value[0].standing == "in force"


@pytest.mark.parametrize(
    ("typed", "number"),
    [("l34195", ("LCD", "L34195")), ("A 56836", ("Article", "A56836")), ("NCD 310.1", ("NCD", "310.1"))],
)
def test_numbers_however_typed(typed: str, number: tuple[str, str]) -> None:
    assert document_id(typed) == number


def test_not_found_is_not_not_loaded(listed: Library) -> None:
    with pytest.raises(NotFound):
        coverage_document(listed, "L99999", LISTED)
    with pytest.raises(NotLoaded):
        coverage_document(listed, "310.1", LISTED)
    with pytest.raises(BadInput):
        coverage_document(listed, "L1", LISTED)


def test_pages(pages: Client, words) -> None:
    page = pages.get("/coverage?on=2025-08-20")
    assert "L90001 LCD Made-up Testing" in words(page)
    assert "Not loaded: MCD national coverage determinations" in words(page)
    text = words(pages.get("/coverage/L90001?on=2025-09-10"))
    assert "Version 46" in text
    assert "Other versions loaded Version 45, in force, from 2025-08-14" in text
    assert pages.get("/coverage/l90001")["Location"] == "/coverage/L90001"
    assert pages.get("/coverage/L99999").status_code == 404
    assert pages.get("/coverage/310.1").status_code == 503
    assert pages.get("/coverage/zz").status_code == 400
    assert pages.get("/coverage?kind=zz").status_code == 400
    assert "No document fits." in words(pages.get("/coverage?q=xylophone&kind=LCD"))
