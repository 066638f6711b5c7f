"""Amounts from the real published files: the worked cases, CMS's own capped prices, and each setting."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from claims_to_price import amounts, factor, price
from codeward.core.claims import Claim, ClaimLine
from codeward.services.pricing import price_claim
from codeward.store.library import Library

pytestmark = pytest.mark.official

AUGUST, NOVEMBER, JANUARY = date(2024, 8, 15), date(2025, 11, 14), date(2025, 1, 15)
LOCALITIES = ("03102-00", "10112-00", "01182-18", "13202-01", "02102-01", "09202-20")


@pytest.fixture(scope="module")
def cases(official: Path) -> list[dict[str, Any]]:
    """Claims with expected results that lie beside the official files."""
    file = official.parent / "cases" / "claims.json"
    if not file.is_file():
        pytest.skip("no worked cases lie beside the official files")
    found: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    return found


def claim_of(given: dict[str, Any]) -> Claim:
    """The claim of a case, as far as pricing asks."""
    texts = ("billing_npi", "rendering_npi", "place_of_service", "state", "zip")
    return Claim(
        given["claim_id"],
        tuple(line_of(item) for item in given["lines"]),
        setting=given["setting"],
        history=tuple(line_of(item) for item in given["history"]),
        **{name: given.get(name) or "" for name in texts},
    )


def line_of(given: dict[str, Any]) -> ClaimLine:
    """A line of a case."""
    return ClaimLine(
        given["number"],
        given["code"],
        tuple(given["modifiers"]),
        Decimal(given["units"]),
        date.fromisoformat(given["date"]),
        charge=Decimal(given["charge"]),
        rendering_npi=given.get("rendering_npi") or "",
        billing_npi=given.get("billing_npi") or "",
        place_of_service=given.get("place_of_service") or "",
    )


def test_every_worked_case_pays_as_expected(cases: list[dict[str, Any]], official_library: Library) -> None:
    wrong, seen = [], 0
    for case in cases:
        expected = case["expect"].get("pay")
        if not expected:
            continue
        seen += 1
        tolerance = Decimal(case["expect"].get("pay_tolerance") or "0.01")
        payment = price_claim(official_library, claim_of(case["claim"]), {})
        for code, amount in expected.items():
            paid = sum((item.amount or Decimal(0) for item in payment.lines if item.code == code), Decimal(0))
            if abs(paid - Decimal(amount)) > tolerance:
                wrong.append((case["id"], code, paid, amount))
        if abs(payment.total - Decimal(case["expect"]["total"])) > 2 * tolerance:
            wrong.append((case["id"], "total", payment.total, case["expect"]["total"]))
    assert seen >= 30 and not wrong


def test_the_worked_mohs_day(official_library: Library) -> None:
    services = ("17311", "17312x2", "17315x3", "14060")
    office = price(official_library, *services, day=AUGUST)
    assert amounts(office) == ["340.37", "826.20", "239.67", "770.94"]
    assert str(office.total) == "2177.18"
    center = price(official_library, *services, day=AUGUST, place_of_service="24")
    assert str(center.total) == "1359.81" and amounts(center)[0] == "175.09"


@pytest.mark.parametrize(("pos", "amount"), [("11", "666.29"), ("24", "344.01")])
def test_arizona_in_2024(official_library: Library, pos: str, amount: str) -> None:
    told = price(official_library, "17311", day=AUGUST, place_of_service=pos, locality="03102-00")
    assert amounts(told) == [amount] and told.warnings == ()


@pytest.mark.parametrize(
    ("code", "office", "facility"),
    [
        ("17311", "20.44", "10.60"),
        ("17312", "12.35", "5.65"),
        ("17313", "19.21", "9.52"),
        ("17314", "11.82", "5.21"),
        ("17315", "2.42", "1.48"),
        ("11102", "2.96", "1.12"),
        ("11104", "3.69", "1.40"),
        ("12051", "8.43", "5.10"),
        ("13132", "14.02", "9.06"),
        ("14060", "23.24", "20.12"),
        ("99213", "2.75", "1.97"),
        ("20610", "1.96", "1.36"),
    ],
)
def test_totals_of_october_2025(official_library: Library, code: str, office: str, facility: str) -> None:
    for pos, total in (("11", office), ("24", facility)):
        wanted = (Decimal(total) * Decimal("32.3465")).quantize(Decimal("0.01"))
        paid = price(official_library, code, day=NOVEMBER, place_of_service=pos).lines[0].amount
        assert paid is not None and abs(paid - wanted) <= Decimal("0.01"), (code, pos)


def test_one_code_in_two_releases(official_library: Library) -> None:
    assert amounts(price(official_library, "17311", day=AUGUST)) == ["680.73"]
    assert amounts(price(official_library, "17311", day=NOVEMBER)) == ["661.16"]
    assert amounts(price(official_library, "66984", day=NOVEMBER, place_of_service="24")) == ["521.75"]


def test_a_zip_leads_to_its_locality(official_library: Library) -> None:
    told = price(official_library, "17311", day=NOVEMBER, zip="85001")
    assert factor(told.lines[0], "work index") == "1.000, 03102-00 ARIZONA"


@pytest.mark.parametrize("locality", LOCALITIES)
def test_capped_images_pay_what_cms_publishes_for_the_locality(official_library: Library, locality: str) -> None:
    """The cap file gives whole services with their technical part held: formula, indices and cap at once."""
    contractor, number = locality.split("-")
    query = (
        "select code, nonfacility from opps_cap where modifier is null and status in ('A', 'R', 'T') "
        "and contractor = ? and locality = ?"
    )
    published = official_library.db.execute(query, (contractor, number)).fetchall()
    wrong = []
    for code, amount in published:
        paid = price(official_library, code, day=NOVEMBER, locality=locality).lines[0].amount
        if paid is not None and abs(paid - Decimal(str(amount))) > Decimal("0.01"):
            wrong.append((code, paid, amount))
    assert len(published) > 20 and not wrong


def test_hospital_and_surgical_center_rates_of_2025(official_library: Library) -> None:
    hospital = price(official_library, "45378", "45385", "80053", day=JANUARY, setting="outpatient-hospital")
    assert amounts(hospital) == ["455.86", "1179.08", "0.00"]
    center = price(official_library, "66984:RT", "66984:LT", day=JANUARY, setting="asc")
    assert amounts(center) == ["1214.31", "607.16"]


def test_laboratory_drug_and_equipment_in_2025(official_library: Library) -> None:
    told = price(official_library, "80053", "J1885x2", "36415", day=JANUARY)
    assert amounts(told) == ["10.56", "1.50", "9.09"]
    equipment = price(official_library, "E0601:RR", day=JANUARY, setting="dme", state="TX", zip="75001")
    assert amounts(equipment) == ["49.57"]


def test_anesthesia_without_base_units_is_not_priced(official_library: Library) -> None:
    told = price(official_library, "00142:QKx45", day=NOVEMBER)
    assert amounts(told) == [None] and "base units are not loaded" in told.warnings[0]
