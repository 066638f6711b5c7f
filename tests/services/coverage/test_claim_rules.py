"""Coverage rules of the claim checker: the articles of the claim's state on the day, against the line's diagnoses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from codeward.core.claims import CheckedClaim, Claim, ClaimLine, Patient
from codeward.rules.engines.duckdb import DuckdbEngine
from codeward.rules.engines.sqlite import SqliteEngine
from codeward.services.check_claim import check_claims
from codeward.store.library import Library

TODAY = date(2026, 11, 24)
DAY = date(2025, 3, 1)


def claim(code: str, *diagnoses: str, pointers: tuple[int, ...] = (1,), day: date = DAY, **more: Any) -> Claim:
    modifiers = more.pop("modifiers", ())
    line = ClaimLine(number=1, code=code, day=day, modifiers=modifiers, units=Decimal(1), diagnosis_pointers=pointers)
    told = {"state": "FL", "setting": "practitioner", "payer": "medicare", "place_of_service": "11", **more}
    return Claim(claim_id="made-up", patient=Patient(), diagnoses=diagnoses, lines=(line,), **told)


def checked(library: Library, made: Claim) -> CheckedClaim:
    (found,) = check_claims(library, [made], TODAY)
    return found


def found(library: Library, made: Claim) -> list[tuple[str, str]]:
    return [(item.rule, item.severity) for item in checked(library, made).findings if item.rule.startswith("COV.")]


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (claim("G9101", "Z00.00"), [("COV.LCD", "deny")]),
        (claim("G9101", "C44.311"), []),
        (claim("G9101", "C44.311", "Z00.00", pointers=(2,)), [("COV.LCD", "deny")]),
        (claim("G9101", "Z00.00", "C44.311", pointers=(1, 2)), []),
        (claim("G9101", "L57.0"), [("COV.NONCOVERED", "deny")]),
        (claim("G9101", "L57.0", "C44.311", pointers=(1, 2)), [("COV.NONCOVERED", "warn")]),
        (claim("G9101", "Z00.00", state="NY"), []),
        (claim("G9101", "Z00.00", state=""), []),
        (claim("G9101", "Z00.00", payer="aetna"), []),
        (claim("G9101", "Z00.00", pointers=()), []),
        (claim("G9101", "Z00.00", modifiers=("GY",)), []),
        (claim("G9101", "Z00.00", setting="outpatient-hospital"), [("COV.LCD", "deny")]),
        (claim("G9102", "Z00.00", setting="outpatient-hospital"), []),
        (claim("E9101", "Z00.00", setting="dme"), [("COV.LCD", "deny")]),
        (claim("G9104", "Z00.00"), []),
        (claim("G9111", "Z00.00"), []),
        (claim("G9116", "Z00.00"), []),
        (claim("G9109", "N18.4", day=date(2023, 6, 1)), []),
        (claim("G9109", "N18.4", day=date(2024, 6, 1)), [("COV.LCD", "deny")]),
        (claim("G9109", "N18.4", day=date(2026, 6, 1)), []),
        (claim("G9121", "I10", day=date(2023, 6, 1)), []),
        (claim("G9121", "I10", day=date(2024, 6, 1)), [("COV.LCD", "deny")]),
        (claim("G9119", "J44.9"), []),
        (claim("G9114", "I10", state="CA"), []),
    ],
)
def test_lines_that_their_articles_speak_against(
    exports: Library, made: Claim, expected: list[tuple[str, str]]
) -> None:
    assert found(exports, made) == expected


def test_the_finding_names_the_article_and_cites_it_and_offers_no_diagnosis(exports: Library) -> None:
    (finding,) = [item for item in checked(exports, claim("G9101", "Z00.00")).findings if item.rule == "COV.LCD"]
    assert "A90101" in finding.message
    assert "among the 2 it lists" in finding.message
    assert (finding.carc, finding.rarc) == ("50", ("N115",))
    assert "C44" not in finding.message + finding.remedy
    assert [source.dataset for source in finding.sources] == ["mcd-article"]


@pytest.mark.parametrize(("modifier", "words"), [("GA", "the patient's to pay"), ("GZ", "the patient does not pay")])
def test_notices_tell_who_pays(exports: Library, modifier: str, words: str) -> None:
    made = claim("G9101", "Z00.00", modifiers=(modifier,))
    assert words in next(item.message for item in checked(exports, made).findings if item.rule == "COV.LCD")


def test_coverage_is_never_wholly_checked(exports: Library, small_library: Library) -> None:
    for library in (exports, small_library):
        told = [item.reason for item in checked(library, claim("G9101", "C44.311")).not_checked if item.rule == "COV.*"]
        assert any("National" in text for text in told)
        assert any("not loaded" in text for text in told) is (library is small_library)


def test_the_batch_engine_finds_the_same(exports: Library) -> None:
    made = [claim("G9101", "Z00.00"), claim("G9101", "L57.0"), claim("G9109", "N18.4", day=date(2024, 6, 1)),
            claim("G9101", "Z00.00", state="NY"), claim("G9121", "I10", day=date(2023, 6, 1))]  # fmt: skip
    slow, quick = SqliteEngine(exports), DuckdbEngine(exports)
    try:
        assert slow.run(made, TODAY).findings == quick.run(made, TODAY).findings
    finally:
        slow.close()
        quick.close()
