"""Groupings and crosswalks: GEM flags, HCCs of a payment year, CCs by version, and stays with known groups."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from codeward.core.answers import Fact
from codeward.core.codes import Code
from codeward.core.faults import BadInput, NotLoaded
from codeward.services.clinical_groups import clinical_groups
from codeward.services.crosswalks import Crosswalk, cross_walk
from codeward.services.inpatient_groups import complication, group_list, group_page
from codeward.services.ms_drg import Driver, Grouping, Stay, group_stay
from codeward.services.page import Section, Table
from codeward.services.risk_adjustment import category_page, risk_categories
from codeward.services.view import View
from codeward.store.library import Library, open_library
from golden import small_set
from golden.published import put, rvu
from making import build_library

DAY = date(2024, 3, 1)


@pytest.fixture(scope="module")
def library(groups_home: Path) -> Library:
    """Groupings of 2024."""
    return open_library(groups_home)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library of fees alone."""
    folder = tmp_path_factory.mktemp("bare")
    build_library(folder / "home", put(folder, "PPRRVU24_JUL.csv", rvu(small_set.RVU_2024, "33.2875")))
    return open_library(folder / "home")


def diagnosis(value: str) -> Code:
    return Code("icd-10-cm", value)


def rows(tables: tuple[Table, ...], name: str) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for item in tables if item.name == name for line in item.lines]


def fact(section: Section, name: str) -> Fact:
    return next(item for item in section.facts if item.name == name)


def walked(library: Library, code: str, on: date = DAY) -> Crosswalk:
    return cross_walk(library, code, View(library, on)).value


def test_a_candidate_says_how_it_fits_and_whether_it_is_billable_on_the_day(library: Library) -> None:
    found = walked(library, "250.00")
    title = "Type 2 diabetes mellitus without complications"
    approximate = "approximate: does not mean exactly the same"
    assert found.edition == "FY2018"
    assert rows(found.tables, "gems-cm-9-to-10") == [["E11.9", title, approximate, "billable"]]
    assert rows(walked(library, "0010").tables, "gems-cm-9-to-10")[0][2] == "means the same"


def test_a_candidate_that_is_not_listed_on_the_day_says_so(library: Library) -> None:
    use = {row[0]: row[3] for row in rows(walked(library, "25040").tables, "gems-cm-9-to-10")}
    assert use == {"E11.22": "billable", "E11.29": "not listed"}
    assert rows(walked(library, "25000", date(2020, 1, 1)).tables, "gems-cm-9-to-10")[0][3] != "billable"


def test_a_combination_names_scenario_and_choice_list_and_its_former_titles(library: Library) -> None:
    assert rows(walked(library, "A02.1").tables, "gems-cm-10-to-9") == [
        ["003.1", "Salmonella septicemia", "combination: scenario 1, choice list 1", ""],
        ["995.91", "Sepsis", "combination: scenario 1, choice list 2", ""],
    ]


def test_a_code_without_equivalent_says_none_and_an_unknown_one_has_no_table(library: Library) -> None:
    assert rows(walked(library, "E9500").tables, "gems-cm-9-to-10") == [
        ["none", "", "no equivalent in the other system", ""]
    ]
    assert walked(library, "Q99").tables == ()


def test_what_cannot_be_a_code_is_refused_and_a_library_without_mappings_says_so(
    library: Library, bare: Library
) -> None:
    with pytest.raises(BadInput, match="two to seven letters and digits"):
        walked(library, "??")
    assert walked(bare, "25000", date(2024, 8, 1)).missing == ("gems",)


def test_a_diagnosis_has_its_category_in_every_model_with_label_factor_and_year(library: Library) -> None:
    section = risk_categories(View(library, DAY), diagnosis("E1122"))
    found = {item.label: (item.value, item.meaning) for item in section.facts if item.name == "hcc"}
    assert found == {
        "CMS-HCC Model V24": ("18", "payment year 2024"),
        "CMS-HCC Model V28": ("37", "Diabetes with Chronic Complications. Payment year 2024"),
    }
    assert fact(section, "hcc_counts").value == "payment year 2025"
    table = rows(section.tables, "hcc-v28")
    assert ["Drops", "HCC 38", "Diabetes with Glycemic, Unspecified, or No Complications"] in table
    assert ["Dropped by", "HCC 36", "Diabetes with Severe Acute Complications"] in table
    assert ["Relative factor", "0.166"] in [row[:2] for row in table]


def test_a_model_without_a_row_for_the_code_is_named_and_a_code_of_none_counts_for_nothing(library: Library) -> None:
    sclerosis = risk_categories(View(library, DAY), diagnosis("G35"))
    assert [(item.name, item.label) for item in sclerosis.facts] == [
        ("hcc", "CMS-HCC Model V24"),
        ("hcc_none", "CMS-HCC Model V28"),
        ("hcc_counts", "Counts toward"),
    ]
    pressure = risk_categories(View(library, DAY), diagnosis("I10"))
    assert [item.name for item in pressure.facts] == ["hcc_none", "hcc_none"]
    assert pressure.tables == ()


def test_a_code_in_two_categories_shows_both(library: Library) -> None:
    section = risk_categories(View(library, DAY), diagnosis("B377"))
    assert [item.value for item in section.facts if item.name == "hcc"] == ["2", "6"]


def test_a_mapping_does_not_speak_for_the_year_before(library: Library, bare: Library) -> None:
    assert risk_categories(View(library, date(2023, 12, 31)), diagnosis("E1122")).missing == ("cms-hcc",)
    assert risk_categories(View(bare, date(2024, 8, 1)), diagnosis("E1122")).missing == ("cms-hcc",)


def test_a_category_page_has_factors_hierarchy_and_diagnoses(library: Library) -> None:
    page = category_page(View(library, DAY), "V28", "37")
    assert page is not None and page.title == "Diabetes with Chronic Complications"
    assert page.words[0].text == "1 diagnosis maps to HCC 37 of V28 (PY2024)."
    factors, hierarchy, listed = page.sections
    assert [(item.name, item.value) for item in factors.facts] == [("factor_cna", "0.166"), ("factor_ins", "0.205")]
    assert rows(hierarchy.tables, "drops")[0][0] == "HCC 38"
    assert rows(hierarchy.tables, "dropped-by")[0][0] == "HCC 36"
    assert rows(listed.tables, "diagnoses") == [
        ["E11.22", "Type 2 diabetes mellitus with diabetic chronic kidney disease"]
    ]
    assert category_page(View(library, DAY), "V28", "999") is None


@pytest.mark.parametrize(
    ("on", "severity"),
    [(date(2023, 9, 30), "NCC"), (date(2023, 10, 1), "CC"), (date(2026, 9, 30), "CC"), (date(2026, 10, 1), "NCC")],
)
def test_a_complication_is_one_by_the_version_of_the_day(library: Library, on: date, severity: str) -> None:
    section = complication(View(library, on), diagnosis("Z5901"))
    assert fact(section, "severity").value == severity
    assert [row[2] for row in rows(section.tables, "severity-history")] == ["NCC", "CC", "NCC"]


def test_an_even_history_is_not_drawn_and_what_is_not_loaded_is_said(library: Library, bare: Library) -> None:
    assert complication(View(library, DAY), diagnosis("A000")).tables == ()
    unlisted = fact(complication(View(library, DAY), diagnosis("I10")), "severity")
    assert unlisted.value == "not listed" and "complete codes alone" in unlisted.meaning
    assert complication(View(bare, date(2024, 8, 1)), diagnosis("A000")).missing == ("ms-drg-cc",)


@pytest.mark.parametrize(
    ("code", "indicator", "words"),
    [("A000", "0", "Not chronic"), ("E119", "1", "Chronic"), ("Z5901", "9", "No determination")],
)
def test_chronic_or_not_or_undetermined(library: Library, code: str, indicator: str, words: str) -> None:
    section = clinical_groups(View(library, DAY), diagnosis(code))
    (found,) = section.facts
    assert (found.value, found.meaning.partition(".")[0][: len(words)]) == (indicator, words)
    assert section.missing == ("ccsr",), "categories were not loaded, which is not the same as none"


def test_a_group_has_weight_stay_and_titles_through_the_versions(library: Library) -> None:
    page = group_page(View(library, DAY), "002")
    assert page is not None and page.status == "deleted"
    assert "was last assigned" in page.words[0].text and "2023-09-30" in page.words[0].text
    later = group_page(View(library, DAY), "003")
    assert later is not None and (later.status, later.words[0].text) == ("future", "MS-DRG 003 begins on 2026-10-01.")
    assert group_page(View(library, DAY), "500") is None


def test_the_cap_is_told_only_where_it_binds(library: Library) -> None:
    view = View(library, DAY)
    capped, free = group_page(view, "002"), group_page(view, "291")
    assert capped is not None and free is not None
    assert "so the capped weight pays" in fact(capped.sections[0], "weight_before_cap").meaning
    assert "did not bind" in fact(free.sections[0], "weight_before_cap").meaning


def test_all_groups_stand_under_their_categories_and_need_a_table_for_the_day(library: Library, bare: Library) -> None:
    every = group_list(View(library, DAY)).value
    assert [(item.name, [group.row.number for group in item.groups]) for item in every] == [
        ("PRE", ["001", "002"]),
        ("05", ["291"]),
        ("", ["999"]),
    ]
    with pytest.raises(NotLoaded, match="ms-drg"):
        group_list(View(bare, date(2024, 8, 1)))


def stay(*diagnoses: str, procedures: tuple[str, ...] = (), on: date = DAY, age: int = 70, sex: str = "F") -> Stay:
    return Stay(diagnoses, procedures, age, sex, on)


def grouped(library: Library, one: Stay) -> Grouping:
    return group_stay(library, one).value


def test_heart_failure_is_291_to_293_by_its_secondary_diagnoses(library: Library) -> None:
    """MS-DRGs 291 to 293 (CMS, MS-DRG definitions manual, MDC 05)."""
    worst = grouped(library, stay("I50.21", "J96.01:Y"))
    assert worst.code == Code("ms-drg", "291") and (worst.mdc, worst.version) == ("05", "41.0")
    assert fact(Section("", "", worst.facts), "weight").value == "1.2500"
    assert worst.drivers[1] == Driver(diagnosis("J9601"), "secondary", "MCC", True, "gives the group its MCC level")
    plain = grouped(library, stay("I50.21", "I10"))
    assert plain.code == Code("ms-drg", "293") and plain.facts == ()
    assert not plain.drivers[1].counted


def test_a_stent_makes_the_stay_surgical(library: Library) -> None:
    """MS-DRG 322 took the place of 247 in October 2023 (IPPS final rule of fiscal year 2024)."""
    procedures = ("02703DZ",)
    after = grouped(library, stay("I50.21", procedures=procedures))
    before = grouped(library, stay("I50.21", procedures=procedures, on=date(2023, 9, 30)))
    assert after.code == Code("ms-drg", "322") and before.code == Code("ms-drg", "249")
    assert after.drivers[-1].counted and before.version == "40.1"


def test_weights_that_do_not_speak_for_the_day_are_not_taken_for_none(library: Library) -> None:
    assert grouped(library, stay("I50.21", on=date(2023, 9, 30))).missing == ("ms-drg",)
    assert grouped(library, stay("I50.21")).missing == ()


def test_a_principal_diagnosis_that_is_no_code_is_ungroupable(library: Library) -> None:
    found = grouped(library, stay("J96.01X"))
    assert found.problem.startswith("the principal diagnosis cannot be one")
    assert found.facts == () and not found.drivers[0].counted


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (stay(), "no diagnosis was given"),
        (stay("XX"), "cannot be an ICD-10-CM code"),
        (stay("I50.21", "I10:Q"), "present on admission is one of"),
        (stay("I50.21", procedures=("027",)), "cannot be an ICD-10-PCS code"),
        (stay("I50.21", sex="X"), "is not a sex"),
        (stay("I50.21", age=125), "is not an age"),
        (stay(*["I10"] * 26), "room for 25"),
        (Stay(("I50.21",), (), 70, "F", DAY, "99"), "is not a discharge status"),
    ],
)
def test_what_cannot_be_grouped_is_refused_in_one_line(library: Library, one: Stay, words: str) -> None:
    with pytest.raises(BadInput, match=words) as caught:
        group_stay(library, one)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("on", "version"), [(date(2022, 9, 30), ""), (date(2027, 3, 31), "44.0"), (date(2027, 4, 1), "")]
)
def test_the_grouper_speaks_for_its_versions_alone(library: Library, on: date, version: str) -> None:
    if version:
        assert grouped(library, stay("I50.21", on=on)).version == version
    else:
        with pytest.raises(NotLoaded, match="versions run from 2022-10-01 to 2027-03-31"):
            group_stay(library, stay("I50.21", on=on))
