"""Localities: ZIP codes and counties lead to one, to several with a doubt, or to none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from codeward.core.faults import BadInput
from codeward.services.localities import ZIPS, place_of_zip, places_of_county, read_zip
from codeward.services.view import View
from codeward.store.library import open_library
from golden import fee_set
from making import build_library

DAY = date(2025, 2, 1)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Home of a library of the fee set."""
    folder = tmp_path_factory.mktemp("places")
    build_library(folder / "home", fee_set.write(folder / "files"))
    return folder / "home"


@pytest.fixture
def view(home: Path) -> View:
    """The library on a winter's day."""
    return View(open_library(home), DAY)


def test_a_zip_leads_to_contractor_locality_indices_and_factor(view: View) -> None:
    place = place_of_zip(view, "99501")
    assert place is not None
    assert (place.state, place.locality.contractor, place.locality.number) == ("AK", "02102", "01")
    assert (place.rural, place.needs_plus_four, place.rural_supply) == ("", False, False)
    assert place.locality.indices is not None and place.locality.factor is not None
    assert place.locality.indices.row.work == Decimal("1.500")
    assert place.locality.factor.row.factor == Decimal("27.86")
    assert place.sources[0].line == 1


def test_kansas_stands_under_its_halves(view: View) -> None:
    place = place_of_zip(view, "66012")
    assert place is not None
    assert (place.state, place.state_name) == ("KS", "Kansas")


@pytest.mark.parametrize(
    ("plus_four", "locality", "doubt"),
    [
        ("", ("10112", "00"), "were not given"),
        ("9999", ("10112", "00"), "does not have 35958-9999"),
        ("0042", ("02102", "01"), ""),
    ],
)
def test_a_shared_zip_needs_its_four_more_digits(
    view: View, plus_four: str, locality: tuple[str, str], doubt: str
) -> None:
    place = place_of_zip(view, "35958", plus_four)
    assert place is not None
    assert (place.locality.contractor, place.locality.number) == locality
    assert doubt in place.doubt
    assert place.needs_plus_four is bool(doubt)
    assert place.rural_supply is True


def test_an_unknown_zip_is_told_from_a_file_that_is_not_loaded(view: View, tmp_path: Path) -> None:
    assert place_of_zip(view, "00000") is None
    assert view.has(ZIPS)
    files = fee_set.write(tmp_path / "files")
    build_library(tmp_path / "home", files / "rvu25a.zip")
    bare = View(open_library(tmp_path / "home"), DAY)
    assert place_of_zip(bare, "99501") is None
    assert not bare.has(ZIPS)


@pytest.mark.parametrize("text", ["", "1234", "123456", "99501-12", "AK"])
def test_what_is_no_zip_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="no ZIP code"):
        read_zip(text)


@pytest.mark.parametrize("text", ["99501-1234", "995011234", " 99501 1234 "])
def test_nine_digits_are_read_however_typed(text: str) -> None:
    assert read_zip(text) == ("99501", "1234")


@pytest.mark.parametrize(
    ("state", "county", "expected"),
    [
        ("AL", "Mobile", [("10112", "00", True)]),
        ("Alabama", "Mobile County", [("10112", "00", True)]),
        ("CA", "santa cruz", [("01112", "66", True)]),
        ("CA", "Lassen", [("01112", "75", False)]),
        ("CA", "Orange", [("01182", "18", False), ("01112", "75", False)]),
        ("VA", "Fairfax", [("12202", "01", True)]),
        ("VA", "Henrico", [("11302", "00", True)]),
        ("MD", "Prince George’s County", [("12202", "01", True)]),
        ("GU", "Guam", [("01212", "01", True)]),
        ("LA", "Saint Bernard Parish", [("07202", "01", True)]),
        ("LA", "St. Bernard", [("07202", "01", True)]),
        ("WY", "Teton", []),
    ],
)
def test_a_county_leads_to_its_locality(
    view: View, state: str, county: str, expected: list[tuple[str, str, bool]]
) -> None:
    found = places_of_county(view, state, county)
    assert [(item.locality.contractor, item.locality.number, item.certain) for item in found] == expected
    assert all(item.source.dataset == "county-locality" for item in found)


@pytest.mark.parametrize(("state", "county", "told"), [("ZZ", "Mobile", "no state"), ("AL", " ", "no county")])
def test_what_is_no_county_is_refused(view: View, state: str, county: str, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        places_of_county(view, state, county)
