"""Batch: service lines of many claims, one row each, become the inputs that facts join; portable SQL, one file a step."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

RAW = (
    "claim_id", "patient_id", "birth_date", "sex", "payer", "setting", "billing_npi", "rendering_npi", "taxonomy",
    "clia", "place_of_service", "diagnoses", "code", "date", "to_date", "modifiers", "units", "measure", "charge",
    "pointers", "line", "revenue_code", "history", "history_claim_id", "history_billing_npi", "specialty",
    "claim_number",
)  # fmt: skip
"""The texts of a raw row, empty where nothing is told; before them stand `rn`, `input`, `place` and `ready`.

`rn` orders all rows, `place` is the row within its file, `ready` is 1 where a reader of claims has been over them, and
`claim_number` then tells claims of one id apart. `diagnoses` and `modifiers` stand between commas.
"""
STEPS = ("claim_key", "claim_uneven", "claim_row", "claim_fault", "claim_whole", "claim_in", "line_in", "rejected")
"""The steps from read rows to inputs, in order; `line_in` also asks `day_era`, which eras answer for which day."""


@cache
def step_text(name: str) -> str:
    """The SELECT of a step."""
    return files(__package__).joinpath(f"{name}.sql").read_text(encoding="utf-8")
