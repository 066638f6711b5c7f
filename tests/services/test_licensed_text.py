"""CPT wording: absent without a licensed file, shown from one, and never put into search."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from codeward.core.faults import BadInput
from codeward.ingest.build import build
from codeward.services.look_up import look_up
from codeward.services.search import search
from codeward.store.home import Home
from codeward.store.library import Library, open_library
from golden import published, small_set
from making import BUILT

LICENSED = Path(__file__).parents[1] / "golden" / "cpt-descriptors" / "2026" / "CPT2026.zip"
DAY = date(2026, 2, 1)


def _build(home: Path, accept: frozenset[str], *files: Path) -> Library:
    build(Home(home), list(files), accept=accept, now=lambda: BUILT, progress=lambda text, share: None)
    return open_library(home)


@pytest.fixture
def fees(tmp_path: Path) -> Path:
    """A fee schedule with the code that the licensed file words."""
    path = tmp_path / "PPRRVU26_JAN.csv"
    path.write_text(published.rvu(small_set.RVU_2024, "33.4009").replace("17311", "99998"), encoding="utf-8")
    return path


def test_licensed_wording_is_shown_with_its_source(tmp_path: Path, fees: Path) -> None:
    library = _build(tmp_path / "home", frozenset({"ama-cpt", "ama-licensed"}), fees, LICENSED)
    page = look_up(library, "99998", DAY).value
    assert page.title == "Invented service, one"
    assert page.title_source is not None
    assert page.title_source.file == "CPT2026.zip/LONGULT.txt"


def test_without_the_file_there_is_no_wording_and_the_page_says_what_is_missing(tmp_path: Path, fees: Path) -> None:
    answer = look_up(_build(tmp_path / "home", frozenset({"ama-cpt"}), fees), "99998", DAY)
    assert answer.value.title is None
    assert "cpt-descriptors" in answer.not_loaded


def test_the_file_needs_terms_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="--accept ama-licensed"):
        _build(tmp_path / "home", frozenset({"ama-cpt"}), LICENSED)


def test_licensed_wording_is_not_searched(tmp_path: Path, fees: Path) -> None:
    library = _build(tmp_path / "home", frozenset({"ama-cpt", "ama-licensed"}), fees, LICENSED)
    hits = search(library, "Invented service", DAY, most=400).value.hits
    assert all("Invented" not in hit.title and hit.code.value != "99998" for hit in hits)


def test_medium_and_short_texts_of_a_whole_delivery_are_shown_with_the_notice(tmp_path: Path, fees: Path) -> None:
    notice = "Notice: invented lines.\r\n\r\n"
    delivery = published.pack(
        tmp_path / "CPT2026.zip",
        {
            "LONGULF.txt": notice + "9999801 Invented service in the fixed layout\r\n",
            "MEDU.txt": notice + "99998 INVENTED MEDIUM\r\n",
            "SHORTU.txt": notice + "99998 INVENTED SHORT\r\n",
        },
    )
    library = _build(tmp_path / "home", frozenset({"ama-cpt", "ama-licensed"}), fees, delivery)
    page = look_up(library, "99998", DAY).value
    assert page.title == "Invented service in the fixed layout"
    texts = {fact.name: fact for fact in page.facts if fact.name.startswith("licensed")}
    assert {name: fact.value for name, fact in texts.items()} == {
        "licensed_medium": "INVENTED MEDIUM",
        "licensed_short": "INVENTED SHORT",
    }
    assert all("American Medical Association" in fact.meaning for fact in texts.values())
