"""What changed: counts by column, what changed everywhere, columns an edition lacks, filters, sources of both sides."""

from __future__ import annotations

from pathlib import Path

import pytest

from codeward.core.faults import BadInput
from codeward.services.citations import cited
from codeward.services.library_diff import edition_of
from codeward.services.what_changed import (
    WITHHELD,
    Summary,
    Wanted,
    changes,
    latest_changes,
    page_of_changes,
    pairs_of,
    summary,
)
from codeward.store.library import Library, open_library
from codeward.store.releases import Release
from golden import published, small_set
from golden.published import put
from making import build_library


def pair(library: Library, dataset: str, before: str, after: str) -> tuple[Release, Release]:
    return edition_of(library, dataset, before), edition_of(library, dataset, after)


@pytest.fixture
def fees(small_library: Library) -> Summary:
    """A year's change of the fee schedule: the factor on every row, some relative values."""
    return summary(small_library, *pair(small_library, "mpfs-rvu", "2024C", "2025A"))


def test_latest_changes_are_the_newest_pairs(small_library: Library) -> None:
    found = {item.dataset.id: (item.before.edition, item.after.edition) for item in latest_changes(small_library)}
    assert found["mpfs-rvu"] == ("2025A", "2025D")
    assert found["icd-10-cm"] == ("2025-04", "2026-04")
    assert "nucc-taxonomy" not in found


def test_what_changed_on_every_row_is_set_off(fees: Summary) -> None:
    assert [(item.name, item.alike) for item in fees.alike] == [("conversion_factor", ("33.2875", "32.3465"))]
    assert fees.changed == 17
    assert next(item.rows for item in fees.columns if item.name == "total_nonfacility") == 8


def test_rows_that_changed_in_more_can_be_asked_for(small_library: Library, fees: Summary) -> None:
    every, total = page_of_changes(small_library, (fees.before, fees.after), Wanted(), 0, 100)
    beyond, fewer = page_of_changes(small_library, (fees.before, fees.after), Wanted(beyond_alike=True), 0, 100)
    assert (len(every), total) == (18, 18)
    assert fewer == len(beyond) == 9
    assert {row.code.value for row in every if row.code} - {row.code.value for row in beyond if row.code} >= {"20610"}


def test_filters_and_windows(small_library: Library, fees: Summary) -> None:
    editions = (fees.before, fees.after)
    removed, total = page_of_changes(small_library, editions, Wanted(change="removed"), 0, 10)
    assert ([row.code.value for row in removed if row.code], total) == (["90001"], 1)
    by_column, total = page_of_changes(small_library, editions, Wanted(column="malpractice", begins="173 1"), 0, 1)
    assert (len(by_column), total) == (1, 3)
    window, total = page_of_changes(small_library, editions, Wanted(), 16, 10)
    assert (len(window), total) == (2, 18)


@pytest.mark.parametrize("wanted", [Wanted(change="altered"), Wanted(column="price")])
def test_what_there_is_not_is_refused(small_library: Library, fees: Summary, wanted: Wanted) -> None:
    with pytest.raises(BadInput):
        list(changes(small_library, fees.before, fees.after, wanted))


def test_both_sides_of_a_change_are_cited(small_library: Library, fees: Summary) -> None:
    row = next(changes(small_library, fees.before, fees.after, Wanted(begins="17314")))
    assert {cell.name: (cell.before, cell.after) for cell in row.cells}["total_nonfacility"] == ("11.89", "11.82")
    assert row.before is not None and row.after is not None
    assert (row.before.edition, row.after.edition) == ("2024C", "2025A")
    for source, value in ((row.before, "11.89"), (row.after, "11.82")):
        assert dict(cited(small_library, source.citation).cells)["total nonfacility"] == value


def test_editions_between_that_are_not_loaded_are_named(small_library: Library, fees: Summary) -> None:
    assert [day.isoformat() for day in fees.missing] == ["2024-10-01"]
    (centers,) = [item for item in latest_changes(small_library) if item.dataset.id == "asc-aa"]
    assert centers.missing == ()


def taxonomy_library(tmp_path: Path, *, with_section: bool) -> Library:
    """The taxonomy without the two columns it was published without until 2020, then with them."""
    rows = [",".join((*row.split(",")[:3], "", "", "")) for row in small_set.TAXONOMY[:1]]
    old = published.NUCC_HEADER.replace(",Display Name,Section", "") + "".join(row + "\n" for row in rows)
    put(tmp_path, "in/nucc_taxonomy_201.csv", old)
    more = ",Dermatology Physician,Individual" if with_section else ",,"
    put(tmp_path, "in/nucc_taxonomy_251.csv", published.NUCC_HEADER + "".join(row + more + "\n" for row in rows))
    build_library(tmp_path / "home", tmp_path / "in")
    return open_library(tmp_path / "home")


def test_a_column_that_one_edition_lacks_is_no_change(tmp_path: Path) -> None:
    library = taxonomy_library(tmp_path, with_section=True)
    found = summary(library, *pairs_of(library, "nucc-taxonomy")[0])
    assert (found.total, set(found.unsaid)) == (0, {"display_name", "section"})


def test_licensed_wording_is_not_shown(tmp_path: Path) -> None:
    for year, text in (("2025", "An invented wording"), ("2026", "Another invented wording")):
        published.pack(tmp_path / f"in/CPT{year}.zip", {f"{year}/LONGULT.txt": f"Notice\r\n\r\n99999\t{text}\r\n"})
    build_library(tmp_path / "home", tmp_path / "in")
    library = open_library(tmp_path / "home")
    (row,) = changes(library, *pairs_of(library, "cpt-descriptors")[0])
    assert [(cell.before, cell.after) for cell in row.cells] == [(WITHHELD, WITHHELD)]
