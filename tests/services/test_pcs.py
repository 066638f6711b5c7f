"""ICD-10-PCS answers: standing on a day, characters, siblings, a code in the making, index and search."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import pytest

from codeward.core.faults import BadInput, NotFound, NotLoaded
from codeward.core.sources import Source
from codeward.services.look_up import look_up
from codeward.services.page import CodePage
from codeward.services.pcs_index import leading_to, main_term, main_terms
from codeward.services.pcs_tables import Axis, CodeTable, TableRow, Value, below, build, code_table
from codeward.services.search import search
from codeward.services.view import View
from codeward.store.library import Library, open_library

FY2019, FY2020, FALL_2020, FY2021, FY2024 = (
    date(2019, 3, 1), date(2020, 3, 1), date(2020, 11, 1), date(2021, 3, 1), date(2023, 11, 1),
)  # fmt: skip
NOW = date(2026, 11, 24)


@pytest.fixture(scope="module")
def dated(pcs_home: Path) -> Library:
    """Three editions and the editor's dates."""
    return open_library(pcs_home)


@pytest.fixture(scope="module")
def undated(undated_pcs_home: Path) -> Library:
    """Three editions alone."""
    return open_library(undated_pcs_home)


def page(library: Library, code: str, on: date) -> CodePage:
    return look_up(library, code, on, "icd-10-pcs").value


def words(found: CodePage) -> str:
    return " ".join(sentence.text for sentence in found.words)


def cells(found: CodePage, section: str, table: str) -> list[list[str]]:
    part = found.section(section)
    assert part is not None
    return [[cell.text for cell in line.cells] for item in part.tables if item.name == table for line in item.lines]


def test_a_code_is_valid_in_its_edition_and_gone_in_a_later_one(undated: Library) -> None:
    assert page(undated, "0RG00Z0", FY2019).status == "active"
    gone = page(undated, "0RG00Z0", FY2021)
    assert (gone.status, gone.billable) == ("deleted", False)
    assert "last valid between 2019-09-30 and 2020-09-30, in an edition that is not loaded" in words(gone)


def test_a_code_of_a_later_edition_is_future(undated: Library) -> None:
    assert page(undated, "XY0YX37", FY2021).status == "future"
    assert page(undated, "XY0YX37", FY2024).status == "active"


def test_an_edition_that_is_not_loaded_is_a_gap_and_one_that_is_loaded_none(undated: Library) -> None:
    assert (
        "ICD-10-PCS codes: the edition in force on 2020-03-01 (FY2020) took effect on 2019-10-01 and is not loaded"
        in (" ".join(item.text for item in look_up(undated, "0SRC0J9", FY2020).warnings))
    )
    assert not [item for item in look_up(undated, "0SRC0J9", FALL_2020).warnings if item.dataset == "icd-10-pcs"]


def test_a_day_before_all_editions_is_not_loaded_rather_than_no_code(undated: Library) -> None:
    with pytest.raises(NotLoaded, match="nothing loaded speaks for 2018-01-01"):
        look_up(undated, "0SRC0J9", date(2018, 1, 1))


def test_the_editor_s_dates_hold_between_editions(dated: Library) -> None:
    """Tables named 2021 list XY0VX83 from October on; it was valid from January."""
    assert page(dated, "XY0VX83", FALL_2020).status == "future"
    valid = page(dated, "XY0VX83", FY2021)
    assert valid.status == "active"
    assert "valid code since 2021-01-01; 2023-09-30 is its last day" in words(valid)
    assert page(dated, "XY0VX83", FY2024).status == "deleted"
    assert page(dated, "0SRC0JA", date(2026, 3, 31)).status == "active"
    assert page(dated, "0SRC0JA", date(2026, 4, 1)).status == "deleted"


def test_a_code_that_came_back_has_two_spans(dated: Library) -> None:
    assert page(dated, "02HA0QZ", date(2017, 3, 1)).status == "deleted"
    assert page(dated, "02HA0QZ", date(2018, 3, 1)).status == "active"
    assert cells(page(dated, "02HA0QZ", NOW), "history", "spans") == [["2015-10-01", "2016-09-30"], ["2017-10-01", ""]]


def test_a_code_known_by_its_dates_alone_has_no_title(dated: Library) -> None:
    found = page(dated, "00503Z4", NOW)
    assert (found.title, found.status) == (None, "active")
    assert "title is not known here" in words(found)


def test_each_character_has_its_axis_meaning_definition_and_line(undated: Library) -> None:
    found = page(undated, "0src0j9", FY2021)
    rows = cells(found, "characters", "characters")
    assert [row[:3] for row in rows] == [
        ["0", "Section", "Medical and Surgical"],
        ["S", "Body System", "Lower Joints"],
        ["R", "Operation", "Replacement"],
        ["C", "Body Part", "Knee Joint, Right"],
        ["0", "Approach", "Open"],
        ["J", "Device", "Synthetic Substitute"],
        ["9", "Qualifier", "Cemented"],
    ]
    assert rows[2][3].startswith("Putting in or on biological or synthetic material")
    assert "The body part may have been taken out" in rows[2][3]
    part = found.section("characters")
    assert part is not None
    assert part.tables[0].lines[3].cells[3].meaning == "Includes: Femoropatellar joint; Femorotibial joint"
    assert all(line.source for line in part.tables[0].lines)


def test_siblings_differ_in_one_character_of_the_same_row(undated: Library) -> None:
    linked = {row[3] for row in cells(page(undated, "0SRC0J9", FY2021), "table", "siblings")}
    assert linked == {"this code", "0SRD0J9", "0SRC0JA"}


def test_tables_of_another_day_are_not_loaded_and_an_unlisted_code_says_so(undated: Library, dated: Library) -> None:
    part = page(undated, "0SRC0J9", FY2019).section("characters")
    assert part is not None
    assert part.missing == ("icd-10-pcs-tables",)
    other = page(dated, "XY0YX37", FY2024)
    assert cells(other, "characters", "characters")[6][2] == "not in this table of the edition loaded"
    assert other.section("table").fact("row").value is None


def test_a_built_title_says_that_it_is_built(undated: Library) -> None:
    built = page(undated, "0SRC0J9", FY2021)
    assert built.title == "Lower Joints, Replacement: Knee Joint, Right, Open, Synthetic Substitute, Cemented"
    assert built.section("status").fact("built").value is True
    listed = page(undated, "0SRC0J9", FY2024)
    assert listed.title == "Replacement of Right Knee Joint with Synthetic Substitute, Cemented, Open Approach"
    assert listed.section("status").fact("built") is None
    assert len(cells(built, "history", "history")) == 1  # one official title throughout


def test_a_table_and_a_longer_beginning_are_headers(undated: Library) -> None:
    table = page(undated, "0SR", FY2021)
    assert (table.status, table.billable, table.title) == ("header", False, "Lower Joints, Replacement")
    assert "4 codes begin with it, each with 4 more characters" in words(table)
    assert [row[0] for row in cells(page(undated, "0SRC", FY2021), "codes", "children")] == ["0SRC0J9", "0SRC0JA"]
    assert look_up(undated, "0srd", FY2021, "icd-10-pcs").value.code.value == "0SRD"


def test_codes_under_a_beginning_are_those_valid_on_the_day(dated: Library) -> None:
    after = cells(page(dated, "0SRC", date(2026, 4, 1)), "codes", "children")
    assert [row[0] for row in after] == ["0SRC0J9"]


@pytest.mark.parametrize("code", ["0SRZ", "0SRC0JZ", "0ZZ"])
def test_what_no_edition_has_is_not_found(undated: Library, code: str) -> None:
    with pytest.raises(NotFound):
        look_up(undated, code, FY2021, "icd-10-pcs")


@pytest.mark.parametrize("code", ["0SRC0I9", "ASRC0J9", "0S", "0SRC0J99"])
def test_what_cannot_be_a_code_is_bad_input(undated: Library, code: str) -> None:
    with pytest.raises(BadInput):
        look_up(undated, code, FY2021, "icd-10-pcs")


def test_a_beginning_is_read_only_where_the_system_is_named() -> None:
    from codeward.core.codes import readings

    assert [code.system for code in readings("99213")] == ["cpt"]
    assert [code.system for code in readings("B30")] == ["icd-10-cm"]
    assert [code.system for code in readings("B30", "icd-10-pcs")] == ["icd-10-pcs"]
    assert [code.value for code in readings("0srd", "icd-10-pcs")] == ["0SRD"]
    assert readings("0SR") == readings("DX1") == readings("1731") == ()


SOURCE = Source("icd-10-pcs-tables", "FY2021", "file", "/x", "", "")


def axis(position: int, characters: str) -> Axis:
    return Axis(position, f"axis {position}", tuple(Value(one, f"value {one}", SOURCE) for one in characters))


def row(number: int, *axes: str) -> TableRow:
    return TableRow(number, tuple(axis(position, characters) for position, characters in enumerate(axes, start=4)))


TABLE = CodeTable(
    "0XX",
    tuple(axis(position, character) for position, character in enumerate("0XX", start=1)),
    (row(1, "AB", "0", "J", "12"), row(2, "AB", "3", "Z", "1"), row(3, "C", "03", "Z", "2")),
)
CODES = {
    TABLE.code + "".join(chosen)
    for one in TABLE.rows
    for chosen in product(*([value.character for value in axis.values] for axis in one.axes))
}


def left(asked: dict[int, str], position: int) -> str:
    choice = build(TABLE, asked).choices[position - 4]
    return "".join(option.value.character for option in choice.options)


def test_a_choice_leaves_only_what_one_row_allows_beside_it() -> None:
    assert left({}, 6) == "JZ"
    assert left({5: "3"}, 6) == "Z"
    assert left({4: "A", 7: "2"}, 5) == "0"
    assert left({4: "A", 5: "3"}, 4) == "ABC"  # what may replace the choice stays
    assert left({4: "C"}, 7) == "2"


def test_every_way_of_choosing_ends_at_a_code_of_the_table_and_every_code_is_reached() -> None:
    reached = set()
    for asked in product(*("ABC0", "03", "JZ", "12")):
        making = build(TABLE, dict(enumerate(asked, start=4)))
        if making.code is not None:
            reached.add(making.code.value)
            assert making.code.value in CODES
    assert reached == CODES
    assert build(TABLE, {}).codes == TABLE.codes == len(CODES)


def test_what_only_one_value_can_fill_is_filled() -> None:
    making = build(TABLE, {4: "A", 5: "3"})
    assert making.code is not None
    assert making.code.value == "0XXA3Z1"
    assert build(TABLE, {4: "A"}).code is None


def test_a_choice_that_no_row_allows_is_refused_and_named() -> None:
    making = build(TABLE, {4: "A", 5: "3", 6: "J", 7: "8"})
    assert making.refused == ("character 6: J", "character 7: 8")
    assert build(TABLE, {4: "A", 5: "3", 6: "Z"}).refused == ()


def test_the_tree_goes_from_sections_to_operations(undated: Library) -> None:
    view = View(undated, FY2021)
    assert [(one.beginning, one.found.row.label, one.tables) for one in below(view, "")] == [
        ("0", "Medical and Surgical", 1),
        ("X", "New Technology", 1),
    ]
    assert [one.beginning for one in below(view, "0S")] == ["0SR"]
    assert below(view, "1") == []
    assert code_table(view, "ZZZ") is None


def test_the_index_is_read_by_letter_by_term_and_from_a_code(undated: Library) -> None:
    view = View(undated, FY2021)
    assert [term.text for term in main_terms(view, "a")] == [
        "Abdominohysterectomy",
        "Abductor hallucis muscle",
        "Abortion",
        "Activa PC neurostimulator",
    ]
    found = main_term(view, "Replacement")
    assert found is not None
    assert [(term.level, term.text, term.see) for term in found.terms] == [
        (0, "Replacement", ""),
        (1, "Joint", ""),
        (2, "Knee", ""),
        (3, "Right", ""),
        (1, "", "Removal of device from, Lower Joints"),
    ]
    lines = leading_to(view, "0SRC0J9").tables[0].lines
    assert [(line.cells[0].text, line.cells[1].text) for line in lines] == [
        ("Replacement › Joint › Knee › Right", "0SRC")
    ]
    assert leading_to(view, "XY0VX83").tables == ()
    assert main_term(view, "Nowhere") is None


def test_search_finds_codes_by_number_by_beginning_and_by_words(dated: Library) -> None:
    def found(text: str, on: date = NOW) -> list[str]:
        return [hit.code.value for hit in search(dated, text, on).value.hits]

    assert found("0src0j9") == ["0SRC0J9"]
    assert found("0SR") == ["0SR", "0SRC0J9", "0SRD0J9", "0SRD0JA"]
    assert found("right knee cemented")[0] == "0SRC0J9"  # the other side is ranked below, as it is for diagnoses
    assert found("00503") == ["00503Z4"]
    assert "0SRC0JA" in found("right knee uncemented", date(2026, 3, 31))
    assert "0SRC0JA" not in found("right knee uncemented")
