"""Inputs: claims as the rows that facts join, one table of claims, one of lines with history, one of diagnoses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from codeward.core.claims import Claim, ClaimLine
from codeward.core.codes import plain
from codeward.rules.calendar import Calendar

Columns = tuple[tuple[str, str], ...]

CLAIM_IN: Columns = (
    ("claim", "bigint"), ("scope", "bigint"), ("claim_id", "text"), ("payer", "text"), ("setting", "text"),
    ("birth_number", "bigint"), ("sex", "text"), ("billing_npi", "text"), ("rendering_npi", "text"),
    ("taxonomy", "text"), ("pos", "text"), ("clia", "text"), ("diagnosis_count", "bigint"),
    ("state", "text"),
)  # fmt: skip
"""One row a claim; `scope` joins claims that are each other's history; days as numbers count from 0001-01-01."""
LINE_IN: Columns = (
    ("row_id", "bigint"), ("scope", "bigint"), ("claim", "bigint"), ("line", "bigint"), ("history", "bigint"),
    ("claim_id", "text"), ("payer", "text"), ("setting", "text"), ("code", "text"), ("m1", "text"), ("m2", "text"),
    ("m3", "text"), ("m4", "text"), ("modifiers", "text"), ("units", "double"), ("measure", "text"), ("day", "date"),
    ("day_number", "bigint"), ("span", "bigint"), ("pos", "text"), ("provider", "text"), ("npi", "text"),
    ("billing_npi", "text"), ("specialty", "text"), ("clia", "text"), ("charge", "double"), ("era", "bigint"),
    ("p1", "bigint"), ("p2", "bigint"), ("p3", "bigint"), ("p4", "bigint"),
)  # fmt: skip
"""One row a line; `modifiers` are all of them between commas (`,59,RT,`), empty texts where there are none.

`provider` is who must be the same for edits: the rendering NPI, or the billing NPI on institutional claims.
"""
DIAGNOSIS_IN: Columns = (
    ("claim", "bigint"), ("scope", "bigint"), ("position", "bigint"), ("code", "text"), ("day", "date"),
    ("day_number", "bigint"), ("era", "bigint"),
)  # fmt: skip
"""One row a diagnosis of a claim, without its dot, as of the claim's first day."""
INPUTS = {"claim_in": CLAIM_IN, "line_in": LINE_IN, "diagnosis_in": DIAGNOSIS_IN}
_PROFESSIONAL = "practitioner"


@dataclass
class InputRows:
    """Rows ready to be inserted, and who the numbers stand for."""

    claims: list[tuple[Any, ...]] = field(default_factory=list)
    lines: list[tuple[Any, ...]] = field(default_factory=list)
    diagnoses: list[tuple[Any, ...]] = field(default_factory=list)


def input_rows(claims: Iterable[Claim], calendar: Calendar) -> InputRows:
    """Claims as rows; each is a scope of its own, with the history that came with it. Numbers follow the order."""
    rows = InputRows()
    for number, claim in enumerate(claims, start=1):
        first = min((line.day for line in claim.lines), default=date.min)
        rows.claims.append(_claim_row(claim, number))
        for history, lines in ((1, claim.history), (0, claim.lines)):
            for line in filter(_has_code, lines):
                rows.lines.append(_line_row(claim, line, number, history, len(rows.lines) + 1, calendar))
        era = calendar.era_of(first)
        rows.diagnoses += [
            (number, number, at, plain(code), first.isoformat(), first.toordinal(), era)
            for at, code in enumerate(claim.diagnoses, start=1)
        ]
    return rows


def _has_code(line: ClaimLine) -> bool:
    """Revenue lines of a hospital claim may stand without a code; no rule asks them yet."""
    return bool(line.code)


def _claim_row(claim: Claim, number: int) -> tuple[Any, ...]:
    birth = claim.patient.birth_date
    return (
        number, number, claim.claim_id, claim.payer.lower() or "medicare", claim.setting,
        birth.toordinal() if birth else None, claim.patient.sex.upper(), claim.billing_npi, claim.rendering_npi,
        claim.taxonomy, claim.place_of_service, claim.clia, len(claim.diagnoses),
        claim.state,
    )  # fmt: skip


def _line_row(
    claim: Claim, line: ClaimLine, number: int, history: int, row: int, calendar: Calendar
) -> tuple[Any, ...]:
    modifiers = [plain(item) for item in line.modifiers if item]
    first_four: Sequence[str] = [*modifiers, "", "", "", ""][:4]
    billing = (line.billing_npi if history else "") or claim.billing_npi
    npi = (line.rendering_npi or line.billing_npi) if history else claim.rendering_of(line)
    span = (line.last_day - line.day).days + 1 if line.last_day else 1
    pointers = [*line.diagnosis_pointers, None, None, None, None][:4]
    return (
        row, number, number, line.number, history, line.claim_id if history else claim.claim_id,
        claim.payer.lower() or "medicare", claim.setting, plain(line.code), *first_four,
        f",{','.join(modifiers)}," if modifiers else "", float(line.units), line.measure, line.day.isoformat(),
        line.day.toordinal(), max(span, 1), claim.place_of(line),
        npi if claim.setting == _PROFESSIONAL else billing, npi, billing, line.specialty, claim.clia,
        float(line.charge) if line.charge is not None else None, calendar.era_of(line.day), *pointers,
    )  # fmt: skip
