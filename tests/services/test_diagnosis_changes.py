"""What took a code's place and what it came from, told by structure and dated no closer than the editions allow."""

from __future__ import annotations

from datetime import date

import pytest

from codeward.services.look_up import look_up
from codeward.services.page import CodePage, Table
from codeward.store.library import Library


def page(library: Library, code: str, on: date) -> CodePage:
    return look_up(library, code, on, "icd-10-cm").value


def changes(library: Library, code: str, on: date) -> list[Table]:
    section = page(library, code, on).section("changes")
    assert section is not None
    return list(section.tables)


def codes(table: Table) -> list[str]:
    return [line.cells[0].text for line in table.lines]


SUCCESSORS = [
    ("G35", date(2026, 4, 1), ["G35.A", "G35.D"], "narrower codes"),
    ("R05", date(2023, 10, 1), ["R05.1", "R05.9"], "narrower codes"),
    ("M54.5", date(2024, 1, 1), ["M54.50", "M54.51", "M54.59"], "narrower codes"),
    ("T40.4X1A", date(2021, 2, 1), ["T40.411A", "T40.421A"], "placeholder X filled"),
    ("T40.4X1D", date(2021, 2, 1), ["T40.411D"], "placeholder X filled"),
    ("H81.41", date(2021, 2, 1), ["H81.4"], "wider code became billable"),
    ("Q51.20", date(2021, 2, 1), ["Q51.21", "Q51.22"], "new codes beside it"),
]


@pytest.mark.parametrize(("code", "on", "others", "basis"), SUCCESSORS)
def test_what_took_its_place(diagnosis_library: Library, code: str, on: date, others: list[str], basis: str) -> None:
    (table,) = (item for item in changes(diagnosis_library, code, on) if item.name.startswith("successors"))
    assert codes(table) == others
    assert basis in table.caption


@pytest.mark.parametrize(
    ("code", "on", "others"),
    [
        ("G35.A", date(2026, 4, 1), ["G35"]),
        ("M54.50", date(2024, 1, 1), ["M54.5"]),
        ("T40.411A", date(2021, 2, 1), ["T40.4X1A"]),
        ("H81.4", date(2021, 2, 1), ["H81.41", "H81.42"]),
    ],
)
def test_what_it_came_from(diagnosis_library: Library, code: str, on: date, others: list[str]) -> None:
    (table,) = (item for item in changes(diagnosis_library, code, on) if item.name.startswith("predecessors"))
    assert codes(table) == others


def test_a_code_that_never_changed_has_no_changes(diagnosis_library: Library) -> None:
    assert changes(diagnosis_library, "C44.1121", date(2026, 4, 1)) == []
    assert not any("took" in sentence.text for sentence in page(diagnosis_library, "C44", date(2026, 4, 1)).words)


def test_where_structure_shows_nothing_it_is_said(diagnosis_library: Library) -> None:
    section = page(diagnosis_library, "Z99.9", date(2021, 2, 1)).section("changes")
    assert section is not None
    fact = section.fact("successor")
    assert fact is not None and fact.value == "not known"
    assert "conversion table" in fact.meaning


def test_a_change_is_dated_no_closer_than_the_editions(diagnosis_library: Library) -> None:
    (table,) = changes(diagnosis_library, "G35", date(2026, 4, 1))
    assert "between 2025-10-01 and 2026-04-01 (no edition between them is loaded)" in table.caption


def test_the_publishers_own_addenda_stand_beside_it(diagnosis_library: Library) -> None:
    (table,) = (item for item in changes(diagnosis_library, "C43.11", date(2018, 10, 1)) if item.name == "addenda")
    assert [(line.cells[1].text, line.cells[2].text) for line in table.lines] == [
        ("add", "header"),
        ("delete", "billable"),
    ]
    assert table.lines[0].source is not None
    assert (table.lines[0].source.edition, table.lines[0].source.line) == ("FY2019", 2)


GAPS = [
    ("G35", date(2025, 9, 30), "active", True, ""),
    ("G35", date(2025, 10, 1), "active", True, "FY2026"),
    ("G35", date(2026, 3, 31), "active", True, "FY2026"),
    ("G35", date(2026, 4, 1), "header", False, ""),
    ("M54.5", date(2021, 9, 30), "active", True, ""),
    ("M54.5", date(2021, 10, 1), "active", True, "FY2022"),
    ("M54.5", date(2022, 4, 1), "active", True, "2022-04"),
    ("M54.5", date(2023, 10, 1), "header", False, ""),
    ("R05", date(2021, 9, 30), "active", True, ""),
    ("R05", date(2021, 10, 1), "active", True, "FY2022"),
    ("R05", date(2023, 10, 1), "header", False, ""),
]


@pytest.mark.parametrize(("code", "on", "status", "billable", "missing"), GAPS)
def test_a_gap_is_named_and_never_stated_as_fact(
    diagnosis_library: Library, code: str, on: date, status: str, billable: bool, missing: str
) -> None:
    answer = look_up(diagnosis_library, code, on)
    first = answer.value.words[0].text
    told = [item.text for item in answer.warnings if item.dataset == "icd-10-cm"]
    assert (answer.value.status, answer.value.billable) == (status, billable)
    assert len(told) == bool(missing)
    assert all(f"({missing})" in text for text in told)
    assert ("not known" in first and f"{missing}, in force from" in first) is bool(missing)
    if billable and not missing:
        assert first == f"{code} is billable."


def test_a_code_of_a_later_edition_may_have_begun_in_one_not_loaded(diagnosis_library: Library) -> None:
    before, without_gap = (
        look_up(diagnosis_library, "G35.A", day).value for day in (date(2026, 1, 1), date(2025, 9, 1))
    )
    assert (before.status, before.billable) == ("future", None)
    assert "not known" in before.words[0].text
    assert (without_gap.status, without_gap.billable) == ("future", False)


@pytest.mark.parametrize(("code", "on"), [("G35", date(2026, 10, 1)), ("M54.5", date(2024, 10, 1))])
def test_a_header_of_an_older_edition_is_no_fact_either(diagnosis_library: Library, code: str, on: date) -> None:
    found = page(diagnosis_library, code, on)
    assert found.status == "header"
    assert f"Whether that still held on {on} is not known" in found.words[1].text
    assert "not known" not in page(diagnosis_library, "G35", date(2026, 9, 30)).words[1].text
