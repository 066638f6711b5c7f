"""Indicators: what every coded value in the payment files means, in a biller's words (own table)."""

from __future__ import annotations

from dataclasses import dataclass

from codeward.datasets.declare import Dataset, Shape, column
from codeward.datasets.kinds import TEXT
from codeward.datasets.modifiers import OWN_EDITION


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One value of one field of a payment file."""

    field: str = column("Field", kind=TEXT, required=True)
    value: str = column("Value", kind=TEXT, required=True)
    label: str = column("Label", kind=TEXT, required=True)
    sentence: str = column("Sentence", kind=TEXT, required=True)
    document: str = column("Document", kind=TEXT, required=True)


INDICATORS = Dataset(
    id="indicators",
    title="Payment indicators in plain words",
    row=IndicatorRow,
    shapes=(Shape(r"^indicators\.csv$", "csv", OWN_EDITION),),
    key=("field", "value"),
    looked_up_by=("field",),
    days_of=lambda cells: ("0001-01-01", "9999-12-31"),
    cadence="none",
    publisher="Codeward",
    licence="Codeward's own words (Apache-2.0).",
    landing="https://www.cms.gov/medicare/payment/fee-schedules/physician",
)
