"""What is read of an 837: parties by loop, claims, lines, whatever the delimiters and however many envelopes."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from codeward.core.claims import Claim, ClaimLine, Patient, ReadClaim
from codeward.core.faults import BadFile
from codeward.ingest.claims import read_claims
from making_claims import A_CLAIM, PLAIN, Style, claim_segments, many_claims, segments_of, write_837p, written

TODAY = date(2024, 12, 1)


def read(text: str | bytes) -> list[ReadClaim]:
    data = text.encode() if isinstance(text, str) else text
    return list(read_claims(io.BytesIO(data), "x.837", today=TODAY))


def claims(text: str | bytes) -> list[Claim]:
    found = read(text)
    assert [fault.message for item in found for fault in item.faults] == []
    return [item.claim for item in found if item.claim]


def changed(*changes: tuple[str, str]) -> str:
    text = write_837p([A_CLAIM])
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return with_count(text)


def with_count(text: str) -> str:
    """The same with the count SE tells set right."""
    segments = text.split("~")
    begin = next(index for index, segment in enumerate(segments) if segment.startswith("ST*"))
    end = next(index for index, segment in enumerate(segments) if segment.startswith("SE*"))
    segments[end] = f"SE*{end - begin + 1}*0001"
    return "~".join(segments)


def test_a_sound_claim_is_read_whole() -> None:
    assert claims(write_837p([A_CLAIM])) == [A_CLAIM]


@pytest.mark.parametrize(
    "style",
    [
        PLAIN,
        Style(line_end="\n"),
        Style(line_end="\r\n"),
        Style(element="|", component=">", repetition="!", terminator="'"),
        Style(element="\x1d", component="\x1f", repetition="\x1e", terminator="\x1c"),
        Style(terminator="\n"),
        Style(element="+", component="*", terminator="\r", line_end="\n"),
    ],
)
def test_any_delimiters(style: Style) -> None:
    several = list(many_claims(40))
    assert claims(write_837p(several, style)) == several
    assert claims("\ufeff" + write_837p(several, style)) == several


def test_many_interchanges_each_with_its_own_delimiters() -> None:
    several = list(many_claims(30))
    text = (
        write_837p(several[:10], Style(claims_a_set=3))
        + "\r\n"
        + write_837p(several[10:20], Style(element="|", component="<", terminator="\n", control=2))
        + write_837p(several[20:], Style(terminator="!", control=3, claims_a_set=4))
    )
    assert claims(text) == several


def test_a_file_cut_off_does_not_swallow_the_one_behind_it() -> None:
    cut = write_837p([replace(A_CLAIM, claim_id="A-0")])[:-120]
    for style in (Style(), Style(element="|", component="<", terminator="\n", control=2)):
        found = read(cut + write_837p([A_CLAIM], style))
        assert [item.claim for item in found if item.claim][-1] == A_CLAIM
        assert {"X12.SE-COUNT", "X12.GE-COUNT"} <= {fault.rule for item in found for fault in item.faults}


def test_an_isa_without_padding_is_read_and_said() -> None:
    text = write_837p([A_CLAIM]).replace("          ", "").replace("SENDER         ", "SENDER").replace("  ", "")
    (said, item) = read(text)
    assert ([fault.rule for fault in said.faults], item.claim) == (["X12.SEGMENT"], A_CLAIM)


def test_a_file_in_lower_case_is_read_in_upper_case() -> None:
    said, item = read(write_837p([replace(A_CLAIM, claim_id="a-1")]).lower())
    assert [(fault.rule, fault.severity) for fault in said.faults] == [("X12.CASE", "warn")]
    assert item.claim == A_CLAIM


def test_a_dependent_is_the_patient() -> None:
    patient = "HL*3*2*23*0~PAT*19~NM1*QC*1*DOE*TED~N3*2 OAK STREET~N4*BALTIMORE*MD*21201~DMG*D8*20150501*M~CLM*A-1"
    text = changed(("HL*2*1*22*0", "HL*2*1*22*1"), ("SBR*P*18*******MB", "SBR*P********CI"), ("CLM*A-1", patient))
    text = with_count(text.replace("NM1*PR*2*MEDICARE", "NM1*PR*2*Great Prairies"))
    (claim,) = claims(text)
    assert claim == replace(
        A_CLAIM, payer="Great Prairies", patient=Patient("1EG4TE5MK73/2015-05-01/TED", date(2015, 5, 1), "M")
    )


def test_subscriber_and_dependent_each_have_claims() -> None:
    first, second, third = (replace(A_CLAIM, claim_id=name) for name in ("S1", "D1", "D2"))
    segments = segments_of([first])
    at = segments.index(claim_segments(first)[0])
    dependent = [
        "HL*3*2*23*0",
        "PAT*19",
        "NM1*QC*1*DOE*TED",
        "N3*2 OAK STREET",
        "N4*BALTIMORE*MD*21201",
        "DMG*D8*20150501*M",
    ]
    body = claim_segments(first) + dependent + claim_segments(second) + claim_segments(third)
    text = with_count(written([*segments[:at], *body, *segments[-3:]]))
    found = claims(text)
    assert [(claim.claim_id, claim.patient.birth_date) for claim in found] == [
        ("S1", date(1950, 3, 14)),
        ("D1", date(2015, 5, 1)),
        ("D2", date(2015, 5, 1)),
    ]


def test_the_other_payer_does_not_change_the_patient() -> None:
    other = (
        "SBR*S*01*******CI~CAS*PR*1*21.89~AMT*D*39.15~DMG*D8*19900101*M~OI***Y***Y~NM1*IL*1*SMITH*JANE****MI*JS1~"
        "N3*2 ELM~N4*MIAMI*FL*33413~NM1*PR*2*OTHER*****PI*999~DTP*573*D8*20240901~LX*1~"
    )
    assert claims(changed(("LX*1~", other))) == [A_CLAIM]


@pytest.mark.parametrize(
    ("filing", "payer"),
    [("MB", "medicare"), ("MA", "medicare"), ("MC", "medicaid"), ("16", "MEDICARE"), ("CI", "MEDICARE")],
)
def test_the_payer_by_its_filing_code_or_name(filing: str, payer: str) -> None:
    (claim,) = claims(changed(("SBR*P*18*******MB", f"SBR*P*18*******{filing}")))
    assert claim.payer == payer


def test_names_and_ids_keep_their_accents() -> None:
    text = changed(("SBR*P*18*******MB", "SBR*P*18*******CI"), ("NM1*PR*2*MEDICARE", "NM1*PR*2*Santé"))
    assert claims(text)[0].payer == "Santé"
    assert claims(text.encode("latin-1"))[0].payer == "Santé"


def test_the_lines_of_a_claim() -> None:
    line = (
        "LX*3~SV1*HC:99499:59:XS:76:LT:NOTE*10*MJ*30.5*24**2:1~DTP*472*RD8*20240815-20240817~REF*6R*7~"
        "LIN**N4*00004196501~CTP****7*UN~NM1*82*1*POE*PAULA****XX*1234567893~NM1*DK*1*WELBY*M****XX*1234567893~SE*"
    )
    text = with_count(changed(("CLM*A-1*200.50", "CLM*A-1*210.50"), ("SE*", line)))
    assert claims(text)[0].lines[2] == ClaimLine(
        3,
        "99499",
        ("59", "XS", "76", "LT"),
        Decimal("30.5"),
        date(2024, 8, 15),
        (2, 1),
        Decimal(10),
        "1234567893",
        "24",
        date(2024, 8, 17),
        "MJ",
    )


def test_the_place_and_zip_are_those_of_the_facility() -> None:
    facility = "NM1*77*2*SURGERY CENTER*****XX*2000000002~N3*9 ELM~N4*RICHMOND*VA*232191234~LX*1~"
    (claim,) = claims(changed(("LX*1~", facility)))
    assert (claim.state, claim.zip) == ("VA", "232191234")


def test_the_clia_number_of_a_line_stands_for_the_claim() -> None:
    text = changed(("REF*X4*05D0000000~", ""), ("DTP*472*D8*20240815~LX", "DTP*472*D8*20240815~REF*X4*05d1111111~LX"))
    assert claims(text)[0].clia == "05D1111111"


def institutional(bill: str = "13:A:1") -> str:
    text = write_837p([A_CLAIM]).replace("005010X222A1", "005010X223A2").replace("11:B:1", bill)
    text = text.replace(
        "HI*ABK:Z124*ABF:M1711", "DTP*434*RD8*20240810-20240816~CL1*1*7*30~HI*ABK:Z124:::::::Y~HI*APR:R05~HI*ABF:M1711"
    )
    text = text.replace("LX*1", "HI*BBR:0JH60DZ:D8:20240815~HI*BE:A2:::15.31~NM1*71*1*ROE*R****XX*1234567893~LX*1")
    text = text.replace("SV1*HC:G0101:GA*120.00*UN*1***1:2", "SV2*0510*HC:G0101:GA*120.00*UN*1")
    text = text.replace("SV1*HC:J3301:JZ*80.50*UN*4***2", "SV2*0250**80.50*UN*4").replace(
        "DTP*472*D8*20240815~SE", "SE"
    )
    return with_count(text)


def test_an_institutional_claim() -> None:
    (claim,) = claims(institutional())
    assert (claim.setting, claim.place_of_service, claim.diagnoses) == ("outpatient-hospital", "", ("Z124", "M1711"))
    assert [(line.revenue_code, line.code, line.day, line.last_day, line.units) for line in claim.lines] == [
        ("0510", "G0101", date(2024, 8, 15), None, 1),
        ("0250", "", date(2024, 8, 10), date(2024, 8, 16), 4),
    ]


@pytest.mark.parametrize(("bill", "setting"), [("85:A:1", "outpatient-hospital"), ("83:A:1", "asc")])
def test_the_type_of_bill_tells_the_setting(bill: str, setting: str) -> None:
    assert claims(institutional(bill))[0].setting == setting


def test_a_bill_without_edits_is_said_and_not_checked() -> None:
    (item,) = read(institutional("11:A:1"))
    assert (item.claim, [fault.rule for fault in item.faults]) == (None, ["X12.SETTING"])
    assert "claim A-1 is of type of bill 11X" in item.faults[0].message


def test_version_4010_is_read_and_refused_by_payers() -> None:
    said, item = read(write_837p([A_CLAIM]).replace("005010X222A1", "004010X098A1"))
    assert ([fault.rule for fault in said.faults], item.claim) == (["X12.VERSION"], A_CLAIM)


def test_other_transaction_sets_are_passed_over_and_said() -> None:
    text = write_837p(many_claims(3), Style(claims_a_set=1))
    text = text.replace("ST*837*0002*005010X222A1", "ST*837*0002*005010X224A2")
    found = read(text)
    assert [item.claim and item.claim.claim_id for item in found] == ["C000000000", None, "C000000002"]
    assert "005010X224A2 is no 837P or 837I and is not read; 1 claims are passed over" in found[1].faults[0].message


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            write_837p([A_CLAIM]).replace("ST*837*0001*005010X222A1", "ST*835*0001*005010X221A1"),
            "there is no 837P or 837I",
        ),
        (write_837p([A_CLAIM])[106:], "without its ISA segment"),
        ("ISA*00*", "damaged"),
        ("ISA*" + "X" * 3000000, "damaged"),
        ("Dear sir or madam,", "expected claims as JSON"),
        ("ISAAC NEWTON WAS HERE" * 20, "damaged"),
    ],
)
def test_what_is_no_837_ends_in_one_line(text: str, problem: str) -> None:
    with pytest.raises(BadFile, match=problem):
        read(text)


def test_a_file_without_end_of_segment_is_not_swallowed() -> None:
    with pytest.raises(BadFile, match="no segment ends within a million characters"):
        read(write_837p([A_CLAIM]) + "ISA" + "X" * 3000000)


def test_standard_input_is_read_too() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self, data: bytes) -> None:
            super().__init__()
            self._data = data

        def read(self, size: int = -1) -> bytes:
            taken, self._data = self._data[: min(size, 7)], self._data[min(size, 7) :]
            return taken

    assert [item.claim for item in read_claims(Pipe(write_837p([A_CLAIM]).encode()))] == [A_CLAIM]  # type: ignore[arg-type]


def test_memory_does_not_grow_with_the_file() -> None:
    import tracemalloc

    def peak(count: int) -> int:
        several = (replace(A_CLAIM, claim_id=str(number)) for number in range(count))
        data = io.BytesIO(write_837p(several, Style(claims_a_set=100)).encode())
        tracemalloc.start()
        for _ in read_claims(data, today=TODAY):
            pass
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    peak(100)
    assert peak(4000) < peak(1000) + 300_000
