"""Every structural rule speaks where it must, says where, and is silent on a sound file."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeward.core.claims import ReadClaim
from codeward.core.faults import BadFile, BadInput
from codeward.ingest.claims import read_claims
from codeward.ingest.claims.x12.rules import RULES
from making_claims import A_CLAIM, PLANTED, Planted, Style, many_claims, planted, segments_of, write_837p, written

TODAY = date(2024, 12, 1)
SOUND = write_837p([A_CLAIM])
MANY_LINES = "".join(f"LX*{number}~SV1*HC:G0101*0*UN*1***1~DTP*472*D8*20240815~" for number in range(3, 52))
MANY_DIAGNOSES = "*".join(["ABK:Z124", "ABF:M1711", *(f"ABF:Z12{number}" for number in range(11))])

FIRING: Sequence[tuple[str, str, str, str]] = (
    ("X12.SE-COUNT", "SE*29*", "SE*30*", "SE01 says '30' segments, there are 29"),
    ("X12.SE-COUNT", "SE*29*", "SE*x*", "SE01 says 'x'"),
    ("X12.SE-COUNT", "SE*29*0001~", "", "transaction set 0001 was not closed by SE"),
    ("X12.SE-COUNT", "ST*837*0001*005010X222A1~", "", "SE closes nothing"),
    ("X12.GE-COUNT", "GE*1*1", "GE*2*1", "GE01 says '2' transaction sets, there are 1"),
    ("X12.GE-COUNT", "GE*1*1~", "", "functional group 1 was not closed by GE"),
    ("X12.IEA-COUNT", "IEA*1*", "IEA*3*", "IEA01 says '3' functional groups, there are 1"),
    ("X12.CONTROL", "SE*29*0001", "SE*29*0002", "SE02 is '0002', ST02 was '0001'"),
    ("X12.CONTROL", "GE*1*1", "GE*1*9", "GE02 is '9', GS06 was '1'"),
    ("X12.CONTROL", "IEA*1*000000001", "IEA*1*000000002", "ISA13 was '000000001'"),
    ("X12.SEGMENT", "LX*2~", "ZZZ*1~LX*2~", "segment 28 (ZZZ, character 774): an 837 has no such segment"),
    ("X12.SEGMENT", "LX*2~", "", "a service without LX before it"),
    ("X12.SEGMENT", "LX*2~", "LX*2~LX*3~", "line 2 has no SV1; it is left out"),
    ("X12.SEGMENT", "LX*2~", "lx*2~", "the id is in lower case"),
    ("X12.SEGMENT", "LX*2~", "NTE*ADD*" + "x" * 81 + "~LX*2~", "an element of 81 characters"),
    ("X12.SEGMENT", "LX*2~", "LX*2*3~", "2 elements, at most 1 are allowed"),
    ("X12.SEGMENT", "HL*2*1*22*0~", "", "a subscriber begins without HL*22"),
    ("X12.SEGMENT", "SV1*HC:J3301:JZ", "HI*ABK:Z124~SV1*HC:J3301:JZ", "diagnoses outside of a claim's head"),
    ("X12.HL", "HL*2*1*22*0", "HL*3*1*22*0", "HL01 is '3', expected 2"),
    ("X12.HL", "HL*2*1*22*0", "HL*2*7*22*0", "HL02 is '7', which is not the billing provider"),
    ("X12.HL", "HL*2*1*22*0", "HL*2*1*24*0", "level '24', expected 20, 22 or 23"),
    ("X12.HL", "SBR*P*18*", "SBR*P**", "no HL*23 tells who is"),
    ("X12.ID", "CLM*A-1*", "CLM**", "CLM01, the claim's id, is missing"),
    ("X12.ID", "CLM*A-1*", "CLM*A-123456789012345678901*", "payers keep 20"),
    ("X12.ID", "REF*EI*521234567~", "", "no tax id"),
    ("X12.ID", "*MI*1EG4TE5MK73", "", "has no member id"),
    ("X12.ID", "NM1*PR*2*MEDICARE*****PI*12302~", "", "the payer (NM1*PR) is missing"),
    ("X12.NPI", "XX*1234567893", "XX*123456789", "it is not ten digits"),
    ("X12.NPI", "XX*2000000002", "XX*2000000003", "2000000003 of NM1*82 is no NPI, its check digit is wrong"),
    ("X12.NPI", "*XX*1234567893", "", "the billing provider (NM1*85) has no NPI"),
    ("X12.N4", "N4*BALTIMORE*MD*21201~DMG", "DMG", "the subscriber (NM1*IL) has no N4"),
    ("X12.N4", "N3*1 MAIN STREET~", "", "has no street (N3)"),
    ("X12.N4", "*MD*212011234", "*MD*2120", "has '2120' for a ZIP"),
    ("X12.N4", "*MD*212011234", "*Maryland*212011234", "has 'Maryland' for a state"),
    ("X12.N4", "*MD*212011234", "*MD*21201", "5010 asks for nine"),
    ("X12.TOTAL", "CLM*A-1*200.50", "CLM*A-1*200.5O", "CLM02 is '200.5O', expected an amount"),
    ("X12.TOTAL", "*80.50*UN", "*eighty*UN", "the charge is 'eighty', expected an amount"),
    ("X12.HI", "HI*ABK:Z124*ABF:M1711~", "", "has no diagnosis (HI)"),
    ("X12.HI", "HI*ABK:Z124*", "HI*ABF:Z124*", "the first diagnosis has not the qualifier ABK"),
    ("X12.HI", "*ABF:M1711", "*ABK:M1711", "ABK M1711 is not the first diagnosis"),
    ("X12.HI", "ABF:M1711", "ABF:M17.11", "'M1711' is written without a dot in an 837"),
    ("X12.HI", "ABF:M1711", "ABF:17M11", "'17M11' does not have the form of a diagnosis"),
    ("X12.HI", "ABF:M1711", "QQQ:M1711", "unknown qualifier 'QQQ'"),
    ("X12.HI", "ABK:Z124*ABF:M1711", MANY_DIAGNOSES, "at most 12"),
    ("X12.HI", "ABK:Z124*ABF:M1711", "BK:V762*BF:71511", "ICD-9-CM (qualifiers BK, BF)"),
    ("X12.POINTER", "UN*4***2", "UN*4***B", "'B' is no list of diagnosis pointers"),
    ("X12.POINTER", "UN*4***2", "UN*4", "line 2 points to no diagnosis"),
    ("X12.POINTER", "UN*4***2", "UN*4***0", "line 2 points to diagnosis 0, the claim has 2"),
    ("X12.DATE", "DTP*472*D8*20240815~SE", "DTP*472*D8*20240230~SE", "'20240230' of DTP*472 is no day"),
    ("X12.DATE", "DTP*472*D8*20240815~SE", "SE", "line 2 has no day of service"),
    ("X12.DATE", "DTP*472*D8*20240815~SE", "DTP*472*RD8*20240815-20240801~SE", "the first day first"),
    ("X12.DATE", "DTP*472*D8*20240815~SE", "DTP*472*D8*20241202~SE", "on 2024-12-02 lies after 2024-12-01"),
    ("X12.DATE", "D8*19500314", "D8*20240816", "before the patient was born on 2024-08-16"),
    ("X12.DATE", "D8*19500314", "D8*19501314", "'19501314' is no birth date"),
    ("X12.CODE", "HC:J3301", "HC:J330", "J330 does not have the form of a procedure code"),
    ("X12.CODE", "HC:J3301", "QQ:J3301", "unknown qualifier 'QQ'"),
    ("X12.CODE", "~SE", "~LIN**N4*0000-4196501~SE", "no National Drug Code"),
    ("X12.MODIFIER", ":J3301:JZ", ":J3301:J-", "modifier 'J-' of J3301"),
    ("X12.POS", "***11:B:1", "***:B:1", "the place of service is missing"),
    ("X12.POS", "UN*4***2", "UN*4*98**2", "there is no place of service 98"),
    ("X12.UNITS", "*UN*4*", "*UN*0*", "'0' units of J3301"),
    ("X12.UNITS", "*UN*4*", "*UN*-4*", "'-4' units of J3301"),
    ("X12.UNITS", "*UN*4*", "*UN**", "'' units of J3301"),
    ("X12.UNITS", "*UN*4*", "*XX*4*", "units are measured in 'XX', expected UN or MJ"),
    ("X12.LINES", "LX*2~", "LX*3~", "LX01 is '3', expected 2"),
    ("X12.LINES", "~SE", "~" + MANY_LINES + "SE", "51 lines, at most 50"),
    ("X12.REPLACEMENT", "11:B:1", "11:B:7", "frequency 7 replaces or voids a claim, but no REF*F8"),
    ("X12.TRUNCATED", "GE*1*1~IEA*1*000000001~", "", "never closed: GS 1, ISA 000000001"),
    ("X12.VERSION", "ST*837*0001*005010X222A1", "ST*837*0001*004010X098A1", "was replaced by 005010"),
)
NOT_HERE = {"X12.CASE", "X12.TOB", "X12.SETTING"}
"""Rules of whole files and of institutional claims: fired in test_x12_claims and below."""


def read(text: str) -> list[ReadClaim]:
    return list(read_claims(io.BytesIO(text.encode()), "x.837", today=TODAY))


def faults(text: str) -> list[tuple[str, str]]:
    return [(fault.rule, fault.message) for item in read(text) for fault in item.faults]


@pytest.mark.parametrize(("rule", "old", "new", "words"), FIRING, ids=lambda value: str(value)[:24])
def test_a_rule_fires_and_the_claim_is_delivered(rule: str, old: str, new: str, words: str) -> None:
    assert SOUND.count(old) == 1
    found = read(SOUND.replace(old, new))
    told = [fault for item in found for fault in item.faults]
    assert any(fault.rule == rule and words in fault.message for fault in told), told
    assert all("segment " in fault.message for fault in told)
    assert [item.claim.lines[0].code for item in found if item.claim] == ["G0101"]


def test_every_rule_has_an_example_and_a_sound_file_has_no_finding() -> None:
    assert {rule for rule, *_ in FIRING} | NOT_HERE == set(RULES)
    assert faults(SOUND) == []


def test_the_type_of_bill_of_an_institutional_claim() -> None:
    text = SOUND.replace("005010X222A1", "005010X223A2").replace("11:B:1", "1:A:1")
    assert "X12.TOB" in {rule for rule, _ in faults(text)}


@pytest.mark.parametrize("fault", PLANTED, ids=lambda fault: fault.name)
def test_the_ten_planted_faults(fault: Planted) -> None:
    found = read(planted(fault, SOUND))
    told = [item.rule for each in found for item in each.faults if item.severity == "deny"]
    assert told == ([fault.rule] if fault.rule else [])
    (claim,) = [item.claim for item in found if item.claim]
    assert (claim.claim_id, len(claim.lines), len(claim.diagnoses)) == ("A-1", 2, 2)
    if not fault.rule:
        assert claim.diagnoses[0] == "Z9Q99" or claim.lines[0].code == "G9Z99"


def test_all_ten_at_once_in_the_middle_of_a_file() -> None:
    text = SOUND
    for fault in PLANTED:
        text = text.replace(fault.old, fault.new)
    several = list(many_claims(2))
    bodies = [segments_of([claim], Style(control=number)) for number, claim in ((2, several[0]), (3, several[1]))]
    whole = written(bodies[0]) + text + written(bodies[1])
    found = read(whole)
    assert [item.claim.claim_id for item in found if item.claim] == ["C000000000", "A-1", "C000000001"]
    assert {fault.rule for item in found for fault in item.faults if fault.severity == "deny"} == {
        fault.rule for fault in PLANTED if fault.rule
    }


def test_the_place_is_segment_and_character() -> None:
    ((rule, message),) = faults(SOUND.replace("UN*4***2", "UN*4***7"))
    segment, character = 29, SOUND.index("SV1*HC:J3301") + 1
    assert rule == "X12.POINTER"
    assert message == f"segment {segment} (SV1, character {character}): line 2 points to diagnosis 7, the claim has 2"
    broken = SOUND.replace("UN*4***2", "UN*4***7").replace("~", "~\r\n")
    character = broken.index("SV1*HC:J3301") + 1
    assert f"(SV1, character {character})" in faults(broken)[0][1]


def test_a_claim_id_used_twice() -> None:
    ((rule, message),) = faults(write_837p([A_CLAIM, A_CLAIM]))
    assert (rule, "claim id A-1 is used twice" in message) == ("X12.ID", True)
    assert faults(write_837p([A_CLAIM, A_CLAIM], Style(claims_a_set=1))) == []


def test_a_fault_of_the_provider_stands_with_each_of_its_claims() -> None:
    one, two = many_claims(2)
    segments = segments_of([one, two])
    for again in ("HL*3**20*1", "N3*1 MAIN STREET", "N4*BALTIMORE*MD*212011234", "REF*EI*521234567"):
        segments.reverse()
        segments.remove(again)
        segments.reverse()
    text = (
        written(segments).replace("HL*4*3*", "HL*3*1*").replace("NM1*85*2*SAMPLE CLINIC*****XX*1234567893~HL*3", "HL*3")
    )
    found = [item for item in read(text.replace("XX*1234567893", "XX*1234567894")) if item.claim]
    assert [[fault.rule for fault in item.faults] for item in found] == [["X12.NPI"], ["X12.NPI"]]


@pytest.mark.parametrize("end", range(len(SOUND) - 2, len(SOUND) - 330, -7))
def test_a_truncated_file_says_so_and_hands_out_whole_claims_only(end: int) -> None:
    first, last = many_claims(2)
    text = written(segments_of([first, last]))[: end - len(SOUND)]
    found = read(text)
    assert found[0].claim == first
    assert "X12.TRUNCATED" in {fault.rule for item in found for fault in item.faults} or text.endswith(
        "IEA*1*000000001"
    )
    handed = [item.claim for item in found if item.claim]
    assert handed in ([first], [first, last])


def test_a_last_segment_without_terminator_is_read() -> None:
    found = read(SOUND.rstrip("~"))
    assert [(fault.rule, fault.severity) for item in found for fault in item.faults] == [("X12.SEGMENT", "warn")]


@given(st.data())
def test_a_damaged_segment_loses_no_other_claim(data: st.DataObject) -> None:
    several = list(many_claims(6))
    segments = segments_of(several, Style(claims_a_set=2))
    at = data.draw(st.integers(1, len(segments) - 1))
    how = data.draw(st.sampled_from(("delete", "double", "alter", "swap")))
    if how == "delete":
        segments.pop(at)
    elif how == "double":
        segments.insert(at, segments[at])
    elif how == "alter":
        segments[at] = data.draw(st.text("ABCLMSV1*:09-Z ", max_size=40))
    else:
        segments[at - 1], segments[at] = (segments[at], segments[at - 1]) if at > 1 else segments[:2]
    text = written(segments)
    found = read(text)
    ids = {item.claim.claim_id for item in found if item.claim}
    lost = {claim.claim_id for claim in several if f"CLM*{claim.claim_id}*" in text} - ids
    told = " ".join(fault.message for item in found for fault in item.faults)
    assert all(claim_id in told for claim_id in lost) or not lost or "passed over" in told
    assert len(lost) <= 1 or "passed over" in told


@given(st.binary(max_size=600))
def test_any_bytes_end_in_a_fault_or_claims(tail: bytes) -> None:
    for data in (tail, b"ISA" + tail, SOUND[:300].encode() + tail, SOUND.encode() + tail):
        with contextlib.suppress(BadFile, BadInput):
            list(read_claims(io.BytesIO(data), "x.837", today=TODAY))


@given(st.text("ISAGSTHLNM1CLMSV1DTPHI*:~^\n0123456789 ", max_size=400))
def test_any_segments_end_in_a_fault_or_claims(tail: str) -> None:
    with contextlib.suppress(BadFile):
        read(SOUND[:600] + tail + SOUND[600:])
