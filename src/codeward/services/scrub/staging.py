"""Staging: claims that a reader understands (837, JSON, FHIR) become rows, and the faults it met become findings."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from codeward.core.claims import Claim, ClaimLine, Finding, ReadClaim
from codeward.ingest.claims import read_claims
from codeward.rules.batch import RAW

FAULT_COLUMNS = (
    "claim_id", "line", "rule", "severity", "code", "with_code", "message", "carc", "rarc", "charge", "other_line",
    "cited", "day", "provider", "payer", "setting",
)  # fmt: skip
REFUSED_COLUMNS = ("place", "claim_id", "problem_column", "expected")


def stage(path: Path, folder: Path, today: date) -> int:
    """Read every claim of a file; write rows.csv, faults.csv and refused.csv (what held no claim); count the rows."""
    count = 0
    with (
        (folder / "rows.csv").open("w", encoding="utf-8", newline="") as row_file,
        (folder / "faults.csv").open("w", encoding="utf-8", newline="") as fault_file,
        (folder / "refused.csv").open("w", encoding="utf-8", newline="") as refused_file,
    ):
        write_row, write_fault = csv.writer(row_file).writerow, csv.writer(fault_file).writerow
        write_refused = csv.writer(refused_file).writerow
        write_row(RAW)
        write_fault(FAULT_COLUMNS)
        write_refused(REFUSED_COLUMNS)
        for number, read in enumerate(read_claims(path, today=today), start=1):
            for fault in _faults(read):
                write_fault(fault)
            if read.claim is None:
                write_refused(_refused(read))
                continue
            for row in _rows(read.claim, number):
                write_row(row)
                count += 1
    return count


def _faults(read: ReadClaim) -> Iterator[tuple[object, ...]]:
    claim = read.claim
    for fault in read.faults:
        day = min((line.day for line in claim.lines), default="") if claim else ""
        told = (claim.billing_npi, claim.payer.lower(), claim.setting) if claim else ("", "", "")
        yield (
            claim.claim_id if claim else "", fault.lines[0] if fault.lines else "", fault.rule, fault.severity,
            fault.code, fault.with_code, fault.message, fault.carc, " ".join(fault.rarc), _charge(claim, fault), "", "",
            day, *told,
        )  # fmt: skip


def _charge(claim: Claim | None, fault: Finding) -> object:
    lines = claim.lines if claim else ()
    return next((line.charge for line in lines if line.number in fault.lines[:1] and line.charge is not None), "")


def _refused(read: ReadClaim) -> tuple[str, ...]:
    said = "; ".join(fault.message for fault in read.faults) or "a claim that can be read"
    return (read.place, "", "", said)


def _rows(claim: Claim, number: int) -> Iterator[list[str]]:
    for history, lines in (("1", claim.history), ("", claim.lines)):
        for line in lines:
            cells = _cells(claim, line) | {"history": history, "claim_number": str(number)}
            yield [cells.get(name, "") for name in RAW]


def _cells(claim: Claim, line: ClaimLine) -> dict[str, str]:
    return {
        "claim_id": claim.claim_id or "-",
        "patient_id": claim.patient.id,
        "birth_date": str(claim.patient.birth_date or ""),
        "sex": claim.patient.sex,
        "payer": claim.payer,
        "setting": claim.setting,
        "billing_npi": claim.billing_npi,
        "rendering_npi": line.rendering_npi,
        "taxonomy": claim.taxonomy,
        "clia": claim.clia,
        "place_of_service": line.place_of_service,
        "diagnoses": ",".join(claim.diagnoses),
        "code": line.code,
        "date": line.day.isoformat(),
        "to_date": str(line.last_day or ""),
        "modifiers": ",".join(filter(None, line.modifiers)),
        "units": f"{line.units:f}",
        "measure": line.measure,
        "charge": "" if line.charge is None else f"{line.charge:f}",
        "pointers": ",".join(map(str, line.diagnosis_pointers)),
        "line": str(line.number),
        "revenue_code": line.revenue_code or ("" if line.code else "-"),
        "history_claim_id": line.claim_id,
        "history_billing_npi": line.billing_npi,
        "specialty": line.specialty,
        "claim_rendering_npi": claim.rendering_npi,
        "claim_place": claim.place_of_service,
        "state": claim.state,
    }
