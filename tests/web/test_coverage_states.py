"""Contractors by state: a tile for every state, the table beside the map, and the documents of one state."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from codeward.core.states import STATES
from codeward.services.coverage_states import states_served
from codeward.web.pages.state_tiles import HEIGHT, PLACES, WIDTH, legend, tiles
from golden.published import put
from making import build_library

HEAD = (
    "document_display_id,document_id,document_version,document_type,title,contractor_name_type,effective_date,"
    "retirement_date,note,updated_on,updated_on_sort,url"
)
NOVITAS = "Novitas Solutions, Inc.\n(MAC - Part A, MAC - Part B)"
CHAIRS = "CGS Administrators, LLC\n(DME MAC)\n\nNoridian Healthcare Solutions, LLC\n(DME MAC)"
DOCUMENTS = (
    ("L90011", "LCD", "Made-up Testing", NOVITAS, "01/02/2024"),
    ("A90012", "Article", "Made-up Testing Coding", "Novitas Solutions, Inc.\n(MAC - Part B)", "01/02/2024"),
    ("L90013", "LCD", "Made-up Chairs", CHAIRS, "01/02/2024"),
    ("L90014", "LCD", "Made-up Elsewhere", "Palmetto GBA\n(MAC - Part A, MAC - Part B)", "01/02/2024"),
    ("L90015", "LCD", "Made-up Hospice", "CGS Administrators, LLC\n(HHH MAC)", "01/02/2024"),
    ("L90016", "LCD", "Made-up Later", NOVITAS, "01/02/2027"),
)


def listed(number: str, kind: str, title: str, owner: str, since: str) -> str:
    """One line of the list as published."""
    head = f'{number},{number[1:]},2,{kind},{title},"{owner}",{since},N/A,'
    return f"{head},08/08/2025,20250808120000,https://example.test/{number}"


@pytest.fixture(scope="module")
def list_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("states")
    put(home / "files", "documents_2025-08-08.csv", "\n".join([HEAD, *(listed(*item) for item in DOCUMENTS), ""]))
    build_library(home / "home", home / "files")
    return home / "home"


@pytest.fixture
def pages(list_home: Path, settings) -> Client:
    settings.CODEWARD_HOME = list_home
    return Client()


def test_every_state_has_one_tile_of_its_own_inside_the_map() -> None:
    assert set(PLACES) == set(STATES)
    assert len(set(PLACES.values())) == len(PLACES)
    assert all(0 <= x < WIDTH and 0 <= y < HEIGHT for x, y in PLACES.values())


@pytest.mark.parametrize(
    ("letters", "ab", "dme"),
    [
        ("CA", "JE", "DME D"),
        ("TX", "JH", "DME C"),
        ("OH", "J15", "DME B"),
        ("NY", "JK", "DME A"),
        ("PR", "JN", "DME C"),
    ],
)
def test_contractors_of_a_day(letters: str, ab: str, dme: str) -> None:
    (state,) = (item for item in states_served(date(2025, 8, 20)) if item.letters == letters)
    assert state.ab is not None
    assert state.dme is not None
    assert (state.ab.jurisdiction, state.dme.jurisdiction) == (ab, dme)


def test_no_state_is_without_a_contractor_today_and_the_legend_holds_all() -> None:
    states = states_served(date(2026, 11, 1))
    assert [item.letters for item in states if item.ab is None or item.dme is None] == []
    for kind, jurisdictions in (("ab", 12), ("dme", 4)):
        held = legend(states, kind)
        assert len(held) == jurisdictions
        assert sorted(" ".join(letters for *_, letters in held).split()) == sorted(STATES)


def test_before_the_table_reaches_nothing_is_said() -> None:
    assert {tile.label for tile in tiles(states_served(date(2010, 1, 1)), "ab")} == {"?"}


def test_map_and_table_hold_the_same_links(pages: Client, words) -> None:
    html = pages.get("/coverage/states?map=dme&on=2025-08-20").content.decode()
    for letters in STATES:
        assert html.count(f'href="/coverage/states/{letters}?on=2025-08-20"') == 2
    assert 'aria-label="Texas: DME C, CGS Administrators, LLC"' in html
    assert "Not known for this day" in words(pages.get("/coverage/states?on=2012-01-01"))


def test_a_state_lists_its_contractors_documents_in_force(pages: Client, words) -> None:
    text = words(pages.get("/coverage/states/TX?on=2025-08-20"))
    assert "A/B contractor JH Novitas Solutions, Inc." in text
    for held in ("L90011", "A90012", "L90013"):
        assert held in text
    for other in ("L90014", "L90015", "L90016"):
        assert other not in text
    assert "Some are for elsewhere." in text
    assert "JL (DC, DE, MD, NJ, PA)" in text


def test_a_state_page_searches_and_keeps_its_day(pages: Client, words) -> None:
    text = words(pages.get("/coverage/states/TX?q=chairs&on=2025-08-20"))
    assert "L90013" in text
    assert "L90011" not in text
    assert "A90012" not in words(pages.get("/coverage/states/TX?kind=LCD&on=2025-08-20"))
    assert "not the same as covered" in words(pages.get("/coverage/states/TX?q=xylophone&on=2025-08-20"))
    assert pages.get("/coverage/states/tx?on=2025-08-20")["Location"] == "/coverage/states/TX?on=2025-08-20"
    assert pages.get("/coverage/states/ZZ").status_code == 404


def test_where_exports_are_loaded_the_documents_are_told_exactly(coverage_home: Path, settings, words) -> None:
    settings.CODEWARD_HOME = coverage_home
    text = words(Client().get("/coverage/states/FL?on=2026-10-09"))
    assert "Found by the exports" in text
    assert "A90101" in text
    assert "A90110" in text, "equipment is the DME contractor's"
    assert "A90114" not in text
    assert "Some are for elsewhere" not in text
    assert "A90118" not in words(Client().get("/coverage/states/GA?on=2026-10-09")), "its contract ended in 2018"


@pytest.mark.official
def test_virginia_tells_of_the_zips_that_go_elsewhere(official_site: Client, words) -> None:
    text = words(official_site.get("/coverage/states/VA?on=2025-11-01"))
    assert "Contract 12202 JL 132 ZIP codes of the state: these belong to another contractor" in text
