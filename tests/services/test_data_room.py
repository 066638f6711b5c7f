"""Freshness, gaps and the dictionary of columns; lists to browse."""

from __future__ import annotations

from datetime import date

import pytest

from codeward.core.faults import BadInput, NotFound, NotLoaded
from codeward.datasets.registry import DATASETS
from codeward.services.browse import browse_procedures, browse_supplies
from codeward.services.data_room import data_room, dataset_room
from codeward.services.freshness import freshness
from codeward.store.library import Library

ON = date(2025, 11, 1)


def fresh(library: Library, name: str, on: date) -> tuple[bool, int, str]:
    release = library.in_force(name, on)
    assert release is not None
    found = freshness(DATASETS[name], release, on)
    return found.overdue, found.overdue_days, str(found.next_expected)


def test_an_edition_is_fresh_to_its_last_day(small_library: Library) -> None:
    assert fresh(small_library, "mpfs-rvu", date(2025, 12, 31)) == (False, 0, "2026-01-01")
    assert fresh(small_library, "mpfs-rvu", date(2026, 1, 1)) == (True, 1, "2026-01-01")
    assert fresh(small_library, "mpfs-rvu", date(2026, 1, 31)) == (True, 31, "2026-01-01")
    assert fresh(small_library, "pos", ON) == (False, 0, "None")


def test_every_dataset_stands_in_one_room(small_library: Library) -> None:
    found = data_room(small_library, ON)
    ids = [item.dataset.id for items in found.values() for item in items]
    assert sorted(ids) == sorted(DATASETS)
    assert {item.dataset.id for item in found["own"]} >= {"modifiers", "pos", "indicators"}
    assert "mpfs-rvu" in {item.dataset.id for item in found["fees"]}


def test_editions_and_gaps_follow_one_another(small_library: Library) -> None:
    room = dataset_room(small_library, "mpfs-rvu", ON)
    spans = [(str(item.first), str(item.last), item.edition) for item in room.spans]
    assert spans == [
        ("2024-07-01", "2024-09-30", "2024C"),
        ("2024-10-01", "2024-12-31", ""),
        ("2025-01-01", "2025-03-31", "2025A"),
        ("2025-04-01", "2025-09-30", ""),
        ("2025-10-01", "2025-12-31", "2025D"),
    ]
    assert [item.release.edition for item in room.editions] == ["2025D", "2025A", "2024C"]
    assert room.editions[0].compared_with is not None


def test_the_gap_after_the_last_edition_runs_to_the_day(small_library: Library) -> None:
    last = dataset_room(small_library, "mpfs-rvu", date(2026, 2, 3)).spans[-1]
    assert (last.loaded, str(last.first), str(last.last)) == (False, "2026-01-01", "2026-02-03")


def test_columns_say_whose_text_is_dropped(small_library: Library) -> None:
    columns = {item.name: item for item in dataset_room(small_library, "opps-addendum-b", ON).columns}
    assert "AMA" in columns["short_text"].owner
    assert columns["rate"].owner == ""
    assert "part of the key" in columns["code"].note


def test_a_dataset_that_there_is_not(small_library: Library) -> None:
    with pytest.raises(BadInput):
        dataset_room(small_library, "rvu", ON)


def test_hcpcs_by_letter_hundred_and_code(small_library: Library) -> None:
    letters = browse_supplies(small_library, ON)
    assert [(group.part, group.count) for group in letters.groups] == [("A", 2), ("G", 1), ("J", 1)]
    assert [group.part for group in browse_supplies(small_library, ON, "a").groups] == ["A90"]
    entries = browse_supplies(small_library, ON, "A90").entries
    assert [(item.code.value, str(item.ended)) for item in entries] == [("A9001", "None"), ("A9002", "2025-09-30")]
    with pytest.raises(NotFound):
        browse_supplies(small_library, ON, "Z")
    with pytest.raises(NotLoaded):
        browse_supplies(small_library, date(1999, 1, 1))


def test_procedures_by_category_without_a_text(small_library: Library) -> None:
    assert [group.words for group in browse_procedures(small_library, ON).groups] == [
        "Evaluation and Management",
        "Procedure",
    ]
    mohs = browse_procedures(small_library, ON, "Procedure/Skin/Mohs surgery")
    assert [(item.code.value, item.status, item.text) for item in mohs.entries] == [
        ("17311", "A", ""),
        ("17313", "A", ""),
        ("17314", "A", ""),
    ]
    with pytest.raises(NotFound):
        browse_procedures(small_library, ON, "Nothing")
