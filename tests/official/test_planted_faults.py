"""Ten faults put one at a time into a sound 837P: every one is found, and nothing in the sound file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest

from codeward.core.claims import CheckedClaim, Finding
from codeward.ingest.claims import read_claims
from codeward.services.check_claim import check_read
from codeward.store.library import Library
from making_claims import A_CLAIM, PLANTED, Planted, planted, write_837p

pytestmark = pytest.mark.official
TODAY = date(2026, 11, 24)
SOUND = write_837p([A_CLAIM])
BY_THE_RULES = {"non-existent ICD-10": "DX.INVALID", "non-existent HCPCS": "CODE.UNKNOWN"}


def findings(library: Library, file: str) -> Iterator[Finding]:
    """Every finding of the file, of its form and of its claims."""
    for item in check_read(library, read_claims(BytesIO(file.encode()), "a.837", today=TODAY), TODAY):
        yield from item.findings if isinstance(item, CheckedClaim) else item.faults


@pytest.mark.parametrize("fault", PLANTED, ids=lambda fault: fault.name)
def test_the_fault_is_found(claim_library: Library, fault: Planted) -> None:
    sound = {item.rule for item in findings(claim_library, SOUND) if item.severity != "info"}
    found = {item.rule for item in findings(claim_library, planted(fault, SOUND))}
    expected = fault.rule or BY_THE_RULES[fault.name]
    assert expected in found - sound


def test_the_sound_file_has_no_denial(claim_library: Library) -> None:
    assert [item for item in findings(claim_library, SOUND) if item.severity == "deny"] == []


def test_an_impossible_day_stops_nothing(claim_library: Library) -> None:
    file = SOUND.replace("D8*20240815", "D8*20241399")
    assert file != SOUND
    assert "X12.DATE" in {item.rule for item in findings(claim_library, file)}
