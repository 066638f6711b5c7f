"""What several services of one day do to each other: ranking, endoscopy families, tests and therapy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from claims_to_price import FEBRUARY, amounts, claim, factor, line, price
from codeward.services.pricing import price_claim
from codeward.store.library import Library


@pytest.mark.parametrize(
    ("services", "paid"),
    [
        (("G9102", "G9101"), ["160.00", "400.00"]),
        (("G9101", "G9103x2"), ["400.00", "160.00"]),
        (("G9101x2",), ["600.00"]),
        (("G9101", "G9107"), ["400.00", "120.00"]),
        (("G9101:50", "G9102"), ["600.00", "160.00"]),
        (("G9101:LT", "G9101:RT", "G9102"), ["400.00", "200.00", "160.00"]),
        (("G9101", "G9106"), ["400.00", "100.00"]),
        (("G9101", "G9102", "G9106"), ["400.00", "160.00", "50.00"]),
        (("G9102", "G9102:55"), ["320.00", "64.00"]),
    ],
)
def test_the_dearest_in_full_and_the_others_reduced(fees: Library, services: tuple[str, ...], paid: list[str]) -> None:
    assert amounts(price(fees, *services)) == paid


def test_places_are_shown(fees: Library) -> None:
    told = price(fees, "G9102", "G9101")
    assert [factor(item, "multiple procedures") for item in told.lines] == ["50 %, place 2", "100 %, place 1"]
    assert factor(price(fees, "G9101").lines[0], "multiple procedures") == ""


def test_the_sixth_procedure_is_by_report(fees: Library) -> None:
    assert amounts(price(fees, "G9101x5")) == ["1200.00"]
    told = price(fees, "G9101x5", "G9102")
    assert amounts(told) == ["1200.00", None] and "not less than 50 %" in told.warnings[0]


def test_days_and_practitioners_rank_apart(fees: Library) -> None:
    both = claim("G9101", "G9102")
    other_day = replace(both, lines=(both.lines[0], replace(both.lines[1], day=date(2026, 2, 11))))
    other_hand = replace(both, lines=(both.lines[0], replace(both.lines[1], rendering_npi="2000000010")))
    for apart in (other_day, other_hand):
        assert amounts(price_claim(fees, apart, {})) == ["400.00", "320.00"]


def test_procedures_of_earlier_claims_are_said_not_to_be_ranked(fees: Library) -> None:
    past = line("G9101", 9, claim_id="H", rendering_npi="1234567893")
    asked = replace(claim("G9102"), history=(past,))
    assert "G9101 of an earlier claim of 2026-02-10 is not ranked" in price_claim(fees, asked, {}).warnings[0]
    elsewhere = replace(asked, history=(replace(past, rendering_npi="2000000010"),))
    assert price_claim(fees, elsewhere, {}).warnings == ()


def test_an_earlier_claim_of_the_day_takes_the_payment_of_status_t(fees: Library) -> None:
    past = line("G9101", 9, claim_id="H", rendering_npi="1234567893")
    assert amounts(price_claim(fees, replace(claim("G9401"), history=(past,)), {})) == ["0.00"]
    before = replace(past, day=date(2026, 2, 9))
    assert amounts(price_claim(fees, replace(claim("G9401"), history=(before,)), {})) == ["40.00"]


@pytest.mark.parametrize(
    ("services", "paid"),
    [
        (("G9104", "G9105"), ["360.00", "80.00"]),
        (("G9105", "G9104"), ["80.00", "360.00"]),
        (("G9104",), ["360.00"]),
        (("G9104", "G9100"), ["360.00", "0.00"]),
        (("G9104x2",), ["520.00"]),
        (("G9104", "G9105", "G9101"), ["360.00", "80.00", "200.00"]),
        (("G9105", "G9101"), ["140.00", "400.00"]),
    ],
)
def test_endoscopies_of_one_family_pay_the_base_once(fees: Library, services: tuple[str, ...], paid: list[str]) -> None:
    assert amounts(price(fees, *services)) == paid


def test_the_base_is_taken_in_the_setting_of_the_family(fees: Library) -> None:
    assert amounts(price(fees, "G9104", "G9105", place_of_service="24")) == ["320.00", "100.00"]


@pytest.mark.parametrize(
    ("services", "paid"),
    [
        (("G9201", "G9202"), ["238.00", "140.00"]),  # 200 + 40 x 95 %; 120 x 50 % + 80
        (("G9201:TC", "G9202:TC"), ["200.00", "60.00"]),
        (("G9201:26", "G9202:26"), ["38.00", "80.00"]),
        (("G9201", "G9202:59"), ["240.00", "200.00"]),
        (("G9201", "G9203"), ["240.00", "120.00"]),
        (("G9201",), ["240.00"]),
        (("G9201:TC,50",), ["300.00"]),
    ],
)
def test_images_of_one_session(fees: Library, services: tuple[str, ...], paid: list[str]) -> None:
    assert amounts(price(fees, *services)) == paid


@pytest.mark.parametrize(
    ("services", "paid"),
    [
        (("G9203", "G9204:TC"), ["120.00", "30.00"]),
        (("G9203:26", "G9204:TC"), ["40.00", "40.00"]),
        (("G9205:TC", "G9206:TC"), ["80.00", "32.00"]),
        (("G9205:TC", "G9204:TC"), ["80.00", "40.00"]),
    ],
)
def test_cardiovascular_and_eye_tests(fees: Library, services: tuple[str, ...], paid: list[str]) -> None:
    assert amounts(price(fees, *services)) == paid


@pytest.mark.parametrize(
    ("services", "paid"),
    [
        (("G9301x3", "G9302"), ["104.00", "30.00"]),  # 40 + 2 x (40 - 8); 36 - 6
        (("G9301", "G9302"), ["40.00", "30.00"]),
        (("G9301",), ["40.00"]),
        (("G9302", "G9101"), ["36.00", "400.00"]),
    ],
)
def test_therapy_of_one_day(fees: Library, services: tuple[str, ...], paid: list[str]) -> None:
    assert amounts(price(fees, *services)) == paid


def test_denied_lines_reduce_nothing(fees: Library) -> None:
    told = price(fees, "G9301", "G9302", denied={1: "MUE.DOS"})
    assert amounts(told) == ["0.00", "36.00"]
    assert price(fees, "G9101", "G9102", day=FEBRUARY, denied={2: "X"}).total == 400
