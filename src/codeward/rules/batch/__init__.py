"""Batch: service lines of many claims, one row each, become the inputs that facts join; portable SQL, file by file."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

RAW = (
    "claim_id", "patient_id", "birth_date", "sex", "payer", "setting", "billing_npi", "rendering_npi", "taxonomy",
    "clia", "place_of_service", "diagnoses", "code", "date", "to_date", "modifiers", "units", "measure", "charge",
    "pointers", "line", "revenue_code", "history", "history_claim_id", "history_billing_npi", "specialty",
    "claim_number", "claim_rendering_npi", "claim_place", "state",
)  # fmt: skip
"""The texts of a raw row, empty where nothing is told; before them stand `rn`, `input`, `file`, `place` and `ready`.

`rn` orders all rows, `input` tells inputs whose claims are apart, `place` is the row within its file, `ready` is 1
where a reader of claims has been over it; `claim_number` then tells claims of one id apart, and the two last say what
holds for lines that do not say it. `diagnoses` and `modifiers` stand between commas.
"""
STEPS = ("claim_key", "claim_uneven", "claim_row", "claim_fault", "claim_whole", "claim_in", "line_in", "rejected")
"""The steps from read rows to inputs, in order; `line_in` also asks `day_era`, which eras answer for which day."""


@cache
def step_text(name: str) -> str:
    """The SELECT of a step."""
    return files(__package__).joinpath(f"{name}.sql").read_text(encoding="utf-8")
