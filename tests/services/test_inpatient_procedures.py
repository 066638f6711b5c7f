"""ICD-10-PCS: a code through three editions, character by character, and built in its table."""

from __future__ import annotations

from datetime import date

import pytest

from codeward.core.faults import NotFound, NotLoaded
from codeward.services.look_up import look_up
from codeward.services.procedure_tables import branches, procedure_table
from codeward.services.search import search
from codeward.services.view import View
from codeward.store.library import Library

IN_2019, IN_2021, IN_2024 = date(2019, 3, 1), date(2021, 3, 1), date(2024, 3, 1)


def test_a_code_keeps_its_run_through_editions_of_different_make(small_library: Library) -> None:
    page = look_up(small_library, "0SRC0J9", IN_2021).value
    first = page.section("status").fact("first_day")
    assert (page.status, page.billable, first.value) == ("active", True, "2018-10-01")
    assert page.section("status").fact("last_day") is None
    assert page.section("status").fact("built").value is True


def test_the_official_title_is_shown_where_a_list_has_it(small_library: Library) -> None:
    title = "Replacement of Right Knee Joint with Synthetic Substitute, Cemented, Open Approach"
    assert look_up(small_library, "0SRC0J9", IN_2024).value.title == title
    assert look_up(small_library, "0SRC0J9", IN_2024).value.section("status").fact("built") is None


def test_a_code_that_only_one_edition_lists_has_a_beginning_and_an_end(small_library: Library) -> None:
    before, during = look_up(small_library, "0SRD0J9", IN_2019).value, look_up(small_library, "0SRD0J9", IN_2021).value
    after = look_up(small_library, "0SRD0J9", IN_2024).value
    assert [page.status for page in (before, during, after)] == ["future", "active", "deleted"]
    assert [page.billable for page in (before, during, after)] == [False, True, False]


def test_a_gap_between_editions_is_told(small_library: Library) -> None:
    answer = look_up(small_library, "0SRC0J9", date(2022, 3, 1))
    assert any("FY2022" in caveat.text or "2021-10-01" in caveat.text for caveat in answer.warnings)
    assert not any(
        item.dataset == "icd-10-pcs" for item in look_up(small_library, "0SRC0J9", date(2020, 11, 1)).warnings
    )


def test_before_the_first_edition_nothing_is_said(small_library: Library) -> None:
    with pytest.raises(NotLoaded, match="2018-10-01"):
        look_up(small_library, "0SRC0J9", date(2018, 3, 1))


def test_an_impossible_code_is_not_found(small_library: Library) -> None:
    with pytest.raises(NotFound, match="0SRC0J8"):
        look_up(small_library, "0SRC0J8", IN_2024)


def test_every_character_has_its_meaning(small_library: Library) -> None:
    (table,) = look_up(small_library, "0SRC0J9", IN_2021).value.section("characters").tables
    assert [line.cells[0].text for line in table.lines] == list("0SRC0J9")
    assert [line.cells[2].text for line in table.lines][3:] == [
        "Knee Joint, Right",
        "Open",
        "Synthetic Substitute",
        "Cemented",
    ]
    assert all(line.source for line in table.lines)


def test_values_beside_it_come_from_its_own_row(small_library: Library) -> None:
    (table,) = look_up(small_library, "0SRC0J9", IN_2021).value.section("beside").tables
    assert [line.cells[2].text for line in table.lines] == ["0SRD0J9", "0SRC0JA"]


def test_choices_narrow_to_what_one_row_allows(small_library: Library) -> None:
    view = View(small_library, IN_2021)
    open_table = procedure_table(view, "0SR")
    assert [len(axis.values) for axis in open_table.axes] == [2, 1, 2, 3]
    left = procedure_table(view, "0SR", "D---")
    assert [item.row.value for item in left.axes[2].values] == ["J"]
    whole = procedure_table(view, "0SR", "C07Z")
    assert whole.code == "0SRC07Z"
    assert procedure_table(view, "0SR", "C0J9").with_choice(7, "9") == "C0J-"


def test_choices_that_no_row_allows_together_are_dropped(small_library: Library) -> None:
    built = procedure_table(View(small_library, IN_2021), "0SR", "D07Z")
    assert (built.chosen, built.code) == ("D0--", "")


def test_the_tree_counts_its_tables(small_library: Library) -> None:
    view = View(small_library, IN_2021)
    assert [(item.mark, item.label, item.below) for item in branches(view, "0S")] == [("0SR", "Replacement", 1)]
    assert branches(view, "1") == []


def test_search_finds_inpatient_codes_behind_the_others(small_library: Library) -> None:
    hits = search(small_library, "knee joint cemented", IN_2024).value.hits
    assert [hit.code.value for hit in hits if hit.code.system == "icd-10-pcs"][:1] == ["0SRC0J9"]
