"""Checking claims: what fires and what stays silent, what is owned up to, and what history changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from codeward.core.claims import CheckedClaim, Claim, ClaimLine, Finding, Patient, ReadClaim
from codeward.services.check_claim import check_claims, check_read
from codeward.store.library import Library

DAY, TODAY = date(2024, 8, 15), date(2026, 11, 24)


def line(number: int, code: str, *modifiers: str, units: int = 1, day: date = DAY) -> ClaimLine:
    return ClaimLine(number, code, modifiers, Decimal(units), day, (1,))


def claim(*lines: ClaimLine, history: tuple[ClaimLine, ...] = (), **others: object) -> Claim:
    plain = Claim("C1", lines, ("C44.1121",), Patient("P1", date(1956, 2, 1), "F"), billing_npi="1234567893",
                  rendering_npi="1234567893", place_of_service="11", clia="05D0000000", history=history)  # fmt: skip
    return replace(plain, **others)  # type: ignore[arg-type]


def check(library: Library, asked: Claim) -> CheckedClaim:
    (found,) = check_claims(library, [asked], TODAY)
    return found


def said(checked: CheckedClaim, *families: str) -> set[tuple[str, str]]:
    return {(item.rule, item.code) for item in checked.findings if item.rule.startswith(families)}


def before(code: str, day: date = DAY, *modifiers: str, npi: str = "1234567893", number: int = 1) -> ClaimLine:
    past = ClaimLine(number, code, modifiers, Decimal(1), day, (1,))
    return replace(past, rendering_npi=npi, billing_npi=npi, claim_id="H1", specialty="07")


def test_a_pair_without_a_modifier_is_denied_and_not_paid(small_library: Library) -> None:
    found = check(small_library, claim(line(1, "17311"), line(2, "11102")))
    assert said(found, "PTP.") == {("PTP.DENY", "11102")}
    assert found.verdict == "findings"
    assert found.payment is not None and found.payment.lines[1].amount == Decimal("0.00")
    (finding,) = (item for item in found.findings if item.rule == "PTP.DENY")
    assert finding.with_code == "17311" and finding.lines == (2, 1) and finding.carc == "236"
    assert finding.sources[0].file.endswith("f1.txt")


@pytest.mark.parametrize("lines", [("17311", "11102:59"), ("17311:RT", "11102"), ("17311", "11102:XS")])
def test_a_modifier_on_either_line_lifts_indicator_1(small_library: Library, lines: tuple[str, str]) -> None:
    first, second = (text.partition(":") for text in lines)
    asked = claim(line(1, first[0], *filter(None, [first[2]])), line(2, second[0], *filter(None, [second[2]])))
    assert said(check(small_library, asked), "PTP.") == {("PTP.BYPASS", "11102")}


def test_before_july_2019_only_the_column_2_line_counts(small_library: Library) -> None:
    day = date(2019, 6, 30)
    asked = claim(line(1, "17311", "59", day=day), line(2, "11102", day=day))
    assert said(check(small_library, asked), "PTP.") == {("PTP.DENY", "11102")}
    asked = claim(line(1, "17311", day=day), line(2, "11102", "59", day=day))
    assert said(check(small_library, asked), "PTP.") == {("PTP.BYPASS", "11102")}


def test_no_modifier_lifts_indicator_0(small_library: Library) -> None:
    found = check(small_library, claim(line(1, "11104"), line(2, "11102", "59")))
    assert said(found, "PTP.") == {("PTP.DENY", "11102")}


def test_a_tombstone_and_an_ended_edit_never_fire(small_library: Library) -> None:
    found = check(small_library, claim(line(1, "17311"), line(2, "99211"), line(3, "64400")))
    assert said(found, "PTP.") == set()


def test_the_last_day_of_an_edit_is_included(small_library: Library) -> None:
    day = date(2024, 6, 30)
    asked = claim(line(1, "17311", day=day), line(2, "64400", "59", day=day))
    assert said(check(small_library, asked), "PTP.") == {("PTP.DENY", "64400")}


def test_the_other_code_in_history_bundles_by_the_same_hand_only(small_library: Library) -> None:
    found = check(small_library, claim(line(1, "11102"), history=(before("17311"),)))
    assert said(found, "PTP.") == {("PTP.DENY", "11102")}
    found = check(small_library, claim(line(1, "11102"), history=(before("17311", npi="2000000010"),)))
    assert said(found, "PTP.") == set()


def test_units_are_summed_over_lines_and_history(small_library: Library) -> None:
    asked = claim(line(1, "J1885", units=5), line(2, "J1885", "JW", units=4))
    (finding,) = (item for item in check(small_library, asked).findings if item.rule == "MUE.DOS")
    assert finding.lines == (1, 2) and "9 units" in finding.message
    asked = claim(line(1, "J1885", units=8), history=(before("J1885"),))
    assert said(check(small_library, asked), "MUE.") == {("MUE.DOS", "J1885")}
    assert said(check(small_library, claim(line(1, "J1885", units=8))), "MUE.") == set()


def test_a_limit_of_zero_denies_and_no_limit_is_not_a_pass(small_library: Library) -> None:
    assert said(check(small_library, claim(line(1, "90001"))), "MUE.") == {("MUE.ZERO", "90001")}
    found = check(small_library, claim(line(1, "99213")))
    assert said(found, "MUE.") == set()
    assert any(item.rule == "MUE" and "99213" in item.reason for item in found.not_checked)


def test_an_add_on_needs_its_primary_and_falls_with_it(small_library: Library) -> None:
    found = check(small_library, claim(line(1, "17312")))
    assert said(found, "AOC.") == {("AOC.ORPHAN", "17312")}
    assert any("17311" in item.remedy for item in found.findings if item.rule == "AOC.ORPHAN")
    found = check(small_library, claim(line(1, "17312"), line(2, "17315")))
    assert said(found, "AOC.") == {("AOC.ORPHAN", "17312"), ("AOC.CASCADE", "17315")}
    found = check(small_library, claim(line(1, "17311"), line(2, "17312"), line(3, "17315")))
    assert said(found, "AOC.") == set()
    assert said(check(small_library, claim(line(1, "17312"), history=(before("17311"),))), "AOC.") == set()


def test_contractor_lists_are_reviewed_not_denied(small_library: Library) -> None:
    found = check(small_library, claim(line(1, "90003"), line(2, "90004")))
    assert said(found, "AOC.") == {("AOC.REVIEW", "90003"), ("AOC.REVIEW", "90004")}
    assert said(check(small_library, claim(line(1, "99213"), line(2, "90004"))), "AOC.") == set()


def test_a_visit_in_a_global_period(small_library: Library) -> None:
    history = (before("66984", date(2024, 8, 1)),)
    assert said(check(small_library, claim(line(1, "99213"), history=history)), "GLOB.") == {("GLOB.EM", "99213")}
    assert said(check(small_library, claim(line(1, "99213", "24"), history=history)), "GLOB.") == set()
    ended = (before("66984", date(2024, 5, 16)),)
    assert said(check(small_library, claim(line(1, "99213"), history=ended)), "GLOB.") == set()
    last = (before("66984", date(2024, 5, 17)),)
    assert said(check(small_library, claim(line(1, "99213"), history=last)), "GLOB.") == {("GLOB.EM", "99213")}
    another = (before("66984", date(2024, 8, 1), npi="2000000010"),)
    assert said(check(small_library, claim(line(1, "99213"), history=another)), "GLOB.") == set()


def test_the_day_before_a_major_procedure_takes_57(small_library: Library) -> None:
    eve = (before("66984", date(2024, 8, 16)),)
    assert said(check(small_library, claim(line(1, "99213"), history=eve)), "GLOB.") == {("GLOB.EM", "99213")}
    assert said(check(small_library, claim(line(1, "99213", "57"), history=eve)), "GLOB.") == set()


@pytest.mark.parametrize(
    ("npi", "rule"), [("1234567890", "NPI.CHECKDIGIT"), ("3234567893", "NPI.FORMAT"), ("", "NPI.MISSING")]
)
def test_npis(small_library: Library, npi: str, rule: str) -> None:
    found = check(small_library, claim(line(1, "99213"), billing_npi=npi, rendering_npi=npi))
    assert {name for name, _ in said(found, "NPI.")} == {rule}
    assert said(check(small_library, claim(line(1, "99213"))), "NPI.") == set()


def test_medicare_tables_do_not_judge_medicaid(small_library: Library) -> None:
    found = check(small_library, claim(line(1, "17311"), line(2, "11102"), payer="medicaid"))
    assert said(found, "PTP.", "MUE.", "AOC.") == set()
    assert {"PTP.*", "MUE.*", "AOC.*"} <= {item.rule for item in found.not_checked}


def test_what_is_not_loaded_is_owned_up_to(small_library: Library) -> None:
    found = check(small_library, claim(line(1, "99213", day=date(2019, 1, 2))))
    reasons = {item.rule: item.reason for item in found.not_checked}
    assert "STATUS.*" in reasons and "loaded" in reasons["STATUS.*"]
    assert found.verdict != "clean"


def test_a_late_edition_is_told(small_library: Library) -> None:
    found = check(small_library, claim(line(1, "99213", day=date(2026, 2, 2))))
    assert any(item.rule == "AOC.*" and "later edition" in item.reason for item in found.not_checked)


def test_unknown_codes_and_modifiers(small_library: Library) -> None:
    found = check(small_library, claim(line(1, "99999", "ZZ")))
    assert {("CODE.UNKNOWN", "99999"), ("MOD.INVALID", "99999")} <= said(found, "CODE.", "MOD.")


def test_claims_keep_apart_when_judged_together(small_library: Library) -> None:
    one, two = claim(line(1, "17311")), replace(claim(line(1, "11102")), claim_id="C2")
    for found in check_claims(small_library, [one, two], TODAY):
        assert said(found, "PTP.") == set()


def test_many_claims_come_back_in_order(small_library: Library) -> None:
    asked = [replace(claim(line(1, "17311"), line(2, "11102")), claim_id=str(number)) for number in range(200)]
    found = check_claims(small_library, asked, TODAY)
    assert [item.claim.claim_id for item in found] == [str(number) for number in range(200)]
    assert all(said(item, "PTP.") == {("PTP.DENY", "11102")} for item in found)


def test_faults_of_the_file_come_first(small_library: Library) -> None:
    fault = Finding("X12.TOTAL", "deny", (), "", "the total is off")
    reads = [ReadClaim(claim(line(1, "99213")), (fault,)), ReadClaim(None, (fault,), "segment 9")]
    first, second = check_read(small_library, reads, TODAY)
    assert isinstance(first, CheckedClaim) and first.findings[0] is fault
    assert second is reads[1]


def test_the_future_and_births_after_service(small_library: Library) -> None:
    found = check(small_library, claim(line(1, "99213", day=date(2099, 1, 1))))
    assert ("DATE.FUTURE", "") in said(found, "DATE.")
    born = replace(claim(line(1, "99213")), patient=Patient("P", date(2025, 1, 1), "F"))
    assert {name for name, _ in said(check(small_library, born), "DATE.")} == {"DATE.BIRTH"}
