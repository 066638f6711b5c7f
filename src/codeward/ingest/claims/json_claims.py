"""Claims in Codeward's own JSON, as `docs/reference/claim-formats.md` has it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from codeward.core.claims import SETTINGS, Claim, ClaimLine, Patient
from codeward.core.codes import plain
from codeward.core.faults import BadInput
from codeward.ingest.claims.json_members import Members, refuse, whole_number

_LINE = frozenset(
    (
        "number",
        "code",
        "modifiers",
        "units",
        "date",
        "diagnosis_pointers",
        "charge",
        "rendering_npi",
        "place_of_service",
        "last_date",
        "measure",
        "revenue_code",
    )
)
_PAST_LINE = _LINE | {"claim_id", "billing_npi", "specialty"}
_PATIENT = frozenset(("id", "birth_date", "sex"))
_CLAIM = frozenset(
    (
        "claim_id",
        "payer",
        "setting",
        "patient",
        "billing_npi",
        "rendering_npi",
        "taxonomy",
        "place_of_service",
        "state",
        "zip",
        "clia",
        "locality",
        "qualifying",
        "diagnoses",
        "lines",
        "history",
    )
)
_LINE_ALIASES = {
    "pos": "place_of_service",
    "cpt": "code",
    "hcpcs": "code",
    "procedure": "code",
    "procedure_code": "code",
    "dos": "date",
    "day": "date",
    "from_date": "date",
    "service_date": "date",
    "date_of_service": "date",
    "last_day": "last_date",
    "to_date": "last_date",
    "through_date": "last_date",
    "pointers": "diagnosis_pointers",
    "quantity": "units",
    "amount": "charge",
    "mod": "modifiers",
    "mods": "modifiers",
    "npi": "rendering_npi",
}
_PATIENT_ALIASES = {"dob": "birth_date", "gender": "sex", "patient_id": "id", "member_id": "id"}
_CLAIM_ALIASES = {
    "id": "claim_id",
    "pos": "place_of_service",
    "dx": "diagnoses",
    "diagnosis": "diagnoses",
    "diagnosis_codes": "diagnoses",
    "zip_code": "zip",
    "npi": "billing_npi",
    "services": "lines",
    "service_lines": "lines",
    "patient_id": "patient",
}
SEXES = {"F": "F", "FEMALE": "F", "M": "M", "MALE": "M", "U": "U", "UNKNOWN": "U", "OTHER": "U", "X": "U", "": ""}


def claim_from_json(value: object, path: str = "") -> Claim:
    """One claim object as a claim; `path` is where it stands, for messages.

    Raises BadInput naming the member, what was found and what was expected. A line without a number takes its place
    in the list; a line without units is billed once; diagnoses keep their order.
    """
    claim = Members.of(value, path)
    claim.only(_CLAIM, _CLAIM_ALIASES)
    return Claim(
        claim_id=claim.name("claim_id"),
        lines=_lines(claim, "lines", past=False) or refuse(claim.at("lines"), [], "at least one line"),
        diagnoses=tuple(plain(code) for code in claim.texts("diagnoses")),
        patient=_patient(claim),
        payer=payer_of(claim.text("payer")),
        setting=_setting(claim),
        billing_npi=claim.name("billing_npi"),
        rendering_npi=claim.name("rendering_npi"),
        taxonomy=claim.text("taxonomy").upper(),
        place_of_service=claim.text("place_of_service"),
        state=claim.text("state").upper(),
        zip=claim.text("zip").replace("-", ""),
        locality=claim.text("locality"),
        clia=claim.text("clia").upper(),
        qualifying=claim.truth("qualifying"),
        history=_lines(claim, "history", past=True),
    )


def payer_of(text: str) -> str:
    """Medicare where none is named; Medicare and Medicaid in lower case, as edits ask for them, others as written."""
    return (text.lower() if text.lower() in ("medicare", "medicaid") else text) or "medicare"


def _setting(claim: Members) -> str:
    setting = claim.text("setting").lower() or "practitioner"
    return setting if setting in SETTINGS else refuse(claim.at("setting"), setting, "one of " + ", ".join(SETTINGS))


def _patient(claim: Members) -> Patient:
    if claim.values.get("patient") is None:
        return Patient()
    patient = Members.of(claim.values["patient"], claim.at("patient"))
    patient.only(_PATIENT, _PATIENT_ALIASES)
    sex = SEXES.get(patient.text("sex").upper())
    if sex is None:
        refuse(patient.at("sex"), patient.text("sex"), "F, M or U")
    return Patient(patient.name("id"), patient.day("birth_date"), sex)


def _lines(claim: Members, key: str, *, past: bool) -> tuple[ClaimLine, ...]:
    lines = []
    taken: set[int] = set()
    for index, value in enumerate(claim.items(key)):
        line = Members.of(value, f"{claim.at(key)}[{index}]")
        line.only(_PAST_LINE if past else _LINE, _LINE_ALIASES)
        number = line.whole("number") or index + 1
        if number in taken and not past:
            raise BadInput(f"{line.at('number')}: line {number} is there twice, expected every number once")
        taken.add(number)
        lines.append(_line(line, number))
    return tuple(lines)


def _line(line: Members, number: int) -> ClaimLine:
    units = line.number("units")
    return ClaimLine(
        number=number,
        code=plain(line.text("code")) or _missing(line, "code", 'a procedure code such as "G0101"'),
        modifiers=tuple(modifier.upper() for modifier in line.texts("modifiers")),
        units=Decimal(1) if units is None else units,
        day=line.day("date") or _no_day(line),
        diagnosis_pointers=tuple(
            whole_number(pointer, f"{line.at('diagnosis_pointers')}[{index}]")
            for index, pointer in enumerate(line.items("diagnosis_pointers"))
        ),
        charge=line.number("charge"),
        rendering_npi=line.name("rendering_npi"),
        place_of_service=line.text("place_of_service"),
        last_day=_last_day(line),
        measure=(line.text("measure") or "UN").upper(),
        revenue_code=line.text("revenue_code"),
        claim_id=line.name("claim_id"),
        billing_npi=line.name("billing_npi"),
        specialty=line.name("specialty"),
    )


def _last_day(line: Members) -> date | None:
    last, first = line.day("last_date"), line.day("date")
    if last is not None and first is not None and last < first:
        refuse(line.at("last_date"), last.isoformat(), f"a day from {first} on")
    return None if last == first else last


def _no_day(line: Members) -> date:
    _missing(line, "date", "a day such as 2024-08-15")
    return date.min


def _missing(line: Members, key: str, expected: str) -> str:
    return refuse(line.at(key), line.values.get(key), expected)
