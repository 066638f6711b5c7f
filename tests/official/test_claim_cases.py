"""Worked claims with the findings and amounts they must give, against the real files through every rule."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from codeward.core.claims import CheckedClaim
from codeward.ingest.claims import claim_from_json
from codeward.services.check_claim import check_claims
from codeward.store.library import Library

pytestmark = pytest.mark.official
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def checked(official: Path, claim_library: Library) -> list[tuple[dict[str, Any], CheckedClaim]]:
    """Each worked case beside what checking its claim gave."""
    file = official.parent / "cases" / "claims.json"
    if not file.is_file():
        pytest.skip("no worked cases lie beside the official files")
    cases = json.loads(file.read_text(encoding="utf-8"))
    claims = [claim_from_json(case["claim"]) for case in cases]
    return list(zip(cases, check_claims(claim_library, claims, TODAY), strict=True))


def _faults(case: dict[str, Any], checked: CheckedClaim) -> list[str]:
    """What differs: missing findings, unexpected ones of the rules the case speaks of, amounts beyond tolerance."""
    expected = case["expect"]
    found = {(item.rule, item.code) for item in checked.findings}
    wanted = [*expected["rules"], *expected.get("info", [])]
    faults = [f"missing {item['rule']} {item['code']}" for item in wanted if not _is_there(item, found)]
    closed = {item["rule"] for item in expected["rules"]} | set(expected["absent"])
    allowed = [*wanted, *expected.get("optional", [])]
    spare = [key for key in found if key[0] in closed and not any(_is_there(item, {key}) for item in allowed)]
    return [*faults, *(f"unexpected {rule} {code}" for rule, code in spare), *_wrong_amounts(expected, checked)]


def _is_there(item: dict[str, Any], found: set[tuple[str, str]]) -> bool:
    codes = {item["code"], item.get("with")} if item["rule"] == "DX.EXCL1" else {item["code"]}
    return any((item["rule"], code) in found for code in codes)


def _wrong_amounts(expected: dict[str, Any], checked: CheckedClaim) -> list[str]:
    if not expected.get("pay") or checked.payment is None:
        return []
    tolerance = Decimal(expected.get("pay_tolerance") or "0.01")
    paid = {line.code: line.amount or Decimal(0) for line in checked.payment.lines}
    wrong = [code for code, amount in expected["pay"].items() if abs(paid[code] - Decimal(amount)) > tolerance]
    total = abs(checked.payment.total - Decimal(expected["total"])) > 2 * tolerance
    return [*(f"pays {code} {paid[code]}" for code in wrong), *(["total"] if total else [])]


def test_every_certain_case_comes_out(checked: list[tuple[dict[str, Any], CheckedClaim]]) -> None:
    wrong = {case["id"]: _faults(case, item) for case, item in checked if case["certain"]}
    assert {name: faults for name, faults in wrong.items() if faults} == {}
    assert len(wrong) > 130


def test_every_finding_can_be_followed(checked: list[tuple[dict[str, Any], CheckedClaim]]) -> None:
    for case, item in checked:
        for finding in item.findings:
            assert finding.message.strip(), case["id"]
            assert "{" not in finding.message + finding.remedy, (finding.rule, finding.message, finding.remedy)
            if finding.rule.startswith(("PTP.", "MUE.", "AOC.", "STATUS.", "PCTC.", "SURG.", "GLOB.")):
                assert finding.sources, (case["id"], finding.rule)


def test_nothing_is_clean_while_coverage_is_not_checked(checked: list[tuple[dict[str, Any], CheckedClaim]]) -> None:
    for case, item in checked:
        assert any(left.rule == "COV.*" for left in item.not_checked), case["id"]
        assert item.verdict != "clean", case["id"]


def test_a_pair_cites_the_line_of_its_edit(checked: list[tuple[dict[str, Any], CheckedClaim]]) -> None:
    (item,) = (item for case, item in checked if case["id"] == "M08")
    (finding,) = (finding for finding in item.findings if finding.rule == "PTP.DENY")
    assert (finding.code, finding.with_code, finding.lines) == ("88305", "17311", (2, 1))
    assert finding.sources[0].dataset == "ncci-ptp-practitioner" and finding.sources[0].edition == "v30.2"
    assert item.payment is not None and item.payment.lines[1].amount == Decimal("0.00")


@pytest.mark.parametrize(
    ("code", "day", "rule"),
    [
        ("98016", date(2024, 8, 15), "CODE.DOS"),
        ("98016", date(2025, 2, 1), ""),
        ("99442", date(2025, 2, 1), "CODE.DOS"),
        ("99442", date(2024, 12, 31), ""),
        ("Z9999", date(2024, 8, 15), "CODE.UNKNOWN"),
        ("99999", date(2024, 8, 15), "CODE.UNKNOWN"),
        ("J2919", date(2024, 4, 1), ""),
    ],
)
def test_a_code_holds_on_its_days_only(claim_library: Library, code: str, day: date, rule: str) -> None:
    line = {"code": code, "units": 1, "date": day.isoformat(), "modifiers": ["JZ"]}
    claim = claim_from_json({"claim_id": "C", "billing_npi": "1234567893", "place_of_service": "11", "lines": [line]})
    (checked,) = check_claims(claim_library, [claim], TODAY)
    assert {item.rule for item in checked.findings if item.rule.startswith("CODE.")} == ({rule} if rule else set())
