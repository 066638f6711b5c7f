"""Claims written down as a CSV of service lines and as Codeward's JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from codeward.core.claims import Claim, ClaimLine

_DIAGNOSES = [f"dx{number}" for number in range(1, 6)]
_MODIFIERS = [f"mod{number}" for number in range(1, 5)]
COLUMNS = [
    "claim_id", "patient_id", "birth_date", "sex", "payer", "setting", "billing_npi", "rendering_npi", "taxonomy",
    "clia", "place_of_service", *_DIAGNOSES, "code", "date", "to_date", *_MODIFIERS, "units", "measure", "charge",
    "pointers",
]  # fmt: skip


def write_csv(claims: Iterable[Claim], file: Path) -> Path:
    """One row a line; history is left out, for which a CSV has no place."""
    with file.open("w", encoding="utf-8", newline="") as written:
        writer = csv.DictWriter(written, COLUMNS)
        writer.writeheader()
        for claim in claims:
            writer.writerows(_row(claim, line) for line in claim.lines)
    return file


def write_json(claims: Iterable[Claim], file: Path) -> Path:
    """A list of claims."""
    file.write_text(json.dumps([_claim(claim) for claim in claims]), encoding="utf-8")
    return file


def _row(claim: Claim, line: ClaimLine) -> dict[str, object]:
    return {
        "claim_id": claim.claim_id, "patient_id": claim.patient.id, "birth_date": claim.patient.birth_date or "",
        "sex": claim.patient.sex, "payer": claim.payer, "setting": claim.setting, "billing_npi": claim.billing_npi,
        "rendering_npi": line.rendering_npi or claim.rendering_npi, "taxonomy": claim.taxonomy, "clia": claim.clia,
        "place_of_service": line.place_of_service or claim.place_of_service, "code": line.code, "date": line.day,
        "to_date": line.last_day or "", "units": line.units, "measure": line.measure,
        "charge": "" if line.charge is None else line.charge, "pointers": ",".join(map(str, line.diagnosis_pointers)),
        **dict(zip(_DIAGNOSES, claim.diagnoses, strict=False)), **dict(zip(_MODIFIERS, line.modifiers, strict=False)),
    }  # fmt: skip


def _claim(claim: Claim) -> dict[str, Any]:
    born = claim.patient.birth_date
    return {
        "claim_id": claim.claim_id, "payer": claim.payer, "setting": claim.setting,
        "patient": {"id": claim.patient.id, "birth_date": str(born) if born else None, "sex": claim.patient.sex},
        "billing_npi": claim.billing_npi, "rendering_npi": claim.rendering_npi, "taxonomy": claim.taxonomy,
        "place_of_service": claim.place_of_service, "clia": claim.clia, "diagnoses": list(claim.diagnoses),
        "lines": [_line(line) for line in claim.lines],
        "history": [
            {**_line(line), "claim_id": line.claim_id, "billing_npi": line.billing_npi, "specialty": line.specialty}
            for line in claim.history
        ],
    }  # fmt: skip


def _line(line: ClaimLine) -> dict[str, Any]:
    return {
        "number": line.number, "code": line.code, "modifiers": list(line.modifiers), "units": float(line.units),
        "date": str(line.day), "diagnosis_pointers": list(line.diagnosis_pointers),
        "charge": None if line.charge is None else str(line.charge), "rendering_npi": line.rendering_npi,
        "place_of_service": line.place_of_service,
        **({"measure": line.measure} if line.measure != "UN" else {}),
        **({"last_date": str(line.last_day)} if line.last_day else {}),
    }  # fmt: skip
