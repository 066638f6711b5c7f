"""Tools about claims and stays: rules over a claim, the place it is priced for, the group of a stay."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from codeward.core.answers import Answer
from codeward.core.claims import CheckedClaim, ReadClaim
from codeward.core.faults import BadInput, NotFound, NotLoaded
from codeward.ingest.claims import read_claims
from codeward.services.catalogue.tool import Tool, argument
from codeward.services.check_claim import check_read
from codeward.services.documents.answers import Document
from codeward.services.documents.checked import checked_document, unread_document
from codeward.services.documents.groups import drg_document
from codeward.services.localities import ZIPS, ZipPlace, place_of_zip, read_zip
from codeward.services.ms_drg import Grouping, Stay, group_stay
from codeward.services.view import View
from codeward.store.library import Library

Checked = tuple[CheckedClaim | ReadClaim, ...]


def fields_of(text: str) -> dict[str, Any]:
    """The fields of a worksheet out of JSON text, numbers as decimals; BadInput for anything but one object."""
    try:
        found = json.loads(text, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise BadInput('work_out: input is no JSON object: expected one such as {"site": "nose", "stages": [7, 3]}')
    return found


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


@dataclass(frozen=True, slots=True)
class CheckClaim:
    """Arguments of `check_claim`."""

    claim: str = argument("A claim, or a list of claims, as the text of a file: Codeward's JSON, CSV, 837 or FHIR.")


def _check_claim(library: Library, on: date, asked: CheckClaim) -> Answer[Checked]:
    reads = read_claims(io.BytesIO(asked.claim.encode("utf-8", "replace")), "claim", today=on)
    checked = tuple(check_read(library, reads, on))
    found = (finding for item in checked if isinstance(item, CheckedClaim) for finding in item.findings)
    return Answer(checked, on, tuple(dict.fromkeys(source for finding in found for source in finding.sources)))


def _checked(answer: Answer[Checked]) -> Document:
    return {
        "claims": [checked_document(item) for item in answer.value if isinstance(item, CheckedClaim)],
        "file": [unread_document(item) for item in answer.value if isinstance(item, ReadClaim)],
    }


@dataclass(frozen=True, slots=True)
class LocalityOfZip:
    """Arguments of `locality_of_zip`."""

    zip: str = argument("The place of service's ZIP, 5 or 9 digits.")


def _locality_of_zip(library: Library, on: date, asked: LocalityOfZip) -> Answer[ZipPlace]:
    view = View(library, on)
    zip_code, plus_four = read_zip(asked.zip)
    if not view.has(ZIPS):
        raise NotLoaded(f"the localities of ZIPs are not loaded for {on}: load {ZIPS}")
    place = place_of_zip(view, zip_code, plus_four)
    if place is None:
        raise NotFound(f"the loaded list of ZIPs has no {zip_code}")
    view.sources.update(dict.fromkeys(place.sources))
    return view.answer(place)


@dataclass(frozen=True, slots=True)
class GroupStay:
    """Arguments of `group_stay`; the day of discharge is the day asked for."""

    diagnoses: tuple[str, ...] = argument("ICD-10-CM codes, the principal one first; I50.21:Y: present on admission.")
    procedures: tuple[str, ...] = argument("ICD-10-PCS codes.", default=())
    age: int = argument("Age in years on admission.", default=65)
    sex: str = argument("M, F or U (unknown).", default="U", choices=("M", "F", "U"))
    status: str = argument("Patient discharge status, two digits.", default="01")


def _group_stay(library: Library, on: date, asked: GroupStay) -> Answer[Grouping]:
    return group_stay(library, Stay(asked.diagnoses, asked.procedures, asked.age, asked.sex, on, asked.status))


CLAIM_TOOLS = (
    Tool("check_claim", "Claims against every rule, and what Medicare would pay", CheckClaim, _check_claim,
         "Clean only where nothing was left unchecked; every finding has its rule, remedy and sources. Each line is "
         "judged as of its own date of service; `on` is the day past which no service can lie.", _checked),
    Tool("locality_of_zip", "The payment locality of a ZIP", LocalityOfZip, _locality_of_zip,
         "Some ZIPs are shared by localities and need nine digits: `needs_plus_four` says so."),
    Tool("group_stay", "The MS-DRG of an inpatient stay, and what every code did", GroupStay, _group_stay,
         "As of the day of discharge, given as `on`; the Medicare Code Editor's edits are not run.", drg_document),
)  # fmt: skip
