"""Hospitals, surgical centers and suppliers: what each setting's own schedules pay."""

from __future__ import annotations

import pytest

from claims_to_price import amounts, factor, price
from codeward.core.claims import Payment
from codeward.store.library import Library


def hospital(fees: Library, *services: str) -> Payment:
    return price(fees, *services, setting="outpatient-hospital")


def center(fees: Library, *services: str) -> Payment:
    return price(fees, *services, setting="asc", place_of_service="24")


@pytest.mark.parametrize(
    ("services", "paid"),
    [
        (("C9101",), ["500.00"]),
        (("C9102", "C9101"), ["150.00", "500.00"]),
        (("C9101x2",), ["750.00"]),
        (("C9101", "C9103x2"), ["500.00", "200.00"]),
        (("G9101:50",), ["600.00"]),
        (("C9101:73",), ["250.00"]),
        (("C9101:74",), ["500.00"]),
        (("C9105", "C9101"), ["0.00", "500.00"]),
        (("C9106",), ["0.00"]),
        (("A4217",), ["0.00"]),
        (("C9113",), [None]),
        (("C9110x4",), ["40.00"]),
        (("G0463:PO",), ["48.00"]),
        (("C9103:PN", "C9110:PN"), ["40.00", "10.00"]),
        (("C9103:PO",), ["100.00"]),
        (("C9999",), [None]),
    ],
)
def test_hospital_rates_by_status_indicator(fees: Library, services: tuple[str, ...], paid: list[str | None]) -> None:
    assert amounts(hospital(fees, *services)) == paid


@pytest.mark.parametrize(
    ("services", "paid"),
    [
        (("C9104", "C9111"), ["0.00", "90.00"]),
        (("C9104",), ["50.00"]),
        (("C9104", "C9112"), ["0.00", "60.00"]),
        (("C9108", "C9101"), ["0.00", "500.00"]),
        (("C9108", "C9111"), ["70.00", "90.00"]),
        (("C9104", "C9108"), ["0.00", "70.00"]),
        (("G9504", "C9111"), ["0.00", "90.00"]),
        (("G9504",), ["12.34"]),
    ],
)
def test_conditional_packaging_as_far_as_the_lines_tell(
    fees: Library, services: tuple[str, ...], paid: list[str]
) -> None:
    assert amounts(hospital(fees, *services)) == paid


def test_a_comprehensive_apc_pays_for_nearly_everything(fees: Library) -> None:
    told = hospital(fees, "C9101", "C9107", "C9110", "G9504", "G9301")
    assert amounts(told) == ["0.00", "2000.00", "0.00", "0.00", "40.00"]
    assert "packaged into line 2 (C9107)" in factor(told.lines[0], "packaged")
    several = hospital(fees, "C9114", "C9107")
    assert amounts(several) == ["0.00", "2000.00"] and "complexity adjustment" in " ".join(several.warnings)


def test_a_denied_comprehensive_service_packages_nothing(fees: Library) -> None:
    told = price(fees, "C9107", "C9103", setting="outpatient-hospital", denied={1: "PTP.DENY"})
    assert amounts(told) == ["0.00", "100.00"]


def test_observation_of_eight_hours_with_a_visit(fees: Library) -> None:
    assert amounts(hospital(fees, "C9109", "G0378x8", "C9103")) == ["2500.00", "0.00", "0.00"]
    assert amounts(hospital(fees, "C9109", "G0378x7", "C9103")) == ["150.00", "0.00", "100.00"]
    assert amounts(hospital(fees, "C9109", "G0378x9", "C9101")) == ["150.00", "0.00", "500.00"]


def test_what_opps_leaves_to_the_physician_schedule(fees: Library) -> None:
    told = hospital(fees, "G9301x2", "G9203")
    assert amounts(told) == ["72.00", "80.00"], "therapy with its reduction; of a test the technical part"


def test_what_is_not_worked_out_is_said(fees: Library) -> None:
    assert "wage indices are not loaded" in hospital(fees, "C9101").warnings[0]
    assert "composite APCs are not worked out" in " ".join(hospital(fees, "C9115").warnings)
    assert not any("composite" in text for text in hospital(fees, "C9101").warnings)


@pytest.mark.parametrize(
    ("services", "paid"),
    [
        (("G9101",), ["600.00"]),
        (("G9102", "G9101"), ["200.00", "600.00"]),
        (("G9101:LT", "G9101:RT"), ["600.00", "300.00"]),
        (("G9101", "G9107"), ["600.00", "100.00"]),
        (("G9109", "G9105"), ["0.00", "0.00"]),
        (("J9101x2",), ["10.00"]),
        (("C9113",), [None]),
        (("G9110",), ["0.00"]),
        (("G9101:73",), ["300.00"]),
        (("G9101:74",), ["600.00"]),
        (("G9108",), [None]),
    ],
)
def test_surgical_center_rates(fees: Library, services: tuple[str, ...], paid: list[str | None]) -> None:
    assert amounts(center(fees, *services)) == paid


def test_a_surgical_center_has_no_use_for_50(fees: Library) -> None:
    told = center(fees, "G9101:50")
    assert amounts(told) == ["600.00"] and "two lines, LT and RT" in told.warnings[0]
    assert not any("two lines" in text for text in center(fees, "G9101").warnings)


@pytest.mark.parametrize(
    ("service", "place", "paid"),
    [
        ("E0601:RR", {"state": "TX"}, "49.57"),
        ("E0601:RR", {"zip": "35958"}, "94.93"),
        ("E0601:RR", {"zip": "35004"}, "50.58"),
        ("E0601:RR", {}, None),
        ("E0601", {"state": "TX"}, None),
        ("V2786", {"state": "TX"}, None),
        ("J9101x2", {"state": "TX"}, "4.69"),
        ("G9101", {"state": "TX"}, None),
    ],
)
def test_suppliers_by_state_and_rurality(fees: Library, service: str, place: dict[str, str], paid: str | None) -> None:
    told = price(fees, service, setting="dme", place_of_service="12", **place)
    assert amounts(told) == [paid]
    assert bool(told.warnings) is (paid is None or ("state" in place and service.startswith("E")))


def test_a_practitioner_cannot_bill_what_goes_to_the_equipment_contractor(fees: Library) -> None:
    told = price(fees, "E0601:RR", state="TX")
    assert amounts(told) == [None] and "claims go to the DME contractor" in told.warnings[0]
    assert amounts(price(fees, "A4217", state="TX")) == ["4.38"]
