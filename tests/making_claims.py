"""Claims written as 837P, for tests and benches: what a careful sender would send, and ten ways to get it wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from codeward.core.claims import Claim, ClaimLine, Patient

GUIDE = "005010X222A1"
A_CLAIM = Claim(
    "A-1",
    (
        ClaimLine(1, "G0101", ("GA",), Decimal(1), date(2024, 8, 15), (1, 2), Decimal("120.00")),
        ClaimLine(2, "J3301", ("JZ",), Decimal(4), date(2024, 8, 15), (2,), Decimal("80.50")),
    ),
    ("Z124", "M1711"),
    Patient("1EG4TE5MK73", date(1950, 3, 14), "F"),
    billing_npi="1234567893",
    rendering_npi="2000000002",
    taxonomy="207N00000X",
    place_of_service="11",
    state="MD",
    zip="212011234",
    clia="05D0000000",
)
FILING = {"medicare": "MB", "medicaid": "MC"}


@dataclass(frozen=True, slots=True)
class Style:
    """How a file is written: its four delimiters, what follows a terminator, and how many claims go in one set."""

    element: str = "*"
    component: str = ":"
    repetition: str = "^"
    terminator: str = "~"
    line_end: str = ""
    claims_a_set: int = 5000
    control: int = 1


PLAIN = Style()


def write_837p(claims: Iterable[Claim], style: Style = PLAIN) -> str:
    """One interchange of the claims, each under a billing provider and subscriber of its own."""
    return written(segments_of(list(claims), style), style)


def written(segments: Iterable[str], style: Style = PLAIN) -> str:
    """Segments, written with `*` and `:`, as the text of a file."""
    marks = str.maketrans({"*": style.element, ":": style.component})
    end = style.terminator + style.line_end
    return "".join(segment.translate(marks) + end for segment in segments)


def segments_of(claims: Sequence[Claim], style: Style = PLAIN) -> list[str]:
    """The segments of one interchange, ISA to IEA, without terminators."""
    number = f"{style.control:09d}"
    isa = f"ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *240816*1200*{style.repetition}*00501*"
    segments = [f"{isa}{number}*0*T*:", f"GS*HC*SENDER*RECEIVER*20240816*1200*{style.control}*X*{GUIDE}"]
    sets = range(0, len(claims), style.claims_a_set)
    for index, start in enumerate(sets, 1):
        segments += _transaction(claims[start : start + style.claims_a_set], f"{index:04d}")
    return [*segments, f"GE*{len(sets)}*{style.control}", f"IEA*1*{number}"]


def _transaction(claims: Sequence[Claim], control: str) -> list[str]:
    segments = [
        f"ST*837*{control}*{GUIDE}",
        f"BHT*0019*00*B{control}*20240816*1200*CH",
        "NM1*41*2*SENDER*****46*123456789",
        "PER*IC*EDI DESK*TE*4105550100",
        "NM1*40*2*RECEIVER*****46*987654321",
    ]
    level = 0
    for claim in claims:
        segments += _billing(claim, level + 1)
        segments += _subscriber(claim, level + 2, level + 1)
        segments += claim_segments(claim)
        level += 2
    return [*segments, f"SE*{len(segments) + 1}*{control}"]


def _billing(claim: Claim, level: int) -> Iterator[str]:
    yield f"HL*{level}**20*1"
    if claim.taxonomy and not claim.rendering_npi:
        yield f"PRV*BI*PXC*{claim.taxonomy}"
    yield f"NM1*85*2*SAMPLE CLINIC*****XX*{claim.billing_npi}"
    yield "N3*1 MAIN STREET"
    yield f"N4*BALTIMORE*{claim.state or 'MD'}*{claim.zip or '212011234'}"
    yield "REF*EI*521234567"


def _subscriber(claim: Claim, level: int, parent: int) -> Iterator[str]:
    born = f"{claim.patient.birth_date or date(1950, 1, 1):%Y%m%d}"
    yield f"HL*{level}*{parent}*22*0"
    yield f"SBR*P*18*******{FILING.get(claim.payer, 'CI')}"
    yield f"NM1*IL*1*DOE*JANE****MI*{claim.patient.id}"
    yield "N3*2 OAK STREET"
    yield "N4*BALTIMORE*MD*21201"
    yield f"DMG*D8*{born}*{claim.patient.sex or 'U'}"
    yield f"NM1*PR*2*{claim.payer.upper() if claim.payer in FILING else claim.payer}*****PI*12302"


def claim_segments(claim: Claim) -> list[str]:
    """CLM to the last line."""
    total = sum((line.charge or Decimal(0) for line in claim.lines), Decimal(0))
    codes = [f"AB{'F' if index else 'K'}:{code}" for index, code in enumerate(claim.diagnoses)]
    segments = [f"CLM*{claim.claim_id}*{total}***{claim.place_of_service}:B:1*Y*A*Y*Y"]
    segments += [f"REF*X4*{claim.clia}"] if claim.clia else []
    segments += ["HI*" + "*".join(codes)] if codes else []
    if claim.rendering_npi:
        segments.append(f"NM1*82*1*ROE*RICHARD****XX*{claim.rendering_npi}")
        segments += [f"PRV*PE*PXC*{claim.taxonomy}"] if claim.taxonomy else []
    for index, line in enumerate(claim.lines, 1):
        segments += _line(line, index)
    return segments


def _line(line: ClaimLine, index: int) -> Iterator[str]:
    procedure = ":".join(("HC", line.code, *line.modifiers))
    pointers = ":".join(map(str, line.diagnosis_pointers))
    yield f"LX*{index}"
    yield f"SV1*{procedure}*{line.charge or 0}*{line.measure}*{line.units}*{line.place_of_service}**{pointers}".rstrip(
        "*"
    )
    last = f"-{line.last_day:%Y%m%d}" if line.last_day else ""
    yield f"DTP*472*{'RD8' if last else 'D8'}*{line.day:%Y%m%d}{last}"
    if line.rendering_npi:
        yield f"NM1*82*1*POE*PAULA****XX*{line.rendering_npi}"


@dataclass(frozen=True, slots=True)
class Planted:
    """One fault put into a file that was sound: how, and the rule that must speak; empty where it is not structural."""

    name: str
    old: str
    new: str
    rule: str


PLANTED = (
    Planted("non-existent ICD-10", "ABK:Z124*", "ABK:Z9Q99*", ""),
    Planted("non-existent HCPCS", "HC:G0101:", "HC:G9Z99:", ""),
    Planted("bad NPI digit", "XX*1234567893", "XX*1234567894", "X12.NPI"),
    Planted("dangling pointer", "SV1*HC:J3301:JZ*80.50*UN*4***2", "SV1*HC:J3301:JZ*80.50*UN*4***7", "X12.POINTER"),
    Planted("claim total off", "CLM*A-1*200.50", "CLM*A-1*205.00", "X12.TOTAL"),
    Planted("date in 2099", "DTP*472*D8*20240815~LX", "DTP*472*D8*20990815~LX", "X12.DATE"),
    Planted("malformed modifier", ":GA*120.00", ":G*120.00", "X12.MODIFIER"),
    Planted("bad POS", "***11:B:1", "***98:B:1", "X12.POS"),
    Planted("missing N4", "N4*BALTIMORE*MD*212011234~", "", "X12.N4"),
    Planted("wrong SE count", "SE*29*", "SE*31*", "X12.SE-COUNT"),
)
"""The ten faults of the specification; `A_CLAIM` alone is the sound file they are planted in."""


def planted(fault: Planted, sound: str) -> str:
    """The sound file with one fault; fails where the fault has no place in it. Taking N4 away keeps SE right."""
    assert sound.count(fault.old) == 1, fault
    text = sound.replace(fault.old, fault.new)
    return text if fault.new else text.replace("SE*29*", "SE*28*")


def many_claims(count: int) -> Iterator[Claim]:
    """Claims of two lines that differ as real ones do: patients, days, codes, charges; the same ones every time."""
    for index in range(count):
        day = date.fromordinal(date(2024, 1, 1).toordinal() + index % 240)
        codes = (f"G{1000 + index * 7 % 9000:04d}", f"J{index * 13 % 9000 + 1000:04d}")
        lines = tuple(
            ClaimLine(
                number,
                code,
                ("JZ",) if number == 2 and index % 3 else (),
                Decimal(1 + index % 5),
                day,
                (1, 2) if number == 1 else (2,),
                Decimal(10000 + index * 37 % 90000).scaleb(-2),
            )
            for number, code in enumerate(codes, 1)
        )
        diagnoses = (f"M{10 + index % 80}{index * 3 % 1000:03d}", f"E{10 + index * 5 % 80}{index % 10}")
        patient = Patient(f"1EG4{index:07d}", date.fromordinal(712000 + index * 11 % 20000), "FM"[index % 2])
        yield replace(A_CLAIM, claim_id=f"C{index:09d}", lines=lines, diagnoses=diagnoses, patient=patient)
