"""What is in hand while a claim is read: the parties above it, the claim and its lines, not yet checked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from codeward.core.claims import Finding
from codeward.ingest.claims.x12.segments import Place


class Party:
    """A billing provider, subscriber or patient (loops 2000A, 2000B, 2000C) and the faults found in its loop."""

    __slots__ = (
        "birth", "faults", "filing", "first", "hl", "id", "member", "npi", "payer", "place", "relation", "sex", "state",
        "tax_id", "taxonomy", "told", "zip",
    )  # fmt: skip

    def __init__(self, hl: str, place: Place) -> None:
        self.hl, self.place = hl, place
        self.npi = self.taxonomy = self.state = self.zip = ""
        self.id = self.first = self.sex = self.relation = self.filing = self.payer = ""
        self.birth: date | None = None
        self.tax_id = self.member = self.told = False
        self.faults: list[Finding] = []


class OpenLine:
    """A service line (loop 2400) as far as it was read."""

    __slots__ = (
        "charge", "clia", "code", "day", "day_place", "last_day", "measure", "modifiers", "number", "place", "pointers",
        "pos", "qualifier", "rendering_npi", "revenue_code", "served", "units",
    )  # fmt: skip

    def __init__(self, number: int, place: Place) -> None:
        self.number, self.place = number, place
        self.day_place: Place | None = None
        self.served = False
        self.qualifier = self.code = self.measure = self.revenue_code = self.pos = self.rendering_npi = self.clia = ""
        self.modifiers: tuple[str, ...] = ()
        self.pointers: tuple[int, ...] = ()
        self.units: Decimal | None = None
        self.charge: Decimal | None = None
        self.day: date | None = None
        self.last_day: date | None = None


class OpenClaim:
    """A claim (loop 2300) as far as it was read."""

    __slots__ = (
        "claim_id", "clia", "diagnoses", "diagnosis_place", "facility", "faults", "first_day", "frequency", "icd_9",
        "last_day", "lines", "original", "place", "pos", "qualifier", "rendering_npi", "rendering_taxonomy", "total",
    )  # fmt: skip

    def __init__(self, place: Place, claim_id: str) -> None:
        self.place, self.claim_id = place, claim_id
        self.total: Decimal | None = None
        self.pos = self.qualifier = self.frequency = ""
        self.diagnoses: list[str] = []
        self.diagnosis_place: Place | None = None
        self.icd_9 = self.original = False
        self.clia = self.rendering_npi = self.rendering_taxonomy = ""
        self.facility: Party | None = None
        self.first_day: date | None = None
        self.last_day: date | None = None
        self.lines: list[OpenLine] = []
        self.faults: list[Finding] = []
