"""Status, comparison and citations say what the library holds, what is missing, and where each row stands."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from codeward.core.faults import BadInput, NotFound, NotLoaded
from codeward.datasets.registry import DATASETS
from codeward.services.citations import cited
from codeward.services.library_diff import DatasetDiff, diff_editions, diff_libraries, edition_of, known_dataset
from codeward.services.library_status import DatasetStatus, library_status
from codeward.services.look_up import look_up
from codeward.services.pair_edits import PairFilter, edits
from codeward.services.view import View
from codeward.store.library import Library, open_library
from golden import published, small_set
from golden.published import put
from making import build_library

ON = date(2025, 11, 1)


def status_of(library: Library, dataset: str, on: date = ON) -> DatasetStatus:
    """One dataset's status."""
    return next(item for item in library_status(library, on).datasets if item.id == dataset)


def compare(library: Library, dataset: str, before: str, after: str, most: int = 100) -> DatasetDiff:
    """Two editions of one library."""
    pair = edition_of(library, dataset, before), edition_of(library, dataset, after)
    return diff_editions(library, dataset, *pair, most)


def test_status_lists_every_dataset_and_its_editions(small_library: Library) -> None:
    found = library_status(small_library, ON)
    assert {item.id for item in found.datasets} == set(DATASETS)
    assert found.hash == small_library.hash
    assert found.built == "2026-11-02T08:30:00+00:00"
    rvu = status_of(small_library, "mpfs-rvu")
    assert [(item.edition, item.rows) for item in rvu.editions] == [("2024C", 18), ("2025A", 17), ("2025D", 18)]
    assert rvu.accepted is not None
    assert status_of(small_library, "hcpcs").accepted is None


def test_status_counts_the_quarters_in_between(small_library: Library) -> None:
    assert status_of(small_library, "mpfs-rvu").gaps == ("2024-10-01", "2025-04-01", "2025-07-01")
    assert status_of(small_library, "pos").gaps == ()


def test_status_says_how_to_load_what_is_missing(tmp_path: Path) -> None:
    put(tmp_path, "in/nucc_taxonomy_251.csv", published.NUCC_HEADER + "".join(row + "\n" for row in small_set.TAXONOMY))
    build_library(tmp_path / "home", tmp_path / "in")
    found = status_of(open_library(tmp_path / "home"), "mpfs-rvu")
    assert not found.loaded
    assert found.load_command == "codeward library build PATH --add --accept ama-cpt"
    assert found.landing.startswith("https://www.cms.gov/")


def test_diff_counts_added_removed_and_changed(small_library: Library) -> None:
    found = compare(small_library, "mpfs-rvu", "2024C", "2025D")
    assert (found.added, found.removed) == (1, 1)
    assert [row.key["code"] for row in found.rows if row.change == "added"] == ["90002"]
    assert [row.key["code"] for row in found.rows if row.change == "removed"] == ["90001"]


def test_diff_names_the_columns_that_changed(small_library: Library) -> None:
    found = compare(small_library, "mpfs-rvu", "2024C", "2025D")
    row = next(row for row in found.rows if row.key["code"] == "17314" and row.change == "changed")
    assert row.columns["total_nonfacility"] == ("11.89", "11.82")
    assert "work" not in row.columns


def test_diff_tells_components_apart(small_library: Library) -> None:
    """88305 has three rows; only their factor changed, and none was added or removed."""
    found = compare(small_library, "mpfs-rvu", "2024C", "2025A")
    rows = [row for row in found.rows if row.key["code"] == "88305"]
    assert {row.key["modifier"] for row in rows} == {"", "26", "TC"}
    assert all(set(row.columns) == {"conversion_factor"} for row in rows)


def test_diff_of_an_edition_with_itself_is_empty(small_library: Library) -> None:
    found = compare(small_library, "mpfs-rvu", "2025D", "2025D")
    assert (found.added, found.removed, found.changed, found.rows) == (0, 0, 0, ())


def test_diff_backwards_mirrors_forwards(small_library: Library) -> None:
    there, back = (
        compare(small_library, "icd-10-cm", "2025-04", "2026-04"),
        compare(small_library, "icd-10-cm", "2026-04", "2025-04"),
    )
    assert (there.added, there.removed, there.changed) == (back.removed, back.added, back.changed) == (2, 0, 1)


def test_diff_shows_at_most_so_many_of_each_change(small_library: Library) -> None:
    found = compare(small_library, "mpfs-rvu", "2024C", "2025A", most=2)
    assert found.changed > 2
    assert sum(row.change == "changed" for row in found.rows) <= 2
    assert any(row.change == "removed" for row in found.rows)


def test_phrases_are_compared_by_their_words(small_library: Library) -> None:
    found = compare(small_library, "ncci-mue-practitioner", "2024Q3", "2026Q2")
    assert [(row.key["code"], row.columns) for row in found.rows] == [("17311", {"limit": ("4", "5")})]


def test_two_libraries_are_compared(small_library: Library, tmp_path: Path) -> None:
    rows = [row for row in small_set.LIMITS_2026 if not row.startswith("90001")]
    put(tmp_path, "in/MCR_MUE_PractitionerServices_Eff_07-01-2026.csv", published.mue("Practitioner", rows))
    build_library(tmp_path / "home", tmp_path / "in")
    found = diff_libraries(small_library, open_library(tmp_path / "home"), "ncci-mue-practitioner")
    assert (found.before, found.after) == ("2026Q2", "2026Q3")
    assert (found.added, found.removed, found.changed) == (0, 1, 0)


def test_unknown_names_are_told_with_what_there_is(small_library: Library) -> None:
    with pytest.raises(BadInput, match="mpfs-rvu"):
        known_dataset("rvu")
    with pytest.raises(NotFound, match="2024C, 2025A, 2025D"):
        edition_of(small_library, "mpfs-rvu", "2025B")
    assert edition_of(small_library, "mpfs-rvu", "mpfs-rvu@2025a").edition == "2025A"


def test_a_dataset_that_is_not_loaded_cannot_be_compared(tmp_path: Path, small_library: Library) -> None:
    put(tmp_path, "in/nucc_taxonomy_251.csv", published.NUCC_HEADER + "".join(row + "\n" for row in small_set.TAXONOMY))
    build_library(tmp_path / "home", tmp_path / "in")
    with pytest.raises(NotLoaded):
        diff_libraries(small_library, open_library(tmp_path / "home"), "mpfs-rvu")


@pytest.mark.parametrize("code", ["17311", "17314", "J1885", "C44.1121", "S00.01XA", "207ND0101X", "59", "LT"])
@pytest.mark.parametrize("on", [date(2025, 8, 1), date(2025, 11, 1), date(2026, 5, 1)])
def test_every_citation_of_a_page_leads_to_its_row(small_library: Library, code: str, on: date) -> None:
    answer = look_up(small_library, code, on)
    assert answer.sources
    for source in answer.sources:
        assert cited(small_library, source.citation).source.citation == source.citation


def test_a_cited_row_shows_its_cells_and_days(small_library: Library) -> None:
    row = cited(small_library, "mpfs-rvu@2025D:PPRRVU2025_Oct.csv#16")
    cells = dict(row.cells)
    assert (cells["code"], cells["total nonfacility"]) == ("17314", "11.82")
    assert row.first_day == date(2025, 1, 1)
    assert row.command == "codeward library verify 'mpfs-rvu@2025D:PPRRVU2025_Oct.csv#16'"


@pytest.mark.parametrize(
    "text",
    [
        "mpfs-rvu@2025D:PPRRVU2025_Oct.csv#9999",
        "mpfs-rvu@2025D:PPRRVU2025_Oct.csv#1",
        "mpfs-rvu@2025D:PPRRVU24_JUL.csv#12",
        "mpfs-rvu@2025B:PPRRVU2025_Oct.csv#12",
        "no-such@2025D:PPRRVU2025_Oct.csv#12",
        "mpfs-rvu@2025D:../../etc/passwd#1",
        "mpfs-rvu@2025D:PPRRVU2025_Oct.csv#" + "9" * 30,
    ],
)
def test_a_citation_of_nothing_is_not_found(small_library: Library, text: str) -> None:
    with pytest.raises(NotFound):
        cited(small_library, text)


def test_pair_edits_filter_and_window(small_library: Library) -> None:
    view = View(small_library, date(2024, 8, 15))
    every = edits(view, "outpatient-hospital", "column1", "17311", PairFilter(most=100))
    assert (every.total, len(every.lines)) == (16, 16)
    page = edits(view, "outpatient-hospital", "column1", "17311", PairFilter(start=14, most=5))
    assert (page.total, [line.cells[0].text for line in page.lines]) == (16, ["36015", "36016"])
    some = edits(view, "outpatient-hospital", "column1", "17311", PairFilter(begins="3601 0"))
    assert [line.cells[0].text for line in some.lines] == ["36010"]
    never = edits(view, "practitioner", "column1", "66984", PairFilter(indicator="0"))
    assert {line.cells[1].text for line in never.lines} == {"0"}
    assert never.total == 2


def test_many_threads_share_one_library(small_library: Library) -> None:
    """A server asks one open library from many threads at once: every answer is the one a single thread gets."""
    questions = [(code, on) for code in ("17311", "J1885", "C44.1121", "S00.01", "59") for on in (ON, date(2026, 5, 1))]
    alone = [look_up(small_library, code, on) for code, on in questions]
    with ThreadPoolExecutor(8) as pool:
        for _ in range(4):
            assert list(pool.map(lambda question: look_up(small_library, *question), questions)) == alone
