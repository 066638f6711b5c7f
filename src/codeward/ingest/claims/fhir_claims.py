"""Claims out of FHIR R4: Claim and ExplanationOfBenefit (CARIN Blue Button 2.0 and CMS's Blue Button shapes)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from codeward.core.claims import Claim, ClaimLine, Finding, Patient, ReadClaim
from codeward.core.codes import plain
from codeward.core.faults import BadInput
from codeward.ingest.claims.fhir_concepts import (
    DIAGNOSES,
    PLACES,
    PROCEDURES,
    code_in,
    codings,
    day_of,
    npi_among,
    npi_of,
)
from codeward.ingest.claims.json_members import Members, refuse

CLAIMS = ("Claim", "ExplanationOfBenefit")
_SETTINGS = {
    "professional": "practitioner",
    "carrier": "practitioner",
    "outpatient": "outpatient-hospital",
    "dme": "dme",
}
_PROFILES = {"outpatient": "outpatient-hospital", "professional": "practitioner"}
_NOT_IN_FORCE = ("cancelled", "entered-in-error", "draft")
_REMEMBERED = 10_000
_SEXES = {"female": "F", "male": "M"}


@dataclass(slots=True)
class Neighbours:
    """Patients and providers met so far in the file, by the references that claims make to them."""

    patients: dict[str, Patient] = field(default_factory=dict)
    npis: dict[str, str] = field(default_factory=dict)

    def remember(self, resource: Members, full_url: str) -> None:
        """Keep what a claim may refer to; the oldest are forgotten in a large file."""
        kind, name = resource.text("resourceType"), resource.name("id")
        for key in filter(None, (full_url, f"{kind}/{name}" if name else "")):
            if kind == "Patient":
                sex = _SEXES.get(resource.text("gender").lower(), "U" if resource.text("gender") else "")
                self.patients[key] = Patient(name or key, day_of(resource, "birthDate"), sex)
            elif npi := npi_among(resource.items("identifier"), resource.at("identifier")):
                self.npis[key] = npi
        for kept in (self.patients, self.npis):
            while len(kept) > _REMEMBERED:
                del kept[next(iter(kept))]


@dataclass(slots=True)
class _Reading:
    """One claim being read: the resource, what it contains, what was met before it, and the faults."""

    resource: Members
    contained: Neighbours
    before: Neighbours
    faults: list[Finding] = field(default_factory=list)

    def npi(self, reference: object, path: str) -> str:
        """The NPI of a reference, carried in it or by the resource it points to."""
        if reference is None:
            return ""
        target = Members.of(reference, path).text("reference")
        found = npi_of(reference, path) or self.contained.npis.get(target) or self.before.npis.get(target, "")
        if not found:
            self.tell(
                "FHIR.REFERENCE", "warn", f"{path}: no NPI is given, and {target or 'its resource'} is not before it"
            )
        return found

    def tell(self, rule: str, severity: str, message: str) -> None:
        self.faults.append(Finding(rule, severity, (), "", message))


def claim_of(resource: Members, before: Neighbours) -> ReadClaim:
    """One Claim or ExplanationOfBenefit; without a claim where it is not in force or Codeward has no edits for it.

    Raises BadInput naming the member that does not fit.
    """
    reading = _Reading(resource, _contained(resource), before)
    claim_id = _claim_id(resource)
    status, setting = resource.text("status"), _setting(resource)
    if status in _NOT_IN_FORCE:
        reading.tell("FHIR.STATUS", "warn", f"{resource.path}: claim {claim_id} is {status}; it is not checked")
    elif not setting:
        message = f"{resource.path}: claim {claim_id} is of a kind for which Codeward has no edits; it is not checked"
        reading.tell("FHIR.TYPE", "warn", message)
    else:
        return ReadClaim(_claim(reading, claim_id, setting), tuple(reading.faults), resource.path)
    return ReadClaim(None, tuple(reading.faults), resource.path)


def _claim_id(resource: Members) -> str:
    for index, value in enumerate(resource.items("identifier")):
        if found := Members.of(value, f"{resource.at('identifier')}[{index}]").name("value"):
            return found
    return resource.name("id")


def _setting(resource: Members) -> str:
    """By the profile it claims, else by its type; empty for inpatient, dental, drug and vision claims."""
    meta = resource.values.get("meta")
    profiles = " ".join(Members.of(meta, resource.at("meta")).texts("profile")).lower() if meta is not None else ""
    for mark, setting in _PROFILES.items():
        if mark in profiles:
            return setting
    kinds = [code.lower() for _, code in codings(resource.values.get("type"), resource.at("type"))]
    kinds += [code.lower() for _, code in codings(resource.values.get("subType"), resource.at("subType"))]
    return next((_SETTINGS[kind] for kind in kinds if kind in _SETTINGS), "")


def _contained(resource: Members) -> Neighbours:
    found = Neighbours()
    for index, value in enumerate(resource.items("contained")):
        inner = Members.of(value, f"{resource.at('contained')}[{index}]")
        found.remember(inner, f"#{inner.name('id')}")
    return found


def _claim(reading: _Reading, claim_id: str, setting: str) -> Claim:
    resource = reading.resource
    diagnoses, places = _diagnoses(reading)
    lines = tuple(_line(reading, value, index, places) for index, value in enumerate(resource.items("item")))
    if not lines:
        refuse(resource.at("item"), [], "at least one item")
    place = next((line.place_of_service for line in lines if line.place_of_service), "")
    return Claim(
        claim_id,
        lines,
        diagnoses,
        _patient(reading),
        _payer(reading),
        setting,
        reading.npi(resource.values.get("provider"), resource.at("provider")),
        _rendering(reading),
        place_of_service=place,
    )


def _patient(reading: _Reading) -> Patient:
    reference = reading.resource.values.get("patient")
    if reference is None:
        return Patient()
    members = Members.of(reference, reading.resource.at("patient"))
    target = members.text("reference")
    found = reading.contained.patients.get(target) or reading.before.patients.get(target)
    return found or Patient(target.rpartition("/")[2])


def _payer(reading: _Reading) -> str:
    """Medicare and Medicaid by name, CMS's own claims as Medicare; another payer by the name it is shown under."""
    insurer = reading.resource.values.get("insurer")
    names: list[str] = []
    if insurer is not None:
        members = Members.of(insurer, reading.resource.at("insurer"))
        identifier = members.values.get("identifier")
        names = [members.text("display"), members.text("reference")]
        if identifier is not None:
            names.append(Members.of(identifier, members.at("identifier")).name("value"))
    told = " ".join(names).lower()
    if "medicaid" in told:
        return "medicaid"
    if "medicare" in told or "cms" in told.split():
        return "medicare"
    shown = next(filter(None, names), "")
    if not shown:
        reading.tell(
            "FHIR.PAYER", "warn", f"{reading.resource.at('insurer')}: no payer is named; Medicare's edits are used"
        )
    return shown or "medicare"


def _rendering(reading: _Reading) -> str:
    """The NPI of the care team's first member who performed, else of the only one."""
    resource = reading.resource
    team = [
        Members.of(value, f"{resource.at('careTeam')}[{index}]")
        for index, value in enumerate(resource.items("careTeam"))
    ]
    for member in team:
        roles = {code.lower() for _, code in codings(member.values.get("role"), member.at("role"))}
        if roles & {"performing", "rendering", "primary"} or (len(team) == 1 and not roles):
            return reading.npi(member.values.get("provider"), member.at("provider"))
    return ""


def _diagnoses(reading: _Reading) -> tuple[tuple[str, ...], dict[int, int]]:
    """The diagnoses in order of their sequence, and at which place each sequence stands."""
    resource = reading.resource
    found: dict[int, str] = {}
    for index, value in enumerate(resource.items("diagnosis")):
        entry = Members.of(value, f"{resource.at('diagnosis')}[{index}]")
        sequence = entry.whole("sequence") or index + 1
        concept = entry.values.get("diagnosisCodeableConcept")
        code = plain(code_in(codings(concept, entry.at("diagnosisCodeableConcept")), DIAGNOSES))
        if not code:
            reading.tell("FHIR.CODE", "deny", f"{entry.path}: expected a coding of {DIAGNOSES[0]}; it is left out")
        elif sequence in found:
            raise BadInput(f"{entry.at('sequence')}: sequence {sequence} is there twice")
        else:
            found[sequence] = code
    order = sorted(found)
    return tuple(found[sequence] for sequence in order), {sequence: at for at, sequence in enumerate(order, 1)}


def _line(reading: _Reading, value: object, index: int, places: dict[int, int]) -> ClaimLine:
    item = Members.of(value, f"{reading.resource.at('item')}[{index}]")
    number = item.whole("sequence") or index + 1
    first, last = _days(reading, item)
    units, measure = _quantity(item)
    modifiers = (
        next((code for _, code in codings(concept, f"{item.at('modifier')}[{at}]")), "")
        for at, concept in enumerate(item.items("modifier"))
    )
    revenue = next((code for _, code in codings(item.values.get("revenue"), item.at("revenue"))), "")
    return ClaimLine(
        number,
        _procedure(reading, item, revenue),
        tuple(modifier.upper() for modifier in modifiers if modifier),
        units,
        first,
        _pointers(reading, item, number, places),
        _charge(item, units),
        "",
        code_in(codings(item.values.get("locationCodeableConcept"), item.at("locationCodeableConcept")), PLACES),
        last if last != first else None,
        measure,
        revenue,
    )


def _procedure(reading: _Reading, item: Members, revenue: str) -> str:
    """The CPT or HCPCS code of an item; a coding without a system is one where it is the only one."""
    path = item.at("productOrService")
    found = list(codings(item.values.get("productOrService"), path))
    code = code_in(found, PROCEDURES)
    if not code and len(found) == 1 and not found[0][0]:
        code = found[0][1]
    if not code and not revenue:
        reading.tell("FHIR.CODE", "deny", f"{path}: no coding of CPT or HCPCS")
    return plain(code)


def _days(reading: _Reading, item: Members) -> tuple[date, date]:
    """The days of an item: its own, else those of the claim."""
    if (day := day_of(item, "servicedDate")) is not None:
        return day, day
    for members, key in ((item, "servicedPeriod"), (reading.resource, "billablePeriod")):
        if members.values.get(key) is not None:
            period = Members.of(members.values[key], members.at(key))
            first = day_of(period, "start")
            last = day_of(period, "end") or first
            if first is not None and last is not None:
                return (first, last) if last >= first else refuse(period.at("end"), str(last), f"a day from {first} on")
    return refuse(item.at("servicedDate"), None, "a day such as 2024-08-15, here or in billablePeriod")


def _quantity(item: Members) -> tuple[Decimal, str]:
    """Units and their measure: MJ where the quantity is told in minutes."""
    if item.values.get("quantity") is None:
        return Decimal(1), "UN"
    quantity = Members.of(item.values["quantity"], item.at("quantity"))
    minutes = {quantity.text("unit").lower(), quantity.text("code").lower()} & {"mj", "min", "minutes", "minute"}
    value = quantity.number("value")
    return Decimal(1) if value is None else value, "MJ" if minutes else "UN"


def _charge(item: Members, units: Decimal) -> Decimal | None:
    """The submitted charge: `net`, else the adjudication of that name, else unit price times quantity."""
    net = _money(item, "net")
    if net is not None:
        return net
    for index, value in enumerate(item.items("adjudication")):
        entry = Members.of(value, f"{item.at('adjudication')}[{index}]")
        kinds = [code.lower() for _, code in codings(entry.values.get("category"), entry.at("category"))]
        if any("submitted" in kind or "sbmtd_chrg" in kind for kind in kinds):
            return _money(entry, "amount")
    price = _money(item, "unitPrice")
    return None if price is None else price * units


def _money(members: Members, key: str) -> Decimal | None:
    value = members.values.get(key)
    return None if value is None else Members.of(value, members.at(key)).number("value")


def _pointers(reading: _Reading, item: Members, number: int, places: dict[int, int]) -> tuple[int, ...]:
    found = []
    for index, value in enumerate(item.items("diagnosisSequence")):
        if not isinstance(value, int) or isinstance(value, bool):
            refuse(f"{item.at('diagnosisSequence')}[{index}]", value, "a whole number from 1")
        if value in places:
            found.append(places[value])
        else:
            where = f"{item.at('diagnosisSequence')}[{index}]"
            message = f"{where}: line {number} points to diagnosis {value}, which is not there"
            reading.faults.append(Finding("X12.POINTER", "deny", (number,), "", message, "16", ("M76",)))
    return tuple(found)
