"""A code's history: what changed, when, what is not known about it, and where both sides stand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from codeward.core.codes import Code, readings
from codeward.datasets.registry import DATASETS
from codeward.services.citations import cited
from codeward.services.code_history import code_history
from codeward.services.look_up import look_up
from codeward.services.page import Event
from codeward.store.library import Library, open_library
from golden import small_set
from golden.published import put
from making import build_library


def events(library: Library, text: str, name: str = "", dataset: str = "") -> list[Event]:
    code: Code = readings(text)[0]
    found = code_history(library, code)
    return [item for item in found if name in ("", item.name) and dataset in ("", item.dataset)]


def told(found: list[Event]) -> list[tuple[str, str, str]]:
    return [(item.day.isoformat(), item.before, item.after) for item in found]


def test_relative_values_and_amounts(small_library: Library) -> None:
    assert told(events(small_library, "17314", "total_nonfacility")) == [("2025-01-01", "11.89", "11.82")]
    assert told(events(small_library, "17314", "amount_nonfacility")) == [("2025-01-01", "395.79", "382.34")]
    assert events(small_library, "17314", "work") == []


def test_a_change_across_a_gap_says_that_it_may_be_older(small_library: Library) -> None:
    (event,) = events(small_library, "17314", "total_nonfacility")
    assert event.note == "not loaded between 2024C and 2025A: it may have changed as early as 2024-10-01"


def test_a_change_between_neighbours_says_nothing(small_library: Library) -> None:
    (event,) = events(small_library, "17311", "rate", "asc-aa")
    assert (event.day, event.note) == (date(2025, 4, 1), "")


def test_listed_and_dropped(small_library: Library) -> None:
    (dropped,) = events(small_library, "90001", "listed", "mpfs-rvu")
    assert (dropped.day, dropped.after, dropped.after_source) == (date(2025, 1, 1), "not listed", None)
    (listed,) = events(small_library, "90002", "listed", "mpfs-rvu")
    assert (listed.day, listed.after, listed.before_source) == (date(2025, 10, 1), "listed", None)


def test_components_are_told_apart(small_library: Library) -> None:
    found = events(small_library, "88305", "amount_nonfacility")
    assert {event.subject for event in found} == {"", "modifier 26", "modifier TC"}


def test_unit_limits_outpatient_rates_and_pair_edits(small_library: Library) -> None:
    assert told(events(small_library, "17311", "limit")) == [("2026-04-01", "4", "5")]
    assert told(events(small_library, "17311", "rate", "opps-addendum-b")) == [("2025-10-01", "1790.02", "1801.10")]
    (ended,) = events(small_library, "17311", "edits_ended", "ncci-ptp-practitioner")
    assert (ended.day, ended.before) == (date(2024, 6, 30), "1 edit")


def test_days_that_stand_in_for_days_are_not_told(small_library: Library) -> None:
    assert events(small_library, "17311", "edits_begun", "ncci-ptp-outpatient") == []


def test_add_on_edits_begun_and_ended(small_library: Library) -> None:
    begun = events(small_library, "17314", "edits_begun", "ncci-aoc")
    assert ("2013-04-01", "", "17313 begun") in told(begun)
    ended = events(small_library, "11103", "edits_ended", "ncci-aoc")
    assert told(ended) == [("2023-12-31", "11102", "ended after this day")]


def test_a_code_becomes_a_header(small_library: Library) -> None:
    assert told(events(small_library, "G35", "billable", "icd-10-cm")) == [("2026-04-01", "billable", "header")]
    assert told(events(small_library, "G35.A", "listed")) == [("2026-04-01", "not listed", "listed")]
    assert events(small_library, "C44.1121") == []


def test_own_dates_of_the_alphanumeric_file(small_library: Library) -> None:
    assert told(events(small_library, "A9002", "terminated")) == [("2025-09-30", "a code", "ended after this day")]
    (added,) = events(small_library, "A9001", dataset="hcpcs")
    assert (added.day, added.name) == (date(2000, 1, 1), "added")


def test_newest_first_and_every_side_leads_to_its_row(small_library: Library) -> None:
    for text in ("17311", "17314", "A9002", "G35", "J1885"):
        found = events(small_library, text)
        assert [item.day for item in found] == sorted((item.day for item in found), reverse=True)
        for source in (side for item in found for side in (item.before_source, item.after_source) if side):
            assert cited(small_library, source.citation).source == source


def test_the_page_carries_its_timeline(small_library: Library) -> None:
    section = look_up(small_library, "17314", date(2025, 11, 1)).value.section("timeline")
    assert section is not None
    assert section.events == code_history(small_library, Code("cpt", "17314"))
    fact = section.fact("compared_mpfs-rvu")
    assert fact is not None
    assert (fact.value, fact.meaning) == ("2024C to 2025D", "3 editions, 3 that came between are not loaded")


def icd_library(tmp_path: Path, *, narrower: bool) -> Library:
    """A tabular list with L57 and L57.0, then an edition that lists billable codes alone."""
    put(tmp_path, "in/icd10cm-tabular-April-2023.xml", small_set.TABULAR.format(year=2023, sclerosis=""))
    more = "L5701 Actinic keratosis, invented kind\n" if narrower else ""
    lines = "L570 Actinic keratosis\n" if not narrower else more
    put(tmp_path, "in/icd10cm-codes-2024.txt", lines + "C441121 Basal cell carcinoma\n" * 1 + _filler())
    build_library(tmp_path / "home", tmp_path / "in")
    return open_library(tmp_path / "home")


def _filler() -> str:
    """An edition of fewer than half the rows is refused as cut off."""
    return "".join(f"Z{number:03d} An invented code\n" for number in range(100, 125))


def test_a_list_without_headers_shows_a_header_by_its_narrower_codes(tmp_path: Path) -> None:
    library = icd_library(tmp_path, narrower=True)
    assert told(events(library, "L57.0", dataset="icd-10-cm")) == [
        ("2023-10-01", "billable", "header (by its narrower codes)")
    ]
    assert events(library, "L57", dataset="icd-10-cm") == []


def test_a_list_without_headers_does_drop_what_has_no_narrower_code(tmp_path: Path) -> None:
    library = icd_library(tmp_path, narrower=False)
    assert events(library, "L57.0", "billable") == []
    assert told(events(library, "L57.1", "listed")) == [("2023-10-01", "listed", "not listed")]


@pytest.mark.parametrize("text", ["17311", "J1885", "C44.1121", "LT", "207ND0101X"])
def test_only_columns_that_are_indexed_are_read(small_library: Library, text: str) -> None:
    from codeward.services.subjects import speaking_of

    for dataset, column in speaking_of(readings(text)[0].system):
        if small_library.editions(dataset):
            query = f'explain query plan select * from {DATASETS[dataset].table} where "{column}" = ? order by id'
            assert "USING INDEX" in str(small_library.db.execute(query, ("x",)).fetchall()), (dataset, column)
