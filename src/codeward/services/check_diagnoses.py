"""Check diagnoses: what the rules say of diagnosis codes reported together on a day, in the order given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from codeward.core.answers import Answer, Caveat
from codeward.core.claims import Claim, ClaimLine, Finding
from codeward.core.codes import plain, readings
from codeward.core.faults import BadInput
from codeward.services.check_claim import check_claims
from codeward.store.library import Library

_ANY_LINE = "99213"
"""A claim must have a line; no rule about diagnoses alone asks which."""
MOST = 12
"""Diagnoses a professional claim holds (CMS-1500, item 21)."""


def check_diagnoses(library: Library, codes: Sequence[str], on: date) -> Answer[tuple[Finding, ...]]:
    """Findings of the diagnosis rules alone: validity, exclusions, order; what could not be checked is a caveat.

    Raises BadInput for what is no ICD-10-CM code, and for fewer than one or more than twelve.
    """
    values = tuple(dict.fromkeys(plain(code) for code in codes))
    if not 1 <= len(values) <= MOST:
        raise BadInput(f"{len(values)} diagnoses: expected 1 to {MOST}")
    for value in values:
        if not readings(value, "icd-10-cm"):
            raise BadInput(f"{value!r} cannot be an ICD-10-CM code")
    claim = Claim("", (ClaimLine(1, _ANY_LINE, (), Decimal(1), on),), diagnoses=values)
    checked = check_claims(library, [claim], on)[0]
    found = tuple(item for item in checked.findings if item.rule.startswith("DX."))
    sources = tuple(dict.fromkeys(source for item in found for source in item.sources))
    unchecked = [item for item in checked.not_checked if item.rule.startswith("DX.")]
    return Answer(found, on, sources, tuple(Caveat("icd-10-cm", item.reason) for item in unchecked))
