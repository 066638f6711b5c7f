"""Files to give as batches, a home that lends a library, and waiting until a batch is over."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

HEADER = (
    "claim_id,patient_id,birth_date,sex,payer,setting,billing_npi,place_of_service,diagnoses,code,units,date,charge"
)
PAIR = (
    "A1,P1,1950-01-01,F,medicare,practitioner,1234567893,11,L57.0,17311,1,2024-08-15,800.00",
    "A1,P1,1950-01-01,F,medicare,practitioner,1234567893,11,L57.0,88305,1,2024-08-15,100.50",
)
"""Two codes of a pair edit without a modifier: the second would be denied."""


def claims_csv(*rows: str) -> bytes:
    """Rows under the header."""
    return "\n".join((HEADER, *rows, "")).encode()


def lend(home: Path, other: Path) -> Path:
    """A home of its own over the library of another."""
    other.mkdir(parents=True, exist_ok=True)
    built = (home / "current").resolve()
    (other / "libraries").mkdir()
    (other / "libraries" / built.name).symlink_to(built)
    (other / "current").symlink_to(Path("libraries") / built.name)
    (other / "acceptances.jsonl").write_bytes((home / "acceptances.jsonl").read_bytes())
    return other


def wait_until(true: Callable[[], bool], seconds: float = 90) -> None:
    """Look again and again; AssertionError when it takes too long."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.1)
