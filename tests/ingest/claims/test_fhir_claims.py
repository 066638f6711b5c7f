"""Claims out of FHIR R4: Claim and ExplanationOfBenefit, by themselves, in a Bundle or line after line."""

from __future__ import annotations

import copy
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from codeward.core.claims import Claim, ClaimLine, Patient, ReadClaim
from codeward.core.faults import BadFile, BadInput
from codeward.ingest.claims import read_claims

HCPCS = "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
ICD = "http://hl7.org/fhir/sid/icd-10-cm"
NPI = "http://hl7.org/fhir/sid/us-npi"
POS = "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set"


def concept(system: str, code: str) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code}]}


def by_npi(value: str) -> dict[str, Any]:
    return {"identifier": {"system": NPI, "value": value}}


EOB: dict[str, Any] = {
    "resourceType": "ExplanationOfBenefit",
    "id": "carrier-1",
    "meta": {
        "profile": [
            "http://hl7.org/fhir/us/carin-bb/StructureDefinition/C4BB-ExplanationOfBenefit-Professional-NonClinician|2.0.0"
        ]
    },
    "identifier": [{"system": "https://example.org/claims", "value": "EOB-1"}],
    "status": "active",
    "type": concept("http://terminology.hl7.org/CodeSystem/claim-type", "professional"),
    "use": "claim",
    "patient": {"reference": "Patient/P1"},
    "billablePeriod": {"start": "2024-08-15", "end": "2024-08-15"},
    "insurer": {"display": "Medicare Part B"},
    "provider": by_npi("1234567893"),
    "careTeam": [
        {"sequence": 1, "provider": by_npi("1111111112"), "role": concept("x", "referring")},
        {"sequence": 2, "provider": {"reference": "Practitioner/D1"}, "role": concept("x", "performing")},
    ],
    "diagnosis": [
        {"sequence": 20, "diagnosisCodeableConcept": concept(ICD, "M17.11")},
        {"sequence": 10, "diagnosisCodeableConcept": concept(ICD, "Z124")},
    ],
    "item": [
        {
            "sequence": 1,
            "diagnosisSequence": [10, 20],
            "productOrService": concept(HCPCS, "G0101"),
            "modifier": [concept(HCPCS, "GA")],
            "servicedDate": "2024-08-15",
            "locationCodeableConcept": concept(POS, "11"),
            "quantity": {"value": 1},
            "net": {"value": 120.00, "currency": "USD"},
        },
        {
            "sequence": 2,
            "diagnosisSequence": [20],
            "productOrService": {
                "coding": [{"system": "http://hl7.org/fhir/sid/ndc", "code": "1"}, *concept(HCPCS, "J3301")["coding"]]
            },
            "servicedPeriod": {"start": "2024-08-15T08:00:00-05:00", "end": "2024-08-16"},
            "locationCodeableConcept": concept(POS, "22"),
            "quantity": {"value": 4.5},
            "adjudication": [
                {"category": concept("x", "benefit"), "amount": {"value": 1}},
                {"category": concept("x", "submitted"), "amount": {"value": 80.5}},
            ],
        },
    ],
}
PATIENT = {"resourceType": "Patient", "id": "P1", "birthDate": "1950-03-14", "gender": "female"}
DOCTOR = {"resourceType": "Practitioner", "id": "D1", "identifier": [{"system": NPI, "value": "2000000002"}]}
EXPECTED = Claim(
    "EOB-1",
    (
        ClaimLine(1, "G0101", ("GA",), Decimal(1), date(2024, 8, 15), (1, 2), Decimal(120), "", "11"),
        ClaimLine(
            2, "J3301", (), Decimal("4.5"), date(2024, 8, 15), (2,), Decimal("80.5"), "", "22", date(2024, 8, 16)
        ),
    ),
    ("Z124", "M1711"),
    Patient("P1", date(1950, 3, 14), "F"),
    billing_npi="1234567893",
    rendering_npi="2000000002",
    place_of_service="11",
)


def read(*values: object) -> list[ReadClaim]:
    data = "\n".join(json.dumps(value) for value in values).encode()
    return list(read_claims(io.BytesIO(data), "x.json", today=date(2024, 12, 1)))


def bundle(*resources: object) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": resource} for resource in resources]}


def changed(**members: object) -> dict[str, Any]:
    return {**copy.deepcopy(EOB), **members}


@pytest.mark.parametrize(
    "values",
    [
        (bundle(PATIENT, DOCTOR, EOB),),
        (PATIENT, DOCTOR, EOB),
        (changed(contained=[{**PATIENT, "id": "p"}, {**DOCTOR, "id": "d"}]),),
    ],
)
def test_an_explanation_of_benefit_is_read_whole(values: tuple[dict[str, Any], ...]) -> None:
    if "contained" in values[0]:
        values[0]["patient"] = {"reference": "#p"}
        values[0]["careTeam"][1]["provider"] = {"reference": "#d"}
    (item,) = read(*values)
    patient = Patient("p" if "contained" in values[0] else "P1", date(1950, 3, 14), "F")
    assert item.faults == ()
    assert item.claim == Claim(**{name: getattr(EXPECTED, name) for name in EXPECTED.__slots__} | {"patient": patient})


def test_a_bundle_by_full_urls() -> None:
    entries = [{"fullUrl": "urn:uuid:1", "resource": PATIENT}, {"fullUrl": "urn:uuid:2", "resource": DOCTOR}]
    eob = changed(patient={"reference": "urn:uuid:1"})
    eob["careTeam"][1]["provider"] = {"reference": "urn:uuid:2"}
    (item,) = read({"entry": [*entries, {"resource": eob}], "resourceType": "Bundle"})
    assert (item.claim, item.place) == (EXPECTED, "entry[2].resource")


def test_a_claim_of_the_plain_kind() -> None:
    claim = {
        "resourceType": "Claim",
        "id": "c1",
        "status": "active",
        "type": concept("http://terminology.hl7.org/CodeSystem/claim-type", "professional"),
        "patient": {"reference": "Patient/9"},
        "insurer": {"display": "Aetna"},
        "provider": by_npi("1234567893"),
        "diagnosis": [{"sequence": 1, "diagnosisCodeableConcept": concept(ICD, "I10")}],
        "item": [
            {
                "sequence": 1,
                "productOrService": {"coding": [{"code": "G0101"}]},
                "servicedDate": "2024-08-15",
                "quantity": {"value": 2},
                "unitPrice": {"value": 10.25},
            }
        ],
    }
    (item,) = read(claim)
    line = ClaimLine(1, "G0101", (), Decimal(2), date(2024, 8, 15), (), Decimal("20.50"))
    assert item == ReadClaim(
        Claim("c1", (line,), ("I10",), Patient("9"), payer="Aetna", billing_npi="1234567893"), (), ""
    )


@pytest.mark.parametrize(
    ("members", "setting", "rule"),
    [
        (
            {"type": concept("x", "institutional"), "subType": concept("x", "outpatient"), "meta": None},
            "outpatient-hospital",
            "",
        ),
        ({"type": concept("https://bluebutton.cms.gov/eob-type", "CARRIER"), "meta": None}, "practitioner", ""),
        ({"type": concept("https://bluebutton.cms.gov/eob-type", "DME"), "meta": None}, "dme", ""),
        (
            {"type": concept("x", "institutional"), "subType": concept("x", "inpatient"), "meta": None},
            None,
            "FHIR.TYPE",
        ),
        ({"type": concept("x", "pharmacy"), "meta": None}, None, "FHIR.TYPE"),
        ({"status": "cancelled"}, None, "FHIR.STATUS"),
    ],
)
def test_the_setting_and_what_is_not_checked(members: dict[str, Any], setting: str | None, rule: str) -> None:
    (item,) = read(PATIENT, DOCTOR, changed(**members))
    assert (item.claim and item.claim.setting) == setting
    assert [fault.rule for fault in item.faults] == ([rule] if rule else [])


def test_what_is_not_in_the_file_is_said() -> None:
    (item,) = read(changed(insurer={}))
    assert item.claim is not None
    assert (item.claim.patient, item.claim.rendering_npi, item.claim.payer) == (Patient("P1"), "", "medicare")
    assert sorted(fault.rule for fault in item.faults) == ["FHIR.PAYER", "FHIR.REFERENCE"]


def test_a_pointer_to_no_diagnosis_is_a_fault() -> None:
    eob = changed()
    eob["item"][1]["diagnosisSequence"] = [20, 3]
    (item,) = read(PATIENT, DOCTOR, eob)
    (fault,) = item.faults
    assert (fault.rule, fault.lines) == ("X12.POINTER", (2,))
    assert item.claim is not None
    assert item.claim.lines[1].diagnosis_pointers == (2,)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("item", 0, "servicedDate"), "2024-08", 'item[0].servicedDate: found "2024-08", expected a day'),
        (("item", 0, "quantity"), 3, "item[0].quantity: found 3, expected an object"),
        (("item", 0, "quantity"), {"value": "x"}, 'item[0].quantity.value: found "x", expected a number'),
        (("item",), {}, "item: found {}, expected a list"),
        (("item",), [], "item: found [], expected at least one item"),
        (("diagnosis", 0, "sequence"), "a", 'diagnosis[0].sequence: found "a", expected a whole number'),
    ],
)
def test_what_does_not_fit_names_its_path(path: tuple[Any, ...], value: object, message: str) -> None:
    eob: Any = changed()
    inner = eob
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    with pytest.raises(BadInput) as fault:
        read(eob)
    assert message in str(fault.value)


@pytest.mark.parametrize("values", [(PATIENT,), (bundle(PATIENT, DOCTOR),), (bundle(),), ({"claims": []},)])
def test_a_file_without_a_claim_says_so(values: tuple[object, ...]) -> None:
    with pytest.raises(BadFile, match="there is no claim in it"):
        read(*values)
