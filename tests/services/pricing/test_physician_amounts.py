"""The practitioner's amounts: what one unit pays, and each adjustment of a line by itself, firing and silent."""

from __future__ import annotations

from datetime import date

import pytest

from claims_to_price import amounts, factor, price
from codeward.store.library import Library

EARLY, LATE = date(2024, 2, 1), date(2024, 3, 15)


def test_an_amount_shows_every_factor_with_its_row(fees: Library) -> None:
    item = price(fees, "G9103x2").lines[0]
    assert (str(item.amount), str(item.allowed_per_unit)) == ("160.00", "80.00")
    shown = {one.name: one.value for one in item.factors}
    assert shown["work RVU"] == "1.00" and shown["practice expense RVU, non-facility"] == "0.80"
    assert shown["conversion factor"] == "40.0000" and shown["fee schedule amount of one unit"] == "80.00"
    read = {one.name: one.source for one in item.factors}
    assert read["work RVU"] is not None and read["work RVU"].citation.startswith("mpfs-rvu@2026A:rvu26a.zip/")
    assert read["fee schedule amount of one unit"] is None, "what was worked out stands in no file"


@pytest.mark.parametrize(("pos", "amount"), [("11", "400.00"), ("24", "320.00"), ("10", "400.00"), ("02", "320.00")])
def test_practice_expense_by_place_of_service(fees: Library, pos: str, amount: str) -> None:
    assert amounts(price(fees, "G9101", place_of_service=pos)) == [amount]


def test_an_unknown_or_missing_place_is_said(fees: Library) -> None:
    assert price(fees, "G9101").warnings == ()
    assert "77 is no place of service" in price(fees, "G9101", place_of_service="77").warnings[0]
    assert "no place of service is given" in price(fees, "G9101", place_of_service="").warnings[0]


def test_where_the_file_says_na_the_other_expense_is_taken_and_said(fees: Library) -> None:
    told = price(fees, "G9203", place_of_service="22")
    assert amounts(told) == ["120.00"] and "NA for a facility" in " ".join(told.warnings)
    assert "NA" not in " ".join(price(fees, "G9203").warnings)


def test_locality_by_number_by_zip_and_national(fees: Library) -> None:
    assert amounts(price(fees, "G9101", locality="10112-00")) == [
        "412.00"
    ]  # (5.00 x 1.1 + 4.00 x 0.9 + 1.00 x 1.2) x 40
    assert amounts(price(fees, "G9101", zip="35004")) == ["412.00"]
    assert amounts(price(fees, "G9101")) == ["400.00"]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ({"zip": ""}, "no locality and no ZIP is given"),
        ({"zip": "99999"}, "ZIP 99999 is not in the loaded file"),
        ({"zip": "123"}, "'123' is no ZIP code"),
        ({"locality": "10112-77"}, "the index file does not have it"),
    ],
)
def test_a_place_that_cannot_be_told_is_priced_nationally_and_said(
    fees: Library, place: dict[str, str], said: str
) -> None:
    told = price(fees, "G9101", **place)
    assert amounts(told) == ["400.00"] and said in told.warnings[0] and "national" in told.warnings[0]


def test_a_zip_in_two_localities_is_said(fees: Library) -> None:
    told = price(fees, "G9101", zip="35958")
    assert amounts(told) == ["412.00"] and "lies in more than one locality" in told.warnings[0]


def test_2026_has_a_second_factor_for_qualifying_participants(fees: Library) -> None:
    assert amounts(price(fees, "G9101")) == ["400.00"]
    assert amounts(price(fees, "G9101", qualifying=True)) == ["402.00"]
    in_2025 = date(2025, 10, 15)
    assert amounts(price(fees, "G9101", day=in_2025, qualifying=True)) == ["323.47"]


def test_the_first_quarter_of_2024_had_two_factors(fees: Library) -> None:
    early, late = price(fees, "G9101", day=EARLY), price(fees, "G9101", day=LATE)
    assert amounts(early) == ["327.44"] and amounts(late) == ["332.88"]
    assert "Public Law 118-42" in " ".join(late.warnings) and "118-42" not in " ".join(early.warnings)


def test_a_day_before_every_release_is_not_priced_and_said(fees: Library) -> None:
    told = price(fees, "G9101", day=date(2023, 5, 1))
    assert amounts(told) == [None] and str(told.total) == "0.00"
    assert "no relative value file is loaded for 2023-05-01" in told.warnings[0]


def test_a_gap_is_said(fees: Library) -> None:
    assert any(
        "is not loaded; answered from 2026A" in text for text in price(fees, "G9101", day=date(2026, 8, 1)).warnings
    )


@pytest.mark.parametrize(
    ("service", "amount"),
    [
        ("G9201", "240.00"),
        ("G9201:26", "40.00"),
        ("G9201:TC", "200.00"),
        ("G9101:26", None),
        ("G9101:TC", None),
        ("G9201:26,TC", None),
    ],
)
def test_components_have_rows_of_their_own(fees: Library, service: str, amount: str | None) -> None:
    assert amounts(price(fees, service)) == [amount]


@pytest.mark.parametrize(
    ("service", "amount"),
    [
        ("G9102:54", "256.00"),
        ("G9102:55", "64.00"),
        ("G9102:54,55", "320.00"),
        ("G9102:56", "0.00"),
        ("G9102:78", "224.00"),
        ("G9102", "320.00"),
        ("G9101:54", "400.00"),
        ("G9101:78", "400.00"),
        ("G9108:53", "100.00"),
        ("G9101:53", None),
        ("G9101:52", None),
        ("G9101:22", "400.00"),
    ],
)
def test_shares_of_the_package_and_stopped_services(fees: Library, service: str, amount: str | None) -> None:
    assert amounts(price(fees, service)) == [amount]


def test_a_share_that_a_person_must_judge_is_said(fees: Library) -> None:
    assert "by report" in price(fees, "G9101:52").warnings[0]
    assert "54, 55 and 56 split" in price(fees, "G9101:54").warnings[0]
    assert price(fees, "G9102:54").warnings == ()


@pytest.mark.parametrize(
    ("service", "amount"),
    [
        ("G9101:50", "600.00"),
        ("G9102:50", "320.00"),
        ("G9107:50", "240.00"),
        ("G9106:50", "200.00"),
        ("G9101:LT,RTx2", "600.00"),
    ],
)
def test_both_sides_by_the_bilateral_indicator(fees: Library, service: str, amount: str) -> None:
    assert amounts(price(fees, service)) == [amount]


@pytest.mark.parametrize(
    ("services", "paid"),
    [
        (("G9101:LT", "G9101:RT"), ["400.00", "200.00"]),
        (("G9102:LT", "G9102:RT"), ["320.00", "0.00"]),
        (("G9107:LT", "G9107:RT"), ["120.00", "120.00"]),
        (("G9102:LT", "G9102:RT,59"), ["320.00", "160.00"]),
    ],
)
def test_left_and_right_on_two_lines(fees: Library, services: tuple[str, str], paid: list[str]) -> None:
    assert amounts(price(fees, *services)) == paid


@pytest.mark.parametrize(
    ("service", "amount", "warned"),
    [
        ("G9101:80", "64.00", ""),
        ("G9101:AS", "54.40", ""),
        ("G9107:82", "19.20", "records show that one was needed"),
        ("G9102:80", "0.00", ""),
        ("G9106:AS", "0.00", ""),
        ("G9101:62", "250.00", ""),
        ("G9103:62", "50.00", "records show that both were needed"),
        ("G9102:62", "0.00", ""),
        ("G9106:62", "0.00", ""),
        ("G9101:66", None, "by report"),
        ("G9102:66", "0.00", ""),
    ],
)
def test_roles_at_an_operation(fees: Library, service: str, amount: str | None, warned: str) -> None:
    told = price(fees, service)
    assert amounts(told) == [amount]
    assert warned in " ".join(told.warnings) if warned else told.warnings == ()


@pytest.mark.parametrize(
    ("taxonomy", "amount"),
    [
        ("363LF0000X", "340.00"),
        ("363A00000X", "340.00"),
        ("364S00000X", "340.00"),
        ("367A00000X", "400.00"),
        ("1041C0700X", "300.00"),
        ("106H00000X", "300.00"),
        ("101YM0800X", "300.00"),
        ("133V00000X", "340.00"),
        ("207ND0101X", "400.00"),
        ("", "400.00"),
    ],
)
def test_practitioners_who_are_not_physicians(fees: Library, taxonomy: str, amount: str) -> None:
    assert amounts(price(fees, "G9101", taxonomy=taxonomy)) == [amount]


def test_the_share_of_an_assistant_is_not_taken_twice(fees: Library) -> None:
    assert amounts(price(fees, "G9101:AS", taxonomy="363A00000X")) == ["54.40"]


def test_therapy_assistants(fees: Library) -> None:
    assert amounts(price(fees, "G9301:CQ,GP")) == ["34.00"]
    assert amounts(price(fees, "G9301:GP")) == ["40.00"]


@pytest.mark.parametrize(
    ("service", "amount"),
    [
        ("G9201:FX", "200.00"),
        ("G9201:FY", "220.00"),
        ("G9201:TC,CT", "170.00"),
        ("G9201:26,CT", "40.00"),
        ("G9201", "240.00"),
    ],
)
def test_old_imaging_equipment_takes_from_the_technical_part(fees: Library, service: str, amount: str) -> None:
    assert amounts(price(fees, service)) == [amount]


def test_computed_radiography_lost_less_before_2023(fees: Library) -> None:
    from codeward.services.pricing.equipment_age import off_for_equipment

    days = (date(2017, 6, 1), date(2022, 12, 31), date(2023, 1, 1))
    assert [str(off_for_equipment("FY", day)) for day in days] == ["0.00", "0.07", "0.10"]


def test_the_technical_part_is_held_to_the_hospital_rate_of_the_locality(fees: Library) -> None:
    capped = price(fees, "G9201:TC", locality="10112-00")
    assert amounts(capped) == ["150.00"] and factor(capped.lines[0], "OPPS cap") == "150.00"
    assert amounts(price(fees, "G9202:TC", locality="10112-00")) == ["109.20"], "900.00 holds nothing"
    national = price(fees, "G9201:TC")
    assert amounts(national) == ["200.00"] and "OPPS cap" in " ".join(national.warnings)
    assert price(fees, "G9203:TC").warnings == ()


def test_the_lesser_of_charge_and_schedule(fees: Library) -> None:
    assert amounts(price(fees, "G9101", charges="150.00")) == ["150.00"]
    assert amounts(price(fees, "G9101", charges="9999.00")) == ["400.00"]
    assert amounts(price(fees, "G9101", charges="0.00")) == ["400.00"]


def test_sequestration_is_shown_apart_and_not_taken_off(fees: Library) -> None:
    item = price(fees, "G9101").lines[0]
    assert str(item.amount) == "400.00" and factor(item, "sequestration").startswith("2 % of Medicare's payment")
    assert factor(price(fees, "G9501").lines[0], "sequestration") == ""


def test_sequestration_was_suspended_and_came_back_by_halves() -> None:
    from codeward.services.pricing.charge import sequestration_on

    days = (date(2013, 3, 31), date(2019, 1, 1), date(2021, 1, 1), date(2022, 5, 1), date(2022, 7, 1))
    assert [sequestration_on(day) for day in days] == ["", "2 %", "", "1 %", "2 %"]


@pytest.mark.parametrize(
    ("code", "amount", "said"),
    [
        ("G9501", "0.00", "Never paid on its own"),
        ("G9502", "0.00", "does not cover"),
        ("G9503", None, "contractor sets the price"),
        ("G9403", None, "without relative values"),
        ("G9506", None, "Outside the physician-services definition"),
        ("G9999", None, "no loaded fee schedule has it"),
    ],
)
def test_what_relative_values_do_not_pay_says_why(fees: Library, code: str, amount: str | None, said: str) -> None:
    told = price(fees, code)
    assert amounts(told) == [amount]
    assert said in " ".join(one.value for one in told.lines[0].factors)
    assert bool(told.warnings) is (amount is None)


def test_restricted_coverage_is_priced_and_said(fees: Library) -> None:
    told = price(fees, "G9402")
    assert amounts(told) == ["40.00"] and "coverage is restricted" in told.warnings[0]


def test_paid_only_when_nothing_else_is(fees: Library) -> None:
    assert amounts(price(fees, "G9401")) == ["40.00"]
    assert amounts(price(fees, "G9401", "G9501")) == ["40.00", "0.00"]
    assert amounts(price(fees, "G9401", "G9101")) == ["0.00", "400.00"]
    assert amounts(price(fees, "G9401", "G9101", denied={2: "PTP.DENY"})) == ["40.00", "0.00"]


def test_anesthesia_by_base_units_time_and_role(fees: Library) -> None:
    told = price(fees, "00199:AAx50", locality="10112-00")
    assert amounts(told) == ["166.00"]  # (5 + 3.3) x 20.00
    assert factor(told.lines[0], "time units") == "3.3, 50 minutes"
    assert amounts(price(fees, "00199:QKx50", locality="10112-00")) == ["83.00"]
    assert amounts(price(fees, "00199:ADx50", locality="10112-00")) == ["60.00"]
    assert amounts(price(fees, "00199:QZ,P3x45")) == ["163.98"]  # 8 x 20.4976, national
    assert amounts(price(fees, "00199:QZx45", qualifying=True)) == ["164.80"]


def test_anesthesia_without_role_or_base_units_is_said(fees: Library) -> None:
    assert "no modifier says who gave" in " ".join(price(fees, "00199x45").warnings)
    told = price(fees, "00199:AAx45", day=date(2025, 10, 15))
    assert amounts(told) == [None] and "are not loaded" in told.warnings[0]


@pytest.mark.parametrize(
    ("service", "amount"),
    [("G9504x2", "24.68"), ("G9504:QW", "11.11"), ("G9505", None), ("J9101x3", "7.04")],
)
def test_laboratory_tests_and_drugs_by_their_own_schedules(fees: Library, service: str, amount: str | None) -> None:
    assert amounts(price(fees, service)) == [amount]


def test_a_denied_line_is_paid_nothing_and_says_by_which_rule(fees: Library) -> None:
    told = price(fees, "G9101", "G9102", denied={1: "PTP.DENY"})
    assert amounts(told) == ["0.00", "320.00"], "it takes no place in the ranking"
    assert [(one.name, one.value) for one in told.lines[0].factors] == [("denied by", "PTP.DENY")]


def test_another_payer_is_priced_by_medicare_and_said(fees: Library) -> None:
    assert "medicaid may pay by others" in price(fees, "G9101", payer="medicaid").warnings[0]
