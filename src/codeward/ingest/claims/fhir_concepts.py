"""Codes and identifiers out of FHIR R4 values, by the systems that name them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from codeward.ingest.claims.json_members import Members, refuse

PROCEDURES = (
    "http://www.ama-assn.org/go/cpt",
    "urn:oid:2.16.840.1.113883.6.12",
    "urn:oid:2.16.840.1.113883.6.14",
    "urn:oid:2.16.840.1.113883.6.285",
    "hcpcs",
)
DIAGNOSES = (
    "http://hl7.org/fhir/sid/icd-10-cm",
    "http://hl7.org/fhir/sid/icd-10",
    "urn:oid:2.16.840.1.113883.6.90",
    "icd-9",
)
PLACES = ("place-of-service", "placeofservice", "plcsrvc", "place_of_service")
NPI = ("http://hl7.org/fhir/sid/us-npi", "urn:oid:2.16.840.1.113883.4.6")


def codings(concept: object, path: str) -> Iterator[tuple[str, str]]:
    """System and code of each coding of a CodeableConcept."""
    if concept is None:
        return
    for index, value in enumerate((whole := Members.of(concept, path)).items("coding")):
        coding = Members.of(value, f"{whole.at('coding')}[{index}]")
        yield coding.text("system"), coding.text("code")


def code_in(found: Iterable[tuple[str, str]], systems: tuple[str, ...]) -> str:
    """The first code of one of the systems, named whole or by a part of their address."""
    return next((code for system, code in found if any(mark in system.lower() for mark in systems)), "")


def npi_of(reference: object, path: str) -> str:
    """The NPI that a reference carries in its identifier; empty where it carries none."""
    if reference is None:
        return ""
    identifier = Members.of(reference, path).values.get("identifier")
    return "" if identifier is None else _npi(Members.of(identifier, f"{path}.identifier"))


def npi_among(identifiers: list[object], path: str) -> str:
    """The NPI among a resource's identifiers."""
    found = (_npi(Members.of(value, f"{path}[{index}]")) for index, value in enumerate(identifiers))
    return next(filter(None, found), "")


def _npi(identifier: Members) -> str:
    kinds = [code for _, code in codings(identifier.values.get("type"), identifier.at("type"))]
    is_npi = identifier.text("system") in NPI or any(kind.lower() == "npi" for kind in kinds)
    return identifier.text("value") if is_npi else ""


def day_of(members: Members, key: str) -> date | None:
    """The day of a date or dateTime; a month or year alone is refused, since edits ask for the day."""
    text = members.text(key)
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        refuse(members.at(key), text, "a day such as 2024-08-15")
