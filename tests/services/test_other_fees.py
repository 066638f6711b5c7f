"""Fees beside the physician's: each schedule says what it pays, since when and from where, or is not loaded."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from codeward.services.look_up import look_up
from codeward.services.page import CodePage, Section
from codeward.store.library import Library, open_library
from golden import fee_set
from making import build_library

JANUARY, MAY = date(2025, 1, 15), date(2025, 5, 15)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Home of a library of the fee set."""
    folder = tmp_path_factory.mktemp("fees")
    build_library(folder / "home", fee_set.write(folder / "files"))
    return folder / "home"


@pytest.fixture(scope="module")
def library(home: Path) -> Library:
    """The fee set, open."""
    return open_library(home)


def page(library: Library, code: str, on: date = MAY) -> CodePage:
    return look_up(library, code, on).value


def section(library: Library, name: str, code: str, on: date = MAY) -> Section:
    found = page(library, code, on).section(name)
    assert found is not None
    return found


def value(part: Section, name: str) -> object:
    fact = part.fact(name)
    assert fact is not None, f"{part.name} has no {name}"
    return fact.value


def rows(part: Section, name: str) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in next(t for t in part.tables if t.name == name).lines]


def words(library: Library, code: str, on: date = MAY) -> str:
    return " ".join(sentence.text for sentence in page(library, code, on).words)


def test_laboratory_rate_of_the_day_and_how_it_came_about(library: Library) -> None:
    part = section(library, "laboratory-fees", "80053")
    assert (value(part, "laboratory_rate"), value(part, "laboratory_rate_qw")) == ("10.56", "10.56")
    assert value(section(library, "laboratory-fees", "80053", JANUARY), "laboratory_rate") == "10.00"
    plain = [row for row in rows(part, "laboratory-history") if not row[2]]
    assert [(row[1], row[5]) for row in plain] == [("2025-03-31", "10.00"), ("", "10.56")]
    rate = part.fact("laboratory_rate")
    assert rate is not None and rate.source is not None
    assert (rate.source.file, rate.source.line) == ("25CLABQ2.zip/CLFS 2025 Q2V1.csv", 4)
    assert "pays $10.56" in words(library, "80053")


def test_a_test_without_national_rate_is_not_paid_nothing(library: Library) -> None:
    assert value(section(library, "laboratory-fees", "0001U"), "laboratory_rate") == "-"
    assert "the contractor prices it" in words(library, "0001U")


def test_drug_limit_is_for_the_dosage_of_the_code(library: Library) -> None:
    part = section(library, "drug-limits", "J1885")
    assert (value(part, "drug_limit"), value(part, "drug_dosage")) == ("0.802", "15 MG")
    assert (value(part, "drug_coinsurance"), value(part, "drug_notes")) == (
        "19.275 %",
        "Inflation-adjusted coinsurance",
    )
    assert [row[3] for row in rows(part, "drug-history")] == ["0.751", "0.802"]
    assert "at most $0.802 for 15 MG" in words(library, "J1885")


def test_a_vaccine_has_a_limit_of_its_own_and_no_text_of_the_ama(library: Library) -> None:
    part = section(library, "drug-limits", "90375")
    assert value(part, "drug_vaccine_limit") == "283.49"
    release = library.in_force("asp", MAY)
    assert release is not None
    assert library.find("asp", release, MAY, code="90375")[0].row.short_text == ""


def test_equipment_fee_by_state_and_rurality(library: Library) -> None:
    part = section(library, "equipment-fees", "E0601")
    assert value(part, "equipment_category") == "CR"
    by_state = {row[0]: row[2:] for row in rows(part, "equipment-areas-rr")}
    assert by_state["AL"] == ["51.58", "94.93"]
    assert by_state["AK"] == ["91.42", "-"]
    assert len(by_state) == 53
    before = section(library, "equipment-fees", "E0601", JANUARY)
    assert {row[0]: row[2] for row in rows(before, "equipment-areas-rr")}["AL"] == "50.58"
    assert len(rows(part, "equipment-history")) == 2


def test_anesthesia_factor_and_that_base_units_are_not_loaded(library: Library) -> None:
    part = section(library, "anesthesia-fees", "00100")
    assert value(part, "anesthesia_factor") == "20.3178"
    assert (value(part, "anesthesia_factor_lowest"), value(part, "anesthesia_factor_highest")) == ("19.31", "27.86")
    assert part.missing == ("mpfs-anesthesia-base",)
    assert ["02102", "01", "ALASKA", "27.86"] in rows(part, "anesthesia-localities")
    assert [row[:2] for row in rows(part, "anesthesia-history")] == [["2024", "20.4349"], ["2025", "20.3178"]]
    assert "base units are not loaded" in words(library, "00100")


def test_base_units_are_told_where_they_are_loaded(tmp_path: Path) -> None:
    units = Path(fee_set.GOLDEN / "mpfs-anesthesia-base/2025")
    build_library(tmp_path / "home", fee_set.write(tmp_path / "files"), units)
    part = section(open_library(tmp_path / "home"), "anesthesia-fees", "00199")
    assert value(part, "anesthesia_base_units") == 5
    assert part.missing == ()


@pytest.mark.parametrize("code", ["80053", "93990", "J1885"])
def test_other_codes_have_no_anesthesia(library: Library, code: str) -> None:
    part = section(library, "anesthesia-fees", code)
    assert not (part.facts or part.tables or part.missing)


def test_cap_by_component_and_locality(library: Library) -> None:
    part = section(library, "outpatient-caps", "93990")
    assert (value(part, "cap_lowest_tc"), value(part, "cap_highest_tc")) == ("95.00", "151.86")
    assert value(section(library, "outpatient-caps", "93990", JANUARY), "cap_lowest_tc") == "90.59"
    assert rows(part, "cap-history") == [["2025A", "90.59 to 151.86"], ["2025B", "95.00 to 151.86"]]
    assert value(part, "cap_lowest") == "111.53"
    assert ["02102", "01", "ALASKA", "151.86", "151.86"] in rows(part, "cap-localities-tc")
    assert not section(library, "outpatient-caps", "80053").facts


def test_device_offset_stands_with_the_center_s_rate(library: Library) -> None:
    part = section(library, "asc-fees", "93990", JANUARY)
    assert (value(part, "asc_device_offset"), value(part, "asc_device_portion")) == ("35.62 %", "2329.54")
    assert part.fact("asc_excluded") is None


def test_a_code_is_excluded_while_addendum_ee_lists_it(library: Library) -> None:
    part = section(library, "asc-fees", "G0412", JANUARY)
    assert value(part, "asc_excluded") is True
    assert "Addendum EE (2025-01) excludes it" in words(library, "G0412", JANUARY)
    later = section(library, "asc-fees", "G0412", MAY)
    assert later.fact("asc_excluded") is None
    assert rows(later, "excluded-history") == [["2025-01-01", "2025-03-31"]]


def test_cms_s_words_stand_beside_ours(library: Library) -> None:
    part = section(library, "outpatient-fees", "80053")
    ours, theirs = part.fact("opps_status_indicator"), part.fact("opps_status_text")
    assert ours is not None and theirs is not None and theirs.source is not None
    assert theirs.meaning.startswith("Codes that are not recognized by OPPS when submitted")
    assert "An alternate code that is recognized by OPPS" in theirs.meaning
    assert theirs.meaning != ours.meaning
    assert theirs.source.dataset == "opps-addendum-d1"


def test_schedules_that_are_not_loaded_say_so(tmp_path: Path) -> None:
    files = fee_set.write(tmp_path / "files")
    build_library(tmp_path / "home", files / "2025 NFRM Addendum B.11122024.txt")
    answer = look_up(open_library(tmp_path / "home"), "80053", MAY)
    missing = {name for part in answer.value.sections for name in part.missing}
    assert {"clfs", "asp", "dmepos", "opps-cap", "asc-ee"} <= missing
    assert {"clfs", "asp", "dmepos", "opps-cap", "asc-ee", "opps-addendum-d1"} <= set(answer.not_loaded)


def test_a_schedule_loaded_without_the_code_is_not_missing(library: Library) -> None:
    part = section(library, "laboratory-fees", "J1885")
    assert not (part.facts or part.missing)
